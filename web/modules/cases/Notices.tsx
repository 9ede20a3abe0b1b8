import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type Notice, notices } from '../../../domain/records/notices/contract.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { Mark } from '../../ui/Marks.tsx';
import { useMoment } from '../../ui/moments.ts';
import { caseWords } from '../../words/cases.ts';
import { useSay, useWords } from '../../words/use.ts';

const newest = 3;

/** A verdict on the branch comes before reminders, of which a night may bring fifty. */
const weight = (n: Notice) => Number(!n.kind.startsWith('star-'));

/** What nobody should have to look for: the newest notices that are unread, above the work. */
export function NewNotices() {
  const t = useWords(caseWords);
  const list = useRead(notices.list, { query: { limit: 200, unread: 'true' } });
  if (!list.data || list.data.items.length === 0) return null;
  const first = list.data.items.toSorted((a, b) => weight(a) - weight(b)).slice(0, newest);
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('notices-new')}</h2>
        <span className="row">
          {list.data.unread > newest && <a href="#notices">{t('notices-all', { n: list.data.unread })}</a>}
          <MarkRead />
        </span>
      </div>
      <NoticeItems of={first} />
    </section>
  );
}

/** What others did that concerns the reader, newest first. */
export function Notices() {
  const t = useWords(caseWords);
  const list = useRead(notices.list, { query: { limit: 10 } });
  if (!list.data || list.data.items.length === 0) return null;
  return (
    <section className="panel" id="notices">
      <div className="panel-head">
        <h2>{t('notices')}</h2>
        {list.data.unread > 0 && <MarkRead />}
      </div>
      <NoticeItems of={list.data.items} />
    </section>
  );
}

function MarkRead() {
  const t = useWords(caseWords);
  const read = useChange(notices.read);
  return (
    <Button size="small" loading={read.isPending} onClick={() => read.mutate({ body: {} })}>
      {t('mark-read')}
    </Button>
  );
}

function NoticeItems(props: { of: readonly Notice[] }) {
  const t = useWords(caseWords);
  const say = useSay();
  const moment = useMoment();
  return (
    <ul className="stack tight">
      {props.of.map((n) => (
        <li key={n.id} className="row between">
          <span>
            {n.readAt === null && <Mark tone="info">{t('unread')}</Mark>} <NoticeLink notice={n} words={say(n.words)} />
          </span>
          <time className="small quiet" dateTime={n.at}>
            {moment(n.at)}
          </time>
        </li>
      ))}
    </ul>
  );
}

/** Where a notice leads; each kind of subject has its page. Whoever follows it has read it. */
function NoticeLink(props: { notice: Notice; words: string }) {
  const { notice: n, words } = props;
  const parts = n.subjectId.split('/');
  const read = useChange(notices.read);
  const follow = () => (n.readAt === null ? read.mutateAsync({ body: { ids: [n.id] } }) : Promise.resolve());
  const to = (path: string, search: Readonly<Record<string, unknown>> = {}) => (
    <Link to={path as '/'} search={search as never} onClick={() => void follow().catch(() => undefined)}>
      {words}
    </Link>
  );
  // Pages for everyone are the server's own: leaving for them waits until the notice is marked.
  const outside = (path: string) => (
    <a
      href={path}
      onClick={(e) => {
        e.preventDefault();
        void follow()
          .catch(() => undefined)
          .then(() => window.location.assign(path));
      }}
    >
      {words}
    </a>
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
    case 'publicity':
      return outside(`/open/${n.subjectId}`);
    case 'certificate':
      return outside(`/certificates/${encodeURIComponent(n.subjectId)}`);
    default:
      return <span>{words}</span>;
  }
}
