import { useSearch } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useEffect } from 'react';
import { instance } from '../../../domain/records/accounts/index.ts';
import { useChange } from '../../api/hooks.ts';
import { Loading } from '../../ui/States.tsx';
import { accountWords } from '../../words/accounts.ts';
import { useWords } from '../../words/use.ts';
import { Door } from './Door.tsx';
import { Found } from './Found.tsx';
import { SetPassword } from './SetPassword.tsx';

/** A one-time link either sets a password or, the very first one, founds the instance. */
export function SetUpPage() {
  const t = useWords(accountWords);
  const { token } = useSearch({ from: '/setup' });
  const check = useChange(instance.checkLink);
  const { mutate } = check;
  useEffect(() => {
    if (token.length >= 20) mutate({ body: { token } });
  }, [token, mutate]);
  const kind = token.length < 20 || check.error ? 'invalid' : check.data?.kind;
  return (
    <Door title={t('set-up')} tagline={kind === 'instance' ? t('found-lead') : t('set-up-lead')}>
      {kind === undefined && <Loading />}
      {kind === 'invalid' && <Alert role="alert" type="error" title={check.error?.message ?? t('no-token')} />}
      {kind === 'password' && <SetPassword token={token} />}
      {kind === 'instance' && <Found token={token} />}
    </Door>
  );
}
