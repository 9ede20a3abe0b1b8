import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreements } from '../../../domain/records/agreements/index.ts';
import { type Bookkeeping, bookkeeping } from '../../../tests/support/books.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let b: Bookkeeping;
let home: string;

beforeAll(async () => {
  world = await createWorld();
  b = await bookkeeping(world);
  home = await b.subject('household', '东街3号');
});
afterAll(() => world.close());

const body = (given: object = {}) => ({
  kind: 'land-transfer',
  unitId: world.units.eastVillage,
  fromDay: '2025-01-01',
  parties: [
    { role: 'lessor', subjectId: home },
    { role: 'lessee', unitId: world.units.eastVillage },
  ],
  terms: { areaMu: 12.5, rentFen: 80_000, payOn: '03-01', payer: 'village-collective' },
  ...given,
});

describe('who may', () => {
  it('nobody reads or acts outside their units, readers only read, strangers sign in first, nonsense is refused', async () => {
    const a = await b.secretary.ok(agreements.draft, { body: body() });
    const params = { id: a.id };
    const reads = (c: Client) => [
      c.call(agreements.get, { params }),
      c.call(agreements.due, { params, query: { through: '2026-12-31' } }),
    ];
    const writes = (c: Client) => [
      c.call(agreements.change, { params, body: { title: 'x' } }),
      c.call(agreements.openSigning, { params, body: {} }),
      c.call(agreements.revise, { params, body: { reason: 'x' } }),
      c.call(agreements.sign, {
        params,
        body: { partyId: a.partyList[0]!.id, signedOn: '2026-02-01', signedBy: '当事人' },
      }),
      c.call(agreements.takeBack, { params: { id: a.id, partyId: a.partyList[0]!.id } }),
      c.call(agreements.force, { params, body: { onDay: '2026-03-01' } }),
      c.call(agreements.end, { params, body: { onDay: '2026-03-01', reason: 'x' } }),
      c.call(agreements.drop, { params, body: { reason: 'x' } }),
      c.call(agreements.renew, { params, body: {} }),
      c.call(agreements.post, { params, body: { through: '2026-03-01' } }),
      c.call(agreements.draft, { body: body({}) }),
    ];
    const statuses = async (calls: Promise<{ status: number }>[]) => (await Promise.all(calls)).map((x) => x.status);
    expect(await statuses([...reads(b.stranger), ...writes(b.stranger)])).toEqual(Array(13).fill(401));
    expect(await statuses([b.stranger.call(agreements.list), b.stranger.call(agreements.kinds)])).toEqual([401, 401]);
    expect(await statuses(reads(b.reader))).toEqual([200, 200]);
    expect(await statuses(writes(b.reader))).toEqual(Array(11).fill(403));
    expect(await statuses([...reads(b.neighbour), ...writes(b.neighbour)])).toEqual(Array(13).fill(404));
    expect((await b.neighbour.ok(agreements.list, { query: { under: world.units.westVillage } })).total).toBe(0);
    const bad = [
      b.secretary.call(agreements.get, { params: { id: 'x' } }),
      b.secretary.call(agreements.list, { query: { limit: 0 } }),
      b.secretary.call(agreements.draft, { body: body({ parties: [] }) }),
      b.secretary.call(agreements.force, { params, body: { onDay: '2026-02-30' } }),
      b.secretary.call(agreements.due, { params, query: { through: 'soon' } }),
    ];
    expect(await statuses(bad)).toEqual(Array(5).fill(400));
    const gone = { params: { id: a.id, partyId: randomUUID() } };
    expect((await b.secretary.call(agreements.takeBack, gone)).status).toBe(404);
  });
});
