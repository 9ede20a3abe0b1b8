import fc from 'fast-check';
import type { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCatalogue } from '../../../domain/records/catalogues/index.ts';
import { findSubjectKind, subjectKinds } from '../../../domain/records/subjects/all.ts';
import { type SubjectKind, subjects } from '../../../domain/records/subjects/index.ts';
import type { UnitType } from '../../../domain/records/units/index.ts';
import { type Bookkeeping, bookkeeping } from '../../../tests/support/books.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { insertSubjects } from './index.ts';

let world: World;
let b: Bookkeeping;

beforeAll(async () => {
  world = await createWorld();
  b = await bookkeeping(world);
});
afterAll(() => world.close());

const kindNames = Object.keys(subjectKinds);
/** What somebody might send for a field, mostly wrong. */
const value = fc.oneof(
  fc.constantFrom('single', 'head', 'light', '2026-01-01', '青石', '', '13800138000', 'pear', 'other'),
  fc.integer({ min: -5, max: 2000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }),
);

const candidates = [1, true, '青石', '2026-01-01', ['青石'], []];

/** Something that each needed field takes, so that most entries can be kept and the odd field decides. */
function needed(kind: SubjectKind): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(kind.fields).flatMap(([name, said]) => {
      const schema = kind.data.shape[name] as z.ZodType;
      if (schema.safeParse(undefined).success) return [];
      const items = Object.keys(said.choices ?? findCatalogue(said.catalogue ?? '')?.items ?? {});
      const fit = [items[0], items.slice(0, 1), ...candidates].find((c) => schema.safeParse(c).success);
      return [[name, fit]];
    }),
  );
}

const given = fc.constantFrom(...kindNames).chain((kind) => {
  const names = Object.keys(subjectKinds[kind]!.fields);
  const name = names.length > 0 ? fc.constantFrom(...names, 'undeclared') : fc.constant('undeclared');
  return fc.record({
    kind: fc.constant(kind),
    unit: fc.constantFrom('east' as const, 'eastVillage' as const),
    state: fc.option(fc.constantFrom('active', 'planned', 'in-use', 'ended', 'draft'), { nil: undefined, freq: 1 }),
    named: fc.nat(4).map((n) => n > 0),
    odd: fc.oneof(fc.constant({}), fc.dictionary(name, value, { maxKeys: 2 })),
    parent: fc.option(fc.nat(50), { nil: undefined, freq: 1 }),
    led: fc.nat(3).map((n) => n === 0),
  });
});

let number = 0;
const made: string[] = [];

interface Kept {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly data: Record<string, unknown>;
  readonly type: UnitType;
  readonly parentKind: string | null;
  readonly led: boolean;
  readonly ended: boolean;
  readonly place: string | null;
  readonly code: string | null;
}

const kept = () =>
  world.asSystem((rq) =>
    rq.db
      .many<Kept>(sql`SELECT s.id, s.kind, s.state, s.data, u.type, p.kind AS "parentKind", s.lead_unit_id IS NOT NULL AS led,
      s.to_day IS NOT NULL AS ended, s.place, s.code
      FROM subjects s JOIN units u ON u.id = s.unit_id LEFT JOIN subjects p ON p.id = s.parent_id`),
  );

/** Everything a kind says of its entries. */
function faults(s: Kept): string[] {
  const kind = findSubjectKind(s.kind);
  if (!kind) return [`${s.kind} is no kind`];
  return [
    !kind.data.safeParse(s.data).success && 'fields',
    !kind.on.includes(s.type) && 'unit',
    !Object.hasOwn(kind.states, s.state) && 'state',
    (kind.states[s.state]?.ended === true) !== s.ended && 'end',
    s.parentKind !== null && !kind.parents?.includes(s.parentKind) && 'parent',
    s.led && !kind.led && 'led',
    (s.place !== null && !kind.place) || (s.place === null && kind.place?.required === true) ? 'place' : false,
    s.code !== null && !kind.code && 'code',
  ].flatMap((fault) => (fault ? [`${s.kind} ${s.id}: ${fault}`] : []));
}

describe('whatever is sent', () => {
  it('every entry that is kept fits its kind: fields, unit, state, parent, leader, place and number', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(given, { minLength: 4, maxLength: 12 }), fc.nat(50), async (all, nth) => {
        for (const g of all) {
          const kind = findSubjectKind(g.kind)!;
          const parentId = g.parent === undefined ? undefined : made[g.parent % (made.length || 1)];
          const answer = await b.clerk.call(subjects.create, {
            body: {
              kind: g.kind,
              unitId: world.units[g.unit],
              fromDay: '2026-01-01',
              state: g.state,
              data: { ...needed(kind), ...g.odd },
              ...(g.named && !kind.nameIsPlace && !(kind.personal && 'name' in kind.personal) ? { name: '登记' } : {}),
              ...(g.named && kind.place ? { place: '东街' } : {}),
              ...(g.named && kind.code ? { code: `N${++number}` } : {}),
              ...(parentId === undefined ? {} : { parentId }),
              ...(g.led ? { leadUnitId: world.units.eastVillage } : {}),
            },
          });
          expect([200, 400, 409]).toContain(answer.status);
          if (answer.status !== 200) continue;
          taken++;
          made.push(answer.body.id);
        }
        const id = made[nth % (made.length || 1)];
        if (id !== undefined)
          for (const g of all) {
            const change = await b.clerk.call(subjects.change, {
              params: { id },
              body: { data: g.odd, unitId: world.units[g.unit], parentId: made[(g.parent ?? 0) % made.length]! },
            });
            expect([200, 400, 409]).toContain(change.status);
          }
        expect((await kept()).flatMap(faults)).toEqual([]);
      }),
      { numRuns: 15, endOnFailure: true },
    );
    // A property that refuses everything shows nothing.
    expect(taken).toBeGreaterThan(15);
  });

  it('loading many at once holds each against its kind as well', async () => {
    const { path } = await world.asSystem((rq) =>
      rq.db.one<{ path: string }>(sql`SELECT unit_path AS path FROM units WHERE id = ${world.units.eastVillage}`),
    );
    const at = { unitId: world.units.eastVillage, unitPath: path, fromDay: '2026-01-01' };
    const load = (s: object) => world.asSystem((rq) => insertSubjects(rq, [{ ...at, kind: 'household', ...s }]));
    const [head, branch] = await world.asSystem(async (rq) => {
      const [id] = await insertSubjects(rq, [
        { ...at, kind: 'cooperative', name: '总社', leadUnitId: at.unitId, data: { role: 'head', scope: '种植' } },
      ]);
      const parent = { id: id!, kind: 'cooperative', name: '总社' };
      const rest = await insertSubjects(rq, [
        { ...at, kind: 'cooperative', name: '分社', parent, tags: ['pear'], data: { role: 'branch', scope: '种植' } },
        { ...at, kind: 'household', place: '1 组 1 号' },
        { ...at, kind: 'household', place: '1 组 2 号', state: 'ended', toDay: '2026-02-01' },
      ]);
      return [id!, rest[0]!];
    });
    const view = await b.reader.ok(subjects.get, { params: { id: branch! } });
    expect(view).toMatchObject({ name: '分社', parentId: head, tags: ['pear'], data: { role: 'branch' } });
    await expect(load({ name: '某家' })).rejects.toMatchObject({ code: 'subject-needs-place' });
    await expect(load({ place: '2 号', data: { size: 3 } })).rejects.toThrow('size');
    await expect(load({ place: '2 号', state: 'ended' })).rejects.toThrow('does not go with its last day');
    expect((await kept()).flatMap(faults)).toEqual([]);
  });
});
