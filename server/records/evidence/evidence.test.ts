import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evidences, type Evidence } from '../../../domain/records/evidence/index.ts';
import { facts } from '../../../domain/records/facts/index.ts';
import { type Answer, type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { picture } from '../../../tests/support/picture.ts';
import { form } from '../../../tests/support/form.ts';

let world: World;
let secretary: Client;
let clerk: Client;
let neighbour: Client;
let factId: string;
let photo: Buffer;

beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00+08:00' });
  const u = world.units;
  await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  await world.person('clerk', u.east, [['township-clerk', u.east]]);
  await world.person('neighbour', u.eastVillage2, [['branch-secretary', u.eastVillage2]]);
  await world.person('observer', u.east, [['observer', u.east]]);
  secretary = await world.as('secretary');
  clerk = await world.as('clerk');
  neighbour = await world.as('neighbour');
  const fact = await secretary.ok(facts.enter, {
    body: {
      metric: 'households',
      unitId: u.eastVillage,
      period: '2026',
      value: '300',
      asOf: '2026-06-30',
      source: '台账',
    },
  });
  factId = fact.id;
  photo = await picture(7).jpeg().toBuffer();
});
afterAll(() => world.close());

const upload = (client: Client, bytes: Buffer, fields: Record<string, string>, name = 'photo.jpg') =>
  client.raw({
    method: 'POST',
    url: '/api/evidence',
    ...form({ subjectKind: 'fact', subjectId: factId, title: '户数台账', ...fields }, { name, bytes }),
  }) as Promise<Answer<Evidence>>;

describe('evidence', () => {
  it('that breaks off on the way is refused in words, and nothing of it is kept', async () => {
    const whole = form({ subjectKind: 'fact', subjectId: factId, title: '半张' }, { name: 'p.jpg', bytes: photo });
    for (const bytes of [40, 150, whole.payload.length - 60]) {
      const answer = await secretary.raw({
        method: 'POST',
        url: '/api/evidence',
        headers: whole.headers,
        payload: whole.payload.subarray(0, bytes),
      });
      expect([answer.status, answer.code]).toEqual([400, 'invalid-input']);
    }
    expect((await clerk.ok(evidences.list, { query: { kind: 'fact', id: factId } })).items).toEqual([]);
  });

  it('is attached to a record, listed with it and comes back as a file to save', async () => {
    const added = await upload(secretary, photo, { item: 'branch.life', proves: '户数', takenOn: '2026-06-30' });
    expect(added.status).toBe(200);
    expect(added.body).toMatchObject({
      title: '户数台账',
      media: 'image/jpeg',
      picture: true,
      addedBy: 'secretary',
      same: 0,
    });
    const { items } = await clerk.ok(evidences.list, { query: { kind: 'fact', id: factId } });
    expect(items.map((e) => e.id)).toEqual([added.body.id]);
    const file = await clerk.raw({ method: 'GET', url: `/api/evidence/${added.body.id}/file` });
    expect(file.status).toBe(200);
    expect(file.headers).toMatchObject({ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff' });
    expect(String(file.headers['content-disposition'])).toMatch(/^attachment; .*filename\*=UTF-8''%E6%88%B7/);
    expect(String(file.headers['content-security-policy'])).toContain('sandbox');
  });

  it('is for those in scope, and added by those with the duty', async () => {
    const { items } = await clerk.ok(evidences.list, { query: { kind: 'fact', id: factId } });
    const id = items[0]!.id;
    expect((await neighbour.ok(evidences.list, { query: { kind: 'fact', id: factId } })).items).toEqual([]);
    expect((await neighbour.raw({ method: 'GET', url: `/api/evidence/${id}/file` })).status).toBe(404);
    expect((await neighbour.call(evidences.same, { params: { id } })).status).toBe(404);
    expect((await neighbour.call(evidences.remove, { params: { id }, body: { reason: '无关' } })).status).toBe(404);
    expect((await upload(neighbour, photo, {})).status).toBe(404);
    expect((await upload(await world.as('observer'), photo, {})).status).toBe(403);
    expect((await upload(await world.as(), photo, {})).status).toBe(401);
    expect((await upload(neighbour, photo, { subjectKind: 'unit', subjectId: String(world.units.east) })).status).toBe(
      404,
    );
  });

  it('names what is wrong with a form', async () => {
    const codes = async (answer: Promise<Answer>) => (await answer).status;
    expect(await codes(upload(secretary, photo, { title: '' }))).toBe(400);
    expect(await codes(upload(secretary, photo, { subjectId: "1'; DROP TABLE files" }))).toBe(400);
    expect(await codes(upload(secretary, photo, { subjectKind: 'users' }))).toBe(400);
    expect(await codes(upload(secretary, photo, { subjectKind: 'unit' }))).toBe(404);
    expect(await codes(upload(secretary, Buffer.from('<svg/>'), {}, 'harmless.png'))).toBe(415);
    expect(await codes(upload(secretary, Buffer.alloc(0), {}))).toBe(400);
    expect(await codes(upload(secretary, Buffer.alloc(21 * 1024 * 1024, 1), {}))).toBe(413);
    expect(await codes(secretary.raw({ method: 'POST', url: '/api/evidence', payload: { title: 'x' } }))).toBe(400);
    expect(await codes(secretary.raw({ method: 'POST', url: '/api/evidence', ...form({ title: 'x' }) }))).toBe(400);
  });

  it('shows the same picture elsewhere as a hint, and decides nothing', async () => {
    const unit = { subjectKind: 'unit', subjectId: String(world.units.eastVillage2), title: '另一处' };
    const copy = await sharp(photo).resize(50).jpeg({ quality: 60 }).toBuffer();
    const second = await upload(neighbour, copy, unit);
    // The neighbour does not see the first one and learns nothing of it; the township sees both.
    expect([second.status, second.body.same]).toEqual([200, 0]);
    const seen = await clerk.ok(evidences.same, { params: { id: second.body.id } });
    expect(seen.items.map((e) => [e.unitName, e.distance <= 8])).toEqual([['青石村', true]]);
    const { items } = await clerk.ok(evidences.list, { query: { kind: 'unit', id: String(world.units.eastVillage2) } });
    expect(items[0]!.same).toBe(1);
  });

  it('is taken down with a reason and stays on record', async () => {
    const { items } = await secretary.ok(evidences.list, { query: { kind: 'fact', id: factId } });
    const id = items[0]!.id;
    const gone = await secretary.ok(evidences.remove, { params: { id }, body: { reason: '传错照片' } });
    expect(gone).toMatchObject({ removedReason: '传错照片' });
    expect((await secretary.call(evidences.remove, { params: { id }, body: { reason: '再撤' } })).code).toBe(
      'evidence-removed',
    );
    expect((await secretary.ok(evidences.list, { query: { kind: 'fact', id: factId } })).items).toHaveLength(1);
    const other = await clerk.ok(evidences.list, { query: { kind: 'unit', id: String(world.units.eastVillage2) } });
    expect(other.items[0]!.same).toBe(0);
  });
});
