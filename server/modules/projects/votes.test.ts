import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canCount, chosenOf, quorumOf, type Vote } from '../../../domain/deliberation/votes.ts';
import { projects, works as workPoints } from '../../../domain/projects/index.ts';
import { cases } from '../../../domain/records/cases/index.ts';
import { type Works, worksOf } from '../../../tests/support/works.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let as: Works['as'];
let works: Works;

beforeAll(async () => {
  world = await createWorld();
  works = await worksOf(world);
  as = works.as;
});
afterAll(() => world.close());

const why = { reason: '情况说明' };
const options = ['硬化路面', '铺青石板', '暂不改造'];

const put = (projectId: string, more: object = {}) =>
  works.open(
    'resident-vote',
    { question: '怎么修', options, eligible: 200, projectId, ...more },
    { title: '方案表决' },
  );
const start = (id: string) =>
  works.step(as.secretary, id, 'start', { ownerPersonId: works.people['cadre'], document: '表决公告' });
const count = (id: string, cast: number, votes: number[], client: Client = as.secretary) =>
  client.call(workPoints.count, { params: { id }, body: { cast, votes, reason: '公开唱票' } });
const lock = (id: string, client: Client = as.secretary, more: object = {}) =>
  works.step(client, id, 'lock', { reason: '监票人签字', ...more });

describe('residents decide', () => {
  it('M336 vote on the options of a project with a quorum, and what they chose is locked into it and never changed', async () => {
    const { id } = await works.work({ class: 'road', decidedBy: 'vote' }, { title: '村道' });
    await works.walk(id, [[as.secretary, 'deliberate', why]]);
    const approve = () => works.step(as.clerk, id, 'approve', { document: '批复' });
    expect((await approve()).code).toBe('project-vote-open');

    const bad = await put(id, { options: ['只有一个'] });
    expect((await start(bad.id)).code).toBe('vote-two-options');
    const vote = await put(id);
    expect((await count(vote.id, 1, [1, 0, 0])).code).toBe('case-wrong-state');
    expect((await start(vote.id)).status).toBe(200);
    expect((await works.step(as.secretary, vote.id, 'count', why)).code).toBe('case-by-module');
    expect((await count(vote.id, 150, [80, 60], as.secretary)).code).toBe('vote-each-option');
    expect((await count(vote.id, 201, [80, 60, 10])).code).toBe('vote-too-many');
    expect((await count(vote.id, 149, [80, 60, 10])).code).toBe('vote-sum');
    expect((await count(vote.id, 150, [80, 60, -1])).status).toBe(400);
    expect((await count(vote.id, 150, [80, 60, 10], as.west)).status).toBe(404);
    expect((await count(vote.id, 150, [80, 60, 10], as.idle)).status).toBe(403);
    expect((await count(vote.id, 150, [80, 60, 10])).status).toBe(200);
    const shown = (await as.clerk.ok(projects.get, { params: { id } })).votes.find((v) => v.id === vote.id)!;
    expect(shown).toMatchObject({ eligible: 200, cast: 150, quorum: 101, chosen: null, state: 'counted' });
    expect(shown.options.map((o) => o.votes)).toEqual([80, 60, 10]);

    // Neither who counted nor new numbers make the result.
    expect((await lock(vote.id, as.cadre)).code).toBe('case-not-by-owner');
    expect((await lock(vote.id, as.secretary, { data: { votes: [10, 130, 10] } })).code).toBe('vote-fixed');
    expect((await lock(vote.id)).status).toBe(200);
    const page = await as.clerk.ok(projects.get, { params: { id } });
    expect(page.data).toMatchObject({ approvedOption: '硬化路面', voteId: vote.id });
    expect(page.votes.find((v) => v.id === vote.id)).toMatchObject({ chosen: '硬化路面', state: 'locked' });

    // From here on no step, no change and no other vote touches it.
    for (const data of [{ approvedOption: '铺青石板' }, { voteId: bad.id }]) {
      const changed = await as.secretary.call(workPoints.change, { params: { id }, body: { data } });
      expect(changed.code).toBe('project-kept-field');
      const stepped = await works.step(as.clerk, id, 'approve', { document: '批复', data });
      expect(stepped.code).toBe('project-kept-field');
    }
    const again = await put(id);
    expect((await start(again.id)).code).toBe('vote-project');
    expect((await approve()).status).toBe(200);
    expect((await as.clerk.ok(cases.get, { params: { id } })).data['approvedOption']).toBe('硬化路面');
  });

  it('M336 is not decided without its quorum, without more than half, or for a project that named its option itself', async () => {
    const { id } = await works.work({ class: 'road' }, { title: '水渠' });
    const few = await put(id, { quorumPercent: 67 });
    await start(few.id);
    expect((await count(few.id, 133, [133, 0, 0])).status).toBe(200);
    const refused = await lock(few.id);
    expect(refused.code).toBe('vote-no-quorum');
    expect(JSON.stringify(refused.body)).toContain('134');
    await works.walk(few.id, [[as.secretary, 'annul', { reason: '未达法定人数' }]]);
    const split = await put(id);
    await start(split.id);
    expect((await count(split.id, 150, [75, 60, 15])).status).toBe(200);
    expect((await lock(split.id)).code).toBe('vote-no-majority');
    expect((await as.clerk.ok(projects.get, { params: { id } })).data['approvedOption']).toBeUndefined();
    const typed = await as.secretary.call(cases.open, {
      body: {
        type: 'project',
        title: '自称已表决',
        unitId: world.units.eastVillage,
        data: { class: 'road', use: 'infrastructure', key: false, approvedOption: '硬化路面' },
      },
    });
    expect(typed.code).toBe('project-kept-field');
    const other = await works.open(
      'resident-vote',
      { question: '别村', options, eligible: 20, projectId: id },
      { title: '别村表决', unitId: world.units.westVillage },
      as.west,
    );
    const begun = await as.west.call(cases.step, {
      params: { id: other.id },
      body: { step: 'start', ownerPersonId: works.people['west']!, document: '公告' },
    });
    expect(begun.status).toBe(404);
  });

  it('choose an option exactly when enough took part and more than half of them agree', () => {
    const vote = fc
      .record({
        eligible: fc.integer({ min: 1, max: 300 }),
        quorumPercent: fc.option(fc.integer({ min: 1, max: 100 })),
        votes: fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 2, maxLength: 5 }),
        blank: fc.integer({ min: 0, max: 60 }),
      })
      .map(({ blank, votes, ...v }): Vote => ({
        ...v,
        votes,
        options: votes.map((_, i) => `方案${i}`),
        cast: votes.reduce((n, x) => n + x, blank),
      }));
    fc.assert(
      fc.property(vote, (v) => {
        const chosen = chosenOf(v);
        expect(canCount(v) === null).toBe(v.cast <= v.eligible);
        const needed = v.quorumPercent === null ? v.eligible / 2 : (v.eligible * v.quorumPercent) / 100;
        expect(v.quorumPercent === null ? quorumOf(v) > needed : quorumOf(v) >= needed).toBe(true);
        expect(quorumOf(v)).toBeLessThanOrEqual(v.eligible);
        const over = v.votes.filter((n) => n > v.cast / 2);
        expect(chosen !== null).toBe(over.length === 1 && v.cast >= quorumOf(v));
        if (chosen !== null) expect(v.votes[v.options.indexOf(chosen)]).toBe(over[0]);
      }),
    );
  });
});
