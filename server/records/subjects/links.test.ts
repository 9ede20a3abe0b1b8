import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreements } from '../../../domain/records/agreements/index.ts';
import { cases } from '../../../domain/records/cases/index.ts';
import { designations } from '../../../domain/records/designations/index.ts';
import { events } from '../../../domain/records/events/index.ts';
import { ledgers } from '../../../domain/records/ledgers/index.ts';
import { subjects } from '../../../domain/records/subjects/index.ts';
import { form } from '../../../tests/support/form.ts';
import { picture } from '../../../tests/support/picture.ts';
import { type Bookkeeping, bookkeeping } from '../../../tests/support/books.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let b: Bookkeeping;
let home: string;
let station: string;
let venue: string;

beforeAll(async () => {
  world = await createWorld();
  b = await bookkeeping(world);
  home = await b.subject('household', '東街䩐勒桥 3 号');
  station = await b.subject('practice-station', '青石实践站');
  venue = await b.subject('venue', '青石广场');
});
afterAll(() => world.close());

const village = () => world.units.eastVillage;
const links = async (client: Client, id: string) =>
  (await client.ok(subjects.links, { params: { id } })).items.map((l) => [l.record, l.kind, l.state]);

/** Points for a household: 5.00 granted and 2.00 spent. */
async function pointsOf(subjectId: string): Promise<string> {
  const { id } = await b.secretary.ok(ledgers.open, {
    body: { kind: 'resident-points', unitId: village(), title: '居民积分', openedOn: '2026-01-01' },
  });
  const line = (account: string, amount: number, purpose: string, of?: string) => ({
    account,
    amount,
    purpose,
    ...(of ? { subjectId: of } : {}),
  });
  for (const [onDay, lines] of [
    [
      '2026-02-01',
      [
        line('expense:granted', 500, 'volunteer-service'),
        line('liability:residents', -500, 'volunteer-service', subjectId),
      ],
    ],
    ['2026-02-20', [line('liability:residents', 200, 'goods', subjectId), line('income:redeemed', -200, 'goods')]],
  ] as const)
    await b.secretary.ok(ledgers.post, { params: { id }, body: { onDay, text: '积分', lines: [...lines] } });
  return id;
}

describe('what names an entry of the register', () => {
  it('stands on its page: agreements, cases, designations, events and books, to each who may read them', async () => {
    await b.secretary.ok(agreements.draft, {
      body: {
        kind: 'land-transfer',
        unitId: village(),
        fromDay: '2026-01-01',
        parties: [
          { role: 'lessor', subjectId: home },
          { role: 'lessee', unitId: village() },
        ],
        terms: { areaMu: 1, rentFen: 80_000, payOn: '03-01', payer: 'village-collective' },
      },
    });
    await b.secretary.ok(designations.grant, {
      body: {
        kind: 'five-beauty-courtyard',
        subjectId: home,
        grantedByUnitId: village(),
        grantor: '青石村村委会',
        grantedOn: '2025-03-01',
        validTo: '2026-02-28',
        basis: '评选结果公告',
      },
    });
    await pointsOf(home);
    expect(await links(b.secretary, home)).toEqual([
      ['agreement', 'land-transfer', 'draft'],
      ['designation', 'five-beauty-courtyard', 'expired'],
      ['book', 'resident-points', 'open'],
    ]);
    // A reader sees totals of points and not whose they are, so the book does not point at the household either.
    expect((await links(b.reader, home)).map(([record]) => record)).toEqual(['agreement', 'designation']);
    expect((await b.neighbour.call(subjects.links, { params: { id: home } })).status).toBe(404);
  });

  it('are also the events at a place, of its station and with it on the roster', async () => {
    const plan = (body: object) =>
      b.secretary.ok(events.plan, { body: { unitId: village(), onDay: '2026-03-10', ...body } as never });
    await plan({ kind: 'neighbours-day', venueId: venue });
    await plan({ kind: 'station-activity', data: { station } });
    await plan({ kind: 'joint-activity', roster: [{ subjectId: station, role: 'partner' }] });
    expect(await links(b.reader, venue)).toEqual([['event', 'neighbours-day', 'planned']]);
    expect((await links(b.reader, station)).map(([, kind]) => kind).sort()).toEqual([
      'joint-activity',
      'station-activity',
    ]);
  });
});

describe('accounts of an entry', () => {
  it('are shown with their balances to who keeps the book, and to nobody else where they are somebody’s own', async () => {
    const other = await b.subject('household', '西街 9 号');
    const bookId = await pointsOf(other);
    const of = (client: Client, id = other) => client.call(ledgers.ofSubject, { params: { id } });
    const kept = await of(b.secretary);
    expect(kept.body).toMatchObject({
      total: 1,
      items: [{ bookId, measure: 'points', name: '居民积分', balance: 300, bookWords: { zh: '居民积分' } }],
    });
    expect((await of(b.reader)).body).toEqual({ total: 0, items: [] });
    expect((await of(b.neighbour)).status).toBe(404);
    expect((await of(b.stranger)).status).toBe(401);
    expect((await of(b.secretary, randomUUID())).status).toBe(404);
    expect((await of(b.secretary, 'nothing')).status).toBe(400);
  });
});

describe('a field with a catalogue', () => {
  const place = '目录由管理员在“系统管理—目录”维护';
  const told = (answer: { status: number; body: unknown }) => [answer.status, JSON.stringify(answer.body)] as const;

  it('refuses in subjects, agreements and events what no catalogue holds, and says where it is edited', async () => {
    const garden = (type: string) =>
      b.secretary.call(subjects.create, {
        body: { kind: 'small-garden', unitId: village(), name: '小菜园', fromDay: '2026-01-01', data: { type } },
      });
    const [status, text] = told(await garden('golden'));
    expect([status, text.includes('body.data.type'), text.includes('“五园”'), text.includes(place)]).toEqual([
      400,
      true,
      true,
      true,
    ]);
    expect((await garden('vegetable')).status).toBe(200);
    const firm = await b.subject('cooperative', '青石合作社');
    const contract = (services: string[]) =>
      b.secretary.call(agreements.draft, {
        body: {
          kind: 'grower-contract',
          unitId: village(),
          fromDay: '2026-01-01',
          parties: [
            { role: 'buyer', subjectId: firm },
            { role: 'grower', subjectId: home },
          ],
          terms: { crop: '红梨', season: 2026, areaMu: 2, floorPriceFen: 300, services },
        },
      });
    const refused = told(await contract(['seeds', 'gold']));
    expect([refused[0], refused[1].includes('body.terms.services'), refused[1].includes(place)]).toEqual([
      400,
      true,
      true,
    ]);
    expect((await contract(['seeds'])).status).toBe(200);
    const service = (group: string) =>
      b.secretary.call(events.plan, {
        body: { kind: 'volunteer-service', unitId: village(), onDay: '2026-03-10', data: { group } },
      });
    const wrong = told(await service('giants'));
    expect([wrong[0], wrong[1].includes('body.data.group'), wrong[1].includes(place)]).toEqual([400, true, true]);
    expect((await service('elderly')).status).toBe(200);
  });

  it('is looked at again when a planned event is changed and when it is held', async () => {
    const { id } = await b.secretary.ok(events.plan, {
      body: { kind: 'volunteer-service', unitId: village(), onDay: '2026-03-01' },
    });
    const params = { id };
    const change = await b.secretary.call(events.change, { params, body: { data: { group: 'giants' } } });
    expect(change.status).toBe(400);
    const data = { type: 'haircut', served: 12 };
    const hold = (group: string) =>
      b.secretary.call(events.hold, { params, body: { data: { ...data, group }, items: [], attendance: [] } });
    expect((await hold('giants')).status).toBe(400);
    expect((await hold('children')).status).toBe(200);
  });

  it('that names a record takes in events, too, only one that is there and of the right kind', async () => {
    const plan = (of: string) =>
      b.secretary.call(events.plan, {
        body: { kind: 'station-activity', unitId: village(), onDay: '2026-03-10', data: { station: of } },
      });
    expect((await plan(randomUUID())).status).toBe(400);
    expect((await plan(venue)).status).toBe(400);
    expect((await plan(station)).status).toBe(200);
  });
});

describe('evidence of an entry', () => {
  it('is kept of places, agreements and events, and of no household', async () => {
    const photo = await picture(3).jpeg().toBuffer();
    const upload = (client: Client, subjectKind: string, subjectId: string) =>
      client.raw({
        method: 'POST',
        url: '/api/evidence',
        ...form({ subjectKind, subjectId, title: '现场' }, { name: 'p.jpg', bytes: photo }),
      });
    expect((await upload(b.secretary, 'subject', venue)).status).toBe(200);
    expect((await upload(b.secretary, 'subject', home)).code).toBe('evidence-of-people');
    expect((await upload(b.reader, 'subject', venue)).status).toBe(403);
    expect((await upload(b.neighbour, 'subject', venue)).status).toBe(404);
    const { items } = await b.secretary.ok(events.list, { query: { kind: 'neighbours-day' } });
    expect((await upload(b.secretary, 'event', items[0]!.id)).status).toBe(200);
    const list = await b.secretary.ok(agreements.list);
    expect((await upload(b.secretary, 'agreement', list.items[0]!.id)).status).toBe(200);
    expect((await upload(b.secretary, 'agreement', randomUUID())).status).toBe(404);
  });
});

describe('the case about an entry', () => {
  it('is among its links', async () => {
    const { id } = await b.secretary.ok(cases.open, {
      body: {
        type: 'problem',
        title: '广场照明损坏',
        unitId: village(),
        subjectId: venue,
        data: { description: '三盏路灯不亮', source: 'self' },
      } as never,
    });
    expect((await b.reader.ok(subjects.links, { params: { id: venue } })).items).toMatchObject([
      { record: 'case', id },
      { record: 'event' },
    ]);
  });
});
