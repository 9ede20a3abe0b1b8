import { keptPeriods, keptTypes } from '../../domain/records/facts/kept.ts';
import { dayOf } from '../../server/platform/time.ts';
import type { BenchDatabase } from './databases.ts';

/**
 * Waits until a server that has just been given a whole country has counted the figures that it keeps, as it would have done in the
 * years before: what is measured afterwards is the server at its work and not the one night in which it catches up.
 */
export async function settled(db: BenchDatabase, say: (text: string) => void): Promise<void> {
  const until = Date.now() + 20 * 60_000;
  const periods = keptPeriods(dayOf(new Date()));
  for (let told = ''; ;) {
    const { rows } = await db.run(
      `SELECT (SELECT count(*) FROM units WHERE type = ANY ($1) AND valid_to IS NULL) * $2::int AS wanted,
        (SELECT count(*) FROM figure_rounds WHERE at_day IS NOT NULL AND period = ANY ($3)) AS kept`,
      [[...keptTypes], periods.length, periods],
    );
    const { wanted, kept } = rows[0] as { wanted: string; kept: string };
    if (Number(kept) >= Number(wanted)) return;
    if (Date.now() > until)
      throw new Error(`Only ${kept} of ${wanted} rounds of figures were counted in twenty minutes.`);
    const text = `figures are being counted: ${Math.floor((Number(kept) / Number(wanted)) * 10) * 10} %`;
    if (text !== told) say(text);
    told = text;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
