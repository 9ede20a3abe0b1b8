import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreements } from '../../../domain/records/agreements/index.ts';
import { type Bookkeeping, bookkeeping } from '../../../tests/support/books.ts';
import { fetched, rowsOf } from '../../../tests/support/sheets.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let b: Bookkeeping;

beforeAll(async () => {
  world = await createWorld();
  b = await bookkeeping(world);
  const home = await b.subject('household', '东街3号');
  const there = await b.subject('household', '桥头1号', world.units.westVillage);
  const draft = (unitId: number, subjectId: string, title: string) => ({
    body: {
      kind: 'land-transfer',
      unitId,
      title,
      fromDay: '2025-01-01',
      toDay: '2026-04-01',
      parties: [
        { role: 'lessor', subjectId },
        { role: 'lessee', unitId },
      ],
      terms: { areaMu: 12.5, rentFen: 80_050, payOn: '03-01', payer: 'village-collective' },
    },
  });
  const a = await b.secretary.ok(agreements.draft, draft(world.units.eastVillage, home, '=东街流转'));
  await b.neighbour.ok(agreements.draft, draft(world.units.westVillage, there, '桥头流转'));
  await b.secretary.ok(agreements.openSigning, { params: { id: a.id }, body: {} });
  for (const { id: partyId } of a.partyList)
    await b.secretary.ok(agreements.sign, {
      params: { id: a.id },
      body: { partyId, signedOn: '2026-02-01', signedBy: '张某某' },
    });
  await b.secretary.ok(agreements.force, { params: { id: a.id }, body: { onDay: '2026-02-02' } });
});
afterAll(() => world.close());

async function exported(login: string, query: string, lang = 'zh') {
  const { status, bytes, headers } = await fetched(world, login, `/api/exports/agreements?${query}`, lang);
  return { status, bytes, headers, rows: status === 200 ? await rowsOf(bytes) : [] };
}

describe('the register of agreements as a sheet', () => {
  it('has official heads, each party under its role, terms as they are read, and no formula', async () => {
    const { rows, bytes } = await exported('reader', 'kind=land-transfer&format=csv');
    const [heads, row, ...more] = rows;
    expect(more).toEqual([]);
    const cell = (head: string) => row![heads!.indexOf(head)];
    expect(heads!.slice(0, 4)).toEqual(['协议名称', '协议编号', '单位编码', '单位名称']);
    expect(bytes.toString()).not.toMatch(/(^|[,"\n])=/);
    expect([cell('协议名称'), cell('流出农户'), cell('流入方'), cell('状态'), cell('已签署')]).toEqual([
      '=东街流转',
      '东街3号',
      '青石村',
      '已生效',
      '2/2',
    ]);
    expect([cell('面积（亩）'), cell('年租金（每亩）（元）'), cell('支付账簿'), cell('生效日期')]).toEqual([
      '12.5',
      '800.50',
      '村集体',
      '2026-02-02',
    ]);
    expect(rows.flat().join()).not.toContain('张某某');
    const english = await exported('reader', 'kind=land-transfer&format=csv', 'en');
    expect(english.rows[0]!.slice(0, 3)).toEqual(['Title', 'Number', 'Unit code']);
  });

  it('holds what the list shows under the same filters, as a workbook with its title, too', async () => {
    const titles = async (login: string, query: string) =>
      (await exported(login, `kind=land-transfer&format=csv&${query}`)).rows.slice(1).map((r) => r[3]);
    expect(await titles('organiser', '')).toEqual(['青石村', '䩐勒桥村']);
    expect(await titles('organiser', 'state=draft')).toEqual(['䩐勒桥村']);
    expect(await titles('organiser', 'expiring=true')).toEqual(['青石村']);
    expect(await titles('organiser', `under=${world.units.west}`)).toEqual(['䩐勒桥村']);
    expect(await titles('organiser', `q=${encodeURIComponent('桥头')}`)).toEqual(['䩐勒桥村']);
    const book = await exported('organiser', 'kind=land-transfer');
    expect(book.rows[0]![0]).toContain('土地流转合同');
    expect(book.rows[1]![0]).toBe('协议名称');
  });

  it('goes to nobody outside, and of no kind that is not declared', async () => {
    expect((await exported('neighbour', 'kind=land-transfer&format=csv')).rows.slice(1).map((r) => r[3])).toEqual([
      '䩐勒桥村',
    ]);
    expect(
      (
        await b.neighbour.raw({
          method: 'GET',
          url: `/api/exports/agreements?kind=land-transfer&under=${world.units.east}`,
        })
      ).status,
    ).toBe(404);
    expect((await b.stranger.raw({ method: 'GET', url: '/api/exports/agreements?kind=land-transfer' })).status).toBe(
      401,
    );
    expect((await b.reader.raw({ method: 'GET', url: '/api/exports/agreements?kind=no-such' })).status).toBe(404);
    expect((await b.reader.raw({ method: 'GET', url: '/api/exports/agreements?kind=' })).status).toBe(400);
    await world.person('observer2', world.units.east, [['observer', world.units.east]]);
    expect((await exported('observer2', 'kind=land-transfer')).status).toBe(403);
  });
});
