import { Link } from '@tanstack/react-router';
import { Empty } from '../ui/States.tsx';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/use.ts';

export function NotFound() {
  const t = useWords(shellWords);
  return (
    <div className="page">
      <Empty title={t('not-found')}>
        <Link to="/">{t('home')}</Link>
      </Empty>
    </div>
  );
}
