import { describe, expect, it } from 'vitest';
import { faultsOf, overflowing } from './support/browser.ts';
import { countyAtWork } from './support/ledgers.ts';
import { onStage } from './support/stage.ts';

const { stage, open, looksWell } = onStage(countyAtWork);

const pages = [
  ...['tasks', 'problems', 'owners', 'criteria', 'bulletin', 'rounds', 'tasks&light=red', 'tasks&q=zzz'].map(
    (view) => `/tasks?view=${view}`,
  ),
  '/rounds/ROUND',
  '/events/EVENT',
] as const;
const pathOf = (page: string) => page.replace('ROUND', stage.served.roundId).replace('EVENT', stage.served.eventId);

describe('the ledgers of tasks and problems', () => {
  it.each(pages)('%s has no serious fault, fits 390 and 1920 px and is whole in English', async (page) => {
    await looksWell(pathOf(page));
  });

  it('say in words what each light means, and never by colour alone', async () => {
    const page = await open(stage.staff, '/tasks');
    const rule = page.locator('.rule');
    for (const words of ['红灯：已过办理期限', '黄灯：距期限不超过3个工作日', '暂停期间不计时', '上报上一级'])
      await rule.getByText(words).waitFor();
    const lights = await page.locator('tbody .light').allInnerTexts();
    expect(lights.length).toBeGreaterThan(5);
    expect(lights.filter((words) => words.trim() === '')).toEqual([]);
  });

  it('open a number of a township to exactly the items that it counts', async () => {
    const page = await open(stage.staff, '/tasks');
    const link = page.getByRole('link', { name: /^东林镇 红灯 \d+$/ });
    const n = Number(await link.innerText());
    expect(n).toBeGreaterThan(1);
    await link.click();
    await page.getByText(`共 ${n} 条`).waitFor();
    const table = page.getByRole('region', { name: '任务清单' });
    expect(await table.locator('tbody tr').count()).toBe(n);
    expect(await table.locator('.light.late').count()).toBe(n);
    await table
      .getByText(/上报东林镇（超期\d个工作日）/)
      .first()
      .waitFor();
  });

  it('take a new problem, which then stands in the list as one without a task', async () => {
    const page = await open(stage.staff, '/tasks?view=problems');
    await page.getByRole('button', { name: '登记问题' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('标题').fill('村口照明损坏');
    await form.getByRole('combobox', { name: '单位', exact: true }).fill('青石村');
    await form
      .getByRole('option', { name: /青石村/ })
      .first()
      .click();
    await form.getByLabel('问题描述').fill('村口三盏路灯不亮');
    await form.getByLabel('发现方式').click();
    await page.getByTitle('走访').last().click();
    await form.getByRole('button', { name: '登记问题' }).click();
    await page.getByRole('heading', { name: '村口照明损坏' }).waitFor();
    await open(stage.staff, '/tasks?view=problems&fault=no-task');
    await stage.staff.page.getByRole('link', { name: '村口照明损坏' }).waitFor();
  });

  it('conclude an item of a round with a finding, which becomes a problem of its village', async () => {
    const page = await open(stage.staff, `/rounds/${stage.served.roundId}`);
    await page.getByText('还有').first().waitFor();
    await page.getByRole('button', { name: '发现问题' }).first().click();
    const form = page.getByRole('dialog');
    await form.getByLabel('问题', { exact: true }).fill('阵地未启用');
    await form.getByLabel('督查情况').fill('新阵地尚未通电');
    await form.getByRole('button', { name: '发现问题' }).click();
    await page.getByRole('link', { name: '阵地未启用' }).waitFor();
    await page.getByText('已有结论 3 /').waitFor();
  });

  it('record a consultation item by item, and its decision is a task with owner and day', async () => {
    const page = await open(stage.staff, `/events/${stage.served.eventId}`);
    await page.getByRole('link', { name: '三日内补齐会议记录' }).waitFor();
    await page.getByText('漏开').first().waitFor();
    await page.getByRole('button', { name: '登记召开' }).click();
    expect(await faultsOf(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflowing(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
    const record = page.getByRole('region', { name: '登记召开情况' });
    for (const minute of await record.getByLabel('研究情况').all()) await minute.fill('已研究');
    await record.getByRole('button', { name: '作出决定' }).first().click();
    await record.getByLabel('决定', { exact: true }).fill('周五前清运完毕');
    expect(await record.getByRole('button', { name: '登记', exact: true }).isDisabled()).toBe(true);
    await record.getByLabel('承办人').click();
    await page
      .getByTitle(/^cadre/)
      .last()
      .click();
    await record.getByLabel('办理期限').fill('2026-03-06');
    await record.getByLabel('会议记录').fill('逐项会商');
    await record.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText('已召开').first().waitFor();
    await page.getByRole('link', { name: '周五前清运完毕' }).waitFor();
    await page.getByText('决定 1 项，已办结 0 项').waitFor();
  });

  it('left no complaint in the browser', () => {
    expect([...stage.staff.complaints, ...stage.english.complaints]).toEqual([]);
  });
});
