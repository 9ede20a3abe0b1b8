import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of the package, found from this file upwards: the compiled program lies in `dist/`, the sources do not, and
 * migrations, standards and the built pages are read from the package folder in both cases.
 */
function packageRoot(): string {
  let at = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const file = join(at, 'package.json');
    if (existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'wuxing') return at;
    const up = dirname(at);
    if (up === at) throw new Error('The package folder of wuxing was not found above ' + import.meta.url);
    at = up;
  }
}

export const root = packageRoot();
export const inRoot = (...parts: string[]) => join(root, ...parts);
