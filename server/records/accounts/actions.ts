import { randomUUID } from 'node:crypto';
import { accountReason, type Me } from '../../../domain/records/accounts/index.ts';
import type { Words } from '../../../domain/words.ts';
import { sql } from '../../platform/db/sql.ts';
import { notFound, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { hashPassword, newToken, passwordMatches, tokenHash } from '../../platform/secrets.ts';
import { dayOf } from '../../platform/time.ts';
import { insertPerson } from '../people/index.ts';
import { getUnit } from '../units/index.ts';
import { announceActorsChanged, listRolesOf } from './actors.ts';
import * as store from './store.ts';

const linkDays = 7;

export async function signOut(rq: Rq, sessionId: string): Promise<void> {
  await store.revokeSessions(rq, rq.actor.userId!, { only: sessionId });
  await announceActorsChanged(rq.db);
}

export async function revoke(rq: Rq, sessionId: string): Promise<void> {
  const changed = await store.revokeSessions(rq, rq.actor.userId!, { only: sessionId });
  if (changed === 0) throw notFound({ zh: '该登录', en: 'session' });
  await announceActorsChanged(rq.db);
}

export async function showMe(rq: Rq): Promise<Me> {
  const { personId, userId } = rq.actor;
  const row = await rq.db.one<{
    name: string;
    lang: 'zh' | 'en';
    homeId: number;
    homeName: string;
    homeType: string;
    homePath: string;
  }>(sql`
    SELECT p.name, us.lang, u.id AS "homeId", u.name AS "homeName", u.type AS "homeType", u.unit_path AS "homePath"
    FROM people p JOIN units u ON u.id = p.unit_id LEFT JOIN users us ON us.person_id = p.id WHERE p.id = ${personId}`);
  const roles = await listRolesOf(rq.db, personId!, dayOf(rq.now));
  return {
    userId: userId!,
    personId: personId!,
    name: row.name,
    lang: row.lang ?? 'zh',
    home: { id: row.homeId, name: row.homeName, type: row.homeType, path: row.homePath },
    roles,
    grants: rq.actor.grants.map((g) => ({ ...g })),
    now: rq.now as unknown as string,
  };
}

export async function changePassword(
  rq: Rq,
  input: { current: string; next: string },
  sessionId: string,
): Promise<void> {
  const user = await store.findUser(rq.db, rq.actor.userId!);
  if (!user || !(await passwordMatches(input.current, user.passwordHash)))
    throw refuse(accountReason('password-wrong'));
  await setPassword(rq, user, input.next, sessionId);
}

/** Sets the password and ends every other session, because whoever held the old one may still be in. */
async function setPassword(rq: Rq, user: store.UserRow, next: string, keepSession?: string): Promise<void> {
  if (next.toLowerCase() === user.login) throw refuse(accountReason('password-same'));
  const hash = await hashPassword(next);
  await rq.db.run(
    sql`UPDATE users SET password_hash = ${hash}, failures = 0, locked_until = NULL WHERE id = ${user.id}`,
  );
  await store.revokeSessions(rq, user.id, { except: keepSession });
  await announceActorsChanged(rq.db);
  await record(rq, { verb: 'user.password', subject: { kind: 'user', id: user.id }, path: user.unitPath });
}

export interface NewUser {
  readonly unitId: number;
  readonly name: string;
  readonly title?: string | undefined;
  readonly login: string;
  readonly partyMember: boolean;
}

/** A person with an account that has no password yet; the link that is returned sets it, once. */
export async function createUser(
  rq: Rq,
  input: NewUser,
): Promise<{ userId: string; personId: string; setupPath: string }> {
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, 'admin', unit.path);
  const personId = randomUUID();
  const userId = randomUUID();
  const { name, title = null, partyMember } = input;
  const home = { unitId: unit.id, unitPath: unit.path };
  await insertPerson(rq, { id: personId, ...home, name, title, workPhone: null, partyMember });
  await rq.db.run(
    sql`INSERT INTO users (id, person_id, unit_path, login) VALUES (${userId}, ${personId}, ${unit.path}, ${input.login})`,
  );
  await record(rq, {
    verb: 'user.create',
    subject: { kind: 'user', id: userId },
    path: unit.path,
    after: { login: input.login, unitId: unit.id },
  });
  return { userId, personId, setupPath: await invite(rq, userId) };
}

export async function invite(rq: Rq, userId: string): Promise<string> {
  const { token, hash } = newToken();
  await rq.db.run(sql`INSERT INTO invitations (token_hash, user_id, created_at, expires_at)
    VALUES (${hash}, ${userId}, ${rq.now}, ${new Date(rq.now.getTime() + linkDays * 86_400_000)})`);
  return `/setup?token=${token}`;
}

export async function setUp(rq: Rq, input: { token: string; password: string }): Promise<{ login: string }> {
  const link = await rq.db.find<{ userId: string }>(sql`UPDATE invitations SET used_at = ${rq.now}
    WHERE token_hash = ${tokenHash(input.token)} AND used_at IS NULL AND expires_at > ${rq.now} RETURNING user_id AS "userId"`);
  const user = link && (await store.findUser(rq.db, link.userId));
  if (!user) throw refuse(accountReason('setup-link'));
  await setPassword(rq, user, input.password);
  return { login: user.login };
}

const noUser: Words = { zh: '该账号', en: 'account' };

export async function setDisabled(rq: Rq, userId: string, disabled: boolean): Promise<void> {
  const user = await store.findUser(rq.db, userId);
  if (!user) throw notFound(noUser);
  mustHold(rq, 'admin', user.unitPath);
  await rq.db.run(sql`UPDATE users SET disabled_at = ${disabled ? rq.now : null} WHERE id = ${userId}`);
  if (disabled) await store.revokeSessions(rq, userId, {});
  await announceActorsChanged(rq.db);
  await record(rq, {
    verb: disabled ? 'user.disable' : 'user.enable',
    subject: { kind: 'user', id: userId },
    path: user.unitPath,
  });
}

/** A new one-time link for somebody who forgot the password; earlier ones stop working. */
export async function resetLink(rq: Rq, userId: string): Promise<{ setupPath: string }> {
  const user = await store.findUser(rq.db, userId);
  if (!user) throw notFound(noUser);
  mustHold(rq, 'admin', user.unitPath);
  await rq.db.run(sql`UPDATE invitations SET used_at = ${rq.now} WHERE user_id = ${userId} AND used_at IS NULL`);
  await record(rq, { verb: 'user.link', subject: { kind: 'user', id: userId }, path: user.unitPath });
  return { setupPath: await invite(rq, userId) };
}

/** Links an account with somebody's identity at an outside provider. Only a person who answers for it does this. */
export async function linkIdentity(
  rq: Rq,
  userId: string,
  identity: { issuer: string; subject: string } | null,
): Promise<void> {
  const user = await store.findUser(rq.db, userId);
  if (!user) throw notFound(noUser);
  mustHold(rq, 'admin', user.unitPath);
  const taken = identity && (await store.findUserByIdentity(rq.db, identity.issuer, identity.subject));
  if (taken && taken.id !== userId) throw refuse(accountReason('identity-taken'));
  await rq.db
    .run(sql`UPDATE users SET external_issuer = ${identity?.issuer ?? null}, external_subject = ${identity?.subject ?? null}
    WHERE id = ${userId}`);
  await store.revokeSessions(rq, userId, {});
  await announceActorsChanged(rq.db);
  await record(rq, {
    verb: identity ? 'user.link-identity' : 'user.unlink-identity',
    subject: { kind: 'user', id: userId },
    path: user.unitPath,
    after: identity ? { issuer: identity.issuer } : undefined,
  });
}

export async function setLang(rq: Rq, lang: 'zh' | 'en'): Promise<void> {
  await rq.db.run(sql`UPDATE users SET lang = ${lang} WHERE id = ${rq.actor.userId}`);
}
