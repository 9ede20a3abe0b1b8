import { type BarName, bars, reaches } from '../bars.ts';
import type { Finding, Growth } from './measure.ts';
import { exponent } from './timing.ts';

/** Rows of cells, the first of them the heads. */
export type Table = readonly (readonly string[])[];

export function show(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

const withUnit = (value: number, unit: string) => (unit === '×' ? `${show(value)} ×` : `${show(value)} ${unit}`);

function bound(name: BarName): string {
  const { atMost, atLeast, unit } = bars[name];
  if (atMost !== undefined) return `≤ ${withUnit(atMost, unit)}`;
  return atLeast === undefined ? '' : `≥ ${withUnit(atLeast, unit)}`;
}

export function findingTable(findings: readonly Finding[]): Table {
  const verdict = { true: 'yes', false: '**no**', null: '' };
  const rows = findings.map((f) => [
    f.bar,
    bars[f.bar].what,
    withUnit(f.value, bars[f.bar].unit),
    bound(f.bar),
    verdict[String(reaches(f.bar, f.value)) as keyof typeof verdict],
    f.note ?? '',
  ]);
  return [['name', 'measure', 'value', 'must be', 'reached', 'note'], ...rows];
}

export function growthTable(growth: readonly Growth[]): Table {
  const sizes = [...new Set(growth.flatMap((g) => g.points.map(([size]) => size)))].sort((a, b) => a - b);
  const rows = growth.map((g) => [
    g.what,
    ...sizes.map((size) => {
      const point = g.points.find(([at]) => at === size);
      return point ? withUnit(point[1], g.unit) : '';
    }),
    g.points.length > 1 ? exponent(g.points).toFixed(2) : '',
  ]);
  return [['measure', ...sizes.map((s) => s.toLocaleString('en')), 'exponent'], ...rows];
}

/** Markdown, in columns that also a terminal shows straight. */
export function printed(table: Table): string[] {
  const [head = [], ...rows] = table;
  const widths = head.map((_, i) => Math.max(...table.map((row) => row[i]!.length)));
  return [head, widths.map((w) => '-'.repeat(w)), ...rows].map(
    (row) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`,
  );
}
