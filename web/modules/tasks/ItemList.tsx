import { Link } from '@tanstack/react-router';
import { type LedgerItem, ledgers } from '../../../domain/tasks/contract.ts';
import { ledgerFaults } from '../../../domain/tasks/rules.ts';
import { useRead } from '../../api/hooks.ts';
import { Light } from '../../ui/Light.tsx';
import { Pager } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { dayOf } from '../../ui/moments.ts';
import { useScreen } from '../../ui/search-state.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { taskWords } from '../../words/tasks.ts';
import { colon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { ItemFilters } from './ItemFilters.tsx';
import { type TaskScreen, useLedgerQuery, useLedgerUnit } from './screen.ts';
import { useStarChoices } from './stars.ts';

const limit = 20;

export function ItemList(props: { list: 'tasks' | 'problems' }) {
  const t = useWords(taskWords);
  const [screen, change] = useScreen<TaskScreen>();
  const offset = screen.offset ?? 0;
  const query = useLedgerQuery(props.list);
  const read = useRead(ledgers.items, { query: { ...query, limit, offset } });
  const columns = useColumns(props.list);
  return (
    <>
      <ItemFilters list={props.list} />
      <Shown of={read} rows={8}>
        {({ items, total }) => (
          <>
            <Table
              caption={t(props.list)}
              columns={columns}
              rows={items}
              rowKey={(i) => i.id}
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

function useColumns(list: 'tasks' | 'problems'): Column<LedgerItem>[] {
  const t = useWords(taskWords);
  const say = useSay();
  const { nameOf } = useStarChoices(useLedgerUnit());
  const problems: Column<LedgerItem>[] = [
    {
      key: 'severity',
      title: t('severity'),
      width: 110,
      show: (i) => (
        <span className="stack tight">
          {i.severity && <Mark tone={i.severity === 'key' ? 'bad' : 'plain'}>{t(i.severity)}</Mark>}
          {i.reportTo && (
            <span className="small quiet">
              {t('report-to')} {t(i.reportTo)}
            </span>
          )}
        </span>
      ),
    },
  ];
  return [
    { key: 'item', title: t('item'), align: 'known-by', show: (i) => <ItemName item={i} list={list} /> },
    {
      key: 'unit',
      title: t('unit'),
      width: 120,
      show: (i) => (
        <span className="stack tight">
          <span>{i.unitName}</span>
          {i.star && <span className="small quiet">{nameOf(i.star)}</span>}
        </span>
      ),
    },
    ...(list === 'problems' ? problems : []),
    { key: 'owner', title: t('owner'), width: 100, show: (i) => i.ownerName ?? i.ownerUnitName ?? '—' },
    {
      key: 'state',
      title: t('state'),
      width: 110,
      show: (i) => <Mark tone={i.closedAt ? 'plain' : 'info'}>{say(i.stateWords)}</Mark>,
    },
    {
      key: 'due',
      title: t('due'),
      width: 160,
      show: (i) => (
        <span className="stack tight">
          <Light of={i.light} />
          {i.dueOn && <span className="small quiet">{i.dueOn}</span>}
        </span>
      ),
    },
    { key: 'carried', title: t('carried'), width: 170, show: (i) => <Carried item={i} /> },
    {
      key: 'updated',
      title: t('updated'),
      width: 110,
      show: (i) => (
        <span className="stack tight">
          <span className="nowrap">{dayOf(i.changedAt)}</span>
          {i.evidence > 0 && <span className="small quiet nowrap">{t('evidence-n', { n: i.evidence })}</span>}
          {i.stale && <Mark tone="warn">{t('stale')}</Mark>}
        </span>
      ),
    },
  ];
}

/** The item, what it has to come to, and what is missing at it. */
function ItemName(props: { item: LedgerItem; list: 'tasks' | 'problems' }) {
  const t = useWords(taskWords);
  const say = useSay();
  const { item } = props;
  return (
    <span className="stack tight">
      <span className="row">
        <Link to="/cases/$id" params={{ id: item.id }}>
          {item.title}
        </Link>
        {props.list === 'tasks' && item.type === 'problem' && <Mark>{t('rectifies-problem')}</Mark>}
        {item.supervised && <Mark tone="warn">{t('supervised')}</Mark>}
        {item.faults.map((f) => (
          <Mark key={f} tone="warn">
            {say(ledgerFaults[f])}
          </Mark>
        ))}
      </span>
      {item.condition && <span className="small quiet clamp">{item.condition}</span>}
      {item.criterion && (
        <span className="small">
          {t('criterion')}
          {colon()}
          {item.criterionWords ? say(item.criterionWords) : item.criterion}
        </span>
      )}
    </span>
  );
}

/** What was done about it being late: to whom it was carried, and when. */
function Carried(props: { item: LedgerItem }) {
  const t = useWords(taskWords);
  const { item } = props;
  if (item.remindedAt === null && item.carried.length === 0) return '—';
  return (
    <ul className="seats small">
      {item.remindedAt && <li>{t('reminded-on', { day: dayOf(item.remindedAt) })}</li>}
      {item.carried.map((c) => (
        <li key={c.at}>{t('carried-on', { day: dayOf(c.at), unit: c.toUnitName, n: c.workdaysLate })}</li>
      ))}
    </ul>
  );
}
