import { type Import, importsOf, isTest, lineAt, type Source } from './sources.ts';

/** Each rule looks at all sources and says, in full, what breaks it. */
export type Rule = (sources: readonly Source[]) => string[];

const room = (path: string) => path.split('/', 1)[0]!;

/** Rooms and what they may reach: the compiler holds most of this, and this test holds it where a config slips. */
const mayReach: Readonly<Record<string, { rooms: readonly string[]; packages: (name: string) => boolean }>> = {
  domain: { rooms: ['domain'], packages: (name) => name === 'zod' },
  server: { rooms: ['domain', 'server'], packages: (name) => !webPackages.test(name) },
  web: { rooms: ['domain', 'web'], packages: (name) => !serverPackages.test(name) },
  cli: { rooms: ['domain', 'server', 'demo', 'cli'], packages: (name) => !webPackages.test(name) },
  demo: { rooms: ['domain', 'server', 'demo'], packages: (name) => !webPackages.test(name) },
};
const webPackages = /^(react|react-dom|antd|@ant-design|@tanstack|echarts)(\/|$)/;
const serverPackages = /^(node:|fastify|@fastify|pg|pg-boss|@electric-sql|pino|sharp|exceljs)(\/|$)?/;

export const rooms: Rule = (sources) =>
  sources
    .filter((s) => !isTest(s.path) && mayReach[room(s.path)] && !s.path.endsWith('vite.config.ts'))
    .flatMap(importsOf)
    .filter((i) => {
      const reach = mayReach[room(i.from)]!;
      return i.ours ? !reach.rooms.includes(room(i.to)) : !reach.packages(i.to);
    })
    .map((i) => `${i.from}:${i.line} reaches ${i.to}, which the room ${room(i.from)} may not`);

/**
 * Modules of the server from the ground up. A module reaches only those before it, and only through their index.ts; news
 * upwards goes through hooks that app.ts wires. A new module gets its place here first.
 */
export const storeys = [
  'units',
  'journal',
  'people',
  'accounts',
  'assignments',
  'calendar',
  'catalogues',
  'notices',
  'files',
  'evidence',
  'facts',
  'subjects',
  'imports',
  'standards',
  'cases',
  'inbox',
  'judgements',
  'designations',
  'publications',
  'events',
  'ledgers',
  'agreements',
  'org',
  'stars',
  'tasks',
  'points',
  'economy',
  'projects',
  'reports',
] as const;

function moduleOf(path: string): string | null {
  return /^server\/(?:records|modules)\/([^/]+)\//.exec(path)?.[1] ?? null;
}

function storeyFault(i: Import): string | null {
  const [from, to] = [moduleOf(i.from), moduleOf(i.to)];
  if (i.from.startsWith('server/platform/') && !i.to.startsWith('server/platform/') && room(i.to) === 'server')
    return 'but platform lies below every module';
  if (to === null || from === to) return null;
  if (!/^server\/(records|modules)\/[^/]+\/index\.ts$/.test(i.to)) return 'past the door of that module, its index.ts';
  if (from === null) return null;
  const order: readonly string[] = storeys;
  return order.indexOf(to) < order.indexOf(from) ? null : 'which is not below it';
}

export const storeysHold: Rule = (sources) => [
  ...[...new Set(sources.map((s) => moduleOf(s.path)))]
    .filter((name) => name !== null && !(storeys as readonly string[]).includes(name))
    .map((name) => `server module ${name} has no storey: give it a place in the list`),
  ...sources
    .filter((s) => room(s.path) === 'server' && !isTest(s.path))
    .flatMap(importsOf)
    .filter((i) => i.ours)
    .flatMap((i) => {
      const fault = storeyFault(i);
      return fault ? [`${i.from}:${i.line} reaches ${i.to}, ${fault}`] : [];
    }),
];

/** Folders of pages that show several modules side by side, and why. */
const pagesOverSeveral: Readonly<Record<string, string>> = {
  admin: 'accounts, calendar, people and backups, as an IT office looks for them',
};

/** One name through all rooms: what the server and the web call a module, domain calls it too. */
export const mirroredNames: Rule = (sources) => {
  const folders = (pattern: RegExp) => new Set(sources.flatMap((s) => pattern.exec(s.path)?.[1] ?? []));
  const records = folders(/^domain\/records\/([^/]+)\//);
  const work = folders(/^domain\/(?!records\/)([^/]+)\//);
  return [
    ...[...folders(/^server\/records\/([^/]+)\//)]
      .filter((name) => !records.has(name))
      .map((name) => `server/records/${name} has no domain/records/${name}`),
    ...[...folders(/^server\/modules\/([^/]+)\//)]
      .filter((name) => !work.has(name))
      .map((name) => `server/modules/${name} has no domain/${name}`),
    ...[...folders(/^web\/modules\/([^/]+)\//)]
      .filter((name) => !work.has(name) && !records.has(name) && !(name in pagesOverSeveral))
      .map((name) => `web/modules/${name} has no domain/${name} or domain/records/${name}`),
  ];
};

const maxLines = 400;

/** Length of functions is the linter's to watch; the planted tree proves that it does. */
export const sizes: Rule = (sources) =>
  sources
    .map((s) => ({ path: s.path, lines: s.text.split('\n').length - 1 }))
    .filter((s) => s.lines > maxLines)
    .map((s) => `${s.path} has ${s.lines} lines, more than ${maxLines}: are there two nouns in it?`);

/** Every place where the text matches. */
function found(sources: readonly Source[], pattern: RegExp, says: string): string[] {
  return sources.flatMap((s) =>
    [...s.text.matchAll(pattern)].map((m) => `${s.path}:${lineAt(s.text, m.index)} ${says}: ${m[0].trim()}`),
  );
}

export const silencedChecks: Rule = (sources) =>
  found(
    sources.filter((s) => s.path !== 'tests/architecture/rules.ts'),
    /@ts-(?:ignore|expect-error|nocheck)|(?:ox|es)lint-disable|prettier-ignore|\bas any\b|\bas unknown as any\b/g,
    'silences a check',
  );

export const skippedTests: Rule = (sources) =>
  found(
    sources,
    /\b(?:it|test|describe|suite)\.(?:skip|only|todo|fails|skipIf|runIf)\b|\bx(?:it|describe)\(/g,
    'skips or focuses tests',
  );

export const defaultExports: Rule = (sources) =>
  found(
    sources.filter((s) => !s.path.endsWith('.config.ts')),
    /^export default\b/gm,
    'has a default export',
  );

export const unfinished: Rule = (sources) =>
  found(
    sources.filter((s) => s.path !== 'tests/architecture/rules.ts'),
    /\b(?:TODO|FIXME|XXX|HACK)\b/g,
    'is unfinished',
  );

/** Time and chance come in as arguments, so that a result can be replayed. */
export const pureDomain: Rule = (sources) =>
  found(
    sources.filter((s) => room(s.path) === 'domain' && !isTest(s.path)),
    /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(/g,
    'takes time or chance from the air',
  );

/** The journal is only ever added to; its tables stand here because a wrong right would be quiet. */
export const journalOnlyGrows: Rule = (sources) =>
  found(
    sources.filter((s) => !isTest(s.path)),
    /\b(?:UPDATE\s+(?:ONLY\s+)?|DELETE\s+FROM\s+(?:ONLY\s+)?|TRUNCATE\s+(?:TABLE\s+)?)journal(?:_seals|_links)?\b/gi,
    'changes the journal',
  );

/**
 * Marks between words are as wide as the reader's language writes them: a page takes them from the words, and never sets
 * Chinese ones into its own code, where they would stand in an English page too.
 */
export const marksOfTheLanguage: Rule = (sources) =>
  sources
    .filter((s) => room(s.path) === 'web' && !s.path.startsWith('web/words/') && !isTest(s.path))
    .flatMap((s) =>
      s.text
        .split('\n')
        .flatMap((line, i) =>
          /[（）、；：，。]/.test(line.replace(/^\s*(?:\/\/|\/?\*).*|\/\/ .*$/, '')) && !/\bzh(?:-CN)?['"]?:/.test(line)
            ? [`${s.path}:${i + 1} writes a Chinese mark itself`]
            : [],
        ),
    );
