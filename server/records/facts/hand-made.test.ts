import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts } from '../../../domain/records/facts/index.ts';
import { createUnit } from '../units/index.ts';
import { json, sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

// A county of four branches with records written by hand, and the figures that a person counts from them on paper.

let world: World;
let organiser: Client;
const path = new Map<number, string>();

const day = (text: string) => new Date(`${text}T04:00:00Z`);
const at = (unitId: number) => path.get(unitId)!;

async function subject(
  rq: Rq,
  kind: string,
  unitId: number,
  data: object = {},
  more: { state?: string; lead?: number; parent?: string } = {},
) {
  const id = randomUUID();
  await rq.db
    .run(sql`INSERT INTO subjects (id, kind, unit_id, unit_path, name, lead_unit_id, parent_id, state, from_day, created_at, changed_at, data)
    VALUES (${id}, ${kind}, ${unitId}, ${at(unitId)}, ${kind}, ${more.lead ?? null}, ${more.parent ?? null}, ${more.state ?? 'active'}, '2025-03-01', ${day('2025-03-01')},
      ${day('2025-03-01')}, ${json(data)}::jsonb)`);
  return id;
}

async function agreement(
  rq: Rq,
  kind: string,
  unitId: number,
  parties: readonly [string, string][],
  terms: object,
  days: readonly [string, string | null],
) {
  const id = randomUUID();
  await rq.db
    .run(sql`INSERT INTO agreements (id, kind, unit_id, unit_path, title, state, from_day, created_at, changed_at, terms)
    VALUES (${id}, ${kind}, ${unitId}, ${at(unitId)}, ${kind}, 'draft', ${days[0]}, ${day(days[0])}, ${day(days[0])}, ${json(terms)}::jsonb)`);
  for (const [role, subjectId] of parties)
    await rq.db.run(sql`INSERT INTO agreement_parties (id, agreement_id, unit_path, role, subject_id)
      VALUES (${randomUUID()}, ${id}, ${at(unitId)}, ${role}, ${subjectId})`);
  await rq.db.run(sql`UPDATE agreements SET state = 'signing' WHERE id = ${id}`);
  await rq.db.run(
    sql`UPDATE agreement_parties SET signed_on = ${days[0]}, signed_by = '章' WHERE agreement_id = ${id}`,
  );
  await rq.db.run(sql`UPDATE agreements SET state = 'in-force', in_force_on = ${days[0]} WHERE id = ${id}`);
  if (days[1]) await rq.db.run(sql`UPDATE agreements SET state = 'ended', ended_on = ${days[1]} WHERE id = ${id}`);
}

async function kase(
  rq: Rq,
  type: string,
  state: string,
  unitId: number,
  data: object,
  opened: string,
  closed: string | null = null,
  due: string | null = null,
) {
  await rq.db
    .run(sql`INSERT INTO cases (id, type, state, title, unit_id, unit_path, due_on, opened_at, changed_at, closed_at, data)
    VALUES (${randomUUID()}, ${type}, ${state}, ${type}, ${unitId}, ${at(unitId)}, ${due}, ${day(opened)}, ${day(opened)},
      ${closed === null ? null : day(closed)}, ${json(data)}::jsonb)`);
}

async function event(
  rq: Rq,
  kind: string,
  unitId: number,
  onDay: string,
  state: 'held' | 'planned',
  data: object = {},
  others = 0,
) {
  await rq.db
    .run(sql`INSERT INTO events (id, kind, unit_id, unit_path, title, state, on_day, held_recorded_at, others, created_at, changed_at, data)
    VALUES (${randomUUID()}, ${kind}, ${unitId}, ${at(unitId)}, ${kind}, ${state}, ${onDay}, ${state === 'held' ? day(onDay) : null}, ${others},
      ${day(onDay)}, ${day(onDay)}, ${json(data)}::jsonb)`);
}

async function granted(
  rq: Rq,
  kind: string,
  unitId: number,
  on: string,
  more: { level?: number; year?: number; subjectId?: string } = {},
) {
  await rq.db
    .run(sql`INSERT INTO designations (id, kind, unit_id, unit_path, level, granted_by_unit_id, grantor, granted_on, basis, subject_id, data)
    VALUES (${randomUUID()}, ${kind}, ${unitId}, ${at(unitId)}, ${more.level ?? null}, ${world.units.county}, '县', ${on}, '文件', ${more.subjectId ?? null},
      ${json(more.year ? { year: more.year } : {})}::jsonb)`);
}

async function fact(rq: Rq, metric: string, unitId: number, period: string, value: number) {
  await rq.db
    .run(sql`INSERT INTO facts (id, metric, unit_id, unit_path, counted_path, period, value, as_of, source, entered_at)
    VALUES (${randomUUID()}, ${metric}, ${unitId}, ${at(unitId)}, ${at(unitId)}, ${period}, ${value}, ${`${period}-06-30`}, '公安', ${day(`${period}-07-01`)})`);
}

/** A book with entries: [day, debit account, credit account, amount in fen]. */
async function book(
  rq: Rq,
  kind: string,
  unitId: number,
  accounts: readonly [string, string][],
  entries: readonly [string, string, string, number, string?][],
) {
  const id = randomUUID();
  await rq.db.run(sql`INSERT INTO books (id, kind, unit_id, unit_path, title, measure, opened_on, entries, created_at)
    VALUES (${id}, ${kind}, ${unitId}, ${at(unitId)}, ${kind}, 'fen', '2024-01-01', ${entries.length}, ${day('2024-01-01')})`);
  const ids = new Map<string, string>();
  for (const [code, type] of accounts) {
    ids.set(code, randomUUID());
    await rq.db.run(
      sql`INSERT INTO accounts (id, book_id, unit_path, code, name, class) VALUES (${ids.get(code)}, ${id}, ${at(unitId)}, ${code}, ${code}, ${type})`,
    );
  }
  for (const [n, [on, debit, credit, amount, who]] of entries.entries()) {
    const entry = randomUUID();
    await rq.db.run(
      sql`INSERT INTO entries (id, book_id, unit_path, number, on_day, text, posted_at) VALUES (${entry}, ${id}, ${at(unitId)}, ${n + 1}, ${on}, '笔', ${day(on)})`,
    );
    const line = (position: number, account: string, sum: number) =>
      sql`(${randomUUID()}::uuid, ${entry}::uuid, ${id}::uuid, ${ids.get(account)}::uuid, ${at(unitId)}, ${on}::date, ${sum}::bigint, ${who ?? null}::uuid, ${position}::int)`;
    await rq.db
      .run(sql`INSERT INTO entry_lines (id, entry_id, book_id, account_id, unit_path, on_day, amount, subject_id, position)
      VALUES ${line(1, debit, amount)}, ${line(2, credit, -amount)}`);
  }
}

async function value(key: string, period: string, unit: keyof World['units'] = 'county'): Promise<number | null> {
  const { values } = await organiser.ok(facts.values, {
    params: { id: world.units[unit] },
    query: { keys: key, period },
  });
  return values[0]!.value === null ? null : Number(values[0]!.value);
}

beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00+08:00' });
  const u = world.units;
  await world.person('office', u.county, [['organiser', u.county]]);
  organiser = await world.as('office');
  await world.asSystem(async (rq) => {
    const rows = await rq.db.many<{ id: number; path: string }>(sql`SELECT id, unit_path AS path FROM units`);
    for (const row of rows) path.set(row.id, row.path);
    for (const [code, parentId] of [
      ['tf1', u.county],
      ['tf2', u.county],
      ['tf3', u.east],
    ] as const)
      await createUnit(rq, {
        day: '2025-03-01',
        document: '测试',
        attributes: {},
        code,
        parentId,
        type: 'task-force',
        name: `专班${code}`,
        scheme: null,
      });
    const coop = await subject(
      rq,
      'cooperative',
      u.eastVillage,
      { role: 'head', model: '土地流转' },
      { lead: u.eastVillage },
    );
    const second = await subject(
      rq,
      'cooperative',
      u.westVillage,
      { role: 'branch', model: '劳务服务' },
      { parent: coop },
    );
    const firm = await subject(rq, 'enterprise', u.east, { leading: true, sector: 'processing' });
    const farm = await subject(rq, 'household', u.eastVillage);
    const farm2 = await subject(rq, 'household', u.eastVillage);
    // Two agreements of one cooperative count it once; the second cooperative's has ended.
    await agreement(
      rq,
      'enterprise-binding',
      u.eastVillage,
      [
        ['cooperative', coop],
        ['leading-enterprise', firm],
      ],
      {},
      ['2025-04-01', null],
    );
    await agreement(
      rq,
      'enterprise-binding',
      u.eastVillage,
      [
        ['cooperative', coop],
        ['leading-enterprise', firm],
      ],
      {},
      ['2026-01-01', null],
    );
    await agreement(
      rq,
      'enterprise-binding',
      u.westVillage,
      [
        ['cooperative', second],
        ['leading-enterprise', firm],
      ],
      {},
      ['2025-04-01', '2026-02-01'],
    );
    await agreement(
      rq,
      'farmer-binding',
      u.eastVillage,
      [
        ['cooperative', coop],
        ['farmer', farm],
      ],
      {},
      ['2025-04-01', null],
    );
    await agreement(
      rq,
      'land-gift',
      u.eastVillage,
      [
        ['giver', farm],
        ['giver', farm2],
      ],
      { areaMu: 3.5 },
      ['2026-05-01', null],
    );
    await subject(rq, 'small-garden', u.eastVillage, { acceptedOn: '2026-05-01' }, { state: 'in-use' });
    await subject(rq, 'small-garden', u.westVillage, {}, { state: 'building' });
    await granted(rq, 'five-beauty-courtyard', u.eastVillage, '2026-03-01', { subjectId: farm });
    await granted(rq, 'five-beauty-courtyard', u.eastVillage, '2026-06-01', { subjectId: farm });
    await granted(rq, 'star-branch', u.eastVillage, '2026-01-20', { level: 5, year: 2025 });
    await granted(rq, 'star-branch', u.westVillage, '2026-01-20', { level: 3, year: 2025 });
    await granted(rq, 'star-branch', u.community, '2025-01-20', { level: 4, year: 2024 });
    const collective: [string, string][] = [
      ['asset:bank', 'asset'],
      ['income:lease', 'income'],
      ['income:operations', 'income'],
    ];
    await book(rq, 'village-collective', u.eastVillage, collective, [
      ['2024-05-01', 'asset:bank', 'income:lease', 4_000_000],
      ['2025-05-01', 'asset:bank', 'income:lease', 9_000_000],
      ['2025-09-01', 'asset:bank', 'income:operations', 3_000_000],
    ]);
    await book(rq, 'village-collective', u.westVillage, collective, [
      ['2025-05-01', 'asset:bank', 'income:lease', 6_000_000],
    ]);
    await book(
      rq,
      'project',
      u.eastVillage,
      [
        ['asset:bank', 'asset'],
        ['income:funds', 'income'],
        ['expense:wages-local', 'expense'],
      ],
      [
        ['2026-03-01', 'asset:bank', 'income:funds', 50_000_000],
        ['2026-04-01', 'expense:wages-local', 'asset:bank', 1_200_000, farm],
        ['2026-05-01', 'expense:wages-local', 'asset:bank', 800_000, farm2],
      ],
    );
    await kase(rq, 'special-report', 'heard', u.east, {}, '2026-03-01');
    await kase(rq, 'special-report', 'submitted', u.east, {}, '2026-04-01');
    await kase(rq, 'matter', 'closed', u.eastVillage, {}, '2026-03-01', '2026-03-05', '2026-03-10');
    await kase(rq, 'matter', 'closed', u.eastVillage, {}, '2026-03-01', '2026-03-20', '2026-03-10');
    await kase(rq, 'survey', 'closed', u.eastVillage, { satisfaction: 90, sample: 30 }, '2026-03-01', '2026-03-20');
    await kase(rq, 'survey', 'closed', u.westVillage, { satisfaction: 80, sample: 10 }, '2026-03-01', '2026-03-20');
    await kase(rq, 'survey', 'closed', u.community, { satisfaction: 10, sample: 4 }, '2026-03-01', '2026-03-20');
    await event(rq, 'training-batch', u.county, '2026-03-10', 'held', { external: false });
    await event(rq, 'training-batch', u.county, '2026-12-10', 'planned', { external: false });
    await event(rq, 'weekly-consultation', u.eastVillage, '2026-11-16', 'held');
    await event(rq, 'weekly-consultation', u.eastVillage, '2026-11-18', 'held');
    await event(rq, 'opera-show', u.westVillage, '2026-05-01', 'held', {}, 120);
    for (const [period, cases, people] of [
      ['2025', 10, 20_000],
      ['2026', 6, 20_000],
    ] as const) {
      await fact(rq, 'fraud-cases', u.eastVillage, period, cases);
      await fact(rq, 'population', u.eastVillage, period, people);
    }
    for (const period of ['2024', '2025', '2026']) await fact(rq, 'petitions-count', u.eastVillage, period, 0);
    await fact(rq, 'petitions-count', u.eastVillage, '2023', 2);
  });
}, 200_000);
afterAll(() => world.close());

describe('figures counted by hand', () => {
  it.each<[string, string, number | null, (keyof World['units'])?]>([
    ['coops-bound', '2026', 1],
    ['coops-bound', '2025', 2],
    ['leading-enterprises-bound', '2025', 1],
    ['double-binding-coverage', '2026', 33.333333],
    ['villages-branch-led-coop', '2026', 1],
    ['head-coops', '2026', 1],
    ['branch-coops', '2026', 1, 'west'],
    ['coop-models', '2026', 2],
    ['land-given', 'to-date', 3.5],
    ['five-gardens-new', '2026', 1],
    ['five-beauty-courtyards', '2026', 1],
    ['branches-star-5', '2025', 1],
    ['branches-star-3', '2025', 1],
    ['branches-star-4', '2025', 0],
    ['share-star-3-plus', '2025', 50],
    ['rank-branches-star-5', '2025', 1, 'east'],
    ['rank-branches-star-5', '2025', 2, 'west'],
    // 12 and 6 ten-thousands in 2025; 4 in 2024.
    ['villages-income-at-least/1', '2025', 2],
    ['villages-income-at-least/2', '2025', 1],
    ['villages-income-at-least/1', '2024', 0],
    ['villages-income-growth-percent', '2025', null],
    // 18 less 4, a growth of 350 %.
    ['collective-income-yoy', '2025', 350],
    ['collective-income-yoy', '2025', 200, 'eastVillage'],
    ['funds-raised', '2026', 50],
    ['local-wages-and-machines', 'to-date', 2],
    ['household-average-gain', 'to-date', 10_000],
    ['taskforce-hearings', 'to-date', null],
    ['governance-improvement', '2026', null],
    // (90 × 30 + 80 × 10 + 10 × 4) ÷ 44, and nothing where four answered.
    ['satisfaction-index', '2026', 80.454545],
    ['satisfaction-index', '2026', null, 'community'],
    ['training-batches/leaders', '2026', 1],
    ['consultations-per-week', '2026-W47', 2],
    ['consultations-per-week', '2026-W46', 0],
    ['opera-shows', '2026', 1],
    ['opera-shows', '2026Q3', 0],
    ['fraud-rate-yoy', '2026', -40],
    ['years-without-petition', '2026', 3, 'eastVillage'],
    ['production-base-area', '2026', null],
    // Two task forces of the county and one of a township: each level counts its own.
    ['task-forces', '2026', 2],
    ['task-forces', '2026', 1, 'east'],
    // No standard has been published: how many stars there are is missing, and so is what is counted by star.
    ['task-forces-per-star', '2026', null],
    ['cycle-year', '2025', 2025],
  ])('%s in %s is %s', async (key, period, expected, unit) => {
    const found = await value(key, period, unit);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(expected, 5);
  });

  it('opens each number to the records that add up to it', async () => {
    for (const [key, period, sum, kind] of [
      ['coops-bound', '2026', 1, 'agreement'],
      ['funds-raised', '2026', 50, 'entry'],
      ['villages-income-at-least/1', '2025', 2, 'unit'],
      ['opera-shows', '2026', 1, 'event'],
      ['five-beauty-courtyards', '2026', 1, 'designation'],
    ] as const) {
      const opened = await organiser.ok(facts.records, {
        params: { id: world.units.county, key },
        query: { period, limit: 50 },
      });
      expect([key, opened.items.reduce((n, r) => n + Number(r.value), 0)]).toEqual([key, sum]);
      expect(new Set(opened.items.map((r) => r.kind))).toEqual(new Set([kind]));
      expect(opened.value).not.toBeNull();
    }
  });

  it('adds up the tree: a county is the sum of its parts for counts and sums', async () => {
    for (const [key, period] of [
      ['villages-income-at-least/1', '2025'],
      ['branches-star-5', '2025'],
      ['funds-raised', '2026'],
      ['five-gardens-new', '2026'],
    ] as const) {
      const { values, children } = await organiser.ok(facts.values, {
        params: { id: world.units.county },
        query: { keys: key, period, children: true },
      });
      const parts = children.reduce((n, c) => n + Number(c.values[0]!.value ?? 0), 0);
      expect([key, parts]).toEqual([key, Number(values[0]!.value)]);
    }
  });
});
