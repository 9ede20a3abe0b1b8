import type { Database } from './db/database.ts';
import { raw, sql } from './db/sql.ts';

/** Something that is to be done regularly, whoever starts the server when. */
export interface Task {
  readonly name: string;
  readonly everyHours: number;
  /** Does it and says in a few words what came of it. */
  readonly work: () => Promise<string>;
}

/** The embedded database has no background workers, so its dead rows are cleared table by table, others in between. */
export function vacuumTask(database: Database): Task {
  return {
    name: 'vacuum',
    everyHours: 6,
    work: async () => {
      const tables = await database.owner((tx) =>
        tx.many<{ name: string }>(sql`SELECT quote_ident(relname) AS name FROM pg_class
          WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname`),
      );
      for (const { name } of tables) await database.maintain(`VACUUM (ANALYZE) ${name}`);
      return `${tables.length} tables`;
    },
  };
}

/** What nobody will ask for again: ended sessions, used links, answers kept for repeated requests. */
export function forgetTask(database: Database, clock: () => Date): Task {
  return {
    name: 'forget',
    everyHours: 24,
    work: async () => {
      const daysAgo = (days: number) => new Date(clock().getTime() - days * 86_400_000);
      return database.owner(async (tx) => {
        const sessions = await tx.run(
          sql`DELETE FROM sessions WHERE expires_at < ${daysAgo(30)} OR revoked_at < ${daysAgo(30)}`,
        );
        const links = await tx.run(sql`DELETE FROM invitations WHERE expires_at < ${daysAgo(30)}`);
        const replies = await tx.run(sql`DELETE FROM replies WHERE at < ${daysAgo(3)}`);
        return `${sessions} sessions, ${links} links, ${replies} replies`;
      });
    },
  };
}

/** Takes the task if it is due, so that of several processes one does it. */
async function take(database: Database, task: Task, now: Date): Promise<boolean> {
  return database.owner(async (tx) => {
    const taken = await tx.run(sql`INSERT INTO upkeep (task, done_at) VALUES (${task.name}, ${now})
      ON CONFLICT (task) DO UPDATE SET done_at = excluded.done_at
      WHERE upkeep.done_at <= ${now}::timestamptz - ${raw(`interval '${Math.round(task.everyHours * 3600)} seconds'`)}`);
    return taken > 0;
  });
}

export interface Upkeep {
  stop(): Promise<void>;
}

/** Does each task when it is due, one after the other, beginning a little after the start so that people come first. */
export function startUpkeep(
  database: Database,
  tasks: readonly Task[],
  options: {
    clock: () => Date;
    said: (task: string, result: string) => void;
    failed: (task: string, error: unknown) => void;
    firstMs?: number;
  },
): Upkeep {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  async function round(): Promise<void> {
    for (const task of tasks) {
      if (stopped) return;
      try {
        if (!(await take(database, task, options.clock()))) continue;
        const result = await task.work();
        await database.owner((tx) => tx.run(sql`UPDATE upkeep SET result = ${result} WHERE task = ${task.name}`));
        options.said(task.name, result);
      } catch (error) {
        options.failed(task.name, error);
        // Tried again in the next round rather than a whole period later.
        await database.owner((tx) => tx.run(sql`DELETE FROM upkeep WHERE task = ${task.name}`)).catch(() => undefined);
      }
    }
  }

  const first = setTimeout(go, options.firstMs ?? 60_000);
  const timer = setInterval(go, 10 * 60_000);
  function go(): void {
    running = running.then(round);
  }
  first.unref();
  timer.unref();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(first);
      clearInterval(timer);
      await running;
    },
  };
}
