import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imports, type ImportResult } from '../../../domain/records/imports/index.ts';
import { facts } from '../../../domain/records/facts/index.ts';
import { jobs } from '../../../domain/records/jobs/index.ts';
import { form } from '../../../tests/support/form.ts';
import { csvOf, fetched, filledTemplate, headsOf, imported, rowsOf, upload } from '../../../tests/support/sheets.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { verifyImports } from './index.ts';

let world: World;
let organiser: Client;
let clerk: Client;

beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00+08:00' });
  const u = world.units;
  await world.person('organiser', u.county, [['organiser', u.county]]);
  await world.person('clerk', u.east, [['township-clerk', u.east]]);
  await world.person('west', u.west, [['township-clerk', u.west]]);
  await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  organiser = await world.as('organiser');
  clerk = await world.as('clerk');
});
afterAll(() => world.close());

const fact = (unit: string, metric: string, value: string, more: Partial<Record<string, string>> = {}) => [
  unit,
  more['name'] ?? '',
  metric,
  more['period'] ?? '2026',
  value,
  more['asOf'] ?? '2026-06-30',
  more['source'] ?? '年报',
  '',
  more['reason'] ?? '',
];
const countFacts = async () =>
  world.asSystem(async (rq) => (await rq.db.one<{ n: number }>(sql`SELECT count(*)::int AS n FROM facts`)).n);

describe('importing facts', () => {
  it('writes good sheets, csv and xlsx, and says what it did', async () => {
    const first = await imported(
      world,
      organiser,
      'facts',
      csvOf('facts', [
        fact('v1', '常住人口', '"1,203"'),
        fact('v2', 'population', '８５０', { name: '柳沟村', asOf: '2026.3.31' }),
      ]),
    );
    expect(first.result).toMatchObject({
      rows: 2,
      good: 2,
      bad: 0,
      written: 2,
      unchanged: 0,
      errors: [],
      report: false,
    });
    const second = await imported(
      world,
      organiser,
      'facts',
      await filledTemplate(world, 'organiser', 'facts', [
        ['v3', '䩐勒桥村', '户数', 2026, 210, new Date(Date.UTC(2026, 5, 30)), '年报'],
      ]),
      'all-or-nothing',
      '数据.xlsx',
    );
    expect(second.result).toMatchObject({ rows: 1, written: 1 });
    const { values } = await organiser.ok(facts.values, {
      params: { id: world.units.county },
      query: { keys: 'population,households', period: '2026' },
    });
    expect(values.map((v) => v.value)).toEqual(['2053', '210']);
  });

  it('changes nothing when the same sheet comes again', async () => {
    const sheet = csvOf('facts', [fact('v1', '农户数', '280'), fact('v2', '农户数', '150')]);
    expect((await imported(world, organiser, 'facts', sheet)).result.written).toBe(2);
    const before = await countFacts();
    const again = await imported(world, organiser, 'facts', sheet);
    expect(again.result).toMatchObject({ rows: 2, written: 0, unchanged: 2, bad: 0 });
    expect(await countFacts()).toBe(before);
  });

  it('writes nothing at all when a row is bad, and gives the sheet back with the reason in each bad row', async () => {
    const before = await countFacts();
    const rows = [
      ['v1', '青石村', '网格总数', '2026', '6', '2026-06-30', '年报', '', ''],
      ['v1', '青石村', '网格员数', '2026', 'abc', '2026-06-30', '年报', '', ''],
      ['v9', '', '网格总数', '2026', '6', '2026-06-30', '年报', '', ''],
      ['v2', '别的村', '网格总数', '2026', '6', '2026-06-30', '', '', ''],
      ['v2', '', '没有的指标', '2026年13月', '6', '2026-02-30', '年报', '', ''],
      ['v1', '', '网格总数', '2026', '7', '2026-06-30', '年报', '', ''],
      ['v2', '', '网格员数', '2026', Number('1234567890123456789'), '2026-06-30', '年报', '', ''],
      ['v1', '', '常住人口', '2026', '1300', '2026-06-30', '年报', '', ''],
      ['v2', '', '60 岁以上人口', '2026', '12.5', '2027-06-30', '年报', '', ''],
    ];
    const done = await imported(
      world,
      organiser,
      'facts',
      await filledTemplate(world, 'organiser', 'facts', rows),
      'all-or-nothing',
      '数据.xlsx',
    );
    expect(done.state).toBe('done');
    expect(done.result).toMatchObject({ rows: 9, good: 1, bad: 8, written: 0, report: true });
    expect(await countFacts()).toBe(before);
    const said = (row: number) =>
      done.result.errors
        .filter((e) => e.row === row)
        .map((e) => e.message)
        .join('；');
    expect(said(3)).toBe('');
    expect(said(4)).toContain('不是数字：abc');
    expect(said(5)).toContain('v9');
    expect(said(6)).toContain('“来源”必填');
    expect(said(7)).toMatch(/没有这一项：没有的指标.*不是期间：2026年13月.*不是日期：2026-02-30/);
    expect(said(8)).toContain('与第 3 行重复');
    expect(said(9)).toContain('15 位');
    expect(said(10)).toContain('更正原因');
    expect(said(11)).toContain('小数最多 0 位');

    const back = await fetched(world, 'organiser', `/api/imports/${done.id}/report`);
    expect(back.headers['content-disposition']).toContain('attachment');
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(back.bytes as unknown as ExcelJS.Buffer);
    const sheet = book.worksheets[0]!;
    expect(sheet.getCell(2, 10).value).toBe('错误原因');
    expect(sheet.getCell(3, 10).value).toBeNull();
    expect(sheet.getCell(4, 10).value).toContain('不是数字');
    expect(sheet.getCell(4, 1).fill).toMatchObject({ fgColor: { argb: 'FFFFC7CE' } });
    expect(sheet.getCell(3, 1).fill).not.toMatchObject({ fgColor: { argb: 'FFFFC7CE' } });
    // The lists of the template are still there, so the sheet can be corrected and come back as it is.
    expect(sheet.getCell(4, 3).dataValidation).toMatchObject({ type: 'list' });
    const bytes = back.bytes;
    const accepted = await organiser.ok(imports.accept, { params: { id: done.id }, body: {} });
    await world.app.services.jobs.runJobsOnce();
    const job = await organiser.ok(jobs.get, { params: { id: accepted.jobId } });
    expect(job.result).toMatchObject({ mode: 'good-rows', written: 1, bad: 8 });
    expect(await countFacts()).toBe(before + 1);
    const corrected = await imported(world, organiser, 'facts', bytes, 'check', '数据.xlsx');
    expect(corrected.result).toMatchObject({ rows: 9, unchanged: 1, bad: 8, written: 0 });
  });

  it('gives a csv back as csv', async () => {
    const sheet = csvOf('facts', [fact('v1', '小区数', '3'), fact('v1', '小区数', '')]);
    const done = await imported(world, organiser, 'facts', sheet, 'check');
    const rows = await rowsOf((await fetched(world, 'organiser', `/api/imports/${done.id}/report`)).bytes);
    expect(rows[0]!.at(-1)).toBe('错误原因');
    expect(rows[1]!.at(-1)).toBe('');
    expect(rows[2]!.at(-1)).toBe('“数值”必填');
    expect(
      await imported(
        world,
        organiser,
        'facts',
        Buffer.from((await fetched(world, 'organiser', `/api/imports/${done.id}/report`)).bytes),
        'check',
      ),
    ).toMatchObject({
      result: { rows: 2, bad: 1 },
    });
  });

  it('corrects with a reason and keeps what stood there', async () => {
    const done = await imported(
      world,
      organiser,
      'facts',
      csvOf('facts', [fact('v1', '常住人口', '1210', { reason: '补登 7 人' })]),
    );
    expect(done.result.written).toBe(1);
    const { items } = await organiser.ok(facts.list, {
      query: { unit: world.units.eastVillage, metric: 'population', superseded: 'true' },
    });
    expect(items.map((f) => [f.value, f.supersededAt === null, f.reason])).toEqual([
      ['1210', true, '补登 7 人'],
      ['1203', false, null],
    ]);
  });

  it('keeps to the duties of whoever imports', async () => {
    const rows = [fact('v1', '后备干部数', '2'), fact('v3', '后备干部数', '2'), fact('t1', '外出务工人数', '20')];
    const done = await imported(world, clerk, 'facts', csvOf('facts', rows), 'good-rows');
    // The other township's village does not exist for this clerk.
    expect(done.result).toMatchObject({ written: 2, bad: 1 });
    expect(done.result.errors[0]).toMatchObject({ row: 3 });
    const west = await world.as('west');
    expect((await west.call(jobs.get, { params: { id: done.id } })).status).toBe(404);
    expect((await west.raw({ method: 'GET', url: `/api/imports/${done.id}/report` })).status).toBe(404);
    expect((await west.call(imports.accept, { params: { id: done.id }, body: {} })).status).toBe(404);
    const secretary = await world.as('secretary');
    expect((await upload(secretary, 'facts', csvOf('facts', rows))).status).toBe(403);
    expect((await upload(await world.as(), 'facts', csvOf('facts', rows))).status).toBe(401);
  });

  it('lets no number stand above another, within the sheet or beside it', async () => {
    const above = await imported(
      world,
      organiser,
      'facts',
      csvOf('facts', [fact('t1', '耕地面积', '10'), fact('v1', '耕地面积', '5')]),
      'check',
    );
    expect(above.result).toMatchObject({ good: 1, bad: 1 });
    const stored = await imported(world, organiser, 'facts', csvOf('facts', [fact('t1', '常住人口', '9')]), 'check');
    expect(stored.result.errors[0]!.message).toContain('逐级汇总');
  });

  it.each([
    ['other heads', csvOf('facts', [fact('v1', '户数', '1')], headsOf('units'))],
    ['a missing head', csvOf('facts', [fact('v1', '户数', '1')], headsOf('facts').slice(1))],
  ])('refuses %s and says which are expected', async (_what, bytes) => {
    const done = await imported(world, organiser, 'facts', bytes);
    expect(done.state).toBe('failed');
    expect(done.error).toContain('单位编码、单位名称、指标');
  });

  it.each([
    ['an empty sheet', csvOf('facts', []), '没有数据行'],
    ['something else', Buffer.from('\u0000\u0001\u0002'), '编码'],
    ['a broken workbook', Buffer.from('PK\u0003\u0004 and then nothing'), '损坏'],
  ])('refuses %s, and says so once', async (_what, bytes, words) => {
    const done = await imported(world, organiser, 'facts', bytes);
    expect([done.state, done.error?.split(words).length]).toEqual(['failed', 2]);
  });

  it('refuses what is no sheet at once', async () => {
    expect((await upload(organiser, 'facts', Buffer.from('%PDF-1.7 ...'))).status).toBe(400);
    expect((await upload(organiser, 'facts', csvOf('facts', []), 'everything')).status).toBe(400);
    expect(
      (
        await organiser.raw({
          method: 'POST',
          url: '/api/imports/people',
          ...form({}, { name: 'x', bytes: Buffer.from('x') }),
        })
      ).status,
    ).toBe(400);
  });

  it('speaks the language of whoever imports', async () => {
    const answer = await organiser.raw({
      method: 'POST',
      url: '/api/imports/facts',
      ...(() => {
        const f = form({ mode: 'check' }, { name: 'x.csv', bytes: csvOf('facts', [fact('v1', 'Households', 'x')]) });
        return { ...f, headers: { ...f.headers, 'x-lang': 'en' } };
      })(),
    });
    await world.app.services.jobs.runJobsOnce();
    const job = await organiser.ok(jobs.get, { params: { id: (answer.body as { jobId: string }).jobId } });
    expect((job.result as ImportResult).errors[0]!.message).toBe('Value is not a number: x');
  });

  it('seals each batch, so that a value changed behind its back is found', async () => {
    expect(await world.database.owner(verifyImports)).toEqual([]);
    const change = (by: number) =>
      world.database.owner((tx) =>
        tx.run(
          sql`UPDATE facts SET value = value + ${by} WHERE id = (SELECT min(id::text)::uuid FROM facts WHERE import_id IS NOT NULL)`,
        ),
      );
    await change(1);
    expect(await world.database.owner(verifyImports)).toHaveLength(1);
    await change(-1);
    expect(await world.database.owner(verifyImports)).toEqual([]);
  });
});
