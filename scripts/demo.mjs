// `npm run demo` on a machine with nothing but Node and npm: brings the packages, builds, and starts the demo county.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Node 20.19 or later is needed; this is ${process.versions.node}.\n`);
  process.exit(1);
}

/** Installs the packages when there are none, or not those that the lock file names. */
function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const mark = join(root, 'node_modules', '.wuxing-lock');
  const there = existsSync(join(root, 'node_modules', 'typescript')) && existsSync(join(root, 'node_modules', 'vite'));
  const same = existsSync(mark) ? readFileSync(mark, 'utf8') === lock : there;
  if (there && same) {
    if (!existsSync(mark)) writeFileSync(mark, lock);
    return;
  }
  process.stderr.write('Installing the packages (npm ci) …\n');
  // `npm ci` would leave out the compiler where NODE_ENV says production.
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci', '--include=dev'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(mark, lock);
}

installPackages();
const { buildServer, buildWeb } = await import('./lib/build.mjs');
if (!(await buildServer()) || !(await buildWeb())) process.exit(1);
process.chdir(root);
const { main } = await import('../dist/cli/main.js');
process.exitCode = await main(['demo', ...process.argv.slice(2)]);
