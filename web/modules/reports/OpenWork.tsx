import { Link } from '@tanstack/react-router';
import { ledgers } from '../../../domain/tasks/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { overviewWords } from '../../words/overview.ts';
import { useWords } from '../../words/use.ts';

const lists = ['tasks', 'problems'] as const;
const counted = ['open', 'red', 'yellow', 'green'] as const;

/** Open tasks and problems below the unit by their lights; each number opens to its items. */
export function OpenWork(props: { unitId: number }) {
  const t = useWords(overviewWords);
  const tasks = useRead(ledgers.lights, { query: { under: props.unitId, list: 'tasks' } });
  const problems = useRead(ledgers.lights, { query: { under: props.unitId, list: 'problems' } });
  const of = { tasks: tasks.data?.total, problems: problems.data?.total };
  const number = (list: (typeof lists)[number], key: (typeof counted)[number]) => {
    const n = of[list]?.[key];
    if (!n) return n ?? '—';
    const search = { view: list, unit: props.unitId, light: key === 'open' ? undefined : key };
    return (
      <Link to="/tasks" search={search as never} aria-label={`${t(list)} ${t(key)} ${n}`}>
        {n}
      </Link>
    );
  };
  return (
    <section className="panel">
      <h2>{t('lights')}</h2>
      <Shown of={tasks} rows={3}>
        {() => (
          <Table
            caption={t('lights')}
            numbered={false}
            cards={false}
            rows={lists}
            rowKey={(list) => list}
            columns={[
              { key: 'list', title: t('kind'), show: (list) => t(list) },
              ...counted.map((key) => ({
                key,
                title: t(key),
                align: 'end' as const,
                show: (list: (typeof lists)[number]) => number(list, key),
              })),
            ]}
          />
        )}
      </Shown>
    </section>
  );
}
