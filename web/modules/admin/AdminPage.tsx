import { useCan } from '../../console/me.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { SearchTabs } from '../../ui/SearchTabs.tsx';
import { adminWords } from '../../words/admin.ts';
import { useWords } from '../../words/use.ts';
import { CalendarYear } from './CalendarYear.tsx';
import { Catalogues } from './Catalogues.tsx';
import { People } from './People.tsx';
import { Users } from './Users.tsx';

export const adminTabs = ['users', 'people', 'calendar', 'catalogues'] as const;
export type AdminTab = (typeof adminTabs)[number];

export function AdminPage() {
  const t = useWords(adminWords);
  const can = useCan();
  const [screen] = useScreen<{ tab?: AdminTab }>();
  const allowed = adminTabs.filter((tab) =>
    tab === 'users' ? can('admin') : tab === 'people' ? can('people.read') : true,
  );
  const tab = allowed.find((a) => a === screen.tab) ?? allowed[0] ?? 'calendar';
  return (
    <section className="page">
      <PageHead title={t('title')} />
      <SearchTabs label={t('title')} name="tab" now={tab} tabs={allowed.map((key) => ({ key, label: t(key) }))} />
      {tab === 'users' && <Users />}
      {tab === 'people' && <People />}
      {tab === 'calendar' && <CalendarYear />}
      {tab === 'catalogues' && <Catalogues />}
    </section>
  );
}
