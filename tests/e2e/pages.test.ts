import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { testPassword } from '../support/world.ts';
import { chineseTexts, overflowing, settle } from './support/browser.ts';
import { busyCounty, hardNames } from './support/county.ts';
import { onStage } from './support/stage.ts';

const { stage, open, looksWell, watch } = onStage(busyCounty);

const village = 'VILLAGE';
const consolePages = [
  '/',
  '/?box=done',
  '/?box=supervised',
  '/?box=overdue',
  '/?box=escalated',
  '/units',
  `/units/${village}`,
  '/overview',
  '/wall',
  '/stars',
  '/stars/plans',
  '/stars/candidacies',
  '/stars/decision',
  '/stars/tiles',
  '/stars/watch',
  '/stars/certificates',
  `/card/${village}`,
  `/card/${village}/diagnosis`,
  `/card/${village}/declaration`,
  `/card/${village}/self`,
  `/card/${village}/comparison`,
  `/card/${village}/duties`,
  '/review',
  `/review/${village}?stage=township-review`,
  `/review/${village}?stage=joint-review`,
  '/standards',
  '/standards/sample-rural/2026.1',
  '/duties',
  '/duties?tab=gaps',
  '/duties?tab=list',
  '/duties?tab=forces',
  '/data',
  '/data?tab=imports',
  '/data?tab=confirmations',
  '/reports',
  '/reports?tab=inquiries',
  '/reports?tab=burden',
  '/reports/compose',
  '/journal',
  '/admin',
  '/admin?tab=people',
  '/admin?tab=calendar',
  '/me',
] as const;

const pathOf = (path: string) => path.replace(village, String(stage.served.world.units.eastVillage));

describe('every page of the console', () => {
  it.each(consolePages)('%s has no serious fault, fits 390 and 1920 px and is whole in English', async (page) => {
    await looksWell(pathOf(page));
  });

  it('is looked through for Chinese by a check that finds it', async () => {
    expect(stage.ours(await chineseTexts(await open(stage.staff, '/stars', 1440))).length).toBeGreaterThan(10);
  });

  it('left no complaint in the browser', () => {
    expect([...stage.staff.complaints, ...stage.english.complaints]).toEqual([]);
  });
});

const openPages = ['/sign-in', '/open', '/open/receipts', '/open/received', '/certificates', '/verify', '/open/none'];

describe('every page for everyone', () => {
  it.each(openPages)('%s has no serious fault, fits 390 and 1920 px and is whole in English', async (path) => {
    const [zh, en] = [await stage.visitors.as(null), await stage.visitors.as(null, { lang: 'en' })];
    await looksWell(path, { zh, en });
    if (path.startsWith('/open')) await open(zh, `${path}?size=large`, 390);
    expect(await overflowing(zh.page)).toEqual([]);
    await Promise.all([zh.close(), en.close()]);
  });
});

/** One load, looked at on a phone and on a wide screen. */
async function fits(path: string): Promise<void> {
  const shown = await open(stage.staff, path, 390);
  for (const width of [390, 1920]) {
    await shown.setViewportSize({ width, height: 900 });
    expect([path, width, await overflowing(shown)]).toEqual([path, width, []]);
  }
}

describe('names as they really are', () => {
  it.each(hardNames)('%s stays inside its place on a phone and on a wide screen', async (name) => {
    const client = await stage.served.world.as('organiser');
    const { items } = (await client.raw({ url: `/api/units?q=${encodeURIComponent(name)}&limit=10` })).body as {
      items: { id: number; name: string }[];
    };
    const { id } = items.find((u) => u.name === name)!;
    for (const path of [`/units/${id}`, `/card/${id}`]) await fits(path);
  });
});

/** Presses Tab until the focus is where it should be; a place that Tab never reaches is a fault. */
async function tabTo(page: Page, role: string, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    const at = await page.evaluate(() => {
      const e = document.activeElement as HTMLElement | null;
      const label = e?.getAttribute('aria-label') ?? (e as HTMLInputElement | null)?.labels?.[0]?.textContent;
      const role = e?.getAttribute('role') ?? { A: 'link', BUTTON: 'button', INPUT: 'textbox' }[e?.tagName ?? ''];
      return { role, name: label ?? e?.textContent ?? '' };
    });
    if (at.role === role && name.test(at.name)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches the ${role} ${String(name)}.`);
}

describe('by keyboard alone', () => {
  it('somebody signs in, finds a village by its initials and reads its star card', async () => {
    const { page, close } = await stage.visitors.as(null);
    watch(page);
    await page.goto('/sign-in');
    await settle(page);
    await tabTo(page, 'textbox', /账号/);
    await page.keyboard.type('organiser');
    await page.keyboard.press('Tab');
    await page.keyboard.type(testPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: '主菜单' }).waitFor();
    await tabTo(page, 'combobox', /查找单位/);
    await page.keyboard.type('qsc');
    await page.getByRole('option', { name: /青石村/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '青石村', level: 1 }).waitFor();
    await tabTo(page, 'link', /星级卡/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '支部过硬星', level: 2 }).waitFor();
    await close();
  });

  it('the secretary answers the self-assessment and opens what waits for them', async () => {
    const { page, close } = await stage.visitors.as('secretary');
    watch(page);
    await page.goto('/');
    await settle(page);
    await tabTo(page, 'link', /青石村 →/);
    await page.keyboard.press('Enter');
    await page.locator('fieldset.ask').first().waitFor();
    await tabTo(page, 'button', /保存|暂存/);
    await close();
  });

  it('the first Tab leads past the menu into the page', async () => {
    const { page, close } = await stage.visitors.as('organiser');
    watch(page);
    await page.goto('/units');
    await settle(page);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await close();
  });
});
