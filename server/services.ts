import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from './platform/db/database.ts';
import { diskStore, type FileStore } from './platform/files/index.ts';
import { startJobs } from './platform/jobs/index.ts';
import { newsHub } from './platform/news.ts';
import type { Services } from './platform/services.ts';
import { actorOfUser } from './records/accounts/index.ts';
import { handleImport, importJob } from './records/imports/index.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly services: Services;
  }
}

export interface ServiceSettings {
  readonly clock: () => Date;
  /** Where uploaded files lie. Without one they last as long as the machine's temporary folder. */
  readonly files?: FileStore;
  /** Start the nightly runs by the clock; a server does, a test starts them itself. */
  readonly nightly?: boolean;
}

export interface Running extends Services {
  close(): Promise<void>;
}

/** Starts what runs beside the requests: jobs, live news, the file store. `close` stops it in the right order. */
export async function startServices(
  database: Database,
  settings: ServiceSettings,
  log: (error: unknown, message: string) => void,
): Promise<Running> {
  const files = settings.files ?? diskStore(join(tmpdir(), `wuxing-files-${process.pid}`));
  const news = await newsHub(database);
  const jobs = await startJobs(database, {
    clock: settings.clock,
    actorOf: (userId) => actorOfUser(database, userId, settings.clock()),
    nightly: settings.nightly ?? false,
    handlers: { [importJob]: (job) => handleImport(job, files) },
    log,
  });
  return {
    files,
    news,
    jobs,
    close: async () => {
      await jobs.stop();
      await news.close();
    },
  };
}

/** For reading the list of endpoints without an application behind it. */
export function noServices(): never {
  throw new Error('This list of endpoints is for reading; create the application to call them.');
}
