import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channels } from '../../../domain/matters/words.ts';
import { cases } from '../../../domain/records/cases/index.ts';
import { subjects } from '../../../domain/records/subjects/index.ts';
import { sql } from '../../platform/db/sql.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let clerk: Client;
let organiser: Client;
let west: Client;
let secretary: Client;
let coop: string;
let square: string;
let home: string;
let team: string;

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  await world.person('organiser', u.county, [['organiser', u.county]]);
  await world.person('clerk', u.east, [['township-clerk', u.east]]);
  await world.person('west', u.west, [['township-clerk', u.west]]);
  await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  [organiser, clerk, west, secretary] = (await Promise.all(
    ['organiser', 'clerk', 'west', 'secretary'].map((login) => world.as(login)),
  )) as [Client, Client, Client, Client];
  const entry = async (kind: string, more: object = {}) =>
    (
      await clerk.ok(subjects.create, {
        body: { kind, unitId: u.eastVillage, fromDay: '2026-01-01', data: {}, ...more } as never,
      })
    ).id;
  coop = await entry('cooperative', { name: '青石合作社', data: { role: 'single', scope: '林果' } });
  square = await entry('facility', { name: '文化广场', data: { type: 'other', quantity: 1 } });
  home = await entry('household', { place: '东街3号' });
  team = await entry('volunteer-team', { name: '红马甲', data: { field: '助老', members: 8 } });
});
afterAll(() => world.close());

const body = (more: object = {}) => ({
  type: 'problem',
  title: '广场无照明',
  unitId: world.units.eastVillage,
  data: { description: '广场无照明', source: 'visit' },
  ...more,
});
const open = (client: Client, more: object = {}) => client.call(cases.open, { body: body(more) });

describe('what a case is about', () => {
  it('keeps the entry of the register and the lines of work it serves, and is found by either', async () => {
    const about = await clerk.ok(cases.open, { body: body({ subjectId: square, tags: ['governance', 'governance'] }) });
    expect(about.subject).toMatchObject({ id: square, name: '文化广场', kind: 'facility' });
    expect(about.tags).toEqual(['governance']);
    await open(clerk);
    const ids = async (query: object) => (await clerk.ok(cases.list, { query })).items.map((c) => c.id);
    expect(await ids({ subject: square })).toEqual([about.id]);
    expect(await ids({ tag: 'governance' })).toEqual([about.id]);
    expect(await ids({ tag: 'transformation' })).toEqual([]);
    const { items } = await clerk.ok(subjects.links, { params: { id: square } });
    expect(items.map((l) => [l.record, l.id])).toContainEqual(['case', about.id]);
    const [entry] = await world.asSystem((rq) =>
      rq.db.many<{ after: Record<string, unknown> }>(sql`SELECT after FROM journal WHERE subject_id = ${about.id}`),
    );
    expect(entry!.after).toMatchObject({ subjectId: square, tags: ['governance'] });
  });

  it('refuses an entry of a kind that the kind of case does not name', async () => {
    expect(await open(clerk, { subjectId: home })).toMatchObject({ status: 409, code: 'case-other-subject' });
    expect((await open(clerk, { subjectId: team })).code).toBe('case-other-subject');
    const bare = await open(clerk, { type: 'question', subjectId: coop, data: { question: '怎样申报' } });
    expect(bare).toMatchObject({ status: 409, code: 'case-no-subject' });
  });

  it('does not know an entry that the actor may not see, nor one that is not there', async () => {
    const place = { unitId: world.units.westVillage, subjectId: coop };
    expect((await open(west, place)).status).toBe(404);
    expect((await open(clerk, { subjectId: crypto.randomUUID() })).status).toBe(404);
    expect((await open(clerk, { subjectId: 'coop' })).status).toBe(400);
    expect((await open(await world.as(), { subjectId: coop })).status).toBe(401);
    expect((await organiser.ok(cases.open, { body: body({ ...place }) })).subject?.id).toBe(coop);
    // The case stands in the west and is theirs to read; the entry it names is not.
    const seen = await west.ok(cases.list, { query: { type: 'problem' } });
    expect(seen.items.map((c) => c.subject)).toEqual([null]);
    expect((await west.ok(cases.list, { query: { subject: coop } })).total).toBe(0);
  });

  it('refuses an entry that has ended', async () => {
    const gone = await clerk.ok(subjects.create, {
      body: {
        kind: 'cooperative',
        unitId: world.units.eastVillage,
        name: '旧社',
        fromDay: '2025-01-01',
        data: { role: 'single', scope: '林果' },
      },
    });
    await clerk.ok(subjects.end, { params: { id: gone.id }, body: { onDay: '2026-03-01', reason: '注销' } });
    expect(await open(clerk, { subjectId: gone.id })).toMatchObject({ status: 409, code: 'case-subject-ended' });
  });

  it('takes tags from the catalogues of lines and themes only, and none where it is about people', async () => {
    const answer = await open(clerk, { tags: ['governance', 'poor'] });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain('“poor”');
    const errand = {
      type: 'errand',
      data: { type: 'repair', channel: Object.keys(channels)[0], authorised: true, what: '修水管' },
      subjectId: home,
    };
    expect((await open(secretary, { ...errand, tags: ['governance'] })).code).toBe('case-subject-tagged');
    expect((await open(secretary, errand)).body.subject).toMatchObject({ id: home, words: { zh: '住户' } });
  });

  it('names the kinds of entries that each kind can be about', async () => {
    const { items } = await clerk.ok(cases.kinds);
    expect(items.find((k) => k.type === 'problem')!.subjects).toContain('facility');
    expect(items.find((k) => k.type === 'question')!.subjects).toEqual([]);
  });
});
