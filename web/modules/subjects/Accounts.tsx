import { Link } from '@tanstack/react-router';
import { amountText, ledgers, measureFacts } from '../../../domain/records/ledgers/index.ts';
import { useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { subjectWords } from '../../words/subjects.ts';
import { useSay, useWords } from '../../words/use.ts';

/** What the books keep for the entry; without an account there is nothing to show. */
export function Accounts(props: { id: string }) {
  const t = useWords(subjectWords);
  const say = useSay();
  const can = useCan();
  const read = useRead(
    ledgers.ofSubject,
    { params: { id: props.id }, query: { limit: 100 } },
    { when: can('ledgers.read') },
  );
  if (!can('ledgers.read') || read.data?.total === 0) return null;
  return (
    <section className="panel">
      <h2>{t('accounts')}</h2>
      <Shown of={read} rows={2}>
        {({ items }) => (
          <Table
            caption={t('accounts')}
            numbered={false}
            rows={items}
            rowKey={(a) => a.bookId + a.code}
            columns={[
              {
                key: 'book',
                title: t('book'),
                show: (a) => (
                  <Link to="/books/$id" params={{ id: a.bookId }}>
                    {a.bookTitle}
                  </Link>
                ),
              },
              { key: 'kind', title: t('kind'), width: 180, show: (a) => say(a.bookWords) },
              { key: 'account', title: t('account'), width: 200, show: (a) => a.name },
              {
                key: 'balance',
                title: t('balance'),
                width: 170,
                align: 'end',
                show: (a) => `${amountText(a.measure, a.balance)} ${measureFacts[a.measure].symbol}`,
              },
            ]}
          />
        )}
      </Shown>
    </section>
  );
}
