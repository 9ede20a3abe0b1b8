import { all, likeText, sql, visible } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { Rq } from '../../platform/rq.ts';

export interface UserRow {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly unitPath: string;
  readonly passwordHash: string | null;
  readonly totpSecret: string | null;
  readonly totpPending: string | null;
  readonly totpLastStep: number | null;
  readonly failures: number;
  readonly lockedUntil: Date | null;
}

const userColumns = sql`u.id, u.login, p.name, u.unit_path AS "unitPath", u.password_hash AS "passwordHash", u.totp_secret AS "totpSecret",
  u.totp_pending AS "totpPending", u.totp_last_step AS "totpLastStep", u.failures, u.locked_until AS "lockedUntil"`;

export function findUserByLogin(tx: Tx, login: string) {
  return tx.find<UserRow>(sql`SELECT ${userColumns} FROM users u JOIN people p ON p.id = u.person_id
    WHERE u.login = ${login} AND u.disabled_at IS NULL`);
}

/** The account, held until the transaction ends; nobody while it is disabled. */
export function holdUser(tx: Tx, id: string) {
  return tx.find<UserRow>(sql`SELECT ${userColumns} FROM users u JOIN people p ON p.id = u.person_id
    WHERE u.id = ${id} AND u.disabled_at IS NULL FOR UPDATE OF u`);
}

/** The account linked with an outside identity, whether disabled or not. */
export function findUserByIdentity(tx: Tx, issuer: string, subject: string) {
  return tx.find<UserRow & { disabled: boolean }>(sql`SELECT ${userColumns}, u.disabled_at IS NOT NULL AS disabled
    FROM users u JOIN people p ON p.id = u.person_id
    WHERE u.external_issuer = ${issuer} AND u.external_subject = ${subject}`);
}

export function findUser(tx: Tx, id: string) {
  return tx.find<UserRow>(
    sql`SELECT ${userColumns} FROM users u JOIN people p ON p.id = u.person_id WHERE u.id = ${id}`,
  );
}

export async function insertSession(
  tx: Tx,
  s: { id: string; hash: string; userId: string; now: Date; expiresAt: Date; address: string; agent: string | null },
): Promise<void> {
  await tx.run(sql`INSERT INTO sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at, address, agent)
    VALUES (${s.id}, ${s.hash}, ${s.userId}, ${s.now}, ${s.now}, ${s.expiresAt}, ${s.address}, ${s.agent})`);
}

export function listSessions(rq: Rq) {
  return rq.db.many<{
    id: string;
    createdAt: Date;
    lastSeenAt: Date;
    address: string | null;
    agent: string | null;
  }>(sql`
    SELECT id, created_at AS "createdAt", last_seen_at AS "lastSeenAt", address, agent FROM sessions
    WHERE user_id = ${rq.actor.userId} AND revoked_at IS NULL AND expires_at > ${rq.now} ORDER BY last_seen_at DESC LIMIT 100`);
}

export function revokeSessions(
  rq: Rq,
  userId: string,
  which: { only?: string; except?: string | undefined },
): Promise<number> {
  return rq.db.run(
    sql`UPDATE sessions SET revoked_at = ${rq.now} WHERE ${all([
      sql`user_id = ${userId} AND revoked_at IS NULL`,
      which.only !== undefined && sql`id = ${which.only}`,
      which.except !== undefined && sql`id <> ${which.except}`,
    ])}`,
  );
}

export async function listUsers(rq: Rq, q: string | undefined, limit: number, offset: number) {
  const like = `%${likeText((q ?? '').toLowerCase())}%`;
  const where = all([visible(rq, 'u.unit_path'), q ? sql`(u.login LIKE ${like} OR lower(p.name) LIKE ${like})` : null]);
  const from = sql`FROM users u JOIN people p ON p.id = u.person_id JOIN units n ON n.id = p.unit_id WHERE ${where}`;
  const { count } = await rq.db.one<{ count: number }>(sql`SELECT count(*)::int AS count ${from}`);
  const items = await rq.db.many<{
    id: string;
    login: string;
    name: string;
    unitId: number;
    unitName: string;
    disabled: boolean;
    locked: boolean;
    totp: boolean;
  }>(sql`SELECT u.id, u.login, p.name, n.id AS "unitId", n.name AS "unitName", u.disabled_at IS NOT NULL AS disabled,
    coalesce(u.locked_until > ${rq.now}, false) AS locked, u.totp_secret IS NOT NULL AS totp ${from}
    ORDER BY u.login LIMIT ${limit} OFFSET ${offset}`);
  return { items, total: count };
}
