import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../../domain/records/cases/index.ts';
import { designations } from '../../../domain/records/designations/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { grant, type Granting, withdraw } from './index.ts';

let world: World;
let organiser: Client;
let secretary: Client;
let neighbour: Client;

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  await world.person('organiser', u.county, [['organiser', u.county]]);
  await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  await world.person('neighbour', u.westVillage, [['branch-secretary', u.westVillage]]);
  organiser = await world.as('organiser');
  secretary = await world.as('secretary');
  neighbour = await world.as('neighbour');
});
afterAll(() => world.close());

const base = (given: Partial<Granting> = {}): Granting => ({
  kind: 'honour',
  unitId: world.units.eastVillage,
  grantedByUnitId: world.units.county,
  grantor: '示例县委',
  grantedOn: '2026-02-01',
  basis: '示组〔2026〕2号',
  ...given,
});

/** The code of the refusal, or null when it went through. */
const attempt = (work: (rq: Rq) => Promise<unknown>) =>
  world.asSystem(work).then(
    () => null,
    (error: { code?: string }) => error.code ?? 'defect',
  );

/** A decided downgrade of the village, as the work above leaves it. */
async function decidedCase(rq: Rq, state = 'decided'): Promise<string> {
  const id = randomUUID();
  await rq.db.run(sql`INSERT INTO cases (id, type, state, title, unit_id, unit_path, opened_at, changed_at, data)
    SELECT ${id}, 'downgrade', ${state}, '降星', id, unit_path, ${rq.now}, ${rq.now}, '{}' FROM units
    WHERE id = ${world.units.eastVillage}`);
  return id;
}

describe('granting', () => {
  it('lets only the right level grant, and only to whom it can be given', async () => {
    const { east, county, eastVillage } = world.units;
    expect(await attempt((rq) => grant(rq, base({ kind: 'star', star: 'branch', grantedByUnitId: east })))).toBe(
      'designation-grantor',
    );
    expect(await attempt((rq) => grant(rq, base({ kind: 'benchmark' })))).toBe('designation-grantor');
    expect(await attempt((rq) => grant(rq, base({ kind: 'star', star: 'branch', unitId: county })))).toBe(
      'designation-holder',
    );
    expect(await attempt((rq) => grant(rq, base({ kind: 'star' })))).toBe('designation-star');
    expect(await attempt((rq) => grant(rq, base({ validTo: '2026-01-01' })))).toBe('designation-dates');
    expect(await attempt((rq) => grant(rq, base({ unitId: eastVillage, grantedByUnitId: world.units.west })))).toBe(
      'not-found',
    );
  });

  it('gives each star once at a time and numbers certificates one after the other, also at the same moment', async () => {
    await world.asSystem((rq) => grant(rq, base({ kind: 'star', star: 'ecology', level: 1 })));
    expect(await attempt((rq) => grant(rq, base({ kind: 'star', star: 'ecology' })))).toBe('designation-held');
    const units = [world.units.eastVillage, world.units.eastVillage2, world.units.westVillage];
    const given = await Promise.all(
      units.map((unitId) => world.asSystem((rq) => grant(rq, base({ kind: 'star-branch', unitId, level: 3 })))),
    );
    expect(given.map((d) => d.number).sort()).toEqual(['星2026-0001', '星2026-0002', '星2026-0003']);
  });
});

describe('withdrawing', () => {
  it('takes a decided case of the same unit, once, and keeps the case beside the end', async () => {
    const star = await world.asSystem((rq) => grant(rq, base({ kind: 'star', star: 'safety' })));
    const early = await world.asSystem((rq) => decidedCase(rq, 'proposed'));
    const by = (caseId: string) => ({ onDay: '2026-03-01', caseId });
    expect(await attempt((rq) => withdraw(rq, star.id, by(early)))).toBe('designation-by-case');
    const decided = await world.asSystem((rq) => decidedCase(rq));
    const ended = await world.asSystem((rq) => withdraw(rq, star.id, by(decided)));
    expect(ended).toMatchObject({ withdrawnOn: '2026-03-01', withdrawnByCaseId: decided });
    expect(await attempt((rq) => withdraw(rq, star.id, by(decided)))).toBe('designation-ended');
    const on = async (day: string) =>
      (await organiser.ok(designations.list, { query: { star: 'safety', on: day } })).total;
    expect([await on('2026-02-28'), await on('2026-03-01')]).toEqual([1, 0]);
  });

  it('cannot be done by rewriting the row', async () => {
    const code = await attempt((rq) => rq.db.run(sql`UPDATE designations SET level = 5`));
    expect(code).toBe('23514');
  });
});

describe('reading', () => {
  it('shows a branch its own, a neighbour nothing, a visitor the door', async () => {
    const own = await secretary.ok(designations.list, {});
    expect(own.items.every((d) => d.unitId === world.units.eastVillage)).toBe(true);
    expect(own.total).toBeGreaterThan(0);
    const one = own.items[0]!;
    expect((await neighbour.call(designations.get, { params: { id: one.id } })).status).toBe(404);
    expect((await secretary.call(designations.get, { params: { id: one.id } })).status).toBe(200);
    const visitor = await world.as();
    expect((await visitor.call(designations.list)).status).toBe(401);
  });
});

describe('a status of a subject or of a work module', () => {
  let clerk: Client;
  let courtyard: string;
  let product: string;

  const addSubject = (kind: string, name: string, unitId: number) =>
    world.asSystem(async (rq) => {
      const id = randomUUID();
      await rq.db.run(sql`
        INSERT INTO subjects (id, kind, unit_id, unit_path, name, place, state, from_day, created_at, changed_at)
        SELECT ${id}, ${kind}, id, unit_path, ${name}, ${name}, 'active', '2026-01-01', ${rq.now}, ${rq.now}
        FROM units WHERE id = ${unitId}`);
      return id;
    });

  beforeAll(async () => {
    await world.person('clerk', world.units.east, [['township-clerk', world.units.east]]);
    clerk = await world.as('clerk');
    courtyard = await addSubject('household', '东村一组 12 号', world.units.eastVillage);
    product = await addSubject('product', '示例红梨', world.units.eastVillage);
  });

  const award = (given: object = {}) => ({
    kind: 'five-beauty-courtyard' as const,
    subjectId: courtyard,
    grantedByUnitId: world.units.eastVillage,
    grantor: '东村村委会',
    grantedOn: '2026-03-01',
    basis: '东村评选结果公告',
    ...given,
  });
  const give = (who: Client, given?: object) => who.call(designations.grant, { body: award(given) });

  it('is granted to a household by its village, once, and is counted by the day', async () => {
    const answer = await give(secretary);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      subjectId: courtyard,
      subjectName: '东村一组 12 号',
      unitId: world.units.eastVillage,
    });
    expect((await give(secretary)).code).toBe('designation-held');
    const { total } = await secretary.ok(designations.list, {
      query: { kind: 'five-beauty-courtyard', subject: courtyard, on: '2026-03-02' },
    });
    expect(total).toBe(1);
  });

  it('is refused to the wrong holder, by the wrong hand, and on the wrong page', async () => {
    expect((await give(secretary, { subjectId: product })).code).toBe('designation-holder');
    expect((await give(secretary, { subjectId: undefined, unitId: world.units.eastVillage })).code).toBe(
      'designation-holder',
    );
    expect((await give(secretary, { subjectId: undefined })).status).toBe(400);
    expect((await give(neighbour)).status).toBe(404);
    expect((await give(await world.as())).status).toBe(401);
    expect((await give(secretary, { subjectId: randomUUID() })).status).toBe(404);
    const plaque = { kind: 'plaque', subjectId: undefined, unitId: world.units.eastVillage };
    expect((await give(secretary, plaque)).code).toBe('designation-elsewhere');
  });

  it('that a body above granted is registered by the township, with its own fields (M173)', async () => {
    const certified = (who: Client, grantedByUnitId: number, data: object) =>
      give(who, {
        kind: 'product-certification',
        subjectId: product,
        outside: true,
        grantedByUnitId,
        grantor: '省农业农村厅',
        validTo: '2029-02-28',
        data,
      });
    const village = world.units.eastVillage;
    expect((await certified(secretary, village, { type: 'green' })).code).toBe('designation-registrar');
    expect((await certified(clerk, world.units.east, { type: 'golden' })).status).toBe(400);
    expect((await certified(clerk, world.units.east, {})).status).toBe(400);
    expect((await certified(clerk, world.units.east, { type: 'green' })).status).toBe(200);
    const count = async (on: string) =>
      (await clerk.ok(designations.list, { query: { kind: 'product-certification', on } })).total;
    expect([await count('2029-02-28'), await count('2029-03-01')]).toEqual([1, 0]);
  });

  it('ends only by the case about it, and only after its holder was heard', async () => {
    const [held] = (await secretary.ok(designations.list, { query: { subject: courtyard } })).items;
    const end = (who: Client, caseId: string) =>
      who.call(designations.withdraw, { params: { id: held!.id }, body: { caseId, onDay: '2026-03-02' } });
    const propose = (designationId: string) =>
      clerk.ok(cases.open, {
        body: {
          type: 'status-withdrawal',
          title: '庭院称号复核',
          unitId: world.units.eastVillage,
          data: { designationId, facts: '复核未达标准' },
        },
      });
    const other = await propose(randomUUID());
    expect((await end(clerk, other.id)).code).toBe('designation-other-case');
    const c = await propose(held!.id);
    const step = (who: Client, name: string, given: object) =>
      who.call(cases.step, { params: { id: c.id }, body: { step: name, ...given } });
    expect((await end(clerk, c.id)).code).toBe('designation-by-case');
    const decision = { reason: '核实属实', document: '东村〔2026〕3号' };
    expect((await step(clerk, 'decide', decision)).code).toBe('case-wrong-state');
    expect((await step(clerk, 'hear', { reason: '已听取' })).code).toBe('case-not-by-raiser');
    expect((await step(secretary, 'hear', { reason: '住户表示认可' })).status).toBe(200);
    expect((await step(clerk, 'decide', decision)).status).toBe(200);
    expect((await end(secretary, c.id)).status).toBe(403);
    expect((await end(clerk, c.id)).status).toBe(200);
    expect((await end(clerk, c.id)).code).toBe('designation-ended');
  });
});
