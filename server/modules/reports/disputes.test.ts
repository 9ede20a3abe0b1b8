import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../../domain/records/cases/index.ts';
import { facts } from '../../../domain/records/facts/index.ts';
import { inquiries } from '../../../domain/reports/index.ts';
import { fetched, rowsOf } from '../../../tests/support/sheets.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let clerk: Client;
let east: Client;
let west: Client;
let inquiryId: string;
let fieldId: string;

const fact = (client: Client, unitId: number, metric: 'population' | 'households', value: string) =>
  client.ok(facts.enter, {
    body: { metric, unitId, period: '2026', value, asOf: '2026-06-01', source: '村统计台账', document: null },
  });

beforeAll(async () => {
  world = await createWorld({ now: '2026-06-10T09:00:00+08:00' });
  const u = world.units;
  await world.person('clerk', u.east, [['township-clerk', u.east]]);
  await world.person('east', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  await world.person('east2', u.eastVillage2, [['branch-secretary', u.eastVillage2]]);
  await world.person('west', u.westVillage, [['branch-secretary', u.westVillage]]);
  await world.person('observer', u.county, [['observer', u.county]]);
  [clerk, east, west] = (await Promise.all(['clerk', 'east', 'west'].map((l) => world.as(l)))) as [
    Client,
    Client,
    Client,
  ];
  await fact(east, u.eastVillage, 'population', '1200');
  await fact(await world.as('east2'), u.eastVillage2, 'population', '900');
  await fact(await world.as('east2'), u.eastVillage2, 'households', '300');
  const field = { unitId: u.east, name: '冬季取暖方式', kind: 'text' as const, unit: null, question: '怎么取暖？' };
  fieldId = (await clerk.ok(inquiries.addField, { body: field })).id;
  const { id } = await clerk.ok(inquiries.draft, {
    body: {
      unitId: u.east,
      title: '人口核对',
      basis: '县统计局〔2026〕3号',
      purpose: '核对底数',
      period: '2026',
      due: '2026-06-20',
      columns: [{ figure: 'population' }, { figure: 'households' }, { figure: 'admin-villages' }],
      units: [],
    },
  });
  inquiryId = id;
  await clerk.ok(inquiries.send, { params: { id } });
});
afterAll(() => world.close());

const answerOf = async (unitId: number) =>
  (await clerk.ok(inquiries.get, { params: { id: inquiryId } })).rows.find((r) => r.unitId === unitId)!.answerId!;

const dispute = (client: Client, id: string, column: string, body: { reason: string; right?: string | null }) =>
  client.call(inquiries.dispute, { params: { id, column }, body });

describe('a value that a village holds to be wrong', () => {
  let id = '';

  it('stays what it is, with the reason and the right value beside it for the office that asked', async () => {
    id = await answerOf(world.units.eastVillage);
    const said = { reason: '漏了新划入的第六组', right: '1 260' };
    const unfit = await dispute(east, id, 'population', said);
    expect(unfit.status).toBe(400);
    expect(JSON.stringify(unfit.body)).toContain('body.right');
    const shown = await east.ok(inquiries.dispute, {
      params: { id, column: 'population' },
      body: { ...said, right: '1260' },
    });
    expect(shown).toMatchObject({ state: 'asked', mayDispute: true });
    const mine = { reason: said.reason, right: '1260', of: '1200' };
    expect(shown.columns[0]!.cell).toMatchObject({ value: '1200', source: '村统计台账', dispute: mine });
    const kept = await east.ok(facts.list, { query: { metric: 'population', under: world.units.eastVillage } });
    expect(kept.items.map((f) => f.value)).toEqual(['1200']);
    const view = await clerk.ok(inquiries.get, { params: { id: inquiryId } });
    expect(view.disputed).toBe(1);
    const row = view.rows.find((r) => r.answerId === id)!;
    expect(row.cells['population']).toMatchObject({ value: '1200', dispute: mine });
    const { items } = await east.ok(cases.timeline, { params: { id } });
    expect(items.at(-1)).toMatchObject({ reason: said.reason });
  });

  it('is in dispute after the answer too, while what the village let stand is confirmed', async () => {
    const body = { asOf: '2026-06-10', source: '村委会', values: { households: '410' } };
    await east.ok(inquiries.answer, { params: { id }, body });
    const view = await clerk.ok(inquiries.get, { params: { id: inquiryId } });
    const { cells } = view.rows.find((r) => r.answerId === id)!;
    expect(cells['population']).toMatchObject({ value: '1200', dispute: { right: '1260' } });
    expect(cells['population']!.confirmed).toBeUndefined();
    expect(cells['households']).toMatchObject({ value: '410', from: 'given' });
    expect(cells['admin-villages']).toMatchObject({ confirmed: true });
    // The sum is of what is held, not of what somebody says.
    expect(view.totals['population']).toBe('2100');
    const rows = await rowsOf((await fetched(world, 'clerk', `/api/inquiries/${inquiryId}/sheet`, 'zh')).bytes);
    expect(rows[1]!.at(-1)).toBe('核对情况');
    expect(rows[2]!.at(-1)).toContain('有异议，应为 1260：漏了新划入的第六组');
    const own = await dispute(east, id, 'households', { reason: '填错了' });
    expect(own.code).toBe('dispute-own');
  });

  it('can be held to be wrong by a village that was asked nothing, and taken back', async () => {
    const other = await answerOf(world.units.eastVillage2);
    const east2 = await world.as('east2');
    expect((await east2.ok(inquiries.answerForm, { params: { id: other } })).state).toBe('answered');
    const params = { id: other, column: 'population' };
    await east2.ok(inquiries.dispute, { params, body: { reason: '应按常住口径' } });
    expect((await clerk.ok(inquiries.get, { params: { id: inquiryId } })).disputed).toBe(2);
    const back = await east2.ok(inquiries.takeBack, { params });
    expect(back.columns[0]!.cell).toMatchObject({ value: '900', confirmed: true });
    expect((await east2.call(inquiries.takeBack, { params })).code).toBe('dispute-none');
  });

  it('is settled when the value was corrected where it is kept and the answer is asked for again', async () => {
    await clerk.ok(inquiries.return, { params: { id }, body: { reason: '请先更正台账' } });
    const [held] = (await east.ok(facts.list, { query: { metric: 'population', unit: world.units.eastVillage } }))
      .items;
    const correction = { value: '1260', asOf: '2026-06-09', source: '村统计台账', document: null, reason: '补第六组' };
    await east.ok(facts.correct, { params: { id: held!.id }, body: correction });
    const form = await east.ok(inquiries.answerForm, { params: { id } });
    expect(form.columns[0]!.cell).toMatchObject({ value: '1260' });
    expect(form.columns[0]!.cell.dispute).toBeUndefined();
    const body = { asOf: '2026-06-10', source: '村委会', values: {} };
    const again = await east.ok(inquiries.answer, { params: { id }, body });
    expect(again.columns[0]!.cell).toMatchObject({ value: '1260', confirmed: true });
  });

  it('is never typed in where it is counted, and bad input is told its place', async () => {
    const counted = await dispute(east, id, 'admin-villages', { reason: '不是行政村', right: '0' });
    expect(counted.status).toBe(400);
    expect(JSON.stringify(counted.body)).toContain('由记录得出');
    expect((await dispute(east, id, 'admin-villages', { reason: '不是行政村' })).status).toBe(200);
    const same = await dispute(east, id, 'population', { reason: '再看看', right: '1260.0' });
    expect(same.status).toBe(400);
    expect(JSON.stringify(same.body)).toContain('与现有数值相同');
    const negative = await dispute(east, id, 'population', { reason: '再看看', right: '-1' });
    expect(negative.status).toBe(400);
    expect((await dispute(east, id, 'population', { reason: '' })).status).toBe(400);
    expect((await dispute(east, id, 'no-such-column', { reason: '在哪' })).status).toBe(404);
    expect((await dispute(east, id, fieldId, { reason: '没问过' })).status).toBe(404);
  });

  it('is disputed by that village only, and only until the answers are accepted', async () => {
    const params = { id, column: 'population' };
    const body = { reason: '别处的数' };
    const [visitor, observer] = await Promise.all([world.as(), world.as('observer')]);
    for (const [client, status] of [
      [visitor, 401],
      [observer, 403],
      [west, 404],
    ] as const) {
      expect((await client.call(inquiries.dispute, { params, body })).status).toBe(status);
      expect((await client.call(inquiries.takeBack, { params })).status).toBe(status);
    }
    await clerk.ok(inquiries.close, { params: { id: inquiryId }, body: {} });
    expect((await east.ok(inquiries.answerForm, { params: { id } })).mayDispute).toBe(false);
    expect((await dispute(east, id, 'population', body)).code).toBe('inquiry-not-open');
    expect((await east.call(inquiries.takeBack, { params })).code).toBe('inquiry-not-open');
  });

  it('needs a value to be about', async () => {
    const { id: next } = await clerk.ok(inquiries.draft, {
      body: {
        unitId: world.units.east,
        title: '取暖',
        basis: '镇〔2026〕1号',
        purpose: '过冬',
        period: '2026',
        due: '2026-06-20',
        columns: [{ field: fieldId }],
        units: [world.units.eastVillage],
      },
    });
    await clerk.ok(inquiries.send, { params: { id: next } });
    const { rows } = await east.ok(inquiries.get, { params: { id: next } });
    const nothing = await dispute(east, rows[0]!.answerId!, fieldId, { reason: '不对' });
    expect(nothing.code).toBe('dispute-nothing');
  });
});
