import { Input } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { type AgreementKind, agreements, type duePosting } from '../../../domain/records/agreements/index.ts';
import { findBookKind } from '../../../domain/records/ledgers/all.ts';
import { amountText, chartAccount, ledgers, measureFacts } from '../../../domain/records/ledgers/index.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { today } from '../../ui/moments.ts';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { agreementWords } from '../../words/agreements.ts';
import { useSay, useWords } from '../../words/use.ts';
import type { AgreementView } from './AgreementForms.tsx';

type Due = z.output<typeof duePosting>;

/** The instalments that the terms make due, each with the accounts it moves and whether it has been posted. */
export function Postings(props: { agreement: AgreementView; kind: AgreementKind }) {
  const t = useWords(agreementWords);
  const { agreement: a, kind } = props;
  const [through, setThrough] = useState(`${today().slice(0, 4)}-12-31`);
  const runs = a.state === 'in-force' || a.state === 'ended';
  const read = useRead(agreements.due, { params: { id: a.id }, query: { through } }, { when: Boolean(kind.postings) });
  if (!kind.postings)
    return (
      <section className="panel">
        <h2>{t('postings')}</h2>
        <p className="quiet">{t('posts-none')}</p>
      </section>
    );
  return (
    <section className="panel stack">
      <div className="panel-head">
        <h2>{t('postings')}</h2>
        <label className="row no-print">
          {t('through')}
          <Input
            type="date"
            style={{ width: 160 }}
            value={through}
            onChange={(e) => e.target.value && setThrough(e.target.value)}
          />
        </label>
      </div>
      <p className="small">{t('postings-lead')}</p>
      <Shown of={read} rows={2}>
        {({ items }) => (
          <>
            <DueTable items={items} />
            {runs && <Post agreement={a} items={items} />}
          </>
        )}
      </Shown>
    </section>
  );
}

function DueTable(props: { items: readonly Due[] }) {
  const t = useWords(agreementWords);
  const say = useSay();
  const account = (book: string, code: string) => {
    const kind = findBookKind(book);
    const chart = kind && chartAccount(kind, code);
    return chart ? say(chart.words) : code;
  };
  const amount = (d: Due) => {
    const kind = findBookKind(d.book);
    return kind ? `${amountText(kind.measure, d.amount)} ${measureFacts[kind.measure].symbol}` : String(d.amount);
  };
  return (
    <Table
      caption={t('postings')}
      rows={props.items}
      rowKey={(d) => d.key}
      empty={<p className="quiet">{t('no-postings')}</p>}
      columns={[
        { key: 'day', title: t('day'), width: 115, show: (d) => d.onDay },
        { key: 'text', title: t('text'), show: (d) => say(d.text) },
        { key: 'book', title: t('book'), width: 130, show: (d) => say(findBookKind(d.book)?.words ?? { zh: d.book }) },
        {
          key: 'accounts',
          title: t('accounts'),
          width: 200,
          show: (d) => `${account(d.book, d.debit)} → ${account(d.book, d.credit)}`,
        },
        { key: 'amount', title: t('amount'), width: 150, align: 'end', show: amount },
        {
          key: 'posted',
          title: t('state'),
          width: 110,
          show: (d) =>
            d.entryId ? <Mark tone="good">{t('posted')}</Mark> : <Mark tone="info">{t('not-posted')}</Mark>,
        },
      ]}
    />
  );
}

/** Posts what has fallen due until a day; where several books fit, one is named. */
function Post(props: { agreement: AgreementView; items: readonly Due[] }) {
  const t = useWords(agreementWords);
  const can = useCan();
  const { agreement: a } = props;
  const open = props.items.filter((d) => d.entryId === null && d.onDay <= today());
  const kind = open[0]?.book;
  const books = useRead(
    ledgers.list,
    { query: { kind, under: a.unitId, open: 'true', limit: 50 } },
    { when: kind !== undefined && can('ledgers.read') },
  );
  const post = useChange(agreements.post);
  const reason = can('ledgers.write') ? (open.length > 0 ? null : t('nothing-due')) : t('not-yours');
  return (
    <div className="row no-print">
      <AskButton<{ through: string; bookId?: string }, Parameters<typeof post.mutate>[0]>
        label={t('post')}
        reason={reason}
        change={post as never}
        fields={[
          { name: 'through', label: t('through'), kind: 'day', required: true, initial: today() },
          {
            name: 'bookId',
            label: t('which-book'),
            kind: 'select',
            options: (books.data?.items ?? []).map((b) => ({ value: b.id, label: `${b.title} · ${b.unitName}` })),
          },
        ]}
        input={(body) => ({ params: { id: a.id }, body })}
      />
    </div>
  );
}
