// Postings a second against a bare handler that sends the same statements: on books of their own, where writers do not meet,
// and on one book, where every entry waits for the number of the one before it.
import { createApp } from '../../server/app.ts';
import { databaseOn } from '../../server/platform/db/database.ts';
import { postgresPool } from '../../server/platform/db/postgres.ts';
import { type BenchDatabase, benchDatabase } from '../lib/databases.ts';
import { load, type Sent } from '../lib/load.ts';
import type { Bench, Finding, Measure } from '../lib/measure.ts';
import { addPerson, password, signIn } from '../lib/people.ts';
import { type Server, startFloor, startProduct } from '../lib/processes.ts';
import { recordingPool, recordWork, type Statement } from '../lib/recorded.ts';
import { median } from '../lib/timing.ts';
import { growTree, ids } from '../lib/tree.ts';
import type { Work } from '../serve-floor.ts';

const connections = 32;
const county = ids.county(0);
const day = '2026-02-01';

const post = (book: string): Sent => ({
  method: 'POST',
  path: `/api/books/${book}/entries`,
  body: {
    onDay: day,
    text: '发放务工报酬',
    lines: [
      { account: 'expense:wages', amount: 12_000 },
      { account: 'asset:bank', amount: -12_000 },
    ],
  },
});

interface World {
  readonly db: BenchDatabase;
  readonly books: readonly string[];
  readonly works: readonly Work[];
}

/** A book for each writer with enough in the bank, and what posting in it asks of the database. */
async function makeWorld(): Promise<World> {
  const db = await benchDatabase('ledgers');
  await growTree(db, { counties: 1, townships: 2, villages: 20 });
  for (let i = 0; i < connections; i++) await addPerson(db, `office${i}`, 'organiser', county);
  const said: Statement[] = [];
  const app = await createApp(databaseOn(recordingPool(postgresPool(db.url, { max: 4 }), said)), {
    secret: 'bench secret, long enough to be one',
    clock: () => new Date(),
    version: 'bench',
    logLevel: 'silent',
    rateLimit: 1_000_000_000,
    trustProxy: false,
    secure: false,
  });
  try {
    const session = await app.inject({ method: 'POST', url: '/api/session', payload: { login: 'office0', password } });
    const cookie = session.cookies.map((c) => `${c.name}=${c.value}`).join('; ');
    const send = async (url: string, payload: object) => {
      const answer = await app.inject({ method: 'POST', url, headers: { cookie }, payload });
      if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}: ${answer.body}`);
      return answer.json<{ id: string }>().id;
    };
    const books: string[] = [];
    const works: Work[] = [];
    for (let i = 0; i < connections; i++) {
      const book = await send('/api/books', {
        kind: 'village-collective',
        unitId: ids.village(i),
        title: '村集体账',
        openedOn: '2026-01-01',
      });
      const lines = [
        { account: 'asset:bank', amount: 900_000_000_000 },
        { account: 'equity:opening', amount: -900_000_000_000 },
      ];
      await send(`/api/books/${book}/entries`, { onDay: '2026-01-01', text: '期初', lines });
      const { path } = post(book);
      works.push(
        await recordWork(app, cookie, said, { first: post(book), second: post(book), pattern: path, subject: book }),
      );
      books.push(book);
    }
    await db.run('VACUUM ANALYZE');
    // The book stands in the path itself; what else is recorded belongs to that book.
    return { db, books, works: works.map((w) => ({ ...w, subject: null })) };
  } finally {
    await app.close();
  }
}

async function compare(
  bench: Bench,
  bar: Finding['bar'],
  next: (n: number) => Sent,
  sides: readonly [{ server: Server; cookies: readonly string[] }, { server: Server; cookies: readonly string[] }],
): Promise<Finding> {
  const [rounds, seconds] = bench.quick ? [2, 0.5] : [5, 3];
  const rates: [number[], number[]] = [[], []];
  const round = async (i: 0 | 1, length: number) => {
    const { server, cookies } = sides[i];
    const done = await load({ port: server.port, connections, seconds: length, cookies, next });
    const wrong = Object.keys(done.statuses).filter((status) => status !== '200');
    if (wrong.length > 0) throw new Error(`${bar}: answered ${JSON.stringify(done.statuses)}`);
    return done.perSecond;
  };
  for (const i of [0, 1] as const) await round(i, bench.quick ? 0.3 : 1.5);
  for (let r = 0; r < rounds; r++) {
    bench.say(`${bar}: round ${r + 1} of ${rounds}`);
    for (const i of r % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) rates[i].push(await round(i, seconds));
  }
  const ratios = rates[0].map((rate, i) => rate / rates[1][i]!);
  const [ours, floor] = rates.map((list) => Math.round(median(list)));
  return { bar, value: median(ratios), note: `${ours}/s against ${floor}/s` };
}

async function run(bench: Bench) {
  const { db, books, works } = await makeWorld();
  let product: Server | undefined;
  let floor: Server | undefined;
  try {
    product = await startProduct(db.url, { env: { DATABASE_CONNECTIONS: '16' } });
    floor = await startFloor({ url: db.url, connections: 16, works });
    const cookies: string[] = [];
    for (let i = 0; i < connections; i++) cookies.push(await signIn(`http://127.0.0.1:${product.port}`, `office${i}`));
    const sides = [
      { server: product, cookies },
      { server: floor, cookies: [] },
    ] as const;
    const findings: Finding[] = [];
    if (bench.wants('ledgers.post'))
      findings.push(await compare(bench, 'ledgers.post', (n) => post(books[n % books.length]!), sides));
    if (bench.wants('ledgers.one-book'))
      findings.push(await compare(bench, 'ledgers.one-book', () => post(books[0]!), sides));
    return { findings };
  } finally {
    await product?.stop();
    await floor?.stop();
    await db.drop();
  }
}

export const ledgers: Measure = { name: 'ledgers', minutes: 2, run };
