import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { sql } from '../../server/platform/db/sql.ts';
import { busyCounty } from './support/county.ts';
import { onStage } from './support/stage.ts';
import { overflowing, settle } from './support/browser.ts';

const { stage, open } = onStage(busyCounty);

describe('the overview', () => {
  it('opens the number of a level to its branches, and a branch to its star card', async () => {
    const page = await open(stage.staff, '/overview');
    const opener = page.getByRole('button', { name: /^查看名单：未获星 [1-9]/ });
    await opener.waitFor();
    const n = Number(await opener.innerText());
    await opener.click();
    const list = page.getByRole('dialog');
    await list.getByText(`未获星支部（${n}个）`).first().waitFor();
    expect(await list.locator('tbody tr').count()).toBe(n);
    await list.getByRole('link').first().click();
    await page.getByRole('heading', { name: /星$/, level: 2 }).first().waitFor();
  });

  it('opens a tile to the star card of its branch, and shows the same tiles as rows', async () => {
    const page = await open(stage.staff, '/overview');
    const map = page.getByRole('region', { name: '星级分布示意图' });
    const tiles = await map.locator('a.tile').count();
    expect(tiles).toBeGreaterThan(3);
    await map.getByRole('button', { name: '看表格' }).click();
    expect(await map.locator('tbody tr').count()).toBe(tiles);
    await map.getByRole('button', { name: '看方格' }).click();
    await map.locator('a.tile').first().click();
    await page.waitForURL(/\/card\/\d+/);
  });

  it('tells of residents’ matters in numbers at a glance and month by month as a table', async () => {
    const page = await open(stage.staff, '/overview');
    const matters = page.getByRole('region', { name: '群众诉求' }).first();
    await matters.getByText('本人确认率').waitFor();
    await matters.getByRole('button', { name: '看表格' }).click();
    expect(await matters.locator('tbody tr').count()).toBe(12);
    await matters.getByRole('link', { name: /未办结/ }).click();
    await page.waitForURL(/\/work\?.*matter/);
    await settle(page);
    await page.getByText('没有符合条件的记录').or(page.locator('tbody tr')).first().waitFor();
  });

  it('fits a wall of 1920 × 1080 without scrolling, in both languages', async () => {
    for (const visit of [stage.staff, stage.english]) {
      const page = await open(visit, '/wall', 1920);
      await page.setViewportSize({ width: 1920, height: 1080 });
      await page.locator('a.tile').first().waitFor();
      expect(await overflowing(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(1080);
    }
  });

  it('tells of fewer than five persons as “<5” to whoever does not serve them, and opens no record of them', async () => {
    const { units } = stage.served.world;
    await stage.served.world.asSystem(async (rq) => {
      for (let i = 0; i < 3; i++)
        await rq.db.run(sql`
          INSERT INTO cases (id, type, state, title, unit_id, unit_path, opened_at, changed_at, closed_at, data)
          SELECT ${randomUUID()}, 'placement', 'confirmed', '上岗', id, unit_path, ${rq.now}, ${rq.now}, ${rq.now}, '{}'
          FROM units WHERE id = ${units.eastVillage}`);
    });
    const rowOf = (page: Page) =>
      page.getByRole('table', { name: '主要数据' }).getByRole('row', { name: /促成就业人数/ });
    const above = rowOf(await open(stage.staff, `/overview?unit=${units.eastVillage}`));
    await above.getByText('<5', { exact: true }).waitFor();
    expect(await above.getByRole('button', { name: /2026/ }).count()).toBe(0);
    // The branch knows the three, and opens them.
    const branch = await stage.visitors.as('secretary');
    await rowOf(await open(branch, '/overview'))
      .getByRole('button', { name: /促成就业人数 2026 3/ })
      .waitFor();
    await branch.close();
  });

  it('left no complaint in the browser', () => {
    expect([...stage.staff.complaints, ...stage.english.complaints]).toEqual([]);
  });
});
