import { Button, Form } from 'antd';
import type { Refusal } from '../api/call.ts';
import { uiWords } from '../words/ui.ts';
import { useWords } from '../words/use.ts';
import { type Field, Fields } from './Fields.tsx';

interface Props<V> {
  readonly fields: readonly Field[];
  readonly submit: string;
  readonly busy: boolean;
  readonly refusal: Refusal | null;
  readonly onSubmit: (values: V) => void;
  readonly onCancel?: () => void;
}

/** A form made from fields; what is left empty is not sent. */
export function RecordForm<V extends object>(props: Props<V>) {
  const u = useWords(uiWords);
  const send = (values: Record<string, unknown>) => {
    const given = Object.entries(values).filter(([, v]) => v !== undefined && v !== '' && v !== null);
    props.onSubmit(Object.fromEntries(given) as V);
  };
  return (
    <Form layout="vertical" onFinish={send} scrollToFirstError>
      <Fields of={props.fields} refusal={props.refusal} />
      <div className="row">
        <Button type="primary" htmlType="submit" loading={props.busy}>
          {props.submit}
        </Button>
        {props.onCancel && <Button onClick={props.onCancel}>{u('cancel')}</Button>}
      </div>
    </Form>
  );
}
