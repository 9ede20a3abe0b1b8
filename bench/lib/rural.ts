import { type Expr, figures, isFigure, leavesOf } from '../../domain/records/facts/index.ts';
import { criteriaOf, type Standard } from '../../domain/stars/standard.ts';
import { inRoot } from '../../server/platform/paths.ts';
import { type Rq, system } from '../../server/platform/rq.ts';
import { findStandard, loadStandards, publishStandard } from '../../server/records/standards/index.ts';
import type { BenchDatabase } from './databases.ts';

export const asSystem = (db: BenchDatabase, now = new Date()) => {
  const rqOn = (tx: Rq['db']): Rq => ({ actor: system, db: tx, now, lang: 'zh' });
  return {
    read: <T>(work: (rq: Rq) => Promise<T>) => db.database.read([''], (tx) => work(rqOn(tx))),
    write: <T>(work: (rq: Rq) => Promise<T>) => db.database.write([''], (tx) => work(rqOn(tx))),
  };
};

/** The two sample standards, published. */
export async function sampleStandards(db: BenchDatabase): Promise<Standard[]> {
  return asSystem(db).write(async (rq) => {
    await loadStandards(rq, inRoot('standards'));
    const found: Standard[] = [];
    for (const id of ['sample-rural', 'sample-urban']) {
      await publishStandard(rq, id, '2026.1', '测速');
      found.push(await findStandard(rq, id, '2026.1'));
    }
    return found;
  });
}

/** Every figure and fact that these standards take values from, with the period each is read for. */
export function figuresOf(standards: readonly Standard[], year: number): { key: string; period: string }[] {
  const found = new Map<string, { key: string; period: string }>();
  for (const standard of standards)
    for (const { criterion } of criteriaOf(standard)) {
      const { value } = criterion;
      if (value.kind !== 'figure' && value.kind !== 'fact') continue;
      const period = value.period === 'to-date' ? `to-date:${year}` : String(year);
      found.set(`${value.key} ${period}`, { key: value.key, period });
    }
  return [...found.values()].filter((f) => isFigure(f.key));
}

const metricsIn = (expr: Expr): string[] =>
  leavesOf(expr).flatMap((leaf) => (leaf.of === 'fact' || leaf.of === 'units-at-least' ? [leaf.metric] : []));

/** The numbers that must be entered for these figures. */
export function metricsOf(keys: readonly string[]): string[] {
  return [...new Set(keys.flatMap((key) => metricsIn(figures[key]!.expr)))];
}
