import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnsFor, type ImportKind, readHeads } from '../../../domain/records/imports/index.ts';
import { subjectKinds } from '../../../domain/records/subjects/all.ts';
import { personalFields, subjects } from '../../../domain/records/subjects/index.ts';
import { type Bookkeeping, bookkeeping } from '../../../tests/support/books.ts';
import { csvOf, fetched, filledTemplate, imported, rowsOf, upload } from '../../../tests/support/sheets.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';

let world: World;
let b: Bookkeeping;

beforeAll(async () => {
  world = await createWorld();
  b = await bookkeeping(world);
});
afterAll(() => world.close());

const sheetOf = (kind: string): ImportKind => `subjects-${kind}`;

/** A line under the heads of a kind; what is not given stays empty. */
function line(kind: string, given: Record<string, string>): string[] {
  const columns = columnsFor(sheetOf(kind));
  const known = columns.map((c) => c.key);
  const wrong = Object.keys(given).filter((key) => !known.includes(key));
  if (wrong.length > 0) throw new Error(`${kind} has no column ${wrong.join()}; it has ${known.join()}.`);
  return columns.map((c) => given[c.key] ?? '');
}
const csv = (kind: string, rows: Record<string, string>[]) =>
  csvOf(
    sheetOf(kind),
    rows.map((r) => line(kind, r)),
  );
const coop = (name: string, more: Record<string, string> = {}) => ({
  unit: 'v1',
  name,
  fromDay: '2026-1-1',
  'data.role': '独立社',
  'data.scope': '红梨种植',
  ...more,
});
const listed = (kind: string) => b.reader.ok(subjects.list, { query: { kind, limit: 200 } });
const exported = async (kind: string, login = 'reader', lang = 'zh') => {
  const { status, bytes } = await fetched(world, login, `/api/exports/subjects?kind=${kind}&format=csv`, lang);
  expect(status).toBe(200);
  return { bytes, rows: await rowsOf(bytes) };
};

describe('the sheet of a kind', () => {
  it('has heads that can be told apart in both languages, and no column for anything personal', () => {
    for (const kind of Object.values(subjectKinds)) {
      const columns = columnsFor(sheetOf(kind.kind));
      for (const lang of ['zh', 'en'] as const) {
        const heads = columns.map((c) => c.words[lang]);
        expect({ kind: kind.kind, keys: readHeads(columns, heads)?.keys }).toEqual({
          kind: kind.kind,
          keys: columns.map((c) => c.key),
        });
      }
      const fields = Object.keys(kind.fields).map((name) => `data.${name}`);
      expect(columns.map((c) => c.key).filter((key) => key.startsWith('data.'))).toEqual(fields);
    }
    expect(columnsFor('subjects-no-such')).toEqual([]);
  });

  it('comes as a template with the choices of the kind, is filled in and is registered', async () => {
    const bytes = await filledTemplate(world, 'organiser', sheetOf('product'), [
      ['v1', '青石村', '红梨', '', '有效', new Date(Date.UTC(2026, 0, 1)), '是', '青石', 1000, '', 12.5],
    ]);
    const { result } = await imported(world, b.organiser, sheetOf('product'), bytes, 'all-or-nothing', '产品.xlsx');
    expect(result).toMatchObject({ rows: 1, written: 1, bad: 0, errors: [], kindWords: { zh: '产品' } });
    const { items } = await listed('product');
    expect(items).toMatchObject([
      {
        name: '红梨',
        unitName: '青石村',
        state: 'active',
        fromDay: '2026-01-01',
        data: { leading: true, brand: '青石', areaMu: 1000, yearlyIncomeFen: 1250 },
      },
    ]);
  });
});

describe('importing subjects', () => {
  it('registers owners before what belongs to them, once, and comes back out as it went in', async () => {
    const rows = [
      coop('青石分社', { parent: '青石总社', 'data.role': '分社' }),
      coop('青石总社', { code: '93411500MA4000001X', lead: 'v1', 'data.role': 'Head', 'data.members': '1,203' }),
      coop('红梨分社', { parent: '93411500MA4000001X', 'data.role': 'branch', place: '村委会旁' }),
    ];
    const sheet = csv('cooperative', rows);
    const checked = await imported(world, b.organiser, sheetOf('cooperative'), sheet, 'check');
    expect(checked.result).toMatchObject({ rows: 3, good: 3, bad: 0, written: 0 });
    expect((await listed('cooperative')).total).toBe(0);
    const first = await imported(world, b.organiser, sheetOf('cooperative'), sheet);
    expect(first.result).toMatchObject({ rows: 3, written: 3, errors: [] });
    const { items } = await listed('cooperative');
    expect(items.map((i) => [i.name, i.parentName, i.leadUnitName, i.data['role']]).sort()).toEqual([
      ['红梨分社', '青石总社', null, 'branch'],
      ['青石分社', '青石总社', null, 'branch'],
      ['青石总社', null, '青石村', 'head'],
    ]);
    const again = await imported(world, b.organiser, sheetOf('cooperative'), sheet);
    expect(again.result).toMatchObject({ rows: 3, written: 0, unchanged: 3, bad: 0 });
    for (const lang of ['zh', 'en']) {
      const out = await exported('cooperative', 'reader', lang);
      expect(out.rows).toHaveLength(4);
      const back = await imported(world, b.organiser, sheetOf('cooperative'), out.bytes);
      expect(back.result).toMatchObject({ rows: 3, written: 0, unchanged: 3, bad: 0, errors: [] });
    }
    const { n } = await world.asSystem((rq) =>
      rq.db.one<{ n: number }>(sql`SELECT count(*)::int AS n FROM journal WHERE verb = 'subjects.import'
        AND after ->> 'kind' = 'cooperative' AND after ->> 'rows' = '3'`),
    );
    expect(n).toBe(1);
  });

  it('says what is wrong with each row, writes the good ones when asked, and nothing at all otherwise', async () => {
    await b.subject('enterprise', '外乡公司', world.units.westVillage);
    await world.asSystem((rq) => rq.db.run(sql`UPDATE subjects SET code = 'W1' WHERE name = '外乡公司'`));
    const firm = (name: string, more: Record<string, string> = {}) => ({
      unit: 'v1',
      name,
      fromDay: '2026-01-01',
      'data.sector': '加工',
      'data.leading': '否',
      ...more,
    });
    const sheet = csv('enterprise', [
      firm('好公司', { 'data.jobs': '１２', code: 'C1' }),
      firm('坏行业', { 'data.sector': '造梦' }),
      firm('坏数', { 'data.jobs': '很多' }),
      firm('坏是非', { 'data.leading': '也许' }),
      firm('邻村', { unit: 'v3' }),
      firm('没有的村', { unit: 'v99' }),
      firm('号码', { place: '13812345678' }),
      firm('同号', { code: 'W1' }),
      firm('坏日期', { fromDay: '2026-02-30' }),
      firm('别名', { unitName: '柳沟村' }),
      firm('无主', { parent: '没有的链' }),
      firm('好公司二', { code: 'C1' }),
      firm('镇办', { unit: 't1' }),
    ]);
    const whole = await imported(world, b.clerk, sheetOf('enterprise'), sheet);
    expect(whole.result).toMatchObject({ rows: 13, written: 0, bad: 11 });
    const found = whole.result.errors.map((e) => [e.row, e.column]);
    expect(found).toEqual([
      [3, '行业'],
      [4, '吸纳就业（人）'],
      [5, '带动农户的龙头企业'],
      [6, '单位编码'],
      [7, '单位编码'],
      [8, null],
      [9, '统一社会信用代码'],
      [10, '起始日期'],
      [11, '单位名称'],
      [12, '归属'],
      [13, null],
    ]);
    expect((await b.clerk.ok(subjects.list, { query: { kind: 'enterprise' } })).total).toBe(0);
    const good = await imported(world, b.clerk, sheetOf('enterprise'), sheet, 'good-rows');
    expect(good.result).toMatchObject({ rows: 13, written: 2, bad: 11 });
    const names = (await b.clerk.ok(subjects.list, { query: { kind: 'enterprise' } })).items.map((i) => i.name);
    expect(names.sort()).toEqual(['好公司', '镇办']);
    const report = await fetched(world, 'clerk', `/api/imports/${good.id}/report`);
    expect((await rowsOf(report.bytes))[2]!.at(-1)).toContain('行业');
    const other = csv('enterprise', [firm('好公司', { 'data.jobs': '13', code: 'C1' })]);
    const changed = await imported(world, b.clerk, sheetOf('enterprise'), other);
    expect(changed.result.errors.map((e) => e.message)).toEqual([expect.stringContaining('已登记且内容不同')]);
  });

  it('never carries a personal value, whoever exports', async () => {
    const home = await b.secretary.ok(subjects.create, {
      body: { kind: 'household', unitId: world.units.eastVillage, place: '东街3号', fromDay: '2026-01-01' },
    });
    const { id: consentId } = await b.secretary.ok(personalFields.give, {
      params: { id: home.id },
      body: {
        purpose: '上门服务',
        fields: ['phone'],
        givenOn: '2026-03-01',
        expiresOn: '2026-12-31',
        channel: 'paper',
      },
    });
    await b.secretary.ok(personalFields.write, {
      params: { id: home.id },
      body: { consentId, values: { phone: '13912345678' } },
    });
    const { rows } = await exported('household', 'secretary');
    expect(rows).toEqual([
      columnsFor('subjects-household').map((c) => c.words.zh),
      ['v1', '青石村', '东街3号', '有效', '2026-01-01'],
    ]);
  });

  it('is for those who may: strangers sign in, readers only export, neighbours get nothing, kinds are declared', async () => {
    const sheet = csv('cooperative', [coop('新社')]);
    expect((await upload(b.stranger, sheetOf('cooperative'), sheet)).status).toBe(401);
    expect((await upload(b.reader, sheetOf('cooperative'), sheet)).status).toBe(403);
    expect((await upload(b.organiser, 'subjects-no-such', sheet)).status).toBe(404);
    const template = (kind: string) => b.organiser.raw({ method: 'GET', url: `/api/imports/${kind}/template` });
    expect((await template('subjects-no-such')).status).toBe(404);
    expect((await template('other')).status).toBe(400);
    const out = (client: Bookkeeping['reader'], query: string) =>
      client.raw({ method: 'GET', url: `/api/exports/subjects?format=csv&${query}` });
    expect((await out(b.stranger, 'kind=cooperative')).status).toBe(401);
    expect((await out(b.reader, 'kind=no-such')).status).toBe(404);
    expect((await out(b.reader, 'kind=')).status).toBe(400);
    expect((await out(b.neighbour, `kind=cooperative&under=${world.units.eastVillage}`)).status).toBe(404);
    expect((await exported('cooperative', 'neighbour')).rows).toHaveLength(1);
  });
});
