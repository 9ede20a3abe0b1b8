import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inbox, type InboxTab } from '../../../domain/records/inbox/index.ts';
import { inquiries } from '../../../domain/reports/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let organiser: Client;
let clerk: Client;
let east: Client;
let east2: Client;
let id: string;

beforeAll(async () => {
  world = await createWorld({ now: '2026-06-10T09:00:00+08:00' });
  const u = world.units;
  await world.person('office', u.county, [['organiser', u.county]]);
  await world.person('colleague', u.county, [['organiser', u.county]]);
  await world.person('clerk', u.east, [['township-clerk', u.east]]);
  await world.person('other', u.west, [['township-clerk', u.west]]);
  await world.person('east', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  await world.person('east2', u.eastVillage2, [['branch-secretary', u.eastVillage2]]);
  organiser = await world.as('office');
  clerk = await world.as('clerk');
  east = await world.as('east');
  east2 = await world.as('east2');
  const { eastVillage, eastVillage2 } = u;
  const draft = await organiser.ok(inquiries.draft, {
    body: {
      unitId: u.county,
      title: '户数核对',
      basis: '县统计局〔2026〕3号',
      purpose: '核对底数',
      period: '2026',
      due: '2026-06-12',
      columns: [{ figure: 'households' }],
      units: [eastVillage, eastVillage2],
    },
  });
  id = draft.id;
  await organiser.ok(inquiries.send, { params: { id } });
});
afterAll(() => world.close());

const shown = async (client: Client, tab: InboxTab) =>
  (await client.ok(inbox.list, { query: { tab, limit: 200 } })).items.map((i) => ({ id: i.id, below: i.below }));
const types = async (client: Client, tab: InboxTab) =>
  (await client.ok(inbox.list, { query: { tab } })).items.map((i) => i.type);
const counts = async (client: Client, tab: Exclude<InboxTab, 'escalated'>) => (await client.ok(inbox.counts))[tab];

async function answer(client: Client) {
  const { rows } = await client.ok(inquiries.get, { params: { id } });
  const body = { asOf: '2026-06-10', source: '村委会', values: { households: '300' } };
  await client.ok(inquiries.answer, { params: { id: rows[0]!.answerId! }, body });
}

describe('the inbox of an office that has sent an inquiry', () => {
  it('shows it as one line, with how many have answered', async () => {
    const line = { id, below: { of: 2, answered: 0, late: 0 } };
    for (const tab of ['todo', 'done'] as const) {
      expect(await shown(organiser, tab)).toEqual([line]);
      expect(await counts(organiser, tab)).toBe(1);
    }
    // Only those who are asked have an answer to give, not everybody above them who may enter their facts.
    for (const login of ['clerk', 'colleague', 'other']) expect(await counts(await world.as(login), 'todo')).toBe(0);
    for (const client of [east, east2]) expect(await types(client, 'todo')).toEqual(['inquiry-answer']);
    await answer(east);
    expect(await shown(organiser, 'todo')).toEqual([{ id, below: { of: 2, answered: 1, late: 0 } }]);
    expect(await types(east, 'todo')).toEqual([]);
    expect(await types(east, 'done')).toEqual(['inquiry-answer']);
  });

  it('counts it once when it is late, and never those who have answered', async () => {
    world.setNow('2026-06-15T09:00:00+08:00');
    const line = { id, below: { of: 2, answered: 1, late: 1 } };
    const colleague = await world.as('colleague');
    for (const client of [organiser, colleague, clerk]) {
      expect(await shown(client, 'overdue')).toEqual([line]);
      expect(await counts(client, 'overdue')).toBe(1);
    }
    expect(await counts(await world.as('other'), 'overdue')).toBe(0);
    expect(await types(east2, 'overdue')).toEqual(['inquiry-answer']);
    // Who has answered is not late, whatever the others do.
    expect(await counts(east, 'overdue')).toBe(0);
    expect(await counts(east, 'todo')).toBe(0);
  });

  it('has what was given back due on the day that its form says', async () => {
    const { rows } = await east.ok(inquiries.get, { params: { id } });
    const params = { id: rows[0]!.answerId! };
    await organiser.ok(inquiries.return, { params, body: { reason: '请核对' } });
    const [line] = (await east.ok(inbox.list, { query: { tab: 'todo' } })).items;
    const form = await east.ok(inquiries.answerForm, { params });
    expect(line).toMatchObject({ type: 'inquiry-answer', dueOn: form.due });
    expect(form.due > '2026-06-15').toBe(true);
    expect(await types(organiser, 'done')).toEqual(['inquiry']);
  });

  it('is empty of it when it is closed, and whoever sent it is told of nothing village by village', async () => {
    const colleague = await world.as('colleague');
    await answer(east2);
    await colleague.ok(inquiries.close, { params: { id }, body: { reason: '按已报数据汇总' } });
    for (const tab of ['todo', 'overdue'] as const)
      for (const client of [organiser, colleague, clerk, east]) expect(await counts(client, tab)).toBe(0);
    expect(await shown(colleague, 'done')).toEqual([{ id, below: { of: 2, answered: 2, late: 0 } }]);
    // One notice: that it was closed.
    expect((await organiser.ok(inbox.counts)).unread).toBe(1);
  });
});
