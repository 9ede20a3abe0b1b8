import { randomUUID } from 'node:crypto';
import { accountReason, lockMinutes } from '../../../domain/records/accounts/index.ts';
import type { Database } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { type Failure, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { type Rq, system } from '../../platform/rq.ts';
import { newToken, passwordMatches } from '../../platform/secrets.ts';
import * as store from './store.ts';
import { codeMatches, readSecret } from './totp.ts';

const sessionDays = 14;

export interface From {
  readonly address: string;
  readonly agent: string | null;
}

export interface SignIn extends From {
  readonly login: string;
  readonly password: string;
  readonly code?: string | undefined;
}

export type Signed = { readonly token: string } | { readonly refused: Failure };

/**
 * Signs in and gives the cookie's token. Failures are counted in the same transaction and committed even though the
 * answer is a refusal, which is why this returns the refusal instead of throwing it. The password is compared between
 * two looks at the account, because a tenth of a second of arithmetic must not hold a database connection.
 */
export async function signIn(database: Database, now: Date, input: SignIn): Promise<Signed> {
  const login = input.login.trim().toLowerCase();
  const seen = await database.read([''], (tx) => store.findUserByLogin(tx, login));
  const locked = seen && lockedRefusal(seen, now);
  if (locked) return { refused: locked };
  const right = await passwordMatches(input.password, seen?.passwordHash ?? null);
  if (!seen) return { refused: refuse(accountReason('sign-in-wrong')) };
  return database.write([''], (db) => conclude({ actor: system, db, now, lang: 'zh' }, seen, right, input));
}

function lockedRefusal(user: store.UserRow, now: Date): Failure | null {
  if (!user.lockedUntil || user.lockedUntil <= now) return null;
  const minutes = Math.ceil((user.lockedUntil.getTime() - now.getTime()) / 60_000);
  return refuse(accountReason('sign-in-locked', { minutes }));
}

/** The second look, with the account held: guesses sent at the same moment are counted one by one. */
async function conclude(rq: Rq, seen: store.UserRow, right: boolean, input: SignIn): Promise<Signed> {
  const user = await store.holdUser(rq.db, seen.id);
  if (!user || user.passwordHash !== seen.passwordHash) return { refused: refuse(accountReason('sign-in-wrong')) };
  const locked = lockedRefusal(user, rq.now);
  if (locked) return { refused: locked };
  if (!right) {
    await countFailure(rq, user);
    return { refused: refuse(accountReason('sign-in-wrong')) };
  }
  if (user.totpSecret) {
    const secret = readSecret(user.totpSecret);
    const step = secret === null ? null : codeMatches(secret, input.code ?? '', rq.now, user.totpLastStep);
    if (step === null) {
      if (input.code) await countFailure(rq, user);
      return { refused: refuse(accountReason('sign-in-code')) };
    }
    await rq.db.run(sql`UPDATE users SET totp_last_step = ${step} WHERE id = ${user.id}`);
  }
  if (user.failures > 0) await rq.db.run(sql`UPDATE users SET failures = 0, locked_until = NULL WHERE id = ${user.id}`);
  return { token: await openSession(rq, user, input) };
}

/** Opens a session for somebody whose identity is established (password, or an outside provider). */
export async function openSession(
  rq: Rq,
  user: { id: string; name: string; unitPath: string },
  from: From,
): Promise<string> {
  const { token, hash } = newToken();
  const expiresAt = new Date(rq.now.getTime() + sessionDays * 86_400_000);
  const agent = from.agent?.slice(0, 300) ?? null;
  await store.insertSession(rq.db, {
    id: randomUUID(),
    hash,
    userId: user.id,
    now: rq.now,
    expiresAt,
    address: from.address,
    agent,
  });
  await record(
    { ...rq, actor: { ...system, userId: user.id, name: user.name } },
    { verb: 'session.open', subject: { kind: 'user', id: user.id }, path: user.unitPath },
  );
  return token;
}

async function countFailure(rq: Rq, user: store.UserRow): Promise<void> {
  const failures = user.failures + 1;
  const minutes = lockMinutes(failures);
  const until = minutes > 0 ? new Date(rq.now.getTime() + minutes * 60_000) : null;
  await rq.db.run(sql`UPDATE users SET failures = ${failures}, locked_until = ${until} WHERE id = ${user.id}`);
  await record(rq, {
    verb: 'session.refused',
    subject: { kind: 'user', id: user.id },
    path: user.unitPath,
    after: { failures },
  });
}
