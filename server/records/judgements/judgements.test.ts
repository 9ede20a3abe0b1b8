import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hundredths, outliers, ownUnit, panels } from '../../../domain/records/judgements/index.ts';
import { criteriaOf } from '../../../domain/stars/standard.ts';
import type { Client } from '../../../tests/support/world.ts';
import { createYear, openYear, ref, type Year } from '../../../tests/support/year.ts';

// Observers on site: who may judge whom, what is missing, what stands apart, and a lock that holds.
let year: Year;
let as: Year['as'];
let cycleId: string;
let observers: string[];
let kin: Client;
let items: { id: string; max: number }[];

beforeAll(async () => {
  year = await createYear();
  as = year.as;
  const { world } = year;
  cycleId = await openYear(year);
  for (const n of [4, 5]) {
    await world.person(`observer${n}`, world.units.county, [['observer', world.units.county]]);
    (as as Record<string, Client>)[`observer${n}`] = await world.as(`observer${n}`);
  }
  // An observer whose home is one of the villages to be judged.
  await world.person('kin', world.units.westVillage, [['observer', world.units.county]]);
  kin = await world.as('kin');
  observers = await world.asSystem(async (rq) =>
    (
      await rq.db.many<{ id: string }>({
        text: "SELECT id FROM people WHERE name LIKE 'observer%' OR name = 'kin' ORDER BY name",
        values: [],
      } as never)
    ).map((p) => p.id),
  );
  items = criteriaOf(year.rural).flatMap(({ criterion: { id, rule } }) =>
    rule.type === 'review' ? [{ id, max: rule.max }] : [],
  );
});
afterAll(() => year.world.close());

const open = (given: object = {}) =>
  as['organiser']!.call(panels.open, {
    body: {
      title: '逐村观摩',
      hostId: year.world.units.county,
      parentId: cycleId,
      standard: ref('sample-rural'),
      unitIds: [...year.villages],
      observers,
      ...given,
    },
  });
const sheet = (units: readonly number[], share: number, more: object = {}) =>
  units.flatMap((unitId) =>
    items.map(({ id, max }) => ({ unitId, item: id, value: (max * share).toFixed(1), ...more })),
  );
const give = (client: Client, id: string, scores: ReturnType<typeof sheet>, headers: Record<string, string> = {}) =>
  client.call(panels.score, { params: { id }, body: { scores }, headers });

describe('a round of panel scores', () => {
  let id: string;

  it('is opened by whoever assigns, with observers of the county and units below its host', async () => {
    const { units } = year.world;
    const body = {
      title: 'x',
      hostId: units.county,
      standard: ref('sample-rural'),
      unitIds: [units.eastVillage],
      observers,
    };
    expect((await as['visitor']!.call(panels.open, { body })).status).toBe(401);
    expect((await as['secretary']!.call(panels.open, { body })).status).toBe(403);
    expect((await open({ unitIds: [units.eastVillage, units.community] })).code).toBe('panel-scheme');
    expect((await open({ items: ['branch.life'] })).code).toBe('panel-no-such-item');
    expect((await open({ observers: [randomUUID()] })).status).toBe(404);
    expect((await open({ unitIds: [units.westVillage], observers: observers.slice(0, 1) })).code).toBe(
      'panel-nobody-left',
    );
    const opened = await open();
    expect(opened.status).toBe(200);
    id = opened.body.id;
    expect(opened.body.progress!.expected).toBe(items.length * (observers.length * 3 - 1));
  });

  it('M045 keeps observers from judging their own, takes scores given offline once, and shows what is missing or apart', async () => {
    const { eastVillage, eastVillage2, westVillage } = year.world.units;
    expect((await give(kin, id, sheet([westVillage], 0.9))).code).toBe('panel-conflict');
    expect((await give(as['secretary']!, id, sheet([eastVillage], 0.9))).status).not.toBe(200);
    expect((await give(as['observer1']!, id, sheet([eastVillage], 1.01))).code).toBe('panel-score-range');

    // A phone without a signal notes the scores and sends them later, twice over.
    const offline = sheet([...year.villages], 0.9, { takenAt: '2026-03-01T15:30:00+08:00' });
    const key = { 'idempotency-key': 'visit-observer-1' };
    const first = await give(as['observer1']!, id, offline, key);
    const again = await give(as['observer1']!, id, offline, key);
    expect([first.status, again.status, again.body]).toEqual([200, 200, first.body]);
    expect(first.body).toEqual({ given: offline.length, missing: 0 });

    for (const n of [2, 3, 4]) await give(as[`observer${n}`]!, id, sheet([...year.villages], 0.88));
    await give(kin, id, sheet([eastVillage, eastVillage2], 0.86));
    await give(as['observer5']!, id, sheet([eastVillage], 0.2));
    const { progress, results } = await as['organiser']!.ok(panels.get, { params: { id } });
    expect(results).toBeNull();
    expect(progress!.excluded).toEqual([
      expect.objectContaining({ name: 'kin', unitId: westVillage, why: 'own', reason: '本单位' }),
    ]);
    expect([progress!.missingTotal, new Set(progress!.missing.map((m) => m.name))]).toEqual([
      items.length * 2,
      new Set(['observer5']),
    ]);
    expect(progress!.outliers.map((o) => [o.name, o.unitId, o.value])).toEqual(
      items.map(() => ['observer5', eastVillage, null]),
    );
  });

  it('stays sealed to everybody else until it is locked, and then shows its results at once', async () => {
    const before = await as['observer2']!.ok(panels.get, { params: { id } });
    expect([before.progress, before.results, before.mine!.scores.length]).toEqual([null, null, items.length * 3]);
    const lock = (reason?: string) => as['organiser']!.call(panels.lock, { params: { id }, body: { reason } });
    expect((await lock()).code).toBe('panel-missing-scores');
    expect((await as['observer2']!.call(panels.lock, { params: { id }, body: { reason: 'x' } })).status).toBe(403);
    expect((await lock('观摩组一人因故缺席两村')).status).toBe(200);
    const { results } = await as['observer2']!.ok(panels.get, { params: { id } });
    const cell = (unitId: number, item: string) =>
      results!.find((r) => r.unitId === unitId)!.items.find((i) => i.item === item)!;
    // Trimmed: 90 and 20 of six are dropped, 88 × 3 + 86 stay. Median of 2, 8.6, 8.8, 8.8, 8.8, 9 is 8.8.
    expect(cell(year.world.units.eastVillage, 'ecology.view')).toMatchObject({
      combined: '87.5',
      scores: 6,
      outliers: 1,
    });
    expect(cell(year.world.units.eastVillage, 'civility.centre')).toMatchObject({ combined: '8.8', lowest: '2' });
    expect(cell(year.world.units.westVillage, 'ecology.view')).toMatchObject({ scores: 4 });
  });

  it('never changes once it is locked: not through a score, a recusal, a second lock, or the database itself', async () => {
    const params = { id };
    const { eastVillage } = year.world.units;
    expect((await give(as['observer5']!, id, sheet([eastVillage], 0.5))).code).toBe('judgement-round-locked');
    const aside = { params, body: { unitId: eastVillage, reason: '亲属' } };
    expect((await as['observer5']!.call(panels.recuse, aside)).code).toBe('judgement-round-locked');
    const more = { params, body: { reason: '再次' } };
    expect((await as['organiser']!.call(panels.lock, more)).status).toBe(409);
    expect((await as['organiser']!.call(panels.cancel, more)).status).toBe(409);
    const statements = [
      `UPDATE judgements SET value = 1 WHERE case_id = '${id}'`,
      `DELETE FROM judgements WHERE case_id = '${id}'`,
      `UPDATE judgement_rounds SET locked_at = NULL WHERE case_id = '${id}'`,
      `INSERT INTO judgements (id, kind, case_id, unit_id, unit_path, item, round, at, value)
        SELECT gen_random_uuid(), kind, case_id, unit_id, unit_path, item, round, at, 1 FROM judgements WHERE case_id = '${id}' LIMIT 1`,
    ];
    for (const text of statements)
      await expect(year.world.asSystem((rq) => rq.db.run({ text, values: [] } as never))).rejects.toThrow(
        /locked|permission denied/,
      );
  });

  it('lets an observer stand aside while it runs; scores already given there no longer count', async () => {
    const { eastVillage } = year.world.units;
    const round = (await open({ unitIds: [eastVillage, year.world.units.eastVillage2] })).body;
    await give(as['observer1']!, round.id, sheet([eastVillage], 0.9));
    const aside = { params: { id: round.id }, body: { unitId: eastVillage, reason: '亲属在村任职' } };
    expect((await as['second']!.call(panels.recuse, aside)).status).not.toBe(200);
    await as['observer1']!.ok(panels.recuse, aside);
    expect((await give(as['observer1']!, round.id, sheet([eastVillage], 0.9))).code).toBe('panel-conflict');
    const { progress } = await as['organiser']!.ok(panels.get, { params: { id: round.id } });
    expect(progress!.excluded).toContainEqual(expect.objectContaining({ name: 'observer1', why: 'said' }));
    expect(progress!.given).toBe(0);
    const params = { id: round.id };
    expect((await as['organiser']!.ok(panels.cancel, { params, body: { reason: '改期' } })).state).toBe('cancelled');
  });
});

describe('the rules of judging', () => {
  const path = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 });
  const textOf = (ids: number[]) => ids.map((n) => `${n}.`).join('');

  it('a conflict of interest is belonging to the unit or to anything below it, and to nothing else', () => {
    fc.assert(
      fc.property(path, path, (home, unit) => {
        const within = unit.every((n, at) => home[at] === n) && home.length >= unit.length;
        expect(ownUnit(textOf(home), textOf(unit))).toBe(within);
      }),
    );
  });

  it('an outlier is a hint: it does not depend on the order, and most scores are never outliers', () => {
    const scores = fc.array(
      fc.integer({ min: 0, max: 1000 }).map((n) => (n / 100).toFixed(2)),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(scores, (given) => {
        const far = outliers(given, 10);
        expect(far.filter(Boolean).length * 2).toBeLessThanOrEqual(given.length);
        const turned = outliers([...given].reverse(), 10).reverse();
        expect(turned).toEqual(far);
        expect(given.map(hundredths).every((n) => Number.isInteger(n))).toBe(true);
      }),
    );
  });
});
