import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forces, org, secretaries } from '../../../domain/org/index.ts';
import type { Endpoint } from '../../../domain/contract.ts';
import { orgRoutes } from './routes.ts';
import type { Client } from '../../../tests/support/world.ts';
import { document, type Staffed, staffedCounty, today } from '../../../tests/support/responsible.ts';

let s: Staffed;
beforeAll(async () => {
  s = await staffedCounty();
});
afterAll(() => s.world.close());

/** A body that is right in form, so that only the right to send it is in question. */
const bodies: Record<string, () => object> = {
  'forces.found': () => ({ star: 'industry', name: '专班', day: today, document, leaderId: s.people['leader'] }),
  'forces.foundGroup': () => ({
    kind: 'leading-group',
    name: '领导小组',
    day: today,
    document,
    members: [{ personId: s.people['leader'] }],
  }),
  'forces.villageGroups': () => ({ day: today, document }),
  'secretaries.pledge': () => ({ year: 2026, title: '书记工程', goals: ['x'] }),
  'secretaries.state': () => ({ statement: 'x', kept: [] }),
  'secretaries.hear': () => ({ comment: 'x' }),
  'secretaries.compile': () => ({ from: '2026-01-01', to: today }),
  'secretaries.review': () => ({ finding: 'x' }),
  'secretaries.answer': () => ({ answer: 'x' }),
  'secretaries.instruct': () => ({ items: [{ text: 'x', condition: 'y', unitId: s.world.units.eastVillage }] }),
  'secretaries.bulletin': () => ({ month: '2026-03', title: '通报' }),
};

const endpoints = orgRoutes.map((r) => r.endpoint);
const ofUnit = endpoints.filter((e) => e.path.includes(':unitId'));
const ofCase = endpoints.filter((e) => e.path.includes('/:id'));

const clients = new Map<string | undefined, Promise<Client>>();
function signedIn(login?: string): Promise<Client> {
  const known = clients.get(login) ?? s.world.as(login);
  clients.set(login, known);
  return known;
}

const urlOf = (e: Endpoint, id: number | string) => e.path.replace(/:\w+/, String(id));
const send = (e: Endpoint, id: number | string, login?: string) =>
  signedIn(login).then((client) =>
    client.raw({
      method: e.method as 'GET',
      url: urlOf(e, id),
      ...(e.method === 'GET' ? {} : { payload: bodies[e.name]?.() ?? {} }),
    }),
  );

describe('doors of responsibility', () => {
  it.each(endpoints.map((e) => [e.name, e] as const))('%s is shut to strangers', async (_name, e) => {
    const answer = await send(e, e.path.includes(':unitId') ? s.world.units.east : crypto.randomUUID());
    expect(answer.status).toBe(401);
  });

  it.each(ofUnit.map((e) => [e.name, e] as const))('%s is shut to neighbours and to those below', async (_name, e) => {
    expect((await send(e, s.world.units.east, 'westclerk')).status).toBe(404);
    expect([403, 404, 409]).toContain((await send(e, s.world.units.east, 'secretary')).status);
    expect([403, 404]).toContain((await send(e, s.world.units.westVillage, 'secretary')).status);
    expect((await send(e, 2_147_483_646, 'organiser')).status).toBeGreaterThanOrEqual(403);
    expect((await send(e, 'x', 'organiser')).status).toBe(400);
    expect((await send(e, 0, 'organiser')).status).toBe(400);
  });

  it.each(ofCase.map((e) => [e.name, e] as const))('%s knows only its own kind of case', async (_name, e) => {
    expect([403, 404]).toContain((await send(e, crypto.randomUUID(), 'eastboss')).status);
    expect((await send(e, 'not-an-id', 'eastboss')).status).toBe(400);
  });

  it('a reader with rights on one village reads that village and nothing else', async () => {
    const { secretary } = s.client;
    const { eastVillage, eastVillage2, east, county } = s.world.units;
    const { rows } = await secretary.ok(org.matrix, { params: { unitId: eastVillage } });
    expect(rows.map((r) => r.unit.name)).toEqual(['青石村']);
    for (const unitId of [eastVillage2, east, county])
      expect([403, 404]).toContain((await secretary.call(org.matrix, { params: { unitId } })).status);
    const chain = await secretary.ok(org.chain, { params: { unitId: eastVillage } });
    expect(chain.levels.map((l) => l.unit?.name)).toEqual(['示例县', '青石村', '东林镇', '青石村', '青石村']);
  });

  it('refuses malformed bodies without writing anything', async () => {
    const { clerk, eastBoss } = s.client;
    const { east } = s.world.units;
    const bad = [
      clerk.call(forces.found, {
        params: { unitId: east },
        body: { ...(bodies['forces.found']!() as object), star: "a'" } as never,
      }),
      clerk.call(forces.found, {
        params: { unitId: east },
        body: { ...(bodies['forces.found']!() as object), day: '2026-02-30' } as never,
      }),
      clerk.call(forces.foundGroup, {
        params: { unitId: east },
        body: { ...(bodies['forces.foundGroup']!() as object), members: [] } as never,
      }),
      eastBoss.call(secretaries.pledge, { params: { unitId: east }, body: { year: 1, title: 'x', goals: ['x'] } }),
      eastBoss.call(secretaries.pledge, { params: { unitId: east }, body: { year: 2026, title: 'x', goals: [] } }),
      clerk.call(secretaries.bulletin, { params: { unitId: east }, body: { month: '2026-13', title: 'x' } }),
      clerk.call(org.gaps, { params: { unitId: east }, query: { limit: 5000 } }),
      clerk.call(org.gaps, { params: { unitId: east }, query: { gap: 'nothing' as never } }),
    ];
    for (const answer of await Promise.all(bad)) expect(answer.status).toBe(400);
    expect((await clerk.ok(forces.list, { params: { unitId: east } })).items.every((f) => f.leader === null)).toBe(
      true,
    );
  });
});
