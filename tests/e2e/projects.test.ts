import { describe, expect, it } from 'vitest';
import { funds } from '../../domain/projects/index.ts';
import { cases } from '../../domain/records/cases/contract.ts';
import { ledgers } from '../../domain/records/ledgers/contract.ts';
import type { Served } from '../support/serve.ts';
import { busyCounty } from './support/county.ts';
import { onStage } from './support/stage.ts';

let projectId: string;
let fundId: string;

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
  return served;
});

describe('funds and projects', () => {
  it.each(['list', 'sums', 'order', 'funds', 'project'] as const)(
    '%s has no serious fault, fits 390 and 1920 px and is whole in English',
    async (view) => {
      const path =
        view === 'project'
          ? `/projects/${projectId}`
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

  it('left no complaint in the browser', () => {
    expect([...stage.staff.complaints, ...stage.english.complaints]).toEqual([]);
  });
});
