import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { type FundRow, funds } from '../../../domain/projects/contract-funds.ts';
import { useRead } from '../../api/hooks.ts';
import { yuan } from '../../ui/money.ts';
import { today } from '../../ui/moments.ts';
import { useScreen } from '../../ui/search-state.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { projectWords } from '../../words/projects.ts';
import { useSay, useWords } from '../../words/use.ts';
import { type ProjectScreen, useProjectUnit } from './screen.ts';

function useMoneyColumns(): Column<FundRow>[] {
  const t = useWords(projectWords);
  const of = (key: keyof FundRow & `${string}Fen`, title: string): Column<FundRow> => ({
    key,
    title,
    align: 'end',
    width: 130,
    show: (r) => yuan(r[key]),
  });
  return [
    of('budgetFen', t('budget')),
    of('carriedFen', t('carried')),
    of('receivedFen', t('received')),
    of('allocatedFen', t('allocated')),
    of('paidFen', t('paid')),
    of('balanceFen', t('balance')),
    of('budgetLeftFen', t('budget-left')),
  ];
}

/** Creation funds of the units below in a year, and one of them by source. */
export function Funds() {
  const t = useWords(projectWords);
  const [screen, change] = useScreen<ProjectScreen>();
  const year = screen.year ?? Number(today().slice(0, 4));
  const read = useRead(funds.list, { query: { under: useProjectUnit(), year, limit: 100 } });
  const money = useMoneyColumns();
  return (
    <>
      <div className="panel filters no-print">
        <Button onClick={() => change({ year: year - 1 })}>{t('previous-year')}</Button>
        <strong>
          {t('year')} {year}
        </strong>
        <Button onClick={() => change({ year: year + 1 })}>{t('next-year')}</Button>
      </div>
      {screen.fund && <Fund id={screen.fund} year={year} />}
      <Shown of={read} rows={6}>
        {({ items, sum }) => (
          <Table
            caption={t('funds')}
            numbered={false}
            rows={items.length === 0 ? [] : [...items, { bookId: '', title: t('total'), unitName: '', total: sum }]}
            rowKey={(f) => f.bookId}
            empty={
              <div className="panel">
                <Empty title={t('no-funds')} />
              </div>
            }
            columns={[
              {
                key: 'fund',
                title: t('fund'),
                align: 'known-by',
                show: (f) =>
                  f.bookId === '' ? (
                    f.title
                  ) : (
                    <Link to="." search={(was: object) => ({ ...was, fund: f.bookId }) as never}>
                      {f.title}
                    </Link>
                  ),
              },
              ...money.map((c): Column<{ total: FundRow }> => ({ ...c, show: (f, i) => c.show(f.total, i) })),
            ]}
          />
        )}
      </Shown>
    </>
  );
}

function Fund(props: { id: string; year: number }) {
  const t = useWords(projectWords);
  const say = useSay();
  const read = useRead(funds.get, { params: { id: props.id }, query: { year: props.year } });
  const money = useMoneyColumns();
  return (
    <Shown of={read} rows={6}>
      {(fund) => (
        <section className="panel stack">
          <h2>
            <Link to="/books/$id" params={{ id: fund.bookId }}>
              {fund.title}
            </Link>
          </h2>
          <Table
            caption={fund.title}
            numbered={false}
            rows={[...fund.rows, fund.total]}
            rowKey={(r) => say(r.words)}
            columns={[{ key: 'source', title: t('source'), align: 'known-by', show: (r) => say(r.words) }, ...money]}
          />
          {fund.restricted.length > 0 && (
            <Table
              caption={t('restricted')}
              numbered={false}
              rows={fund.restricted}
              rowKey={(r) => `${r.source} ${r.purpose}`}
              columns={[
                { key: 'source', title: t('source'), show: (r) => say(r.sourceWords) },
                { key: 'purpose', title: t('restricted'), show: (r) => say(r.purposeWords) },
                { key: 'received', title: t('received'), align: 'end', show: (r) => yuan(r.receivedFen) },
                { key: 'left', title: t('left'), align: 'end', show: (r) => yuan(r.leftFen) },
              ]}
            />
          )}
        </section>
      )}
    </Shown>
  );
}
