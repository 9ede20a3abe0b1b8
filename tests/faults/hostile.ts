import fc from 'fast-check';
import { type RoleName, role, roleNames } from '../../domain/records/assignments/roles.ts';
import { type Answer, type Client, createWorld, type World } from '../support/world.ts';
import { changedTables, fingerprint } from './fingerprint.ts';
import { arbitraryFor, nastyBodies, nastyTexts } from './nasty.ts';
import { plant, uuidOf } from './planting.ts';
import { type Call, callOf, type Ids, type Operation, operationsOf, sample } from './schema-inputs.ts';

/**
 * Every endpoint with malformed, oversized, hostile and random input, sent by somebody who may do everything, so that
 * the input gets as far in as it can. Whatever comes: no defect, no stack trace, and a refusal has written nothing.
 */
export interface HostileReport {
  readonly operations: number;
  readonly calls: number;
  readonly accepted: number;
  readonly byStatus: Record<string, number>;
  readonly faults: string[];
}

export interface HostileOptions {
  /** Random requests per endpoint, beside the fixed nasty ones. */
  readonly random: number;
  /** Fixed nasty requests per endpoint, drawn from all of them; all when left out. */
  readonly fixed?: number;
  readonly seed: number;
  readonly progress?: (done: number, total: number) => void;
}

interface Run {
  readonly world: World;
  readonly ids: Ids;
  readonly report: { calls: number; accepted: number; byStatus: Record<string, number> };
  /** Examples of each fault; the same one in the same place is one line. */
  readonly faults: Map<string, string[]>;
  known: Map<string, string>;
}

export async function findDefects(options: HostileOptions): Promise<HostileReport> {
  const world = await createWorld();
  try {
    const ids = { unit: world.units.eastVillage, uuid: uuidOf(world.units.eastVillage) };
    await plant(world.database, Object.values(world.units));
    await world.person('everything', world.units.county, everyRole(world));
    const page = await (await world.as()).raw({ method: 'GET', url: '/api/openapi.json' });
    const operations = operationsOf(page.body);
    const report = { calls: 0, accepted: 0, byStatus: {} };
    const run: Run = { world, ids, report, faults: new Map(), known: await fingerprint(world.database) };
    let client = await world.as('everything');
    run.known = await fingerprint(world.database);
    for (const [i, operation] of operations.entries()) {
      client = await attack(run, operation, client, options);
      options.progress?.(i + 1, operations.length);
    }
    const faults = [...run.faults].map(([what, all]) => `${what} — ${all.length} times, first: ${all[0]!}`);
    return { operations: operations.length, ...report, faults };
  } finally {
    await world.close();
  }
}

/** One person who holds every role somewhere that lies above the village under attack. */
function everyRole(world: World): [RoleName, number, string?][] {
  return roleNames
    .filter((name) => role(name).holder === 'person')
    .flatMap((name): [RoleName, number, string?][] =>
      role(name).perStar
        ? ['party', 'civilised'].map((star) => [name, world.units.county, star])
        : [[name, world.units.county]],
    );
}

async function attack(run: Run, operation: Operation, client: Client, options: HostileOptions): Promise<Client> {
  let sender = client;
  const fixed = drawn(fixedCalls(operation, run.ids), options);
  for (const call of [...fixed, ...randomCalls(operation, run.ids, options)]) {
    // An answer that breaks off half-way is a defect like any other.
    const answer = await sender
      .raw({ ...call, method: call.method as 'GET' })
      .catch((error: Error): Answer => ({ status: 500, body: error.message, code: 'cut-off', headers: {} }));
    run.report.calls += 1;
    run.report.byStatus[answer.status] = (run.report.byStatus[answer.status] ?? 0) + 1;
    judge(run, operation, call, answer);
    if (answer.status >= 400) continue;
    run.report.accepted += 1;
    if (operation.method === 'GET') continue;
    // An accepted change moves the mark; one that ended the sender's session needs a new one.
    if (/session|password/i.test(operation.path)) sender = await run.world.as('everything');
    run.known = await fingerprint(run.world.database);
  }
  const now = await fingerprint(run.world.database);
  // Reading personal fields is journaled, so an accepted reading may have written there and nowhere else.
  const read = (table: string) => operation.method === 'GET' && table === 'journal';
  const changed = changedTables(run.known, now).filter((table) => !read(table));
  if (changed.length > 0)
    note(run, `${operation.operationId}: refused requests have written ${changed.join(', ')}`, '');
  run.known = now;
  return sender;
}

/** Spread evenly over all of them, so that each kind of place is hit. */
function drawn(calls: Call[], options: HostileOptions): Call[] {
  const every = Math.max(1, Math.floor(calls.length / (options.fixed ?? calls.length)));
  return calls.filter((_, i) => (i + options.seed) % every === 0);
}

const trace =
  /\bat [^\n]*\.(?:ts|js|mjs):\d+|node_modules|syntax error at|violates [a-z-]+ constraint|ECONN|pg_catalog/;

function judge(run: Run, operation: Operation, call: Call, answer: Answer): void {
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  const example = `${call.method} ${call.url.slice(0, 150)} ${(call.payload ?? '').slice(0, 300)}`;
  const say = (what: string) => note(run, `${operation.operationId} ${what}`, example);
  if (answer.status >= 500) say(`answers ${answer.status}`);
  else if (answer.status >= 400 && trace.test(text)) say(`shows its inside: ${text.slice(0, 200)}`);
  else if (answer.status >= 400 && typeof answer.code !== 'string') say(`${answer.status} without a code`);
}

function note(run: Run, what: string, example: string): void {
  run.faults.set(what, [...(run.faults.get(what) ?? []), example]);
}

const json = { 'content-type': 'application/json' };

function fixedCalls(operation: Operation, ids: Ids): Call[] {
  const good = callOf(operation, ids);
  const calls: Call[] = [];
  for (const p of operation.parameters)
    for (const text of nastyTexts) {
      const base = p.in === 'path' ? operation.path.replace(`{${p.name}}`, wire(text)) : operation.path;
      const url = filled(base, operation, ids);
      calls.push({ ...good, url: p.in === 'query' ? `${url}?${p.name}=${wire(text)}` : url });
    }
  calls.push({
    ...good,
    url: `${good.url}${good.url.includes('?') ? '&' : '?'}__proto__=1&constructor=2&limit=999999999`,
  });
  if (operation.method === 'GET') return calls;
  for (const { type, payload } of nastyBodies)
    calls.push({ ...good, payload, headers: type === undefined ? {} : { 'content-type': type } });
  calls.push({ ...good, headers: { ...json, 'idempotency-key': "'; --" } });
  for (const key of Object.keys(operation.body?.properties ?? {}))
    for (const text of [...nastyTexts, 0, -1, 1e308, null, [], {}])
      calls.push({ ...good, payload: JSON.stringify({ ...(sample(operation.body!, ids) as object), [key]: text }) });
  return calls;
}

/** Percent-encoded; what cannot be encoded (half of a pair) goes as broken bytes. */
function wire(text: string): string {
  return [...Buffer.from(text)]
    .map((b) => `%${b.toString(16).padStart(2, '0')}`)
    .join('')
    .slice(0, 3_000);
}

function filled(path: string, operation: Operation, ids: Ids): string {
  return operation.parameters
    .filter((p) => p.in === 'path')
    .reduce((url, p) => url.replace(`{${p.name}}`, encodeURIComponent(String(sample(p.schema, ids, p.name)))), path);
}

function randomCalls(operation: Operation, ids: Ids, options: HostileOptions): Call[] {
  const good = callOf(operation, ids);
  const query = operation.parameters.filter((p) => p.in === 'query');
  const fitting = (schema: Parameters<typeof sample>[0], name: string) => sample(schema, ids, name);
  const bodies = operation.body ? arbitraryFor(operation.body, fitting) : fc.constant({});
  const queries = fc.record(Object.fromEntries(query.map((p) => [p.name, arbitraryFor(p.schema, fitting, p.name)])), {
    requiredKeys: [],
  });
  return fc.sample(fc.tuple(bodies, queries), { numRuns: options.random, seed: options.seed }).map(([body, q]) => {
    const pairs = Object.entries(q).map(
      ([k, v]) => `${k}=${wire(typeof v === 'string' ? v : (JSON.stringify(v) ?? ''))}`,
    );
    const url = pairs.length > 0 ? `${filled(operation.path, operation, ids)}?${pairs.join('&')}` : good.url;
    return operation.method === 'GET' ? { ...good, url } : { ...good, url, payload: JSON.stringify(body) ?? 'null' };
  });
}
