import { Link } from '@tanstack/react-router';
import { ledgers, type OwnerRow } from '../../../domain/tasks/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { Pager } from '../../ui/ListPage.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { taskWords } from '../../words/tasks.ts';
import { semicolon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { filterNames, type TaskScreen, useLedgerUnit } from './screen.ts';
import { useStarChoices } from './stars.ts';

const limit = 20;
const cleared = Object.fromEntries(filterNames.map((name) => [name, undefined]));

/** Who owns what is open, with the posts from which it follows; the numbers open to the items. */
export function OwnerList() {
  const t = useWords(taskWords);
  const [screen, change] = useScreen<TaskScreen>();
  const under = useLedgerUnit();
  const offset = screen.offset ?? 0;
  const read = useRead(ledgers.owners, { query: { under, star: screen.star, q: screen.q, limit, offset } });
  const columns = useColumns();
  return (
    <>
      <div className="panel filters no-print">
        <SearchBox value={screen.q} label={t('owner')} onChange={(q) => change({ q })} />
        <Link to="/duties">{t('duties-link')} →</Link>
      </div>
      <Shown of={read} rows={8}>
        {({ items, total }) => (
          <>
            <Table
              caption={t('owners')}
              columns={columns}
              rows={items}
              rowKey={(o) => o.personId ?? `unit-${o.unitId}`}
              startAt={offset}
              empty={
                <div className="panel">
                  <Empty title={t('empty-list')} hint={t('empty-hint')} />
                </div>
              }
            />
            <div className="pager">
              <Pager total={total} offset={offset} limit={limit} onPage={(to) => change({ offset: to })} />
            </div>
          </>
        )}
      </Shown>
    </>
  );
}

function useColumns(): Column<OwnerRow>[] {
  const t = useWords(taskWords);
  const say = useSay();
  const { criteria } = useStarChoices(useLedgerUnit());
  const wordsOf = (id: string) => criteria.find((c) => c.value === id)?.label ?? id;
  const to = (o: OwnerRow, more: TaskScreen) =>
    ({
      ...cleared,
      view: 'tasks',
      ...(o.personId === null ? { ownerUnit: o.unitId ?? undefined } : { owner: o.personId }),
      ...more,
      offset: undefined,
    }) as never;
  const number = (key: 'open' | 'tasks' | 'problems' | 'red' | 'yellow', more: (o: OwnerRow) => TaskScreen) => ({
    key,
    title: t(key === 'tasks' ? 'tasks-n' : key === 'problems' ? 'problems-n' : key),
    align: 'end' as const,
    width: 80,
    show: (o: OwnerRow) =>
      o[key] === 0 ? (
        <span className="quiet">0</span>
      ) : (
        <Link to="/tasks" search={(was: object) => ({ ...was, ...(to(o, more(o)) as object) }) as never}>
          {o[key]}
        </Link>
      ),
  });
  return [
    {
      key: 'owner',
      title: t('owner'),
      align: 'known-by',
      show: (o) => (
        <span className="stack tight">
          <span>{o.name}</span>
          {o.home && <span className="small quiet">{o.home}</span>}
        </span>
      ),
    },
    {
      key: 'posts',
      title: t('posts'),
      show: (o) => (o.posts.length === 0 ? '—' : o.posts.map((p) => say(p)).join(semicolon())),
    },
    {
      key: 'criteria',
      title: t('criterion'),
      show: (o) => (o.criteria.length === 0 ? '—' : o.criteria.map(wordsOf).join(semicolon())),
    },
    { key: 'tasks', title: t('tasks-n'), align: 'end', width: 80, show: (o) => o.tasks },
    { key: 'problems', title: t('problems-n'), align: 'end', width: 80, show: (o) => o.problems },
    number('open', () => ({})),
    number('red', () => ({ light: 'red' })),
    number('yellow', () => ({ light: 'yellow' })),
  ];
}
