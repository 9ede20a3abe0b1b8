import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { journal } from '../../../domain/records/journal/index.ts';
import { subjects } from '../../../domain/records/subjects/index.ts';
import { subjectKinds } from '../../../domain/records/subjects/all.ts';
import { type Bookkeeping, bookkeeping } from '../../../tests/support/books.ts';
import { createUnit } from '../units/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let b: Bookkeeping;

beforeAll(async () => {
  world = await createWorld();
  b = await bookkeeping(world);
});
afterAll(() => world.close());

type New = Partial<z.input<typeof subjects.create.body>>;
const body = (given: New) => ({
  unitId: world.units.eastVillage,
  fromDay: '2026-01-01',
  ...given,
  kind: given.kind ?? 'product',
});
const create = (client: Client, given: New) => client.ok(subjects.create, { body: body(given) });
const refused = async (client: Client, given: New) => {
  const { status, code } = await client.call(subjects.create, { body: body(given) });
  return status === 409 ? code : status;
};
const cooperative = { kind: 'cooperative', data: { role: 'head', scope: '粮食种植' } };

describe('registering', () => {
  it('keeps cooperatives and enterprises with their numbers, once each while in use, and finds them', async () => {
    const code = '93411500MA40000001';
    const made = await create(b.secretary, {
      ...cooperative,
      name: '青石合作社',
      code,
      leadUnitId: world.units.eastVillage,
    });
    expect(made).toMatchObject({
      kind: 'cooperative',
      code,
      state: 'active',
      stateWords: { zh: '有效' },
      leadUnitName: '青石村',
      mayChange: true,
      mayEnd: null,
      version: 1,
    });
    expect(await refused(b.secretary, { ...cooperative, name: '另一个', code })).toBe('subject-code-taken');
    const other = await create(b.secretary, { ...cooperative, name: '柳编合作社', code: '93411500MA40000002' });
    const branch = await create(b.secretary, { ...cooperative, name: '青石分社', parentId: made.id });
    expect(branch).toMatchObject({ parentId: made.id, parentName: '青石合作社' });
    const take = await b.secretary.call(subjects.change, { params: { id: other.id }, body: { code } });
    expect(take.code).toBe('subject-code-taken');
    const names = async (query: object) =>
      (await b.reader.ok(subjects.list, { query: { kind: 'cooperative', ...query } })).items.map((i) => i.name);
    expect(await names({ q: '0000002' })).toEqual(['柳编合作社']);
    expect(await names({ q: '%' })).toEqual([]);
    expect(await names({ parent: made.id })).toEqual(['青石分社']);
    expect(await names({ ledBy: world.units.eastVillage })).toEqual(['青石合作社']);
    expect(await names({ under: world.units.eastVillage2 })).toEqual([]);
    const page = await b.reader.ok(subjects.list, { query: { kind: 'cooperative', limit: 1, offset: 1 } });
    expect([page.items.length, page.total]).toEqual([1, 3]);
    const links = await b.reader.ok(subjects.links, { params: { id: made.id } });
    expect(links.items).toMatchObject([{ record: 'subject', id: branch.id, title: '青石分社' }]);
  });

  it('lists the leading products of a township, and says of each kind what a form needs to know', async () => {
    const product = {
      kind: 'product',
      data: { leading: true, brand: '青石红梨', areaMu: 1000 },
      star: 'industry',
      tags: ['pear'],
    };
    const one = await create(b.secretary, { ...product, name: '红梨' });
    await create(b.clerk, { ...product, name: '柳编', tags: [], unitId: world.units.eastVillage2 });
    const names = async (query: object) =>
      (await b.reader.ok(subjects.list, { query: { kind: 'product', under: world.units.east, ...query } })).items.map(
        (i) => [i.unitName, i.name],
      );
    expect(await names({})).toEqual([
      ['柳沟村', '柳编'],
      ['青石村', '红梨'],
    ]);
    expect(await names({ tag: 'pear', star: 'industry', state: 'active' })).toEqual([['青石村', '红梨']]);
    expect(one.data).toEqual(product.data);
    const { items } = await b.reader.ok(subjects.kinds);
    expect(items.map((k) => k.kind)).toEqual(Object.keys(subjectKinds));
    for (const k of items) {
      const schema = k.data as { properties: object; additionalProperties: boolean };
      expect(Object.keys(k.fields as object)).toEqual(Object.keys(schema.properties));
      expect(schema.additionalProperties).toBe(false);
    }
    expect(items.find((k) => k.kind === 'household')).toMatchObject({ nameIs: 'place', place: { required: true } });
    expect(items.find((k) => k.kind === 'volunteer')).toMatchObject({ nameIs: 'code' });
  });
});

describe('an entry', () => {
  it('M425 is for a household nothing but its address, and for an address a way to its grid', async () => {
    expect(await refused(b.secretary, { kind: 'household' })).toBe('subject-needs-place');
    expect(await refused(b.secretary, { kind: 'household', place: '东街3号', name: '某某家' })).toBe(
      'subject-name-follows',
    );
    expect(await refused(b.secretary, { kind: 'household', place: '东街3号', tags: ['poor'] })).toBe('subject-tagged');
    expect(await refused(b.secretary, { kind: 'household', place: '13800138000' })).toBe('subject-private-number');
    expect(await refused(b.secretary, { kind: 'household', place: '东街3号', data: { size: 3 } })).toBe(400);
    const home = await create(b.secretary, { kind: 'household', place: '东街3号' });
    expect(home).toMatchObject({ name: '东街3号', place: '东街3号', data: {}, code: null });
    const grid = await world.asSystem((rq) =>
      createUnit(rq, {
        day: '2026-01-01',
        document: '网格划分',
        attributes: {},
        parentId: world.units.eastVillage,
        code: 'g1',
        type: 'grid',
        name: '第一网格',
        scheme: null,
      }),
    );
    const address = await create(b.secretary, { kind: 'address', place: '东街3号', unitId: grid.id });
    const found = await b.reader.ok(subjects.list, { query: { kind: 'address', q: '东街3' } });
    expect(found.items).toMatchObject([{ id: address.id, unitId: grid.id, unitName: '第一网格', data: {} }]);
    expect(found.items[0]).not.toHaveProperty('personal');
    const moved = await b.clerk.ok(subjects.change, {
      params: { id: home.id },
      body: { place: '南街9号', unitId: world.units.eastVillage2, version: 1 },
    });
    expect(moved).toMatchObject({ name: '南街9号', unitName: '柳沟村', version: 2 });
    expect((await b.secretary.call(subjects.get, { params: { id: home.id } })).status).toBe(404);
  });

  it('fits its kind: unit, parent, leader, place, number and fields', async () => {
    expect(await refused(b.clerk, { kind: 'household', place: '一号', unitId: world.units.east })).toBe(
      'subject-kind-unit',
    );
    expect(await refused(b.secretary, { kind: 'no-such', name: 'x' })).toBe(400);
    expect(await refused(b.secretary, { ...cooperative, name: '' })).toBe(400);
    expect(await refused(b.secretary, cooperative)).toBe('subject-needs-name');
    expect(await refused(b.secretary, { ...cooperative, name: '社', data: { role: 'none', scope: '种植' } })).toBe(400);
    expect(await refused(b.secretary, { ...cooperative, name: '社', data: { ...cooperative.data, more: 1 } })).toBe(
      400,
    );
    expect(await refused(b.secretary, { ...cooperative, name: '社', state: 'ended' })).toBe('subject-end-instead');
    expect(await refused(b.secretary, { ...cooperative, name: '社', state: 'sleeping' })).toBe('subject-no-state');
    const home = await create(b.secretary, { kind: 'household', place: '北街1号' });
    expect(await refused(b.secretary, { ...cooperative, name: '社', parentId: home.id })).toBe('subject-parent');
    expect(await refused(b.secretary, { ...cooperative, name: '社', parentId: randomUUID() })).toBe(404);
    const leading = { kind: 'household', place: '北街2号', leadUnitId: world.units.eastVillage };
    expect(await refused(b.secretary, leading)).toBe('subject-not-led');
    expect(await refused(b.secretary, { kind: 'household', place: '北街2号', code: '1' })).toBe('subject-no-code');
    const model = { ...cooperative.data, model: 'no-such-model' };
    expect(await refused(b.secretary, { ...cooperative, name: '社', data: model })).toBe(400);
    const volunteer = { kind: 'volunteer', data: {} };
    expect(await refused(b.secretary, volunteer)).toBe('subject-needs-code');
    expect(await refused(b.secretary, { ...volunteer, code: 'Z001', name: '某人' })).toBe('subject-name-follows');
    expect((await create(b.secretary, { ...volunteer, code: 'Z001' })).name).toBe('Z001');
  });

  it('changes by version, keeps old and new in the journal, and does not belong to itself', async () => {
    const a = await create(b.secretary, { ...cooperative, name: '甲社' });
    const c = await create(b.secretary, { ...cooperative, name: '乙社', parentId: a.id });
    const change = (id: string, given: z.input<typeof subjects.change.body>) =>
      b.secretary.call(subjects.change, { params: { id }, body: given });
    expect((await change(a.id, { parentId: c.id })).code).toBe('subject-parent-circle');
    expect((await change(a.id, { parentId: a.id })).code).toBe('subject-parent-circle');
    const changed = await change(a.id, { name: '甲总社', data: { scope: '粮食与蔬菜' }, version: 1 });
    expect(changed.body).toMatchObject({ name: '甲总社', version: 2, data: { role: 'head', scope: '粮食与蔬菜' } });
    expect((await change(a.id, { name: '丙', version: 1 })).code).toBe('subject-changed-meanwhile');
    expect((await change(a.id, { data: { scope: null } })).status).toBe(400);
    expect((await change(c.id, { parentId: null })).body.parentId).toBeNull();
    const { items } = await b.organiser.ok(journal.list, { query: { subject: a.id, verb: 'subject.change' } });
    expect(items).toMatchObject([
      {
        before: { name: '甲社', data: { scope: '粮食种植' } },
        after: { name: '甲总社', data: { scope: '粮食与蔬菜' } },
      },
    ]);
  });

  it('goes through its states and ends once, when nothing belongs to it any more', async () => {
    const venue = await create(b.secretary, { kind: 'facility', name: '水塔', data: { type: 'light', quantity: 12 } });
    const set = (state: string, version?: number) =>
      b.secretary.call(subjects.setState, { params: { id: venue.id }, body: { state, version } });
    expect(venue.state).toBe('planned');
    expect((await set('planned')).code).toBe('subject-same-state');
    expect((await set('closed')).code).toBe('subject-end-instead');
    expect((await set('nowhere')).code).toBe('subject-no-state');
    expect((await set('in-use', 1)).body).toMatchObject({ state: 'in-use', version: 2 });
    expect((await set('building', 1)).code).toBe('subject-changed-meanwhile');
    const head = await create(b.secretary, { ...cooperative, name: '总社' });
    const branch = await create(b.secretary, { ...cooperative, name: '分社', parentId: head.id });
    const end = (id: string, given: object = {}) =>
      b.secretary.call(subjects.end, { params: { id }, body: { onDay: '2026-02-01', reason: '解散', ...given } });
    expect((await b.reader.ok(subjects.get, { params: { id: head.id } })).mayEnd?.code).toBe('subject-has-parts');
    expect((await end(head.id)).code).toBe('subject-has-parts');
    expect((await end(branch.id, { onDay: '2025-12-31' })).code).toBe('subject-dates');
    expect((await end(branch.id, { onDay: '2026-03-03' })).code).toBe('subject-ahead');
    expect((await end(branch.id, { state: 'active' })).code).toBe('subject-no-state');
    expect((await end(branch.id)).body).toMatchObject({ state: 'ended', toDay: '2026-02-01', mayChange: false });
    expect((await end(branch.id)).code).toBe('subject-ended');
    const late = await b.secretary.call(subjects.change, { params: { id: branch.id }, body: { name: 'x' } });
    expect(late.code).toBe('subject-ended');
    expect((await end(head.id)).status).toBe(200);
    expect(await refused(b.secretary, { ...cooperative, name: '新分社', parentId: head.id })).toBe(
      'subject-parent-ended',
    );
    const open = await b.reader.ok(subjects.list, { query: { kind: 'cooperative', ended: false, q: '总社' } });
    expect(open.items.map((i) => i.id)).not.toContain(head.id);
    const ended = await b.reader.ok(subjects.list, { query: { kind: 'cooperative', ended: true, q: '总社' } });
    expect(ended.items.map((i) => i.id)).toEqual([head.id]);
  });
});

describe('who may', () => {
  it('nobody reads or writes outside their units, readers write nothing, strangers sign in first', async () => {
    const s = await create(b.secretary, { ...cooperative, name: '查社' });
    const params = { id: s.id };
    const writes = (c: Client) => [
      c.call(subjects.change, { params, body: { name: 'x' } }),
      c.call(subjects.setState, { params, body: { state: 'active' } }),
      c.call(subjects.end, { params, body: { onDay: '2026-02-01', reason: 'x' } }),
    ];
    const reads = (c: Client) => [c.call(subjects.get, { params }), c.call(subjects.links, { params })];
    const statuses = async (calls: Promise<{ status: number }>[]) => (await Promise.all(calls)).map((a) => a.status);
    const made = (c: Client) => c.call(subjects.create, { body: body({ ...cooperative, name: '新社' }) });
    expect(await statuses([...reads(b.stranger), ...writes(b.stranger), made(b.stranger)])).toEqual(Array(6).fill(401));
    expect(await statuses([b.stranger.call(subjects.list), b.stranger.call(subjects.kinds)])).toEqual([401, 401]);
    expect(await statuses(reads(b.reader))).toEqual([200, 200]);
    expect(await statuses([...writes(b.reader), made(b.reader)])).toEqual(Array(4).fill(403));
    expect(await statuses([...reads(b.neighbour), ...writes(b.neighbour), made(b.neighbour)])).toEqual(
      Array(6).fill(404),
    );
    expect((await b.neighbour.ok(subjects.list, { query: { q: '查社' } })).total).toBe(0);
    const bad = [
      b.secretary.call(subjects.create, { body: body({ ...cooperative, name: 'x', fromDay: '2026-02-30' }) }),
      b.secretary.call(subjects.get, { params: { id: 'no-uuid' } }),
      b.secretary.call(subjects.list, { query: { limit: 201 } }),
      b.secretary.call(subjects.change, { params, body: { tags: ['有空格 的'] } }),
    ];
    expect(await statuses(bad)).toEqual(Array(4).fill(400));
  });
});
