import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendar, nextDay } from '../../../domain/records/calendar/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { addWorkdays, workdaysBetween } from './index.ts';

let world: World;
let organiser: Client;
let clerk: Client;

beforeAll(async () => {
  world = await createWorld();
  await world.person('organiser', world.units.county, [['organiser', world.units.county]]);
  await world.person('clerk', world.units.east, [['township-clerk', world.units.east]]);
  organiser = await world.as('organiser');
  clerk = await world.as('clerk');
});
afterAll(() => world.close());

describe('the calendar of workdays', () => {
  it('knows the holidays and make-up workdays of the published years', async () => {
    const year = await clerk.ok(calendar.year, { params: { year: 2026 } });
    expect(year).toMatchObject({ published: true, workdays: 248 });
    const day = (d: string) => year.days.find((x) => x.day === d)?.workday;
    expect([day('2026-02-17'), day('2026-02-14'), day('2026-10-01'), day('2026-10-10')]).toEqual([
      false,
      true,
      false,
      true,
    ]);
    expect((await clerk.ok(calendar.year, { params: { year: 2025 } })).workdays).toBe(248);
    expect((await clerk.ok(calendar.year, { params: { year: 2024 } })).workdays).toBe(251);
  });

  it('says that a year is not published yet, and that a term into it is not sure', async () => {
    expect(await clerk.ok(calendar.year, { params: { year: 2027 } })).toMatchObject({ published: false, days: [] });
    const inside = await clerk.ok(calendar.count, { query: { from: '2026-09-28', add: 5 } });
    expect(inside).toEqual({ from: '2026-09-28', to: '2026-10-10', workdays: 5, sure: true });
    const across = await clerk.ok(calendar.count, { query: { from: '2026-12-28', add: 10 } });
    expect(across.sure).toBe(false);
    const back = await clerk.ok(calendar.count, { query: { from: across.to, to: '2026-12-28' } });
    expect(back).toMatchObject({ workdays: -10, sure: false });
  });

  it('is edited only by those who keep it, and journaled', async () => {
    const body = { workday: false, note: '县里统一安排' };
    const visitor = await world.as();
    expect((await visitor.call(calendar.setDay, { params: { day: '2026-07-01' }, body })).status).toBe(401);
    expect((await visitor.call(calendar.year, { params: { year: 2026 } })).status).toBe(401);
    expect((await clerk.call(calendar.setDay, { params: { day: '2026-07-01' }, body })).status).toBe(403);
    const publish = { source: '国办通知', days: [] };
    expect((await clerk.call(calendar.publishYear, { params: { year: 2028 }, body: publish })).status).toBe(403);
    expect((await organiser.ok(calendar.count, { query: { from: '2026-06-30', add: 1 } })).to).toBe('2026-07-01');
    await organiser.ok(calendar.setDay, { params: { day: '2026-07-01' }, body });
    expect((await organiser.ok(calendar.count, { query: { from: '2026-06-30', add: 1 } })).to).toBe('2026-07-02');
    const row = await world.asSystem((rq) =>
      rq.db.one<{ n: number }>(sql`SELECT count(*)::int AS n FROM journal WHERE verb = 'calendar.day'`),
    );
    expect(row.n).toBe(1);
  });

  it('takes a newly published year whole, and only days of that year, each once', async () => {
    const day = (d: string, workday = false) => ({ day: d, workday, note: '春节' });
    const publish = (days: object[]) =>
      organiser.call(calendar.publishYear, {
        params: { year: 2028 },
        body: { source: '国办发明电〔2027〕1号', days: days as never },
      });
    expect((await publish([day('2027-01-01')])).code).toBe('calendar-other-year');
    expect((await publish([day('2028-01-26'), day('2028-01-26')])).code).toBe('calendar-day-twice');
    expect((await publish([{ day: '2028-02-30', workday: true }])).status).toBe(400);
    const ok = await publish([day('2028-01-26'), day('2028-01-29', true)]);
    expect(ok.body).toMatchObject({ published: true, source: '国办发明电〔2027〕1号' });
    expect((await publish([day('2028-01-27')])).body).toMatchObject({ days: [day('2028-01-27')] });
  });

  it('refuses days outside any calendar of work, whatever is asked', async () => {
    for (const url of ['from=0001-01-01&to=9999-12-31', 'from=2026-01-01', 'from=2026-01-01&add=-1', 'from=x&add=1'])
      expect((await clerk.raw({ method: 'GET', url: `/api/calendar/workdays?${url}` })).status).toBe(400);
    expect((await clerk.raw({ method: 'GET', url: '/api/calendar/years/99999' })).status).toBe(400);
  });

  it('counts the same in the database as in the rules', async () => {
    const day = fc.integer({ min: 0, max: 1600 }).map((n) => nextDay('2023-06-01', n));
    const pairs = fc.sample(fc.tuple(day, day), 200);
    await world.asSystem(async (rq) => {
      for (const [a, b] of pairs) {
        const row = await rq.db.one<{ n: number; sure: boolean }>(
          sql`SELECT workdays_between(${a}::date, ${b}::date) AS n, workdays_sure(${a}::date, ${b}::date) AS sure`,
        );
        expect({ count: row.n, sure: row.sure }).toEqual(await workdaysBetween(rq, a, b));
      }
      const far = await addWorkdays(rq, '2024-01-01', 600);
      expect(await workdaysBetween(rq, '2024-01-01', far.day)).toEqual({ count: 600, sure: true });
    });
  });
});
