import { readFileSync, writeFileSync } from 'node:fs';
import { inRoot } from '../../server/platform/paths.ts';
import { bars } from '../bars.ts';
import type { Report } from './report.ts';
import { findingTable, growthTable, printed, type Table } from './tables.ts';

const file = inRoot('docs', 'scale.md');

/** Puts new text between the two marks of a name. */
function between(text: string, name: string, lines: readonly string[]): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/scale.md has no place for ${name}.`);
  return `${text.slice(0, from + begin.length)}\n\n${lines.join('\n')}\n\n${text.slice(to)}`;
}

/** The table that stands between the marks of a name, with its heads; without the line under them. */
function standing(text: string, name: string): Table {
  const lines = text.slice(text.indexOf(`<!-- ${name} -->`), text.indexOf(`<!-- /${name} -->`)).split('\n');
  const rows = lines.filter((line) => line.startsWith('| ')).map((line) => line.slice(2, -2).split(' | '));
  return rows.filter((_, i) => i !== 1).map((row) => row.map((cell) => cell.trim()));
}

/** New rows in the place of those of the same name, in this order or else as they come; what was not measured this time stays. */
function merged(before: Table, [head = [], ...rows]: Table, order: readonly string[] = []): Table {
  const byName = new Map([...before.slice(1), ...rows].map((row) => [row[0]!, row]));
  const names = new Set([...order.filter((name) => byName.has(name)), ...byName.keys()]);
  return [head, ...[...names].map((name) => byName.get(name)!)];
}

/** What was measured, where and when, into docs/scale.md. Parts that were not measured this time stay as they are. */
export function writeScale(report: Report): void {
  let text = readFileSync(file, 'utf8');
  const { machine } = report;
  const where = `${report.at.slice(0, 10)}, version ${report.version}, ${machine.cores} cores (${machine.model}), Node ${machine.node}, PostgreSQL ${machine.postgres}.`;
  if (report.findings.length > 0) {
    text = between(text, 'where', [where]);
    text = between(
      text,
      'figures',
      printed(merged(standing(text, 'figures'), findingTable(report.findings), Object.keys(bars))),
    );
  }
  if (report.growth.length > 0)
    text = between(text, 'growth', printed(merged(standing(text, 'growth'), growthTable(report.growth))));
  writeFileSync(file, text);
}
