import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { events, eventSeries } from '../../../domain/records/events/index.ts';
import { type Bookkeeping, bookkeeping } from '../../../tests/support/books.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let b: Bookkeeping;

beforeAll(async () => {
  world = await createWorld();
  b = await bookkeeping(world);
});
afterAll(() => world.close());

const plan = (client: Client, given: Partial<z.input<typeof events.plan.body>> = {}) =>
  client.ok(events.plan, {
    body: { kind: 'weekly-consultation', unitId: world.units.eastVillage, onDay: '2026-03-02', ...given },
  });

describe('access', () => {
  it('is closed to strangers and neighbours and, for recording, to readers', async () => {
    const e = await plan(b.secretary);
    const s = await b.secretary.ok(eventSeries.start, {
      body: { kind: 'members-meeting', unitId: world.units.eastVillage, fromDay: '2026-01-01' },
    });
    const params = { id: e.id };
    const reading = [
      [events.get, { params }],
      [events.roster, { params }],
      [eventSeries.get, { params: { id: s.id } }],
    ] as const;
    const writing = [
      [events.plan, { body: { kind: 'weekly-consultation', unitId: world.units.eastVillage, onDay: '2026-03-02' } }],
      [events.change, { params, body: { title: '改' } }],
      [events.agenda, { params, body: { items: [] } }],
      [events.prefill, { params }],
      [events.enrol, { params, body: { remove: [] } }],
      [events.attend, { params, body: { attendance: [{ id: randomUUID(), attended: true }] } }],
      [events.hold, { params, body: { minutes: '记录' } }],
      [events.cancel, { params, body: { reason: '试' } }],
      [events.correct, { params, body: { reason: '试' } }],
      [
        eventSeries.start,
        { body: { kind: 'members-meeting', unitId: world.units.eastVillage, fromDay: '2026-01-01' } },
      ],
      [eventSeries.change, { params: { id: s.id }, body: { times: 2 } }],
    ] as const;
    type Call = (endpoint: never, input: never) => Promise<{ status: number }>;
    const status = async (client: Client, [endpoint, input]: readonly [unknown, unknown]) =>
      (await (client.call as unknown as Call)(endpoint as never, input as never)).status;
    for (const c of [...reading, ...writing]) {
      expect([c[0].name, await status(b.stranger, c)]).toEqual([c[0].name, 401]);
      expect([c[0].name, await status(b.neighbour, c)]).toEqual([c[0].name, 404]);
    }
    for (const c of reading) expect([c[0].name, await status(b.reader, c)]).toEqual([c[0].name, 200]);
    for (const c of writing) expect([c[0].name, await status(b.reader, c)]).toEqual([c[0].name, 403]);
    for (const c of [...reading, ...writing].filter((x) => 'params' in x[1])) {
      const at = (id: string) => status(b.clerk, [c[0], { ...c[1], params: { id } }]);
      expect([c[0].name, await at('nothing'), await at(randomUUID())]).toEqual([c[0].name, 400, 404]);
    }
    for (const list of [events.list, events.items, eventSeries.list, events.kinds] as const)
      expect([list.name, await status(b.stranger, [list, {}])]).toEqual([list.name, 401]);
    const seen = await b.neighbour.ok(events.list, { query: { limit: 200 } });
    expect(seen.items.filter((x) => x.unitId !== world.units.westVillage && x.kind === 'weekly-consultation')).toEqual(
      [],
    );
    expect((await b.neighbour.ok(eventSeries.list)).total).toBe(0);
  });

  it('opens to the units below what its kind opens, with its agenda, and keeps a leadership meeting closed to them', async () => {
    const open = await plan(b.clerk, {
      kind: 'review-meeting',
      unitId: world.units.east,
      agenda: [{ title: '点评各村' }],
    });
    const closed = await plan(b.clerk, { kind: 'leadership-meeting', unitId: world.units.east });
    const seen = await b.secretary.ok(events.get, { params: { id: open.id } });
    expect(seen.agenda.map((i) => i.title)).toEqual(['点评各村']);
    expect(seen.mayRecord).toBe(false);
    expect((await b.secretary.call(events.get, { params: { id: closed.id } })).status).toBe(404);
    expect((await b.neighbour.call(events.get, { params: { id: open.id } })).status).toBe(404);
  });
});
