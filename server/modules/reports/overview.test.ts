import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../../domain/records/cases/index.ts';
import { overview } from '../../../domain/reports/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';

let world: World;
let office: Client;
let resident: Client;
let clerk: Client;

beforeAll(async () => {
  world = await createWorld({ now: '2026-03-02T09:00:00+08:00' });
  const u = world.units;
  await world.person('office', u.county, [['organiser', u.county]]);
  await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  await world.person('clerk', u.east, [['township-clerk', u.east]]);
  await world.person('neighbour', u.westVillage, [['branch-secretary', u.westVillage]]);
  [office, resident, clerk] = [await world.as('office'), await world.as('secretary'), await world.as('clerk')];
});
afterAll(() => world.close());

const matters = (who: Client, id = world.units.county, year = 2026) =>
  who.ok(overview.matters, { params: { id }, query: { year } });

async function raise(title: string): Promise<string> {
  const made = await resident.ok(cases.open, {
    body: {
      type: 'matter',
      title,
      unitId: world.units.eastVillage,
      data: { description: '请核实', channel: 'window', size: 'small' } as never,
    },
  });
  return made.id;
}

/** The steps as they were taken, each by whoever may. */
async function take(id: string, ...steps: readonly (readonly [Client, string])[]): Promise<void> {
  for (const [who, step] of steps) {
    const { version } = await who.ok(cases.get, { params: { id } });
    await who.ok(cases.step, { params: { id }, body: { step, version, reason: '已核实' } });
  }
}

describe('matters on the overview', () => {
  it('count what is open and late, what was solved by the word of whoever raised it, and the median of days', async () => {
    expect(await matters(office)).toMatchObject({ open: 0, closed: 0, medianDays: null });
    const solved = await raise('路灯不亮');
    const again = await raise('井盖松动');
    await raise('树枝挡路');
    const answered = [
      [clerk, 'accept'],
      [clerk, 'escalate'],
      [clerk, 'answer'],
    ] as const;
    const kept = [
      [resident, 'confirm'],
      [clerk, 'close'],
    ] as const;
    world.setNow('2026-03-06T09:00:00+08:00');
    await take(solved, ...answered, ...kept);
    world.setNow('2026-04-01T09:00:00+08:00');
    await take(again, ...answered);
    // Answered and not yet confirmed is neither open work of somebody nor solved.
    expect(await matters(office)).toMatchObject({ closed: 1, byWord: 1, unheard: 1 });
    await take(again, [resident, 'reopen'], [clerk, 'answer'], ...kept);

    const all = await matters(office);
    expect(all).toMatchObject({
      open: 1,
      late: 1,
      raised: 3,
      closed: 2,
      byWord: 2,
      unheard: 0,
      sentBack: 1,
      medianDays: 17,
    });
    expect(all.months).toHaveLength(12);
    expect(all.months.at(-1)).toEqual({ month: '2026-04', raised: 0, closed: 1 });
    expect(all.months.at(-2)).toEqual({ month: '2026-03', raised: 3, closed: 1 });
    expect(await matters(office, world.units.county, 2025)).toMatchObject({ open: 1, raised: 0, closed: 0 });
    expect(await matters(office, world.units.westVillage)).toMatchObject({ open: 0, raised: 0, closed: 0 });
  });

  it('are told to nobody outside, and bad input is refused', async () => {
    const neighbour = await world.as('neighbour');
    const stranger = await world.as();
    const ask = (who: Client, id: number, year: unknown = 2026) =>
      who.call(overview.matters, { params: { id }, query: { year: year as never } });
    expect((await ask(stranger, world.units.county)).status).toBe(401);
    expect((await ask(neighbour, world.units.county)).status).not.toBe(200);
    expect((await ask(neighbour, world.units.eastVillage)).status).toBe(404);
    expect((await ask(office, world.units.county, 'soon')).status).toBe(400);
    expect((await ask(office, 99_999)).status).toBe(404);
  });
});

describe('stars over time on the overview', () => {
  it('tell results of years, ends of months and today; of a month with two cycles the newer speaks', async () => {
    const u = world.units;
    await world.asSystem(async (rq) => {
      await rq.db.run(sql`INSERT INTO standards (id, version, scheme, title, sample, effective_from, body, source_text)
        VALUES ('trial', '1', 'rural', '{}', true, '2030-01-01', '{}', '')`);
      const cycle = async (year: number) => {
        const id = crypto.randomUUID();
        await rq.db
          .run(sql`INSERT INTO cases (id, type, state, title, unit_id, unit_path, opened_at, changed_at, open_below, data)
          SELECT ${id}, 'cycle', 'open', '周期', id, unit_path, now(), now(), true,
            jsonb_build_object('year', ${year}::int, 'proposalId', 'list') FROM units WHERE id = ${u.county}`);
        return id;
      };
      const keep = (cycleId: string, unitId: number, kind: string, label: string, level: number) =>
        rq.db.run(sql`INSERT INTO standings (cycle_id, unit_id, unit_path, kind, label, standard_id, standard_version,
            level, total, stars, result, inputs, computed_at)
          SELECT ${cycleId}, id, unit_path, ${kind}, ${label}, 'trial', '1', ${level}, 0, '{}', '{}', '{}', now()
          FROM units WHERE id = ${unitId}`);
      const [before, now] = [await cycle(2025), await cycle(2026)];
      await keep(before, u.eastVillage, 'result', 'list', 3);
      await keep(before, u.eastVillage, 'result', 'other', 5);
      await keep(before, u.westVillage, 'result', 'list', 4);
      await keep(before, u.eastVillage, 'month', '2026-02', 5);
      await keep(now, u.eastVillage, 'month', '2026-02', 2);
      await keep(now, u.eastVillage, 'month', '2024-02', 1);
      await keep(before, u.eastVillage, 'live', '', 5);
      await keep(now, u.eastVillage, 'live', '', 3);
    });
    const trend = (who: Client, id: number) => who.call(overview.trend, { params: { id } });
    expect((await trend(office, u.county)).body.points).toEqual([
      {
        kind: 'result',
        label: '2025',
        measured: 2,
        levels: [
          { level: 4, count: 1 },
          { level: 3, count: 1 },
        ],
      },
      { kind: 'month', label: '2026-02', measured: 1, levels: [{ level: 2, count: 1 }] },
      { kind: 'live', label: '2026', measured: 1, levels: [{ level: 3, count: 1 }] },
    ]);
    const neighbour = await world.as('neighbour');
    expect((await trend(neighbour, u.westVillage)).body.points).toHaveLength(1);
    expect((await trend(neighbour, u.eastVillage)).status).toBe(404);
    expect((await trend(await world.as(), u.county)).status).toBe(401);
  });
});
