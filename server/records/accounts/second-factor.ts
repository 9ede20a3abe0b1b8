import { accountReason } from '../../../domain/records/accounts/index.ts';
import { sql } from '../../platform/db/sql.ts';
import { notFound, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { passwordMatches } from '../../platform/secrets.ts';
import * as store from './store.ts';
import { codeMatches, keepSecret, newSecret, readSecret, totp } from './totp.ts';

async function self(rq: Rq): Promise<store.UserRow> {
  const user = await store.holdUser(rq.db, rq.actor.userId!);
  if (!user) throw notFound({ zh: '该账号', en: 'account' });
  return user;
}

/** An unattended screen must not be enough to change how somebody signs in. */
async function mustKnowPassword(user: store.UserRow, password: string): Promise<void> {
  // Somebody who signs in elsewhere only has no password here; the other side asks for the second factor then.
  if (!(await passwordMatches(password, user.passwordHash))) throw refuse(accountReason('password-wrong'));
}

export async function beginTotp(rq: Rq, password: string): Promise<{ secret: string; uri: string; svg: string }> {
  const user = await self(rq);
  if (user.totpSecret) throw refuse(accountReason('totp-on'));
  await mustKnowPassword(user, password);
  const secret = newSecret();
  await rq.db.run(sql`UPDATE users SET totp_pending = ${keepSecret(secret)} WHERE id = ${user.id}`);
  const uri = totp(secret, user.login).toString();
  const { default: qr } = await import('qrcode');
  return { secret, uri, svg: await qr.toString(uri, { type: 'svg', margin: 1 }) };
}

/** It counts from the first right code on, so that nobody locks themselves out with a QR code they never scanned. */
export async function confirmTotp(rq: Rq, code: string): Promise<void> {
  const user = await self(rq);
  if (user.totpSecret) throw refuse(accountReason('totp-on'));
  const secret = user.totpPending === null ? null : readSecret(user.totpPending);
  if (secret === null) throw refuse(accountReason('totp-begin'));
  const step = codeMatches(secret, code, rq.now, null);
  if (step === null) throw refuse(accountReason('sign-in-code'));
  await rq.db.run(sql`UPDATE users SET totp_secret = ${user.totpPending}, totp_pending = NULL, totp_last_step = ${step}
    WHERE id = ${user.id}`);
  await record(rq, { verb: 'user.totp-on', subject: { kind: 'user', id: user.id }, path: user.unitPath });
}

export async function disableTotp(rq: Rq, password: string, code: string): Promise<void> {
  const user = await self(rq);
  if (!user.totpSecret) throw refuse(accountReason('totp-off'));
  await mustKnowPassword(user, password);
  const secret = readSecret(user.totpSecret);
  if (secret === null || codeMatches(secret, code, rq.now, user.totpLastStep) === null)
    throw refuse(accountReason('sign-in-code'));
  await clear(rq, user);
}

/** For somebody who lost their phone: an administrator who knows them takes the second factor away. */
export async function resetTotp(rq: Rq, userId: string): Promise<void> {
  const user = await store.findUser(rq.db, userId);
  if (!user) throw notFound({ zh: '该账号', en: 'account' });
  mustHold(rq, 'admin', user.unitPath);
  if (!user.totpSecret) throw refuse(accountReason('totp-off'));
  await clear(rq, user);
}

async function clear(rq: Rq, user: store.UserRow): Promise<void> {
  await rq.db.run(
    sql`UPDATE users SET totp_secret = NULL, totp_pending = NULL, totp_last_step = NULL WHERE id = ${user.id}`,
  );
  await record(rq, { verb: 'user.totp-off', subject: { kind: 'user', id: user.id }, path: user.unitPath });
}
