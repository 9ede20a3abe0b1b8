import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

register([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

const shared: EChartsCoreOption = {
  color: ['#1d5fa8', '#d9a441', '#2b7d43', '#a8171d', '#5c6470'],
  textStyle: { fontFamily: "'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif" },
  grid: { left: 48, right: 40, top: 36, bottom: 28 },
  legend: { top: 0 },
  tooltip: { trigger: 'axis' },
  animation: false,
};

/** A drawing of numbers that also stand in a table beside it; loaded only when it is shown. */
export function Chart(props: { option: EChartsCoreOption; label: string; height: number }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chart = init(place.current, null, { renderer: 'svg' });
    chart.setOption({ ...shared, ...props.option });
    const watch = new ResizeObserver(() => chart.resize());
    if (place.current) watch.observe(place.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [props.option]);
  return <div ref={place} role="img" aria-label={props.label} style={{ height: props.height }} />;
}
