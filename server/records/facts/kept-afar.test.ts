import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts } from '../../../domain/records/facts/index.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { json, sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { grant } from '../designations/index.ts';
import { createUnit, insertUnit } from '../units/index.ts';
import { proveKept } from './index.ts';

// A change in one place that shows in a number of another: beside it, or where somebody leads, is bound or has a duty.

let world: World;
/** A second tree: a city with two counties, each with a township and a village. */
const city: Record<string, number> = {};

const day = '2020-01-01';
const base = { day, document: '测试', attributes: {} };

beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00+08:00' });
  await world.asSystem(async (rq) => {
    city['city'] = await insertUnit(rq, {
      ...base,
      code: 'x',
      type: 'city',
      name: '示例市',
      parentId: null,
      parentPath: '',
      scheme: null,
      change: 'create',
    });
    const add = async (parent: string, code: string, type: 'county' | 'township' | 'village') => {
      const scheme = type === 'village' ? 'rural' : null;
      city[code] = (await createUnit(rq, { ...base, parentId: city[parent]!, code, type, name: code, scheme })).id;
    };
    for (const n of ['a', 'b']) {
      await add('city', `county-${n}`, 'county');
      await add(`county-${n}`, `town-${n}`, 'township');
      await add(`town-${n}`, `village-${n}`, 'village');
      await add(`town-${n}`, `village-${n}2`, 'village');
    }
    // One of each kind stands already, so that the first of its kind is not what marks everything.
    const { county, eastVillage, westVillage } = world.units;
    await named(rq, county, westVillage, 4);
    await bind(rq, county, await cooperative(rq, westVillage, eastVillage));
    await claim(rq, westVillage, await contact(rq, eastVillage));
  });
  await settle();
}, 240_000);
afterAll(() => world.close());

/** Everything counted and worked off; then nothing that is kept may differ from what counting gives. */
const settle = () => world.app.figures.runOnce();
async function change(work: (rq: Rq) => Promise<unknown>): Promise<void> {
  await world.asSystem(work);
  await world.app.figures.recountChanged();
  expect((await proveKept(world.database, { now: world.now(), periods: ['2026'] })).differences).toEqual([]);
}
const kept = async (unitId: number, key: string) =>
  (
    await world.asSystem((rq) =>
      rq.db.find<{ value: string }>(sql`SELECT trim_scale(value)::text AS value FROM figure_values
        WHERE unit_id = ${unitId} AND key = ${key} AND period = '2026'`),
    )
  )?.value;

const named = (rq: Rq, county: number, unitId: number, level: number) =>
  grant(rq, {
    unitId,
    grantedByUnitId: county,
    grantor: '示例',
    grantedOn: '2026-01-15',
    basis: '测试命名',
    data: { cycleId: randomUUID(), year: 2026, sample: true },
    kind: 'star-branch',
    level,
  });

async function cooperative(rq: Rq, at: number, lead: number | null): Promise<string> {
  const id = randomUUID();
  await rq.db
    .run(sql`INSERT INTO subjects (id, kind, unit_id, unit_path, name, lead_unit_id, state, from_day, created_at, changed_at, data)
    SELECT ${id}, 'cooperative', id, unit_path, '社', ${lead}, 'active', ${day}, ${rq.now}, ${rq.now}, ${json({})}::jsonb
    FROM units WHERE id = ${at}`);
  return id;
}

/** An agreement that is kept at one unit and binds a cooperative that stands, or is led, elsewhere. */
async function bind(rq: Rq, at: number, subjectId: string, kind = 'enterprise-binding'): Promise<string> {
  const id = randomUUID();
  await rq.db
    .run(sql`INSERT INTO agreements (id, kind, unit_id, unit_path, title, state, from_day, created_at, changed_at, terms)
    SELECT ${id}, ${kind}, id, unit_path, '约', 'draft', '2026-01-05', ${rq.now}, ${rq.now}, ${json({ yearlyRentFen: 50_000 })}::jsonb
    FROM units WHERE id = ${at}`);
  const role = kind === 'venue-use' ? 'group' : 'cooperative';
  for (const [as, subject, outside] of [
    [role, subjectId, null],
    ['other', null, '乙方'],
  ])
    await rq.db.run(sql`INSERT INTO agreement_parties (id, agreement_id, unit_path, role, subject_id, outside_name)
      SELECT ${randomUUID()}, ${id}, unit_path, ${as}, ${subject}, ${outside} FROM agreements WHERE id = ${id}`);
  await rq.db.run(sql`UPDATE agreements SET state = 'signing' WHERE id = ${id}`);
  await rq.db.run(
    sql`UPDATE agreement_parties SET signed_on = '2026-01-05', signed_by = '章' WHERE agreement_id = ${id}`,
  );
  await rq.db.run(sql`UPDATE agreements SET state = 'in-force', in_force_on = '2026-01-05' WHERE id = ${id}`);
  return id;
}

/** Somebody with a duty towards households there; answers the person. */
async function contact(rq: Rq, at: number): Promise<string> {
  const person = randomUUID();
  await rq.db.run(
    sql`INSERT INTO people (id, name, unit_id, unit_path) SELECT ${person}, '甲', id, unit_path FROM units WHERE id = ${at}`,
  );
  await rq.db
    .run(sql`INSERT INTO assignments (id, role, person_id, unit_id, unit_path, object_kind, object_id, from_day)
    SELECT ${randomUUID()}, 'household-contact', ${person}, id, unit_path, 'subject', ${randomUUID()}, ${day} FROM units WHERE id = ${at}`);
  return person;
}

const claim = (rq: Rq, at: number, owner: string) =>
  rq.db
    .run(sql`INSERT INTO cases (id, type, state, title, unit_id, unit_path, owner_person_id, opened_at, changed_at, data)
    SELECT ${randomUUID()}, 'claim', 'claimed', '领办', id, unit_path, ${owner}, ${rq.now}, ${rq.now}, ${json({})}::jsonb FROM units WHERE id = ${at}`);

describe('kept figures that look elsewhere', () => {
  it('of ranks in a city follow a result in another of its counties', async () => {
    await change((rq) => named(rq, city['county-a']!, city['village-a']!, 5));
    expect(await kept(city['town-a']!, 'rank-branches-star-5')).toBe('1');
    expect(await kept(city['town-b']!, 'rank-branches-star-5')).toBe('2');
    expect(await kept(city['county-b']!, 'rank-branches-star-5')).toBe('2');
    expect(await kept(city['village-b']!, 'rank-branches-star-5')).toBe('2');
  });

  it('of ranks are told as who reads would count them: of the whole city, of the own county, of no others', async () => {
    const key = 'rank-branches-star-5';
    const rank = async (login: string, unit: string) => {
      const client = await world.as(login);
      const query = { keys: key, period: '2026' };
      return (await client.ok(facts.values, { params: { id: city[unit]! }, query })).values[0]!.value;
    };
    await world.person('of-the-city', city['city']!, [['organiser', city['city']!]]);
    await world.person('of-county-b', city['county-b']!, [['organiser', city['county-b']!]]);
    await world.person('of-town-b', city['town-b']!, [['township-clerk', city['town-b']!]]);
    for (const unit of ['county-b', 'town-b', 'village-b']) expect(await rank('of-the-city', unit)).toBe('2');
    expect(await rank('of-county-b', 'county-b')).toBeNull();
    for (const unit of ['town-b', 'village-b']) expect(await rank('of-county-b', unit)).toBe('1');
    for (const unit of ['town-b', 'village-b']) expect(await rank('of-town-b', unit)).toBeNull();
  });

  it('of ranks in a county follow a result of a village in another township', async () => {
    const { county, eastVillage, westVillage } = world.units;
    await change((rq) => named(rq, county, eastVillage, 5));
    expect(await kept(westVillage, 'rank-branches-star-5')).toBe('2');
  });

  it('of a unit that leads a cooperative elsewhere follow its agreement, wherever that is kept', async () => {
    const { county, east, west, eastVillage2, westVillage } = world.units;
    let agreement = '';
    await change(async (rq) => {
      agreement = await bind(rq, county, await cooperative(rq, westVillage, eastVillage2));
    });
    expect(await kept(eastVillage2, 'coops-bound')).toBe('1');
    expect(await kept(westVillage, 'coops-bound')).toBe('0');
    await change((rq) =>
      rq.db.run(sql`UPDATE agreements SET state = 'ended', ended_on = '2026-11-01' WHERE id = ${agreement}`),
    );
    expect(await kept(eastVillage2, 'coops-bound')).toBe('0');
    expect(await kept(east, 'coops-bound')).toBe('1');
    expect(await kept(west, 'coops-bound')).toBe('0');
  });

  it('follow a cooperative that gets another leader, or none', async () => {
    const { west, community, eastVillage, westVillage } = world.units;
    let coop = '';
    await change(async (rq) => {
      coop = await cooperative(rq, westVillage, eastVillage);
      await bind(rq, west, coop);
    });
    for (const lead of [community, null, eastVillage])
      await change((rq) => rq.db.run(sql`UPDATE subjects SET lead_unit_id = ${lead} WHERE id = ${coop}`));
    expect(await kept(community, 'coops-bound')).toBe('0');
    expect(await kept(eastVillage, 'coops-bound')).toBe('2');
  });

  it('follow a leader that moves to another township', async () => {
    const { west, east, eastVillage2, westVillage } = world.units;
    await change(async (rq) => bind(rq, west, await cooperative(rq, westVillage, eastVillage2)));
    const before = Number(await kept(east, 'coops-bound'));
    await change(async (rq) => {
      const path = await rq.db.one<{
        of: string;
        to: string;
      }>(sql`SELECT u.unit_path AS of, w.unit_path AS to FROM units u, units w
        WHERE u.id = ${eastVillage2} AND w.id = ${west}`);
      await rq.db.run(sql`UPDATE units SET parent_id = ${west} WHERE id = ${eastVillage2}`);
      await rq.db.many(sql`SELECT relocate_units(${path.of}, ${`${path.to}${eastVillage2}.`}, '2026-11-20')`);
    });
    expect(Number(await kept(east, 'coops-bound'))).toBe(before - 1);
  });

  it('follow what a party is, when that changes', async () => {
    const { street, community } = world.units;
    let group = '';
    await change(async (rq) => {
      group = await cooperative(rq, community, null);
      await bind(rq, street, group, 'venue-use');
    });
    expect(await kept(street, 'venue-rent')).toBe('0');
    await change((rq) =>
      rq.db.run(sql`UPDATE subjects SET data = ${json({ type: 'art-group' })}::jsonb WHERE id = ${group}`),
    );
    expect(await kept(street, 'venue-rent')).toBe('500');
  });

  it('follow the duty, in another township, of somebody who took something on', async () => {
    const { eastVillage, westVillage } = world.units;
    let person = '';
    await change(async (rq) => {
      person = await contact(rq, eastVillage);
      await contact(rq, westVillage);
      await claim(rq, westVillage, person);
    });
    expect(await kept(westVillage, 'members-claiming-share')).toBe('200');
    await change((rq) => rq.db.run(sql`UPDATE assignments SET to_day = '2026-11-01' WHERE person_id = ${person}`));
    expect(await kept(westVillage, 'members-claiming-share')).toBe('100');
  });
});
