import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { works } from '../../../domain/projects/index.ts';
import { cases } from '../../../domain/records/cases/index.ts';
import { createTravellers, type Travellers } from '../../../tests/support/travellers.ts';

// The journeys of projects, services, points and stars (model §1.1).

let t: Travellers;
beforeAll(async () => {
  t = await createTravellers();
});
afterAll(() => t.world.close());

const why = { reason: '情况说明' };
const paper = { document: '示发〔2026〕6号' };

describe('projects', () => {
  it('a project is deliberated, approved above, funded, built, accepted by another than its builder and handed over', async () => {
    const data = { class: 'road', use: 'infrastructure', key: true, budgetFen: 12_000_000 };
    const { id } = await t.open('project', { by: 'secretary', data });
    expect(await t.refused(id, ['cadre', 'build', { owner: 'cadre' }])).toBe('case-wrong-state');
    await t.walk(id, [['cadre', 'deliberate', why]]);
    expect(await t.refused(id, ['secretary', 'approve', paper])).toBe('403');
    expect(await t.refused(id, ['clerk', 'approve'])).toBe('case-needs-document');
    await t.walk(id, [
      ['clerk', 'approve', paper],
      ['secretary', 'fund', why],
      ['secretary', 'build', { owner: 'secretary' }],
    ]);
    expect(await t.refused(id, ['secretary', 'accept', why])).toBe('case-not-by-owner');
    expect(await t.refused(id, ['cadre', 'accept', why])).toBe('case-needs-evidence');
    await t.attach(id);
    const states = await t.walk(id, [
      ['cadre', 'accept', why],
      ['cadre', 'hand-over', why],
    ]);
    expect(states).toEqual(['accepted', 'handed-over']);
    // It is finished only with its result before everybody.
    expect(await t.refused(id, ['secretary', 'publish'])).toBe('project-not-disclosed');
    await t.clients.secretary.ok(works.disclose, { params: { id }, body: {} });
    expect((await t.clients.cadre.ok(cases.get, { params: { id } })).state).toBe('published');
    // What it cost and whose idea it was cannot be told in words that the kind does not know.
    const bad = await t.clients.cadre.call(cases.open, {
      body: { type: 'project', title: '路', unitId: t.world.units.eastVillage, data: { ...data, donor: '某某' } },
    });
    expect(bad.status).toBe(400);
  });

  it('M177 a village plan is drafted, reviewed by villagers, approved above and published, counted by state on the way', async () => {
    const { id } = await t.open('village-plan', { by: 'secretary', data: { target: '2026-09-30' } });
    const counts = async () => {
      const query = { under: t.world.units.east, by: 'unit', type: 'village-plan' } as const;
      const { columns, items } = await t.clients.clerk.ok(cases.counts, { query });
      return columns.map(({ state }, i) => [state, items[0]!.counts[i]]);
    };
    expect(await counts()).toEqual([['not-started', 1]]);
    await t.walk(id, [['secretary', 'start']]);
    expect(await t.refused(id, ['secretary', 'draft'])).toBe('case-needs-evidence');
    await t.attach(id);
    await t.walk(id, [['secretary', 'draft']]);
    expect(await counts()).toEqual([['drafted', 1]]);
    await t.walk(id, [['secretary', 'review', why]]);
    expect(await t.refused(id, ['secretary', 'approve', paper])).toBe('403');
    t.world.setNow('2026-03-09T09:00:00+08:00');
    await t.walk(id, [
      ['clerk', 'approve', paper],
      ['secretary', 'publish'],
    ]);
    expect(await counts()).toEqual([['published', 1]]);
    const { items } = await t.clients.secretary.ok(cases.timeline, { params: { id } });
    expect(items.map((e) => [e.to, e.at.slice(0, 10)]).at(-1)).toEqual(['published', '2026-03-09']);
  });

  it('M433 an environment model site is cultivated by its criteria, accepted with evidence by another, and can exit', async () => {
    const { id } = await t.open('model-site', { by: 'clerk', data: { criteria: '无乱堆、有管护、可参观' } });
    expect(await t.refused(id, ['secretary', 'cultivate', { owner: 'secretary' }])).toBe('403');
    await t.walk(id, [['clerk', 'cultivate', { owner: 'secretary' }]]);
    await t.attach(id);
    await t.walk(id, [['clerk', 'accept', { ...why, data: { visits: 3 } }]]);
    expect(await t.refused(id, ['clerk', 'exit'])).toBe('case-needs-reason');
    await t.walk(id, [['clerk', 'exit', why]]);
    await t.finished('clerk', id, 'exited');
    const c = await t.clients.clerk.ok(cases.get, { params: { id } });
    expect(c.data).toEqual({ criteria: '无乱堆、有管护、可参观', visits: 3 });
  });
});

describe('services and points', () => {
  it('a match of a need is proposed, accepted, delivered by its owner and rated by others', async () => {
    const group = { group: 'elderly', category: 'meal', volume: 20, description: '午餐配送' };
    const need = await t.open('need', { by: 'cadre', data: group });
    const data = { needId: need.id, resourceId: randomUUID() };
    const { id } = await t.open('match', { by: 'cadre', data, parent: need.id });
    expect(await t.refused(id, ['cadre', 'deliver'])).toBe('case-wrong-state');
    await t.walk(id, [
      ['cadre', 'propose', { owner: 'secretary' }],
      ['cadre', 'accept', why],
    ]);
    expect(await t.refused(id, ['cadre', 'deliver'])).toBe('case-only-owner');
    await t.walk(id, [['secretary', 'deliver']]);
    expect(await t.refused(id, ['secretary', 'rate', { data: { rating: 5 } }])).toBe('case-not-by-owner');
    expect((await t.attempt(id, ['cadre', 'rate', { data: { rating: 6 } }])).status).toBe(400);
    await t.walk(id, [['cadre', 'rate', { data: { rating: 5 } }]]);
    await t.finished('cadre', id, 'rated');
    await t.walk(need.id, [
      ['cadre', 'match'],
      ['cadre', 'meet', why],
    ]);
  });

  it('a service request is handled in time and rated by its applicant alone', async () => {
    // Only its handler, its applicant and those who assign see it, so it is handed to the window's handler from the start.
    const data = { businessId: randomUUID() };
    const { id } = await t.open('service-request', { by: 'cadre', owner: 'secretary', data });
    await t.walk(id, [
      ['secretary', 'accept'],
      ['secretary', 'handle', { owner: 'secretary' }],
    ]);
    expect(await t.refused(id, ['cadre', 'finish', why])).toBe('case-only-owner');
    await t.walk(id, [['secretary', 'finish', why]]);
    expect(await t.refused(id, ['secretary', 'rate'])).toBe('case-only-raiser');
    expect((await t.attempt(id, ['cadre2', 'rate'])).status).toBe(404);
    await t.walk(id, [['cadre', 'rate', { data: { rating: 4 } }]]);
    await t.finished('cadre', id, 'rated');
  });

  it('a service card begins with a written consent, is hidden from those who do not serve, and ends when its household says so', async () => {
    const data = { services: ['blue', 'orange'], until: '2026-12-31' };
    const { id } = await t.open('service-card', { by: 'cadre', data });
    expect(await t.refused(id, ['cadre', 'activate'])).toBe('case-wrong-state');
    expect(await t.refused(id, ['cadre', 'consent'])).toBe('case-needs-document');
    await t.walk(id, [
      ['cadre', 'consent', { document: '服务同意书' }],
      ['cadre', 'activate'],
    ]);
    expect((await t.clients.cadre2.call(cases.get, { params: { id } })).status).toBe(404);
    await t.walk(id, [['cadre', 'withdraw']]);
    await t.finished('cadre', id, 'withdrawn');
  });

  it('a placement is offered, applied for, taken up and confirmed later', async () => {
    const data = { openingId: randomUUID(), local: true };
    const { id } = await t.open('placement', { by: 'cadre', data, owner: 'cadre' });
    expect(await t.refused(id, ['cadre', 'place', why])).toBe('case-wrong-state');
    await t.walk(id, [
      ['cadre', 'apply'],
      ['cadre', 'place', why],
    ]);
    expect(await t.refused(id, ['cadre', 'confirm'])).toBe('case-not-by-owner');
    await t.walk(id, [['clerk', 'confirm']]);
    await t.finished('clerk', id, 'confirmed');
  });

  it('a selection is reviewed by others, notified, reviewed again after an objection, and awarded', async () => {
    const data = { award: 'five-beauty-courtyard', period: '2026', criteria: ['clean', 'green'] };
    const { id } = await t.open('selection', { by: 'cadre', data });
    expect(await t.refused(id, ['cadre', 'review', why])).toBe('case-not-by-raiser');
    await t.walk(id, [['secretary', 'review', why]]);
    expect(await t.refused(id, ['clerk', 'award', paper])).toBe('case-wrong-state');
    expect(await t.refused(id, ['secretary', 'notify', paper])).toBe('403');
    await t.walk(id, [
      ['clerk', 'notify', paper],
      ['cadre2', 'object', why],
      ['secretary', 'review', why],
      ['clerk', 'notify', paper],
      ['clerk', 'award', paper],
    ]);
    await t.finished('cadre', id, 'awarded');
  });
});

describe('candidacies, downgrades and plans', () => {
  it.each(['candidacy', 'downgrade', 'plan'])(
    'a %s is walked only on the pages of stars, whose rules nobody walks around',
    async (type) => {
      for (const who of ['organiser', 'secretary'] as const) {
        const answer = await t.clients[who].call(cases.open, {
          body: { type, title: type, unitId: t.world.units.eastVillage, data: {} },
        });
        expect([403, 409]).toContain(answer.status);
      }
    },
  );
});
