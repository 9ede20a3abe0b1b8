import { parse } from 'csv-parse/sync';
import { agreementKinds } from '../../domain/records/agreements/all.ts';
import { type RoleName, roleNames } from '../../domain/records/assignments/roles.ts';
import { fewPersons } from '../../domain/records/facts/index.ts';
import { subjectKinds } from '../../domain/records/subjects/all.ts';
import { allRoutes } from '../../server/app.ts';
import { raw, sql } from '../../server/platform/db/sql.ts';
import { runs } from '../../server/platform/sheets/runs.ts';
import { openZip, unpacked } from '../../server/platform/sheets/zip.ts';
import { createWorld, testPassword, type World } from '../support/world.ts';
import { growTree, mayRead, peopleFor, type Person } from './leaks.ts';
import { marksIn, plant, privateMark, uuidOf } from './planting.ts';

/**
 * Every endpoint that sends a file × every role × inside and outside its units. Each column of each table holds a word of its
 * own; whatever word stands in a file must stand on the page that shows the same to the same person, and no cell may be
 * a formula.
 */
export interface ExportsReport {
  readonly endpoints: number;
  readonly actors: number;
  readonly files: number;
  /** Words found in files: without them silence would prove nothing. */
  readonly words: number;
  readonly faults: string[];
}

export interface ExportsOptions {
  readonly roles?: readonly RoleName[];
  /** Compares with the pages of a visitor, to see that what no page shows is noticed. */
  readonly withoutPages?: boolean;
  /** Breaks something on purpose, to see that it is noticed. */
  readonly weaken?: (world: World) => Promise<void>;
  readonly progress?: (done: number, total: number) => void;
}

interface Ids {
  readonly unit: number;
  readonly uuid: string;
  readonly report: string;
}

interface Export {
  /** Addresses of the files. */
  readonly files: (ids: Ids) => readonly string[];
  /** Addresses of the pages that show the same. */
  readonly pages: (ids: Ids) => readonly string[];
}

const subject = Object.keys(subjectKinds)[0]!;
const agreement = Object.keys(agreementKinds)[0]!;
const both = (url: string) => ['xlsx', 'csv'].map((format) => `${url}${url.includes('?') ? '&' : '?'}format=${format}`);
/** The inquiry that stands beside the task of a unit. */
const inquiryOf = (task: string) => `1${task.slice(1)}`;
const withUnder = (url: string, ids: Ids) => [url, `${url}${url.includes('?') ? '&' : '?'}under=${ids.unit}`];

const exports: Readonly<Record<string, Export>> = {
  'exports.units': {
    files: (ids) => withUnder('/api/exports/units', ids).flatMap(both),
    pages: (ids) => [...withUnder('/api/units?limit=200', ids), `/api/units/${ids.unit}`],
  },
  'exports.facts': {
    files: (ids) => withUnder('/api/exports/facts?superseded=true', ids).flatMap(both),
    pages: (ids) => withUnder('/api/facts?limit=200&superseded=true', ids),
  },
  'exports.subjects': {
    files: (ids) => withUnder(`/api/exports/subjects?kind=${subject}`, ids).flatMap(both),
    pages: (ids) => withUnder(`/api/subjects?kind=${subject}&limit=200`, ids),
  },
  'agreements.sheet': {
    files: (ids) => withUnder(`/api/exports/agreements?kind=${agreement}`, ids).flatMap(both),
    pages: (ids) => [...withUnder(`/api/agreements?kind=${agreement}&limit=200`, ids), `/api/agreements/${ids.uuid}`],
  },
  'tasks.export': {
    files: (ids) =>
      ['tasks', 'problems'].flatMap((list) => withUnder(`/api/tasks/sheet?list=${list}`, ids)).flatMap(both),
    pages: (ids) => [
      ...['tasks', 'problems'].flatMap((list) => withUnder(`/api/tasks/items?list=${list}&limit=200`, ids)),
      `/api/units/${ids.unit}`,
    ],
  },
  'projects.export': {
    files: (ids) => withUnder('/api/projects/sheet', ids).flatMap(both),
    pages: (ids) => [...withUnder('/api/projects?limit=200', ids), `/api/units/${ids.unit}`],
  },
  'inquiries.export': {
    files: (ids) => both(`/api/inquiries/${inquiryOf(ids.uuid)}/sheet`),
    pages: (ids) => [`/api/inquiries/${inquiryOf(ids.uuid)}`],
  },
  'ledgers.statementSheet': {
    files: (ids) => both(`/api/books/${ids.uuid}/statement/sheet?account=asset:planted-${ids.unit}`),
    pages: (ids) => [
      `/api/books/${ids.uuid}`,
      `/api/books/${ids.uuid}/statement?account=asset:planted-${ids.unit}&limit=200`,
    ],
  },
  'ledgers.journal': {
    files: (ids) => [`/api/books/${ids.uuid}/journal`, `/api/books/${ids.uuid}/journal?tree=true`],
    pages: (ids) => ['', '/accounts?limit=200', '/entries?limit=200'].map((part) => `/api/books/${ids.uuid}${part}`),
  },
  'reports.file': {
    files: (ids) => [`/api/reports/${ids.report}/file`],
    pages: (ids) => [`/api/reports/${ids.report}`],
  },
};

/** Files without records of a unit, and streams. What is asked with a token or a hash is tried by the tests of its module. */
const others = new Set([
  'imports.template',
  'imports.report',
  'news.stream',
  'accounts.outsideStart',
  'accounts.outsideFinish',
  'eventFeeds.read',
  'evidence.file',
]);

const word = /mq[unps]\d+x(?:\.\w+\.\w+)?|mqc\d+x/g;
const wordsIn = (text: string) => new Set(text.match(word));

/** All text of a file, hidden sheets, notes and properties included. */
async function textOf(bytes: Buffer): Promise<string> {
  if (bytes.readUInt16BE(0) !== 0x504b) return bytes.toString();
  const parts: string[] = [];
  for (const entry of (await openZip(bytes)).values()) {
    const pieces: Buffer[] = [];
    for await (const piece of unpacked(entry)) pieces.push(piece);
    parts.push(Buffer.concat(pieces).toString());
  }
  return parts.join('\n');
}

/** Cells that a program would run: in a workbook a formula, in a CSV what begins like one. */
function formulasIn(text: string, url: string): string[] {
  if (url.includes('format=xlsx')) return text.match(/<f>[^<]*|<f [^<]*/g) ?? [];
  if (!url.includes('format=csv')) return [];
  const cells = (parse(text, { bom: true, relax_column_count: true }) as string[][]).flat();
  return cells.filter((cell) => runs.test(cell) && !/^[+-]?\d+(\.\d+)?$/.test(cell));
}

const fixed = new Set(['— ', ' —', '【　　】', '星级数据依据样例标准，非正式文件']);

/** Each piece of text of a Word file, a number being a piece of its own, stands on the page as it is. */
function strangeIn(document: string, page: string): string[] {
  const pieces = [...document.matchAll(/<w:t(?: [^>]*)?>([^<]*)/g)].map(([, text]) =>
    text!.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  );
  return pieces.filter((text) => !fixed.has(text) && !page.includes(JSON.stringify(text)));
}

/** Makes words begin like formulas, and a case of a kind that only those who work on it may see. */
async function sharpen(world: World): Promise<void> {
  await world.database.owner(async (tx) => {
    await tx.run(sql`SET LOCAL session_replication_role = replica`);
    for (const [table, column] of [
      ['facts', 'source'],
      ['subjects', 'name'],
      ['agreements', 'title'],
      ['cases', 'title'],
      ['entries', 'text'],
      ['units', 'name'],
    ] as const)
      await tx.run(sql`UPDATE ${raw(table)} SET ${raw(column)} = '=HYPERLINK("x")' || ${raw(column)}`);
    await tx.run(sql`INSERT INTO cases (id, type, state, title, unit_id, unit_path, opened_at, changed_at, data)
      SELECT gen_random_uuid(), 'dispute', 'assigned', 'mqc' || unit_id || 'x', unit_id, unit_path, opened_at, changed_at, data
      FROM cases WHERE type = 'task'`);
    await tx.run(sql`INSERT INTO cases (id, type, state, title, unit_id, unit_path, opened_at, changed_at, data)
      SELECT gen_random_uuid(), 'project', 'planned', title, unit_id, unit_path, opened_at, changed_at, '{}' FROM cases WHERE type = 'task'`);
    await tx.run(sql`INSERT INTO cases (id, type, state, title, unit_id, unit_path, opened_at, changed_at, data)
      SELECT overlay(id::text PLACING '1' FROM 1)::uuid, 'inquiry', 'sent', title, unit_id, unit_path, opened_at, changed_at,
        '{"basis": "文件", "purpose": "测算", "period": "2026", "due": "2026-12-31", "columns": [{"figure": "population"}], "units": []}'
      FROM cases WHERE type = 'task'`);
    await tx.run(sql`INSERT INTO cases (id, type, state, title, unit_id, unit_path, parent_id, opened_at, changed_at, data)
      SELECT gen_random_uuid(), 'inquiry-answer', 'answered', title, unit_id, unit_path, id, opened_at, changed_at,
        jsonb_build_object('asked', '[]'::jsonb, 'minutes', 0, 'cells', jsonb_build_object('population',
          jsonb_build_object('value', title, 'asOf', '2026-01-01', 'from', 'given')))
      FROM cases WHERE type = 'inquiry'`);
  });
}

async function cookieOf(world: World, login: string): Promise<string> {
  if (login === '') return '';
  const reply = await world.app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { login, password: testPassword },
  });
  return reply.cookies.map((c) => `${c.name}=${c.value}`).join('; ');
}

async function draftReport(world: World): Promise<string> {
  await world.person('office', world.units.county, [['organiser', world.units.county]]);
  const { east } = world.units;
  const text = `# {{unit}}工作情况\n\n${privateMark(east)}.publications.body 有 {{admin-villages}} 个村、服务老年人 {{elderly-served}} 人。`;
  const cookie = await cookieOf(world, 'office');
  // Fewer than five persons: a number that only those who serve them may see.
  await world.asSystem((rq) =>
    rq.db
      .run(sql`INSERT INTO facts (id, metric, unit_id, unit_path, counted_path, period, value, as_of, source, entered_at)
      SELECT gen_random_uuid(), 'elderly-served', id, unit_path, unit_path, '2026', 3, '2026-01-31', '台账', ${rq.now} FROM units WHERE id = ${world.units.eastVillage}`),
  );
  const reply = await world.app.inject({
    method: 'POST',
    url: '/api/reports',
    headers: { cookie },
    payload: {
      unitId: east,
      template: 'township',
      period: '2026',
      title: `${privateMark(east)}.publications.title`,
      text,
    },
  });
  if (reply.statusCode !== 200) throw new Error(`The report cannot be drafted: ${reply.body}`);
  return reply.json<{ id: string }>().id;
}

export async function findInExports(options: ExportsOptions = {}): Promise<ExportsReport> {
  const world = await createWorld();
  const faults = new Map<string, string[]>();
  try {
    const tree = await growTree(world);
    await plant(world.database, [...tree.paths.keys()], true);
    await sharpen(world);
    const people = await peopleFor(world, options.roles ?? roleNames);
    const report = await draftReport(world);
    const known = Object.keys(exports);
    const sending = allRoutes({} as never).filter((r) => r.endpoint.raw && r.endpoint.method === 'GET');
    for (const { endpoint } of sending)
      if (!exports[endpoint.name] && !others.has(endpoint.name))
        note(faults, `${endpoint.name} sends a file, and no page is named that shows the same`, 'nobody');
    await options.weaken?.(world);
    const seen = new Map(known.map((name) => [name, 0]));
    let files = 0;
    for (const [i, person] of people.entries()) {
      const cookie = await cookieOf(world, person.login);
      const getWith = (headers: Record<string, string>) => async (url: string) => {
        const reply = await world.app.inject({ method: 'GET', url, headers });
        return { status: reply.statusCode, bytes: reply.rawPayload };
      };
      const get = getWith(cookie ? { cookie } : {});
      const see = options.withoutPages ? getWith({}) : get;
      for (const unit of new Set([person.inside, person.outside]))
        for (const name of known) {
          const ids = { unit, uuid: uuidOf(unit), report };
          const found = await compare(
            exports[name]!,
            ids,
            { get, see },
            {
              readable: mayRead(tree, person),
              say: (what) => note(faults, `${name}: ${what}`, person.login || 'a visitor'),
            },
          );
          files += found.files;
          seen.set(name, seen.get(name)! + found.words);
        }
      options.progress?.(i + 1, people.length);
    }
    for (const [name, words] of seen)
      if (words === 0) note(faults, `${name} never showed a word, so nothing is proved`, 'nobody');
    const words = [...seen.values()].reduce((sum, n) => sum + n, 0);
    return { endpoints: known.length, actors: people.length, files, words, faults: told(faults) };
  } finally {
    await world.close();
  }
}

function note(faults: Map<string, string[]>, what: string, who: Person['login']): void {
  faults.set(what, [...(faults.get(what) ?? []), who]);
}

const told = (faults: ReadonlyMap<string, readonly string[]>) =>
  [...faults].map(([what, who]) => `${what} — ${who.length} times, first for ${who[0]!}`);

type Get = (url: string) => Promise<{ status: number; bytes: Buffer }>;

/** What one person's files of one endpoint hold beyond the person's pages. */
async function compare(
  e: Export,
  ids: Ids,
  { get, see }: { readonly get: Get; readonly see: Get },
  to: { readonly readable: ReadonlySet<string>; readonly say: (what: string) => void },
): Promise<{ files: number; words: number }> {
  let page: string | null = null;
  const onPage = async () => {
    const texts: string[] = [];
    for (const url of e.pages(ids)) {
      const { status, bytes } = await see(url);
      if (status >= 500) to.say(`its page answers ${status}: ${url}`);
      if (status === 200) texts.push(bytes.toString());
    }
    return texts.join('\n');
  };
  let [files, words] = [0, 0];
  for (const url of e.files(ids)) {
    const { status, bytes } = await get(url);
    if (status >= 500) to.say(`answers ${status}: ${url}`);
    if (status !== 200) continue;
    files++;
    const text = await textOf(bytes);
    const held = wordsIn(text);
    words += held.size;
    page ??= await onPage();
    const shown = wordsIn(page);
    const more = [...held].filter((w) => !shown.has(w));
    if (more.length > 0) to.say(`holds what the page does not show: ${columnsOf(more)}`);
    const foreign = [...held].filter((w) => w.startsWith('mqc') || ![...marksIn(w)].every((m) => to.readable.has(m)));
    if (foreign.length > 0) to.say(`holds words of others: ${columnsOf(foreign)}`);
    const strange = strangeIn(text, page);
    if (strange.length > 0) to.say(`says “${strange[0]}” where the page does not`);
    if (url.endsWith('/file') && !text.includes(fewPersons.replace('<', '&lt;')))
      to.say('tells how few persons there are');
    const formulas = formulasIn(text, url);
    if (formulas.length > 0) to.say(`holds a formula: ${formulas[0]!.slice(0, 60)}`);
  }
  return { files, words };
}

/** Words of the same column in many units are one, in an order of their own. */
const columnsOf = (words: readonly string[]) =>
  [...new Set(words.map((w) => w.replace(/^(mq[unpsc])\d+x/, '$1')))].sort().slice(0, 8).join(' ');
