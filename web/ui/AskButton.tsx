import type { UseMutationResult } from '@tanstack/react-query';
import { type ButtonProps, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Refusal } from '../api/call.ts';
import type { Said } from '../words/use.ts';
import type { Field } from './Fields.tsx';
import { ReasonButton } from './ReasonButton.tsx';
import { RecordForm } from './RecordForm.tsx';

interface Props<V, I> {
  readonly label: string;
  readonly title?: string;
  /** What it is about (the branch, the star, the item): said in the title, because the page is covered by then. */
  readonly about?: string | undefined;
  readonly lead?: ReactNode;
  readonly fields: readonly Field[];
  /** Why it is not possible now. */
  readonly reason?: { readonly words: Said } | string | null | undefined;
  readonly change: UseMutationResult<unknown, Refusal, I>;
  /** Makes what is sent from what was typed. */
  readonly input: (values: V) => I;
  readonly button?: ButtonProps;
  readonly onDone?: () => void;
}

/** A button that first asks for what the step needs (a reason, a document, a day) and then takes it. */
export function AskButton<V extends object, I>(props: Props<V, I>) {
  const [open, setOpen] = useState(false);
  const { change } = props;
  return (
    <>
      <ReasonButton
        {...props.button}
        reason={props.reason ?? null}
        onClick={() => {
          change.reset();
          setOpen(true);
        }}
      >
        {props.label}
      </ReasonButton>
      <Modal
        open={open}
        title={[props.title ?? props.label, props.about].filter(Boolean).join(' · ')}
        onCancel={() => setOpen(false)}
        footer={null}
        destroyOnHidden
      >
        <div className="stack">
          {props.lead}
          <RecordForm<V>
            fields={props.fields}
            submit={props.label}
            busy={change.isPending}
            refusal={change.error}
            onCancel={() => setOpen(false)}
            onSubmit={(values) =>
              change.mutate(props.input(values), {
                onSuccess: () => {
                  setOpen(false);
                  props.onDone?.();
                },
              })
            }
          />
        </div>
      </Modal>
    </>
  );
}
