import { mkdirSync, writeFileSync } from 'node:fs';
import { inRoot } from '../../server/platform/paths.ts';
import { killWhilePosting } from './books.ts';
import { changeBytes } from './bytes.ts';
import { findInExports } from './exports.ts';
import { findDefects } from './hostile.ts';
import { killWhileImporting } from './imports.ts';
import { killUnderLoad } from './kill.ts';
import { findLeaks } from './leaks.ts';
import { raceForSteps } from './race.ts';
import { sendHostileSheets } from './sheets.ts';

/**
 * `npm run faults`: everything on this machine's loopback, bounded in time. A name or two as arguments run only those.
 * The seed is printed, so that a run can be repeated.
 */
process.env['NODE_ENV'] = 'test';
const serverUrl = process.env['TEST_DATABASE_URL'];
if (!serverUrl) throw new Error('Run this through `npm run faults`, which starts a PostgreSQL server of its own.');
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const random = mulberry(seed);
const only = process.argv.slice(2);

function mulberry(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The embedded and the server database are chosen by the same variable as in all tests. */
async function on<T>(database: 'postgres' | 'embedded', work: () => Promise<T>): Promise<T> {
  if (database === 'postgres') process.env['TEST_DATABASE_URL'] = serverUrl;
  else delete process.env['TEST_DATABASE_URL'];
  return work();
}

const progress = (name: string) => (done: number, total: number) => {
  if (process.stderr.isTTY) process.stderr.write(`\r${name} ${done} of ${total}  `);
  else if (done === total || done % 10 === 0) process.stderr.write(`${name} ${done} of ${total}\n`);
};

interface Trial {
  readonly name: string;
  readonly run: () => Promise<{ readonly faults: readonly string[] } & object>;
  readonly says: (report: never) => string;
}

const kinds = ['embedded', 'postgres'] as const;

const trials: Trial[] = [
  ...kinds.map((kind) => ({
    name: `kill-${kind}`,
    run: () =>
      killUnderLoad({
        kills: 50,
        random,
        ...(kind === 'postgres' ? { serverUrl } : {}),
        progress: progress(`kill-${kind}`),
      }),
    says: (r: Awaited<ReturnType<typeof killUnderLoad>>) =>
      `${r.kills} kills, ${r.acknowledged} acknowledged writes kept, ${r.inFlight} in flight, ${r.journalRows} journal rows verified`,
  })),
  ...kinds.map((kind) => ({
    name: `books-${kind}`,
    run: () =>
      killWhilePosting({
        kills: 20,
        random,
        ...(kind === 'postgres' ? { serverUrl } : {}),
        progress: progress(`books-${kind}`),
      }),
    says: (r: Awaited<ReturnType<typeof killWhilePosting>>) =>
      `${r.kills} kills while 32 writers posted in one book, ${r.acknowledged} acknowledged, ${r.entries} entries, all balanced`,
  })),
  ...kinds.map((kind) => ({
    name: `imports-${kind}`,
    run: () =>
      killWhileImporting({
        kills: kind === 'postgres' ? 8 : 4,
        random,
        ...(kind === 'postgres' ? { serverUrl } : {}),
        progress: progress(`imports-${kind}`),
      }),
    says: (r: Awaited<ReturnType<typeof killWhileImporting>>) =>
      `${r.kills} imports of ${r.rows} rows killed, ${r.atWork} at work, ${r.partly} with rows already there, all ended whole`,
  })),
  {
    name: 'race',
    run: () => raceForSteps(serverUrl, 200),
    says: (r: Awaited<ReturnType<typeof raceForSteps>>) =>
      `${r.cases} cases, ${r.attempts} attempts from two processes, ${r.wins} succeeded`,
  },
  ...kinds.flatMap((kind) =>
    [false, true].map((blind) => ({
      name: `leaks-${kind}${blind ? '-blind' : ''}`,
      run: () => on(kind, () => findLeaks({ blind, progress: progress(`leaks-${kind}`) })),
      says: (r: Awaited<ReturnType<typeof findLeaks>>) =>
        `${r.operations} endpoints × ${r.actors} people, ${r.calls} calls, own words seen ${r.ownSeen} times`,
    })),
  ),
  ...kinds.map((kind) => ({
    name: `sheets-${kind}`,
    run: () =>
      sendHostileSheets({ ...(kind === 'postgres' ? { serverUrl } : {}), progress: progress(`sheets-${kind}`) }),
    says: (r: Awaited<ReturnType<typeof sendHostileSheets>>) =>
      `${r.files} hostile files in two languages, at most ${r.worst.mb} MB for one (${r.worst.what})`,
  })),
  ...kinds.map((kind) => ({
    name: `exports-${kind}`,
    run: () => on(kind, () => findInExports({ progress: progress(`exports-${kind}`) })),
    says: (r: Awaited<ReturnType<typeof findInExports>>) =>
      `${r.endpoints} endpoints that send files × ${r.actors} people, ${r.files} files, ${r.words} words in them, all of them on the page`,
  })),
  ...kinds.map((kind) => ({
    name: `hostile-${kind}`,
    run: () => on(kind, () => findDefects({ random: 60, seed, progress: progress(`hostile-${kind}`) })),
    says: (r: Awaited<ReturnType<typeof findDefects>>) =>
      `${r.operations} endpoints, ${r.calls} requests, ${r.accepted} accepted, ${JSON.stringify(r.byStatus)}`,
  })),
  {
    name: 'bytes',
    run: () => on('postgres', () => changeBytes(330, random)),
    says: (r: Awaited<ReturnType<typeof changeBytes>>) => `${r.changes} changed bytes looked for`,
  },
];

const rows: { name: string; seconds: number; faults: readonly string[]; said: string; report: object }[] = [];
console.log(`seed ${seed}`);
for (const trial of trials.filter((t) => only.length === 0 || only.some((o) => t.name.startsWith(o)))) {
  const began = Date.now();
  const report = await trial
    .run()
    .catch((error: Error) => ({ faults: [`it broke off: ${error.stack ?? error.message}`] }));
  const said = Object.keys(report).length > 1 ? trial.says(report as never) : '';
  const seconds = Math.round((Date.now() - began) / 100) / 10;
  rows.push({ name: trial.name, seconds, faults: report.faults, said, report });
  console.log(
    `${report.faults.length === 0 ? '✓' : '✗'} ${trial.name.padEnd(22)} ${String(seconds).padStart(7)} s  ${said}`,
  );
  for (const fault of report.faults.slice(0, 20)) console.log(`    ${fault}`);
  if (report.faults.length > 20) console.log(`    … and ${report.faults.length - 20} more`);
}
mkdirSync(inRoot('results'), { recursive: true });
writeFileSync(inRoot('results', 'faults.json'), JSON.stringify({ seed, trials: rows }, null, 2));
const failed = rows.filter((r) => r.faults.length > 0).length;
console.log(`${rows.length - failed} of ${rows.length} trials found nothing wrong`);
process.exit(failed === 0 ? 0 : 1);
