import { type HouseholdIncomes, incomeKinds, incomes, incomeWords } from '../../../domain/economy/index.ts';
import { amountText } from '../../../domain/records/ledgers/amounts.ts';
import { useRead } from '../../api/hooks.ts';
import { Table } from '../../ui/Table.tsx';
import { pointWords } from '../../words/points.ts';
import { colon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';

const shown = (fen: number) => amountText('fen', fen);

/** The four incomes of the household that asked to see them: nothing at all for everybody else. */
export function MyIncomes() {
  const read = useRead(incomes.mine);
  return (
    <>
      {(read.data?.households ?? []).map((h) => (
        <Household key={`${h.unitName}/${h.holderName}`} of={h} />
      ))}
    </>
  );
}

function Household({ of }: { of: HouseholdIncomes }) {
  const t = useWords(pointWords);
  const say = useSay();
  return (
    <section className="panel stack">
      <div className="panel-head">
        <h2>
          {t('incomes')} · {of.holderName}
        </h2>
        <span className="small quiet">{of.unitName}</span>
      </div>
      <p className="small quiet">{t('incomes-note')}</p>
      <Table
        caption={`${t('incomes')}${colon()}${of.holderName}`}
        numbered={false}
        rows={of.years}
        rowKey={(y) => y.year}
        columns={[
          { key: 'year', title: t('year'), width: 80, show: (y) => y.year },
          ...incomeKinds.map((kind) => ({
            key: kind,
            title: say(incomeWords[kind]),
            align: 'end' as const,
            show: (y: HouseholdIncomes['years'][number]) => shown(y[kind]),
          })),
          { key: 'total', title: t('total'), align: 'end', show: (y) => shown(y.total) },
        ]}
      />
      <Table
        caption={`${t('payments')}${colon()}${of.holderName}`}
        numbered={false}
        rows={of.items.map((m, at) => ({ ...m, at }))}
        rowKey={(m) => m.at}
        columns={[
          { key: 'day', title: t('day'), width: 120, show: (m) => m.onDay },
          { key: 'kind', title: t('purpose'), show: (m) => say(incomeWords[m.kind]) },
          { key: 'book', title: t('book'), show: (m) => m.bookTitle },
          { key: 'amount', title: t('yuan'), width: 120, align: 'end', show: (m) => shown(m.amount) },
        ]}
      />
    </section>
  );
}
