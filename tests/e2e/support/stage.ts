import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Served } from '../../support/serve.ts';
import {
  chineseTexts,
  faultsOf,
  keepPicture,
  openBrowser,
  overflowing,
  settle,
  type Visit,
  type Visitors,
} from './browser.ts';
import { untranslated } from './words.ts';

export interface Stage<S extends Served> {
  readonly served: S;
  readonly visitors: Visitors;
  /** The organisation department, in Chinese and in English. */
  readonly staff: Visit;
  readonly english: Visit;
  /** Of texts, those that our own dictionaries should have translated. */
  readonly ours: (texts: readonly string[]) => string[];
}

/** Opens a county before the tests of a file and closes it after them; a failed test leaves a picture of its page. */
export function onStage<S extends Served>(start: () => Promise<S>) {
  const stage = {} as { -readonly [K in keyof Stage<S>]: Stage<S>[K] };
  let last: Page;
  beforeAll(async () => {
    stage.served = await start();
    stage.visitors = await openBrowser(stage.served.url);
    stage.ours = await untranslated();
    stage.staff = await stage.visitors.as('organiser');
    stage.english = await stage.visitors.as('organiser', { lang: 'en' });
  });
  afterAll(async () => {
    await stage.visitors?.close();
    await stage.served?.world.close();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keepPicture(last, task.name);
  });

  async function open(visit: Visit, path: string, width = 1440): Promise<Page> {
    last = visit.page;
    await last.setViewportSize({ width, height: width < 500 ? 844 : 900 });
    await last.goto(path);
    await settle(last);
    return last;
  }

  /** No serious fault, inside 390 and 1920 px, and nothing of ours left in Chinese for who reads English. */
  async function looksWell(path: string, { zh, en } = { zh: stage.staff, en: stage.english }): Promise<void> {
    const shown = await open(zh, path);
    expect(await faultsOf(shown)).toEqual([]);
    for (const width of [390, 1920]) {
      await shown.setViewportSize({ width, height: 900 });
      // Drawings follow their place in the next frame.
      await shown.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      expect([width, await overflowing(shown)]).toEqual([width, []]);
    }
    expect(stage.ours(await chineseTexts(await open(en, path)))).toEqual([]);
  }

  /** Pages opened by other ways, so that a failure is pictured there. */
  const watch = (page: Page): void => {
    last = page;
  };

  return { stage: stage as Stage<S>, open, looksWell, watch };
}
