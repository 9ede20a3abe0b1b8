import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type MattersShown, overview } from '../../../domain/reports/index.ts';
import { useRead } from '../../api/hooks.ts';
import { ChartPanel } from '../../ui/ChartPanel.tsx';
import { Missing } from '../../ui/Marks.tsx';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { overviewWords } from '../../words/overview.ts';
import { useWords } from '../../words/use.ts';

/** What residents raised: open and late, solved by their own word, and how long it took. */
export function Matters(props: { unitId: number; year: number }) {
  const read = useRead(overview.matters, { params: { id: props.unitId }, query: { year: props.year } });
  return (
    <Shown of={read} rows={6}>
      {(shown) => <MattersOf shown={shown} unitId={props.unitId} />}
    </Shown>
  );
}

function Glance(props: { shown: MattersShown; unitId: number }) {
  const t = useWords(overviewWords);
  const { shown: m } = props;
  const list = { module: 'matters', record: 'cases', kind: 'matter', unit: props.unitId };
  const links = { open: list, closed: { ...list, state: 'closed', all: true }, word: null, days: null };
  // Of everything that was answered: what nobody has confirmed yet is not counted as if it were solved.
  const answered = m.closed + m.unheard;
  const numbers = [
    ['open', t('matters-open'), m.open, t('matters-late', { n: m.late })],
    ['closed', t('matters-closed', { year: m.year }), m.closed, t('matters-raised', { n: m.raised })],
    [
      'word',
      t('matters-word'),
      answered === 0 ? null : `${Math.floor((m.byWord / answered) * 1000) / 10}%`,
      t('matters-back', { unheard: m.unheard, n: m.sentBack }),
    ],
    ['days', t('matters-days'), m.medianDays, ''],
  ] as const;
  return (
    <div className="figures glance">
      {numbers.map(([key, name, value, more]) => (
        <div key={key}>
          <div className="name">{name}</div>
          <div className="value">
            {value === null ? (
              <Missing />
            ) : links[key] ? (
              <Link to="/work" search={links[key] as never} aria-label={`${t('matters')} ${name} ${value}`}>
                {value}
              </Link>
            ) : (
              value
            )}
          </div>
          {more && <div className="small quiet">{more}</div>}
        </div>
      ))}
    </div>
  );
}

function MattersOf(props: { shown: MattersShown; unitId: number }) {
  const t = useWords(overviewWords);
  const { months } = props.shown;
  const option = useMemo(
    () => ({
      grid: { left: 36, right: 8, top: 32, bottom: 24 },
      xAxis: { type: 'category', data: months.map((m) => m.month.slice(2)) },
      yAxis: { type: 'value', minInterval: 1 },
      series: [
        { type: 'bar', name: t('raised'), data: months.map((m) => m.raised), barMaxWidth: 14, color: '#b9c8d8' },
        { type: 'bar', name: t('closed'), data: months.map((m) => m.closed), barMaxWidth: 14, color: '#1d5fa8' },
      ],
    }),
    [months, t],
  );
  return (
    <ChartPanel
      title={t('matters')}
      note={t('matters-note')}
      above={<Glance {...props} />}
      height={190}
      option={option}
      table={
        <Table
          caption={t('matters')}
          numbered={false}
          cards={false}
          rows={months}
          rowKey={(m) => m.month}
          columns={[
            { key: 'month', title: t('month'), show: (m) => m.month },
            { key: 'raised', title: t('raised'), align: 'end', show: (m) => m.raised },
            { key: 'closed', title: t('closed'), align: 'end', show: (m) => m.closed },
          ]}
        />
      }
    />
  );
}
