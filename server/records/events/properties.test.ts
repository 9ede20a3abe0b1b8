import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { events, eventSeries, periodOf, periodsBetween } from '../../../domain/records/events/index.ts';
import { type Bookkeeping, bookkeeping } from '../../../tests/support/books.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';

let world: World;
let b: Bookkeeping;

beforeAll(async () => {
  world = await createWorld();
  b = await bookkeeping(world);
});
afterAll(() => world.close());

const dayNo = (n: number) => new Date(Date.UTC(2025, 10, 1 + n)).toISOString().slice(0, 10);
// The clock stands at 2026-03-02, which is day 121.
const day = fc.integer({ min: 0, max: 160 }).map(dayNo);
const act = fc.oneof(
  fc.record({ do: fc.constant('plan' as const), onDay: day }),
  fc.record({
    do: fc.constant('hold' as const),
    nth: fc.nat(20),
    onDay: fc.option(day, { nil: undefined }),
    explain: fc.boolean(),
  }),
  fc.record({ do: fc.constant('cancel' as const), nth: fc.nat(20) }),
  fc.record({ do: fc.constant('agenda' as const), nth: fc.nat(20), keep: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ do: fc.constant('correct' as const), nth: fc.nat(20), onDay: day }),
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
type Event = Awaited<ReturnType<typeof one>>;

const one = (id: string) => b.secretary.ok(events.get, { params: { id } });

async function perform(a: Exclude<Act, { do: 'plan' }>, e: Event): Promise<number> {
  const params = { id: e.id };
  if (a.do === 'cancel') return (await b.secretary.call(events.cancel, { params, body: { reason: '防汛' } })).status;
  if (a.do === 'correct')
    return (await b.secretary.call(events.correct, { params, body: { reason: '日期有误', onDay: a.onDay } })).status;
  if (a.do === 'agenda') {
    const items = e.agenda.slice(0, a.keep).map((i) => ({ id: i.id, title: i.title }));
    return (await b.secretary.call(events.agenda, { params, body: { items } })).status;
  }
  const standing = e.agenda.filter((i) => i.standing !== null);
  const items = standing.map((i, n) => ({
    id: i.id,
    ...(a.explain && n === 0 ? { skippedReason: '未到会' } : { minute: '研究' }),
  }));
  const body = { minutes: '记录', items, ...(a.onDay === undefined ? {} : { onDay: a.onDay }) };
  return (await b.secretary.call(events.hold, { params, body })).status;
}

describe('whatever is planned, held, cancelled and corrected', () => {
  it('frequency counts what was held and nothing else, held lies never ahead, and standing items are always there', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 4, maxLength: 16 }),
        fc.constantFrom('week', 'month', 'quarter'),
        async (acts, every) => {
          const s = await b.secretary.ok(eventSeries.start, {
            body: { kind: 'weekly-consultation', unitId: world.units.eastVillage, fromDay: dayNo(0), every },
          });
          const ids: string[] = [];
          for (const a of acts) {
            if (a.do === 'plan' || ids.length === 0) {
              const body = { kind: 'weekly-consultation', unitId: world.units.eastVillage, seriesId: s.id };
              ids.push(
                (await b.secretary.ok(events.plan, { body: { ...body, onDay: a.do === 'plan' ? a.onDay : dayNo(3) } }))
                  .id,
              );
              continue;
            }
            const before = await one(ids[a.nth % ids.length]!);
            const status = await perform(a, before);
            expect(status).toBeLessThan(500);
            const after = await one(before.id);
            if (before.state !== 'planned' && a.do !== 'correct') expect([status, after]).toEqual([409, before]);
            if (before.state === 'cancelled') expect(after.state).toBe('cancelled');
            const standing = after.agenda.filter((i) => i.standing !== null);
            expect(standing.map((i) => i.standing).sort()).toEqual([
              'new-problems',
              'open-decisions',
              'open-matters',
              'open-problems',
              'overdue',
            ]);
            if (after.state === 'held') {
              expect(after.onDay <= '2026-03-02').toBe(true);
              expect(standing.every((i) => i.state === 'minuted' || Boolean(i.skippedReason))).toBe(true);
            }
          }
          const rows = await world.asSystem((rq) =>
            rq.db.many<{ state: string; day: string }>(
              sql`SELECT state, on_day AS day FROM events WHERE series_id = ${s.id}`,
            ),
          );
          const span = { from: dayNo(0), to: dayNo(160) };
          const status = await b.secretary.ok(eventSeries.get, { params: { id: s.id }, query: span });
          for (const p of status.periods) {
            const held = rows.filter((r) => r.state === 'held' && r.day >= p.first && r.day <= p.last).length;
            expect(p.held).toBe(held);
            if (p.state === 'skipped') expect(held < p.due && p.last < '2026-03-02').toBe(true);
            if (p.state === 'met') expect(held > 0 && held >= p.due).toBe(true);
          }
          expect(status.periods.reduce((sum, p) => sum + p.held, 0)).toBe(
            rows.filter((r) => r.state === 'held').length,
          );
          const listed = await b.secretary.ok(events.list, { query: { seriesId: s.id, state: 'held', limit: 200 } });
          expect(listed.total).toBe(rows.filter((r) => r.state === 'held').length);
        },
      ),
      { numRuns: 10 },
    );
  });
});

describe('periods', () => {
  it('follow each other without gap or overlap, and every day lies in exactly one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('week' as const, 'month' as const, 'quarter' as const, 'year' as const),
        fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        fc.nat(900),
        (every, date, length) => {
          const from = date.toISOString().slice(0, 10);
          const to = new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10);
          const found = periodsBetween(every, from, to);
          expect(found[0]!.first <= from && found.at(-1)!.last >= to).toBe(true);
          found.slice(1).forEach((p, i) => expect(Date.parse(p.first) - Date.parse(found[i]!.last)).toBe(86_400_000));
          expect(new Set(found.map((p) => p.key)).size).toBe(found.length);
          const p = periodOf(every, from);
          expect(p.first <= from && from <= p.last).toBe(true);
        },
      ),
    );
  });

  it('number weeks as ISO 8601 does, also around the turn of the year', () => {
    const weeks = ['2020-12-31', '2021-01-03', '2021-01-04', '2024-12-30', '2026-01-01', '2026-12-31', '2027-01-01'];
    expect(weeks.map((d) => periodOf('week', d).key)).toEqual([
      '2020-W53',
      '2020-W53',
      '2021-W01',
      '2025-W01',
      '2026-W01',
      '2026-W53',
      '2026-W53',
    ]);
  });
});
