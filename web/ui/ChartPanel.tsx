import { Button } from 'antd';
import type { EChartsCoreOption } from 'echarts/core';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { uiWords } from '../words/ui.ts';
import { useWords } from '../words/use.ts';
import { Loading } from './States.tsx';

const Chart = lazy(() => import('./Chart.tsx').then((m) => ({ default: m.Chart })));

interface Props {
  readonly title: string;
  readonly note?: ReactNode;
  /** Between the head and the drawing: numbers at a glance. */
  readonly above?: ReactNode;
  readonly option: EChartsCoreOption;
  readonly height: number;
  /** The same numbers as rows, for whoever would rather read them or cannot see the drawing. */
  readonly table: ReactNode;
}

/** A drawing in a panel, which one button turns into the table of the same numbers. */
export function ChartPanel(props: Props) {
  const t = useWords(uiWords);
  const [asTable, setAsTable] = useState(false);
  return (
    <section className="panel" aria-label={props.title}>
      <div className="panel-head">
        <h2>{props.title}</h2>
        <Button size="small" className="no-print" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? t('as-chart') : t('as-table')}
        </Button>
      </div>
      {props.above}
      {asTable ? (
        props.table
      ) : (
        <Suspense fallback={<Loading rows={6} />}>
          <Chart label={props.title} height={props.height} option={props.option} />
        </Suspense>
      )}
      {props.note && <p className="small quiet">{props.note}</p>}
    </section>
  );
}
