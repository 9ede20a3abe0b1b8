import { Drawer } from 'antd';
import { facts } from '../../../domain/records/facts/contract.ts';
import { periodWords } from '../../../domain/records/facts/period-words.ts';
import type { FilledFigure } from '../../../domain/reports/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Missing } from '../../ui/Marks.tsx';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { reportWords } from '../../words/reports.ts';
import { comma } from '../../words/punctuation.ts';
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

function Records(props: { unitId: number; figure: FilledFigure }) {
  const t = useWords(reportWords);
  const { figure } = props;
  const read = useRead(facts.records, {
    params: { id: props.unitId, key: figure.key },
    query: { period: figure.period, limit: 50 },
  });
  return (
    <Shown of={read}>
      {({ parts, items }) =>
        parts.length === 0 ? (
          <p className="quiet">{t('not-counted')}</p>
        ) : (
          <section>
            <h3>{t('records', { n: figure.records })}</h3>
            <Table
              caption={t('records', { n: figure.records })}
              cards={false}
              rows={items}
              rowKey={(r) => `${r.kind} ${r.id}`}
              columns={[
                { key: 'unit', title: t('unit'), show: (r) => r.unitName },
                { key: 'label', title: t('name'), show: (r) => r.label },
                { key: 'value', title: t('value'), align: 'end', show: (r) => r.value },
                { key: 'as-of', title: t('as-of'), width: 110, show: (r) => r.asOf ?? '—' },
              ]}
            />
          </section>
        )
      }
    </Shown>
  );
}
