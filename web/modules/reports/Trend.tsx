import { overview, type TrendPoint } from '../../../domain/reports/index.ts';
import { useRead } from '../../api/hooks.ts';
import { ChartPanel } from '../../ui/ChartPanel.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { overviewWords } from '../../words/overview.ts';
import { useWords } from '../../words/use.ts';
import { useLevelWords } from '../stars/pieces.tsx';

/** Shades of the levels as the bars and the tiles have them. */
const shades = ['#8a94a0', '#efc3ba', '#e6a197', '#d9746b', '#b9302f', '#8d0f14'];

/** Branches by level over the last years and months, and today. */
export function Trend(props: { unitId: number }) {
  const t = useWords(overviewWords);
  const read = useRead(overview.trend, { params: { id: props.unitId } });
  return (
    <Shown of={read} rows={6}>
      {({ points }) =>
        points.length < 2 ? (
          <section className="panel">
            <h2>{t('trend')}</h2>
            <Empty title={t('no-trend')} hint={t('no-trend-hint')} />
          </section>
        ) : (
          <TrendChart points={points} />
        )
      }
    </Shown>
  );
}

function TrendChart(props: { points: readonly TrendPoint[] }) {
  const t = useWords(overviewWords);
  const words = useLevelWords();
  const { points } = props;
  const highest = Math.max(5, ...points.flatMap((p) => p.levels.map((l) => l.level)));
  const levels = Array.from({ length: highest + 1 }, (_, i) => highest - i);
  const of = (p: TrendPoint, level: number) => p.levels.find((l) => l.level === level)?.count ?? 0;
  const option = {
    grid: { left: 40, right: 8, top: 40, bottom: 24 },
    xAxis: {
      type: 'category',
      data: points.map((p) => t(`at-${p.kind}`, { label: p.label })),
      axisLabel: { interval: points.length > 5 ? 'auto' : 0, hideOverlap: true, fontSize: 11 },
    },
    yAxis: { type: 'value', minInterval: 1 },
    legend: { top: 0, itemWidth: 12, itemHeight: 10, itemGap: 8 },
    series: levels.map((level) => ({
      type: 'bar',
      stack: 'levels',
      name: words(level),
      barMaxWidth: 44,
      itemStyle: { color: shades[Math.min(level, 5)] },
      data: points.map((p) => of(p, level)),
    })),
  };
  return (
    <ChartPanel
      title={t('trend')}
      note={t('trend-note')}
      height={250}
      option={option}
      table={
        <Table
          caption={t('trend')}
          numbered={false}
          cards={false}
          rows={points}
          rowKey={(p) => p.kind + p.label}
          columns={[
            { key: 'at', title: t('at'), show: (p) => t(`at-${p.kind}`, { label: p.label }) },
            ...levels.map((level) => ({
              key: String(level),
              title: words(level),
              align: 'end' as const,
              show: (p: TrendPoint) => of(p, level),
            })),
            { key: 'measured', title: t('measured'), align: 'end', show: (p) => p.measured },
          ]}
        />
      }
    />
  );
}
