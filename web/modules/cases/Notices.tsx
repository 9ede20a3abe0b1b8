import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type Notice, notices } from '../../../domain/records/notices/contract.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { Mark } from '../../ui/Marks.tsx';
import { useMoment } from '../../ui/moments.ts';
import { caseWords } from '../../words/cases.ts';
import { useSay, useWords } from '../../words/use.ts';

/** What others did that concerns the reader, newest first. */
export function Notices() {
  const t = useWords(caseWords);
  const say = useSay();
  const moment = useMoment();
  const list = useRead(notices.list, { query: { limit: 10 } });
  const read = useChange(notices.read);
  if (!list.data || list.data.items.length === 0) return null;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('notices')}</h2>
        {list.data.unread > 0 && (
          <Button size="small" loading={read.isPending} onClick={() => read.mutate({ body: {} })}>
            {t('mark-read')}
          </Button>
        )}
      </div>
      <ul className="stack tight">
        {list.data.items.map((n) => (
          <li key={n.id} className="row between">
            <span>
              {n.readAt === null && <Mark tone="info">{t('unread')}</Mark>}{' '}
              <NoticeLink notice={n} words={say(n.words)} />
            </span>
            <time className="small quiet" dateTime={n.at}>
              {moment(n.at)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where a notice leads; each kind of subject has its page. */
function NoticeLink(props: { notice: Notice; words: string }) {
  const { notice: n, words } = props;
  const parts = n.subjectId.split('/');
  const to = (path: string, search: Readonly<Record<string, unknown>> = {}) => (
    <Link to={path as '/'} search={search as never}>
      {words}
    </Link>
  );
  switch (n.subjectKind) {
    case 'case':
      return to(`/cases/${n.subjectId}`);
    case 'confirmation':
      return to('/data', { tab: 'confirmations', unit: Number(parts[0]), period: parts[1] });
    case 'self':
      return to(`/card/${n.subjectId}/self`);
    case 'declaration':
      return to(`/card/${n.subjectId}/declaration`);
    case 'desk':
      return to(`/review/${parts[0]}`, { stage: parts[1], star: parts[2] || undefined });
    // Pages for everyone are the server's own.
    case 'publicity':
      return <a href={`/open/${n.subjectId}`}>{words}</a>;
    case 'certificate':
      return <a href={`/certificates/${encodeURIComponent(n.subjectId)}`}>{words}</a>;
    default:
      return <span>{words}</span>;
  }
}
