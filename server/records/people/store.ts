import type { Person } from '../../../domain/records/people/index.ts';
import { all, likeText, sql, under, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { personReading } from './names.ts';

export interface PersonRow extends Person {
  readonly path: string;
  readonly workPhone: string | null;
  readonly partyMember: boolean;
}

const columns = sql`p.id, p.name, p.title, p.unit_id AS "unitId", u.name AS "unitName", p.left_on AS "leftOn"`;
const personal = sql`p.unit_path AS path, p.work_phone AS "workPhone", p.party_member AS "partyMember"`;

export interface PersonSearch {
  readonly q?: string | undefined;
  readonly underPath?: string | undefined;
  readonly unitId?: number | undefined;
  readonly left: boolean;
  readonly day: string;
  readonly limit: number;
  readonly offset: number;
}

/** In the order of the pinyin; somebody registered before pinyin was kept is still found by name. */
export async function listPeople(rq: Rq, s: PersonSearch): Promise<{ items: Person[]; total: number }> {
  const q = s.q?.trim().toLowerCase() ?? '';
  const like = `%${likeText(q)}%`;
  const where = all([
    visible(rq, 'p.unit_path'),
    !s.left && sql`(p.left_on IS NULL OR p.left_on > ${s.day}::date)`,
    s.unitId !== undefined && sql`p.unit_id = ${s.unitId}`,
    s.underPath !== undefined && under('p.unit_path', s.underPath),
    q !== '' && sql`(lower(p.name) LIKE ${like} OR p.pinyin LIKE ${like} OR p.initials LIKE ${like})`,
  ]);
  const { count } = await rq.db.one<{ count: number }>(sql`SELECT count(*)::int AS count FROM people p WHERE ${where}`);
  if (count === 0) return { items: [], total: 0 };
  const items = await rq.db.many<Person>(sql`SELECT ${columns} FROM people p JOIN units u ON u.id = p.unit_id
    WHERE ${where} ORDER BY p.pinyin, p.name, p.id LIMIT ${s.limit} OFFSET ${s.offset}`);
  return { items, total: count };
}

/** Anyone of the actor's units, and of those above (row-level security shows that chain and no more). */
export function findPerson(rq: Rq, id: string): Promise<PersonRow | undefined> {
  return rq.db.find<PersonRow>(
    sql`SELECT ${columns}, ${personal} FROM people p JOIN units u ON u.id = p.unit_id WHERE p.id = ${id}`,
  );
}

export interface NewPerson {
  readonly id: string;
  readonly unitId: number;
  readonly unitPath: string;
  readonly name: string;
  readonly title: string | null;
  readonly workPhone: string | null;
  readonly partyMember: boolean;
}

export async function insertPerson(rq: Rq, p: NewPerson): Promise<void> {
  const { pinyin, initials } = personReading(p.name);
  await rq.db.run(sql`
    INSERT INTO people (id, name, unit_id, unit_path, title, work_phone, party_member, pinyin, initials)
    VALUES (${p.id}, ${p.name}, ${p.unitId}, ${p.unitPath}, ${p.title}, ${p.workPhone}, ${p.partyMember}, ${pinyin}, ${initials})`);
}

export type PersonPatch = Partial<Pick<NewPerson, 'name' | 'title' | 'workPhone' | 'partyMember'>>;

export async function updatePerson(rq: Rq, old: PersonRow, patch: PersonPatch): Promise<void> {
  const p = { ...old, ...patch };
  const { pinyin, initials } = personReading(p.name);
  await rq.db.run(sql`
    UPDATE people SET name = ${p.name}, title = ${p.title}, work_phone = ${p.workPhone}, party_member = ${p.partyMember},
      pinyin = ${pinyin}, initials = ${initials} WHERE id = ${old.id}`);
}

/** The account follows: who administers the new unit administers it. */
export async function relocatePerson(rq: Rq, id: string, unit: { id: number; path: string }): Promise<void> {
  await rq.db.run(sql`UPDATE people SET unit_id = ${unit.id}, unit_path = ${unit.path} WHERE id = ${id}`);
  await rq.db.run(sql`UPDATE users SET unit_path = ${unit.path} WHERE person_id = ${id}`);
}

export async function markLeft(rq: Rq, id: string, day: string): Promise<void> {
  await rq.db.run(sql`UPDATE people SET left_on = ${day} WHERE id = ${id}`);
}

/** Names of people that stand in a text, out of everybody the request may see: a published text names nobody by accident. */
export async function namesIn(rq: Rq, text: string): Promise<string[]> {
  const rows = await rq.db.many<{ name: string }>(sql`SELECT DISTINCT p.name FROM people p
    WHERE ${visible(rq, 'p.unit_path')} AND char_length(p.name) >= 2 AND strpos(${text}, p.name) > 0 ORDER BY p.name LIMIT 20`);
  return rows.map((row) => row.name);
}
