import type { RoleName } from '../domain/records/assignments/roles.ts';
import { sql } from '../server/platform/db/sql.ts';
import type { Actor, Rq } from '../server/platform/rq.ts';
import { dayOf } from '../server/platform/time.ts';
import { grantsOf, listRolesOf } from '../server/records/accounts/index.ts';

/** Roles in which the demo acts by itself. */
const acting = [
  'branch-secretary',
  'township-clerk',
  'task-force-leader',
  'organiser',
  'overall-owner',
  'committee-member',
  'observer',
] as const satisfies readonly RoleName[];
type Acting = (typeof acting)[number];

/** The people of the demo as actors: what they do is done in their name and with no more than their own grants. */
export interface Personas {
  /** The request as the holder of a role on a unit (and of a star) would send it; undefined where nobody holds it. */
  as(role: Acting, unitId: number, star?: string): Promise<Rq | undefined>;
  /** The nth holder, for roles with several. */
  nth(role: Acting, unitId: number, n: number): Promise<Rq | undefined>;
}

export async function personas(rq: Rq): Promise<Personas> {
  const rows = await rq.db.many<{
    role: RoleName;
    unitId: number;
    star: string | null;
    personId: string;
    name: string;
  }>(sql`
    SELECT a.role, a.unit_id AS "unitId", a.star, a.person_id AS "personId", p.name
    FROM assignments a JOIN people p ON p.id = a.person_id WHERE a.role = ANY (${[...acting]}::text[]) AND a.to_day IS NULL ORDER BY a.id`);
  const holders = new Map<string, typeof rows>();
  for (const row of rows) {
    const key = `${row.role}/${row.unitId}/${row.star ?? ''}`;
    holders.set(key, [...(holders.get(key) ?? []), row]);
  }
  const users = await rq.db.many<{ id: string; personId: string }>(sql`SELECT id, person_id AS "personId" FROM users`);
  const userOf = new Map(users.map((u) => [u.personId, u.id]));
  const actors = new Map<string, Promise<Actor>>();
  const actorOf = async (personId: string, name: string): Promise<Actor> => {
    const grants = grantsOf(await listRolesOf(rq.db, personId, dayOf(rq.now)));
    return { userId: userOf.get(personId) ?? null, personId, name, grants, scopes: [''] };
  };
  const nth = async (role: Acting, unitId: number, n: number, star = ''): Promise<Rq | undefined> => {
    const row = holders.get(`${role}/${unitId}/${star}`)?.[n];
    if (!row) return undefined;
    const actor = actors.get(row.personId) ?? actorOf(row.personId, row.name);
    actors.set(row.personId, actor);
    return { ...rq, actor: await actor };
  };
  return { as: (role, unitId, star) => nth(role, unitId, 0, star), nth };
}
