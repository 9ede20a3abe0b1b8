import { PageHead } from '../../ui/PageHead.tsx';
import { PrintButton } from '../../ui/PrintButton.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { SearchTabs } from '../../ui/SearchTabs.tsx';
import { projectWords } from '../../words/projects.ts';
import { useWords } from '../../words/use.ts';
import { Compared } from './Compared.tsx';
import { ForceWorks } from './ForceWorks.tsx';
import { Funds } from './Funds.tsx';
import { Order } from './Order.tsx';
import { Programmes } from './Programmes.tsx';
import { ProjectList } from './ProjectList.tsx';
import { Sums } from './Sums.tsx';
import type { ProjectScreen } from './screen.ts';

const views = ['list', 'compared', 'programmes', 'forces', 'sums', 'order', 'funds'] as const;

/** Works with their money, the order in which requests are served, and the funds they are served from. */
export function ProjectsPage() {
  const t = useWords(projectWords);
  const [screen] = useScreen<ProjectScreen>();
  const view = screen.view ?? 'list';
  return (
    <section className="page">
      <PageHead title={t('title')} lead={t('lead')} tools={<PrintButton />} />
      <SearchTabs label={t('views')} name="view" now={view} tabs={views.map((key) => ({ key, label: t(key) }))} />
      {view === 'list' && <ProjectList />}
      {view === 'compared' && <Compared />}
      {view === 'programmes' && <Programmes />}
      {view === 'forces' && <ForceWorks />}
      {view === 'sums' && <Sums />}
      {view === 'order' && <Order />}
      {view === 'funds' && <Funds />}
    </section>
  );
}
