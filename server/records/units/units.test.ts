import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { units } from '../../../domain/records/units/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let organiser: Client;
let eastClerk: Client;
let secretary: Client;

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  await world.person('organiser', u.county, [['organiser', u.county]]);
  await world.person('east', u.east, [['township-clerk', u.east]]);
  await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  organiser = await world.as('organiser');
  eastClerk = await world.as('east');
  secretary = await world.as('secretary');
});
afterAll(() => world.close());

const document = '示政〔2026〕1号';

describe('who sees which units', () => {
  it('shows a visitor nothing', async () => {
    const visitor = await world.as();
    expect((await visitor.call(units.list)).status).toBe(401);
    expect((await visitor.call(units.get, { params: { id: world.units.eastVillage } })).status).toBe(401);
  });

  it('shows a township its own tree and the chain above it, and no neighbour', async () => {
    const { items } = await eastClerk.ok(units.list, { query: { limit: 200 } });
    expect(items.map((u) => u.name).sort()).toEqual(['东林镇', '柳沟村', '青石村'].sort());
    const village = await eastClerk.ok(units.get, { params: { id: world.units.eastVillage } });
    expect(village.above.map((u) => u.name)).toEqual(['示例县', '东林镇']);
    expect((await eastClerk.call(units.get, { params: { id: world.units.westVillage } })).status).toBe(404);
  });

  it('refuses a secretary, who may not change the tree, and a clerk outside the township', async () => {
    const body = { day: '2026-03-01', document, name: '新村' };
    expect((await secretary.call(units.rename, { params: { id: world.units.eastVillage }, body })).status).toBe(403);
    expect((await eastClerk.call(units.rename, { params: { id: world.units.westVillage }, body })).status).toBe(404);
    expect((await eastClerk.call(units.rename, { params: { id: world.units.county }, body })).status).toBe(403);
  });
});

describe('search', () => {
  it.each([
    ['青石', '青石村'],
    ['石', '青石村'],
    ['qingshi', '青石村'],
    ['qsc', '青石村'],
    ['QSC', '青石村'],
    ['䩐勒桥', '䩐勒桥村'],
    ['v3', '䩐勒桥村'],
  ])('finds %s', async (q, name) => {
    const { items } = await organiser.ok(units.list, { query: { q } });
    expect(items.map((u) => u.name)).toContain(name);
  });

  it('takes percent signs and quotes as themselves', async () => {
    for (const q of ['%', '_', "'", '\\', '%%'])
      expect((await organiser.ok(units.list, { query: { q } })).total).toBe(0);
  });
});

describe('a dated tree', () => {
  it('M114 keeps renaming, merging, splitting and moving dated, so that counts of any day reproduce', async () => {
    const id = world.units.east;
    const before = await organiser.ok(units.counts, { params: { id }, query: { asOf: '2026-03-01' } });
    const create = (code: string, name: string) =>
      organiser.ok(units.create, {
        body: { day: '2026-03-02', document, parentId: id, code, type: 'village', name, scheme: 'rural' },
      });
    const a = await create('n1', '甲村');
    const b = await create('n2', '乙村');
    const merged = await organiser.ok(units.merge, {
      body: { day: '2026-04-01', document, ids: [a.id, b.id], code: 'n3', name: '丙村' },
    });
    const parts = await organiser.ok(units.split, {
      params: { id: merged.id },
      body: {
        day: '2026-05-01',
        document,
        into: [
          { code: 'n4', name: '丁村' },
          { code: 'n5', name: '戊村' },
          { code: 'n6', name: '己村' },
        ],
      },
    });
    const villages = async (asOf: string) =>
      (await organiser.ok(units.counts, { params: { id }, query: { asOf } })).counts.find((c) => c.type === 'village')!
        .count;
    expect(before.counts.find((c) => c.type === 'village')!.count).toBe(2);
    expect(await villages('2026-03-01')).toBe(2);
    expect(await villages('2026-03-15')).toBe(4);
    expect(await villages('2026-04-15')).toBe(3);
    expect(await villages('2026-05-01')).toBe(5);
    const old = await organiser.ok(units.get, { params: { id: a.id } });
    expect(old.validTo).toBe('2026-04-01');
    expect(old.successions).toEqual([expect.objectContaining({ kind: 'merge', successorId: merged.id, name: '丙村' })]);
    expect(parts.items).toHaveLength(3);
  });

  it('moves a unit with everything below it and leaves yesterday as it was', async () => {
    const village = await organiser.ok(units.create, {
      body: {
        day: '2026-03-02',
        document,
        parentId: world.units.east,
        code: 'mv1',
        type: 'village',
        name: '移村',
        scheme: 'rural',
      },
    });
    const grid = await organiser.ok(units.create, {
      body: { day: '2026-03-02', document, parentId: village.id, code: 'mv2', type: 'grid', name: '第一网格' },
    });
    const moved = await organiser.ok(units.move, {
      params: { id: village.id },
      body: { day: '2026-06-01', document, parentId: world.units.west },
    });
    expect(moved.path).toBe(`${world.units.county}.${world.units.west}.${village.id}.`);
    expect((await organiser.ok(units.get, { params: { id: grid.id } })).path).toBe(`${moved.path}${grid.id}.`);
    const under = async (township: number, asOf: string) =>
      (await organiser.ok(units.list, { query: { under: township, asOf, limit: 200 } })).items.some(
        (u) => u.id === village.id,
      );
    expect(await under(world.units.east, '2026-05-31')).toBe(true);
    expect(await under(world.units.west, '2026-05-31')).toBe(false);
    expect(await under(world.units.west, '2026-06-01')).toBe(true);
    expect((await eastClerk.call(units.get, { params: { id: village.id } })).status).toBe(404);
  });

  it('refuses circles, wrong parents, same names, missing schemes and days before the last change', async () => {
    const { east, eastVillage, county } = world.units;
    const refused = async (answer: Promise<{ status: number; code: string | undefined }>, code: string) => {
      const { status, code: got } = await answer;
      expect([status, got]).toEqual([409, code]);
    };
    const change = { day: '2026-07-01', document };
    await refused(
      organiser.call(units.move, { params: { id: east }, body: { ...change, parentId: eastVillage } }),
      'unit-own-descendant',
    );
    await refused(
      organiser.call(units.create, {
        body: { ...change, parentId: eastVillage, code: 'x1', type: 'township', name: '错镇' },
      }),
      'unit-parent-type',
    );
    await refused(
      organiser.call(units.create, {
        body: { ...change, parentId: east, code: 'x2', type: 'village', name: '青石村', scheme: 'rural' },
      }),
      'unit-same-name',
    );
    await refused(
      organiser.call(units.create, {
        body: { ...change, parentId: east, code: 'x3', type: 'village', name: '无类村' },
      }),
      'unit-scheme-needed',
    );
    await refused(organiser.call(units.end, { params: { id: county }, body: change }), 'unit-has-children');
    await refused(
      organiser.call(units.rename, {
        params: { id: eastVillage },
        body: { day: '2019-01-01', document, name: '早村' },
      }),
      'unit-before-last-change',
    );
  });

  it('names place and remedy of bad input in the language of the reader', async () => {
    const answer = await organiser.call(units.create, {
      body: { day: '2026-02-30', document: '', parentId: 1, code: '坏', type: 'village', name: '' } as never,
      headers: { 'x-lang': 'en' },
    });
    expect(answer.status).toBe(400);
    const { details } = (answer.body as unknown as { error: { details: { path: string; message: string }[] } }).error;
    expect(details.map((d) => d.path).sort()).toEqual(['body.code', 'body.day', 'body.document', 'body.name']);
    expect(details.every((d) => /^[\x20-\x7e“”]+$/.test(d.message))).toBe(true);
  });
});
