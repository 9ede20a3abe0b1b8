import { describe, expect, it } from 'vitest';
import { funds, projects } from '../../domain/projects/index.ts';
import { cases } from '../../domain/records/cases/contract.ts';
import { events } from '../../domain/records/events/contract.ts';
import { ledgers } from '../../domain/records/ledgers/contract.ts';
import { subjects } from '../../domain/records/subjects/contract.ts';
import { units } from '../../domain/records/units/contract.ts';
import { form } from '../support/form.ts';
import { picture } from '../support/picture.ts';
import type { Served } from '../support/serve.ts';
import { busyCounty } from './support/county.ts';
import { onStage } from './support/stage.ts';

let projectId: string;
let squareId: string;
let fundId: string;

/** A square in a programme: voted on, spent above its budget, handed over as a place that is used; a task force carries another. */
async function square({ world }: Served): Promise<void> {
  const u = world.units;
  await world.person('village-head', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  const cadreId = await world.person('village-hand', u.eastVillage, [['village-cadre', u.eastVillage]]);
  const head = await world.as('village-head');
  const organiser = await world.as('organiser');
  const unitId = u.eastVillage;
  const open = (type: string, title: string, data: object, more: object = {}) =>
    head.ok(cases.open, { body: { type, title, unitId, data: data as never, ...more } });
  const programme = await open('programme', '青石村重点工程计划', {
    system: 'public-service',
    keyWorks: true,
    scope: '文化广场、村内道路和污水管网',
    budgetFen: 90_000_000,
    supervisedBy: '村务监督委员会',
  });
  const place = await head.ok(subjects.create, {
    body: { kind: 'culture-square', unitId, name: '青石村文化广场', fromDay: '2026-01-01' },
  });
  const budgetFen = 20_000_000;
  const data = { class: 'square', use: 'culture', key: true, decidedBy: 'vote', budgetFen, placeId: place.id };
  squareId = (await open('project', '青石村文化广场提升工程', data, { parentId: programme.id })).id;
  const vote = await open('resident-vote', '广场方案表决', {
    question: '文化广场怎么建',
    options: ['健身器材和舞台', '只做铺装'],
    eligible: 320,
    projectId: squareId,
  });
  await head.ok(cases.step, {
    params: { id: vote.id },
    body: { step: 'start', ownerPersonId: cadreId, document: '公告' },
  });
  const book = await head.ok(ledgers.open, {
    body: { kind: 'project', unitId, title: '广场项目账', openedOn: '2026-01-01', caseId: squareId },
  });
  await head.ok(ledgers.post, {
    params: { id: book.id },
    body: {
      onDay: '2026-02-01',
      text: '工程款',
      lines: [
        { account: 'expense:works', amount: 21_000_000 },
        { account: 'income:funds', amount: -21_000_000, fundSource: 'self-raised', counterpart: '村民小组' },
      ],
    },
  });
  await open(
    'design-change',
    '舞台加高',
    {
      why: '群众希望后排看得见',
      measure: '米',
      quantityBefore: 0.6,
      quantityAfter: 0.9,
      costBeforeFen: 300_000,
      costAfterFen: 420_000,
      safety: '加设护栏和台阶',
    },
    { parentId: squareId },
  );
  for (const [item, seed] of [
    ['before', 3],
    ['after', 9],
  ] as const) {
    const bytes = await picture(seed).png().toBuffer();
    const about = { subjectKind: 'case', subjectId: squareId, title: '广场', takenOn: '2026-02-01', item };
    await head.raw({ method: 'POST', url: '/api/evidence', ...form(about, { name: 'a.png', bytes }) });
  }
  const planned = await head.ok(events.plan, {
    body: {
      kind: 'venue-session',
      unitId,
      title: '广场舞',
      onDay: '2026-03-01',
      venueId: place.id,
      data: { minutes: 60 },
    },
  });
  await head.ok(events.hold, { params: { id: planned.id }, body: { others: 40 } });
  const force = await organiser.ok(units.create, {
    body: {
      parentId: u.east,
      code: 'TF-east',
      type: 'task-force',
      name: '环境整治专班',
      day: '2026-01-05',
      document: '东林〔2026〕2号',
      attributes: { star: 'ecology', scope: '全镇人居环境整治' },
    } as never,
  });
  const sewer = { class: 'sewer', use: 'environment', key: false, budgetFen: 5_000_000, lengthM: 900, connected: 60 };
  await organiser.ok(cases.open, {
    body: { type: 'project', title: '柳沟村污水管网', unitId: u.eastVillage2, ownerUnitId: force.id, data: sewer },
  });
}

/** A road with a book, three requests under a published rule, and a fund with a budget. */
async function works({ world }: Served): Promise<void> {
  const u = world.units;
  const organiser = await world.as('organiser');
  await world.person('keeper', u.east, [['township-clerk', u.east]]);
  const keeper = await world.as('keeper');
  const open = (type: string, title: string, unitId: number, data: object) =>
    keeper.ok(cases.open, { body: { type, title, unitId, dueOn: '2026-06-30', data: data as never } });
  const road = { class: 'road', use: 'infrastructure', key: true, budgetFen: 62_000_000 };
  projectId = (await open('project', '青石村生产道路硬化及排水沟整治工程（一期）', u.eastVillage, road)).id;
  const book = await keeper.ok(ledgers.open, {
    body: { kind: 'project', unitId: u.eastVillage, title: '项目账', openedOn: '2026-01-01', caseId: projectId },
  });
  const post = (id: string, text: string, lines: object[]) =>
    keeper.ok(ledgers.post, { params: { id }, body: { onDay: '2026-02-01', text, lines: lines as never } });
  await post(book.id, '项目资金到账', [
    { account: 'asset:bank', amount: 30_000_000 },
    { account: 'income:funds', amount: -30_000_000, fundSource: 'county', purpose: 'infrastructure' },
  ]);
  await post(book.id, '支付材料费', [
    { account: 'expense:materials', amount: 12_345_678, purpose: 'infrastructure' },
    { account: 'asset:bank', amount: -12_345_678 },
  ]);
  const given = { projectId, on: '2026-02-03', labourDays: 12, machineHours: 0 };
  await open('contribution', '群众投工清理路基', u.eastVillage, given);
  for (const [title, targetLevel] of [
    ['道路资金申请', 5],
    ['广场资金申请', 4],
    ['公厕资金申请', 4],
  ] as const)
    await open('fund-request', title, u.eastVillage2, { amountFen: 5_000_000, purpose: 'venue', targetLevel });
  await organiser.ok(funds.publishRule, {
    body: {
      unitId: u.county,
      title: '创建资金排序规则',
      document: '创建办〔2026〕3号',
      criteria: [{ by: 'creating' }, { by: 'target', from: 4 }],
    },
  });
  fundId = (
    await keeper.ok(ledgers.open, {
      body: { kind: 'creation-fund', unitId: u.east, title: '东林镇创建资金账', openedOn: '2026-01-01' },
    })
  ).id;
  await post(fundId, '资金下达', [
    { account: 'asset:bank', amount: 80_000_000 },
    { account: 'income:received', amount: -80_000_000, fundSource: 'county', purpose: 'venue' },
  ]);
}

const { stage, open, looksWell } = onStage(async () => {
  const served = await busyCounty();
  await works(served);
  await square(served);
  return served;
});

describe('funds and projects', () => {
  it.each(['list', 'compared', 'programmes', 'forces', 'sums', 'order', 'funds', 'project', 'square'] as const)(
    '%s has no serious fault, fits 390 and 1920 px and is whole in English',
    async (view) => {
      const path =
        view === 'project' || view === 'square'
          ? `/projects/${view === 'square' ? squareId : projectId}`
          : `/projects?view=${view}${view === 'funds' ? `&year=2026&fund=${fundId}` : ''}`;
      await looksWell(path);
    },
  );

  it('open a sum of a project to the postings that it is made of', async () => {
    const page = await open(stage.staff, `/projects/${projectId}`);
    await page.getByRole('button', { name: /查看分录 材料费 123,456\.78/ }).click();
    await page.getByRole('heading', { name: '分录：材料费，合计 123,456.78 元' }).waitFor();
    await page.getByText('支付材料费（材料费）').waitFor();
  });

  it('open every sum of a fund to its postings, and a sum of works to the works', async () => {
    const page = await open(stage.staff, `/projects?view=funds&year=2026&fund=${fundId}`);
    await page.getByRole('button', { name: /查看分录 县级资金 结余（元） 800,000\.00/ }).click();
    await page.getByRole('heading', { name: /分录：县级资金 结余（元），合计 800,000\.00 元/ }).waitFor();
    await page.getByText('资金下达（县级资金 · 阵地提升）').waitFor();
    await page.getByRole('button', { name: '收起', exact: true }).click();
    await page
      .getByRole('button', { name: /查看分录 合计 到位/ })
      .first()
      .click();
    await page.getByText('资金下达（县级资金 · 阵地提升）').waitFor();
    const sums = await open(stage.staff, '/projects?view=sums&by=use');
    await sums.getByRole('link', { name: '人居环境' }).click();
    await sums.getByText('柳沟村污水管网').waitFor();
  });

  it('M336 records the count of a vote option by option, and shows the option that is locked into the project', async () => {
    await stage.served.world.person('counter', stage.served.world.units.eastVillage, [
      ['village-cadre', stage.served.world.units.eastVillage],
    ]);
    const counter = await stage.visitors.as('counter');
    const page = await open(counter, `/projects/${squareId}`);
    await page.getByRole('button', { name: '登记计票' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('参加表决人数').fill('260');
    await form.getByLabel('健身器材和舞台').fill('200');
    await form.getByLabel('只做铺装').fill('55');
    await form.getByLabel('理由').fill('公开唱票');
    await form.getByRole('button', { name: '登记计票' }).click();
    await page.getByText('200 票').waitFor();
    const head = await stage.served.world.as('village-head');
    const { votes } = await head.ok(projects.get, { params: { id: squareId } });
    await head.ok(cases.step, { params: { id: votes[0]!.id }, body: { step: 'lock', reason: '监票人签字' } });
    await open(stage.staff, `/projects/${squareId}`);
    await stage.staff.page.getByText('已锁定：健身器材和舞台').waitFor();
  });

  it('M298 M035 open a programme and a task force to their works', async () => {
    const page = await open(stage.staff, '/projects?view=programmes');
    await page.getByText('文化广场、村内道路和污水管网').waitFor();
    await page.getByRole('link', { name: '共 1 项，已完成 0 项' }).click();
    await page.getByRole('link', { name: '青石村文化广场提升工程' }).waitFor();
    expect(await page.getByRole('link', { name: '柳沟村污水管网' }).count()).toBe(0);
    await open(stage.staff, '/projects?view=forces');
    await page.getByText('全镇人居环境整治').waitFor();
    await page.getByRole('link', { name: '柳沟村', exact: true }).click();
    await page.getByRole('link', { name: '柳沟村污水管网' }).waitFor();
    expect(await page.getByRole('link', { name: '青石村文化广场提升工程' }).count()).toBe(0);
  });

  it('show works before and after side by side, with what they cost', async () => {
    const page = await open(stage.staff, '/projects?view=compared');
    await page.getByRole('img', { name: '建设前：广场' }).waitFor();
    await page.getByRole('img', { name: '建设后：广场' }).waitFor();
    await page.getByText('预算 200,000.00 元，实际 210,000.00 元').waitFor();
  });

  it('M338 M307 M308 show what exceeds the budget, what changed the design, and what the place is used for', async () => {
    const page = await open(stage.staff, `/projects/${squareId}`);
    await page.getByText('超预算未说明').waitFor();
    await page.getByText('比预算多 10,000.00 元。').waitFor();
    await page.getByText('群众希望后排看得见').waitFor();
    await page.getByText('加设护栏和台阶').waitFor();
    await page.getByText('广场舞').waitFor();
    await page.getByRole('button', { name: '补充资料' }).click();
    await page.getByRole('dialog').getByLabel('涉及（受益）户数（户）').fill('180');
    await page.getByRole('dialog').getByRole('button', { name: '补充资料' }).click();
    await page.getByText('180 户').waitFor();
  });

  it('say line by line why one request stands before the next, and show ties as ties', async () => {
    const page = await open(stage.staff, '/projects?view=order');
    await page.getByText('第2项“创建目标星级高者优先”：5星，对方4星').waitFor();
    await page.getByText('各项条件均相同，并列').waitFor();
    await page.getByRole('button', { name: '按规则排序并记录' }).click();
    await page.getByText('已记录第1名').waitFor();
  });

  it('agree on the value of given labour from its rate, which then stands on the page', async () => {
    const page = await open(stage.staff, `/projects/${projectId}`);
    await page.getByRole('button', { name: '认可折价' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('折价标准（元/工日）').fill('150');
    await form.getByLabel('凭证（依据）').fill('村民代表会议决议2号');
    await form.getByRole('button', { name: '认可折价' }).click();
    await page.getByRole('cell', { name: '1,800.00' }).waitFor();
    await page.getByRole('cell', { name: '折价已认可' }).waitFor();
  });

  it('M034 publishes a rule with the purposes in an order of their own', async () => {
    const page = await open(stage.staff, '/projects?view=order');
    await page.getByRole('button', { name: '发布新版规则' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('规则名称').fill('创建资金排序规则（修订）');
    await form.getByLabel('排序条件（按选择先后比较）').click();
    await page.locator('.ant-select-item-option').filter({ hasText: '按资金用途次序', visible: true }).click();
    await form.getByLabel('规则名称').click();
    await form.getByLabel(/资金用途次序（选择/).click();
    await page.locator('.ant-select-item-option').filter({ hasText: '人居环境', visible: true }).click();
    await page.locator('.ant-select-item-option').filter({ hasText: '阵地提升', visible: true }).click();
    await form.getByLabel('规则名称').click();
    await form.getByLabel('凭证（依据）').fill('创建办〔2026〕9号');
    await form.getByRole('button', { name: '发布新版规则' }).click();
    await page
      .getByText(/按资金用途次序.*人居环境.*阵地提升/)
      .first()
      .waitFor();
  });

  it('left no complaint in the browser', () => {
    expect([...stage.staff.complaints, ...stage.english.complaints]).toEqual([]);
  });
});
