import { Alert, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import type { Verb } from '../../domain/grants.ts';
import type { Refusal } from '../api/call.ts';
import { uiWords } from '../words/ui.ts';
import { useWords } from '../words/use.ts';
import { SubjectPicker } from './SubjectPicker.tsx';
import { UnitPicker } from './UnitPicker.tsx';

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind:
    'text' | 'area' | 'day' | 'number' | 'select' | 'many' | 'check' | 'unit' | 'subject' | 'decimal' | 'password';
  readonly required?: boolean;
  readonly hint?: ReactNode;
  readonly options?: readonly { readonly value: string | number; readonly label: string }[];
  readonly initial?: unknown;
  readonly max?: number;
  readonly min?: number;
  /** An input of its own, where no kind of input fits; it is handed the value and how to change it. */
  readonly input?: (bound: { readonly value: unknown; readonly onChange: (value: unknown) => void }) => ReactNode;
  /** Of units, only those where the reader holds this verb. */
  readonly verb?: Verb;
  /** Kinds of entries of the register that can be chosen. */
  readonly subjectKinds?: readonly string[];
}

/** Text that consists of blanks is no answer; for other kinds the rule would demand text. */
const typed = (f: Field) => f.kind === 'text' || f.kind === 'area';

/** The inputs of a form, each labelled, with the rule said beside it. */
export function Fields(props: { of: readonly Field[]; refusal?: Refusal | null }) {
  const u = useWords(uiWords);
  const details = props.refusal?.details ?? [];
  const placed = (f: Field) => details.filter((d) => d.path.split('.').includes(f.name)).map((d) => d.message);
  return (
    <>
      {props.refusal && <Alert role="alert" type="error" title={props.refusal.message} style={{ marginBottom: 16 }} />}
      {props.of.map((f) => {
        const faults = placed(f);
        return (
          <Form.Item
            key={f.name}
            name={f.name}
            label={f.kind === 'check' ? undefined : f.label}
            extra={f.hint}
            rules={
              f.required ? [{ required: true, message: u('required'), ...(typed(f) ? { whitespace: true } : {}) }] : []
            }
            valuePropName={f.kind === 'check' ? 'checked' : 'value'}
            initialValue={f.initial}
            {...(faults.length > 0 ? { validateStatus: 'error' as const, help: faults.join(' ') } : {})}
          >
            <FieldInput field={f} />
          </Form.Item>
        );
      })}
    </>
  );
}

interface Bound {
  readonly field: Field;
  readonly value?: unknown;
  readonly onChange?: (value: unknown) => void;
  readonly checked?: boolean;
  readonly id?: string;
}

/** The form hands value and onChange to whatever input the kind of field calls for. */
function FieldInput({ field, ...bound }: Bound) {
  const given = bound as Record<string, never>;
  if (field.input) return field.input({ value: bound.value, onChange: (value) => bound.onChange?.(value) });
  switch (field.kind) {
    case 'area':
      return <Input.TextArea {...given} autoSize={{ minRows: 3, maxRows: 10 }} maxLength={field.max ?? 2000} />;
    case 'day':
      return <Input {...given} type="date" style={{ width: 180 }} />;
    case 'number':
      return (
        <InputNumber
          {...given}
          {...(field.min === undefined ? {} : { min: field.min })}
          {...(field.max === undefined ? {} : { max: field.max })}
        />
      );
    case 'decimal':
      return <Input {...given} inputMode="decimal" style={{ width: 200 }} />;
    case 'select':
      return (
        <Select
          {...given}
          allowClear={!field.required}
          options={[...(field.options ?? [])]}
          showSearch={{ optionFilterProp: 'label' }}
        />
      );
    case 'many':
      return (
        <Select
          {...given}
          mode="multiple"
          options={[...(field.options ?? [])]}
          showSearch={{ optionFilterProp: 'label' }}
        />
      );
    case 'password':
      return <Input.Password {...given} autoComplete="current-password" />;
    case 'check':
      return <Checkbox {...given}>{field.label}</Checkbox>;
    case 'unit':
      return <UnitField field={field} {...bound} />;
    case 'subject':
      return <SubjectField field={field} {...bound} />;
    default:
      return <Input {...given} maxLength={field.max ?? 200} />;
  }
}

interface Picked {
  readonly id: number;
  readonly name: string;
}

function UnitField(props: Bound) {
  const chosen = props.value as Picked | undefined;
  return (
    <UnitPicker
      label={props.field.label}
      chosen={chosen?.name}
      verb={props.field.verb}
      onChoose={(unit) => props.onChange?.({ id: unit.id, name: unit.name })}
    />
  );
}

function SubjectField(props: Bound) {
  const chosen = props.value as { readonly id: string; readonly name: string } | undefined;
  return (
    <SubjectPicker
      label={props.field.label}
      kinds={props.field.subjectKinds ?? []}
      chosen={chosen}
      onChoose={(subject) => props.onChange?.(subject)}
    />
  );
}
