import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../../domain/records/cases/index.ts';
import { catalogueEndpoints as catalogues, type CatalogueView } from '../../../domain/records/catalogues/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { changeCaseData } from '../cases/index.ts';

let world: World;
let admin: Client;
let secretary: Client;
let stranger: Client;

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  await world.person('admin', u.county, [['admin', u.county]]);
  await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  admin = await world.as('admin');
  secretary = await world.as('secretary');
  stranger = await world.as();
});
afterAll(() => world.close());

const get = (name: string) => secretary.ok(catalogues.get, { params: { name } });
const set = (who: Client, name: string, given: Partial<CatalogueView> & { document?: string }) =>
  who.call(catalogues.set, {
    params: { name },
    body: { version: 0, document: '示组〔2026〕5号', items: [], ...given } as never,
  });

describe('catalogues', () => {
  it('stand as samples until the county sets its own, and then say on which document they rest', async () => {
    const { items: all } = await secretary.ok(catalogues.list, {});
    expect(all.length).toBeGreaterThan(20);
    const before = await get('garden-kind');
    expect(before).toMatchObject({ sample: true, version: 0, document: null, changedAt: null });
    expect(before.items).toHaveLength(5);

    const items = [...before.items, { key: 'tea', zh: '茶园', en: 'Tea garden', ended: false }];
    const answer = await set(admin, 'garden-kind', { items });
    expect(answer.status).toBe(200);
    expect(await get('garden-kind')).toMatchObject({ sample: false, version: 1, document: '示组〔2026〕5号', items });
    const [entry] = await world.asSystem((rq) =>
      rq.db.many<{ verb: string; before: { items: unknown[] }; after: { items: unknown[] } }>(sql`
        SELECT verb, before, after FROM journal WHERE subject_kind = 'catalogue' AND subject_id = 'garden-kind'`),
    );
    expect(entry).toMatchObject({ verb: 'catalogue.set' });
    expect(entry!.before.items).toHaveLength(5);
    expect(entry!.after.items).toHaveLength(6);
  });

  it('grow and end items, but never lose one that a record may name', async () => {
    const { items, version } = await get('entrance-item');
    expect((await set(admin, 'entrance-item', { items: items.slice(1), version })).code).toBe('catalogue-lost');
    expect((await set(admin, 'entrance-item', { items: [...items, items[0]!], version })).code).toBe('catalogue-twice');
    const none = items.map((i) => ({ ...i, ended: true }));
    expect((await set(admin, 'entrance-item', { items: none, version })).code).toBe('catalogue-empty');
    const ended = items.map((i, n) => ({ ...i, ended: n === 0 }));
    expect((await set(admin, 'entrance-item', { items: ended, version })).status).toBe(200);
    expect((await set(admin, 'entrance-item', { items: ended, version })).code).toBe('catalogue-changed');
  });

  it('are set by administrators alone, whole and on a document', async () => {
    const { items } = await get('five-beauty');
    expect((await set(stranger, 'five-beauty', { items })).status).toBe(401);
    expect((await set(secretary, 'five-beauty', { items })).status).toBe(403);
    expect((await set(admin, 'five-beauty', { items, document: '' })).status).toBe(400);
    expect((await set(admin, 'five-beauty', { items: [] })).status).toBe(400);
    expect((await set(admin, 'no-such', { items })).status).toBe(404);
    expect((await stranger.call(catalogues.list, {})).status).toBe(401);
    expect((await secretary.call(catalogues.get, { params: { name: 'no-such' } })).status).toBe(404);
  });

  it('are what a field of a kind may hold, and nothing else', async () => {
    const open = (items: string[]) =>
      secretary.call(cases.open, {
        body: { type: 'entrance-check', title: '村口核验', unitId: world.units.eastVillage, data: { items } },
      });
    const wrong = await open(['light', 'golden-gate']);
    expect(wrong.status).toBe(400);
    expect(JSON.stringify(wrong.body)).toContain('body.data.items');
    expect((await open(['light', 'board'])).status).toBe(200);
  });

  it('refuse an item that has ended in new records, with its words, and leave it where it stands', async () => {
    const { items, version } = await get('entrance-item');
    const all = items.map((i) => ({ ...i, ended: false }));
    expect((await set(admin, 'entrance-item', { items: all, version })).status).toBe(200);
    const [old, other] = [items[0]!, items[1]!];
    const open = (data: object) =>
      secretary.call(cases.open, {
        body: {
          type: 'entrance-check',
          title: '村口核验',
          unitId: world.units.eastVillage,
          data: data as never,
        },
      });
    const before = await open({ items: [old.key] });
    expect(before.status).toBe(200);
    const ended = all.map((i) => (i.key === old.key ? { ...i, ended: true } : i));
    expect((await set(admin, 'entrance-item', { items: ended, version: version + 1 })).status).toBe(200);

    const refused = await open({ items: [old.key] });
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain(`“${old.zh}”已停用`);
    expect((await open({ items: [other.key] })).status).toBe(200);
    const { id } = before.body as { id: string };
    await world.asSystem(async (rq) => {
      await changeCaseData(rq, id, { items: [old.key, other.key] }, 'cases.write');
      await expect(changeCaseData(rq, id, { items: ['golden-gate'] }, 'cases.write')).rejects.toThrow('not valid');
    });
  });
});
