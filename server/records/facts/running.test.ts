import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts } from '../../../domain/records/facts/index.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';

// What is due once a month is not late on the first of the month.

let world: World;

beforeAll(async () => {
  world = await createWorld({ now: '2026-03-31T09:00:00+08:00' });
  const { eastVillage } = world.units;
  await world.person('secretary', eastVillage, [['branch-secretary', eastVillage]]);
  for (const day of ['2026-01-15', '2026-01-29', '2026-02-10', '2026-03-30']) await held(day);
});
afterAll(() => world.close());

const held = (day: string) =>
  world.asSystem((rq) =>
    rq.db
      .run(sql`INSERT INTO events (id, kind, unit_id, unit_path, title, state, on_day, held_recorded_at, created_at, changed_at)
      SELECT ${randomUUID()}, 'members-meeting', id, unit_path, '组织生活', 'held', ${day}::date, ${rq.now}, ${rq.now}, ${rq.now}
      FROM units WHERE id = ${world.units.eastVillage}`),
  );

async function share(day: string, period: string): Promise<number | null> {
  world.setNow(`${day}T09:00:00+08:00`);
  const secretary = await world.as('secretary');
  const query = { keys: 'party-meetings-held-share', period };
  const { values } = await secretary.ok(facts.values, { params: { id: world.units.eastVillage }, query });
  return values[0]!.value === null ? null : Number(values[0]!.value);
}

describe('a share of the months so far', () => {
  it('counts the running month once it is met, and a month that ended without it', async () => {
    expect(await share('2026-03-31', '2026')).toBe(1);
    expect(await share('2026-04-01', '2026')).toBe(1);
    expect(await share('2026-04-30', '2026')).toBe(1);
    // April has gone by without one.
    expect(await share('2026-05-01', '2026')).toBe(0.75);
    await held('2026-05-02');
    expect(await share('2026-05-03', '2026')).toBe(0.8);
  });

  it('is nothing in the first month until it is met, and all of a year that is over', async () => {
    expect(await share('2027-01-02', '2027')).toBe(0);
    expect(await share('2027-01-02', '2026')).toBeCloseTo(4 / 12, 6);
    expect(await share('2026-05-03', '2026Q2')).toBe(0.5);
    expect(await share('2026-06-03', '2026Q2')).toBe(0.5);
    expect(await share('2026-06-03', '2026-05')).toBe(1);
  });
});
