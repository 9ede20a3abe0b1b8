import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { agreements } from '../../domain/records/agreements/index.ts';
import { columnsFor } from '../../domain/records/imports/index.ts';
import { subjects } from '../../domain/records/subjects/index.ts';
import type { Served } from '../support/serve.ts';
import { filledTemplate, rowsOf } from '../support/sheets.ts';
import { overflowing, settle } from './support/browser.ts';
import { busyCounty } from './support/county.ts';
import { onStage } from './support/stage.ts';

let coopId: string;
let agreementId: string;
const folder = mkdtempSync(join(tmpdir(), 'wuxing-sheets-'));
const longName = '喀喇沁左翼蒙古族自治县兴隆庄满族乡红梨种植专业合作社联合社';

/** Entries of the register and a binding between two of them that waits for its signatures. */
async function register({ world }: Served): Promise<void> {
  const u = world.units;
  const organiser = await world.as('organiser');
  const entry = async (kind: string, name: string, data: object, more: object = {}) =>
    (
      await organiser.ok(subjects.create, {
        body: { kind, unitId: u.eastVillage, name, fromDay: '2026-01-01', data: data as never, ...more },
      })
    ).id;
  const coop = { role: 'single', scope: '红梨种植、储藏和销售' };
  coopId = await entry('cooperative', longName, coop, { code: '91110000MA00000001', place: '青石村一组' });
  await entry('cooperative', '青石红梨合作社', coop);
  const ended = await entry('cooperative', '旧粮油合作社', coop);
  const { version } = await organiser.ok(subjects.get, { params: { id: ended } });
  await organiser.ok(subjects.end, {
    params: { id: ended },
    body: { version, onDay: '2026-02-01', reason: '已注销登记' } as never,
  });
  const firm = await entry('enterprise', '示例果品有限公司', { sector: 'processing', leading: true });
  agreementId = (
    await organiser.ok(agreements.draft, {
      body: {
        kind: 'enterprise-binding',
        unitId: u.eastVillage,
        title: '红梨订单收购与技术服务绑定协议',
        number: '青合〔2026〕1号',
        fromDay: '2026-01-01',
        toDay: '2026-12-31',
        parties: [
          { role: 'cooperative', subjectId: coopId },
          { role: 'leading-enterprise', subjectId: firm },
        ],
        terms: {
          crop: '红梨',
          obligations: '合作社按标准组织生产，企业按保底价收购并提供技术服务。\n双方每季度对账一次。',
          price: '每公斤不低于四元，随行就市上浮。',
        },
      },
    })
  ).id;
}

const { stage, open, looksWell } = onStage(async () => {
  const served = await busyCounty();
  await register(served);
  return served;
});

const sheet = 'subjects-cooperative';
const coops = '/work?module=economy&record=subjects&kind=cooperative';
const bindings = '/work?module=economy&record=agreements&kind=enterprise-binding';

const rowsIn = (page: Page, name: string) => page.getByRole('region', { name, exact: true }).locator('tbody tr');

/** What a link to a sheet brings, as rows of text. */
async function sheetFrom(page: Page, button: string): Promise<string[][]> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: button }).first().click(),
  ]);
  return rowsOf(readFileSync(await download.path()));
}

describe('the register', () => {
  it.each(['list', 'entry', 'import'] as const)(
    '%s has no serious fault, fits 390 and 1920 px and is whole in English',
    async (view) => {
      const paths = {
        list: coops,
        entry: `/subjects/${coopId}`,
        import: '/data?tab=imports&sheet=subjects-cooperative',
      };
      await looksWell(paths[view]);
    },
  );

  it('finds by name and number, hides what has ended until it is asked for, and orders as chosen', async () => {
    const page = await open(stage.staff, coops);
    await rowsIn(page, '合作社').first().waitFor();
    expect(await rowsIn(page, '合作社').count()).toBe(2);
    await page.getByRole('checkbox', { name: '只看有效' }).uncheck();
    await page.getByRole('link', { name: '旧粮油合作社' }).waitFor();
    await page.getByLabel('名称、编号或地址').fill('MA0000');
    await page.keyboard.press('Enter');
    await page.getByText('共 1 条').waitFor();
    await page.getByRole('link', { name: longName }).waitFor();
    expect(page.url()).toContain('q=MA0000');
  });

  it('shows the columns that the reader chooses, and keeps the choice', async () => {
    const page = await open(stage.staff, coops);
    await page.getByRole('button', { name: '列设置' }).click();
    await page.getByRole('checkbox', { name: '经营范围' }).check();
    await page.getByRole('columnheader', { name: '经营范围' }).waitFor();
    await page.reload();
    await settle(page);
    await page.getByRole('columnheader', { name: '经营范围' }).waitFor();
  });

  it('takes a new entry through the form of its kind, with the county’s day and the choices of the kind', async () => {
    const page = await open(stage.staff, coops);
    await page.getByRole('button', { name: '登记', exact: true }).click();
    const form = page.getByRole('dialog');
    expect(await form.getByLabel('起始日期').inputValue()).toBe('2026-03-02');
    await form.getByRole('button', { name: '登记', exact: true }).click();
    await form.getByText('此项必填').first().waitFor();
    await form.getByRole('combobox', { name: '单位', exact: true }).fill('青石村');
    await form
      .getByRole('option', { name: /青石村/ })
      .first()
      .click();
    await form.getByLabel('名称').fill('青石蔬菜合作社');
    await form.getByLabel('社别').click();
    await page.getByTitle('独立社').last().click();
    await form.getByLabel('经营范围').fill('设施蔬菜');
    await form.getByLabel(/成员户数/).fill('26');
    await form.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByRole('heading', { name: '青石蔬菜合作社', level: 1 }).waitFor();
    await page.getByText('26 户').waitFor();
    await page.getByRole('button', { name: '修改' }).click();
    await page.getByRole('dialog').getByLabel('经营范围').fill('设施蔬菜、食用菌');
    await page.getByRole('dialog').getByRole('button', { name: '修改' }).click();
    await page.getByText('设施蔬菜、食用菌').waitFor();
  });

  it('goes out as a sheet that says what the list says', async () => {
    const page = await open(stage.staff, `${coops}&q=${encodeURIComponent('红梨')}`);
    await page.getByText('共 2 条').waitFor();
    const rows = await sheetFrom(page, '导出 Excel');
    expect(rows.flat()).toContain(longName);
    expect(rows.flat()).not.toContain('青石蔬菜合作社');
  });

  it('shows what an entry is linked with', async () => {
    const page = await open(stage.staff, `/subjects/${coopId}`);
    await page.getByRole('link', { name: '红梨订单收购与技术服务绑定协议' }).waitFor();
  });
});

describe('a sheet of 2,000 rows', () => {
  it('is checked with progress, comes back with its faults row by row, and its good rows go in', async () => {
    const bad = 40;
    const columns = columnsFor(sheet);
    const line = (i: number) => {
      const given: Record<string, unknown> = {
        unit: 'v1',
        name: `批量合作社${i}号`,
        fromDay: new Date(Date.UTC(2026, 0, 1)),
        // Every fiftieth names a standing that there is not.
        'data.role': i % 50 === 49 ? '联合总社' : '独立社',
        'data.scope': '粮食种植',
        'data.members': 12,
      };
      return columns.map((c) => given[c.key] ?? '');
    };
    const bytes = await filledTemplate(
      stage.served.world,
      'organiser',
      sheet,
      Array.from({ length: 2_000 }, (_, i) => line(i)),
    );
    const path = join(folder, '合作社名录.xlsx');
    writeFileSync(path, bytes);
    const page = await open(stage.staff, '/data?tab=imports&sheet=subjects-cooperative');
    await page.locator('input[type=file]').setInputFiles(path);
    await page.getByRole('button', { name: '上传并检查' }).click();
    await page.getByRole('status').first().waitFor();
    await stage.served.world.app.services.jobs.runJobsOnce();
    await page.getByText(`2000 行：${2_000 - bad} 行无误，${bad} 行有错`).waitFor();
    await page.getByText('只检查，未写入').first().waitFor();
    await page.getByText(`错误（${bad}）`).click();
    await page
      .getByText(/第 52 行 社别/)
      .first()
      .waitFor();
    expect(await overflowing(page)).toEqual([]);

    const back = await sheetFrom(page, '下载带错误原因的原表');
    const told = back.filter((row) => row.some((cell) => cell.includes('联合总社')));
    expect(told).toHaveLength(bad);
    for (const row of told) expect(row.join(' ')).toContain('社别');

    await page.getByRole('button', { name: `导入无误的 ${2_000 - bad} 行` }).click();
    await page.getByRole('button', { name: /^导入无误/ }).waitFor({ state: 'visible' });
    await stage.served.world.app.services.jobs.runJobsOnce();
    await page
      .getByText(`已写入 ${2_000 - bad} 行`)
      .first()
      .waitFor();
    await open(stage.staff, `${coops}&q=${encodeURIComponent('批量合作社')}`);
    await page
      .getByText(`共 ${(2_000 - bad).toLocaleString('en')} 条`)
      .or(page.getByText(`共 ${2_000 - bad} 条`))
      .waitFor();
  });
});

describe('agreements', () => {
  it.each(['list', 'agreement'] as const)(
    '%s has no serious fault, fits 390 and 1920 px and is whole in English',
    async (view) => {
      await looksWell(view === 'list' ? bindings : `/agreements/${agreementId}`);
    },
  );

  it('is signed by every party before it is put in force, and says until then what is lacking', async () => {
    const page = await open(stage.staff, `/agreements/${agreementId}`);
    const steps = page.getByRole('region', { name: '可办事项' });
    await steps.getByRole('button', { name: '提交签署' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '提交签署' }).click();
    await steps.getByText(/^生效：/).waitFor();
    for (const who of ['合作社理事长', '公司法定代表人']) {
      await page.getByRole('button', { name: '登记签署' }).first().click();
      const form = page.getByRole('dialog');
      await form.getByLabel('签署人').fill(who);
      await form.getByRole('button', { name: '登记签署' }).click();
      await page.getByText(who).waitFor();
    }
    await steps.getByRole('button', { name: '生效', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '生效', exact: true }).click();
    await page.getByText('已生效').first().waitFor();
    await open(stage.staff, bindings);
    await page.getByText('2 / 2').waitFor();
  });

  it('is drafted through the form of its kind, with parties from the register', async () => {
    const page = await open(stage.staff, bindings);
    await page.getByRole('button', { name: '起草' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('名称').fill('蔬菜订单绑定协议');
    await form.getByRole('combobox', { name: '单位', exact: true }).fill('青石村');
    await form
      .getByRole('option', { name: /青石村/ })
      .first()
      .click();
    await form.getByRole('combobox', { name: '龙头企业' }).fill('示例果品');
    await page.getByTitle('示例果品有限公司').last().click();
    await form.getByLabel('作物（品种）').fill('西红柿');
    await form.getByLabel('双方义务').fill('按订单生产和收购');
    await form.getByRole('button', { name: '起草' }).click();
    await page.getByRole('heading', { name: '蔬菜订单绑定协议', level: 1 }).waitFor();
    await page.getByText('西红柿').waitFor();
    await page.getByRole('link', { name: '示例果品有限公司' }).waitFor();
  });

  it('goes out as a sheet with its terms', async () => {
    const page = await open(stage.staff, bindings);
    const rows = await sheetFrom(page, '导出 Excel');
    expect(rows.flat()).toContain('红梨订单收购与技术服务绑定协议');
    expect(rows.flat()).toContain('红梨');
  });
});

describe('on paper', () => {
  it.each(['entry', 'agreement'] as const)('%s leaves menus and buttons out and keeps its content', async (view) => {
    const path = view === 'entry' ? `/subjects/${coopId}` : `/agreements/${agreementId}`;
    const page = await open(stage.staff, path, 794);
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['.topbar', '.rail', '.next', '.skip', '.ant-btn', 'input'])
      expect([hidden, await page.locator(hidden).filter({ visible: true }).count()]).toEqual([hidden, 0]);
    await page
      .getByText(view === 'entry' ? '红梨种植、储藏和销售' : '双方每季度对账一次')
      .first()
      .waitFor();
    expect(await overflowing(page)).toEqual([]);
    await page.emulateMedia({ media: 'screen' });
  });

  it('left no complaint in the browser', () => {
    expect([...stage.staff.complaints, ...stage.english.complaints]).toEqual([]);
  });
});
