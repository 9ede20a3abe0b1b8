import { Link } from '@tanstack/react-router';
import { accounts } from '../../../domain/records/accounts/index.ts';
import { useRead } from '../../api/hooks.ts';
import { MeContext } from '../../console/me.ts';
import { useNews } from '../../console/news.ts';
import { SampleBanner } from '../../console/SampleBanner.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { overviewWords } from '../../words/overview.ts';
import { useWords } from '../../words/use.ts';
import { Overview } from './Overview.tsx';

/** The overview for a screen on a wall: the same data without the menus, larger, kept fresh by the news. */
export function WallPage() {
  const me = useRead(accounts.me);
  if (!me.data) return null;
  return (
    <MeContext value={me.data}>
      <Wall />
    </MeContext>
  );
}

function Wall() {
  const t = useWords(overviewWords);
  useNews();
  return (
    <main className="page wall" id="main">
      <SampleBanner />
      <PageHead title={t('title')} tools={<Link to="/overview">{t('back')}</Link>} />
      <Overview />
    </main>
  );
}
