import { describe, expect, it } from 'vitest';
import type { RoleName } from '../../domain/records/assignments/index.ts';
import { units } from '../../domain/records/units/index.ts';
import { overflowing, settle } from './support/browser.ts';
import { busyCounty } from './support/county.ts';
import { onStage } from './support/stage.ts';

// Everybody who works here, on a phone: what the menu offers them opens, shows no refusal and stays inside the screen. Homes
// may lie above what somebody answers for: a cadre of the township who looks after one village.
const people = [
  ['contact', 'east', 'contact-cadre', 'eastVillage'],
  ['area', 'eastVillage', 'area-cadre', 'eastVillage'],
  ['clerk', 'east', 'township-clerk', 'east'],
  ['watcher', 'county', 'observer', 'county'],
  ['checker', 'county', 'auditor', 'county'],
] as const satisfies readonly (readonly [string, string, RoleName, string])[];

const { stage, watch } = onStage(async () => {
  const served = await busyCounty();
  const u = served.world.units;
  for (const [login, home, role, at] of people) await served.world.person(login, u[home], [[role, u[at]]]);
  return served;
});

describe('a form that makes a record', () => {
  it('opens with the unit that the reader writes for, and offers no other', async () => {
    const { page, close } = await stage.visitors.as('contact');
    watch(page);
    await page.goto('/tasks');
    await settle(page);
    await page.getByRole('button', { name: '新建任务' }).click();
    // The cadre sits in the township and looks after one village.
    const unit = page.getByRole('dialog').getByRole('combobox', { name: '单位' });
    expect(await unit.getAttribute('placeholder')).toBe('青石村');
    const { items } = await (await stage.served.world.as('contact')).ok(units.list, { query: { q: '镇', limit: 20 } });
    await unit.fill('镇');
    const list = page.getByRole('dialog').getByRole('listbox', { name: '单位' });
    await list.getByText(items.length > 0 ? '其中没有您可以登记的单位' : '没有找到').waitFor();
    await unit.fill('青石村');
    await list
      .getByRole('option', { name: /青石村/ })
      .first()
      .waitFor();
    await close();
  });
});

describe('on a phone, everything that the menu offers', () => {
  it.each(['secretary', 'force-branch', 'admin', ...people.map(([login]) => login)])(
    'to %s opens, and says nothing about missing duties',
    async (login) => {
      const { page, complaints, close } = await stage.visitors.as(login, { width: 390, height: 844 });
      watch(page);
      await page.goto('/');
      await settle(page);
      await page.getByRole('button', { name: '菜单' }).click();
      const menu = page.getByRole('dialog').getByRole('navigation').getByRole('link');
      await menu.first().waitFor();
      const paths = await menu.evaluateAll((links) => links.map((a) => (a as HTMLAnchorElement).pathname));
      expect(paths.length).toBeGreaterThan(2);
      const refused: [string, string[]][] = [];
      for (const path of new Set(paths)) {
        await page.goto(path);
        await settle(page);
        const alerts = await page.getByRole('alert').allInnerTexts();
        const wide = await overflowing(page);
        if (alerts.length + wide.length > 0) refused.push([path, [...alerts, ...wide]]);
      }
      expect(refused).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    },
  );
});
