import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts, metricKeys, metrics } from '../../../domain/records/facts/index.ts';
import { columnsOf } from '../../../domain/records/imports/index.ts';
import { units, unitTypes } from '../../../domain/records/units/index.ts';
import { csvOf, fetched, imported, rowsOf } from '../../../tests/support/sheets.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let organiser: Client;
let clerk: Client;

beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00+08:00' });
  const u = world.units;
  await world.person('organiser', u.county, [['organiser', u.county]]);
  await world.person('clerk', u.east, [['township-clerk', u.east]]);
  organiser = await world.as('organiser');
  clerk = await world.as('clerk');
  for (const [code, value] of [
    ['v1', '1203'],
    ['v2', '850'],
    ['v3', '910'],
  ] as const)
    await imported(
      world,
      organiser,
      'facts',
      csvOf('facts', [[code, '', '常住人口', '2026', value, '2026-06-30', '年报', '', '']]),
    );
});
afterAll(() => world.close());

describe('importing units', () => {
  const unit = (code: string, name: string, type: string, parent: string, scheme = '', day = '2026-01-01') => [
    code,
    name,
    type,
    parent,
    scheme,
    day,
    '示政〔2026〕1号',
  ];

  it('builds a tree whose parents stand anywhere in the sheet', async () => {
    const rows = [
      unit('i3', '第一网格', '网格（片区）', 'i2'),
      unit('i2', '新村', '村', 'i1', '农村'),
      unit('i1', '新镇', '乡镇', 'c1'),
      unit('i4', '新社区', 'community', 'i1', 'urban', '2026.1.1'),
    ];
    const done = await imported(world, organiser, 'units', csvOf('units', rows));
    expect(done.result).toMatchObject({ rows: 4, written: 4, bad: 0 });
    const { items } = await organiser.ok(units.list, { query: { q: '新村' } });
    const village = await organiser.ok(units.get, { params: { id: items[0]!.id } });
    expect(village.above.map((a) => a.name)).toEqual(['示例县', '新镇']);
    expect(village).toMatchObject({ scheme: 'rural', initials: 'xc', children: 1 });
    expect(village.history[0]).toMatchObject({ change: 'import', document: '示政〔2026〕1号' });
    expect((await imported(world, organiser, 'units', csvOf('units', rows))).result).toMatchObject({
      written: 0,
      unchanged: 4,
    });
  });

  it('names what is wrong with each row, and refuses what stands below a bad one', async () => {
    const rows = [
      unit('坏码', '甲', '村', 't1', '农村'),
      unit('j1', '乙村', '村', 't1'),
      unit('j2', '丙', '乡镇', 'v1'),
      unit('j3', '丙下', '村', 'j2', '农村'),
      unit('j4', '青石村', '村', 't1', '农村'),
      unit('v2', '别名', '村', 't1', '农村'),
      unit('j5', '丁', '村', 'j6', '农村'),
      unit('j6', '戊', '村', 'j5', '农村'),
      unit('j7', '己村', '村', 't1', '农村'),
      unit('j8', '己村', '村', 't1', '农村'),
      unit('j9', '庚村', '村', 'none', '农村'),
    ];
    const done = await imported(world, organiser, 'units', csvOf('units', rows), 'good-rows');
    expect(done.result).toMatchObject({ rows: 11, written: 1, bad: 10 });
    const of = (row: number) =>
      done.result.errors
        .filter((e) => e.row === row)
        .map((e) => e.message)
        .join();
    expect(of(2)).toContain('编码只能');
    expect(of(3)).toContain('评价类别');
    expect(of(4)).toContain('不能设在');
    expect(of(5)).toContain('上级 j2 所在行有误');
    expect(of(6)).toContain('同名');
    expect(of(7)).toContain('柳沟村');
    expect(of(8)).toContain('成环');
    expect(of(9)).toContain('成环');
    expect(of(10)).toBe('');
    expect(of(11)).toContain('同名');
    expect(of(12)).toContain('none');
  });

  it('keeps to the scope, and a code is one unit’s in the whole instance', async () => {
    const rows = [
      unit('k1', '辛村', '村', 't2', '农村'),
      unit('v3', '壬村', '村', 't1', '农村'),
      unit('k2', '癸村', '村', 't1', '农村'),
    ];
    const done = await imported(world, clerk, 'units', csvOf('units', rows), 'good-rows');
    expect(done.result).toMatchObject({ written: 1, bad: 2 });
    expect(done.result.errors.find((e) => e.row === 3)!.message).toContain('已被使用');
  });
});

describe('templates and exports', () => {
  it('templates can be filled in as they are, in both languages', async () => {
    for (const kind of ['units', 'facts'] as const)
      for (const format of ['xlsx', 'csv'])
        for (const lang of ['zh', 'en'] as const) {
          const answer = await fetched(world, 'organiser', `/api/imports/${kind}/template?format=${format}`, lang);
          const rows = await rowsOf(answer.bytes);
          const heads = rows[format === 'csv' ? 0 : 1]!.map((h) => h.replace('* ', ''));
          expect(heads).toEqual(columnsOf[kind].map((c) => c.words[lang]));
        }
  });

  it('what goes out can come in again, and holds what the screen shows', async () => {
    for (const [kind, format] of [
      ['facts', 'csv'],
      ['facts', 'xlsx'],
      ['units', 'csv'],
      ['units', 'xlsx'],
    ] as const) {
      const url = `/api/exports/${kind}?format=${format}`;
      const sheet = await fetched(world, 'organiser', url);
      expect(sheet.status).toBe(200);
      const rows = await rowsOf(sheet.bytes);
      const one = { query: { limit: 1 } };
      const { total } = kind === 'facts' ? await organiser.ok(facts.list, one) : await organiser.ok(units.list, one);
      expect(rows.length - (format === 'xlsx' ? 2 : 1)).toBe(total);
      if (kind === 'facts') {
        const again = await imported(world, organiser, kind, sheet.bytes, 'check', `x.${format}`);
        expect(again.result).toMatchObject({ bad: 0, unchanged: again.result.rows });
      }
    }
    const mine = await clerk.raw({ method: 'GET', url: '/api/exports/facts?format=csv' });
    expect(String(mine.body)).toContain('青石村');
    expect(String(mine.body)).not.toContain('䩐勒桥村');
    expect(
      (await clerk.raw({ method: 'GET', url: `/api/exports/facts?format=csv&under=${world.units.west}` })).status,
    ).toBe(404);
    expect((await (await world.as()).raw({ method: 'GET', url: '/api/exports/units' })).status).toBe(401);
  });

  it('words of the lists are unique, so that a choice means one thing', () => {
    for (const lang of ['zh', 'en'] as const) {
      const words = metricKeys.map((k) => metrics[k].words[lang]);
      expect(new Set(words).size).toBe(words.length);
      const types = Object.values(unitTypes).map((t) => t.words[lang]);
      expect(new Set(types).size).toBe(types.length);
    }
  });
});
