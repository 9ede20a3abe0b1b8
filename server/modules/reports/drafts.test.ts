import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../../domain/records/cases/index.ts';
import { units } from '../../../domain/records/units/index.ts';
import { inquiries } from '../../../domain/reports/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let clerk: Client;
let id: string;

beforeAll(async () => {
  world = await createWorld({ now: '2026-06-10T09:00:00+08:00' });
  const u = world.units;
  await world.person('clerk', u.east, [['township-clerk', u.east]]);
  await world.person('neighbour', u.west, [['township-clerk', u.west]]);
  await world.person('east', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  await world.person('observer', u.county, [['observer', u.county]]);
  clerk = await world.as('clerk');
  id = (await clerk.ok(inquiries.draft, { body: { ...draft(), unitId: u.east } })).id;
});
afterAll(() => world.close());

const draft = () => ({
  title: '人口核对',
  basis: '县统计局〔2026〕3号',
  purpose: '核对底数',
  period: '2026',
  due: '2026-06-20',
  columns: [{ figure: 'population' }] as ({ figure: string } | { field: string })[],
  units: [] as number[],
});

const change = (client: Client, body: Partial<ReturnType<typeof draft>> = {}) =>
  client.call(inquiries.change, { params: { id }, body: { ...draft(), ...body } });

describe('a draft of an inquiry', () => {
  it('may change in what it asks, of whom, until when and how it is called', async () => {
    const { eastVillage2 } = world.units;
    const body = {
      title: '人口和户数核对',
      due: '2026-06-30',
      period: '2025',
      columns: [{ figure: 'population' }, { figure: 'households' }],
      units: [eastVillage2, eastVillage2],
    };
    expect((await change(clerk, body)).body).toMatchObject({ title: body.title, due: body.due, columns: 2 });
    const view = await clerk.ok(inquiries.get, { params: { id } });
    expect(view).toMatchObject({ state: 'drafted', period: '2025', burden: { units: 1 } });
    expect(view.only.map((u) => u.unitId)).toEqual([eastVillage2]);
    expect(view.columnList.map((c) => c.name)).toEqual(['population', 'households']);
    expect(await clerk.ok(cases.get, { params: { id } })).toMatchObject({ title: body.title, dueOn: body.due });
  });

  it('tells bad input with its place and changes nothing then', async () => {
    const { westVillage, eastVillage, eastVillage2 } = world.units;
    const told = async (body: Partial<ReturnType<typeof draft>>, place: string) => {
      const refused = await change(clerk, body);
      expect(refused.status).toBe(400);
      expect(JSON.stringify(refused.body)).toContain(place);
    };
    await told({ units: [eastVillage, westVillage] }, 'body.units.1');
    await told({ columns: [{ figure: 'no-such-figure' }] }, 'body.columns.0');
    await told({ columns: [] }, 'columns');
    await told({ title: '' }, 'title');
    expect((await change(clerk, { due: '2026-06-09' })).code).toBe('inquiry-due-past');
    const view = await clerk.ok(inquiries.get, { params: { id } });
    expect(view).toMatchObject({ title: '人口和户数核对', due: '2026-06-30' });
    expect(view.only.map((u) => u.unitId)).toEqual([eastVillage2]);
  });

  it('is changed by the office that drafted it alone', async () => {
    const who = async (login?: string) => (await change(await world.as(login))).status;
    expect(await who()).toBe(401);
    expect(await who('observer')).toBe(403);
    expect(await who('east')).toBe(404);
    expect(await who('neighbour')).toBe(404);
  });

  it('that names a village which ended since can be sent to the others', async () => {
    const { eastVillage, eastVillage2 } = world.units;
    expect((await change(clerk, { units: [eastVillage, eastVillage2] })).status).toBe(200);
    await world.person('organiser', world.units.county, [['organiser', world.units.county]]);
    const organiser = await world.as('organiser');
    const ended = { day: '2026-06-10', document: '县民政局〔2026〕5号' };
    expect((await organiser.call(units.end, { params: { id: eastVillage2 }, body: ended })).status).toBe(200);
    const view = await clerk.ok(inquiries.get, { params: { id } });
    expect(view.only.length).toBe(2);
    expect((await clerk.ok(inquiries.send, { params: { id } })).units).toBe(1);
  });

  it('never changes after it was sent', async () => {
    expect((await change(clerk, { title: '改题' })).code).toBe('case-wrong-state');
    await clerk.ok(inquiries.cancel, { params: { id }, body: { reason: '不再需要' } });
    expect((await change(clerk, { title: '改题' })).code).toBe('case-final');
  });
});
