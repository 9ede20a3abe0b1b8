import { Drawer, Select } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { facts } from '../../../domain/records/facts/contract.ts';
import { periodWords } from '../../../domain/records/facts/period-words.ts';
import type { FilledFigure } from '../../../domain/reports/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Pager } from '../../ui/ListPage.tsx';
import { Missing } from '../../ui/Marks.tsx';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { reportWords } from '../../words/reports.ts';
import { aside, comma } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';

/** One number, opened: what it means, from when it is, and the records that it was counted from. */
export function FigureDrawer(props: { unitId: number; figure: FilledFigure | null; onClose: () => void }) {
  const say = useSay();
  const { figure } = props;
  return (
    <Drawer open={figure !== null} onClose={props.onClose} title={figure ? say(figure.words) : ''} size={560}>
      {figure && <Opened unitId={props.unitId} figure={figure} />}
    </Drawer>
  );
}

function Opened(props: { unitId: number; figure: FilledFigure }) {
  const t = useWords(reportWords);
  const say = useSay();
  const { figure } = props;
  const known: [string, React.ReactNode][] = [
    [t('value'), figure.display ?? <Missing key="value" />],
    [t('period'), say(periodWords(figure.period))],
    [t('definition'), say(figure.definition)],
    ...(figure.asOf ? [[t('as-of'), figure.asOf] as [string, string]] : []),
    ...(figure.missing ? [[t('missing'), say(figure.missing)] as [string, string]] : []),
    ...(figure.holders.length > 0
      ? [[t('holder'), figure.holders.map((h) => h.unitName).join(comma())] as [string, string]]
      : []),
  ];
  return (
    <div className="stack">
      <Facts of={known} />
      {figure.value !== null && <Records unitId={props.unitId} figure={figure} />}
    </div>
  );
}

const limit = 50;

/** The records of one part of the number, a page at a time. */
function Records(props: { unitId: number; figure: FilledFigure }) {
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

type Item = z.output<typeof facts.records.reply>['items'][number];

function Rows(props: { items: readonly Item[]; offset: number }) {
  const t = useWords(reportWords);
  return (
    <Table
      caption={t('records-of')}
      cards={false}
      rows={props.items}
      startAt={props.offset}
      // An event stands here once for each person who came.
      rowKey={(r) => props.items.indexOf(r)}
      columns={[
        { key: 'unit', title: t('unit'), show: (r) => r.unitName },
        { key: 'label', title: t('name'), show: (r) => r.label },
        { key: 'value', title: t('value'), align: 'end', show: (r) => r.value },
        { key: 'as-of', title: t('as-of'), width: 110, show: (r) => r.asOf ?? '—' },
      ]}
    />
  );
}
