import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../../domain/records/cases/index.ts';
import { inbox } from '../../../domain/records/inbox/index.ts';
import { stars } from '../../../domain/stars/contract.ts';
import { bestChecks } from '../../../tests/support/rural.ts';
import { createYear, openYear, type Year } from '../../../tests/support/year.ts';

// What waits for a branch, as its people find it on their first page: through HTTP, stage by stage.
let year: Year;
let as: Year['as'];
let cycleId: string;
let village: number;

beforeAll(async () => {
  year = await createYear();
  as = year.as;
  village = year.world.units.eastVillage;
  cycleId = await openYear(year);
  await go('planning');
  await go('creating');
});
afterAll(() => year.world.close());

const go = (to: string) =>
  as['organiser']!.ok(stars.cycles.advance, { params: { id: cycleId }, body: { to: to as 'planning' } });
const steps = async (login = 'secretary') => (await as[login]!.ok(stars.nexts.steps)).items;
/** Each step as `key state`, in order. */
const said = async (login = 'secretary') => (await steps(login))[0]!.steps.map((s) => `${s.key} ${s.state}`);
const todo = async (login: string) => (await as[login]!.ok(inbox.list, { query: { limit: 200 } })).items;

describe('what waits for a branch', () => {
  it('M022 leads from the diagnosis to its remedies and to the declaration', async () => {
    expect(await said()).toEqual(['diagnose todo', 'declare todo']);
    const [first] = await steps();
    expect([first!.unitId, first!.steps[0]!.mine, first!.steps[0]!.page]).toEqual([village, true, 'diagnosis']);
    expect(first!.steps[0]!.words.zh).toContain('0 / 29');
    const { items } = await as['secretary']!.ok(stars.assessing.diagnosis, { params: { unitId: village } });
    const answers = items.map((i) => ({ criterion: i.id, answer: i.suggested, reason: '对照台账' }));
    const { gaps } = await as['secretary']!.ok(stars.assessing.diagnose, {
      params: { unitId: village },
      body: { cycleId, answers, finish: true },
    });
    expect(await said()).toEqual(['diagnose done', 'remedy todo', 'declare todo']);
    expect(await todo('secretary')).toEqual([]);
    await as['secretary']!.ok(stars.assessing.problems, {
      params: { unitId: village },
      body: { cycleId, criteria: gaps.map((g) => g.criterion), dueOn: '2026-04-30' },
    });
    expect(await said()).toEqual(['diagnose done', 'declare todo', 'problems todo']);
    const work = (await steps())[0]!.steps.at(-1)!;
    expect(work.words.zh).toContain(`未办结 ${gaps.length} 项，最早 2026-04-30 到期`);
  });

  it('M023 has the remedies in the inbox of the branch from the start, and not in that of those above', async () => {
    const own = await todo('secretary');
    expect(own.length).toBeGreaterThan(0);
    expect(own.every((c) => c.type === 'problem' && c.state === 'assigned' && c.dueOn === '2026-04-30')).toBe(true);
    expect((await todo('clerk')).filter((c) => c.type === 'problem')).toEqual([]);
    await as['secretary']!.ok(cases.step, {
      params: { id: own[0]!.id },
      body: { step: 'rectify', reason: '本周开始' },
    });
    expect((await todo('secretary')).map((c) => c.id)).toContain(own[0]!.id);
  });

  it('M021 says whose turn it is when the branch has done its part, and a decided candidacy waits in no inbox', async () => {
    const declared = await as['secretary']!.ok(stars.candidacies.declare, {
      body: { cycleId, unitId: village, targetLevel: 5 },
    });
    expect(await said()).toEqual(['diagnose done', 'declare done', 'approval waits', 'problems todo']);
    expect((await todo('clerk')).map((c) => c.type)).toEqual(['candidacy']);
    await as['clerk']!.ok(stars.candidacies.approve, { params: { id: declared.id }, body: { origin: 'contender' } });
    expect(await said()).toEqual(['diagnose done', 'declare done', 'stage waits', 'problems todo']);
    for (const login of ['clerk', 'organiser'])
      expect((await todo(login)).filter((c) => c.type === 'candidacy')).toEqual([]);
  });

  it('M006 counts what the self-assessment still asks, then the confirmation, then a return', async () => {
    await go('self-assessment');
    expect(await said()).toEqual(['self todo', 'confirm todo', 'problems todo']);
    const params = { unitId: village };
    const form = await as['secretary']!.ok(stars.assessing.form, { params, query: { cycleId } });
    const open = form.items.filter((i) => i.asks).length;
    expect((await steps())[0]!.steps[0]!.words.zh).toContain(`还有 ${open} 项要答`);
    // A branch that takes no part may still declare, and confirms its data all the same.
    expect(await said('second')).toEqual(['diagnose todo', 'declare todo', 'confirm todo']);
    const body = { cycleId, answers: bestChecks(year.rural), submit: true };
    await as['secretary']!.ok(stars.assessing.answer, { params, body });
    expect((await said())[0]).toBe('self done');
    for (const [login, unitId] of [
      ['secretary', village],
      ['second', year.world.units.eastVillage2],
    ] as const)
      await as[login]!.ok(stars.confirming.confirm, { params: { unitId }, body: { cycleId } });
    expect(await said()).toEqual(['self done', 'confirm done', 'stage waits', 'problems todo']);
    await go('township-review');
    expect(await said()).toEqual(['review waits', 'problems todo']);
    expect(await said('second')).toEqual(['out waits']);
    const decisions = [{ criterion: 'industry.income', decision: 'return', reason: '请补流水' } as const];
    await as['clerk']!.ok(stars.assessing.review, { params, body: { cycleId, decisions } });
    expect(await said()).toEqual(['returned todo', 'review waits', 'problems todo']);
  });

  it('is the branch’s own: those above and strangers are shown no branch’s steps', async () => {
    for (const login of ['clerk', 'organiser', 'ecology']) expect(await steps(login)).toEqual([]);
    expect((await as['visitor']!.call(stars.nexts.steps)).status).toBe(401);
    expect((await steps('west')).every((of) => of.unitId !== village)).toBe(true);
  });
});
