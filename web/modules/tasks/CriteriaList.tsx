import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import type { criterionRow, ledgers } from '../../../domain/tasks/contract.ts';
import { Mark } from '../../ui/Marks.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { taskWords } from '../../words/tasks.ts';
import { comma } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { filterNames, type TaskScreen, useLedgerUnit } from './screen.ts';
import { useCriteria } from './stars.ts';

type Row = z.output<typeof criterionRow>;
type Standard = z.output<typeof ledgers.criteria.reply>['standards'][number];
const cleared = Object.fromEntries(filterNames.map((name) => [name, undefined]));

/** The criteria of the standards in force, each with its open tasks and problems. */
export function CriteriaList() {
  const t = useWords(taskWords);
  const read = useCriteria(useLedgerUnit());
  return (
    <Shown of={read} rows={10}>
      {({ standards, elsewhere }) => (
        <>
          {standards.length === 0 && (
            <div className="panel">
              <Empty title={t('no-standard')} />
            </div>
          )}
          {standards.map((s) => (
            <Criteria key={s.id} standard={s} />
          ))}
          {elsewhere.tasks + elsewhere.problems > 0 && (
            <p className="panel row">
              {t('elsewhere', elsewhere)}
              <Link
                to="/tasks"
                search={(was: object) => ({ ...was, ...cleared, view: 'tasks', fault: 'no-criterion' }) as never}
              >
                {t('show-them')} →
              </Link>
            </p>
          )}
        </>
      )}
    </Shown>
  );
}

function Criteria(props: { standard: Standard }) {
  const t = useWords(taskWords);
  const say = useSay();
  const [screen] = useScreen<TaskScreen>();
  const { standard } = props;
  const rows = standard.items.filter((i) => screen.star === undefined || i.star === screen.star);
  if (rows.length === 0) return null;
  const starOf = (row: Row) =>
    say(standard.stars.find((s) => s.star === row.star)?.words ?? { zh: row.star, en: row.star });
  const counted = (key: 'tasks' | 'problems' | 'red', more: TaskScreen): Column<Row> => ({
    key,
    title: t(key === 'tasks' ? 'tasks-n' : key === 'problems' ? 'problems-n' : key),
    align: 'end',
    width: 80,
    show: (row) =>
      row[key] === 0 ? (
        <span className="quiet">0</span>
      ) : (
        <Link
          to="/tasks"
          search={(was: object) =>
            ({ ...was, ...cleared, criterion: row.criterion, ...more, offset: undefined }) as never
          }
        >
          {row[key]}
        </Link>
      ),
  });
  return (
    <section className="panel stack">
      <div className="panel-head">
        <h2>
          {say(standard.title)} {standard.version}
        </h2>
        {standard.sample && <Mark>{t('sample')}</Mark>}
      </div>
      <Table
        caption={say(standard.title)}
        rows={rows}
        rowKey={(r) => r.criterion}
        columns={[
          { key: 'star', title: t('star'), width: 110, show: starOf },
          { key: 'criterion', title: t('criterion'), align: 'known-by', show: (r) => say(r.words) },
          { key: 'points', title: t('points'), align: 'end', width: 70, show: (r) => r.points / 100 },
          {
            key: 'answering',
            title: t('answering'),
            width: 160,
            show: (r) =>
              r.answering.length > 0 ? r.answering.join(comma()) : <span className="quiet">{t('no-answering')}</span>,
          },
          counted('tasks', { view: 'tasks' }),
          counted('problems', { view: 'problems' }),
          counted('red', { view: 'tasks', light: 'red' }),
          { key: 'owners', title: t('owners-n'), align: 'end', width: 90, show: (r) => r.owners },
        ]}
      />
    </section>
  );
}
