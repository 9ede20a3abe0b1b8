import { Agent } from 'node:http';
import { send } from './http.ts';
import { freshDatabase, freshFolder, type Place, startChild } from './kill.ts';

/** kill −9 while 32 writers post in one book: nothing acknowledged is lost, nothing stands twice, and the book balances. */
export interface BooksReport {
  readonly kills: number;
  readonly acknowledged: number;
  readonly entries: number;
  readonly faults: string[];
}

export interface BooksOptions {
  readonly kills: number;
  /** Address of a PostgreSQL server; embedded when left out. */
  readonly serverUrl?: string | undefined;
  readonly random: () => number;
  readonly progress?: (done: number, total: number) => void;
}

const token = 'the token of the bookkeeper who posts while the server dies';
const writers = 32;
const opening = 50_000_000;
const fare = 7;

interface Server {
  readonly port: number;
  readonly token: string;
}

async function get<T>(to: Server, path: string): Promise<T> {
  const reply = await fetch(`http://127.0.0.1:${to.port}${path}`, {
    headers: { cookie: `wuxing_session=${to.token}` },
  });
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
  return (await reply.json()) as T;
}

async function found(to: Server, agent: Agent, unitId: number): Promise<string> {
  const open = { kind: 'creation-fund', unitId, title: '创建资金', openedOn: '2026-01-01' };
  const book = await send(agent, to, '/api/books', open);
  if (book.status !== 200) throw new Error(`The book could not be opened: ${book.status} ${book.body}`);
  const { id } = JSON.parse(book.body) as { id: string };
  const lines = [
    { account: 'asset:bank', amount: opening },
    { account: 'equity:opening', amount: -opening },
  ];
  const first = await send(agent, to, `/api/books/${id}/entries`, { onDay: '2026-01-01', text: '期初', lines });
  if (first.status !== 200) throw new Error(`The opening could not be posted: ${first.status} ${first.body}`);
  return id;
}

/** Posts until the server stops answering. Every source is tried by two writers, as a phone that lost the answer would. */
async function postUntilDead(
  to: Server,
  book: string,
  round: number,
  acknowledged: Map<string, number>,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: writers });
  let count = 0;
  const writer = async () => {
    for (;;) {
      const id = `r${round}-${Math.floor(count++ / 2)}`;
      const lines = [
        { account: 'expense:paid', amount: fare, purpose: 'environment' },
        { account: 'asset:bank', amount: -fare },
      ];
      const entry = { onDay: '2026-01-02', text: id, lines, source: { kind: 'test', id } };
      const reply = await send(agent, to, `/api/books/${book}/entries`, entry).catch(() => null);
      if (reply === null) return;
      if (reply.status !== 200)
        throw new Error(`A posting was refused while the server was well: ${reply.status} ${reply.body}`);
      acknowledged.set(id, (JSON.parse(reply.body) as { number: number }).number);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  agent.destroy();
}

interface Entry {
  readonly number: number;
  readonly sourceId: string | null;
  readonly amount: number;
}

/** Looks at the whole book as its reader sees it. */
async function look(
  to: Server,
  book: string,
  acknowledged: ReadonlyMap<string, number>,
): Promise<{ entries: number; bySource: ReadonlyMap<string, number>; faults: string[] }> {
  const faults: string[] = [];
  const entries: Entry[] = [];
  for (;;) {
    const page = await get<{ items: Entry[]; total: number }>(
      to,
      `/api/books/${book}/entries?limit=200&offset=${entries.length}`,
    );
    entries.push(...page.items);
    if (entries.length >= page.total || page.items.length === 0) break;
  }
  const { entries: counted } = await get<{ entries: number }>(to, `/api/books/${book}`);
  const numbers = entries.map((e) => e.number).sort((a, b) => a - b);
  if (numbers.some((n, i) => n !== i + 1) || counted !== numbers.length)
    faults.push(`numbers are not 1 to ${counted}: ${numbers.length} entries, the last is ${numbers.at(-1)}`);
  const bySource = new Map<string, number>();
  for (const e of entries) {
    if (e.sourceId === null) continue;
    if (bySource.has(e.sourceId)) faults.push(`source ${e.sourceId} stands twice`);
    bySource.set(e.sourceId, e.number);
    if (e.amount !== fare) faults.push(`entry ${e.number} has ${e.amount}`);
  }
  for (const [id, number] of acknowledged)
    if (bySource.get(id) !== number)
      faults.push(`acknowledged ${id} as number ${number} is ${bySource.get(id) ?? 'gone'}`);
  const spent = bySource.size * fare;
  type Side = { debit: number; credit: number; items: { code: string; closing: number }[] };
  const trial = await get<Side>(to, `/api/books/${book}/balances`);
  if (trial.debit !== trial.credit || trial.debit !== opening + spent)
    faults.push(`the sides are ${trial.debit} and ${trial.credit}, ${opening + spent} was posted`);
  const { items } = await get<{ items: { code: string; balance: number }[] }>(
    to,
    `/api/books/${book}/accounts?below=asset:bank`,
  );
  if (items[0]?.balance !== opening - spent)
    faults.push(`the bank is kept at ${items[0]?.balance}, ${opening - spent} is there`);
  return { entries: entries.length, bySource, faults };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function firstAnswer(acknowledged: ReadonlyMap<string, number>): Promise<void> {
  const before = acknowledged.size;
  for (let waited = 0; acknowledged.size === before && waited < 5_000; waited += 5) await pause(5);
}

/** Loses one entry with its lines and looks again: a look that finds nothing then would not have found a loss before. */
async function noticesLoss(place: Place, book: string, there: ReadonlyMap<string, number>): Promise<string[]> {
  const { child, state } = await startChild({ ...place, token, verify: true, spoil: 'entry' });
  const { faults } = await look({ port: state.port, token }, book, there);
  child.kill('SIGKILL');
  const [found, journal] = [faults.join('\n'), state.faults.join('\n')];
  const noticed = {
    'its number': /numbers are not 1 to/.test(found),
    'that it is gone': /acknowledged \S+ as number \d+ is gone/.test(found),
    'the kept balance': /the bank is kept at/.test(found),
  };
  return [
    ...Object.entries(noticed).flatMap(([what, seen]) =>
      seen ? [] : [`an entry was taken away, and ${what} was not noticed`],
    ),
    ...(journal ? [`taking an entry away shows in the journal: ${journal}`] : []),
  ];
}

export async function killWhilePosting(options: BooksOptions): Promise<BooksReport> {
  const place = options.serverUrl ? await freshDatabase(options.serverUrl) : freshFolder();
  const acknowledged = new Map<string, number>();
  const faults: string[] = [];
  let entries = 0;
  let there: ReadonlyMap<string, number> = new Map();
  let book: string | undefined;
  const agent = new Agent();
  try {
    for (let n = 0; n <= options.kills; n++) {
      // The last start looks only, and verifies the journal as well.
      const { child, state } = await startChild({ ...place, token, verify: n === options.kills });
      const to = { port: state.port, token };
      faults.push(...state.faults.map((f) => `start ${n}: ${f}`));
      book ??= await found(to, agent, state.township);
      const seen = await look(to, book, acknowledged);
      faults.push(...seen.faults.map((f) => `start ${n}: ${f}`));
      entries = seen.entries;
      there = seen.bySource;
      if (n < options.kills) {
        const load = postUntilDead(to, book, n, acknowledged);
        // Every other time deep in the load, after the first answer of this start; otherwise also before it.
        if (n % 2 === 1) await firstAnswer(acknowledged);
        await pause(5 + options.random() * (options.serverUrl ? 800 : 2_000));
        child.kill('SIGKILL');
        await load;
        options.progress?.(n + 1, options.kills);
      } else child.kill('SIGKILL');
    }
    faults.push(...(await noticesLoss(place, book!, there)));
  } finally {
    agent.destroy();
    await place.drop();
  }
  return { kills: options.kills, acknowledged: acknowledged.size, entries, faults };
}
