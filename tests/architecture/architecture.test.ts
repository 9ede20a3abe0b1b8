import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { endpoint } from '../../domain/contract.ts';
import { demoPlay } from '../../demo/play.ts';
import { allRoutes } from '../../server/app.ts';
import { openapi } from '../../server/platform/http/openapi.ts';
import { root } from '../../server/platform/paths.ts';
import { contractEndpoints, doorFaults } from './doors.ts';
import { forbiddenName, propertyNames } from './limits.ts';
import * as rules from './rules.ts';
import { readPlanted, readSources, type Source } from './sources.ts';

const sources = readSources(root);
/** Of every instance, and of the demo. */
const everyRoute = [...allRoutes({ secure: false }), ...demoPlay(tmpdir()).routes];
const planted = (name: string) => readPlanted(join(import.meta.dirname, 'fixtures', name));

describe('the guards', () => {
  it('read every room', () => {
    const seen = new Set(sources.map((s) => s.path.split('/', 1)[0]));
    for (const room of ['domain', 'server', 'tests', 'scripts']) expect(seen).toContain(room);
    expect(sources.length).toBeGreaterThan(60);
  });

  // Each guard finds what was planted for it, no more and no less, and nothing in the house.
  it.each<[string, rules.Rule, string, string[]]>([
    [
      'rooms: domain knows zod and itself, the server no page, the web no server',
      rules.rooms,
      'rooms',
      [
        'domain/matter.ts:1 reaches node:fs',
        'domain/matter.ts:2 reaches server/platform/db/postgres.ts',
        'server/page.ts:1 reaches web/ui/Page.tsx',
        'server/page.ts:2 reaches react',
        'web/page.tsx:1 reaches server/records/units/store.ts',
        'web/page.tsx:2 reaches pg',
        'web/page.tsx:4 reaches server/app.ts',
      ],
    ],
    [
      'storeys: only downwards, only through the door',
      rules.storeysHold,
      'storeys',
      [
        'server module weather has no storey',
        'server/platform/jobs.ts:1 reaches server/records/units/index.ts, but platform lies below',
        'server/records/cases/actions.ts:1 reaches server/records/units/store.ts, past the door',
        'server/records/units/actions.ts:1 reaches server/records/cases/index.ts, which is not below it',
      ],
    ],
    [
      'names: the same through all rooms',
      rules.mirroredNames,
      'names',
      ['server/records/unit has', 'server/modules/units has', 'web/modules/galaxy has'],
    ],
    [
      'no check is silenced',
      rules.silencedChecks,
      'silenced',
      ['server/a.ts:1 silences', 'server/a.ts:3 silences', 'server/a.ts:4 silences'],
    ],
    ['no test is skipped', rules.skippedTests, 'skipped', ['server/a.test.ts:2 skips', 'server/a.test.ts:3 skips']],
    ['no default exports', rules.defaultExports, 'defaults', ['server/a.ts:1 has a default']],
    ['nothing is unfinished', rules.unfinished, 'unfinished', ['server/a.ts:1 is unfinished']],
    [
      'domain takes time and chance as arguments',
      rules.pureDomain,
      'pure',
      ['domain/a.ts:1 takes', 'domain/a.ts:2 takes', 'domain/a.ts:2 takes'],
    ],
    [
      'the journal only grows',
      rules.journalOnlyGrows,
      'journal',
      ['server/a.ts:1 changes', 'server/a.ts:1 changes', 'server/a.ts:1 changes'],
    ],
    [
      'pages write marks as the language of the reader does',
      rules.marksOfTheLanguage,
      'marks',
      ['web/list.tsx:2 writes', 'web/list.tsx:3 writes'],
    ],
  ])('%s', (_title, rule, fixture, expected) => {
    const hits = rule(planted(fixture));
    expect(hits.map((hit, i) => hit.startsWith(expected[i] ?? '∅'))).toEqual(expected.map(() => true));
    expect(rule(sources)).toEqual([]);
  });

  it('no file is longer than 400 lines', () => {
    const long: Source = { path: 'server/long.ts', text: 'x\n'.repeat(401) };
    expect(rules.sizes([long, { path: 'server/short.ts', text: 'x\n'.repeat(400) }])).toHaveLength(1);
    expect(rules.sizes(sources)).toEqual([]);
  });

  it('the linter catches what is planted for it', async () => {
    const codes = await lintPlanted();
    for (const code of [
      'domain/a.ts no-restricted-imports',
      'web/a.ts no-restricted-imports',
      'server/a.ts no-restricted-imports',
      'server/a.ts no-explicit-any',
      'server/a.ts no-default-export',
      'server/a.ts no-console',
      'server/long.ts max-lines-per-function',
    ])
      expect(codes).toContain(code);
  });
});

/** Runs the linter with our configuration over the planted tree, laid out elsewhere under its real names. */
async function lintPlanted(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'wuxing-lint-'));
  try {
    cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    for (const { path, text } of planted('lint')) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const json = await new Promise<string>((resolve) => {
      execFile(join(root, 'node_modules', '.bin', 'oxlint'), ['-f', 'json'], { cwd: folder }, (_error, stdout) =>
        resolve(stdout),
      );
    });
    const { diagnostics } = JSON.parse(json) as { diagnostics: { code: string; filename: string }[] };
    return diagnostics.map((d) => `${d.filename} ${/\((.*)\)/.exec(d.code)?.[1] ?? d.code}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('doors', () => {
  const shape = { summary: { zh: '', en: '' }, reply: z.object({}) } as const;
  const good = endpoint({ name: 'a.get', method: 'GET', path: '/api/a/:id', permission: 'session', ...shape });
  const same = endpoint({ name: 'a.other', method: 'GET', path: '/api/a/:key', permission: 'session', ...shape });
  const open = endpoint({ name: 'a.open', method: 'GET', path: '/api/open', permission: 'public', ...shape });
  const bare = { ...good, name: 'a.bare', path: '/api/bare', permission: undefined as never };

  it('every endpoint stands in a contract, is implemented once and asks for a permission', async () => {
    const contract = await contractEndpoints(root);
    const implemented = everyRoute.map((r) => r.endpoint);
    expect(contract.length).toBeGreaterThan(15);
    expect(doorFaults(contract, implemented)).toEqual([]);
  });

  it('planted doors are noticed', () => {
    expect(doorFaults([good], [good], {})).toEqual([]);
    expect(doorFaults([good], [], {})).toHaveLength(1);
    expect(doorFaults([], [good], {})).toHaveLength(1);
    expect(doorFaults([good], [good, good], {})).toHaveLength(2);
    expect(doorFaults([good, same], [good, same], {})).toHaveLength(1);
    expect(doorFaults([open], [open], {})).toHaveLength(1);
    expect(doorFaults([open], [open], { 'a.open': 'planted' })).toEqual([]);
    expect(doorFaults([bare], [bare], {})).toHaveLength(1);
    expect(doorFaults([good], [good], { 'a.gone': 'planted' })).toHaveLength(1);
  });
});

describe('limits', () => {
  const named: [string, string][] = [];
  beforeAll(() => {
    const endpoints = everyRoute.map((r) => r.endpoint);
    for (const [path, methods] of Object.entries(openapi(endpoints, 'test')['paths'] as Record<string, object>))
      for (const operation of Object.values(methods) as { operationId: string; parameters: { name: string }[] }[]) {
        for (const p of operation.parameters) named.push([`${operation.operationId} ${path}`, p.name]);
        for (const name of propertyNames(operation)) named.push([operation.operationId, name]);
      }
  });

  it('no field of the interface marks a person', () => {
    expect(named.length).toBeGreaterThan(100);
    expect(named.flatMap(([where, name]) => forbiddenName(where, name) ?? [])).toEqual([]);
  });

  it.each([
    ['people', 'score'],
    ['people', 'risk_level'],
    ['units', 'loyaltyMark'],
    ['cases', 'petition_count'],
    ['assignments', 'checkIn'],
    ['facts', 'householdColour'],
    ['accounts.list', 'scoreEligible'],
  ])('a planted %s.%s is noticed', (where, name) => {
    expect(forbiddenName(where, name)).not.toBeNull();
  });

  it.each([
    ['units', 'upgraded_at'],
    ['facts', 'operating_days'],
    ['facts', 'scoreEligible'],
  ])('%s.%s is left alone', (where, name) => {
    expect(forbiddenName(where, name)).toBeNull();
  });
});
