import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../../domain/records/cases/index.ts';
import { facts } from '../../../domain/records/facts/index.ts';
import { inquiries } from '../../../domain/reports/index.ts';
import { fetched, rowsOf } from '../../../tests/support/sheets.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let organiser: Client;
let clerk: Client;
let east: Client;
let east2: Client;
let west: Client;

beforeAll(async () => {
  world = await createWorld({ now: '2026-06-10T09:00:00+08:00' });
  const { county, east: t1, eastVillage, eastVillage2, westVillage } = world.units;
  await world.person('office', county, [['organiser', county]]);
  await world.person('clerk', t1, [['township-clerk', t1]]);
  await world.person('east', eastVillage, [['branch-secretary', eastVillage]]);
  await world.person('east2', eastVillage2, [['branch-secretary', eastVillage2]]);
  await world.person('west', westVillage, [['branch-secretary', westVillage]]);
  await world.person('observer', county, [['observer', county]]);
  await world.person('idle', eastVillage);
  [organiser, clerk, east, east2, west] = (await Promise.all(
    ['office', 'clerk', 'east', 'east2', 'west'].map((login) => world.as(login)),
  )) as [Client, Client, Client, Client, Client];
});
afterAll(() => world.close());

const asked = () => ({
  unitId: world.units.east,
  title: '养老服务需求摸底',
  basis: '县民政局〔2026〕8号',
  purpose: '测算日间照料中心规模',
  period: '2026',
  due: '2026-06-20',
  columns: [{ figure: 'population' }, { figure: 'households' }, { figure: 'sanitary-toilets-share' }] as (
    { figure: string } | { field: string }
  )[],
  units: [],
});

const fact = (client: Client, unitId: number, metric: string, value: string) =>
  client.ok(facts.enter, {
    body: {
      metric: metric as 'population',
      unitId,
      period: '2026',
      value,
      asOf: '2026-06-01',
      source: '村统计台账',
      document: null,
    },
  });

describe('one table', () => {
  it('shows what is known and what asking the rest would cost, before anything is sent', async () => {
    await fact(east, world.units.eastVillage, 'population', '1200');
    await fact(east, world.units.eastVillage, 'households', '400');
    await fact(east2, world.units.eastVillage2, 'population', '900');
    const preview = await clerk.ok(inquiries.preview, { body: asked() });
    // Six cells, three of them known. East lacks one metric of the rate, east2 the households and that metric.
    expect(preview).toMatchObject({ units: 2, cells: 6, known: 3, share: 0.5, asked: 3, reason: null });
    expect(preview.columns.map((c) => c.known)).toEqual([2, 1, 0]);
    const [worst] = preview.worst;
    expect(worst).toMatchObject({ unitId: world.units.eastVillage2, known: 1, asked: 2, used: 0 });
    // Opening 2, two numbers of 3, one value to look at: 8.2 minutes, told as 9.
    expect(worst!.minutes).toBe(9);
    expect((await clerk.ok(inquiries.list, {})).items).toEqual([]);
  });

  let inquiryId = '';
  const answerOf = async (client: Client) =>
    (await client.ok(inquiries.get, { params: { id: inquiryId } })).rows.find((r) => r.answerId !== null)!.answerId!;

  it('asks each village only for what the platform does not know, and fills the rest', async () => {
    inquiryId = (await clerk.ok(inquiries.draft, { body: asked() })).id;
    expect((await east.call(inquiries.get, { params: { id: inquiryId } })).status).toBe(404);
    const { burden } = await clerk.ok(inquiries.get, { params: { id: inquiryId } });
    expect(burden).toMatchObject({ units: 2, asked: 2, minutesPerUnit: { max: 9 } });
    const sent = await clerk.ok(inquiries.send, { params: { id: inquiryId } });
    expect(sent).toMatchObject({ state: 'sent', units: 2, answered: 0, share: 0.5 });
    const form = await east.ok(inquiries.answerForm, { params: { id: await answerOf(east) } });
    expect(form.columns.map((c) => [c.name, c.cell.value, c.cell.asked])).toEqual([
      ['population', '1200', false],
      ['households', '400', false],
      ['sanitary-toilets-share', null, true],
    ]);
    expect(form.columns[0]!.cell).toMatchObject({ source: '村统计台账', asOf: '2026-06-01' });
    expect((await east.ok(cases.list, { query: { type: 'inquiry-answer', open: true } })).total).toBe(1);
  });

  it('makes facts of the answers, all or none, and never asks for them again', async () => {
    const id = await answerOf(east);
    const give = (values: Record<string, string>) =>
      east.call(inquiries.answer, { params: { id }, body: { asOf: '2026-06-09', source: '村委会', values } });
    expect((await give({})).code).toBe('inquiry-missing');
    const wrong = await give({ 'households-sanitary-toilet': '三百' });
    expect(wrong.status).toBe(400);
    expect((await give({ 'households-sanitary-toilet': '300' })).status).toBe(200);
    const shown = await clerk.ok(inquiries.get, { params: { id: inquiryId } });
    expect(shown.burden).toBeNull();
    const row = shown.rows.find((r) => r.unitId === world.units.eastVillage)!;
    expect(row.cells['sanitary-toilets-share']).toMatchObject({ value: '0.75', asOf: '2026-06-09', from: 'given' });
    expect(row.cells['population']!.from).toBe('known');
    const kept = await east.ok(facts.list, {
      query: { metric: 'households-sanitary-toilet', under: world.units.eastVillage },
    });
    expect(kept.items.map((f) => f.value)).toEqual(['300']);
    expect((await give({ 'households-sanitary-toilet': '310' })).code).toBe('inquiry-not-open');
    // The sources stay, and only who asked may give the answer back.
    const given = await east.ok(inquiries.answerForm, { params: { id } });
    expect(given.columns.map((c) => c.cell.source)).toEqual(['村统计台账', '村统计台账', '村委会']);
    expect(given.mayReturn).toBe(false);
    expect((await clerk.ok(inquiries.answerForm, { params: { id } })).mayReturn).toBe(true);
    expect((await east.ok(inquiries.get, { params: { id: inquiryId } })).mayManage).toBe(false);
    expect(shown.mayManage).toBe(true);
    const again = await clerk.ok(inquiries.preview, { body: { ...asked(), units: [world.units.eastVillage] } });
    expect(again).toMatchObject({ known: 3, share: 1, asked: 0, minutes: 0 });
  });

  it('adds up sums and no ratios, returns with a reason, and closes without the silent only for a reason', async () => {
    const id = (await clerk.ok(inquiries.get, { params: { id: inquiryId } })).rows.find(
      (r) => r.unitId === world.units.eastVillage,
    )!.answerId!;
    const shown = await clerk.ok(inquiries.get, { params: { id: inquiryId } });
    expect(shown.totals).toEqual({ population: '2100', households: '400', 'sanitary-toilets-share': null });
    const back = await clerk.ok(inquiries.return, { params: { id }, body: { reason: '请核对卫生厕所户数' } });
    expect(back).toMatchObject({ state: 'asked', returned: '请核对卫生厕所户数' });
    await east.ok(inquiries.answer, { params: { id }, body: { asOf: '2026-06-10', source: '村委会', values: {} } });
    const close = (reason?: string) => clerk.call(inquiries.close, { params: { id: inquiryId }, body: { reason } });
    expect((await close()).code).toBe('inquiry-unanswered');
    const closed = await close('两次提醒未报，按已知数据汇总');
    // Who was let go has not answered.
    expect(closed.body).toMatchObject({ state: 'closed', units: 2, answered: 1 });
    const { rows } = await clerk.ok(inquiries.get, { params: { id: inquiryId } });
    expect(rows.map((r) => r.state).sort()).toEqual(['accepted', 'dropped']);
    expect((await close('再来')).code).toBe('case-final');
    expect((await east2.ok(cases.list, { query: { type: 'inquiry-answer', open: true } })).total).toBe(0);
  });

  it('goes out as a sheet of what its page shows, to nobody who may not see the page', async () => {
    const sheet = (login: string, id = inquiryId, lang = 'zh') =>
      fetched(world, login, `/api/inquiries/${id}/sheet`, lang);
    const rows = await rowsOf((await sheet('clerk')).bytes);
    expect(rows[0]![0]).toContain('养老服务需求摸底');
    expect(rows[0]![0]).toContain('截至2026-06-10');
    expect(rows[1]!.slice(0, 2)).toEqual(['乡镇（街道）', '村（社区）']);
    // Two villages and the totals; what nobody has answered is missing and no zero.
    expect(rows.length).toBe(5);
    const cells = rows.slice(2).map((r) => r.slice(2));
    expect(cells).toContainEqual(['1200', '400', '0.75', '已采用', '已知数据已确认']);
    expect(cells).toContainEqual(['900', '缺数据', '缺数据', '不再需要']);
    expect(rows[4]!.slice(0, 4)).toEqual(['合计', '', '2100', '400']);
    expect((await rowsOf((await sheet('clerk', inquiryId, 'en')).bytes))[1]!.slice(0, 2)).toEqual([
      'Township',
      'Village',
    ]);
    // A village sees its own row, as on the page.
    expect((await rowsOf((await sheet('east')).bytes)).length).toBe(4);
    expect((await sheet('west')).status).toBe(404);
    expect((await sheet('idle')).status).toBe(403);
    expect((await (await world.as()).call(inquiries.export, { params: { id: inquiryId } })).status).toBe(401);
    const { id } = await clerk.ok(inquiries.draft, { body: asked() });
    expect((await sheet('east', id)).status).toBe(404);
    await clerk.ok(inquiries.cancel, { params: { id }, body: { reason: '仅为试拟' } });
  });

  it('keeps fields that the catalogue does not know for the next office, and refuses to ask what it knows', async () => {
    const field = {
      unitId: world.units.county,
      name: '愿意入住养老机构的老人数',
      kind: 'number' as const,
      unit: '人',
      question: '有多少位？',
    };
    const made = await organiser.ok(inquiries.addField, { body: field });
    expect((await organiser.call(inquiries.addField, { body: field })).code).toBe('field-same');
    const known = { ...field, name: '常住人口' };
    expect((await organiser.call(inquiries.addField, { body: known })).code).toBe('field-in-catalogue');
    const body = { ...asked(), columns: [{ field: made.id }], units: [world.units.eastVillage] };
    const { id } = await clerk.ok(inquiries.draft, { body });
    await clerk.ok(inquiries.send, { params: { id } });
    const answerId = (await east.ok(inquiries.get, { params: { id } })).rows[0]!.answerId!;
    const give = (value: string) =>
      east.call(inquiries.answer, {
        params: { id: answerId },
        body: { asOf: '2026-06-10', source: '入户', values: { [made.id]: value } },
      });
    const negative = await give('-3');
    expect(negative.status).toBe(400);
    expect(JSON.stringify(negative.body)).toContain(`“${field.name}”填的是数量，不能是负数。`);
    expect((await east.ok(inquiries.answerForm, { params: { id: answerId } })).state).toBe('asked');
    expect((await give('17')).status).toBe(200);
    const next = await organiser.ok(inquiries.preview, { body: { ...body, unitId: world.units.county, units: [] } });
    expect(next.columns[0]).toMatchObject({ known: 1, words: { zh: field.name } });
    expect((await organiser.ok(inquiries.fields, { query: { q: '养老' } })).items[0]).toMatchObject({ uses: 1 });
  });

  it('meters the burden of every village and refuses what goes over the cap, naming who would be over it', async () => {
    const month = { query: { month: '2026-06' }, params: { id: world.units.east } };
    const before = await clerk.ok(inquiries.burden, month);
    expect(before).toMatchObject({ cap: 60, capDocument: null });
    // The first inquiry (6) and the field (5) to the first village; the second was let off when it was closed.
    const first = before.items.find((i) => i.unitId === world.units.eastVillage)!;
    expect(first).toMatchObject({ inquiries: 2, fields: 2, minutes: 11 });
    const cap = { params: { id: world.units.county }, body: { minutes: 12, document: '县委办〔2026〕3号' } };
    expect((await clerk.call(inquiries.setCap, cap)).status).toBe(403);
    await organiser.ok(inquiries.setCap, cap);
    const body = { ...asked(), period: '2025', columns: [{ figure: 'population' }] };
    const preview = await clerk.ok(inquiries.preview, { body });
    expect(preview.reason?.code).toBe('inquiry-over-cap');
    expect(preview.reason?.words.zh).toContain('青石村');
    const { id } = await clerk.ok(inquiries.draft, { body });
    expect((await clerk.call(inquiries.send, { params: { id } })).code).toBe('inquiry-over-cap');
    const other = await clerk.ok(inquiries.draft, { body: { ...body, units: [world.units.eastVillage2] } });
    expect((await clerk.ok(inquiries.send, { params: { id: other.id } })).units).toBe(1);
    await clerk.ok(inquiries.cancel, { params: { id: other.id }, body: { reason: '改从统计部门取数' } });
  });

  it('is shut to strangers, neighbours and those who may only look', async () => {
    const visitor = await world.as();
    const observer = await world.as('observer');
    expect((await visitor.call(inquiries.list, {})).status).toBe(401);
    expect((await observer.call(inquiries.preview, { body: asked() })).status).toBe(403);
    expect((await east.call(inquiries.preview, { body: { ...asked(), unitId: world.units.east } })).status).toBe(403);
    expect((await west.call(inquiries.get, { params: { id: inquiryId } })).status).toBe(404);
    const theirs = (await clerk.ok(inquiries.get, { params: { id: inquiryId } })).rows[0]!.answerId!;
    expect((await west.call(inquiries.answerForm, { params: { id: theirs } })).status).toBe(404);
    const late = await clerk.call(inquiries.preview, { body: { ...asked(), due: '2026-06-09' } });
    expect(late.code).toBe('inquiry-due-past');
    const strange = { ...asked(), units: [world.units.eastVillage, world.units.westVillage] };
    for (const refused of [
      await clerk.call(inquiries.preview, { body: strange }),
      await clerk.call(inquiries.draft, { body: strange }),
    ]) {
      expect(refused.status).toBe(400);
      expect(JSON.stringify(refused.body)).toContain('body.units.1');
    }
    const nobody = await clerk.call(inquiries.preview, { body: { ...asked(), units: [world.units.westVillage] } });
    expect(nobody.status).toBe(400);
    const unknown = await clerk.call(inquiries.preview, {
      body: { ...asked(), columns: [{ figure: 'no-such-figure' }] },
    });
    expect(unknown.status).toBe(400);
  });
});
