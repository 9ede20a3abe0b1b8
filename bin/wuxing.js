#!/usr/bin/env node
// The command line. In a checkout it builds first when the sources are newer than what was built, so that `npx wuxing`
// works right after `npm ci`; an installed package has only the built program and starts it at once.
import { existsSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`wuxing needs Node 20.19 or later; this is ${process.versions.node}.\n`);
  process.exit(1);
}

const sources = new URL('../cli/main.ts', import.meta.url);
if (existsSync(sources)) {
  const { buildServer } = await import('../scripts/lib/build.mjs');
  if (!(await buildServer())) process.exit(1);
}
const { main } = await import('../dist/cli/main.js');
process.exitCode = await main(process.argv.slice(2));
