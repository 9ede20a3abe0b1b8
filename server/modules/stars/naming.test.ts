import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendar } from '../../../domain/records/calendar/index.ts';
import { panels } from '../../../domain/records/judgements/index.ts';
import { standards } from '../../../domain/records/standards/index.ts';
import { stars } from '../../../domain/stars/contract.ts';
import { criteriaOf } from '../../../domain/stars/standard.ts';
import { bestChecks } from '../../../tests/support/rural.ts';
import type { Client, World } from '../../../tests/support/world.ts';
import { createYear, declaredYear, document, ref, starIds, type Year } from '../../../tests/support/year.ts';

// The second half of a year through HTTP: assessment, decision, publicity, naming.
let year: Year;
let world: World;
let as: Year['as'];
let cycleId: string;

beforeAll(async () => {
  year = await createYear();
  ({ world, as } = year);
  cycleId = await declaredYear(year);
});
afterAll(() => world.close());

const villages = () => [...year.villages];
const go = (to: string) =>
  as['organiser']!.call(stars.cycles.advance, { params: { id: cycleId }, body: { to: to as 'planning' } });
const card = (client: Client, unitId: number) =>
  client.ok(stars.results.card, { params: { unitId }, query: { cycleId } });

describe('assessment', () => {
  it('M045 takes panel scores into the star card as soon as the round is locked, and not before', async () => {
    const round = await as['organiser']!.ok(panels.open, {
      body: {
        title: '逐村观摩',
        hostId: world.units.county,
        parentId: cycleId,
        standard: ref('sample-rural'),
        unitIds: villages(),
        observers: await world.asSystem(async (rq) =>
          (
            await rq.db.many<{ id: string }>({
              text: "SELECT id FROM people WHERE name LIKE 'observer%'",
              values: [],
            } as never)
          ).map((p) => p.id),
        ),
      } as never,
    });
    const reviews = criteriaOf(year.rural).filter(({ criterion }) => criterion.rule.type === 'review');
    for (const n of [1, 2, 3])
      await as[`observer${n}`]!.ok(panels.score, {
        params: { id: round.id },
        body: {
          scores: villages().flatMap((unitId) =>
            reviews.map(({ criterion: c }) => ({
              unitId,
              item: c.id,
              value: c.rule.type === 'review' && c.rule.max > 10 ? '95' : '9.5',
            })),
          ),
        } as never,
      });
    const view = async () =>
      (await card(as['secretary']!, world.units.eastVillage)).stars
        .flatMap((s) => s.criteria)
        .filter((c) => c.valueKind === 'review');
    expect((await view()).every((c) => c.missing)).toBe(true);
    await as['organiser']!.ok(panels.lock, { params: { id: round.id }, body: {} });
    await as['organiser']!.ok(stars.results.rescore, { params: { id: cycleId }, body: {} });
    await go('self-assessment');
    await as['secretary']!.ok(stars.assessing.answer, {
      params: { unitId: world.units.eastVillage },
      body: { cycleId, answers: [], submit: false },
    });
    expect((await view()).every((c) => !c.missing && c.points > 0)).toBe(true);
  });

  it('asks a branch only for what is not known, and says what share that is', async () => {
    const logins = ['secretary', 'second', 'west'];
    for (const [i, unitId] of villages().entries()) {
      const client = as[logins[i]!]!;
      const form = await client.ok(stars.assessing.form, { params: { unitId }, query: { cycleId } });
      expect(form.share).toBeGreaterThan(0.7);
      const asked = form.items.filter((item) => item.asks).map((item) => item.valueKind);
      expect(asked.every((kind) => kind === 'check')).toBe(true);
      const answers = bestChecks(year.rural);
      const early = await client.call(stars.assessing.answer, {
        params: { unitId },
        body: { cycleId, answers: [], submit: true },
      });
      expect(early.code).toBe('self-open');
      const done = await client.ok(stars.assessing.answer, {
        params: { unitId },
        body: { cycleId, answers, submit: true },
      });
      expect(done.submitted).toBe(true);
      const known = await client.call(stars.assessing.answer, {
        params: { unitId },
        body: { cycleId, answers: [{ criterion: 'branch.life', value: '1' }] },
      });
      expect(known.status).toBe(409);
    }
  });

  const confirm = (login: string, unitId: number) =>
    as[login]!.call(stars.confirming.confirm, { params: { unitId }, body: { cycleId } });

  it('confirms from below: a township only after all its villages, when it has reviewed each of them', async () => {
    expect((await confirm('clerk', world.units.east)).status).toBe(409);
    expect((await go('township-review')).status).toBe(409);
    expect((await confirm('secretary', world.units.eastVillage)).status).toBe(200);
    expect((await confirm('second', world.units.eastVillage2)).status).toBe(200);
    expect((await confirm('west', world.units.westVillage)).status).toBe(200);
    expect((await go('township-review')).status).toBe(200);
    expect((await confirm('clerk', world.units.east)).code).toBe('review-first');
    const { items } = await as['clerk']!.ok(stars.confirming.confirmations, { query: { cycleId } });
    expect(items.find((i) => i.unitId === world.units.east)!.why!.code).toBe('review-first');
  });

  it('M129 assesses all candidates by the same standard: township review, then each star by its own task force', async () => {
    const review = (login: string, unitId: number) =>
      as[login]!.call(stars.assessing.review, {
        params: { unitId },
        body: { cycleId, decisions: [], acceptRest: true, finish: true },
      });
    expect((await review('westclerk', world.units.eastVillage)).status).toBe(404);
    expect((await review('secretary', world.units.eastVillage)).status).toBe(403);
    const bad = await as['clerk']!.call(stars.assessing.review, {
      params: { unitId: world.units.eastVillage },
      body: { cycleId, decisions: [{ criterion: 'branch.life', decision: 'return' }] },
    });
    expect(bad.status).toBe(400);
    for (const unitId of villages().slice(0, 2)) expect((await review('clerk', unitId)).status).toBe(200);
    expect((await confirm('clerk', world.units.east)).status).toBe(200);
    const unlock = (reason: string) =>
      as['clerk']!.call(stars.confirming.unlock, { params: { unitId: world.units.east }, body: { cycleId, reason } });
    expect((await unlock('')).status).toBe(400);
    expect((await unlock('更正一处笔误')).status).toBe(200);
    expect((await confirm('clerk', world.units.east)).status).toBe(200);
    expect((await go('verification')).status).toBe(409);
    expect((await review('westclerk', world.units.westVillage)).status).toBe(200);
    expect((await go('verification')).status).toBe(409);
    expect((await confirm('westclerk', world.units.west)).status).toBe(200);
    expect((await go('verification')).status).toBe(200);
    const verify = (login: string, star: string, unitId: number) =>
      as[login]!.call(stars.assessing.verify, {
        params: { unitId },
        body: { cycleId, star, decisions: [], acceptRest: true },
      });
    expect((await verify('ecology', 'industry', world.units.eastVillage)).status).toBe(403);
    for (const star of starIds)
      for (const unitId of villages()) expect((await verify(star, star, unitId)).status).toBe(200);
    expect((await go('joint-review')).status).toBe(200);
  });

  it('explains every star: what it needs, by which rule, from which source', async () => {
    const shown = await card(as['secretary']!, world.units.eastVillage);
    expect(shown.level).toBe(5);
    const branch = shown.stars.find((s) => s.id === 'branch')!;
    expect(branch.requires.map((r) => [r.id, r.held])).toEqual(
      ['industry', 'ecology', 'safety', 'civility'].map((id) => [id, true]),
    );
    const income = shown.stars.flatMap((s) => s.criteria).find((c) => c.id === 'industry.income')!;
    expect(income).toMatchObject({ value: '42', must: 1000, missing: false });
    expect(income.full).toBe(Math.max(...shown.stars.find((s) => s.id === 'industry')!.criteria.map((c) => c.full)));
    for (const c of shown.stars.flatMap((s) => s.criteria))
      expect([c.id, c.rule.zh !== '', c.source !== null]).toEqual([c.id, true, true]);
  });
});

describe('deciding and naming', () => {
  let proposalId: string;
  let noticeId: string;

  it('M440 evaluates all criteria together, and people decide readiness', async () => {
    const params = { unitId: world.units.eastVillage };
    const r = await as['ecology']!.ok(stars.assessing.readiness, { params, query: { cycleId } });
    expect([r.target, r.level, r.ready, r.judged]).toEqual([5, 5, true, null]);
    await as['ecology']!.ok(stars.assessing.judgeReadiness, {
      params,
      body: { cycleId, ready: true, reason: '各项齐备' },
    });
    const after = await as['organiser']!.ok(stars.assessing.readiness, { params, query: { cycleId } });
    expect(after.judged).toMatchObject({ ready: true, by: 'ecology' });
    expect(
      (
        await as['secretary']!.call(stars.assessing.judgeReadiness, {
          params,
          body: { cycleId, ready: true, reason: 'x' },
        })
      ).status,
    ).toBe(403);
  });

  it('M135 recommends by assessment; the list and its ranks are for those who decide', async () => {
    for (const unitId of villages())
      await as['organiser']!.ok(stars.assessing.recommend, {
        params: { unitId },
        body: { cycleId, recommend: true, reason: '核验一致' },
      });
    const proposal = await as['organiser']!.ok(stars.deciding.propose, {
      params: { id: cycleId },
      body: { basis: document, minLevel: 1 },
    });
    proposalId = proposal.id;
    expect(proposal.items.filter((i) => i.recommended)).toHaveLength(3);
    expect((await as['secretary']!.call(stars.deciding.proposal, { params: { id: proposalId } })).status).not.toBe(200);
    expect(
      (await as['organiser']!.call(stars.deciding.publicise, { params: { id: proposalId }, body: { document } }))
        .status,
    ).toBe(409);
    const decide = (login: string) =>
      as[login]!.call(stars.deciding.decide, {
        params: { id: proposalId },
        body: { approve: true, reason: '同意', recusals: [] },
      });
    expect((await decide('secretary')).status).toBe(404);
    expect((await decide('owner')).body.state).toBe('drafted');
    expect((await decide('member')).body.state).toBe('approved');
  });

  it('opens the list to everyone, takes objections without a name and answers them', async () => {
    const notice = await as['organiser']!.ok(stars.deciding.publicise, {
      params: { id: proposalId },
      body: { document },
    });
    noticeId = notice.id;
    const seen = await as['visitor']!.ok(stars.deciding.notice, { params: { id: noticeId } });
    expect([seen.open, seen.sample, seen.items.length]).toEqual([true, true, 3]);
    const raised = await as['visitor']!.ok(stars.deciding.object, {
      params: { id: noticeId },
      body: { unitId: world.units.westVillage, text: '对西边村的收入有疑问。' },
    });
    // Whoever comes in person has it written down by a clerk and takes a receipt home.
    const spoken = { noticeId, unitId: world.units.eastVillage, text: '来访：道路未修通。', onBehalf: true };
    const written = await as['clerk']!.ok(stars.deciding.objectFor, { body: spoken });
    expect(
      (await as['visitor']!.ok(stars.deciding.receipt, { params: { receipt: written.receipt } })).answer,
    ).toBeNull();
    expect((await as['visitor']!.call(stars.deciding.objectFor, { body: spoken })).status).toBe(401);
    const early = await as['owner']!.call(stars.deciding.name, { params: { id: proposalId }, body: { document } });
    expect(early.code).toBe('publicity-running');
    // The board says until when, and calls naming nobody's turn before that.
    const board = async () => (await as['owner']!.ok(stars.cycles.get, { params: { id: cycleId } })).namingWhy?.code;
    expect(await board()).toBe('publicity-running');
    // A holiday entered while the notice hangs makes the period longer than what was printed.
    expect(notice.closesOn).toBe('2026-03-09');
    await world.person('registrar', world.units.county, [['admin', world.units.county]]);
    const holiday = { params: { day: '2026-03-06' }, body: { workday: false, note: '调休' } };
    await (await world.as('registrar')).ok(calendar.setDay, holiday);
    world.setNow('2026-03-10T09:00:00+08:00');
    const still = await as['owner']!.call(stars.deciding.name, { params: { id: proposalId }, body: { document } });
    expect(still.code).toBe('publicity-running');
    expect(await board()).toBe('publicity-running');
    world.setNow('2026-03-12T09:00:00+08:00');
    expect(
      (await as['owner']!.call(stars.deciding.name, { params: { id: proposalId }, body: { document } })).code,
    ).toBe('objections-open');
    const { items } = await as['organiser']!.ok(stars.deciding.objections, { query: { cycleId } });
    expect(items).toHaveLength(2);
    for (const { id } of items)
      await as['organiser']!.ok(stars.deciding.answerObjection, {
        params: { id },
        body: { answer: '已逐笔核对账目，情况属实。', upheld: false },
      });
    expect(await board()).toBeUndefined();
    const receipt = await as['visitor']!.ok(stars.deciding.receipt, { params: { receipt: raised.receipt } });
    expect(receipt.answer).toContain('逐笔核对');
    expect(
      (
        await as['visitor']!.call(stars.deciding.object, {
          params: { id: noticeId },
          body: { unitId: world.units.westVillage, text: '迟到的异议' },
        })
      ).code,
    ).toBe('objection-closed');
  });

  it('M006 M007 names branches with a certificate; levels follow from the stars and are never typed in', async () => {
    expect(
      (await as['organiser']!.call(stars.deciding.name, { params: { id: proposalId }, body: { document } })).status,
    ).toBe(403);
    const early = { params: { id: proposalId }, body: { document, grantedOn: '2026-03-10' } };
    expect((await as['owner']!.call(stars.deciding.name, early)).code).toBe('naming-day');
    const named = await as['owner']!.ok(stars.deciding.name, { params: { id: proposalId }, body: { document } });
    expect([named.named, named.certificates.length, named.certificatesTotal]).toEqual([3, 3, 3]);
    const { items, counts } = await as['organiser']!.ok(stars.results.levels, { query: { limit: 100 } });
    const mine = items.find((i) => i.unitId === world.units.eastVillage)!;
    expect([mine.level, mine.stars.length]).toEqual([5, 5]);
    expect(Object.values(counts).reduce((a, b) => a + b, 0)).toBe(4);
    const certificate = named.certificates.find((c) => c.unit.unitId === world.units.eastVillage)!;
    const paper = await as['visitor']!.raw({ url: `/certificates/${encodeURIComponent(certificate.number)}` });
    expect([paper.status, String(paper.body).includes('青石村党支部')]).toEqual([200, true]);
    const checked = await as['visitor']!.ok(stars.deciding.certificate, { params: { number: certificate.number } });
    expect([checked.level, checked.sample]).toEqual([5, true]);
    const replay = await as['secretary']!.ok(stars.results.replay, {
      params: { unitId: world.units.eastVillage },
      query: { cycleId },
    });
    expect([replay.same, replay.kept.level]).toEqual([true, 5]);
  });

  it('keeps the version it was judged by when a stricter one is published, and replays every branch to the same result', async () => {
    const organiser = as['organiser']!;
    const { sourceText } = await organiser.ok(standards.get, { params: ref('sample-rural') });
    const yaml = sourceText.replace(/^version: .*$/m, "version: '2026.7'").replaceAll('points: 20\n', 'points: 40\n');
    await organiser.ok(standards.draft, { body: { yaml } });
    const next = { id: 'sample-rural', version: '2026.7' };
    await organiser.ok(standards.publish, { params: next, body: { reason: '修订' } });
    const withdraw = { params: ref('sample-rural'), body: { reason: '换版' } };
    expect((await organiser.call(standards.withdraw, withdraw)).code).toBe('standard-in-use');
    for (const [i, unitId] of villages().entries()) {
      const client = as[['secretary', 'second', 'west'][i]!]!;
      expect((await card(client, unitId)).standard).toMatchObject(ref('sample-rural'));
      const replay = await client.ok(stars.results.replay, { params: { unitId }, query: { cycleId } });
      expect([replay.same, replay.kept.level]).toEqual([true, replay.replayed.level]);
    }
    const rewrite = (text: string) => world.asSystem((rq) => rq.db.run({ text, values: [] } as never));
    for (const text of [
      "UPDATE standards SET body = '{}' WHERE id = 'sample-rural' AND version = '2026.1'",
      "UPDATE standards SET effective_to = '2026-01-01' WHERE id = 'sample-rural' AND version = '2026.1'",
      "UPDATE standards SET state = 'draft' WHERE id = 'sample-rural' AND version = '2026.1'",
      "DELETE FROM standards WHERE id = 'sample-rural' AND version = '2026.1'",
    ])
      await expect(rewrite(text)).rejects.toThrow(
        /a published standard version (is never changed|never goes back)|permission denied/,
      );
  });

  it('M209 sets a branch beside a named one it learns from, criterion by criterion', async () => {
    const params = { unitId: world.units.westVillage };
    const chosen = { cycleId, benchmarkUnitId: world.units.eastVillage, measures: '学习增收办法' };
    await as['west']!.ok(stars.results.chooseBenchmark, { params, body: chosen });
    const { benchmark } = await as['west']!.ok(stars.results.comparison, { params, query: { cycleId } });
    expect(benchmark!.criteria.find((c) => c.id === 'industry.income')).toMatchObject({
      ownValue: '26',
      theirValue: '42',
    });
    const unnamed = { ...chosen, benchmarkUnitId: world.units.community };
    expect((await as['west']!.call(stars.results.chooseBenchmark, { params, body: unnamed })).status).toBe(404);
  });

  it('M095 derives the weakest criteria of a unit from the latest assessment and carries them into the next plan', async () => {
    const { items, sample } = await as['clerk']!.ok(stars.assessing.shortcomings, {
      query: { unitId: world.units.east, cycleId },
    });
    expect(sample).toBe(true);
    for (let i = 1; i < items.length; i++) expect(items[i - 1]!.share).toBeGreaterThanOrEqual(items[i]!.share);
    expect(
      (await as['west']!.call(stars.assessing.shortcomings, { query: { unitId: world.units.east, cycleId } })).status,
    ).toBe(404);
    const plan = await as['organiser']!.ok(stars.plans.draft, {
      body: {
        unitId: world.units.county,
        title: '2027 年规划',
        document,
        years: [{ year: 2027, counts: { rural: { '5': 2 }, urban: {}, stars: {} }, branches: [] }],
      },
    });
    const carry = (criterion: string, login = 'organiser') =>
      as[login]!.call(stars.assessing.carryShortcomings, {
        body: { planId: plan.id, cycleId, criteria: [criterion] },
      });
    const weakest = items[0]!.criterion;
    expect((await carry(weakest, 'secretary')).status).toBe(403);
    expect((await carry('no.such')).code).toBe('unknown-criterion');
    const { focus } = (await carry(weakest)).body;
    expect(focus).toEqual([{ criterion: weakest, reason: expect.stringMatching(/^2026 年 3 个支部中 \d 个未得满分/) }]);
    const kept = await as['organiser']!.ok(stars.plans.list, { query: { unitId: world.units.county, year: 2027 } });
    expect(kept.items.find((p) => p.id === plan.id)!.focus).toEqual(focus);
  });
});
