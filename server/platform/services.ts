import type { FileStore } from './files/index.ts';
import type { Jobs } from './jobs/runner.ts';
import type { NewsHub } from './news.ts';

/** What lives as long as the application and is more than a function: handed to the routes that need it. */
export interface Services {
  readonly files: FileStore;
  readonly news: NewsHub;
  readonly jobs: Jobs;
}
