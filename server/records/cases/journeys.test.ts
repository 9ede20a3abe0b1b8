import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../../domain/records/cases/index.ts';
import { createTravellers, type Move, type Travellers } from '../../../tests/support/travellers.ts';

// One journey for each workflow of the model (§1.1), with the attempts on the way that must fail. Tasks, matters,
// deliberation and disclosure; the others stand in journeys-work.test.ts.

let t: Travellers;
beforeAll(async () => {
  t = await createTravellers();
});
afterAll(() => t.world.close());

const why = { reason: '情况说明' };
const paper = { document: '示发〔2026〕6号' };

describe('tasks', () => {
  it('a task is accepted, done, verified by another and closed', async () => {
    const { id } = await t.open('task', { by: 'clerk', owner: 'secretary', data: { condition: '公示后一周内无异议' } });
    expect(await t.refused(id, ['cadre', 'accept'])).toBe('case-only-owner');
    await t.walk(id, [
      ['secretary', 'accept'],
      ['secretary', 'start'],
      ['secretary', 'submit', why],
    ]);
    expect(await t.refused(id, ['secretary', 'verify'])).toBe('403');
    expect(await t.refused(id, ['clerk', 'verify'])).toBe('case-needs-evidence');
    await t.attach(id);
    await t.walk(id, [
      ['clerk', 'verify'],
      ['clerk', 'close'],
    ]);
    await t.finished('clerk', id, 'closed');
  });

  it('a problem is put right with evidence and closed by somebody else', async () => {
    const { id } = await t.open('problem', { by: 'cadre', data: { description: '台账不全', source: 'self' } });
    await t.walk(id, [
      ['clerk', 'assign', { owner: 'secretary' }],
      ['secretary', 'rectify', why],
    ]);
    expect(await t.refused(id, ['secretary', 'submit', why])).toBe('case-needs-evidence');
    await t.attach(id);
    await t.walk(id, [
      ['secretary', 'submit', why],
      ['clerk', 'verify'],
      ['clerk', 'close'],
    ]);
    await t.finished('clerk', id, 'closed');
  });

  it('a requirement from above is acknowledged, mapped to somebody and answered with evidence', async () => {
    const { id } = await t.open('requirement', { by: 'clerk', data: { number: 1, text: '逐村建立台账' } });
    expect(await t.refused(id, ['secretary', 'answer', why])).toBe('case-wrong-state');
    await t.walk(id, [['secretary', 'acknowledge']]);
    expect(await t.refused(id, ['secretary', 'map'])).toBe('case-needs-owner');
    await t.walk(id, [['secretary', 'map', { owner: 'secretary' }]]);
    expect(await t.refused(id, ['secretary', 'answer', why])).toBe('case-needs-evidence');
    await t.attach(id);
    await t.walk(id, [['secretary', 'answer', why]]);
    await t.finished('clerk', id, 'answered');
  });

  it('M403 a weak branch agrees on the causes, is helped, reviewed midway, accepted by another than the helper, and followed up', async () => {
    const { id } = await t.open('weak-branch', { by: 'clerk', data: { causes: ['议事制度不落实'] } });
    expect(await t.refused(id, ['clerk', 'agree', why])).toBe('403');
    expect(await t.refused(id, ['clerk', 'help', { owner: 'clerk2' }])).toBe('case-wrong-state');
    const data = { measures: '一月一议、上门辅导', helpers: ['乡镇党建办', '联系部门'] };
    await t.walk(id, [
      ['secretary', 'agree', why],
      ['clerk', 'help', { owner: 'clerk2', data }],
      ['clerk', 'review', why],
    ]);
    await t.attach(id);
    expect(await t.refused(id, ['clerk2', 'accept', why])).toBe('case-not-by-owner');
    const states = await t.walk(id, [
      ['clerk', 'accept', why],
      ['clerk', 'follow'],
      ['clerk', 'close', why],
    ]);
    expect(states).toEqual(['accepted', 'follow-up', 'closed']);
    const c = await t.clients.clerk.ok(cases.get, { params: { id } });
    expect(c.data).toMatchObject({ causes: ['议事制度不落实'], ...data });
  });

  it('M436 M441 a roadmap goes through four phases in order, and items still open are carried into the next', async () => {
    const { id } = await t.open('roadmap', {
      by: 'secretary',
      data: { year: 2026, entry: '已申报', exit: '指标清零' },
    });
    expect(await t.refused(id, ['secretary', 'evaluate'])).toBe('case-wrong-state');
    await t.walk(id, [
      ['secretary', 'start-filling'],
      ['secretary', 'concentrate', { data: { carried: ['污水治理收尾'] } }],
    ]);
    expect(await t.refused(id, ['secretary', 'evaluate'])).toBe('case-needs-evidence');
    await t.attach(id);
    await t.walk(id, [['secretary', 'evaluate']]);
    expect(await t.refused(id, ['secretary', 'finish', why])).toBe('403');
    await t.walk(id, [['clerk', 'finish', why]]);
    const { items } = await t.clients.clerk.ok(cases.timeline, { params: { id } });
    expect(items.map((e) => e.to)).toEqual(['benchmark', 'fill-gaps', 'concentrated', 'evaluation', 'finished']);
    expect((await t.clients.clerk.ok(cases.get, { params: { id } })).data).toMatchObject({ carried: ['污水治理收尾'] });
  });
});

describe('matters', () => {
  it('M190 a matter is collected, reported up, assigned and answered in time, and is not closed before its raiser has confirmed', async () => {
    const data = { description: '村口路面破损', channel: 'visit', size: 'small', category: 'travel' };
    const c = await t.open('matter', { by: 'cadre', data });
    expect(c.dueOn).toBe('2026-03-05');
    const { id } = c;
    await t.walk(id, [
      ['secretary', 'accept'],
      ['secretary', 'assign', { owner: 'secretary' }],
    ]);
    expect(await t.refused(id, ['cadre', 'handle'])).toBe('case-only-owner');
    await t.walk(id, [
      ['secretary', 'handle'],
      ['secretary', 'escalate', why],
      ['clerk', 'assign', { owner: 'secretary' }],
      ['secretary', 'handle'],
    ]);
    expect(await t.refused(id, ['cadre', 'close'])).toBe('case-wrong-state');
    await t.walk(id, [['secretary', 'answer', why]]);
    expect(await t.refused(id, ['secretary', 'confirm'])).toBe('case-only-raiser');
    await t.walk(id, [
      ['cadre', 'reopen', why],
      ['secretary', 'answer', why],
      ['cadre', 'confirm'],
    ]);
    expect(await t.refused(id, ['secretary', 'close'])).toBe('case-not-by-owner');
    await t.walk(id, [['cadre', 'close']]);
    await t.finished('clerk', id, 'closed');
  });

  it('M189 a dispute is mediated by consent, in confidence, and closed when its parties have confirmed', async () => {
    const data = { kind: 'neighbours', channel: 'grid', summary: '排水纠纷' };
    const { id } = await t.open('dispute', { by: 'cadre', data });
    expect(await t.refused(id, ['cadre', 'mediate', { owner: 'secretary' }])).toBe('case-wrong-state');
    await t.walk(id, [
      ['cadre', 'consent', why],
      ['cadre', 'mediate', { owner: 'secretary' }],
      ['secretary', 'agree', why],
    ]);
    expect((await t.clients.cadre2.call(cases.get, { params: { id } })).status).toBe(404);
    expect((await t.clients.neighbour.call(cases.get, { params: { id } })).status).toBe(404);
    expect(await t.refused(id, ['secretary', 'confirm', why])).toBe('case-not-by-owner');
    await t.walk(id, [
      ['cadre', 'confirm', why],
      ['cadre', 'close'],
    ]);
    await t.finished('clerk', id, 'closed');
    const counts = await t.clients.clerk.ok(cases.counts, {
      query: { under: t.world.units.eastVillage, by: 'unit', type: 'dispute' },
    });
    expect(counts).toMatchObject({ columns: [{ state: 'closed' }], items: [{ counts: [null] }] });
  });

  it('a deed is chosen, committed with a document, delivered with evidence and confirmed by others than its owner', async () => {
    const { id } = await t.open('deed', { by: 'secretary', data: { content: '安装路灯', type: 'light' } });
    expect(await t.refused(id, ['cadre', 'choose', why])).toBe('403');
    await t.walk(id, [['clerk', 'choose', why]]);
    expect(await t.refused(id, ['secretary', 'commit', { owner: 'secretary' }])).toBe('case-needs-document');
    await t.walk(id, [['cadre', 'commit', { owner: 'secretary', ...paper }]]);
    expect(await t.refused(id, ['secretary', 'deliver', why])).toBe('case-needs-evidence');
    await t.attach(id);
    await t.walk(id, [['secretary', 'deliver', why]]);
    expect(await t.refused(id, ['secretary', 'confirm', why])).toBe('case-not-by-owner');
    await t.walk(id, [
      ['cadre', 'return', why],
      ['secretary', 'deliver', why],
      ['cadre', 'confirm', why],
    ]);
    await t.finished('clerk', id, 'confirmed');
  });

  it('M250 M251 an estate without service takes one of three routes and three steps, one after the other', async () => {
    const unit = t.world.units.community;
    const { id } = await t.open('estate-programme', { by: 'urban', unit, data: { old: true } });
    expect(await t.refused(id, ['urban', 'serve'])).toBe('case-wrong-state');
    const bad = await t.attempt(id, ['urban', 'choose', { ...why, data: { route: 'fourth' } }]);
    expect(bad.status).toBe(400);
    await t.walk(id, [
      ['urban', 'choose', { ...why, data: { route: 'contract' } }],
      ['urban', 'agree', paper],
    ]);
    expect(await t.refused(id, ['urban', 'organise', paper])).toBe('case-wrong-state');
    await t.attach(id);
    expect(
      await t.walk(id, [
        ['urban', 'serve'],
        ['urban', 'organise', paper],
        ['urban2', 'appoint', paper],
      ]),
    ).toEqual(['served', 'party-body', 'cross-appointment']);
    const counts = await t.clients.urban.ok(cases.counts, {
      query: { under: unit, by: 'unit', type: 'estate-programme' },
    });
    expect(counts).toMatchObject({ columns: [{ state: 'cross-appointment' }], items: [{ counts: [1] }] });
  });
});

describe('deliberation and disclosure', () => {
  it('M258 a topic has one call, three discussions and two disclosures, and no step can be skipped', async () => {
    const { id } = await t.open('topic', { by: 'cadre', data: { content: '修建停车场', level: 'community' } });
    const order: Move[] = [
      ['cadre', 'propose', why],
      ['cadre', 'discuss', why],
      ['cadre', 'submit', { ...why, data: { eligible: 60, present: 48, inFavour: 45, against: 3 } }],
      ['cadre', 'disclose', paper],
      ['cadre', 'carry'],
      ['cadre', 'disclose-result', paper],
    ];
    await t.attach(id);
    const states: string[] = [];
    for (const [n, move] of order.entries()) {
      for (const later of order.slice(n + 1)) expect(await t.refused(id, later)).toBe('case-wrong-state');
      states.push(...(await t.walk(id, [move])));
    }
    expect(states).toEqual([
      'first-discussion',
      'second-discussion',
      'third-discussion',
      'decision-disclosed',
      'done',
      'result-disclosed',
    ]);
  });

  it('a pledge is checked by the level above, with evidence, and never by who made it', async () => {
    const data = { year: 2026, pledge: '年内建成食堂', condition: '开餐满一月', level: 'village' };
    const { id } = await t.open('pledge', { by: 'clerk', owner: 'secretary', data });
    await t.walk(id, [['secretary', 'report', why]]);
    expect(await t.refused(id, ['secretary', 'keep'])).toBe('403');
    expect(await t.refused(id, ['clerk', 'keep'])).toBe('case-needs-evidence');
    expect(await t.refused(id, ['clerk', 'miss'])).toBe('case-needs-reason');
    await t.attach(id);
    await t.walk(id, [['clerk', 'keep']]);
    await t.finished('secretary', id, 'kept');
  });

  it('an integrity question is seen by nobody but its raiser, whoever routes it and whoever examines it', async () => {
    const { id } = await t.open('integrity-question', {
      by: 'cadre',
      data: { about: 'funds', question: '账目公开不及时', anonymous: false },
    });
    expect((await t.clients.secretary.call(cases.get, { params: { id } })).status).toBe(404);
    expect((await t.attempt(id, ['secretary', 'route', { owner: 'secretary' }])).status).toBe(404);
    await t.walk(id, [['clerk', 'route', { owner: 'clerk2' }]]);
    expect(await t.refused(id, ['clerk', 'examine'])).toBe('case-only-owner');
    await t.walk(id, [
      ['clerk2', 'examine'],
      ['clerk2', 'answer', why],
    ]);
    await t.finished('cadre', id, 'answered');
  });
});
