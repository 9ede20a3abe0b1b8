import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { type FundSide, funds } from '../../../domain/projects/contract-funds.ts';
import { useRead } from '../../api/hooks.ts';
import { yuan } from '../../ui/money.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { projectWords } from '../../words/projects.ts';
import { aside } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';

/** One sum of a fund, of one of its sources, or of all funds of a place. */
export interface OpenSum {
  readonly bookId: string | null;
  readonly side: FundSide;
  readonly source?: string | undefined;
  readonly name: string;
}

/** A figure that opens to what it is made of. */
export function FigureButton(props: { name: string; fen: number | null; onOpen: () => void }) {
  const t = useWords(projectWords);
  if (props.fen === null) return <>—</>;
  const text = yuan(props.fen);
  return (
    <Button type="link" size="small" aria-label={`${t('open')} ${props.name} ${text}`} onClick={props.onOpen}>
      {text}
    </Button>
  );
}

interface Posting {
  readonly entryId: string;
  readonly bookId: string;
  readonly bookTitle: string;
  readonly onDay: string;
  readonly text: string;
  readonly document: string | null;
  readonly counterpart: string | null;
  readonly amountFen: number;
}

/** Postings behind a figure, with the sum of all of them; the book is one step further. */
export function PostingTable(props: {
  name: string;
  items: readonly Posting[];
  sumFen: number;
  total: number;
  onClose: () => void;
  note?: ReactNode;
}) {
  const t = useWords(projectWords);
  const title = t('postings', { name: props.name, sum: yuan(props.sumFen) });
  return (
    <section className="panel stack" aria-label={title}>
      <div className="row">
        <h3>{title}</h3>
        <Button size="small" onClick={props.onClose}>
          {t('close')}
        </Button>
      </div>
      {props.note}
      <Table
        caption={title}
        numbered={false}
        rows={props.items.map((e, at) => ({ ...e, at }))}
        rowKey={(e) => e.at}
        empty={<Empty title={t('no-money')} />}
        columns={[
          { key: 'day', title: t('day'), width: 110, show: (e) => e.onDay },
          { key: 'text', title: t('text'), show: (e) => [e.text, e.counterpart].filter(Boolean).join(' · ') },
          {
            key: 'book',
            title: t('book'),
            show: (e) => (
              <Link to="/books/$id" params={{ id: e.bookId }}>
                {e.bookTitle}
              </Link>
            ),
          },
          { key: 'document', title: t('document'), show: (e) => e.document ?? '—' },
          { key: 'amount', title: t('amount'), align: 'end', width: 130, show: (e) => yuan(e.amountFen) },
        ]}
      />
      {props.total > props.items.length && (
        <p className="small quiet">{t('more-postings', { n: props.total - props.items.length })}</p>
      )}
    </section>
  );
}

export function FundPostings(props: { of: OpenSum; year: number; under: number; onClose: () => void }) {
  const say = useSay();
  const { bookId, side, source, name } = props.of;
  const query = { year: props.year, side, source, limit: 200 };
  const one = useRead(funds.postings, { params: { id: bookId ?? '' }, query }, { when: bookId !== null });
  const all = useRead(funds.allPostings, { query: { ...query, under: props.under } }, { when: bookId === null });
  return (
    <Shown of={bookId === null ? all : one}>
      {({ items, total, sumFen }) => (
        <PostingTable
          name={name}
          total={total}
          sumFen={sumFen}
          onClose={props.onClose}
          items={items.map((i) => ({
            ...i,
            text: `${i.text}${aside([say(i.sourceWords), i.purposeWords && say(i.purposeWords)].filter(Boolean).join(' · '))}`,
          }))}
        />
      )}
    </Shown>
  );
}
