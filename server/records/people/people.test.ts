import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignments } from '../../../domain/records/assignments/index.ts';
import { accounts } from '../../../domain/records/accounts/index.ts';
import { people } from '../../../domain/records/people/index.ts';
import { sql } from '../../platform/db/sql.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let organiser: Client;
let eastClerk: Client;
let westClerk: Client;
let secretary: Client;

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  await world.person('organiser', u.county, [['organiser', u.county]]);
  await world.person('east', u.east, [['township-clerk', u.east]]);
  await world.person('west', u.west, [['township-clerk', u.west]]);
  await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  organiser = await world.as('organiser');
  eastClerk = await world.as('east');
  westClerk = await world.as('west');
  secretary = await world.as('secretary');
});
afterAll(() => world.close());

const document = '示组〔2026〕3号';
const register = (client: Client, unitId: number, name: string, more: object = {}) =>
  client.ok(people.create, { body: { unitId, name, ...more } });

async function phoneReads(personId: string): Promise<string[]> {
  const rows = await world.asSystem((rq) =>
    rq.db.many<{ actor: string }>(
      sql`SELECT actor_name AS actor FROM journal WHERE verb = 'person.read' AND subject_id = ${personId} ORDER BY id`,
    ),
  );
  return rows.map((r) => r.actor);
}

describe('people', () => {
  it('are found by name, pinyin and initials, within the reader’s units', async () => {
    await register(eastClerk, world.units.eastVillage, '单雄信', { title: '会计' });
    const total = async (client: Client, q: string) => (await client.ok(people.list, { query: { q } })).total;
    for (const q of ['雄信', 'shanxiong', 'SXX', '单']) expect(await total(organiser, q)).toBe(1);
    expect(await total(westClerk, '雄信')).toBe(0);
    expect(await total(secretary, 'sxx')).toBe(1);
    for (const q of ['%', '_', '\\', "'"]) expect(await total(organiser, q)).toBe(0);
    const under = await organiser.ok(people.list, { query: { under: world.units.east } });
    expect(under.items.map((p) => p.name).sort()).toEqual(['east', 'secretary', '单雄信'].sort());
    const exactly = await organiser.ok(people.list, { query: { unit: world.units.east } });
    expect(exactly.items.map((p) => p.name)).toEqual(['east']);
  });

  it('hide the telephone from whoever has no duty there and journal every reading of it', async () => {
    const workPhone = '0371-66001234';
    const { id } = await register(eastClerk, world.units.east, '周文', { workPhone, partyMember: true });
    expect(await secretary.ok(people.get, { params: { id } })).toMatchObject({
      name: '周文',
      workPhone: null,
      partyMember: null,
      personal: false,
    });
    expect(await phoneReads(id)).toEqual([]);
    expect(await organiser.ok(people.get, { params: { id } })).toMatchObject({ workPhone, personal: true });
    await eastClerk.ok(people.get, { params: { id } });
    expect(await phoneReads(id)).toEqual(['organiser', 'east']);
    expect((await westClerk.call(people.get, { params: { id } })).status).toBe(404);
    const list = await eastClerk.raw({ method: 'GET', url: '/api/people' });
    expect(JSON.stringify(list.body)).not.toContain(workPhone);
    const journal = await world.asSystem((rq) =>
      rq.db.many<{ after: unknown }>(sql`SELECT after FROM journal WHERE subject_id = ${id}`),
    );
    expect(JSON.stringify(journal)).not.toContain(workPhone);
  });

  it('are corrected and moved by whoever holds both units', async () => {
    const { id } = await register(eastClerk, world.units.eastVillage, '吴用');
    expect(await eastClerk.ok(people.update, { params: { id }, body: { title: '文书' } })).toMatchObject({
      title: '文书',
    });
    const move = { unitId: world.units.westVillage, document };
    expect((await eastClerk.call(people.move, { params: { id }, body: move })).status).toBe(404);
    expect((await westClerk.call(people.move, { params: { id }, body: move })).status).toBe(404);
    expect((await secretary.call(people.update, { params: { id }, body: { title: 'x' } })).status).toBe(403);
    expect(await organiser.ok(people.move, { params: { id }, body: move })).toMatchObject({ unitName: '䩐勒桥村' });
    expect((await organiser.call(people.move, { params: { id }, body: move })).code).toBe('person-same-unit');
    expect((await eastClerk.call(people.get, { params: { id } })).status).toBe(404);
  });

  it('leave with all their duties and rights, at once', async () => {
    const personId = await world.person('leaver', world.units.east, [['village-leader', world.units.eastVillage]]);
    const leaver = await world.as('leaver');
    expect((await leaver.ok(accounts.me)).grants.length).toBeGreaterThan(0);
    const body = { day: '2026-03-02', document };
    expect((await secretary.call(people.leave, { params: { id: personId }, body })).status).toBe(403);
    const { person, ended } = await eastClerk.ok(people.leave, { params: { id: personId }, body });
    expect(person.leftOn).toBe('2026-03-02');
    expect(ended.map((e) => [e.role, e.unitName])).toEqual([['village-leader', '青石村']]);
    expect((await leaver.call(people.list)).status).toBe(403);
    const again = await eastClerk.call(people.leave, { params: { id: personId }, body });
    expect([again.status, again.code]).toEqual([409, 'person-left']);
    const assign = await eastClerk.call(assignments.assign, {
      body: { role: 'village-cadre', unitId: world.units.eastVillage, personId, from: '2026-03-02', document },
    });
    expect(assign.code).toBe('assignment-holder-left');
    expect((await organiser.ok(people.list, { query: { q: 'leaver' } })).total).toBe(0);
    expect((await organiser.ok(people.list, { query: { q: 'leaver', left: 'true' } })).total).toBe(1);
  });

  it('are not made to leave past what a higher level appointed', async () => {
    const boss = await world.person('boss', world.units.east, [['overall-owner', world.units.east]]);
    const refused = await eastClerk.call(people.leave, {
      params: { id: boss },
      body: { day: '2026-03-02', document },
    });
    expect([refused.status, refused.code]).toEqual([409, 'assignment-too-many-leave']);
  });

  it('refuse strangers and bad input', async () => {
    const stranger = await world.as();
    expect((await stranger.call(people.list)).status).toBe(401);
    const unitId = world.units.east;
    for (const body of [
      { unitId, name: '' },
      { unitId, name: 'x'.repeat(51) },
      { unitId, name: '王五', workPhone: 'call me' },
      { unitId, name: '王\u0000五' },
      { unitId: 0, name: '王五' },
      { unitId: 2_147_483_647, name: '王五' },
    ])
      expect([400, 404]).toContain((await eastClerk.call(people.create, { body })).status);
    expect((await eastClerk.call(people.update, { params: { id: crypto.randomUUID() }, body: {} })).status).toBe(400);
    expect((await eastClerk.call(people.get, { params: { id: crypto.randomUUID() } })).status).toBe(404);
  });
});
