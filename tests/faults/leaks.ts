import { type RoleName, role, roleNames } from '../../domain/records/assignments/roles.ts';
import { sql } from '../../server/platform/db/sql.ts';
import { type Client, createWorld, type World } from '../support/world.ts';
import { changedTables } from './fingerprint.ts';
import { digestOf, marksIn, nameMark, plant, privateMark, unitMark, uuidOf } from './planting.ts';
import { callOf, type Ids, namesSomething, type Operation, operationsOf } from './schema-inputs.ts';

/**
 * Every endpoint × every role × inside and outside its units. The oracle is built from the table of roles alone: what a
 * role may call, and whose words it may read. It knows nothing of how the server decides.
 */
export interface LeakReport {
  readonly operations: number;
  readonly actors: number;
  readonly calls: number;
  /** Answers in which words of an actor's own units were read: without them, silence would prove nothing. */
  readonly ownSeen: number;
  readonly byStatus: Record<string, number>;
  readonly faults: string[];
}

export interface Person {
  readonly login: string;
  readonly role: RoleName | null;
  readonly home: number;
  readonly inside: number;
  readonly outside: number;
  readonly may: Set<string>;
}

export interface Tree {
  readonly paths: Map<number, string>;
}

export interface LeakOptions {
  /** Takes the first wall down, so that row-level security stands alone. */
  readonly blind?: boolean;
  /** Only these roles; all of them when left out. */
  readonly roles?: readonly RoleName[];
  /** Breaks the second wall on purpose, to see that this test would notice. */
  readonly weaken?: (world: World) => Promise<void>;
  readonly progress?: (done: number, total: number) => void;
}

export async function findLeaks(options: LeakOptions = {}): Promise<LeakReport> {
  const world = await createWorld();
  try {
    const tree = await growTree(world);
    await plant(world.database, [...tree.paths.keys()]);
    const people = await peopleFor(world, options.roles ?? roleNames);
    await options.weaken?.(world);
    if (options.blind) process.env['WUXING_TEST_BLIND'] = '1';
    return await callEverything(world, tree, people, options);
  } finally {
    delete process.env['WUXING_TEST_BLIND'];
    await world.close();
  }
}

/** The small county of the tests, with a grid, an estate and a building so that every role has a unit to stand on. */
export async function growTree(world: World): Promise<Tree> {
  const u = world.units;
  await world.asSystem(async (rq) => {
    const add = (id: number, parent: number, type: string) =>
      rq.db.run(sql`INSERT INTO units (id, code, type, name, parent_id, unit_path, valid_from)
        SELECT ${id}, ${`x${id}`}, ${type}, ${`单位${id}`}, id, unit_path || ${`${id}.`}, '2020-01-01' FROM units WHERE id = ${parent}`);
    for (const [id, parent, type] of [
      [901, u.community, 'estate'],
      [902, 901, 'building'],
      [903, u.westVillage, 'grid'],
      [904, u.eastVillage, 'grid'],
    ] as const)
      await add(id, parent, type);
  });
  const rows = await world.asSystem((rq) =>
    rq.db.many<{ id: number; path: string }>(sql`SELECT id, unit_path AS path FROM units ORDER BY id`),
  );
  return { paths: new Map(rows.map((r) => [r.id, r.path])) };
}

/** Where a role stands, and a unit that it has nothing to do with. */
function placeOf(world: World, name: RoleName): { home: number; inside: number; outside: number } {
  const u = world.units;
  const on: readonly string[] = role(name).on;
  // The narrowest place a role can have is the one that shows most leaks; what stands on the county has no outside here.
  if (on.includes('township')) return { home: u.east, inside: u.eastVillage, outside: u.westVillage };
  if (on.includes('village')) return { home: u.eastVillage, inside: u.eastVillage, outside: u.eastVillage2 };
  if (on.includes('grid')) return { home: 904, inside: 904, outside: 903 };
  if (on.includes('estate')) return { home: 901, inside: 901, outside: 903 };
  if (on.includes('building')) return { home: 902, inside: 902, outside: 901 };
  return { home: u.county, inside: u.westVillage, outside: u.westVillage };
}

export async function peopleFor(world: World, names: readonly RoleName[]): Promise<Person[]> {
  const people: Person[] = [
    { login: '', role: null, ...placeOf(world, 'village-cadre'), may: new Set() },
    { login: 'idle', role: null, ...placeOf(world, 'village-cadre'), may: new Set() },
  ];
  await world.person('idle', world.units.eastVillage);
  for (const name of names) {
    const place = placeOf(world, name);
    const login = `r.${name}`;
    const held: [RoleName, number, string?] = role(name).perStar ? [name, place.home, 'party'] : [name, place.home];
    if (role(name).holder === 'person') await world.person(login, place.home, [held]);
    else continue;
    people.push({ login, role: name, ...place, may: new Set<string>(role(name).verbs) });
  }
  return people;
}

/** Whose words a person may read: their subtree in full, the names of the chain above, and nothing else. */
export function mayRead(tree: Tree, person: Person): Set<string> {
  const allowed = new Set<string>();
  const home = tree.paths.get(person.home)!;
  if (person.may.size === 0) {
    // Without a role a person sees no unit; their own page says where they belong.
    if (person.login !== '') allowed.add(unitMark(person.home));
    return allowed;
  }
  for (const [unitId, path] of tree.paths) {
    if (path.startsWith(home)) allowed.add(unitMark(unitId)).add(nameMark(unitId)).add(privateMark(unitId));
    if (home.startsWith(path)) allowed.add(unitMark(unitId)).add(nameMark(unitId));
  }
  return allowed;
}

async function callEverything(
  world: World,
  tree: Tree,
  people: readonly Person[],
  options: LeakOptions,
): Promise<LeakReport> {
  const page = await (await world.as()).raw({ method: 'GET', url: '/api/openapi.json' });
  const operations = operationsOf(page.body).filter((o) => !o.upload);
  const report = {
    operations: operations.length,
    actors: people.length,
    calls: 0,
    ownSeen: 0,
    byStatus: {},
    faults: new Map<string, string[]>(),
  };
  for (const [i, person] of people.entries()) {
    const readable = mayRead(tree, person);
    const client = await outside(world, person, operations, readable, report);
    await inside(world, client, person, operations, readable, report);
    options.progress?.(i + 1, people.length);
  }
  return { ...report, faults: told(report.faults) };
}

interface Report {
  calls: number;
  ownSeen: number;
  byStatus: Record<string, number>;
  faults: Map<string, string[]>;
}

/** The same fault in the same place for many people is one line. */
function told(faults: ReadonlyMap<string, readonly string[]>): string[] {
  return [...faults].map(([what, who]) => `${what} — ${who.length} times, first for ${who[0]!}`);
}

/** Everything about a unit that is none of this person's business: nothing is shown of it and nothing of it changes. */
async function outside(
  world: World,
  person: Person,
  operations: readonly Operation[],
  readable: ReadonlySet<string>,
  report: Report,
): Promise<Client> {
  let client = await signIn(world, person);
  if (person.outside === person.inside) return client;
  const before = await digestOf(world.database, person.outside);
  const ids = { unit: person.outside, uuid: uuidOf(person.outside) };
  for (const operation of operations)
    client = await tryOne(world, client, person, operation, { outside: true, ids, full: true }, readable, report);
  for (const table of changedTables(before, await digestOf(world.database, person.outside)))
    note(report, `${table} of a unit outside have changed`, person);
  return client;
}

async function inside(
  world: World,
  first: Client,
  person: Person,
  operations: readonly Operation[],
  readable: ReadonlySet<string>,
  report: Report,
): Promise<void> {
  let client = first;
  const ids = { unit: person.inside, uuid: uuidOf(person.inside) };
  for (const operation of operations) {
    client = await tryOne(world, client, person, operation, { outside: false, ids, full: false }, readable, report);
    if (namesSomething(operation))
      client = await tryOne(world, client, person, operation, { outside: false, ids, full: true }, readable, report);
  }
}

async function tryOne(
  world: World,
  client: Client,
  person: Person,
  operation: Operation,
  tried: Tried,
  readable: ReadonlySet<string>,
  report: Report,
): Promise<Client> {
  const status = await judge(client, person, operation, tried, readable, report);
  // What ended the person's own session must not make the rest of their calls look harmless.
  const ended = status < 400 && operation.permission === 'session' && /session|password/.test(operation.path);
  return ended ? signIn(world, person) : client;
}

function note(report: Report, what: string, person: Person): void {
  const who = report.faults.get(what) ?? [];
  who.push(person.login === '' ? 'a visitor' : person.login);
  report.faults.set(what, who);
}

const signIn = (world: World, person: Person) => world.as(person.login === '' ? undefined : person.login);

interface Tried {
  readonly outside: boolean;
  readonly ids: Ids;
  readonly full: boolean;
}

async function judge(
  client: Client,
  person: Person,
  operation: Operation,
  tried: Tried,
  readable: ReadonlySet<string>,
  report: Report,
): Promise<number> {
  const call = callOf(operation, tried.ids, tried.full);
  const say = (what: string) =>
    note(report, `${operation.operationId} ${tried.outside ? 'outside' : 'inside'}: ${what}`, person);
  report.calls += 1;
  const answer = await client.raw(call as Parameters<Client['raw']>[0]).catch((error: Error) => {
    say(`breaks its answer off (${error.message}, ${call.method} ${call.url})`);
    return null;
  });
  if (!answer) return 500;
  report.byStatus[answer.status] = (report.byStatus[answer.status] ?? 0) + 1;
  const seen = marksIn(JSON.stringify([answer.body, answer.headers]));
  const open = (mark: string) => operation.permission === 'public' && mark.startsWith('mqu');
  const foreign = [...seen].filter((mark) => !readable.has(mark) && !open(mark));
  if (foreign.length > 0) say(`shows ${foreign.join(' ')} (${call.method} ${call.url})`);
  if (seen.size > foreign.length) report.ownSeen += 1;
  const expected = expectedRefusal(person, operation);
  if (expected !== null && answer.status !== expected) say(`answers ${answer.status} where ${expected} is due`);
  // A defect shows nothing, but it also hides what the endpoint would have shown.
  if (answer.status >= 500) say(`answers ${answer.status}`);
  return answer.status;
}

/** The door: what the table of roles says about this permission, before anything else is looked at. */
function expectedRefusal(person: Person, operation: Operation): number | null {
  if (operation.permission === 'public') return null;
  if (person.login === '') return 401;
  if (operation.permission === 'session' || person.may.has(operation.permission)) return null;
  return 403;
}
