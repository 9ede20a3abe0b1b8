import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileOf = (dataFolder: string) => join(dataFolder, 'demo-secret');

/** The secret of a demo, if there is one in the folder. */
export function readDemoSecret(dataFolder: string): string | null {
  return existsSync(fileOf(dataFolder)) ? readFileSync(fileOf(dataFolder), 'utf8').trim() : null;
}

/** Every demo has a secret of its own, made the first time: even a demo's journal is sealed with nothing well known. */
export function demoSecret(dataFolder: string): string {
  const known = readDemoSecret(dataFolder);
  if (known) return known;
  const secret = randomBytes(32).toString('base64url');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  writeFileSync(fileOf(dataFolder), `${secret}\n`, { mode: 0o600, flag: 'wx' });
  return secret;
}
