import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Served } from '../support/serve.ts';
import { keepPicture, openBrowser, overflowing, settle, type Visit, type Visitors } from './support/browser.ts';
import { openCounty, stars } from './support/county.ts';

let served: Served;
let visitors: Visitors;
/** One window for each person, signed in once, as at their own desk. */
const windows = new Map<string, Visit>();
let last: Page | undefined;

beforeAll(async () => {
  served = await openCounty();
  visitors = await openBrowser(served.url);
});
afterAll(async () => {
  await visitors?.close();
  await served?.world.close();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await keepPicture(last, task.name);
});

/** The window of one person at a page; whoever comes for the first time signs in on the screen. */
async function at(login: string, path: string): Promise<Page> {
  const known = windows.get(login);
  const visit = known ?? (await visitors.as(login, { onScreen: true }));
  windows.set(login, visit);
  last = visit.page;
  await visit.page.goto(path);
  await settle(visit.page);
  return visit.page;
}

/** Somebody without an account, on a phone whose browser runs no script. */
async function resident(path: string): Promise<Page> {
  const visit = windows.get('resident') ?? (await visitors.as(null, { script: false, width: 390, height: 844 }));
  windows.set('resident', visit);
  last = visit.page;
  await visit.page.goto(path);
  return visit.page;
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('dialog').getByLabel(label).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option }).first().click();
}

/** The button of a dialog that takes the step; dialogs close when it has been taken. */
async function confirmDialog(page: Page): Promise<void> {
  await page.getByRole('dialog').locator('button[type=submit]').click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();

/** Presses a button that asks whether one is sure, and says yes. */
async function pressSurely(page: Page, name: string): Promise<void> {
  await press(page, name);
  await page.locator('.ant-popover:visible').getByRole('button', { name: '确定', exact: true }).click();
}

async function advance(to: string): Promise<void> {
  const page = await at('organiser', '/stars');
  await pressSurely(page, `转入“${to}”`);
  await page.getByRole('heading', { name: `现在：${to}` }).waitFor();
}

async function document(page: Page, title: string, number: string, label = '文件标题'): Promise<void> {
  await page.getByRole('dialog').getByLabel(label).fill(title);
  await page.getByRole('dialog').getByLabel('文号').fill(number);
}

describe('a village from diagnosis to naming, by the screen alone', () => {
  let village: number;

  it('M006 the organiser opens the cycle with the standards that decide', async () => {
    village = served.world.units.eastVillage;
    const page = await at('organiser', '/stars');
    await press(page, '启动年度周期');
    await choose(page, '农村标准', '农村');
    await choose(page, '城市标准', '城市');
    await confirmDialog(page);
    await page.getByRole('heading', { name: '现在：启动' }).waitFor();
    await expect(page.getByText('当前使用样例评价标准').isVisible()).resolves.toBe(true);
    await advance('规划');
    await advance('研判申报');
  });

  it('M022 the secretary finds the diagnosis on the first page and fills it', async () => {
    const page = await at('secretary', '/');
    await page.getByRole('link', { name: '青石村 →' }).first().click();
    await page.getByRole('heading', { name: '青石村' }).waitFor();
    // Before anything is judged there is nothing to save, and no gap is denied that nobody has looked for.
    await page.getByRole('button', { name: '没有新的内容要保存。' }).waitFor();
    await page.getByText('作出研判结论后，这里列出未达标和部分达标的条目').waitFor();
    await press(page, '未填的按建议填写');
    await press(page, '完成研判');
    await page.getByText('已研判 29 / 29 条').waitFor();
    await page.getByRole('heading', { name: '差距清单' }).waitFor();
  });

  it('M021 the secretary declares a target, which the township approves', async () => {
    const page = await at('secretary', `/card/${village}/declaration`);
    await page.getByLabel('申报星级').click();
    await page.locator('.ant-select-item-option', { hasText: '1星' }).click();
    await press(page, '申报');
    await page.getByText('已申报').first().waitFor();
    // What is left of the year is the county's step: the branch reads whose it is, not what the county lacks.
    const board = await at('secretary', '/stars');
    await board.locator('.why', { hasText: '由县级组织部门办理' }).waitFor();
    // The county's plan says nothing beside the results of one village.
    await board.getByText('已测 1 / 1 个').waitFor();
    expect(await board.locator('.bars').getByText('规划').count()).toBe(0);
    const town = await at('town', '/stars/candidacies');
    await press(town, '审定');
    await confirmDialog(town);
    await town.getByText('已审定').first().waitFor();
    await advance('村级自评');
  });

  it('M006 the self-assessment asks only what is not known, and locks when it is submitted', async () => {
    const page = await at('secretary', `/card/${village}/self`);
    for (const field of await page.locator('fieldset.ask').all()) {
      const select = field.getByRole('combobox');
      const radio = field.getByRole('radio');
      if ((await select.count()) > 0) {
        await select.first().click();
        await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click();
      } else if ((await radio.count()) > 0) await radio.first().check();
      for (const number of await field.locator('input[inputmode=decimal]').all()) await number.fill('1');
    }
    await pressSurely(page, '提交自评');
    await page.getByText(/已于 .* 提交/).waitFor();
    await page.getByText('自评已提交。被退回的条目会重新出现在这里。').waitFor();
    expect(await page.getByRole('button', { name: '提交自评' }).count()).toBe(0);
    await press(page, '确认数据');
    await page.getByText(/已确认 · secretary/).waitFor();
    await (await at('secretary', '/')).getByText('已提交并确认').waitFor();
    // A village that does not take part this year confirms its numbers too: the township waits for all of its villages.
    const other = await at('neighbour', '/data?tab=confirmations');
    await press(other, '确认');
    await other.getByRole('cell', { name: /已确认/ }).waitFor();
    await advance('乡镇初审');
  });

  it('M006 the township reviews on the desk and confirms after its villages', async () => {
    const page = await at('town', '/review');
    await page.getByRole('link', { name: '审核', exact: true }).click();
    await page.getByRole('heading', { name: /青石村 · 乡镇初审/ }).waitFor();
    await pressSurely(page, '其余全部通过');
    await press(page, '完成初审');
    await page.getByText('本支部初审已完成').last().waitFor();
    expect(await overflowing(page)).toEqual([]);
    await press(page, '确认数据');
    await page.getByText(/已确认 · town/).waitFor();
    await advance('专班核验');
  });

  it('M006 each task force verifies its own star, and no other', async () => {
    for (const star of stars) {
      const page = await at(`force-${star}`, `/review/${village}?stage=verification&star=${star}`);
      await pressSurely(page, '其余全部通过');
      await page.locator('.ant-segmented-item-selected', { hasText: /已审 (\d+) \/ \1 条/ }).waitFor();
    }
    const other = await at('force-branch', `/review/${village}?stage=verification&star=ecology`);
    const button = other.getByRole('button', { name: /其余全部通过/ });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await other.getByText('这颗星由负责它的专班核验，您可以查看。').first().waitFor();
    // A task force finds its progress counted in its own star.
    const queue = await at('force-ecology', '/review');
    await queue.locator('.filters .ant-select', { hasText: '生态宜居星' }).waitFor();
    await advance('县级联审');
  });

  it('M135 the county concludes, drafts the list, and named people decide with reasons', async () => {
    const desk = await at('organiser', `/review/${village}?stage=joint-review`);
    expect(await desk.getByText('您的职责不包含').count()).toBe(0);
    await press(desk, '联审结论');
    await choose(desk, '结论', '推荐');
    await desk.getByRole('dialog').getByLabel('理由').fill('材料齐全，达到申报目标。');
    await confirmDialog(desk);
    // Who comes back to the desk finds what was concluded, and the list knows it too.
    const again = await at('organiser', `/review/${village}?stage=joint-review`);
    await again.getByText('推荐：材料齐全，达到申报目标。').waitFor();
    const list = await at('organiser', '/review?stage=joint-review');
    await list
      .getByRole('row', { name: /青石村/ })
      .getByText('已完成')
      .waitFor();
    const board = await at('organiser', '/stars');
    await board.getByText('“拟定名单”在“名单与公示”中办理。').waitFor();
    expect(await board.getByRole('button', { name: /转入/ }).count()).toBe(0);
    const page = await at('organiser', '/stars/decision');
    await press(page, '拟定名单');
    await document(page, '评定工作办法', '示组〔2026〕3号', '排序依据文件');
    await confirmDialog(page);
    for (const login of ['member1', 'member2']) {
      const member = await at(login, '/stars/decision');
      await press(member, '表决');
      await choose(member, '对整个名单的意见', '同意');
      await member.getByRole('dialog').getByLabel('理由').fill('同意推荐。');
      await confirmDialog(member);
      await member.getByText('同意推荐。').first().waitFor();
    }
  });

  it('M135 the list is publicised to everyone, and an objection is answered', async () => {
    const page = await at('organiser', '/stars/decision');
    await press(page, '发布公示');
    await document(page, '关于拟命名支部的公示', '示组〔2026〕5号');
    await confirmDialog(page);
    await page.getByRole('link', { name: '查看公示页' }).waitFor();
    const reader = await resident('/open');
    await reader.getByRole('link', { name: /拟命名名单公示/ }).click();
    await reader.getByRole('heading', { name: '拟命名名单', exact: true }).waitFor();
    await reader.getByLabel('哪个支部').selectOption({ index: 1 });
    await reader.getByLabel('您的意见').fill('例会记录有两次不全。');
    await press(reader, '提交异议');
    await reader.getByRole('heading', { name: '异议已收到' }).waitFor();
    const receipt = await reader.locator('.receipt').textContent();
    const staff = await at('organiser', '/stars/decision');
    await press(staff, '答复');
    await staff.getByRole('dialog').getByLabel('答复').fill('已核查，缺页已补正，不影响得分。');
    await confirmDialog(staff);
    await staff.getByText('已答复').first().waitFor();
    await reader.getByRole('link', { name: '凭回执查询答复' }).click();
    await reader.getByLabel('回执号').fill(receipt!);
    await press(reader, '查询');
    await reader.getByText('已核查，缺页已补正').waitFor();
  });

  it('M207 after the period the secretary of the county names the branch; anybody can check the certificate', async () => {
    const early = await at('owner', '/stars/decision');
    const name = early.getByRole('button', { name: /^命名/ });
    expect(await name.getAttribute('aria-disabled')).toBe('true');
    served.world.setNow('2026-03-16T09:00:00+08:00');
    const page = await at('owner', '/stars/decision');
    await press(page, '命名');
    await document(page, '关于命名星级支部的决定', '示发〔2026〕9号');
    await confirmDialog(page);
    await page.getByText('本周期已命名').waitFor();
    await page.getByRole('link', { name: '查看证书' }).click();
    const number = await page.locator('td a[href^="/certificates/"]').first().textContent();
    const anybody = await resident('/certificates');
    await anybody.getByLabel('证书编号').fill(number!);
    await press(anybody, '查询');
    await anybody.getByRole('heading', { name: '命名证书' }).waitFor();
    expect(await anybody.getByText('青石村党支部').count()).toBe(1);
    await anybody.getByText('查验结果：真实').waitFor();
  });

  it('left no complaint in any console', () => {
    expect([...windows.values()].flatMap((v) => v.complaints)).toEqual([]);
  });
});
