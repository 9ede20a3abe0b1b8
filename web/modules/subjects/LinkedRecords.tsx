import { Link } from '@tanstack/react-router';
import { type SubjectLink, subjects } from '../../../domain/records/subjects/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { Mark } from '../../ui/Marks.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { subjectWords } from '../../words/subjects.ts';
import { aside } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';

const order = ['subject', 'agreement', 'case', 'designation', 'event', 'book'] as const;
const pages = {
  subject: '/subjects/$id',
  agreement: '/agreements/$id',
  case: '/cases/$id',
  event: '/events/$id',
  book: '/books/$id',
} as const;

/** Every record that names the entry, type by type. */
export function LinkedRecords(props: { id: string }) {
  const t = useWords(subjectWords);
  const read = useRead(subjects.links, { params: { id: props.id }, query: { limit: 200 } });
  return (
    <section className="panel">
      <h2>{t('links')}</h2>
      <Shown of={read} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('no-links')} />
          ) : (
            order
              .map((record) => ({ record, items: items.filter((l) => l.record === record) }))
              .filter((group) => group.items.length > 0)
              .map((group) => <Group key={group.record} {...group} />)
          )
        }
      </Shown>
    </section>
  );
}

function Group(props: { record: (typeof order)[number]; items: readonly SubjectLink[] }) {
  const t = useWords(subjectWords);
  const say = useSay();
  const title = `${t(`link-${props.record}`)}${aside(props.items.length)}`;
  return (
    <>
      <h3>{title}</h3>
      <Table
        caption={title}
        numbered={false}
        rows={props.items}
        rowKey={(l) => l.id}
        columns={[
          { key: 'title', title: t('title'), show: (l) => <Titled link={l} /> },
          { key: 'kind', title: t('kind'), width: 200, show: (l) => say(l.kindWords) },
          { key: 'day', title: t('day'), width: 120, show: (l) => l.onDay ?? '—' },
          { key: 'state', title: t('state'), width: 130, show: (l) => <Mark>{say(l.stateWords)}</Mark> },
        ]}
      />
    </>
  );
}

/** A designation has no page of its own. */
function Titled(props: { link: SubjectLink }) {
  const { record, id, title } = props.link;
  if (record === 'designation') return <>{title}</>;
  return (
    <Link to={pages[record]} params={{ id }}>
      {title}
    </Link>
  );
}
