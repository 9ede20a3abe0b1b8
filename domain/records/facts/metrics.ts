import type { Metric } from './metric.ts';
import { baseMetrics } from './metrics-base.ts';
import { ownedMetrics } from './metrics-owned.ts';
import { starMetrics } from './metrics-stars.ts';

/** Every number that is entered or imported. What can be counted from records is a figure and never stands here. */
export const metrics = { ...baseMetrics, ...ownedMetrics, ...starMetrics } as const;

export type MetricKey = keyof typeof metrics;
export const metricKeys = Object.keys(metrics) as [MetricKey, ...MetricKey[]];

export function isMetric(key: string): key is MetricKey {
  return Object.hasOwn(metrics, key);
}

export function metric(key: MetricKey): Metric {
  return metrics[key];
}
