import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import { cover, type CoveredUnit, org, type Requirement, requirements } from '../../../domain/org/index.ts';
import { type RoleName, roleNames, starsByScheme } from '../../../domain/records/assignments/index.ts';
import type { UnitType } from '../../../domain/records/units/index.ts';
import { json, sql } from '../../platform/db/sql.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

/** What the requirements say, read as slowly and plainly as they are written. */
function bruteForce(
  units: readonly CoveredUnit[],
  edges: readonly { role: string; star: string | null; path: string }[],
) {
  return units.flatMap((u) =>
    (requirements as readonly Requirement[]).flatMap((r) => {
      if (!r.on.includes(u.type)) return [];
      if (r.only && !edges.some((e) => e.role === r.only && e.star === null && e.path === u.path)) return [];
      return (r.perStar ? u.stars : [null])
        .filter(
          (star) =>
            !edges.some(
              (e) =>
                e.role === r.role &&
                e.star === star &&
                (r.where === 'here' ? e.path === u.path : e.path.startsWith(u.path)),
            ),
        )
        .map((star) => `${r.gap}@${u.id}/${star ?? ''}`);
    }),
  );
}

describe('coverage', () => {
  it('finds exactly the gaps that the plain reading finds, for any tree and any assignments', () => {
    const types: UnitType[] = ['county', 'township', 'street', 'village', 'community', 'grid', 'estate', 'building'];
    const unit = fc.record({
      type: fc.constantFrom(...types),
      up: fc.nat(20),
      stars: fc.subarray(['branch', 'industry']),
    });
    const edge = fc.record({
      role: fc.constantFrom(...roleNames),
      at: fc.nat(20),
      star: fc.constantFrom(null, 'branch', 'industry'),
    });
    fc.assert(
      fc.property(
        fc.array(unit, { minLength: 1, maxLength: 15 }),
        fc.array(edge, { maxLength: 40 }),
        (drawn, given) => {
          const units: CoveredUnit[] = [];
          for (const [i, u] of drawn.entries()) {
            const above = i === 0 ? '' : units[u.up % i]!.path;
            units.push({ id: i + 1, name: `u${i}`, type: u.type, path: `${above}${i + 1}.`, stars: u.stars });
          }
          const edges = given.map((e) => ({ role: e.role, star: e.star, path: units[e.at % units.length]!.path }));
          const found = cover(units, edges).flatMap((row) =>
            row.posts.flatMap((p) => (p.gap ? [`${p.gap}@${row.unit.id}/${p.star ?? ''}`] : [])),
          );
          expect(found.sort()).toEqual(bruteForce(units, edges).sort());
        },
      ),
      { numRuns: 300 },
    );
  });
});

interface Made {
  readonly id: number;
  readonly type: UnitType;
  readonly path: string;
  readonly scheme: 'rural' | 'urban' | null;
}

describe('a whole county', () => {
  let world: World;
  let organiser: Client;
  let units: Made[];
  let edges: { role: RoleName; star: string | null; path: string; unitId: number; from: string; to: string | null }[];

  // Sixteen townships of twenty villages, areas and buildings below, and a random three quarters of all seats filled.
  beforeAll(async () => {
    world = await createWorld();
    await world.person('organiser', world.units.county, [['organiser', world.units.county]]);
    organiser = await world.as('organiser');
    let seed = 7;
    const chance = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
    await world.asSystem(async (rq) => {
      const { path: county } = await rq.db.one<{ path: string }>(
        sql`SELECT unit_path AS path FROM units WHERE id = ${world.units.county}`,
      );
      let next = 100_000;
      const made: (Made & { name: string; parentId: number })[] = [];
      const add = (parent: { id: number; path: string }, type: UnitType, scheme: Made['scheme'] = null) => {
        const id = next++;
        const unit = { id, type, path: `${parent.path}${id}.`, scheme, name: `${type}${id}`, parentId: parent.id };
        made.push(unit);
        return unit;
      };
      for (let t = 0; t < 16; t++) {
        const urban = t % 4 === 3;
        const town = add({ id: world.units.county, path: county }, urban ? 'street' : 'township');
        for (let v = 0; v < 20; v++) {
          const village = add(town, urban ? 'community' : 'village', urban ? 'urban' : 'rural');
          for (let a = 0; a < 6; a++) {
            const area = add(village, urban ? 'estate' : 'grid');
            for (let b = 0; b < (urban ? 4 : 1); b++) add(area, 'building');
          }
        }
      }
      await rq.db.run(sql`INSERT INTO units (id, code, type, name, parent_id, unit_path, scheme, valid_from)
        SELECT id, 'z' || id, type, name, "parentId", path, scheme, '2020-01-01'
        FROM jsonb_to_recordset(${json(made)}::jsonb) AS r (id int, type text, name text, "parentId" int, path text, scheme text)`);
      const holders = Array.from({ length: 400 }, (_, i) => ({ id: randomUUID(), name: `人${i}` }));
      await rq.db.run(sql`INSERT INTO people (id, name, unit_id, unit_path, left_on)
        SELECT r.id, r.name, ${world.units.county}, ${county}, CASE WHEN right(r.name, 1) = '7' THEN '2026-01-01'::date END
        FROM jsonb_to_recordset(${json(holders)}::jsonb) AS r (id uuid, name text)`);
      const rows: object[] = [];
      for (const u of made)
        for (const r of requirements as readonly Requirement[])
          if (r.on.includes(u.type))
            for (const star of r.perStar ? starsByScheme.rural : [null])
              if (chance() < 0.75) {
                const old = chance() < 0.1;
                const holder = holders[Math.floor(chance() * holders.length)]!;
                rows.push({
                  role: r.role,
                  star,
                  path: u.path,
                  unitId: u.id,
                  person: holder.id,
                  from: '2025-01-01',
                  to: old ? '2026-02-01' : null,
                });
              }
      await rq.db.run(sql`INSERT INTO assignments (id, role, person_id, unit_id, unit_path, star, from_day, to_day)
        SELECT gen_random_uuid(), role, person, "unitId", path, star, "from", "to" FROM jsonb_to_recordset(${json(rows)}::jsonb)
          AS r (role text, star text, path text, "unitId" int, person uuid, "from" date, "to" date)`);
    });
    await world.database.maintain('ANALYZE units; ANALYZE assignments; ANALYZE people');
    const all = await world.database.owner(async (tx) => ({
      units: await tx.many<Made>(sql`SELECT id, type, unit_path AS path, scheme FROM units WHERE valid_to IS NULL`),
      edges: await tx.many<(typeof edges)[number]>(sql`
        SELECT a.role, a.star, a.unit_path AS path, a.unit_id AS "unitId", a.from_day AS "from", a.to_day AS "to"
        FROM assignments a JOIN people p ON p.id = a.person_id
        WHERE a.from_day <= '2026-03-02' AND (a.to_day IS NULL OR a.to_day > '2026-03-02')
          AND (p.left_on IS NULL OR p.left_on > '2026-03-02')`),
    }));
    units = all.units;
    edges = all.edges;
  });
  afterAll(() => world.close());

  const starsOf = (u: Made) => {
    const schemes = new Set(units.filter((v) => v.scheme && v.path.startsWith(u.path)).map((v) => v.scheme!));
    return [...new Set([...schemes].flatMap((s) => starsByScheme[s]))];
  };

  it('lists every gap of a county of 16 townships and 320 villages, and no other', async () => {
    const plain = bruteForce(
      units.map((u) => ({
        ...u,
        name: '',
        stars: ['county', 'township', 'street'].includes(u.type) ? starsOf(u) : [],
      })),
      edges,
    );
    const listed: string[] = [];
    const kinds = new Set((requirements as readonly Requirement[]).map((r) => r.gap));
    for (let offset = 0; ; offset += 200) {
      const { items, total } = await organiser.ok(org.gaps, {
        params: { unitId: world.units.county },
        query: { limit: 200, offset },
      });
      listed.push(...items.filter((g) => kinds.has(g.gap)).map((g) => `${g.gap}@${g.unit.id}/${g.star ?? ''}`));
      if (offset + 200 >= total) break;
    }
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed.length).toBeGreaterThan(1000);
    expect(listed.sort()).toEqual(plain.sort());
    const { gaps } = await organiser.ok(org.matrix, { params: { unitId: world.units.county } });
    for (const kind of kinds)
      expect([kind, gaps.find((g) => g.gap === kind)?.count ?? 0]).toEqual([
        kind,
        plain.filter((g) => g.startsWith(`${kind}@`)).length,
      ]);
  });

  it('answers the matrix of the whole county at once', async () => {
    const { rows } = await organiser.ok(org.matrix, { params: { unitId: world.units.county } });
    expect(rows.filter((r) => r.unit.type === 'village' || r.unit.type === 'community')).toHaveLength(324);
  });
});
