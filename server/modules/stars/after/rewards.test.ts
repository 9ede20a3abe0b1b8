import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publications } from '../../../../domain/records/publications/index.ts';
import { rewards } from '../../../../domain/stars/contract-rewards.ts';
import { proposeForBranches } from '../../../../domain/stars/reward-rules.ts';
import { placeCycle, placeResult } from '../../../../tests/support/results.ts';
import { type Client, createWorld, type World } from '../../../../tests/support/world.ts';

let world: World;
let cycleId: string;
const as: Record<'organiser' | 'owner' | 'secretary' | 'neighbour' | 'clerk' | 'visitor', Client> = {} as never;
const document = { title: '年度奖惩办法', number: '示发〔2026〕9号' };

beforeAll(async () => {
  world = await createWorld({ now: '2026-03-02T09:00:00+08:00' });
  const u = world.units;
  await world.person('organiser', u.county, [['organiser', u.county]]);
  await world.person('owner', u.county, [['overall-owner', u.county]]);
  await world.person('clerk', u.east, [['township-clerk', u.east]]);
  await world.person('secretary', u.eastVillage2, [['branch-secretary', u.eastVillage2]]);
  await world.person('neighbour', u.westVillage, [['branch-secretary', u.westVillage]]);
  for (const name of ['organiser', 'owner', 'secretary', 'neighbour', 'clerk'] as const)
    as[name] = await world.as(name);
  as.visitor = await world.as();
  cycleId = await world.asSystem(async (rq) => {
    const id = await placeCycle(rq, u.county, 'named');
    await placeResult(rq, world, id, { unitId: u.eastVillage, level: 4, target: 3, stretch: 5 });
    await placeResult(rq, world, id, { unitId: u.eastVillage2, level: 0, target: 2 });
    await placeResult(rq, world, id, { unitId: u.westVillage, level: 5, target: 5 });
    return id;
  });
});
afterAll(() => world.close());

const rule = (client: Client, given: object) =>
  client.call(rewards.draftRule, {
    body: {
      unitId: world.units.county,
      title: '分级奖励',
      document,
      beneficiary: 'branch',
      kind: 'reward',
      levels: [
        { level: 5, amountFen: 5_000_000, benefit: '优先立项' },
        { level: 4, amountFen: 3_000_000, benefit: '' },
      ],
      ...given,
    } as never,
  });

async function proposed(given: object) {
  const { body } = await rule(as.owner, given);
  return as.organiser.ok(rewards.propose, { params: { id: cycleId }, body: { ruleId: (body as { id: string }).id } });
}

describe('rewards and corrective measures', () => {
  it('M201 applies level-specific amounts with their legal basis and shows paid and outstanding', async () => {
    expect((await rule(as.secretary, {})).status).toBe(403);
    expect((await rule(as.owner, { document: { title: '', number: '' } })).status).toBe(400);
    const { items, totalFen } = await proposed({});
    expect(items.map((r) => [r.unitId, r.level, r.amountFen])).toEqual([
      [world.units.westVillage, 5, 5_000_000],
      [world.units.eastVillage, 4, 3_000_000],
    ]);
    expect([totalFen, items[0]!.document, items[0]!.sample]).toEqual([8_000_000, document, true]);
    const [five, four] = items as [(typeof items)[0], (typeof items)[0]];
    const decide = (client: Client, id: string) =>
      client.call(rewards.decide, { params: { id }, body: { approve: true, reason: '符合办法' } });
    expect((await decide(as.organiser, five.id)).status).toBe(403);
    expect((await decide(as.owner, five.id)).status).toBe(200);
    expect((await decide(as.owner, four.id)).status).toBe(200);
    const payment = { paidOn: '2026-03-05', voucher: '付字12号' };
    expect((await as.organiser.ok(rewards.pay, { params: { id: five.id }, body: payment })).state).toBe('paid');
    const list = await as.organiser.ok(rewards.list, { query: { cycleId } });
    expect([list.paidFen, list.outstandingFen]).toEqual([5_000_000, 3_000_000]);
    expect((await as.neighbour.ok(rewards.list)).items.map((r) => r.unitId)).toEqual([world.units.westVillage]);
    expect((await as.visitor.call(rewards.list)).status).toBe(401);
  });

  it('M109 proposes by published rule, hears the unit and leaves the decision to people with reasons', async () => {
    const { items } = await proposed({
      title: '整改措施',
      kind: 'corrective',
      levels: [{ level: 0, amountFen: 0, benefit: '约谈并制定整改方案' }],
    });
    const { id } = items[0]!;
    expect(items.map((r) => r.unitId)).toEqual([world.units.eastVillage2]);
    const decide = () => as.owner.call(rewards.decide, { params: { id }, body: { approve: true, reason: '同意' } });
    expect((await decide()).code).toBe('reward-reply-time');
    const reply = (client: Client) =>
      client.call(rewards.reply, { params: { id }, body: { text: '去年遭遇洪灾，请予考虑。' } });
    expect((await reply(as.neighbour)).status).toBe(404);
    expect((await reply(as.clerk)).code).toBe('reward-reply-own');
    expect((await reply(as.secretary)).body).toMatchObject({ state: 'answered', reply: '去年遭遇洪灾，请予考虑。' });
    expect((await decide()).body).toMatchObject({ state: 'approved', decision: { reason: '同意', by: 'owner' } });
    const again = await as.organiser.call(rewards.propose, {
      params: { id: cycleId },
      body: { ruleId: items[0]!.ruleId },
    });
    expect(again.code).toBe('reward-done');
  });

  it('M205 computes township results, proposes up to the cap, approves, pays and publishes', async () => {
    const { items, totalFen, capFen } = await proposed({
      title: '突出乡镇奖励',
      beneficiary: 'township',
      levels: [
        { level: 1, amountFen: 10_000_000, benefit: '' },
        { level: 2, amountFen: 8_000_000, benefit: '' },
      ],
      minShareHeld: 0.4,
      top: 2,
      capFen: 15_000_000,
    });
    expect(items.map((r) => [r.unitId, r.amountFen, r.capped])).toEqual([
      [world.units.west, 10_000_000, false],
      [world.units.east, 5_000_000, true],
    ]);
    expect([totalFen, capFen]).toEqual([15_000_000, 15_000_000]);
    const { id } = items[0]!;
    await as.owner.ok(rewards.decide, { params: { id }, body: { approve: true, reason: '三星以上占比全县第一' } });
    await as.organiser.ok(rewards.pay, { params: { id }, body: { paidOn: '2026-03-06', voucher: '付字15号' } });
    const done = await as.organiser.ok(rewards.publish, { params: { id: cycleId }, body: { title: '奖励兑现情况' } });
    const text = await as.visitor.ok(publications.getPublic, { params: { id: done.publicationId } });
    expect(JSON.stringify(text.body)).toContain('西河乡');
  });

  it('stays below the cap whatever the results, and lowers only the last ones', () => {
    const results = fc.array(
      fc.record({
        unitId: fc.nat(),
        name: fc.string(),
        scheme: fc.constant('rural'),
        level: fc.integer({ min: 0, max: 5 }),
      }),
    );
    const levels = fc.array(
      fc.record({ level: fc.integer({ min: 0, max: 5 }), amountFen: fc.nat(1000), benefit: fc.constant('') }),
    );
    fc.assert(
      fc.property(results, levels, fc.nat(5000), (rs, ls, capFen) => {
        const base = { beneficiary: 'branch' as const, scheme: null, minShareHeld: null, top: null, levels: ls };
        const [capped, free] = [
          proposeForBranches({ ...base, capFen }, rs),
          proposeForBranches({ ...base, capFen: null }, rs),
        ];
        const sum = capped.reduce((total, p) => total + p.amountFen, 0);
        expect(sum).toBe(
          Math.min(
            capFen,
            free.reduce((total, p) => total + p.amountFen, 0),
          ),
        );
        const first = capped.findIndex((p) => p.capped);
        if (first >= 0) expect(capped.slice(first + 1).every((p) => p.amountFen === 0)).toBe(true);
      }),
    );
  });

  it('waits for the named result', async () => {
    const early = await world.asSystem((rq) => placeCycle(rq, world.units.county, 'publicity', 2027));
    const { body } = await rule(as.owner, { title: '另一办法' });
    const answer = await as.organiser.call(rewards.propose, {
      params: { id: early },
      body: { ruleId: (body as { id: string }).id },
    });
    expect(answer.code).toBe('reward-not-named');
  });
});

describe('results as reference', () => {
  it('M206 exports unit results with the stated weight and says that no personnel decision follows from it', async () => {
    const query = { under: world.units.county, weight: 20, cycleId, format: 'csv' as const };
    const out = await as.organiser.ok(rewards.export, { query });
    expect(out.rows.find((r) => r.unitId === world.units.east)).toMatchObject({
      branches: 2,
      threeAndUp: 0.5,
      reference: 10,
    });
    expect(out.note.zh).toContain('不据此自动作出任何人事决定');
    expect(out.csv).toContain('样例');
    expect(JSON.stringify(out)).not.toContain('secretary');
    expect((await as.clerk.call(rewards.export, { query: { ...query, under: world.units.east } })).status).toBe(403);
  });

  it('M108 sets declared targets against results with what stands behind them, and is signed off after objections', async () => {
    const view = await as.organiser.ok(rewards.target, { query: { cycleId, under: world.units.county } });
    const of = (unitId: number) => view.items.find((i) => i.unitId === unitId)!;
    expect(of(world.units.eastVillage)).toMatchObject({ target: 3, level: 4, met: true, stretchMet: false });
    expect(of(world.units.eastVillage2)).toMatchObject({ target: 2, level: 0, met: false, signedOff: null });
    const sign = (client: Client, unitId: number) =>
      client.call(rewards.signOff, { params: { unitId }, body: { cycleId, reason: '核对无误' } });
    expect((await sign(as.secretary, world.units.eastVillage2)).status).toBe(403);
    expect((await sign(as.organiser, world.units.eastVillage)).body).toEqual({ signed: true, met: true });
    expect((await sign(as.organiser, world.units.community)).code).toBe('target-not-candidate');
    const after = await as.organiser.ok(rewards.target, { query: { cycleId, under: world.units.east } });
    expect(after.items.find((i) => i.unitId === world.units.eastVillage)!.signedOff).toMatchObject({ by: 'organiser' });
  });
});
