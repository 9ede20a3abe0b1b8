import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts } from '../../../domain/records/facts/index.ts';
import { panels } from '../../../domain/records/judgements/index.ts';
import { criteriaOf } from '../../../domain/stars/standard.ts';
import { createYear, ref, type Year } from '../../../tests/support/year.ts';
import { sql } from '../../platform/db/sql.ts';

let year: Year;
let observers: string[];
let item: { id: string; max: number };

beforeAll(async () => {
  year = await createYear();
  const found = await year.world.asSystem((rq) =>
    rq.db.many<{ id: string }>(sql`SELECT id FROM people WHERE name IN ('observer1', 'observer2') ORDER BY name`),
  );
  observers = found.map((p) => p.id);
  item = criteriaOf(year.rural).flatMap(({ criterion: { id, rule } }) =>
    rule.type === 'review' ? [{ id, max: rule.max }] : [],
  )[0]!;
});
afterAll(() => year.world.close());

/** A round on the given day: the share of the points that both observers give each village. */
async function round(title: string, shares: readonly number[], lock = true) {
  const { as, world, villages } = year;
  const opened = await as['organiser']!.ok(panels.open, {
    body: {
      title,
      hostId: world.units.county,
      standard: ref('sample-rural'),
      items: [item.id],
      unitIds: [...villages],
      observers,
    },
  });
  for (const observer of ['observer1', 'observer2'])
    await as[observer]!.ok(panels.score, {
      params: { id: opened.id },
      body: {
        scores: villages.map((unitId, i) => ({ unitId, item: item.id, value: (item.max * shares[i]!).toFixed(1) })),
      },
    });
  if (lock) await as['organiser']!.ok(panels.lock, { params: { id: opened.id }, body: {} });
  return opened.id;
}

const key = 'observation-score-and-rank';
async function standing() {
  const { as, villages } = year;
  const rows = [];
  for (const id of villages) {
    const query = { keys: `${key},${key}/rank`, period: '2026' };
    const { values } = await as['organiser']!.ok(facts.values, { params: { id }, query });
    rows.push(values.map((v) => (v.value === null ? null : Number(v.value))));
  }
  return rows;
}

describe('a contest of observation', () => {
  it('M444 combines the locked rounds of the year into one score and rank, under the standard that the rounds name', async () => {
    const first = await round('第一轮观摩', [0.9, 0.8, 0.6]);
    expect(await standing()).toEqual([
      [90, 1],
      [80, 2],
      [60, 3],
    ]);
    await round('第二轮观摩', [0.6, 0.9, 0.7]);
    // A round that is still open says nothing.
    await round('第三轮观摩', [0.1, 0.1, 1], false);
    expect(await standing()).toEqual([
      [75, 2],
      [85, 1],
      [65, 3],
    ]);
    const shown = await year.as['observer1']!.ok(panels.get, { params: { id: first } });
    expect([shown.state, shown.standard]).toMatchObject(['locked', ref('sample-rural')]);
    // The score opens to what observers gave in both rounds.
    const { items, parts } = await year.as['organiser']!.ok(facts.records, {
      params: { id: year.villages[0], key },
      query: { period: '2026', limit: 50 },
    });
    expect(items.length).toBeGreaterThan(0);
    expect(Number(parts[0]!.value) / Number(parts[1]!.value)).toBe(75);
    // Nobody below the county sees another township's score.
    const west = year.villages[2];
    const other = await year.as['secretary']!.call(facts.values, {
      params: { id: west },
      query: { keys: key, period: '2026' },
    });
    expect(other.status).toBe(404);
  });
});
