import { amountText } from '../../../domain/records/ledgers/amounts.ts';
import { type OwnAccount, points } from '../../../domain/points/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { Figures } from '../../ui/Facts.tsx';
import { Pager } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { PrintButton } from '../../ui/PrintButton.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { pointWords } from '../../words/points.ts';
import { colon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { MyIncomes } from './MyIncomes.tsx';

const limit = 20;
const shown = (amount: number) => amountText('points', amount);

/** A person's own points and those of their household: the accounts follow from who is signed in and from nothing else. */
export function MyPointsPage() {
  const t = useWords(pointWords);
  const [screen, change] = useScreen<{ offset?: number }>();
  const offset = screen.offset ?? 0;
  const read = useRead(points.mine, { query: { limit, offset } });
  return (
    <section className="page">
      <PageHead title={t('title')} lead={t('lead')} tools={<PrintButton />} />
      <Shown of={read} rows={6}>
        {({ accounts }) =>
          accounts.length === 0 ? (
            <Empty title={t('none')} hint={t('none-hint')} />
          ) : (
            <>
              {accounts.map((account) => (
                <Account key={account.id} account={account} startAt={offset} />
              ))}
              <Pager
                total={Math.max(...accounts.map((a) => a.total))}
                offset={offset}
                limit={limit}
                onPage={(to) => change({ offset: to })}
              />
            </>
          )
        }
      </Shown>
      <MyIncomes />
    </section>
  );
}

function Account(props: { account: OwnAccount; startAt: number }) {
  const t = useWords(pointWords);
  const say = useSay();
  const { account: a } = props;
  return (
    <section className="panel stack">
      <div className="panel-head">
        <h2>
          {t(a.holder)} · {a.holderName}
        </h2>
        <span className="small quiet">
          {say(a.bookWords)} · {a.unitName}
        </span>
      </div>
      <Figures
        of={[
          { name: t('balance'), value: shown(a.balance) },
          { name: t('granted'), value: shown(a.granted) },
          { name: t('spent'), value: shown(a.spent) },
        ]}
      />
      <Table
        caption={`${t('movements')}${colon()}${a.holderName}`}
        rows={a.items.map((m, at) => ({ ...m, at }))}
        rowKey={(m) => m.at}
        startAt={props.startAt}
        columns={[
          { key: 'day', title: t('day'), width: 120, show: (m) => m.onDay },
          {
            key: 'text',
            title: t('text'),
            show: (m) => (
              <>
                {m.text ?? <span className="quiet">{t('together')}</span>}{' '}
                {m.correction && <Mark tone="warn">{t('correction')}</Mark>}
              </>
            ),
          },
          { key: 'purpose', title: t('purpose'), width: 140, show: (m) => (m.purpose ? say(m.purpose) : '—') },
          {
            key: 'amount',
            title: t('amount'),
            width: 120,
            align: 'end',
            show: (m) => `${m.amount > 0 ? '+' : ''}${shown(m.amount)}`,
          },
          { key: 'after', title: t('after'), width: 120, align: 'end', show: (m) => shown(m.balance) },
        ]}
      />
    </section>
  );
}
