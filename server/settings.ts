import { join, resolve } from 'node:path';
import { diskStore, type FileStore, fileStoreFrom } from './platform/files/index.ts';

export type DatabaseSettings =
  | { readonly kind: 'postgres'; readonly url: string; readonly ownerUrl: string | null; readonly connections: number }
  | { readonly kind: 'embedded' };

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly label: string | null;
  readonly scopes: string;
}

export interface BackupSettings {
  /** 0: no backups by themselves. */
  readonly everyHours: number;
  readonly keep: number;
  readonly folder: string;
}

export interface Settings {
  readonly database: DatabaseSettings;
  /** Holds the embedded database, uploaded files, backups and the noted seals. */
  readonly dataFolder: string;
  readonly secret: string;
  readonly host: string;
  readonly port: number;
  /** The address that people type; links begin with it. */
  readonly publicUrl: string;
  readonly secure: boolean;
  readonly trustProxy: boolean;
  readonly logLevel: string;
  readonly rateLimit: number;
  readonly backup: BackupSettings;
  readonly files: FileStore;
  readonly oidc: OidcSettings | null;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Thrown with every problem of the settings at once, each in words that say what to do. */
export interface SettingsWrong extends Error {
  readonly problems: readonly string[];
}

export function isSettingsWrong(error: unknown): error is SettingsWrong {
  return error instanceof Error && 'problems' in error;
}

const secretHelp = `Make one with:  node -e "console.log(require('crypto').randomBytes(32).toString('base64url'))"`;

/** Why a secret is none; null when it will do. Long alone is not enough: examples out of manuals are long, too. */
export function secretProblem(secret: string | undefined): string | null {
  if (!secret)
    return `WUXING_SECRET is not set. The journal is sealed with it; keep it as safe as the database. ${secretHelp}`;
  if (secret.length < 32) return `WUXING_SECRET has ${secret.length} characters; it needs at least 32. ${secretHelp}`;
  if (new Set(secret).size < 10 || /change-?me|example|default|password|secret-?here|your-?secret/i.test(secret))
    return `WUXING_SECRET looks like an example, not like a secret. ${secretHelp}`;
  return null;
}

function numberOf(
  env: Environment,
  name: string,
  otherwise: number,
  least: number,
  most: number,
  problems: string[],
): number {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  problems.push(`${name} must be a whole number from ${least} to ${most}, and it is "${text}".`);
  return otherwise;
}

function urlOf(env: Environment, name: string, protocols: readonly string[], problems: string[]): string | null {
  const text = env[name];
  if (text === undefined || text === '') return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && protocols.includes(url.protocol)) return text;
  // The address may hold a password, so it is not repeated.
  problems.push(`${name} must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`);
  return null;
}

/** Where the database is: `DATABASE_URL` wins, `DATA_DIR` alone means embedded. */
export function readDatabase(env: Environment, problems: string[]): DatabaseSettings {
  const protocols = ['postgres:', 'postgresql:'];
  const url = urlOf(env, 'DATABASE_URL', protocols, problems);
  const ownerUrl = urlOf(env, 'MIGRATION_DATABASE_URL', protocols, problems);
  const connections = numberOf(env, 'DATABASE_CONNECTIONS', 16, 2, 200, problems);
  return url ? { kind: 'postgres', url, ownerUrl, connections } : { kind: 'embedded' };
}

export const dataFolderOf = (env: Environment) => resolve(env['DATA_DIR'] || './data/wuxing');

function readOidc(env: Environment, problems: string[]): OidcSettings | null {
  const issuer = urlOf(env, 'OIDC_ISSUER', ['https:', 'http:'], problems);
  if (!issuer) return null;
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(issuer).hostname);
  if (new URL(issuer).protocol === 'http:' && !local)
    problems.push('OIDC_ISSUER must begin with https:// (http:// only for a provider on this machine).');
  const clientId = env['OIDC_CLIENT_ID'];
  if (!clientId) problems.push('OIDC_ISSUER is set, so OIDC_CLIENT_ID must be set, too.');
  return {
    issuer,
    clientId: clientId ?? '',
    clientSecret: env['OIDC_CLIENT_SECRET'] || null,
    label: env['OIDC_LABEL'] || null,
    scopes: env['OIDC_SCOPES'] || 'openid profile',
  };
}

function filesOf(env: Environment, dataFolder: string, problems: string[]): FileStore {
  try {
    return fileStoreFrom(env, dataFolder);
  } catch (error) {
    problems.push((error as Error).message);
    return diskStore(join(dataFolder, 'files'));
  }
}

function fail(problems: readonly string[]): SettingsWrong {
  return Object.assign(new Error(problems.join('\n')), { problems });
}

/** The settings of a server, from the environment. Throws `SettingsWrong` with all problems. */
export function readSettings(env: Environment, kind: 'production' | 'demo'): Settings {
  const problems: string[] = [];
  if (kind === 'production' && !env['DATABASE_URL'] && !env['DATA_DIR'])
    problems.push(
      'Set DATABASE_URL (a PostgreSQL server, 15 or later), or DATA_DIR (a folder for the embedded database, for trying out and small offices).',
    );
  const secret = secretProblem(env['WUXING_SECRET']);
  if (secret) problems.push(secret);
  const database = readDatabase(env, problems);
  const dataFolder = dataFolderOf(env);
  const port = numberOf(env, 'PORT', 8080, 0, 65_535, problems);
  const publicUrl = (urlOf(env, 'PUBLIC_URL', ['https:', 'http:'], problems) ?? `http://localhost:${port}`).replace(
    /\/+$/,
    '',
  );
  const embedded = database.kind === 'embedded' && kind === 'production';
  const settings: Settings = {
    database,
    dataFolder,
    secret: env['WUXING_SECRET'] ?? '',
    // The demo has well-known passwords: it listens to this machine only, unless somebody says otherwise.
    host: env['HOST'] || (kind === 'demo' ? '127.0.0.1' : '0.0.0.0'),
    port,
    publicUrl,
    secure: publicUrl.startsWith('https:'),
    trustProxy: env['TRUST_PROXY'] === '1' || env['TRUST_PROXY'] === 'true',
    logLevel: env['LOG_LEVEL'] || (kind === 'demo' ? 'warn' : 'info'),
    rateLimit: numberOf(env, 'RATE_LIMIT', 1_200, 1, 10_000_000, problems),
    backup: {
      everyHours: numberOf(env, 'BACKUP_EVERY_HOURS', embedded ? 24 : 0, 0, 8_760, problems),
      keep: numberOf(env, 'BACKUP_KEEP', 7, 1, 1_000, problems),
      folder: resolve(env['BACKUP_DIR'] || join(dataFolder, 'backups')),
    },
    files: filesOf(env, dataFolder, problems),
    oidc: readOidc(env, problems),
  };
  if (problems.length > 0) throw fail(problems);
  return settings;
}
