import { randomUUID } from 'node:crypto';
import type { RoleName } from '../../domain/records/assignments/roles.ts';
import { hashPassword } from '../../server/platform/secrets.ts';
import type { BenchDatabase } from './databases.ts';

export const password = 'correct horse 五星';
let hash: Promise<string> | undefined;

/** A person with one role on a unit, and an account; the password is that of all of them. */
export async function addPerson(db: BenchDatabase, login: string, role: RoleName, unitId: number): Promise<string> {
  const person = randomUUID();
  await db.run(
    `INSERT INTO people (id, name, unit_id, unit_path) SELECT $1, $2, id, unit_path FROM units WHERE id = $3`,
    [person, login, unitId],
  );
  await db.run(
    `INSERT INTO users (id, person_id, unit_path, login, password_hash)
     SELECT $1, $2, unit_path, $3, $4 FROM units WHERE id = $5`,
    [randomUUID(), person, login, await (hash ??= hashPassword(password)), unitId],
  );
  await db.run(
    `INSERT INTO assignments (id, role, person_id, unit_id, unit_path, from_day)
     SELECT $1, $2, $3, id, unit_path, '2020-01-01' FROM units WHERE id = $4`,
    [randomUUID(), role, person, unitId],
  );
  return person;
}

/** Signs in and answers the cookie to send. */
export async function signIn(url: string, login: string): Promise<string> {
  const reply = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  if (!reply.ok) throw new Error(`${login} cannot sign in: ${reply.status} ${await reply.text()}`);
  return reply.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');
}
