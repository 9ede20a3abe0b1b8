import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { accounts, instance, outside } from '../../../domain/records/accounts/index.ts';
import { addressOf, call, isRefusal } from '../../api/call.ts';
import { queryClient, useRead } from '../../api/hooks.ts';
import { accountWords } from '../../words/accounts.ts';
import { shellWords } from '../../words/shell.ts';
import { useSay, useWords } from '../../words/use.ts';
import { uiWords } from '../../words/ui.ts';
import { DemoAccounts } from './DemoAccounts.tsx';
import { Door } from './Door.tsx';

interface Fields {
  readonly login: string;
  readonly password: string;
  readonly code?: string;
}

export function SignInPage() {
  const t = useWords(accountWords);
  const s = useWords(shellWords);
  const u = useWords(uiWords);
  const { from, expired } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const router = useRouter();
  // Only places of this site are followed back to.
  const next = from && /^\/(?!\/)/.test(from) ? from : '/';
  // While the password is being typed, the page behind the door is fetched, so that it stands there at once.
  useEffect(() => {
    const [matchedRoutes] = router.getMatchedRoutes(new URL(next, window.location.origin).pathname);
    for (const route of matchedRoutes) void router.loadRouteChunk(route)?.catch(() => undefined);
  }, [router, next]);
  const [trouble, setTrouble] = useState<string | null>(expired ? s('signed-out') : null);
  const [needsCode, setNeedsCode] = useState(false);
  const [busy, setBusy] = useState(false);
  const enter = async (fields: Fields) => {
    setBusy(true);
    try {
      await call(accounts.signIn, { body: { ...fields, login: fields.login.trim() } });
      queryClient.clear();
      await navigate({ to: next });
    } catch (error) {
      if (isRefusal(error) && error.code === 'sign-in-code') setNeedsCode(true);
      setTrouble(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  const needed = [{ required: true, message: u('required') }];
  return (
    <Door title={t('sign-in')} tagline={t('tagline')}>
      <Form layout="vertical" size="large" requiredMark={false} onFinish={(fields: Fields) => void enter(fields)}>
        {trouble && (
          <Alert role="alert" type={needsCode ? 'info' : 'error'} title={trouble} style={{ marginBottom: 16 }} />
        )}
        <Form.Item name="login" label={t('login')} rules={needed}>
          <Input autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus />
        </Form.Item>
        <Form.Item name="password" label={t('password')} rules={needed}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        {needsCode && (
          <Form.Item name="code" label={t('code')} extra={t('code-hint')} rules={needed}>
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('sign-in')}
        </Button>
      </Form>
      <Providers from={from} />
      <DemoAccounts />
    </Door>
  );
}

/** Outside providers, where the instance knows some: one button each. */
function Providers(props: { from: string | undefined }) {
  const say = useSay();
  const here = useRead(instance.show);
  return (here.data?.providers ?? []).map((p) => (
    <Button
      key={p.id}
      block
      size="large"
      style={{ marginTop: 12 }}
      href={addressOf(outside.start, { params: { provider: p.id }, query: { from: props.from } })}
    >
      {say(p)}
    </Button>
  ));
}
