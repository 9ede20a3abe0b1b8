import { onFactsChanged } from '../../server/records/facts/index.ts';
import { valuesChanged } from '../../server/modules/stars/index.ts';
import type { Ask } from './app.ts';
import type { BenchDatabase } from './databases.ts';
import { dice, percentile } from './timing.ts';
import { ids } from './tree.ts';

/** Opens the year's cycle over a county, judged by the two samples. */
export async function openCycle(ask: Ask, county: number, year: number): Promise<void> {
  const sample = (id: string) => ({ id, version: '2026.1' });
  await ask('POST', '/api/stars/cycles', {
    unitId: county,
    year,
    title: `${year} 年度创建`,
    rural: sample('sample-rural'),
    urban: sample('sample-urban'),
  });
}

interface Corrected {
  /** The re-score alone, in the transaction of the correction. */
  readonly rescore: number;
  /** The whole request: checks, journal, re-score, commit. */
  readonly request: number;
}

/** A correction must say something new, also in a second round. */
let corrections = 0;

/**
 * Corrects `count` numbers of villages of the first county, one after another; times at a share of them (0.95). Between two of
 * them `settle` lets what a server does in the background happen; it is not timed.
 */
export async function correctNumbers(
  db: BenchDatabase,
  ask: Ask,
  { year, count, share, settle }: { year: number; count: number; share: number; settle: () => Promise<void> },
): Promise<Corrected> {
  const rescores: number[] = [];
  const requests: number[] = [];
  onFactsChanged('stars', async (rq, changes) => {
    const began = performance.now();
    await valuesChanged(rq, changes);
    rescores.push(performance.now() - began);
  });
  try {
    const draw = dice(7);
    const warm = 20;
    for (let i = 0; i < count + warm; i++) {
      const unit = ids.village(draw(500));
      const { rows } = await db.run(
        `SELECT id FROM facts WHERE unit_id = $1 AND period = $2 AND superseded_at IS NULL ORDER BY metric OFFSET $3 LIMIT 1`,
        [unit, String(year), draw(20)],
      );
      const { id } = rows[0] as { id: string };
      const { ms } = await ask('POST', `/api/facts/${id}/corrections`, {
        value: String(i % 2),
        asOf: `${year}-11-01`,
        source: `台账 ${++corrections}`,
        document: null,
        reason: '核对台账',
      });
      requests.push(ms);
      await settle();
    }
    return { rescore: percentile(rescores.slice(warm), share), request: percentile(requests.slice(warm), share) };
  } finally {
    onFactsChanged('stars', valuesChanged);
  }
}
