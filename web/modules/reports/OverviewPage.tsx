import { Link } from '@tanstack/react-router';
import { PageHead } from '../../ui/PageHead.tsx';
import { overviewWords } from '../../words/overview.ts';
import { useWords } from '../../words/use.ts';
import { Overview } from './Overview.tsx';

/** The county, or whichever unit is chosen in the tree, on one page. */
export function OverviewPage() {
  const t = useWords(overviewWords);
  return (
    <section className="page">
      <PageHead title={t('title')} lead={t('lead')} tools={<Link to="/wall">{t('wall')}</Link>} />
      <Overview />
    </section>
  );
}
