import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { type FundRow, type FundSide, funds } from '../../../domain/projects/contract-funds.ts';
import { useRead } from '../../api/hooks.ts';
import { yuan } from '../../ui/money.ts';
import { today } from '../../ui/moments.ts';
import { useScreen } from '../../ui/search-state.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { projectWords } from '../../words/projects.ts';
import { aside } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { FigureButton, FundPostings, type OpenSum } from './FundPostings.tsx';
import { Raised } from './Raised.tsx';
import { type ProjectScreen, useProjectUnit } from './screen.ts';

const money = [
  ['budgetFen', 'budget', null],
  ['carriedFen', 'carried', 'carried'],
  ['receivedFen', 'received', 'received'],
  ['allocatedFen', 'allocated', 'allocated'],
  ['paidFen', 'paid', 'paid'],
  ['balanceFen', 'balance', 'balance'],
  ['budgetLeftFen', 'budget-left', 'given'],
] as const satisfies readonly (readonly [keyof FundRow, keyof typeof projectWords, FundSide | null])[];

interface Line {
  readonly row: FundRow;
  readonly name: string;
  /** null: of all funds. */
  readonly bookId: string | null;
  readonly source?: string;
}

/** Amounts of a line, each of which opens to its postings. A budget opens to the decisions that it is the sum of. */
function useMoneyColumns(open: (sum: OpenSum) => void): Column<Line>[] {
  const t = useWords(projectWords);
  return money.map(([key, word, side]) => ({
    key,
    title: t(word),
    align: 'end',
    width: 130,
    show: ({ row, name, bookId, source }) =>
      side === null ? (
        yuan(row[key])
      ) : (
        <FigureButton
          name={`${name} ${t(word)}`}
          fen={row[key]}
          onOpen={() => open({ bookId, side, source, name: `${name} ${t(side === 'given' ? 'given-out' : word)}` })}
        />
      ),
  }));
}

/** Creation funds of the units below in a year, and one of them by source. */
export function Funds() {
  const t = useWords(projectWords);
  const [screen, change] = useScreen<ProjectScreen>();
  const [opened, setOpened] = useState<OpenSum | null>(null);
  const under = useProjectUnit();
  const year = screen.year ?? Number(today().slice(0, 4));
  const read = useRead(funds.list, { query: { under, year, limit: 100 } });
  const columns = useMoneyColumns(setOpened);
  const lineOf = (f: { bookId: string; title: string; total: FundRow }): Line => ({
    row: f.total,
    name: f.title,
    bookId: f.bookId,
  });
  return (
    <>
      <div className="panel filters no-print">
        <Button onClick={() => change({ year: year - 1 })}>{t('previous-year')}</Button>
        <strong>
          {t('year')} {year}
        </strong>
        <Button onClick={() => change({ year: year + 1 })}>{t('next-year')}</Button>
      </div>
      {screen.fund && <Fund id={screen.fund} year={year} onOpen={setOpened} />}
      {opened && <FundPostings of={opened} year={year} under={under} onClose={() => setOpened(null)} />}
      <Shown of={read} rows={6}>
        {({ items, sum }) => (
          <Table
            caption={t('funds')}
            numbered={false}
            rows={items.length === 0 ? [] : [...items.map(lineOf), { row: sum, name: t('total'), bookId: null }]}
            rowKey={(f) => f.bookId ?? ''}
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
                  f.bookId === null ? (
                    f.name
                  ) : (
                    <Link to="." search={(was: object) => ({ ...was, fund: f.bookId }) as never}>
                      {f.name}
                    </Link>
                  ),
              },
              ...columns,
            ]}
          />
        )}
      </Shown>
      <Raised unitId={under} year={year} />
    </>
  );
}

function Fund(props: { id: string; year: number; onOpen: (sum: OpenSum) => void }) {
  const t = useWords(projectWords);
  const say = useSay();
  const read = useRead(funds.get, { params: { id: props.id }, query: { year: props.year } });
  const columns = useMoneyColumns(props.onOpen);
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
            rows={[
              ...fund.rows.map((row): Line => ({
                row,
                name: say(row.words),
                bookId: fund.bookId,
                source: row.source ?? 'none',
              })),
              { row: fund.total, name: say(fund.total.words), bookId: fund.bookId },
            ]}
            rowKey={(l) => l.name}
            columns={[{ key: 'source', title: t('source'), align: 'known-by', show: (l) => l.name }, ...columns]}
          />
          {fund.total.budgetFen !== null && <p className="small quiet">{t('budget-of-unit')}</p>}
          <Budgets of={fund.budgets} />
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

interface Budget {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly stateWords: { readonly zh: string; readonly en: string };
  readonly amountFen: number;
}

/** The decisions that the budgets of the year are sums of. */
function Budgets(props: { of: readonly Budget[] }) {
  const say = useSay();
  if (props.of.length === 0) return null;
  return (
    <ul>
      {props.of.map((b) => (
        <li key={b.id}>
          <Link to="/cases/$id" params={{ id: b.id }}>
            {b.title}
          </Link>{' '}
          {yuan(b.amountFen)}
          {aside(say(b.stateWords))}
        </li>
      ))}
    </ul>
  );
}
