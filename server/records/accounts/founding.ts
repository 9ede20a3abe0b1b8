import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { accountReason, type instance } from '../../../domain/records/accounts/index.ts';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import type { Rq } from '../../platform/rq.ts';
import { hashPassword, newToken, secretCheck, tokenHash } from '../../platform/secrets.ts';
import { dayOf } from '../../platform/time.ts';
import { insertUnit } from '../units/index.ts';

export interface InstanceRow {
  readonly kind: 'production' | 'demo';
  readonly name: string;
  readonly secretCheck: string;
}

export function findInstance(tx: Tx): Promise<InstanceRow | undefined> {
  return tx.find<InstanceRow>(sql`SELECT kind, name, secret_check AS "secretCheck" FROM instance`);
}

/** Marks the database as an instance; the second of two that try at once fails on the one row there can be. */
export async function insertInstance(
  rq: Rq,
  input: { kind: InstanceRow['kind']; name: string; secret: string },
): Promise<void> {
  await rq.db.run(sql`INSERT INTO instance (kind, name, founded_at, secret_check)
    VALUES (${input.kind}, ${input.name}, ${rq.now}, ${secretCheck(input.secret)})`);
}

const linkHours = 24;

/** The one-time link of the first administrator. Each start makes a new one, and the earlier ones stop working. */
export async function inviteFounder(rq: Rq): Promise<string> {
  const { token, hash } = newToken();
  await rq.db.run(sql`UPDATE invitations SET used_at = ${rq.now} WHERE user_id IS NULL AND used_at IS NULL`);
  await rq.db.run(sql`INSERT INTO invitations (token_hash, user_id, created_at, expires_at)
    VALUES (${hash}, NULL, ${rq.now}, ${new Date(rq.now.getTime() + linkHours * 3_600_000)})`);
  return `/setup?token=${token}`;
}

type Founding = z.output<typeof instance.found.body>;

/** The root unit, the administrator and the instance itself, with the link that the first start printed. */
export async function foundInstance(rq: Rq, input: Founding, secret: string): Promise<{ login: string }> {
  const used = await rq.db.run(sql`UPDATE invitations SET used_at = ${rq.now}
    WHERE token_hash = ${tokenHash(input.token)} AND user_id IS NULL AND used_at IS NULL AND expires_at > ${rq.now}`);
  if (used === 0) throw refuse(accountReason('setup-link'));
  if (await findInstance(rq.db)) throw refuse(accountReason('instance-founded'));
  if (input.password.toLowerCase() === input.login) throw refuse(accountReason('password-same'));
  await insertInstance(rq, { kind: 'production', name: input.name, secret });
  const day = dayOf(rq.now);
  const unitId = await insertUnit(rq, {
    ...input.unit,
    parentId: null,
    parentPath: '',
    scheme: null,
    day,
    document: null,
    attributes: {},
    change: 'create',
  });
  const path = `${unitId}.`;
  await insertAdministrator(rq, input, { unitId, path, day });
  await record(rq, {
    verb: 'instance.found',
    subject: { kind: 'instance', id: 1 },
    path,
    after: { name: input.name, unit: input.unit, login: input.login },
  });
  return { login: input.login };
}

/** The very first duty is given by nobody: there is nobody yet who could. */
async function insertAdministrator(
  rq: Rq,
  input: { person: string; login: string; password: string },
  at: { unitId: number; path: string; day: string },
): Promise<void> {
  const personId = randomUUID();
  await rq.db.run(sql`INSERT INTO people (id, name, unit_id, unit_path)
    VALUES (${personId}, ${input.person}, ${at.unitId}, ${at.path})`);
  await rq.db.run(sql`INSERT INTO users (id, person_id, unit_path, login, password_hash)
    VALUES (${randomUUID()}, ${personId}, ${at.path}, ${input.login}, ${await hashPassword(input.password)})`);
  await rq.db.run(sql`INSERT INTO assignments (id, role, person_id, unit_id, unit_path, from_day)
    VALUES (${randomUUID()}, 'admin', ${personId}, ${at.unitId}, ${at.path}, ${at.day})`);
}

/** What a one-time link is for, so that the page shows the right form; it says no more to who has no link. */
export async function checkLink(
  rq: Rq,
  token: string,
): Promise<{ kind: 'password' | 'instance' | 'invalid'; login: string | null }> {
  const link = await rq.db.find<{ userId: string | null; login: string | null }>(sql`
    SELECT i.user_id AS "userId", u.login FROM invitations i LEFT JOIN users u ON u.id = i.user_id
    WHERE i.token_hash = ${tokenHash(token)} AND i.used_at IS NULL AND i.expires_at > ${rq.now}`);
  if (!link) return { kind: 'invalid', login: null };
  if (link.userId === null) return { kind: (await findInstance(rq.db)) ? 'invalid' : 'instance', login: null };
  return { kind: 'password', login: link.login };
}
