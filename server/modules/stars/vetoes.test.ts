import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stars } from '../../../domain/stars/contract.ts';
import type { World } from '../../../tests/support/world.ts';
import { createYear, document, openYear, type Year } from '../../../tests/support/year.ts';

// No veto without a document, a decision maker and a hearing: until then it touches nothing.
let year: Year;
let world: World;
let as: Year['as'];
let cycleId: string;

beforeAll(async () => {
  year = await createYear();
  ({ world, as } = year);
  cycleId = await openYear(year);
});
afterAll(() => world.close());

const unitId = () => world.units.eastVillage;
const safety = async () =>
  (await as['secretary']!.ok(stars.results.card, { params: { unitId: unitId() }, query: { cycleId } })).stars.find(
    (s) => s.id === 'safety',
  )!;
const propose = (login: string, given: object = {}) =>
  as[login]!.call(stars.confirming.proposeVeto, {
    body: { cycleId, unitId: unitId(), veto: 'accident', facts: '二月发生较大事故', document, ...given },
  });
const hear = (login: string, id: string, on = '2026-03-03') =>
  as[login]!.call(stars.confirming.hearVeto, { params: { id }, body: { on, words: '事故责任正在认定' } });
const decide = (login: string, id: string, inForce = true) =>
  as[login]!.call(stars.confirming.decideVeto, { params: { id }, body: { inForce, reason: '责任认定书已下达' } });

describe('a veto', () => {
  let id: string;

  it('is proposed with facts and a document of the standard’s own list, by those who verify or review together', async () => {
    expect((await propose('visitor')).status).toBe(401);
    expect((await propose('secretary')).status).toBe(403);
    expect((await propose('west')).status).toBe(404);
    expect((await propose('ecology')).status).toBe(403);
    expect((await propose('organiser', { document: { title: '', number: '' } })).status).toBe(400);
    expect((await propose('organiser', { veto: 'petition' })).code).toBe('veto-unknown');
    id = (await propose('safety')).body.id;
    expect((await propose('organiser')).code).toBe('veto-open');
    expect((await safety()).reasons.map((r) => r.zh).join()).not.toContain('一票否决');
  });

  it('touches no star before the branch was heard and somebody else has decided', async () => {
    expect((await decide('owner', id)).code).toBe('veto-hearing');
    world.setNow('2026-03-03T09:00:00+08:00');
    expect((await hear('organiser', id)).status).toBe(403);
    expect((await hear('second', id)).status).toBe(404);
    expect((await hear('secretary', id, '2026-03-04')).code).toBe('hearing-future');
    expect((await hear('secretary', id, '2026-03-01')).code).toBe('hearing-before-notice');
    expect((await hear('secretary', id)).body.state).toBe('heard');
    expect((await hear('secretary', id)).status).toBe(409);
    expect((await decide('safety', id)).status).toBe(403);
    expect((await safety()).reasons.map((r) => r.zh).join()).not.toContain('一票否决');
    const decided = await decide('owner', id);
    expect(decided.body).toMatchObject({ state: 'in-force', decidedBy: 'owner', reason: '责任认定书已下达' });
    const star = await safety();
    expect([star.held, star.reasons.some((r) => r.zh.includes('一票否决'))]).toEqual([false, true]);
    expect(star.way!.blockers).toContainEqual(expect.objectContaining({ kind: 'veto', id: 'accident' }));
    expect((await decide('owner', id)).status).toBe(409);
  });

  it('is lifted with a reason, and the star counts again', async () => {
    const lift = (login: string) =>
      as[login]!.call(stars.confirming.liftVeto, { params: { id }, body: { reason: '复议撤销' } });
    expect((await lift('secretary')).status).toBe(403);
    expect((await lift('owner')).body.state).toBe('lifted');
    expect((await safety()).reasons.some((r) => r.zh.includes('一票否决'))).toBe(false);
    const seen = await as['secretary']!.ok(stars.confirming.vetoes, { query: { cycleId } });
    expect(seen.items.map((v) => [v.id, v.state])).toEqual([[id, 'lifted']]);
    expect((await as['second']!.ok(stars.confirming.vetoes, { query: { cycleId } })).items).toEqual([]);
  });

  it('is dropped without a hearing when those who decide see no ground for it', async () => {
    const other = (await propose('organiser', { veto: 'falsified' })).body;
    expect((await decide('owner', other.id, false)).body.state).toBe('dropped');
    expect((await hear('secretary', other.id)).status).toBe(409);
  });

  it('is decided without the branch when it was invited in writing, had its five workdays, and did not come', async () => {
    world.setNow('2026-03-09T09:00:00+08:00');
    const silent = (await propose('organiser', { veto: 'falsified' })).body;
    const miss = (login: string, on: string, title = '关于听取陈述的通知') =>
      as[login]!.call(stars.confirming.missVeto, {
        params: { id: silent.id },
        body: { on, document: { title, number: '县组函〔2026〕3号' } },
      });
    world.setNow('2026-03-17T09:00:00+08:00');
    expect((await miss('visitor', '2026-03-16')).status).toBe(401);
    expect((await miss('secretary', '2026-03-16')).status).toBe(403);
    expect((await miss('second', '2026-03-16')).status).toBe(403);
    expect((await miss('organiser', '2026-03-16', '')).status).toBe(400);
    // 9 March was a Monday: five workdays later it is Monday again.
    expect((await miss('organiser', '2026-03-13')).code).toBe('hearing-term');
    expect((await miss('organiser', '2026-03-17')).code).toBe('hearing-future');
    expect((await decide('owner', silent.id)).code).toBe('veto-hearing');
    const missed = (await miss('organiser', '2026-03-16')).body;
    expect(missed).toMatchObject({
      state: 'heard',
      hearing: { on: '2026-03-16', by: 'organiser', invitation: { number: '县组函〔2026〕3号' } },
    });
    expect((await miss('organiser', '2026-03-16')).status).toBe(409);
    expect((await decide('owner', silent.id)).body.state).toBe('in-force');
  });
});
