import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projects, works as workPoints } from '../../../domain/projects/index.ts';
import { cases } from '../../../domain/records/cases/index.ts';
import { ledgers } from '../../../domain/records/ledgers/index.ts';
import { fetched, rowsOf } from '../../../tests/support/sheets.ts';
import { type Works, worksOf } from '../../../tests/support/works.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let as: Works['as'];
let works: Works;

beforeAll(async () => {
  world = await createWorld();
  works = await worksOf(world);
  as = works.as;
});
afterAll(() => world.close());

describe('a work', () => {
  it('M299 of a road does not begin before the use of land is agreed, and is followed section by section to acceptance', async () => {
    const programme = await works.open(
      'programme',
      { system: 'infrastructure', keyWorks: true },
      { title: '道路升级', unitId: world.units.eastVillage },
    );
    const parts = [
      await works.work({ lengthM: 300, landConsent: 'open' }, { title: '一标段', parentId: programme.id }),
      await works.work({ lengthM: 500, landConsent: 'given' }, { title: '二标段', parentId: programme.id }),
    ];
    const why = { reason: '已议定' };
    for (const { id } of parts)
      await works.walk(id, [
        [as.secretary, 'deliberate', why],
        [as.clerk, 'approve', { document: '批复3号' }],
        [as.secretary, 'fund', why],
      ]);
    const begin = { ownerPersonId: works.people['cadre'] };
    expect((await works.step(as.secretary, parts[0]!.id, 'build', begin)).code).toBe('project-land-open');
    await works.walk(parts[1]!.id, [[as.secretary, 'build', begin]]);
    await works.attach(parts[1]!.id, 'before');
    await works.attach(parts[1]!.id, 'after');
    await works.walk(parts[1]!.id, [[as.secretary, 'accept', { reason: '质量合格' }]]);
    const listed = await as.secretary.ok(projects.list, { query: { programmeId: programme.id } });
    expect(listed.items.map((p) => [p.title, p.state, p.budgetFen]).sort()).toEqual([
      ['一标段', 'funded', 1_000_000],
      ['二标段', 'accepted', 1_000_000],
    ]);
    const page = await as.secretary.ok(projects.get, { params: { id: parts[1]!.id } });
    expect([page.before.length, page.after.length]).toEqual([1, 1]);
    expect(page.acceptance).toMatchObject({ by: 'secretary', reason: '质量合格' });
    const compared = await as.clerk.ok(workPoints.compared, { query: { under: world.units.east } });
    expect(compared.items).toMatchObject([
      {
        id: parts[1]!.id,
        before: { title: '照片', day: '2026-02-01' },
        after: { title: '照片' },
        budgetFen: 1_000_000,
      },
    ]);
    expect((await as.west.ok(workPoints.compared)).total).toBe(0);
    expect((await as.idle.call(workPoints.compared)).status).toBe(403);
  });

  it('M335 M331 M036 are grouped under programmes, systems and uses, and every grouping adds up to the same total', async () => {
    const under = world.units.east;
    const programme = await works.open(
      'programme',
      { system: 'public-service', keyWorks: true },
      { title: '民生计划' },
    );
    await works.work(
      { use: 'venue', class: 'centre', budgetFen: 700_00 },
      { title: '党群中心', parentId: programme.id },
    );
    await works.work(
      { use: 'environment', class: 'sewer', budgetFen: 300_00 },
      { title: '管网', parentId: programme.id },
    );
    const by = (key: 'unit' | 'use' | 'class' | 'programme' | 'system' | 'stage') =>
      as.clerk.ok(projects.sums, { query: { under, by: key } });
    const first = (await by('unit')).total;
    for (const key of ['use', 'class', 'programme', 'system', 'stage'] as const)
      expect((await by(key)).total).toEqual(first);
    expect((await by('programme')).items.find((i) => i.words.zh === '民生计划')).toMatchObject({
      n: 2,
      budgetFen: 1000_00,
    });
    expect((await by('system')).items.find((i) => i.key === 'public-service')).toMatchObject({ n: 2 });
    expect((await by('use')).items.find((i) => i.key === 'venue')).toMatchObject({ n: 1, budgetFen: 700_00 });
    const listed = await as.clerk.ok(projects.list, { query: { under, limit: 200 } });
    expect(listed.total).toBe(first.n);
    expect(listed.items.reduce((n, p) => n + (p.budgetFen ?? 0), 0)).toBe(first.budgetFen);
  });

  it('M337 M338 counts given labour in time and at the agreed rate in money, each once, and explains what was saved', async () => {
    const { id } = await works.work({}, { title: '护栏' });
    const log = (data: object) =>
      works.open('contribution', { projectId: id, on: '2026-02-01', labourDays: 0, machineHours: 0, ...data });
    const given = await log({ labourDays: 12.5, machineHours: 3 });
    const rates = { labourDayFen: 150_00, machineHourFen: 200_00, document: '村民代表会议决议2号' };
    const agree = (client: Client, of = given.id, more: object = {}) =>
      client.call(projects.agree, { params: { id: of }, body: { ...rates, ...more } });
    const post = (client = as.clerk) =>
      client.call(projects.post, { params: { id: given.id }, body: { onDay: '2026-03-01' } });
    expect((await post()).code).toBe('case-wrong-state');
    expect((await agree(as.secretary)).code).toBe('case-not-by-raiser');
    expect((await agree(as.clerk, given.id, { labourDayFen: 0 })).code).toBe('contribution-no-rate');
    expect((await agree(as.west)).status).toBe(404);
    expect((await agree(as.clerk, (await log({})).id)).code).toBe('contribution-nothing');
    expect((await agree(as.clerk)).body).toMatchObject({ agreedValueFen: 2475_00 });
    expect((await post()).status).toBe(200);
    expect((await post()).code).toBe('case-final');
    const page = await as.secretary.ok(projects.get, { params: { id } });
    expect(page.item).toMatchObject({
      contributedFen: 2475_00,
      actualFen: 0,
      labourMinutes: 6000,
      machineMinutes: 180,
      spentShare: 0,
    });
    for (const line of [...page.sources, ...page.uses]) {
      const opened = await as.secretary.ok(projects.postings, { params: { id }, query: { account: line.account } });
      expect(opened.sumFen).toBe(line.amountFen);
    }
    const explain = () =>
      as.secretary.call(projects.explain, { params: { id }, body: { reason: '群众投工，少用外来劳务' } });
    expect((await explain()).code).toBe('project-explained-without-evidence');
    await works.attach(id);
    expect((await explain()).status).toBe(200);
    expect((await as.secretary.ok(projects.get, { params: { id } })).data['differenceReason']).toContain('群众投工');
  });

  it('M332 M333 registers micro works by their five kinds with place, proposer, cost, both pictures and upkeep, and counts them', async () => {
    const kinds = ['scene', 'vegetable', 'courtyard', 'garden', 'mural'];
    const data = { place: '村口', initiatedBy: 'residents', costFen: 800_00, upkeep: '二组' };
    const made: string[] = [];
    for (const kind of [...kinds, kinds[0]])
      made.push((await works.open('micro-renewal', { ...data, kind }, { title: `微改造${kind}` })).id);
    const { status } = await as.secretary.call(cases.open, {
      body: { type: 'micro-renewal', title: '无', unitId: world.units.eastVillage, data: { ...data, kind: 'no-such' } },
    });
    expect(status).toBe(400);
    const [id] = made;
    await works.walk(id!, [
      [as.secretary, 'agree'],
      [as.secretary, 'start', { ownerPersonId: works.people['cadre'] }],
    ]);
    expect((await works.step(as.secretary, id!, 'finish')).code).toBe('case-needs-evidence');
    await works.attach(id!, 'before');
    await works.attach(id!, 'after');
    await works.walk(id!, [[as.secretary, 'finish']]);
    const page = await as.clerk.ok(projects.get, { params: { id: id! } });
    expect(page).toMatchObject({ data, item: { state: 'done', class: 'scene', budgetFen: 800_00 } });
    expect([page.before.length, page.after.length]).toEqual([1, 1]);
    const { items, total } = await as.clerk.ok(projects.sums, { query: { type: 'micro-renewal', by: 'class' } });
    expect(items.map((i) => [i.key, i.n]).sort()).toEqual(kinds.map((k, i) => [k, i === 0 ? 2 : 1]).sort());
    expect(total).toMatchObject({ n: 6, done: 1 });
  });

  it('exports what the list shows under an official head, and shows nothing to those who may not read', async () => {
    const shown = await as.clerk.ok(projects.list, { query: { under: world.units.east, limit: 200 } });
    const { bytes } = await fetched(world, 'clerk', `/api/projects/sheet?under=${world.units.east}`);
    const rows = await rowsOf(bytes);
    expect(JSON.stringify(rows[0])).toContain('项目台账（截至2026-03-02）');
    expect(rows.length).toBe(shown.total + 2);
    expect((await as.stranger.call(projects.list)).status).toBe(401);
    expect((await as.idle.call(projects.list)).status).toBe(403);
    const one = shown.items[0]!.id;
    expect((await as.west.call(projects.get, { params: { id: one } })).status).toBe(404);
    expect((await as.west.ok(projects.list)).total).toBe(0);
  });

  it('sums are those of the books, whatever is posted', async () => {
    const { id } = await works.work({}, { title: '账实相符' });
    const book = await as.secretary.ok(ledgers.open, {
      body: { kind: 'project', unitId: world.units.eastVillage, title: '账', openedOn: '2026-01-01', caseId: id },
    });
    const sources = ['county', 'collective', 'donation'] as const;
    const uses = ['expense:works', 'expense:materials', 'expense:contributed-labour'] as const;
    const line = fc.record({
      use: fc.constantFrom(...uses),
      source: fc.constantFrom(...sources),
      amount: fc.integer({ min: 1, max: 10_000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 5 }), async (posted) => {
        for (const { use, source, amount } of posted)
          await as.secretary.ok(ledgers.post, {
            params: { id: book.id },
            body: {
              onDay: '2026-02-01',
              text: '记账',
              lines: [
                { account: use, amount },
                use === 'expense:contributed-labour'
                  ? { account: 'income:contributed', amount: -amount }
                  : { account: 'income:funds', amount: -amount, fundSource: source },
              ],
            },
          });
        const page = await as.secretary.ok(projects.get, { params: { id } });
        const { items } = await as.secretary.ok(ledgers.balances, { params: { id: book.id } });
        const of = (code: string) => items.find((i) => i.code === code)?.closing ?? 0;
        expect(page.item.actualFen).toBe(of('expense:works') + of('expense:materials'));
        expect(page.item.contributedFen).toBe(of('expense:contributed-labour'));
        expect(page.item.receivedFen).toBe(of('income:funds'));
        const sum = (lines: readonly { amountFen: number }[]) => lines.reduce((n, l) => n + l.amountFen, 0);
        expect(sum(page.sources)).toBe(page.item.receivedFen! + page.item.contributedFen!);
        expect(sum(page.uses)).toBe(page.item.actualFen! + page.item.contributedFen!);
      }),
      { numRuns: 8 },
    );
  });
});
