import { readFileSync, writeFileSync } from 'node:fs';
import { inRoot } from '../../server/platform/paths.ts';
import type { Report } from './report.ts';
import { findingTable, growthTable, printed } from './tables.ts';

const file = inRoot('docs', 'scale.md');

/** Puts new text between the two marks of a name. */
function between(text: string, name: string, lines: readonly string[]): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/scale.md has no place for ${name}.`);
  return `${text.slice(0, from + begin.length)}\n\n${lines.join('\n')}\n\n${text.slice(to)}`;
}

/** What was measured, where and when, into docs/scale.md. Parts that were not measured this time stay as they are. */
export function writeScale(report: Report): void {
  let text = readFileSync(file, 'utf8');
  const { machine } = report;
  const where = `${report.at.slice(0, 10)}, version ${report.version}, ${machine.cores} cores (${machine.model}), Node ${machine.node}, PostgreSQL ${machine.postgres}.`;
  if (report.findings.length > 0) {
    text = between(text, 'where', [where]);
    text = between(text, 'figures', printed(findingTable(report.findings)));
  }
  if (report.growth.length > 0) text = between(text, 'growth', printed(growthTable(report.growth)));
  writeFileSync(file, text);
}
