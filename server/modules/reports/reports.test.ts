import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts } from '../../../domain/records/facts/index.ts';
import { reports } from '../../../domain/reports/index.ts';
import { sql } from '../../platform/db/sql.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let clerk: Client;
let secretary: Client;
let village: Client;

beforeAll(async () => {
  world = await createWorld({ now: '2026-06-10T09:00:00+08:00' });
  const { county, east, eastVillage, westVillage } = world.units;
  await world.person('office', county, [['organiser', county]]);
  await world.person('镇党建办张明', east, [['township-clerk', east]]);
  await world.person('secretary', east, [['overall-owner', east]]);
  await world.person('village', eastVillage, [['branch-secretary', eastVillage]]);
  await world.person('west', westVillage, [['branch-secretary', westVillage]]);
  [clerk, secretary, village] = (await Promise.all(
    ['镇党建办张明', 'secretary', 'village'].map((login) => world.as(login)),
  )) as [Client, Client, Client];
  const number = (metric: 'population' | 'party-members', value: string) =>
    village.ok(facts.enter, {
      body: {
        metric,
        unitId: eastVillage,
        period: '2026',
        value,
        asOf: '2026-06-01',
        source: '村台账',
        document: null,
      },
    });
  await number('population', '12345');
});
afterAll(() => world.close());

const text = [
  '# {{unit}}工作情况',
  '全镇辖 {{admin-villages}} 个行政村，常住人口 {{population show=万 id=F004}}，有党员 {{party-members period=this}}。',
  '## 一、下一步',
  '继续对照标准补短板。',
].join('\n');

const draft = async (more = {}) =>
  clerk.call(reports.draft, {
    body: { unitId: world.units.east, template: 'township', period: '2026', text, ...more },
  });

describe('a report', () => {
  let id = '';
  let code = '';

  it('fills itself: every number is a reference, what is missing is a visible blank', async () => {
    const made = await draft();
    expect(made.status).toBe(200);
    id = made.body.id;
    const { filled } = made.body;
    expect(filled.blanks).toBe(1);
    expect(filled.figures.map((f) => [f.key, f.value, f.display])).toEqual([
      ['admin-villages', '2', '2'],
      ['population', '12345', '1.2万人'],
      ['party-members', null, null],
    ]);
    expect(filled.figures[2]!.missing!.zh).not.toBe('');
    expect(filled.figures[1]).toMatchObject({ records: 1, asOf: '2026-06-01', blank: 'F004', period: 'to-date:2026' });
    expect(filled.blocks.map((b) => b.kind)).toEqual(['title', 'paragraph', 'heading', 'paragraph']);
  });

  it('refuses typed numbers, names, telephone numbers and figures that do not exist', async () => {
    const change = (words: string) =>
      clerk.call(reports.change, { params: { id }, body: { title: '报告', text: words } });
    expect((await change('全镇有党员 120 名。')).code).toBe('report-typed-number');
    const named = await change('党建办镇党建办张明负责。');
    expect([named.status, JSON.stringify(named.body).includes('张明')]).toEqual([400, true]);
    expect((await change('电话 13812345678')).status).toBe(400);
    const unknown = await change('有 {{no-such-figure}} 家。');
    expect(JSON.stringify(unknown.body)).toContain('no-such-figure');
    expect((await change(text)).status).toBe(200);
  });

  it('is signed by who answers for it, with every blank seen, and stands from then on', async () => {
    const sign = (client: Client, blanksAccepted: number) =>
      client.call(reports.sign, { params: { id }, body: { blanksAccepted } });
    expect((await sign(clerk, 1)).status).toBe(403);
    expect((await sign(secretary, 0)).code).toBe('report-blanks');
    const signed = await sign(secretary, 1);
    expect(signed.body).toMatchObject({ signedBy: 'secretary', blanks: 1 });
    code = signed.body.code!;
    await village.ok(facts.enter, {
      body: {
        metric: 'party-members' as 'population',
        unitId: world.units.eastVillage,
        period: '2026',
        value: '88',
        asOf: '2026-06-01',
        source: '村台账',
        document: null,
      },
    });
    const later = await clerk.ok(reports.get, { params: { id } });
    expect(later.filled.figures[2]!.display).toBeNull();
    expect((await sign(secretary, 1)).code).toBe('report-signed');
    const change = await clerk.call(reports.change, { params: { id }, body: { title: '改', text } });
    expect(change.code).toBe('report-signed');
    await expect(
      world.asSystem((rq) => rq.db.run(sql`UPDATE publications SET title = '改' WHERE id = ${id}`)),
    ).rejects.toThrow(/published version is never changed/);
  });

  it('is signed at its own unit and never from above, where the same right signs the reports of its own level', async () => {
    const { county, east, eastVillage } = world.units;
    const office = await world.as('office');
    const ids = new Map<number, { id: string; blanks: number }>();
    for (const [unitId, template] of [
      [county, 'county'],
      [east, 'township'],
      [eastVillage, 'village'],
    ] as const) {
      const { id: draftId, blanks } = await office.ok(reports.draft, { body: { unitId, template, period: '2026' } });
      ids.set(unitId, { id: draftId, blanks });
    }
    const sign = (client: Client, unitId: number) =>
      client.call(reports.sign, {
        params: { id: ids.get(unitId)!.id },
        body: { blanksAccepted: ids.get(unitId)!.blanks },
      });
    for (const [client, unitId] of [
      [office, east],
      [office, eastVillage],
      [secretary, eastVillage],
    ] as const)
      expect(await sign(client, unitId)).toMatchObject({ status: 409, code: 'report-signer' });
    expect(JSON.stringify((await sign(office, east)).body)).toContain('“东林镇”的报告由本单位的书记（抓总定盘）签发');
    expect(JSON.stringify((await sign(office, eastVillage)).body)).toContain('村（社区）党支部书记');
    for (const [client, unitId] of [
      [office, county],
      [village, eastVillage],
    ] as const)
      expect((await sign(client, unitId)).status).toBe(200);
  });

  it('is led back to by the code on its paper, for whoever holds it, and by no other', async () => {
    const visitor = await world.as();
    const found = await visitor.ok(reports.verify, { params: { code: code.toLowerCase().replaceAll('-', '') } });
    expect(found).toMatchObject({ unitName: '东林镇', period: '2026', version: 1, replaced: false });
    expect(found.figures.map((f) => f.display)).toEqual(['2', '1.2万人', null]);
    expect(found.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(found)).not.toContain('text');
    expect((await visitor.call(reports.verify, { params: { code: 'AAAA-BBBB-CCCC' } })).status).toBe(404);
    const page = (await world.app.inject({ url: `/verify/${code}` })).body;
    expect(page).toContain('2026年至今');
    expect(page).not.toContain('to-date');
  });

  it('is renewed in a version of its own, which the code of the old one tells', async () => {
    const next = await clerk.ok(reports.renew, { params: { id } });
    expect(next).toMatchObject({ version: 2, signedAt: null });
    expect(next.filled.figures[2]!.display).toBe('88');
    await secretary.ok(reports.sign, { params: { id: next.id }, body: { blanksAccepted: 0 } });
    const visitor = await world.as();
    expect((await visitor.ok(reports.verify, { params: { code } })).replaced).toBe(true);
    expect((await clerk.call(reports.renew, { params: { id } })).code).toBe('report-replaced');
  });

  it('M002 is bundled with other signed reports, with contents, and opens as a Word file', async () => {
    const own = { unitId: world.units.east, title: '座谈会发言材料汇编', period: '2026' };
    const open = await draft();
    const bundle = (ids: string[]) => clerk.call(reports.compile, { body: { ...own, reports: ids } });
    expect((await bundle([open.body.id])).code).toBe('report-draft');
    const compiled = await bundle([id]);
    expect(compiled.status).toBe(200);
    const listed = await clerk.ok(reports.list, { query: { kind: 'compilation' } });
    expect(listed.items.map((one) => [one.id, one.title])).toEqual([[compiled.body.id, own.title]]);
    expect((await clerk.ok(reports.list, {})).items.map((one) => one.id)).not.toContain(compiled.body.id);
    for (const one of [id, compiled.body.id]) {
      const file = await clerk.raw({ method: 'GET', url: `/api/reports/${one}/file` });
      expect(file.status).toBe(200);
      expect(String(file.body).slice(0, 2)).toBe('PK');
    }
  });

  it('is shut to strangers and neighbours, and made only for its kind of unit', async () => {
    const visitor = await world.as();
    const west = await world.as('west');
    expect((await visitor.call(reports.get, { params: { id } })).status).toBe(401);
    expect((await west.call(reports.get, { params: { id } })).status).toBe(404);
    expect(
      (await west.call(reports.draft, { body: { unitId: world.units.east, template: 'township', period: '2026' } }))
        .status,
    ).toBe(404);
    expect((await draft({ template: 'county' })).code).toBe('report-not-for');
    expect((await draft({ template: 'nothing' })).status).toBe(404);
    const listed = await west.ok(reports.list, {});
    expect(listed.total).toBe(0);
  });
});
