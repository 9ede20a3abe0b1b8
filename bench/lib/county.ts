import { figureKeys } from '../../domain/records/facts/index.ts';
import { sql } from '../../server/platform/db/sql.ts';
import { anyRecord, everySource, type Place } from '../../tests/support/any-records.ts';
import type { BenchDatabase } from './databases.ts';
import type { Bench } from './measure.ts';
import { asSystem, metricsOf } from './rural.ts';
import { addFacts, growTree, villagesOf } from './tree.ts';

export const year = 2026;
export const clock = () => new Date('2026-11-20T09:00:00+08:00');
export const county = { counties: 1, townships: 25, villages: 20 };
const days = ['2025-04-01', '2025-11-11', '2026-02-02', '2026-06-30', '2026-11-03'];

function placesOf(db: BenchDatabase): Promise<Place[]> {
  return asSystem(db, clock()).read((rq) =>
    rq.db.many<Place>(sql`SELECT id AS "unitId", unit_path AS path FROM units WHERE type = 'village' ORDER BY id`),
  );
}

/** Every number that any figure is made of, for two years, and records of every kind: `perVillage` draws on each village. */
export async function fillCounty(db: BenchDatabase, perVillage: number, bench: Bench): Promise<Place[]> {
  await growTree(db, county);
  await addFacts(db, metricsOf(figureKeys), [year - 1, year], 0, villagesOf(county), (done, total) => {
    if (done % 40 === 0) bench.say(`facts: metric ${done} of ${total}`);
  });
  const places = await placesOf(db);
  const { write } = asSystem(db, clock());
  for (let from = 0; from < places.length; from += 50) {
    bench.say(`records of village ${from} of ${places.length}`);
    await write(async (rq) => {
      for (const [i, at] of places.slice(from, from + 50).entries())
        for (let k = 0; k < perVillage; k++) {
          const n = (from + i) * perVillage + k;
          const other = places[(from + i + 7) % places.length]!;
          await anyRecord(rq, everySource[n % everySource.length]!, { at, other, day: days[n % days.length]!, n });
        }
    });
  }
  await db.run('VACUUM ANALYZE');
  return places;
}
