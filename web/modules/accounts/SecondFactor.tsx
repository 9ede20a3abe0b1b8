import { Alert, Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { accounts } from '../../../domain/records/accounts/index.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { accountWords } from '../../words/accounts.ts';
import { useWords } from '../../words/use.ts';

/** Turning a second factor on (password, QR code, first code) and off again. */
export function SecondFactor() {
  const t = useWords(accountWords);
  const state = useRead(accounts.totp);
  const enrol = useChange(accounts.enrolTotp);
  const confirm = useChange(accounts.confirmTotp, { onDone: () => enrol.reset() });
  const off = useChange(accounts.disableTotp);
  const [code, setCode] = useState('');
  const on = state.data?.enabled ?? false;
  const password = { name: 'password', label: t('current'), kind: 'password', required: true } as const;
  const send = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ body: { code } });
  };
  return (
    <div className="panel stack tight">
      <h2>
        {t('totp')} <Mark tone={on ? 'good' : 'plain'}>{on ? t('totp-on') : t('totp-off')}</Mark>
      </h2>
      {enrol.data && !on && (
        <form className="stack tight" onSubmit={send}>
          <p>{t('totp-scan')}</p>
          <img
            alt={t('totp-scan')}
            width={200}
            height={200}
            src={`data:image/svg+xml;utf8,${encodeURIComponent(enrol.data.svg)}`}
          />
          <p>
            <code>{enrol.data.secret}</code>
          </p>
          {confirm.error && <Alert role="alert" type="error" title={confirm.error.message} />}
          <label className="ask-field">
            <span>{t('code')}</span>
            <Input
              inputMode="numeric"
              maxLength={6}
              style={{ width: 140 }}
              value={code}
              onChange={(e) => setCode(e.target.value)}
            />
          </label>
          <div>
            <Button type="primary" htmlType="submit" loading={confirm.isPending}>
              {t('totp-turn-on')}
            </Button>
          </div>
        </form>
      )}
      <div className="row">
        {on ? (
          <AskButton<{ password: string; code: string }, Parameters<typeof off.mutate>[0]>
            label={t('totp-turn-off')}
            change={off as never}
            fields={[password, { name: 'code', label: t('code'), kind: 'text', max: 6, required: true }]}
            input={(body) => ({ body })}
          />
        ) : (
          !enrol.data && (
            <AskButton<{ password: string }, Parameters<typeof enrol.mutate>[0]>
              label={t('totp-begin')}
              change={enrol as never}
              fields={[password]}
              input={(body) => ({ body })}
            />
          )
        )}
      </div>
    </div>
  );
}
