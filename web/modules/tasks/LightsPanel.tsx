import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { ledgers, type lightsRow } from '../../../domain/tasks/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { Light } from '../../ui/Light.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { taskWords } from '../../words/tasks.ts';
import { useSay, useWords } from '../../words/use.ts';
import { filterNames, type TaskScreen, useLedgerUnit } from './screen.ts';

type Row = z.output<typeof lightsRow>;
type Counted = 'red' | 'yellow' | 'green' | 'none' | 'escalated' | 'stale';

const cleared = Object.fromEntries(filterNames.map((name) => [name, undefined]));
const filterFor: Record<Counted, TaskScreen> = {
  red: { light: 'red' },
  yellow: { light: 'yellow' },
  green: { light: 'green' },
  none: { light: 'none' },
  escalated: { escalated: true },
  stale: { stale: true },
};

/** A number that opens to what it counts; a plain zero where there is nothing. */
function Count(props: { row: Row; of: Counted; list: 'tasks' | 'problems'; here?: boolean }) {
  const t = useWords(taskWords);
  const { row } = props;
  const [screen] = useScreen<TaskScreen>();
  const n = row[props.of];
  if (n === 0) return <span className="quiet">0</span>;
  const search = {
    ...cleared,
    star: screen.star,
    view: props.list,
    unit: row.unitId,
    ...filterFor[props.of],
    here: props.here || undefined,
  };
  return (
    <Link to="/tasks" search={search as never} aria-label={`${row.unitName} ${t(props.of)} ${n}`} resetScroll={false}>
      {n}
    </Link>
  );
}

/** Lights of the unit and of each unit below it, the numbers of a row opening to its items. */
export function LightsPanel(props: { list: 'tasks' | 'problems' }) {
  const t = useWords(taskWords);
  const unit = useLedgerUnit();
  const [screen] = useScreen<TaskScreen>();
  const read = useRead(ledgers.lights, { query: { under: unit, list: props.list, star: screen.star } });
  const counted = ['red', 'yellow', 'green', 'none', 'escalated', 'stale'] as const;
  return (
    <Shown of={read} rows={6}>
      {({ total, items, asOf, faults }) => {
        const columns: Column<Row>[] = [
          {
            key: 'unit',
            title: t('unit'),
            align: 'known-by',
            show: (r) => <UnitName row={r} of={total} />,
          },
          { key: 'open', title: t('open'), align: 'end', width: 90, show: (r) => r.open },
          ...counted.map((key): Column<Row> => ({
            key,
            title: t(key),
            align: 'end',
            width: 100,
            show: (r) => <Count row={r} of={key} list={props.list} here={r.unitId === total.unitId} />,
          })),
        ];
        return (
          <section className="panel stack lights">
            <div className="panel-head">
              <h2>
                {total.unitName} · {t(props.list)}
              </h2>
              <span className="quiet">{t('as-of', { day: asOf })}</span>
            </div>
            <div className="figures boxes">
              {counted.map((key) => (
                <div key={key}>
                  <div className="name">
                    <Lamp of={key} />
                  </div>
                  <div className="value">
                    <Count row={total} of={key} list={props.list} />
                  </div>
                </div>
              ))}
            </div>
            <Faults faults={faults} list={props.list} />
            {items.length > 1 && (
              <details open={items.length <= 24}>
                <summary>{t('by-unit')}</summary>
                <Table
                  caption={t('by-unit')}
                  columns={columns}
                  rows={items}
                  rowKey={(r) => `${r.unitId}${r.below}`}
                  numbered={false}
                  cards={false}
                />
              </details>
            )}
          </section>
        );
      }}
    </Shown>
  );
}

function Lamp(props: { of: Counted }) {
  const t = useWords(taskWords);
  const word = { zh: t(props.of), en: t(props.of) };
  if (props.of === 'escalated' || props.of === 'stale') return <span className="light">{t(props.of)}</span>;
  return <Light of={{ colour: props.of, words: word }} />;
}

function UnitName(props: { row: Row; of: Row }) {
  const t = useWords(taskWords);
  const { row } = props;
  if (row.unitId === props.of.unitId) return `${row.unitName}${t('own-level')}`;
  return (
    <Link to="/tasks" search={(was: object) => ({ ...was, unit: row.unitId, offset: undefined }) as never}>
      {row.unitName}
    </Link>
  );
}

/** Where problem, task, owner and criterion do not fit together; each number opens to the items. */
function Faults(props: { faults: z.output<typeof ledgers.lights.reply>['faults']; list: 'tasks' | 'problems' }) {
  const t = useWords(taskWords);
  const say = useSay();
  const found = props.faults.filter((f) => f.count > 0);
  return (
    <p className="row" aria-label={t('faults')} role="group">
      <strong>{t('faults')}</strong>
      {found.length === 0 ? (
        <Mark tone="good" wrap>
          {t('no-faults')}
        </Mark>
      ) : (
        found.map((f) => (
          <Link
            key={f.fault}
            to="/tasks"
            search={(was: object) =>
              ({ ...was, ...cleared, view: props.list, fault: f.fault, offset: undefined }) as never
            }
            resetScroll={false}
          >
            <Mark tone="warn">
              {say(f.words)} {f.count}
            </Mark>
          </Link>
        ))
      )}
    </p>
  );
}
