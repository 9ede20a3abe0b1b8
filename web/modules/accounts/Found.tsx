import { Alert, Button, Form } from 'antd';
import { instance, rootTypes } from '../../../domain/records/accounts/index.ts';
import { unitTypes } from '../../../domain/records/units/index.ts';
import { useChange } from '../../api/hooks.ts';
import { type Field, Fields } from '../../ui/Fields.tsx';
import { accountWords } from '../../words/accounts.ts';
import { useSay, useWords } from '../../words/use.ts';
import { PasswordFields } from './PasswordFields.tsx';
import { AllSet } from './SetPassword.tsx';

interface Founding {
  readonly name: string;
  readonly type: (typeof rootTypes)[number];
  readonly unit: string;
  readonly code: string;
  readonly person: string;
  readonly login: string;
  readonly next: string;
}

/** The very first set-up: whose instance this is, where its tree begins, and who administers it. */
export function Found(props: { token: string }) {
  const t = useWords(accountWords);
  const say = useSay();
  const found = useChange(instance.found);
  if (found.data) return <AllSet login={found.data.login} />;
  const fields: Field[] = [
    { name: 'name', label: t('instance-name'), kind: 'text', max: 100, required: true },
    {
      name: 'type',
      label: t('root-type'),
      kind: 'select',
      required: true,
      initial: 'county',
      options: rootTypes.map((r) => ({ value: r, label: say(unitTypes[r].words) })),
    },
    { name: 'unit', label: t('root-name'), kind: 'text', max: 100, required: true },
    { name: 'code', label: t('root-code'), kind: 'text', max: 32, required: true, hint: t('root-code-hint') },
    { name: 'person', label: t('admin-name'), kind: 'text', max: 50, required: true },
    { name: 'login', label: t('login'), kind: 'text', max: 40, required: true },
  ];
  const send = (f: Founding) =>
    found.mutate({
      body: {
        token: props.token,
        name: f.name,
        unit: { type: f.type, name: f.unit, code: f.code },
        person: f.person,
        login: f.login,
        password: f.next,
      },
    });
  return (
    <Form<Founding> layout="vertical" onFinish={send}>
      <Fields of={fields} refusal={found.error} />
      <PasswordFields />
      {found.error && <Alert type="error" title={found.error.message} style={{ marginBottom: 16 }} />}
      <Button type="primary" htmlType="submit" block loading={found.isPending}>
        {t('found')}
      </Button>
    </Form>
  );
}
