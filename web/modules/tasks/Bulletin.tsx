import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import { ledgers } from '../../../domain/tasks/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { Light } from '../../ui/Light.tsx';
import { Pager } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { dayOf, today } from '../../ui/moments.ts';
import { useScreen } from '../../ui/search-state.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { taskWords } from '../../words/tasks.ts';
import { useSay, useWords } from '../../words/use.ts';
import { type TaskScreen, useLedgerUnit } from './screen.ts';

const limit = 50;

/** What was carried up in a month: from where, to whom, how late, and how it stands now. */
export function Bulletin() {
  const t = useWords(taskWords);
  const say = useSay();
  const [screen, change] = useScreen<TaskScreen>();
  const under = useLedgerUnit();
  const offset = screen.offset ?? 0;
  const month = /^\d{4}-\d{2}$/.test(screen.month ?? '') ? screen.month! : today().slice(0, 7);
  const read = useRead(ledgers.bulletin, { query: { under, month, limit, offset } });
  return (
    <>
      <div className="panel filters no-print">
        <label>
          {t('month')}
          <Input
            type="month"
            style={{ width: 160 }}
            value={month}
            onChange={(e) => change({ month: e.target.value || undefined })}
          />
        </label>
      </div>
      <Shown of={read} rows={6}>
        {({ items, total }) => (
          <>
            <Table
              caption={`${t('bulletin')} ${month}`}
              rows={items}
              rowKey={(b) => `${b.item.id}${b.at}`}
              startAt={offset}
              empty={
                <div className="panel">
                  <Empty title={t('empty-bulletin')} />
                </div>
              }
              columns={[
                { key: 'at', title: t('at'), width: 110, show: (b) => dayOf(b.at) },
                {
                  key: 'item',
                  title: t('item'),
                  align: 'known-by',
                  show: (b) => (
                    <Link to="/cases/$id" params={{ id: b.item.id }}>
                      {b.item.title}
                    </Link>
                  ),
                },
                { key: 'unit', title: t('unit'), width: 140, show: (b) => b.item.unitName },
                {
                  key: 'owner',
                  title: t('owner'),
                  width: 120,
                  show: (b) => b.item.ownerName ?? b.item.ownerUnitName ?? '—',
                },
                { key: 'to', title: t('to'), width: 140, show: (b) => b.toUnitName },
                { key: 'late', title: t('late'), width: 100, align: 'end', show: (b) => b.workdaysLate },
                {
                  key: 'now',
                  title: t('now'),
                  width: 200,
                  show: (b) => (
                    <span className="stack tight">
                      <Mark tone={b.item.closedAt ? 'good' : 'info'}>{say(b.item.stateWords)}</Mark>
                      {!b.item.closedAt && <Light of={b.item.light} />}
                    </span>
                  ),
                },
              ]}
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
