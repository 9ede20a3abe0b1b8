import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { cases } from '../../../domain/records/cases/index.ts';
import { events, eventSeries } from '../../../domain/records/events/index.ts';
import { type Bookkeeping, bookkeeping } from '../../../tests/support/books.ts';
import type { Client, World } from '../../../tests/support/world.ts';
import { createWorld } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';

let world: World;
let b: Bookkeeping;
let cadre: string;

beforeAll(async () => {
  world = await createWorld();
  b = await bookkeeping(world);
  cadre = await world.person('cadre', world.units.eastVillage, [['village-cadre', world.units.eastVillage]]);
});
afterAll(() => world.close());

type Plan = z.input<typeof events.plan.body>;
const plan = (client: Client, given: Partial<Plan> = {}) =>
  client.ok(events.plan, {
    body: { kind: 'weekly-consultation', unitId: world.units.eastVillage, onDay: '2026-03-02', ...given },
  });

/** Minutes for everything that stands on the agenda by itself. */
const minutedAll = (agenda: readonly { id: string; standing: string | null }[]) =>
  agenda.filter((i) => i.standing !== null).map((i) => ({ id: i.id, minute: '已研究' }));

const hold = (
  client: Client,
  e: { id: string; agenda: readonly { id: string; standing: string | null }[] },
  given = {},
) =>
  client.ok(events.hold, {
    params: { id: e.id },
    body: { minutes: '会议记录', items: minutedAll(e.agenda), ...given },
  });

async function problem(title: string): Promise<string> {
  const c = await b.secretary.ok(cases.open, {
    body: {
      type: 'problem',
      title,
      unitId: world.units.eastVillage,
      data: { description: title, source: 'self' },
    },
  });
  return c.id;
}

describe('planning', () => {
  it('M028 prefills the weekly consultation with open problems, makes conclusions tasks, and lists the weeks without one', async () => {
    const s = await b.secretary.ok(eventSeries.start, {
      body: { kind: 'weekly-consultation', unitId: world.units.eastVillage, fromDay: '2026-02-02' },
    });
    const found = await problem('路灯不亮');
    const e = await plan(b.secretary, { seriesId: s.id, onDay: '2026-02-12' });
    const at = e.agenda.findIndex((i) => i.standing === 'new-problems');
    expect(e.agenda[at + 1]).toMatchObject({ title: '路灯不亮', aboutCaseId: found, standing: null });
    const later = await problem('井盖破损');
    const more = await b.secretary.ok(events.prefill, { params: { id: e.id } });
    expect(
      more.agenda
        .map((i) => i.aboutCaseId)
        .filter(Boolean)
        .sort(),
    ).toEqual([found, later].sort());
    expect((await b.secretary.ok(events.prefill, { params: { id: e.id } })).agenda).toHaveLength(more.agenda.length);
    const lamp = more.agenda.find((i) => i.aboutCaseId === found)!;
    const decision = { text: '三日内修好路灯', ownerPersonId: cadre, dueOn: '2026-02-15' };
    const held = await hold(b.secretary, more, {
      items: [...minutedAll(more.agenda), { id: lamp.id, minute: '议定', decision }],
    });
    expect(held.state).toBe('held');
    const { task } = held.agenda.find((i) => i.id === lamp.id)!;
    expect(task).toMatchObject({
      state: 'assigned',
      ownerName: 'cadre',
      dueOn: '2026-02-15',
      closed: false,
      overdue: true,
    });
    const kept = await b.secretary.ok(cases.get, { params: { id: task!.id } });
    expect(kept).toMatchObject({ type: 'task', title: '三日内修好路灯', originKind: 'event', originId: e.id });
    // Planned and cancelled ones are no consultation that was held.
    await plan(b.secretary, { seriesId: s.id, onDay: '2026-02-18' });
    const off = await plan(b.secretary, { seriesId: s.id, onDay: '2026-02-25' });
    await b.secretary.ok(events.cancel, { params: { id: off.id }, body: { reason: '防汛' } });
    const status = await b.clerk.ok(eventSeries.get, { params: { id: s.id } });
    expect(status.periods.map((p) => [p.key, p.state, p.held, p.planned, p.cancelled])).toEqual([
      ['2026-W06', 'skipped', 0, 0, 0],
      ['2026-W07', 'met', 1, 0, 0],
      ['2026-W08', 'skipped', 0, 1, 0],
      ['2026-W09', 'skipped', 0, 0, 1],
      ['2026-W10', 'running', 0, 0, 0],
    ]);
    expect(status).toMatchObject({ due: 4, held: 1, skipped: ['2026-W06', '2026-W08', '2026-W09'] });
  });

  it('M018 puts star creation on every agenda of the leadership meeting, wants its minute, and flags where it was skipped', async () => {
    const meeting = { kind: 'leadership-meeting', unitId: world.units.east };
    const e = await plan(b.clerk, { ...meeting, agenda: [{ title: '其他事项' }] });
    const creation = e.agenda.find((i) => i.standing === 'star-creation')!;
    const without = e.agenda.filter((i) => i.id !== creation.id).map((i) => ({ id: i.id, title: i.title }));
    const set = await b.clerk.call(events.agenda, { params: { id: e.id }, body: { items: without } });
    expect(set.code).toBe('event-standing-stays');
    const reversed = [...e.agenda].reverse().map((i) => ({ id: i.id, title: `改名 ${i.title}` }));
    const again = await b.clerk.ok(events.agenda, { params: { id: e.id }, body: { items: reversed } });
    expect(again.agenda.map((i) => i.id)).toEqual(reversed.map((i) => i.id));
    expect(again.agenda.find((i) => i.id === creation.id)!.title).toBe(creation.title);
    const record = (items: object[]) =>
      b.clerk.call(events.hold, { params: { id: e.id }, body: { minutes: '记录', items: items as never } });
    expect((await record([])).code).toBe('event-standing-open');
    const others = minutedAll(e.agenda).filter((i) => i.id !== creation.id);
    expect((await record(others)).code).toBe('event-standing-open');
    expect((await record([...others, { id: creation.id, skippedReason: '书记外出' }])).status).toBe(200);
    const second = await plan(b.clerk, meeting);
    await hold(b.clerk, second);
    const flagged = await b.clerk.ok(events.list, { query: { kind: 'leadership-meeting', skipped: true } });
    expect(flagged.items.map((x) => [x.id, x.skipped])).toEqual([[e.id, 1]]);
    const items = await b.clerk.ok(events.items, { query: { standing: 'star-creation', state: 'skipped' } });
    expect(items.items.map((i) => [i.eventId, i.skippedReason])).toEqual([[e.id, '书记外出']]);
  });

  it('M019 logs each special report with task force, star, paper and decision, so that hearings and open decisions are counted', async () => {
    const e = await plan(b.clerk, { kind: 'leadership-meeting', unitId: world.units.east, onDay: '2026-03-01' });
    const [standing] = e.agenda.filter((i) => i.standing === 'task-force-report');
    const report = { unitId: world.units.eastVillage, star: 'ecology', paper: '生态宜居星推进情况' };
    const items = e.agenda.map((i) => ({ id: i.id, title: i.title, ...(i.id === standing!.id ? report : {}) }));
    const set = await b.clerk.ok(events.agenda, { params: { id: e.id }, body: { items } });
    const decision = { text: '补齐垃圾分类设施', ownerUnitId: world.units.eastVillage };
    await hold(b.clerk, set, {
      items: [...minutedAll(set.agenda), { id: standing!.id, minute: '听取汇报', decision }],
    });
    const query = { standing: 'task-force-report', star: 'ecology', from: '2026-01-01', to: '2026-12-31' };
    const heard = await b.clerk.ok(events.items, { query });
    expect(heard.total).toBe(1);
    expect(heard.items[0]).toMatchObject({
      ...report,
      unitName: '青石村',
      onDay: '2026-03-01',
      decision: decision.text,
    });
    const open = await b.clerk.ok(events.items, { query: { ...query, unresolved: true } });
    expect(open.total).toBe(1);
    const task = { params: { id: open.items[0]!.task!.id }, body: { step: 'cancel', reason: '已由县级统一配备' } };
    await b.clerk.ok(cases.step, task);
    expect((await b.clerk.ok(events.items, { query: { ...query, unresolved: true } })).total).toBe(0);
  });

  it('M107 M146 convenes consultations as often as planned, with members, open items and owners, and tells the actual frequency', async () => {
    const host = { kind: 'joint-consultation', unitId: world.units.east };
    const s = await b.clerk.ok(eventSeries.start, {
      body: { ...host, fromDay: '2026-01-01', every: 'month', times: 2 },
    });
    const open = await problem('沟渠堵塞');
    const held: string[] = [];
    for (const onDay of ['2026-01-08', '2026-01-22', '2026-02-05']) {
      const e = await plan(b.clerk, {
        ...host,
        seriesId: s.id,
        onDay,
        roster: [{ personId: cadre }, { unitId: world.units.eastVillage }],
      });
      const item = e.agenda.find((i) => i.aboutCaseId === open)!;
      const decision = { text: `疏通沟渠（${onDay}）`, ownerUnitId: world.units.eastVillage, dueOn: '2026-03-20' };
      const done = await hold(b.clerk, e, {
        items: [...minutedAll(e.agenda), { id: item.id, minute: '进度六成', decision }],
      });
      expect(done.agenda.find((i) => i.id === item.id)!.task).toMatchObject({ ownerName: '青石村', overdue: false });
      held.push(e.id);
    }
    await plan(b.clerk, { ...host, seriesId: s.id, onDay: '2026-02-26' });
    const status = await b.clerk.ok(eventSeries.get, { params: { id: s.id }, query: { from: '2026-01-01' } });
    expect(status.periods.map((p) => [p.key, p.due, p.held, p.planned, p.state])).toEqual([
      ['2026-01', 2, 2, 0, 'met'],
      ['2026-02', 2, 1, 1, 'skipped'],
      ['2026-03', 2, 0, 0, 'running'],
    ]);
    expect(status).toMatchObject({ due: 4, held: 3, skipped: ['2026-02'] });
    const listed = await b.reader.ok(events.list, { query: { seriesId: s.id, state: 'held', sort: 'soonest' } });
    expect(listed.items.map((e) => e.id)).toEqual(held);
  });

  it('belongs to units of its kind, to a round that is above it, and to a series of its own', async () => {
    const call = (client: Client, body: Partial<Plan>) =>
      client.call(events.plan, {
        body: { kind: 'observation-visit', unitId: world.units.eastVillage, onDay: '2026-03-05', ...body },
      });
    expect((await call(b.clerk, { unitId: world.units.east })).code).toBe('event-kind-unit');
    expect((await call(b.clerk, { kind: 'no-such' })).status).toBe(400);
    const round = await plan(b.clerk, { kind: 'observation-round', unitId: world.units.east });
    const visit = await call(b.clerk, { parentId: round.id });
    expect(visit.status).toBe(200);
    const other = await plan(b.clerk, { kind: 'weekly-consultation' });
    expect((await call(b.clerk, { parentId: other.id })).code).toBe('event-parent');
    await b.clerk.ok(events.hold, { params: { id: visit.body.id }, body: { onDay: '2026-03-02' } });
    expect((await b.clerk.ok(events.get, { params: { id: round.id } })).parts).toEqual({ total: 1, held: 1 });
    await b.clerk.ok(events.cancel, { params: { id: round.id }, body: { reason: '改期' } });
    expect((await call(b.clerk, { parentId: round.id })).code).toBe('event-parent-cancelled');
    const s = await b.clerk.ok(eventSeries.start, {
      body: {
        kind: 'dispatch-meeting',
        unitId: world.units.east,
        fromDay: '2026-01-01',
        toDay: '2026-02-28',
        times: 2,
      },
    });
    expect((await call(b.clerk, { seriesId: s.id })).code).toBe('event-series-other');
    const dispatch = { kind: 'dispatch-meeting', unitId: world.units.east, seriesId: s.id };
    expect((await call(b.clerk, dispatch)).code).toBe('event-series-ended');
    const late = { startsAt: '2026-03-05T10:00:00+08:00', endsAt: '2026-03-05T09:00:00+08:00' };
    expect((await call(b.clerk, late)).code).toBe('event-times');
    const none = { kind: 'commendation-meeting', unitId: world.units.county, fromDay: '2026-01-01' };
    expect((await b.organiser.call(eventSeries.start, { body: none })).code).toBe('event-no-series');
    const ended = { params: { id: s.id }, body: { toDay: '2025-12-31' } };
    expect((await b.clerk.call(eventSeries.change, ended)).code).toBe('event-series-dates');
    const changed = await b.clerk.ok(eventSeries.change, { params: { id: s.id }, body: { times: 1, version: 1 } });
    expect(changed).toMatchObject({ times: 1, version: 2 });
    const stale = { params: { id: s.id }, body: { times: 3, version: 1 } };
    expect((await b.clerk.call(eventSeries.change, stale)).code).toBe('event-changed-meanwhile');
  });
});

describe('holding', () => {
  it('is not planning: not ahead of today, not without minutes, once, and changed afterwards by a correction only', async () => {
    const e = await plan(b.secretary, { onDay: '2026-03-09' });
    const items = minutedAll(e.agenda);
    const record = (body: object) => b.secretary.call(events.hold, { params: { id: e.id }, body: { items, ...body } });
    expect((await record({ minutes: '记录' })).code).toBe('event-ahead');
    expect((await record({ onDay: '2026-03-02' })).code).toBe('event-needs-minutes');
    expect((await record({ onDay: '2026-03-02', minutes: '记录', others: 3 })).code).toBe('event-no-others');
    expect((await record({ onDay: '2026-03-02', minutes: '记录', version: 9 })).code).toBe('event-changed-meanwhile');
    const unknown = [...items, { id: randomUUID(), minute: '无' }];
    expect((await record({ onDay: '2026-03-02', minutes: '记录', items: unknown })).code).toBe('event-no-item');
    const nobody = [{ id: randomUUID(), attended: true }];
    expect((await record({ onDay: '2026-03-02', minutes: '记录', attendance: nobody })).code).toBe(
      'event-not-on-roster',
    );
    expect((await b.secretary.ok(events.get, { params: { id: e.id } })).agenda.every((i) => i.state === 'open')).toBe(
      true,
    );
    const arose = { title: '临时动议', minute: '同意', decision: { text: '购置扫帚', ownerPersonId: cadre } };
    const held = await record({ onDay: '2026-03-02', minutes: '记录', items: [...items, arose] });
    expect(held.body).toMatchObject({ state: 'held', onDay: '2026-03-02', corrections: 0 });
    expect(held.body.agenda.at(-1)).toMatchObject({ title: '临时动议', decision: '购置扫帚', state: 'minuted' });
    expect((await record({ minutes: '又一次' })).code).toBe('event-not-planned');
    const cancel = { params: { id: e.id }, body: { reason: '不算' } };
    expect((await b.secretary.call(events.cancel, cancel)).code).toBe('event-not-planned');
    const change = { params: { id: e.id }, body: { title: '改' } };
    expect((await b.secretary.call(events.change, change)).code).toBe('event-not-planned');
    const rewrite = world.asSystem((rq) => rq.db.run(sql`UPDATE events SET minutes = 'x' WHERE id = ${e.id}`));
    await expect(rewrite).rejects.toMatchObject({ code: '23514' });
    const correct = (body: object) =>
      b.secretary.call(events.correct, { params: { id: e.id }, body: { reason: '笔误', ...body } as never });
    expect((await correct({ onDay: '2026-03-03' })).code).toBe('event-ahead');
    const fixed = await correct({ minutes: '更正后的记录' });
    expect(fixed.body).toMatchObject({ minutes: '更正后的记录', corrections: 1, state: 'held' });
    const kept = await world.asSystem((rq) =>
      rq.db.one<{ before: { minutes: string }; after: { reason: string } }>(
        sql`SELECT before, after FROM journal WHERE verb = 'event.correct' AND subject_id = ${e.id}`,
      ),
    );
    expect([kept.before.minutes, kept.after.reason]).toEqual(['记录', '笔误']);
    const planned = await plan(b.secretary);
    const early = { params: { id: planned.id }, body: { reason: '笔误', minutes: '无' } };
    expect((await b.secretary.call(events.correct, early)).code).toBe('event-not-held');
  });

  it('keeps who was expected and who came, with the fields of the kind, and counts heads where residents come', async () => {
    const batch = {
      kind: 'training-session',
      unitId: world.units.east,
      onDay: '2026-03-03',
      data: { topic: '支部建设' },
    };
    const e = await plan(b.clerk, {
      ...batch,
      roster: [{ personId: cadre }, { unitId: world.units.eastVillage2, role: 'lecturer' }],
    });
    expect([e.expected, e.attended]).toEqual([2, 0]);
    const enrol = (body: object) => b.clerk.call(events.enrol, { params: { id: e.id }, body: body as never });
    expect((await enrol({ add: [{ personId: cadre }] })).code).toBe('event-on-roster');
    expect((await enrol({ add: [{ personId: b.readerId, role: 'king' }] })).code).toBe('event-no-role');
    expect((await enrol({ add: [{ personId: randomUUID() }] })).status).toBe(404);
    expect((await enrol({ add: [{ personId: b.readerId, unitId: 1 }] })).status).toBe(400);
    expect((await enrol({ remove: [randomUUID()] })).code).toBe('event-not-on-roster');
    expect((await enrol({ add: [{ personId: b.readerId }] })).body).toEqual({ added: 1, removed: 0 });
    const { items } = await b.clerk.ok(events.roster, { params: { id: e.id } });
    const line = (name: string) => items.find((r) => r.name === name)!.id;
    const attend = (attendance: object[]) =>
      b.clerk.call(events.attend, { params: { id: e.id }, body: { attendance: attendance as never } });
    expect((await attend([{ id: line('cadre'), attended: true }])).code).toBe('event-not-begun');
    world.setNow('2026-03-03T18:00:00+08:00');
    expect((await attend([{ id: line('cadre'), attended: true, data: { hours: -1 } }])).status).toBe(400);
    const came = [
      { id: line('cadre'), attended: true, data: { hours: 3.5 } },
      { id: line('reader'), attended: false },
    ];
    expect((await attend(came)).body).toEqual({ recorded: 2 });
    const held = await b.clerk.ok(events.hold, { params: { id: e.id }, body: {} });
    expect([held.expected, held.attended]).toEqual([3, 1]);
    expect((await attend(came)).code).toBe('event-not-planned');
    const after = await b.clerk.ok(events.roster, { params: { id: e.id } });
    expect(after.items.find((r) => r.name === 'cadre')).toMatchObject({ attended: true, data: { hours: 3.5 } });
    const day = await plan(b.secretary, { kind: 'neighbours-day', onDay: '2026-03-03' });
    const many = await b.secretary.ok(events.hold, { params: { id: day.id }, body: { others: 120 } });
    expect(many.others).toBe(120);
    world.setNow('2026-03-02T09:00:00+08:00');
  });

  it('wants the fields of its kind once it was held, though not while it is planned', async () => {
    const e = await plan(b.secretary, { kind: 'sweep' });
    const record = (data?: Record<string, unknown>) =>
      b.secretary.call(events.hold, { params: { id: e.id }, body: data ? { data } : ({} as never) });
    expect((await record()).status).toBe(400);
    expect((await record({ areas: ['后巷'], nothing: 1 })).status).toBe(400);
    expect((await record({ areas: ['后巷'] })).body.data).toEqual({ areas: ['后巷'] });
    const own = b.secretary.call(events.plan, {
      body: { kind: 'weekly-consultation', unitId: world.units.eastVillage, onDay: '2026-03-02', data: { x: 1 } },
    });
    expect((await own).status).toBe(400);
  });

  it('lets one of two who record at once win', async () => {
    const e = await plan(b.secretary);
    const body = { minutes: '记录', items: minutedAll(e.agenda) };
    const both = await Promise.all([1, 2, 3].map(() => b.secretary.call(events.hold, { params: { id: e.id }, body })));
    expect(both.filter((a) => a.status === 200)).toHaveLength(1);
    expect(both.filter((a) => a.status === 409)).toHaveLength(2);
  });
});
