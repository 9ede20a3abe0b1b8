import { Button } from 'antd';
import { demo } from '../../../domain/demo/contract.ts';
import { instance } from '../../../domain/records/accounts/index.ts';
import { useRead } from '../../api/hooks.ts';
import { demoSignIn } from '../../console/DemoBar.tsx';
import { demoWords } from '../../words/demo.ts';
import { useSay, useWords } from '../../words/use.ts';

/** In the demo the sign-in page offers its accounts; elsewhere there are none and nothing is shown. */
export function DemoAccounts() {
  const t = useWords(demoWords);
  const say = useSay();
  const here = useRead(instance.show);
  const shown = useRead(demo.show, {}, { when: here.data?.demo ?? false }).data;
  if (!shown) return null;
  return (
    <section className="demo-accounts" aria-label={t('try-title')}>
      <h2>{t('try-title')}</h2>
      <p>{t('try-hint', { password: shown.password })}</p>
      <ul>
        {shown.accounts.map((a) => (
          <li key={a.login}>
            <Button type="link" onClick={() => void demoSignIn(a.login, shown.password)}>
              {say(a.role)}
            </Button>
            <code>{a.login}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
