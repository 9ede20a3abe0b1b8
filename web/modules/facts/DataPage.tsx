import { rootUnits, useMe } from '../../console/me.ts';
import { useScope } from '../../console/scope.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { SearchTabs } from '../../ui/SearchTabs.tsx';
import { dataWords } from '../../words/data.ts';
import { useWords } from '../../words/use.ts';
import { Confirmations } from './Confirmations.tsx';
import { FactList } from './FactList.tsx';
import { Imports } from './Imports.tsx';

export const dataTabs = ['facts', 'imports', 'confirmations'] as const;
export type DataTab = (typeof dataTabs)[number];

export function DataPage() {
  const t = useWords(dataWords);
  const me = useMe();
  const { unitId } = useScope();
  const [screen] = useScreen<{ tab?: DataTab }>();
  const tab = screen.tab ?? 'facts';
  const unit = unitId ?? rootUnits(me)[0] ?? me.home.id;
  return (
    <section className="page">
      <PageHead title={t('title')} lead={t('lead')} />
      <SearchTabs label={t('title')} name="tab" now={tab} tabs={dataTabs.map((key) => ({ key, label: t(key) }))} />
      {tab === 'facts' && <FactList unitId={unitId} />}
      {tab === 'imports' && <Imports />}
      {tab === 'confirmations' && <Confirmations unitId={unit} />}
    </section>
  );
}
