import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accounts } from '../../../domain/records/accounts/index.ts';
import {
  addsVerbs,
  assignments,
  canGive,
  giving,
  mayGive,
  role,
  type RoleName,
  roleNames,
} from '../../../domain/records/assignments/index.ts';
import { unitTypes } from '../../../domain/records/units/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let clients: Record<'admin' | 'organiser' | 'boss' | 'clerk' | 'secretary' | 'cadre' | 'auditor' | 'westClerk', Client>;
const ids: Record<string, string> = {};

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  ids['admin'] = await world.person('admin', u.county, [['admin', u.county]]);
  ids['organiser'] = await world.person('organiser', u.county, [['organiser', u.county]]);
  ids['boss'] = await world.person('boss', u.east, [['overall-owner', u.east]]);
  ids['clerk'] = await world.person('clerk', u.east, [['township-clerk', u.east]]);
  ids['westClerk'] = await world.person('westclerk', u.west, [['township-clerk', u.west]]);
  ids['secretary'] = await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  ids['cadre'] = await world.person('cadre', u.eastVillage, [['village-cadre', u.eastVillage]]);
  ids['auditor'] = await world.person('auditor', u.county, [['auditor', u.county]]);
  const as = (login: string) => world.as(login);
  clients = {
    admin: await as('admin'),
    organiser: await as('organiser'),
    boss: await as('boss'),
    clerk: await as('clerk'),
    westClerk: await as('westclerk'),
    secretary: await as('secretary'),
    cadre: await as('cadre'),
    auditor: await as('auditor'),
  };
});
afterAll(() => world.close());

const document = '示组〔2026〕4号';

/** Everything that a role's contract needs besides the right to give it, so that only that right decides. */
const fields = (name: RoleName) => ({
  star: role(name).perStar ? 'industry' : null,
  from: '2026-03-02',
  document,
  ...(name === 'criterion-department' ? { criterion: 'industry.main' } : {}),
  data: {
    ...(name === 'star-leader' ? { line: { theme: '主线', goals: ['目标'] } } : {}),
    ...(['household-contact', 'building-head'].includes(name)
      ? { consent: { on: '2026-03-01', how: 'written' as const } }
      : {}),
  },
});

const attempt = (client: Client, name: RoleName, unitId: number, personId: string) =>
  client.call(assignments.assign, {
    body:
      role(name).holder === 'unit'
        ? { role: name, unitId, holderUnitId: unitId, ...fields(name) }
        : { role: name, unitId, personId, ...fields(name) },
  });

describe('nobody grows by assigning', () => {
  it('a branch secretary gives village duties only, and every other role is refused on every unit in reach', async () => {
    const target = ids['cadre']!;
    const { eastVillage, eastVillage2, east, county } = world.units;
    for (const name of roleNames)
      for (const unitId of [eastVillage, eastVillage2, east, county]) {
        const answer = await attempt(clients.secretary, name, unitId, target);
        const allowed = giving['branch-secretary']!.anywhere.includes(name) && unitId === eastVillage;
        if (!allowed) expect([403, 404, 409]).toContain(answer.status);
        if (!allowed && unitId === eastVillage) expect(answer.code).toBe('assignment-not-yours');
        if (unitId !== eastVillage) expect([403, 404]).toContain(answer.status);
      }
    const { roles, grants } = await clients.cadre.ok(accounts.me);
    expect([...new Set(roles.map((r) => r.unitId))]).toEqual([eastVillage]);
    for (const verb of ['assignments.write', 'stars.declare', 'stars.review', 'admin', 'facts.lock'])
      expect(grants.map((g) => g.verb)).not.toContain(verb);
  });

  it('a township clerk gives no county role, no overall owner, no clerk, and nothing in the next township', async () => {
    const target = ids['cadre']!;
    const never: RoleName[] = ['admin', 'organiser', 'auditor', 'overall-owner', 'township-clerk', 'observer'];
    never.push('county-leader', 'star-leader', 'criterion-department', 'key-village');
    for (const name of never) {
      const { east, eastVillage, county } = world.units;
      for (const unitId of [county, east, eastVillage]) {
        const answer = await attempt(clients.clerk, name, unitId, target);
        expect([403, 409]).toContain(answer.status);
        if (unitId !== county) expect(answer.code).toBe('assignment-not-yours');
      }
    }
    const { west, westVillage } = world.units;
    for (const unitId of [west, westVillage])
      for (const name of ['leadership-member', 'branch-secretary', 'village-cadre'] as const)
        expect((await attempt(clients.clerk, name, unitId, target)).status).toBe(404);
  });

  it('an administrator’s role comes from an administrator, an overall owner of the county from nobody below', async () => {
    const { county, east } = world.units;
    for (const client of [clients.organiser, clients.boss, clients.clerk, clients.secretary])
      expect([403, 409]).toContain((await attempt(client, 'admin', county, ids['cadre']!)).status);
    expect((await attempt(clients.organiser, 'overall-owner', county, ids['clerk']!)).code).toBe(
      'assignment-not-yours',
    );
    expect((await attempt(clients.organiser, 'organiser', county, ids['clerk']!)).code).toBe('assignment-not-yours');
    expect((await attempt(clients.boss, 'overall-owner', east, ids['clerk']!)).code).toBe('assignment-not-yours');
    expect((await attempt(clients.organiser, 'overall-owner', world.units.west, ids['westClerk']!)).status).toBe(200);
    expect((await attempt(clients.admin, 'admin', county, ids['organiser']!)).status).toBe(200);
  });

  it('nobody adds to their own rights, and what adds nothing may be taken on', async () => {
    const { county, east, eastVillage } = world.units;
    for (const name of ['organiser', 'overall-owner', 'auditor'] as const)
      expect((await attempt(clients.admin, name, county, ids['admin']!)).code).toBe('assignment-own');
    expect((await attempt(clients.clerk, 'branch-secretary', world.units.eastVillage2, ids['clerk']!)).code).toBe(
      'assignment-own',
    );
    expect((await attempt(clients.boss, 'township-clerk', east, ids['boss']!)).code).toBe('assignment-own');
    expect((await attempt(clients.clerk, 'leadership-member', east, ids['clerk']!)).status).toBe(200);
    expect((await attempt(clients.clerk, 'village-cadre', eastVillage, ids['clerk']!)).code).toBe('assignment-own');
  });

  it('whoever holds no right to assign is refused before anything else is looked at', async () => {
    const { eastVillage } = world.units;
    for (const client of [clients.cadre, clients.auditor]) {
      const answer = await attempt(client, 'area-cadre', eastVillage, ids['cadre']!);
      expect([answer.status, answer.code]).toEqual([403, 'no-grant']);
    }
    expect((await attempt(await world.as(), 'area-cadre', eastVillage, ids['cadre']!)).status).toBe(401);
  });

  it('ending and handing over need the same right as giving', async () => {
    const { items } = await clients.organiser.ok(assignments.list, {
      query: { unit: world.units.east, role: 'overall-owner' },
    });
    const id = items[0]!.id;
    const day = '2026-03-02';
    for (const client of [clients.clerk, clients.secretary]) {
      const end = await client.call(assignments.end, { params: { id }, body: { day, reason: '试' } });
      expect([403, 409]).toContain(end.status);
      const over = await client.call(assignments.handover, {
        params: { id },
        body: { day, document, personId: ids['cadre']! },
      });
      expect([403, 409]).toContain(over.status);
    }
    expect(
      (await clients.westClerk.call(assignments.end, { params: { id }, body: { day, reason: '试' } })).status,
    ).toBe(404);
    const still = await clients.organiser.ok(assignments.get, { params: { id } });
    expect(still.to).toBeNull();
  });

  it('the last administrator cannot be ended', async () => {
    const admins = async () => (await clients.admin.ok(assignments.list, { query: { role: 'admin' } })).items;
    const body = { day: '2026-03-02', reason: '调整' };
    const other = (await admins()).find((a) => a.personId !== ids['admin']);
    await clients.admin.ok(assignments.end, { params: { id: other!.id }, body });
    const last = await admins();
    expect(last).toHaveLength(1);
    const refused = await clients.admin.call(assignments.end, { params: { id: last[0]!.id }, body });
    expect(refused.code).toBe('assignment-last-admin');
  });
});

describe('the table of giving', () => {
  const paths = ['1.', '1.2.', '1.2.3.', '1.9.'];
  const held = fc.array(
    fc.record({ role: fc.constantFrom(...roleNames), path: fc.constantFrom(...paths), star: fc.constant(null) }),
    {
      maxLength: 4,
    },
  );

  it('holds for every set of roles: never outside one’s units, never to oneself what adds a verb', () => {
    let checked = 0;
    fc.assert(
      fc.property(held, fc.constantFrom(...roleNames), fc.constantFrom(...paths), (mine, given, path) => {
        const giver = { personId: 'me', held: mine };
        checked++;
        if (mayGive(mine, given, path)) expect(mine.some((h) => path.startsWith(h.path))).toBe(true);
        const toMe = canGive(giver, { role: given, path, star: null, to: 'me' });
        if (toMe === null) expect(addsVerbs(mine, given, path, null)).toBe(false);
        if (given === 'admin' && !mine.some((h) => h.role === 'admin' && path.startsWith(h.path)))
          expect(mayGive(mine, given, path)).toBe(false);
      }),
      { numRuns: 500 },
    );
    expect(checked).toBeGreaterThanOrEqual(500);
  });

  it('cannot be climbed: whoever starts with one role and lets friends assign in turn never reaches a higher seat', () => {
    const reach = (start: RoleName, path: string) => {
      const got = new Map<string, { role: RoleName; path: string; star: null }>();
      const queue = [{ role: start, path, star: null }];
      while (queue.length > 0) {
        const next = queue.pop()!;
        for (const name of roleNames)
          for (const at of paths)
            if (mayGive([next], name, at) && !got.has(`${name}@${at}`)) {
              const edge = { role: name, path: at, star: null };
              got.set(`${name}@${at}`, edge);
              queue.push(edge);
            }
      }
      return [...got.values()];
    };
    const verbsOf = (edges: { role: RoleName }[]) => new Set(edges.flatMap((e) => [...role(e.role).verbs] as string[]));
    for (const verb of [
      'admin',
      'stars.cycle',
      'stars.joint',
      'stars.decide',
      'stars.name',
      'standards.write',
      'journal.read',
    ])
      expect([verb, verbsOf(reach('township-clerk', '1.2.')).has(verb)]).toEqual([verb, false]);
    for (const verb of [
      'stars.review',
      'stars.verify',
      'stars.declare',
      'assignments.write',
      'facts.lock',
      'units.write',
    ])
      expect([verb, verbsOf(reach('branch-secretary', '1.2.3.')).has(verb)]).toEqual([verb, false]);
    expect(verbsOf(reach('organiser', '1.').filter((e) => e.path === '1.')).has('stars.decide')).toBe(false);
    expect(verbsOf(reach('overall-owner', '1.')).has('admin')).toBe(false);
    for (const name of roleNames.filter((n) => giving[n] === undefined)) expect(reach(name, '1.')).toEqual([]);
  });

  it('names only roles, and each role has a place where it can be given', () => {
    for (const name of roleNames) {
      expect(role(name).on.every((t) => t in unitTypes)).toBe(true);
      expect(mayGive([{ role: 'admin', path: '1.', star: null }], name, '1.2.')).toBe(true);
    }
  });
});
