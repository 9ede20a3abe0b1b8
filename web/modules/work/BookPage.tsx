import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import type { z } from 'zod';
import { findBookKind } from '../../../domain/records/ledgers/all.ts';
import { ledgers } from '../../../domain/records/ledgers/contract.ts';
import { addressOf } from '../../api/call.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Pager } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { today } from '../../ui/moments.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { dailyWords } from '../../words/daily.ts';
import { useSay, useWords } from '../../words/use.ts';

type Book = z.output<typeof ledgers.get.reply>;
const limit = 20;

/** Whole numbers of the smallest unit, shown in the unit that people speak of. */
function shown(amount: number, measure: Book['measure']): string {
  const per = { fen: 100, points: 100, minutes: 60, shares: 1 }[measure];
  return (amount / per).toLocaleString('zh-CN', { minimumFractionDigits: per === 1 ? 0 : 2, maximumFractionDigits: 2 });
}

export function BookPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const read = useRead(ledgers.get, { params: { id } });
  return (
    <section className="page">
      <Shown of={read} rows={10}>
        {(book) => <BookShown book={book} />}
      </Shown>
    </section>
  );
}

function BookShown(props: { book: Book }) {
  const t = useWords(dailyWords);
  const say = useSay();
  const { book } = props;
  return (
    <>
      <PageHead
        title={book.title}
        crumbs={[
          { key: 'kind', node: say(book.kindWords) },
          { key: 'unit', node: book.unitName },
        ]}
        tools={
          <>
            <PostEntry book={book} />
            <Button href={addressOf(ledgers.journal, { params: { id: book.id } })} download>
              {t('plain-text')}
            </Button>
          </>
        }
      />
      <div className="columns">
        <Entries book={book} />
        <Accounts book={book} />
      </div>
    </>
  );
}

function Accounts(props: { book: Book }) {
  const t = useWords(dailyWords);
  const { book } = props;
  const read = useRead(ledgers.accounts, { params: { id: book.id }, query: { limit: 200 } });
  return (
    <section className="panel">
      <h2>{t('balance')}</h2>
      <Shown of={read}>
        {({ items }) => (
          <Table
            caption={t('balance')}
            cards={false}
            numbered={false}
            rows={items.filter((a) => a.balance !== 0)}
            rowKey={(a) => a.code}
            columns={[
              { key: 'name', title: t('account'), show: (a) => a.name },
              {
                key: 'balance',
                title: t('balance'),
                align: 'end',
                width: 150,
                show: (a) => shown(a.balance, book.measure),
              },
            ]}
          />
        )}
      </Shown>
    </section>
  );
}

function Entries(props: { book: Book }) {
  const t = useWords(dailyWords);
  const { book } = props;
  const [screen, change] = useScreen<{ offset?: number }>();
  const offset = screen.offset ?? 0;
  const read = useRead(ledgers.entries, { params: { id: book.id }, query: { limit, offset } });
  return (
    <section className="panel">
      <h2>{t('entries')}</h2>
      <Shown of={read}>
        {({ items, total }) => (
          <>
            <Table
              caption={t('entries')}
              numbered={false}
              rows={items}
              rowKey={(e) => e.id}
              columns={[
                { key: 'number', title: t('number'), width: 60, align: 'end', show: (e) => e.number },
                { key: 'day', title: t('day'), width: 110, show: (e) => e.onDay },
                {
                  key: 'text',
                  title: t('text'),
                  show: (e) => (
                    <>
                      {e.text} {e.reverses && <Mark tone="warn">{t('reverses')}</Mark>}
                    </>
                  ),
                },
                {
                  key: 'amount',
                  title: t('amount'),
                  width: 140,
                  align: 'end',
                  show: (e) => shown(e.amount, book.measure),
                },
              ]}
            />
            <Pager total={total} offset={offset} limit={limit} onPage={(to) => change({ offset: to })} />
          </>
        )}
      </Shown>
    </section>
  );
}

interface Typed {
  readonly onDay: string;
  readonly text: string;
  readonly debit: string;
  readonly credit: string;
  readonly amount: string;
  readonly document?: string;
  readonly purpose?: string;
  readonly source?: string;
}

function PostEntry(props: { book: Book }) {
  const t = useWords(dailyWords);
  const say = useSay();
  const { book } = props;
  const kind = findBookKind(book.kind);
  const post = useChange(ledgers.post);
  const accounts = Object.entries(kind?.accounts ?? {}).map(([value, a]) => ({ value, label: say(a.words) }));
  const choices = (of: Readonly<Record<string, { zh: string; en: string }>> | undefined) =>
    Object.entries(of ?? {}).map(([value, words]) => ({ value, label: say(words) }));
  const purposes = choices(kind?.purposes);
  const sources = choices(kind?.fundSources);
  const per = { fen: 100, points: 100, minutes: 60, shares: 1 }[book.measure];
  return (
    <AskButton<Typed, Parameters<typeof post.mutate>[0]>
      label={t('post')}
      button={{ type: 'primary' }}
      reason={book.mayPost ? null : t('not-yours')}
      change={post as never}
      fields={[
        { name: 'onDay', label: t('day'), kind: 'day', required: true, initial: today() },
        { name: 'text', label: t('text'), kind: 'text', required: true, max: 500 },
        { name: 'debit', label: t('debit'), kind: 'select', required: true, options: accounts },
        { name: 'credit', label: t('credit'), kind: 'select', required: true, options: accounts },
        { name: 'amount', label: t('amount'), kind: 'decimal', required: true },
        ...(purposes.length > 0
          ? [{ name: 'purpose', label: t('purpose'), kind: 'select' as const, options: purposes }]
          : []),
        ...(sources.length > 0
          ? [{ name: 'source', label: t('source'), kind: 'select' as const, options: sources }]
          : []),
        { name: 'document', label: t('document'), kind: 'text' },
      ]}
      input={({ onDay, text, debit, credit, amount, document, purpose, source }) => {
        const n = Math.round(Number(amount) * per);
        const told = { ...(purpose ? { purpose } : {}), ...(source ? { fundSource: source } : {}) };
        return {
          params: { id: book.id },
          body: {
            onDay,
            text,
            document,
            lines: [
              { account: debit, amount: n, ...told },
              { account: credit, amount: -n, ...told },
            ],
          },
        };
      }}
    />
  );
}
