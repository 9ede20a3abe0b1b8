import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { sql } from '../server/platform/db/sql.ts';
import { setJournalKey } from '../server/platform/journal.ts';
import { type Opened, openDatabase } from '../server/platform/open.ts';
import { type Rq, system } from '../server/platform/rq.ts';
import { secretCheck } from '../server/platform/secrets.ts';
import { findInstance } from '../server/records/accounts/index.ts';
import { dataFolderOf, type Environment, readDatabase, secretProblem } from '../server/settings.ts';
import { readLead } from '../demo/clock.ts';
import { readDemoSecret } from './demo-secret.ts';
import { refused } from './refused.ts';

export interface Instance extends Opened {
  readonly dataFolder: string;
  readonly secret: string;
  /** The time of this instance: a demo has a clock of its own, by which its server counts too. */
  now(): Date;
  /** One transaction of the platform itself, journaled as `system`. */
  asSystem<T>(work: (rq: Rq) => Promise<T>): Promise<T>;
}

export interface InstanceOptions {
  readonly label: string;
  /** Leave the schema as it is. */
  readonly migrate?: boolean;
  /** The command writes or checks the journal, so the instance's secret is needed. */
  readonly secret?: boolean;
  readonly env?: Environment;
}

/**
 * The instance that `DATABASE_URL` or `DATA_DIR` names, for a command. Beside a running server on an embedded database
 * the command works through that server.
 */
export async function openInstance(options: InstanceOptions): Promise<Instance> {
  const env = options.env ?? process.env;
  const problems: string[] = [];
  if (!env['DATABASE_URL'] && !env['DATA_DIR'])
    problems.push('Set DATABASE_URL or DATA_DIR, as for `wuxing serve`: they say which instance is meant.');
  const database = readDatabase(env, problems);
  const dataFolder = dataFolderOf(env);
  // The demo makes its own secret, so that commands on it need no more than its folder.
  const secret = env['WUXING_SECRET'] ?? readDemoSecret(dataFolder) ?? undefined;
  const problem = options.secret ? secretProblem(secret) : null;
  if (problem) problems.push(problem);
  if (database.kind === 'embedded' && options.migrate === undefined && !existsSync(join(dataFolder, 'database')))
    problems.push(`There is no database in ${dataFolder}. \`wuxing serve\` or \`wuxing migrate\` makes one.`);
  if (problems.length > 0) throw refused(problems.join('\n'));
  setJournalKey(secret ?? '');
  const opened = await openDatabase(
    { database, dataFolder },
    { label: options.label, whenHeld: 'visit', ...(options.migrate === undefined ? {} : { migrate: options.migrate }) },
  );
  if (options.secret && secret) {
    try {
      await checkSecret(opened, secret);
    } catch (error) {
      await opened.close();
      throw error;
    }
  }
  const lead = readLead(dataFolder);
  const now = () => new Date(Date.now() + lead);
  return {
    ...opened,
    dataFolder,
    secret: secret ?? '',
    now,
    asSystem: (work) => opened.database.write([''], (db) => work({ actor: system, db, now: now(), lang: 'zh' })),
  };
}

async function checkSecret(opened: Opened, secret: string): Promise<void> {
  const found = await opened.database.owner(async (tx) => {
    const { rel } = await tx.one<{ rel: string | null }>(sql`SELECT to_regclass('public.instance')::text AS rel`);
    // A database without tables yet: the next thing is a restoring.
    return rel === null ? undefined : findInstance(tx);
  });
  if (found && found.secretCheck !== secretCheck(secret))
    throw refused('WUXING_SECRET is not the one this instance was founded with.');
}
