import { Secret, TOTP } from 'otpauth';
import { lockText, unlockText } from '../../platform/secrets.ts';

const periodSeconds = 30;

export function totp(secret: string, label: string): TOTP {
  return new TOTP({ issuer: 'Wuxing', label, secret: Secret.fromBase32(secret), period: periodSeconds });
}

/**
 * The time step a code belongs to, or null when it is wrong, too old, or was used before: a code that somebody read over
 * a shoulder does not work a second time.
 */
export function codeMatches(secret: string, code: string, now: Date, lastStep: number | null): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totp(secret, '').validate({ token: code, timestamp: now.getTime(), window: 1 });
  if (delta === null) return null;
  const step = Math.floor(now.getTime() / 1000 / periodSeconds) + delta;
  return lastStep !== null && step <= lastStep ? null : step;
}

export function newSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The form in which the database keeps it: a copy of the database alone makes no codes. */
export const keepSecret = (secret: string) => lockText('totp', secret);
export const readSecret = (kept: string) => unlockText('totp', kept);
