import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { facts, type RecordKind } from '../../../domain/records/facts/contract.ts';
import { periodWords } from '../../../domain/records/facts/period-words.ts';
import type { FilledFigure } from '../../../domain/reports/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { Pager } from '../../ui/ListPage.tsx';
import { neat } from '../../ui/number.ts';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { reportWords } from '../../words/reports.ts';
import { aside } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { hasDetails, RecordDetails } from './RecordDetails.tsx';

const limit = 50;

/** The records of one part of the number, a page at a time. */
export function FigureRecords(props: { unitId: number; figure: FilledFigure }) {
  const t = useWords(reportWords);
  const say = useSay();
  const [chosen, setChosen] = useState<number>();
  const [offset, setOffset] = useState(0);
  const { figure } = props;
  const read = useRead(facts.records, {
    params: { id: props.unitId, key: figure.key },
    query: { period: figure.period, part: chosen, limit, offset },
  });
  return (
    <Shown of={read}>
      {({ parts, part, total, items }) =>
        parts.length === 0 ? (
          <p className="quiet">{t('not-counted')}</p>
        ) : (
          <section className="stack tight">
            <h3>{t('records', { n: figure.records })}</h3>
            {parts.length > 1 && (
              <Select
                aria-label={t('part')}
                value={part}
                onChange={(n) => {
                  setChosen(n);
                  setOffset(0);
                }}
                options={parts.map((p, n) => ({ value: n, label: say(p.words) + aside(say(periodWords(p.period))) }))}
              />
            )}
            {items.length < total && (
              <p className="small quiet">{t('shown', { from: offset + 1, to: offset + items.length, n: total })}</p>
            )}
            <Rows items={items} offset={offset} />
            <div className="pager">
              <Pager total={total} offset={offset} limit={limit} onPage={setOffset} />
            </div>
          </section>
        )
      }
    </Shown>
  );
}

const pages = {
  case: '/cases/$id',
  event: '/events/$id',
  subject: '/subjects/$id',
  agreement: '/agreements/$id',
  entry: '/books/$id',
} as const satisfies Partial<Record<RecordKind, string>>;
const hasPage = (kind: RecordKind): kind is keyof typeof pages => kind in pages;

type Item = z.output<typeof facts.records.reply>['items'][number];

function Rows(props: { items: readonly Item[]; offset: number }) {
  const t = useWords(reportWords);
  return (
    <Table
      caption={t('records-of')}
      rows={props.items}
      startAt={props.offset}
      // An event stands here once for each person who came.
      rowKey={(r) => props.items.indexOf(r)}
      columns={[
        { key: 'unit', title: t('unit'), least: 90, show: (r) => r.unitName },
        { key: 'label', title: t('name'), align: 'known-by', show: (r) => <Named item={r} /> },
        {
          key: 'value',
          title: t('value'),
          align: 'end',
          show: (r) => <span className="nowrap num">{neat(r.value)}</span>,
        },
        {
          key: 'as-of',
          title: t('as-of'),
          width: 110,
          show: (r) => <span className="nowrap num">{r.asOf ?? '—'}</span>,
        },
      ]}
    />
  );
}

/** What the record is called, as a way to it where the reader may open it, or open to its details where it has no page. */
function Named(props: { item: Item }) {
  const say = useSay();
  const { kind, page, words } = props.item;
  const name = words ? say(words) : props.item.label;
  if (page === null) return <>{name}</>;
  if (kind === 'unit')
    return (
      <Link to="/units/$unitId" params={{ unitId: page }}>
        {name}
      </Link>
    );
  if (hasDetails(kind))
    return (
      <RecordDetails kind={kind} id={page}>
        {name}
      </RecordDetails>
    );
  return hasPage(kind) ? (
    <Link to={pages[kind]} params={{ id: page }}>
      {name}
    </Link>
  ) : (
    <>{name}</>
  );
}
