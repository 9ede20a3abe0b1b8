import { PageHead } from '../../ui/PageHead.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { SearchTabs } from '../../ui/SearchTabs.tsx';
import { reportWords } from '../../words/reports.ts';
import { useWords } from '../../words/use.ts';
import { Burden } from './Burden.tsx';
import { Compilations } from './Compilations.tsx';
import { InquiryList } from './InquiryList.tsx';
import { ReportList } from './ReportList.tsx';

const tabs = ['reports', 'inquiries', 'burden'] as const;
type Tab = (typeof tabs)[number];

export function ReportsPage() {
  const t = useWords(reportWords);
  const [screen] = useScreen<{ tab?: Tab }>();
  const tab = screen.tab ?? 'reports';
  return (
    <section className="page">
      <PageHead title={t('title')} lead={t('lead')} />
      <SearchTabs label={t('title')} name="tab" now={tab} tabs={tabs.map((key) => ({ key, label: t(key) }))} />
      {tab === 'reports' && (
        <>
          <ReportList />
          <Compilations />
        </>
      )}
      {tab === 'inquiries' && <InquiryList />}
      {tab === 'burden' && <Burden />}
    </section>
  );
}
