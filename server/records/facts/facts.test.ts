import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmations, facts, scoreBarredKeys, figures } from '../../../domain/records/facts/index.ts';
import { notices } from '../../../domain/records/notices/contract.ts';
import { units } from '../../../domain/records/units/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';

let world: World;
let organiser: Client;
let eastClerk: Client;
let secretary: Client;
let secretary2: Client;

beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00+08:00' });
  const u = world.units;
  await world.person('organiser', u.county, [['organiser', u.county]]);
  await world.person('east', u.east, [['township-clerk', u.east]]);
  await world.person('west', u.west, [['township-clerk', u.west]]);
  await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  await world.person('secretary2', u.eastVillage2, [['branch-secretary', u.eastVillage2]]);
  await world.person('grid', u.eastVillage, [['household-contact', u.eastVillage]]);
  organiser = await world.as('organiser');
  eastClerk = await world.as('east');
  secretary = await world.as('secretary');
  secretary2 = await world.as('secretary2');
});
afterAll(() => world.close());

const base = { asOf: '2026-06-30', source: '村级台账' };
const enter = (client: Client, metric: string, unitId: number, value: string, period = '2026', more: object = {}) =>
  client.call(facts.enter, { body: { ...base, metric: metric as 'population', unitId, period, value, ...more } });
const valueOf = async (client: Client, unitId: number, key: string, period = '2026') =>
  (await client.ok(facts.values, { params: { id: unitId }, query: { keys: key, period } })).values[0]!;

describe('entering', () => {
  it('M003 keeps base data with as-of date and source, rolled up by itself', async () => {
    const u = world.units;
    await enter(secretary, 'population', u.eastVillage, '1203');
    await enter(secretary2, 'population', u.eastVillage2, '850', '2026', { asOf: '2026-03-31', source: '派出所' });
    const town = await organiser.ok(facts.values, {
      params: { id: u.east },
      query: { keys: 'population,admin-villages', period: '2026', children: true },
    });
    expect(town.values[0]).toMatchObject({
      value: '2053',
      records: 2,
      asOf: '2026-06-30',
      asOfFirst: '2026-03-31',
      sources: 2,
      missingCount: 0,
    });
    expect(town.values[1]).toMatchObject({ key: 'admin-villages', value: '2' });
    const shown = Object.fromEntries(town.children.map((c) => [c.name, c.values[0]!.value]));
    expect(shown).toEqual({ 青石村: '1203', 柳沟村: '850' });
    const county = await valueOf(organiser, u.county, 'population');
    expect(county).toMatchObject({ value: '2053', missingCount: 2 });
    expect(county.missing.map((m) => m.name).sort()).toEqual(['䩐勒桥村', '向阳社区'].sort());
  });

  it('tells missing from zero', async () => {
    const u = world.units;
    expect(await valueOf(organiser, u.westVillage, 'population')).toMatchObject({ value: null, records: 0 });
    const west = await world.as('west');
    await enter(west, 'volunteer-teams', u.westVillage, '0');
    expect(await valueOf(organiser, u.westVillage, 'volunteer-teams')).toMatchObject({ value: '0', records: 1 });
    expect(await valueOf(organiser, u.westVillage, 'volunteer-service-ratio')).toMatchObject({ value: null });
  });

  it('keeps decimals exact and refuses what the metric cannot be', async () => {
    const u = world.units;
    await enter(secretary, 'collective-income', u.eastVillage, '100000.10');
    await enter(secretary2, 'collective-income', u.eastVillage2, '0.20');
    expect((await valueOf(organiser, u.east, 'collective-income')).value).toBe('100000.3');
    expect((await valueOf(organiser, u.east, 'collective-operating-income')).value).toBe('10.00003');
    expect((await valueOf(organiser, u.east, 'villages-income-at-least-100000')).value).toBe('1');
    for (const [value, code] of [
      ['abc', 'fact-not-a-number'],
      ['1e3', 'fact-not-a-number'],
      ['1.5', 'fact-too-fine'],
      ['-1', 'fact-negative'],
      ['99999999999999999', 'fact-too-large'],
    ])
      expect((await enter(secretary, 'elderly-population', u.eastVillage, value!)).code).toBe(code);
    expect((await enter(secretary, 'service-centre', u.eastVillage, '2')).code).toBe('fact-too-large');
    const future = await enter(secretary, 'households', u.eastVillage, '1', '2026', { asOf: '2026-12-31' });
    expect(future.code).toBe('fact-in-future');
    const outside = await enter(secretary, 'households', u.eastVillage, '1', '2025');
    expect(outside.code).toBe('fact-outside-period');
    expect((await enter(secretary, 'households', u.eastVillage, '1', '2026-13')).status).toBe(400);
  });

  it('never takes a derived number by hand', async () => {
    const { body } = { body: { ...base, metric: 'households-linked-share' as never, unitId: world.units.eastVillage } };
    const answer = await secretary.call(facts.enter, { body: { ...body, period: '2026', value: '1' } });
    expect(answer.status).toBe(400);
    const above = await enter(eastClerk, 'population', world.units.east, '9999');
    expect([above.status, above.code]).toEqual([409, 'fact-counted-below']);
    await enter(eastClerk, 'fraud-cases', world.units.east, '3');
    const below = await enter(secretary, 'fraud-cases', world.units.eastVillage, '1', '2026-05');
    expect([below.status, below.code]).toEqual([409, 'fact-held-above']);
  });

  it('asks for a duty on that very unit', async () => {
    const u = world.units;
    expect((await enter(secretary, 'households', u.eastVillage2, '1')).status).toBe(404);
    expect((await enter(secretary, 'households', u.east, '1')).status).toBe(404);
    const contact = await world.as('grid');
    expect((await enter(contact, 'households', u.eastVillage, '1')).status).toBe(403);
    expect((await contact.call(facts.list)).status).toBe(403);
    expect(
      (await secretary.call(facts.values, { params: { id: u.east }, query: { keys: 'population', period: '2026' } }))
        .status,
    ).toBe(404);
    const { items } = await secretary.ok(facts.list, { query: { limit: 200 } });
    expect(new Set(items.map((f) => f.unitId))).toEqual(new Set([u.eastVillage]));
  });

  it('lets one of several who enter the same number at once win', async () => {
    const u = world.units;
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => enter(secretary, 'reserve-cadres', u.eastVillage, String(i + 1))),
    );
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
    expect(answers.filter((a) => a.status === 409)).toHaveLength(7);
    const winner = answers.find((a) => a.status === 200)!.body.value;
    expect((await valueOf(secretary, u.eastVillage, 'reserve-cadres')).value).toBe(winner);
  });

  it('lets a number stand either above or below, also when both are entered at once', async () => {
    const u = world.units;
    const [above, below] = await Promise.all([
      enter(eastClerk, 'cooperatives', u.east, '5'),
      enter(secretary, 'cooperatives', u.eastVillage, '2'),
    ]);
    expect([above.status, below.status].sort()).toEqual([200, 409]);
  });
});

describe('correcting', () => {
  it('keeps the old value and says why it was replaced', async () => {
    const u = world.units;
    const first = (await enter(secretary, 'households', u.eastVillage, '300')).body;
    const body = { ...base, value: '310', reason: '漏统 10 户' };
    const second = await secretary.ok(facts.correct, { params: { id: first.id }, body });
    expect(second).toMatchObject({ value: '310', reason: '漏统 10 户', enteredBy: 'secretary' });
    const again = await secretary.call(facts.correct, { params: { id: first.id }, body });
    expect(again.code).toBe('fact-superseded');
    const same = await secretary.call(facts.correct, { params: { id: second.id }, body });
    expect(same.code).toBe('fact-unchanged');
    const shown = await secretary.ok(facts.get, { params: { id: first.id } });
    expect(shown).toMatchObject({ value: '300', supersededBy: second.id, locked: false });
    expect(shown.history.map((f) => f.value)).toEqual(['310', '300']);
    expect((await valueOf(secretary, u.eastVillage, 'households')).value).toBe('310');
    const repeated = await enter(secretary, 'households', u.eastVillage, '310');
    expect(repeated.body.id).toBe(second.id);
    expect((await enter(secretary, 'households', u.eastVillage, '311')).code).toBe('fact-already-there');
  });

  it('lets one of two simultaneous corrections win', async () => {
    const first = (await enter(secretary, 'villager-groups', world.units.eastVillage, '4')).body;
    const answers = await Promise.all(
      ['5', '6'].map((value) =>
        secretary.call(facts.correct, { params: { id: first.id }, body: { ...base, value, reason: '复核' } }),
      ),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409]);
  });

  it('withdraws: missing again, readable still', async () => {
    const first = (await enter(secretary, 'arable-land', world.units.eastVillage, '12.5')).body;
    await secretary.ok(facts.withdraw, { params: { id: first.id }, body: { reason: '填错单位' } });
    expect(await valueOf(secretary, world.units.eastVillage, 'arable-land')).toMatchObject({ value: null });
    const kept = await secretary.ok(facts.get, { params: { id: first.id } });
    expect(kept).toMatchObject({ value: '12.5', reason: '填错单位' });
    expect((await enter(secretary, 'arable-land', world.units.eastVillage, '13')).status).toBe(200);
  });
});

describe('roll-up', () => {
  it('M115 registers party organisations with their member counts and rolls both up', async () => {
    const u = world.units;
    const branch = (code: string, name: string, parentId: number) =>
      organiser.ok(units.create, {
        body: { day: '2026-01-01', document: '组', parentId, code, type: 'branch', name },
      });
    const general = await branch('b0', '青石村党总支', u.eastVillage);
    const first = await branch('b1', '第一党支部', general.id);
    const second = await branch('b2', '第二党支部', general.id);
    const office = await branch('b3', '机关党支部', u.east);
    for (const [b, n] of [
      [first, '21'],
      [second, '13'],
      [office, '30'],
    ] as const)
      expect((await enter(eastClerk, 'party-members', b.id, n)).status).toBe(200);
    expect((await valueOf(eastClerk, general.id, 'party-members')).value).toBe('34');
    expect((await valueOf(eastClerk, u.eastVillage, 'party-members')).value).toBe('34');
    expect((await valueOf(organiser, u.county, 'party-members')).value).toBe('64');
    expect((await valueOf(organiser, u.east, 'party-organisations')).value).toBe('4');
    // The general branch's own number is the sum of its branches; nobody can type another one.
    expect((await enter(eastClerk, 'party-members', general.id, '40')).code).toBe('fact-counted-below');
  });

  it('rolls ratios up as sum over sum', async () => {
    const u = world.units;
    await enter(secretary, 'households-linked', u.eastVillage, '155');
    await enter(secretary2, 'households', u.eastVillage2, '100');
    await enter(secretary2, 'households-linked', u.eastVillage2, '90');
    expect((await valueOf(secretary, u.eastVillage, 'households-linked-share')).value).toBe('0.5');
    expect((await valueOf(secretary2, u.eastVillage2, 'households-linked-share')).value).toBe('0.9');
    expect((await valueOf(organiser, u.east, 'households-linked-share')).value).toBe('0.597561');
    const records = await organiser.ok(facts.records, {
      params: { id: u.east, key: 'households-linked-share' },
      query: { period: '2026', part: 0 },
    });
    expect(records.parts.map((p) => p.value)).toEqual(['245', '410']);
    expect(records.items.map((i) => [i.unitName, i.value])).toEqual([
      ['青石村', '155'],
      ['柳沟村', '90'],
    ]);
  });

  it('adds months to a year only when all are there, and reads a stock at its latest', async () => {
    const v = world.units.westVillage;
    for (let m = 1; m <= 12; m++) {
      const month = `2025-${String(m).padStart(2, '0')}`;
      expect((await valueOf(organiser, v, 'station-events', '2025')).value).toBeNull();
      const answer = await enter(organiser, 'station-events', v, '2', month, { asOf: `${month}-28` });
      expect(answer.status).toBe(200);
    }
    expect(await valueOf(organiser, v, 'station-events', '2025')).toMatchObject({ value: '24', records: 12 });
    expect(await valueOf(organiser, v, 'station-events', '2025Q2')).toMatchObject({ value: '6', records: 3 });
    await enter(organiser, 'households', v, '200', '2025Q1', { asOf: '2025-03-31' });
    await enter(organiser, 'households', v, '210', '2025-08', { asOf: '2025-08-31' });
    expect((await valueOf(organiser, v, 'households', '2025')).value).toBe('210');
    expect((await valueOf(organiser, world.units.county, 'households', '2025')).value).toBe('210');
  });

  it('compares with the year before, and shows no survey of nine', async () => {
    const v = world.units.westVillage;
    await enter(organiser, 'collective-income', v, '80000', '2025', { asOf: '2025-12-31' });
    expect((await valueOf(organiser, v, 'collective-income-yoy')).value).toBeNull();
    await enter(organiser, 'collective-income', v, '100000', '2026');
    expect((await valueOf(organiser, v, 'collective-income-yoy')).value).toBe('25');
    await enter(organiser, 'satisfaction-points', v, '810');
    const answers = (await enter(organiser, 'satisfaction-answers', v, '9')).body;
    expect((await valueOf(organiser, v, 'satisfaction-index')).value).toBeNull();
    await organiser.ok(facts.correct, {
      params: { id: answers.id },
      body: { ...base, value: '10', reason: '补录一份' },
    });
    expect((await valueOf(organiser, v, 'satisfaction-index')).value).toBe('81');
  });

  it('leaves the numbers of earlier years where they were counted when a unit moves', async () => {
    const u = world.units;
    const village = await organiser.ok(units.create, {
      body: {
        day: '2024-01-01',
        document: '文',
        parentId: u.east,
        code: 'mv',
        type: 'village',
        name: '移村',
        scheme: 'rural',
      },
    });
    await enter(organiser, 'population', village.id, '500', '2025', { asOf: '2025-12-31' });
    await enter(organiser, 'population', village.id, '510', '2026', { asOf: '2026-10-31' });
    const of = async (client: Client, id: number, period: string) =>
      (await valueOf(client, id, 'population', period)).value;
    const before = await of(organiser, u.east, '2025');
    await organiser.ok(units.move, {
      params: { id: village.id },
      body: { day: '2026-09-01', document: '文', parentId: u.west },
    });
    expect(await of(organiser, u.east, '2025')).toBe(before);
    expect(await of(eastClerk, u.east, '2025')).toBe(before);
    expect(await of(organiser, u.west, '2025')).toBeNull();
    expect(await of(organiser, u.east, '2026')).toBe('2053');
    expect(await of(await world.as('west'), u.west, '2026')).toBe('510');
    expect(await of(await world.as('west'), village.id, '2025')).toBe('500');
    const parts = await organiser.ok(facts.values, {
      params: { id: u.east },
      query: { keys: 'population', period: '2025', children: true },
    });
    expect(parts.children.find((c) => c.unitId === village.id)?.values[0]!.value).toBe('500');
  });
});

describe('confirming', () => {
  const confirm = (client: Client, id: number, period = '2026') =>
    client.call(confirmations.confirm, { params: { id }, body: { period } });

  it('confirms upwards only, locks what is confirmed and names who is missing', async () => {
    const u = world.units;
    const early = await confirm(eastClerk, u.east);
    expect([early.status, early.code]).toEqual([409, 'confirm-children-missing']);
    expect((early.body as unknown as { error: { message: string } }).error.message).toContain('青石村');
    await remindsThose(u.eastVillage);
    expect((await confirm(secretary, u.eastVillage)).status).toBe(200);
    expect((await confirm(secretary, u.eastVillage)).code).toBe('confirm-already');
    expect((await confirm(eastClerk, u.eastVillage2)).status).toBe(200);
    const town = await confirm(eastClerk, u.east);
    expect(town.body).toMatchObject({ unitName: '东林镇', confirmedBy: 'east' });
    const locked = await enter(secretary, 'migrant-workers', u.eastVillage, '3');
    expect([locked.status, locked.code]).toEqual([409, 'fact-locked']);
    expect((await enter(secretary, 'hazards-due', u.eastVillage, '3', '2026-05', { asOf: '2026-05-31' })).code).toBe(
      'fact-locked',
    );
    expect((await enter(secretary, 'migrant-workers', u.eastVillage, '3', '2025', { asOf: '2025-12-31' })).status).toBe(
      200,
    );
    const { items } = await secretary.ok(facts.list, { query: { metric: 'population', period: '2026' } });
    const correction = { ...base, value: '1', reason: '试改' };
    expect((await secretary.call(facts.correct, { params: { id: items[0]!.id }, body: correction })).code).toBe(
      'fact-locked',
    );
    expect(
      (await secretary.call(facts.withdraw, { params: { id: items[0]!.id }, body: { reason: '试撤' } })).code,
    ).toBe('fact-locked');
    expect((await secretary.ok(facts.get, { params: { id: items[0]!.id } })).locked).toBe(true);
  });

  /** Who may confirm the village is told that the township waits; once a day, and nobody is told by a stranger or a neighbour. */
  const remindsThose = async (village: number) => {
    const u = world.units;
    const remind = (client: Client, period = '2026') =>
      client.call(confirmations.remind, { params: { id: u.east }, body: { period } });
    const unread = async () => {
      const { items } = await secretary.ok(notices.list, { query: { limit: 50 } });
      return items.filter((n) => n.kind === 'confirmation-awaited').map((n) => [n.words.zh, n.subjectId]);
    };
    expect((await remind(await world.as())).status).toBe(401);
    expect((await remind(secretary)).status).toBe(403);
    expect((await remind(eastClerk, '2027')).code).toBe('confirm-too-early');
    const first = await eastClerk.ok(confirmations.remind, { params: { id: u.east }, body: { period: '2026' } });
    expect(first.units.find((v) => v.unitId === village)).toMatchObject({ told: 1, today: false });
    expect(await unread()).toEqual([['东林镇等待青石村确认 2026 的数据', `${village}/2026`]]);
    const again = await eastClerk.ok(confirmations.remind, { params: { id: u.east }, body: { period: '2026' } });
    expect(again.units.find((v) => v.unitId === village)).toMatchObject({ told: 0, today: true });
    expect(await unread()).toHaveLength(1);
  };

  it('unlocks for a reason, and those above with it, by whoever may unlock the topmost', async () => {
    const u = world.units;
    const unlock = (client: Client, id: number) =>
      client.call(confirmations.unlock, { params: { id }, body: { period: '2026', reason: '户数有误，需更正' } });
    const below = await unlock(secretary, u.eastVillage);
    expect([below.status, below.code]).toEqual([409, 'unlock-held-above']);
    const done = await unlock(eastClerk, u.eastVillage);
    expect(done.body.unlocked.map((x) => x.name)).toEqual(['东林镇', '青石村']);
    const list = await eastClerk.ok(confirmations.list, { params: { id: u.east }, query: { period: '2026' } });
    expect(list.own.confirmedAt).toBeNull();
    expect(list.history[0]).toMatchObject({ unlockedBy: 'east', unlockReason: '户数有误，需更正' });
    expect(list.children.map((c) => [c.unitName, c.confirmedAt !== null])).toEqual([
      ['柳沟村', true],
      ['青石村', false],
    ]);
    expect((await enter(secretary, 'migrant-workers', u.eastVillage, '3')).status).toBe(200);
    const kept = await world.asSystem((rq) =>
      rq.db.many<{ verb: string }>(sql`SELECT verb FROM journal WHERE verb LIKE 'facts.%' ORDER BY id`),
    );
    expect(kept.map((k) => k.verb)).toEqual([
      ...Array<string>(2).fill('facts.remind'),
      ...Array<string>(3).fill('facts.confirm'),
      'facts.unlock',
      'facts.unlock',
    ]);
  });
});

describe('the catalogue', () => {
  it('answers every figure for every unit and bars what people raise from scoring', async () => {
    const { items } = await secretary.ok(facts.catalogue);
    expect(items.length).toBe(Object.keys(figures).length);
    expect(items.every((i) => i.definition.zh && i.definition.en && i.words.zh && i.words.en)).toBe(true);
    expect(scoreBarredKeys).toContain('petitions-count');
    for (let i = 0; i < items.length; i += 50) {
      const keys = items.slice(i, i + 50).map((m) => m.key);
      const { values } = await organiser.ok(facts.values, {
        params: { id: world.units.county },
        query: { keys: keys.join(','), period: '2026', children: true },
      });
      expect(values.map((v) => v.key)).toEqual(keys);
    }
  });
});
