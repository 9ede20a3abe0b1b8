// Requests a second of the product against a bare node:http and pg handler that sends the same statements: same server, same
// number of connections, in turns. What is between the two is log-in, permission, row-level security, contract and journal.
import { createApp } from '../../server/app.ts';
import { databaseOn } from '../../server/platform/db/database.ts';
import { postgresPool } from '../../server/platform/db/postgres.ts';
import { type BenchDatabase, benchDatabase } from '../lib/databases.ts';
import { load, type Load, type Sent } from '../lib/load.ts';
import type { Bench, Finding, Measure } from '../lib/measure.ts';
import { addPerson, password, signIn } from '../lib/people.ts';
import { type Server, startFloor, startProduct } from '../lib/processes.ts';
import { recordingPool, recordWork, type Statement } from '../lib/recorded.ts';
import { settled } from '../lib/settled.ts';
import { median } from '../lib/timing.ts';
import { addCases, caseId, growTree, ids, type Tree, villagesOf } from '../lib/tree.ts';
import type { Work } from '../serve-floor.ts';

const connections = 16;
const casesPerVillage = 40;
/** Pages are asked for in so many townships; each has work of its own in the bare handler. */
const pages = 25;
const county = ids.county(0);

/** Half of the cases wait to be closed: every second one. */
const waiting = (i: number): number => 2 * i + 1;

const read = (n: number): Sent => ({ method: 'GET', path: `/api/cases/${caseId(n)}` });
const pageQuery = (t: number) => `type=task&state=doing&under=${ids.township(t)}&limit=20`;
const page = (t: number): Sent => ({ method: 'GET', path: `/api/cases?${pageQuery(t)}` });
const create = (n: number): Sent => ({
  method: 'POST',
  path: '/api/cases',
  body: { type: 'task', title: `任务 ${n}`, unitId: ids.village(n), data: { condition: '完成并验收' } },
});
const change = (n: number): Sent => ({
  method: 'POST',
  path: `/api/cases/${caseId(n)}/steps`,
  body: { step: 'close', version: 1 },
});
const counts: Sent = { method: 'GET', path: `/api/cases/counts?under=${county}&by=child&type=task` };

/** What a handler without kept counts would ask: one pass over all cases. */
const counting: Statement = {
  text: `SELECT t.id, t.name, k.state, k.n FROM units t LEFT JOIN (
      SELECT v.parent_id, c.state, count(*)::int AS n FROM cases c JOIN units v ON v.id = c.unit_id
      WHERE c.type = $2 GROUP BY v.parent_id, c.state) k ON k.parent_id = t.id
    WHERE t.parent_id = $1 ORDER BY t.pinyin, k.state`,
  values: [county, 'task'],
};

interface World {
  readonly db: BenchDatabase;
  readonly cases: number;
  readonly villages: number;
  readonly tree: Tree;
}

async function makeWorld(bench: Bench): Promise<World> {
  const tree: Tree = { counties: 1, townships: bench.quick ? 25 : 250, villages: 20 };
  const db = await benchDatabase('http');
  bench.say('loading units and cases');
  await growTree(db, tree);
  const villages = villagesOf(tree);
  await addCases(db, 0, villages, casesPerVillage);
  for (let i = 0; i < connections; i++) await addPerson(db, `office${i}`, 'organiser', county);
  await db.run('VACUUM ANALYZE');
  return { db, tree, villages, cases: villages * casesPerVillage };
}

/** The statements of each kind of request, from the product itself. */
async function works({ db, cases }: World): Promise<Work[]> {
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
  const session = await app.inject({ method: 'POST', url: '/api/session', payload: { login: 'office0', password } });
  const cookie = session.cookies.map((c) => `${c.name}=${c.value}`).join('; ');
  const record = (of: Parameters<typeof recordWork>[3]) => recordWork(app, cookie, said, of);
  const list: Work[] = [];
  const [a, b] = [cases / 2 - 1, cases / 2 - 2].map(waiting) as [number, number];
  try {
    list.push(await record({ first: read(0), second: read(7), pattern: '/api/cases/:id', subject: caseId(0) }));
    for (let t = 0; t < pages; t++)
      list.push(await record({ first: page(t), second: page(t), pattern: '/api/cases', query: pageQuery(t) }));
    list.push(await record({ first: create(1), second: create(2), pattern: '/api/cases' }));
    list.push(
      await record({ first: change(a), second: change(b), pattern: '/api/cases/:id/steps', subject: caseId(a) }),
    );
  } finally {
    await app.close();
  }
  // Before the pattern that would take it for an id.
  list.unshift({ method: 'GET', path: '/api/cases/counts', statements: [counting], subject: null, fresh: [] });
  return list;
}

interface Side {
  readonly name: 'product' | 'floor';
  readonly server: Server;
  readonly cookies: readonly string[];
}

interface Kind {
  readonly bar: Finding['bar'];
  next(side: Side, n: number): Sent;
}

/** Cases are changed once: the product takes them from the front, the bare handler from the back. */
function kinds(world: World): Kind[] {
  let front = 0;
  let back = world.cases / 2 - 3;
  const spread = (n: number, of: number) => (n * 7_919) % of;
  const changed = (side: Side) => {
    if (front >= back) throw new Error('All cases have been changed: there are too few for so many requests.');
    return waiting(side.name === 'product' ? front++ : back--);
  };
  return [
    { bar: 'http.read', next: (_, n) => read(spread(n, world.cases)) },
    { bar: 'http.page', next: (_, n) => page(n % pages) },
    { bar: 'http.create', next: (_, n) => create(spread(n, world.villages)) },
    { bar: 'http.change', next: (side) => change(changed(side)) },
    { bar: 'http.counts', next: () => counts },
  ];
}

async function round(kind: Kind, side: Side, seconds: number): Promise<Load> {
  const { cookies, server } = side;
  const done = await load({ port: server.port, connections, seconds, cookies, next: (n) => kind.next(side, n) });
  const wrong = Object.entries(done.statuses).filter(([status]) => status !== '200');
  if (wrong.length > 0) throw new Error(`${kind.bar}, ${side.name}: answered ${JSON.stringify(done.statuses)}`);
  return done;
}

async function compare(bench: Bench, kind: Kind, sides: readonly [Side, Side]): Promise<Finding> {
  const [rounds, seconds] = bench.quick ? [2, 0.5] : [5, 3];
  const rates: [number[], number[]] = [[], []];
  for (const side of sides) await round(kind, side, bench.quick ? 0.3 : 1.5);
  for (let r = 0; r < rounds; r++) {
    bench.say(`${kind.bar}: round ${r + 1} of ${rounds}`);
    // Who goes first changes, so that neither always follows the other's writes.
    for (const i of r % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const))
      rates[i].push((await round(kind, sides[i], seconds)).perSecond);
  }
  const ratios = rates[0].map((rate, i) => rate / rates[1][i]!);
  const [ours, floor] = rates.map((list) => Math.round(median(list)));
  return { bar: kind.bar, value: median(ratios), note: `${ours}/s against ${floor}/s` };
}

async function run(bench: Bench) {
  const world = await makeWorld(bench);
  let product: Server | undefined;
  let floor: Server | undefined;
  try {
    bench.say('recording what the product asks of the database');
    const settings = { url: world.db.url, connections, works: await works(world) };
    product = await startProduct(world.db.url, { env: { DATABASE_CONNECTIONS: String(connections) } });
    await settled(world.db, bench.say);
    await world.db.run('VACUUM ANALYZE');
    floor = await startFloor(settings);
    const url = `http://127.0.0.1:${product.port}`;
    const cookies: string[] = [];
    for (let i = 0; i < connections; i++) cookies.push(await signIn(url, `office${i}`));
    const sides = [
      { name: 'product', server: product, cookies },
      { name: 'floor', server: floor, cookies: [] },
    ] as const satisfies Side[];
    const findings: Finding[] = [];
    for (const kind of kinds(world).filter((k) => bench.wants(k.bar)))
      findings.push(await compare(bench, kind, [sides[0], sides[1]]));
    findings.push({ bar: 'http.memory', value: product.memory().most });
    return { findings };
  } finally {
    await product?.stop();
    await floor?.stop();
    await world.db.drop();
  }
}

export const http: Measure = { name: 'http', minutes: 8, run };
