import { Link } from '@tanstack/react-router';
import { Alert, Button, Form } from 'antd';
import { accounts } from '../../../domain/records/accounts/index.ts';
import { useChange } from '../../api/hooks.ts';
import { accountWords } from '../../words/accounts.ts';
import { useWords } from '../../words/use.ts';
import { PasswordFields } from './PasswordFields.tsx';

export function SetPassword(props: { token: string }) {
  const t = useWords(accountWords);
  const setUp = useChange(accounts.setUp);
  if (setUp.data) return <AllSet login={setUp.data.login} />;
  return (
    <Form
      layout="vertical"
      size="large"
      requiredMark={false}
      onFinish={(fields: { next: string }) => setUp.mutate({ body: { token: props.token, password: fields.next } })}
    >
      {setUp.error && <Alert role="alert" type="error" title={setUp.error.message} style={{ marginBottom: 16 }} />}
      <PasswordFields />
      <Button type="primary" htmlType="submit" block loading={setUp.isPending}>
        {t('set-up')}
      </Button>
    </Form>
  );
}

/** The end of a set-up: which account it is, and the way in. */
export function AllSet(props: { login: string }) {
  const t = useWords(accountWords);
  return (
    <div className="stack" role="status">
      <Alert type="success" title={t('set-done', { login: props.login })} />
      <Link to="/sign-in">{t('sign-in')}</Link>
    </div>
  );
}
