import { randomUUID } from 'node:crypto';
import {
  type Cond,
  figureKeys,
  figures,
  type Expr,
  isLeaf,
  partsOf,
  type RecordsLeaf,
  type Source,
} from '../../domain/records/facts/index.ts';
import { json, sql } from '../../server/platform/db/sql.ts';
import type { Rq } from '../../server/platform/rq.ts';

// Records of every kind that any figure counts, made from the catalogue itself: a figure that is added is tried without
// anybody writing an example for it. Written as their stores write them, around the rules, which are tested elsewhere.

const within = (expr: Expr): readonly Expr[] =>
  expr.of === 'units-where' ? [expr.part, ...(expr.among ? [expr.among] : [])] : partsOf(expr);

const leavesIn = (expr: Expr): RecordsLeaf[] =>
  isLeaf(expr) ? (expr.of === 'records' ? [expr] : []) : within(expr).flatMap(leavesIn);

/** Every source that a figure of the catalogue counts, each once. */
export const everySource: readonly Source[] = [
  ...new Map(
    figureKeys
      .flatMap((key) => leavesIn(figures[key]!.expr))
      .filter((leaf) => leaf.source.table !== 'units')
      .map((leaf) => [JSON.stringify(leaf.source), leaf.source]),
  ).values(),
];

export interface Place {
  readonly unitId: number;
  readonly path: string;
}

/** Where and when a record is made, and numbers to draw from. */
export interface Draw {
  readonly at: Place;
  /** Another unit: where the other party stands, or who leads. */
  readonly other: Place;
  readonly day: string;
  readonly n: number;
}

/** Fields that meet the conditions, and numbers where a number is taken. */
function dataFor(has: readonly Cond[] | undefined, numbers: readonly (string | undefined)[], n: number) {
  const data: Record<string, unknown> = { year: 2026 - (n % 2) };
  for (const field of numbers) if (field) data[field] = (n % 7) + 1;
  for (const c of has ?? []) {
    if (c.is !== undefined) data[c.field] = c.is;
    else if (c.in) data[c.field] = c.in[n % c.in.length];
    else if (c.atLeast !== undefined) data[c.field] = c.atLeast + (n % 3);
    else if (c.atLeastField) [data[c.atLeastField], data[c.field]] = [1, 1 + (n % 3)];
    // Another figure may take the same field as a number.
    else data[c.field] = c.set ? (n % 7) + 1 : '样例';
  }
  return data;
}

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
const noon = (day: string) => `${day}T12:00:00+08:00`;

/** A subject of a kind; answers its id. */
export async function anySubject(rq: Rq, kind: string, d: Draw, data: object = {}, led = false, state = 'active') {
  const id = randomUUID();
  await rq.db
    .run(sql`INSERT INTO subjects (id, kind, unit_id, unit_path, name, lead_unit_id, state, from_day, created_at, changed_at, data)
    VALUES (${id}, ${kind}, ${d.at.unitId}, ${d.at.path}, ${kind}, ${led ? d.other.unitId : null}, ${state}, ${d.day}, ${noon(d.day)}, ${noon(d.day)},
      ${json(data)}::jsonb)`);
  return id;
}

async function anyAgreement(rq: Rq, kind: string, terms: object, roles: readonly string[], subjectId: string, d: Draw) {
  const id = randomUUID();
  await rq.db
    .run(sql`INSERT INTO agreements (id, kind, unit_id, unit_path, title, state, from_day, created_at, changed_at, terms)
    VALUES (${id}, ${kind}, ${d.at.unitId}, ${d.at.path}, ${kind}, 'draft', ${d.day}, ${noon(d.day)}, ${noon(d.day)}, ${json(terms)}::jsonb)`);
  for (const [i, role] of roles.entries())
    await rq.db.run(sql`INSERT INTO agreement_parties (id, agreement_id, unit_path, role, subject_id, unit_id)
      VALUES (${randomUUID()}, ${id}, ${d.at.path}, ${role}, ${i === 0 ? subjectId : null}, ${i === 0 ? null : d.other.unitId})`);
  await rq.db.run(sql`UPDATE agreements SET state = 'signing' WHERE id = ${id}`);
  await rq.db.run(sql`UPDATE agreement_parties SET signed_on = ${d.day}, signed_by = '章' WHERE agreement_id = ${id}`);
  await rq.db.run(sql`UPDATE agreements SET state = 'in-force', in_force_on = ${d.day} WHERE id = ${id}`);
}

async function anyLines(rq: Rq, s: Extract<Source, { table: 'lines' }>, d: Draw) {
  const [book, entry] = [randomUUID(), randomUUID()];
  const kind = pick(s.books, d.n);
  await rq.db.run(sql`INSERT INTO books (id, kind, unit_id, unit_path, title, measure, opened_on, entries, created_at)
    VALUES (${book}, ${kind}, ${d.at.unitId}, ${d.at.path}, ${s.bookTitle || kind}, 'fen', '2024-01-01', 1, ${noon(d.day)})`);
  const [one, two] = [randomUUID(), randomUUID()];
  const code = pick(s.accounts, d.n);
  for (const [id, c, type] of [
    [one, d.n % 2 === 0 ? code : `${code}:part`, 'income'],
    [two, 'equity:other', 'equity'],
  ] as const)
    await rq.db.run(
      sql`INSERT INTO accounts (id, book_id, unit_path, code, name, class) VALUES (${id}, ${book}, ${d.at.path}, ${c}, ${c}, ${type})`,
    );
  const subjectId = s.key === 'subject' ? await anySubject(rq, 'household', d) : null;
  await rq.db.run(sql`INSERT INTO entries (id, book_id, unit_path, number, on_day, text, posted_at)
    VALUES (${entry}, ${book}, ${d.at.path}, 1, ${d.day}, '样例', ${noon(d.day)})`);
  const amount = (d.n + 1) * 100;
  await rq.db
    .run(sql`INSERT INTO entry_lines (id, entry_id, book_id, account_id, unit_path, on_day, amount, position, subject_id, purpose, fund_source)
    SELECT gen_random_uuid(), ${entry}, ${book}, x.account, ${d.at.path}, ${d.day}::date, x.amount, x.n, ${subjectId}::uuid, ${s.purposes ? pick(s.purposes, d.n) : null},
      ${s.fundSources ? pick(s.fundSources, d.n) : null}
    FROM unnest(${[one, two]}::uuid[], ${[amount, -amount]}::bigint[], ${[1, 2]}::int[]) AS x (account, amount, n)`);
}

async function anyEvent(rq: Rq, s: Extract<Source, { table: 'events' }>, d: Draw) {
  const id = randomUUID();
  const held = d.n % 5 !== 4;
  await rq.db
    .run(sql`INSERT INTO events (id, kind, unit_id, unit_path, title, state, on_day, held_recorded_at, others, star, created_at, changed_at, data)
    VALUES (${id}, ${pick(s.kinds, d.n)}, ${d.at.unitId}, ${d.at.path}, '样例', ${held ? 'held' : 'planned'}, ${d.day}, ${held ? noon(d.day) : null}, ${d.n % 4},
      'branch', ${noon(d.day)}, ${noon(d.day)}, ${json(dataFor(s.has, [s.amount, s.times], d.n))}::jsonb)`);
  const subjectId = await anySubject(rq, 'household', d);
  await rq.db.run(sql`INSERT INTO event_roster (id, event_id, unit_path, role, subject_id, attended)
    VALUES (${randomUUID()}, ${id}, ${d.at.path}, ${s.role ?? 'attendee'}, ${subjectId}, true)`);
  if (s.standing)
    await rq.db.run(sql`INSERT INTO event_items (id, event_id, unit_path, position, title, standing, state)
      VALUES (${randomUUID()}, ${id}, ${d.at.path}, 1, '样例', ${s.standing}, 'minuted')`);
}

async function anyCase(rq: Rq, s: Extract<Source, { table: 'cases' }>, d: Draw) {
  const parent = s.ofCycle || s.childOf || s.amount === 'year' ? randomUUID() : null;
  const insert = (id: string, type: string, state: string, parentId: string | null, title: string, closed: boolean) =>
    rq.db
      .run(sql`INSERT INTO cases (id, type, state, title, unit_id, unit_path, star, parent_id, due_on, opened_at, changed_at, closed_at, data)
      VALUES (${id}, ${type}, ${state}, ${title}, ${d.at.unitId}, ${d.at.path}, ${s.star ?? null}, ${parentId}, ${d.n % 3 === 0 ? d.day : null}, ${noon(d.day)},
        ${noon(d.day)}, ${closed ? noon(d.day) : null}, ${json(dataFor(s.has, [s.amount, s.times], d.n))}::jsonb)`);
  if (parent) await insert(parent, 'programme', 'open', null, '计划', false);
  const closed = s.when === 'closed' || d.n % 2 === 0;
  await insert(
    randomUUID(),
    pick(s.types, d.n),
    s.states ? pick(s.states, d.n) : 'open',
    parent,
    s.titled ?? '样例',
    closed,
  );
}

/** A record that the source counts, or nearly: which of its kinds, and with what numbers, the draw says. */
export async function anyRecord(rq: Rq, s: Source, d: Draw): Promise<void> {
  switch (s.table) {
    case 'cases':
      return anyCase(rq, s, d);
    case 'events':
      return anyEvent(rq, s, d);
    case 'subjects': {
      const id = await anySubject(
        rq,
        pick(s.kinds, d.n),
        d,
        dataFor(s.has, [s.amount, s.times], d.n),
        s.led !== undefined,
        s.states ? pick(s.states, d.n) : 'active',
      );
      if (s.parentKind) {
        const parent = await anySubject(rq, s.parentKind, { ...d, at: d.other });
        await rq.db.run(sql`UPDATE subjects SET parent_id = ${parent} WHERE id = ${id}`);
      }
      // Bound by an agreement that is kept in another unit.
      if (s.bound)
        await anyAgreement(rq, pick(s.bound.kinds, d.n), {}, [s.bound.role, 'other'], id, {
          ...d,
          at: d.other,
          other: d.at,
        });
      return;
    }
    case 'agreements': {
      const elsewhere = await anySubject(rq, 'cooperative', { ...d, at: d.other }, {}, true);
      const role = s.withRole?.roles[0] ?? (s.party ? pick(s.party, d.n) : 'one');
      return anyAgreement(
        rq,
        pick(s.kinds, d.n),
        dataFor(s.has, [s.amount, s.times], d.n),
        [role, ...(s.party ?? ['two'])],
        elsewhere,
        d,
      );
    }
    case 'lines':
      return anyLines(rq, s, d);
    case 'designations':
      await rq.db
        .run(sql`INSERT INTO designations (id, kind, unit_id, unit_path, level, granted_by_unit_id, grantor, granted_on, valid_to, basis, subject_id, data)
        VALUES (${randomUUID()}, ${pick(s.kinds, d.n)}, ${d.at.unitId}, ${d.at.path}, ${s.level ?? s.levelAtLeast ?? 3}, ${d.at.unitId}, '县', ${d.day},
          ${d.n % 4 === 3 ? d.day : null}, '文件', ${s.key === 'subject' ? await anySubject(rq, 'household', d) : null}, ${json(dataFor(s.has, [], d.n))}::jsonb)`);
      return;
    case 'assignments': {
      const person = randomUUID();
      await rq.db.run(
        sql`INSERT INTO people (id, name, unit_id, unit_path) VALUES (${person}, '样例', ${d.other.unitId}, ${d.other.path})`,
      );
      for (const role of [pick(s.roles, d.n), ...(s.onRole ? [s.onRole] : [])])
        await rq.db
          .run(sql`INSERT INTO assignments (id, role, person_id, holder_unit_id, unit_id, unit_path, object_kind, object_id, from_day, data)
          VALUES (${randomUUID()}, ${role}, ${person}, ${s.key === 'holder-unit' ? d.other.unitId : null}, ${d.at.unitId}, ${d.at.path}, 'thing', ${`o${d.n % 3}`}, ${d.day},
            ${json(dataFor(s.has, [], d.n))}::jsonb)`);
      return;
    }
    case 'publications':
      await rq.db.run(sql`INSERT INTO publications (id, kind, unit_id, unit_path, title, audience, published_at, body)
        VALUES (${randomUUID()}, ${pick(s.kinds, d.n)}, ${d.at.unitId}, ${d.at.path}, '样例', 'staff', ${noon(d.day)}, ${json({ contents: [1, 2] })}::jsonb)`);
      return;
    case 'units':
      throw new Error('Units are made by their own actions.');
  }
}
