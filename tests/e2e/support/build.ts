import { execFileSync } from 'node:child_process';
import { inRoot } from '../../../server/platform/paths.ts';

/** Builds the pages once before all browser tests, so that what is tested is what stands in the sources. */
export function setup(): void {
  const vite = inRoot('node_modules', 'vite', 'bin', 'vite.js');
  execFileSync(process.execPath, [vite, 'build', '--config', 'web/vite.config.ts', '--logLevel', 'error'], {
    cwd: inRoot('.'),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
