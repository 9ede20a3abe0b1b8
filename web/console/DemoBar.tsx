import { Button, Dropdown } from 'antd';
import { demo } from '../../domain/demo/contract.ts';
import { accounts, instance } from '../../domain/records/accounts/index.ts';
import { cycles } from '../../domain/stars/contract-cycle.ts';
import { call } from '../api/call.ts';
import { useChange, useRead } from '../api/hooks.ts';
import { useCan } from './me.ts';
import { useMoment } from '../ui/moments.ts';
import { demoWords } from '../words/demo.ts';
import { useSay, useWords } from '../words/use.ts';

/** Signs in as one of the demo's accounts, whoever was signed in before; the page is loaded anew, so that nothing of them stays. */
export async function demoSignIn(login: string, password: string): Promise<void> {
  await call(accounts.signIn, { body: { login, password } });
  window.location.assign('/');
}

/** The demo's own tools; no other instance has them. They stay out of the way below the page. */
export function DemoBar() {
  const here = useRead(instance.show);
  const shown = useRead(demo.show, {}, { when: here.data?.demo ?? false });
  return shown.data ? (
    <Tools now={shown.data.now} password={shown.data.password} accounts={shown.data.accounts} />
  ) : null;
}

type Shown = {
  readonly now: string;
  readonly password: string;
  readonly accounts: readonly { readonly login: string; readonly role: { readonly zh: string; readonly en: string } }[];
};

function Tools(props: Shown) {
  const t = useWords(demoWords);
  const say = useSay();
  const moment = useMoment();
  const can = useCan();
  const cycle = useRead(cycles.list, { query: { limit: 1 } }, { when: can('stars.read') }).data?.items[0];
  const clock = useChange(demo.clock);
  const others = useChange(demo.others);
  const play = (everyone: boolean) => cycle && others.mutate({ body: { cycleId: cycle.id, everyone } });
  return (
    <aside className="demo-bar" aria-label={t('bar')}>
      <strong>{t('bar')}</strong>
      <span>{t('now', { day: moment(props.now).slice(0, 10) })}</span>
      <Button size="small" loading={clock.isPending} onClick={() => clock.mutate({ body: { days: 1 } })}>
        {t('day')}
      </Button>
      <Button size="small" loading={clock.isPending} onClick={() => clock.mutate({ body: { days: 8 } })}>
        {t('week')}
      </Button>
      <Button size="small" type="primary" loading={others.isPending} disabled={!cycle} onClick={() => play(false)}>
        {others.isPending ? t('playing') : t('others')}
      </Button>
      <Button size="small" disabled={!cycle || others.isPending} onClick={() => play(true)}>
        {t('everyone')}
      </Button>
      {others.data && <span role="status">{t('done', { count: others.data.done })}</span>}
      {others.error && <span role="alert">{others.error.message}</span>}
      <Dropdown
        trigger={['click']}
        placement="topRight"
        menu={{
          items: props.accounts.map((a) => ({ key: a.login, label: `${say(a.role)} · ${a.login}` })),
          onClick: ({ key }) => void demoSignIn(key, props.password),
          style: { maxHeight: 360, overflowY: 'auto' },
        }}
      >
        <Button size="small">{t('as')} ▴</Button>
      </Dropdown>
    </aside>
  );
}
