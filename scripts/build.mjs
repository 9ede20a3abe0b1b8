// `npm run build`: everything that a server needs, checked strictly. `--force` builds even what did not change.
import { buildServer, buildWeb } from './lib/build.mjs';

const force = process.argv.includes('--force');
const done = (await buildServer({ force, strict: true })) && (await buildWeb({ force }));
process.exitCode = done ? 0 : 1;
