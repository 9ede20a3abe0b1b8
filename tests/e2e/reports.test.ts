import { describe, expect, it } from 'vitest';
import { reports } from '../../domain/reports/index.ts';
import { settle } from './support/browser.ts';
import { busyCounty } from './support/county.ts';
import { onStage } from './support/stage.ts';

const { stage, open, looksWell } = onStage(busyCounty);

const county = () => stage.served.world.units.county;

describe('reports', () => {
  it('begin on the empty page with one click on a template of the unit', async () => {
    await looksWell('/reports');
    const page = await open(stage.staff, '/reports');
    const cards = page.locator('.template-card');
    await cards.first().waitFor();
    expect(await cards.count()).toBe(2);
    await cards.filter({ hasText: '县委组织部' }).click();
    await page.waitForURL(/\/reports\/[0-9a-f-]{36}/);
    await page
      .locator('.document-title')
      .getByText(/委组织部“五星”支部/)
      .waitFor();
  });

  it('are edited as they read: words are typed, references move as a whole, and what nobody touched stays as it was', async () => {
    const clerk = await stage.served.world.as('organiser');
    const text = [
      '# {{unit}}工作情况',
      '',
      '全县有党员{{party-members period=this}}名，辖{{admin-villages id=F066}}个村。',
      '  ',
      '## 下一步',
      '继续努力。',
    ].join('\n');
    const { id } = await clerk.ok(reports.draft, {
      body: { unitId: county(), template: 'county', period: '2026', title: '工作情况', text },
    });
    const kept = async () => (await clerk.ok(reports.get, { params: { id } })).text;
    await looksWell(`/reports/${id}`);
    const page = await open(stage.staff, `/reports/${id}`);
    const edit = async (type: () => Promise<void>) => {
      await page.getByRole('button', { name: '修改文字' }).click();
      const box = page.getByRole('textbox', { name: '正文' });
      await box.locator('.line').first().waitFor();
      expect(await box.innerText()).not.toMatch(/\{\{|#/);
      await type();
      await page.getByRole('button', { name: /保\s?存/ }).click();
      await page.locator('.document-title').waitFor();
      await settle(page);
    };
    const caretAtEndOf = async (line: number) => {
      await page.locator('.draft-text .line').nth(line).click();
      await page.keyboard.press('End');
    };
    await edit(async () => {
      await caretAtEndOf(3);
      await page.keyboard.type('再努力。');
    });
    expect(await kept()).toBe(`${text}再努力。`);
    await edit(async () => {
      await caretAtEndOf(3);
      await page.keyboard.type('逐项对照。');
      await caretAtEndOf(2);
      await page.keyboard.press('Enter');
      await page.keyboard.type('标题之后是一段话。');
    });
    expect(await kept()).toContain('## 下一步\n  \n标题之后是一段话。\n继续努力。再努力。逐项对照。');
    // A backspace takes a reference as a whole.
    await edit(async () => {
      await caretAtEndOf(1);
      for (let i = 0; i < 4; i++) await page.keyboard.press('Backspace');
    });
    expect(await kept()).toContain('全县有党员{{party-members period=this}}名，辖\n');
  });

  it('left no complaint in the browser', () => {
    expect([...stage.staff.complaints, ...stage.english.complaints]).toEqual([]);
  });
});
