import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { existsSync, readFileSync } from 'node:fs';
import { inRoot } from '../../../server/platform/paths.ts';
import { testPassword } from '../../support/world.ts';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export interface Visit {
  readonly page: Page;
  /** What the page complained about in its console; refusals that a test provokes on purpose are left out. */
  readonly complaints: string[];
  close(): Promise<void>;
}

export interface Opening {
  readonly width?: number;
  readonly height?: number;
  readonly lang?: 'zh' | 'en';
  /** Signs in by typing on the sign-in page, as a person does, instead of straight at the interface. */
  readonly onScreen?: boolean;
  /** False: a browser without script. */
  readonly script?: boolean;
}

export interface Visitors {
  /** A browser window of its own, signed in when an account is named. */
  as(login: string | null, options?: Opening): Promise<Visit>;
  close(): Promise<void>;
}

async function typeSignIn(page: Page, login: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码').fill(testPassword);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: '主菜单' }).waitFor();
}

async function signIn(context: BrowserContext, base: string, login: string): Promise<void> {
  const reply = await context.request.post(`${base}/api/session`, { data: { login, password: testPassword } });
  if (!reply.ok()) throw new Error(`${login} cannot sign in: ${await reply.text()}`);
}

/** A refused request stands in the console of every browser; the page shows its reason, so it is no fault. */
const expected = /status of 4(01|03|04|09)/;

export async function openBrowser(base: string): Promise<Visitors> {
  const path = process.env['CHROMIUM'] ?? usual.find((p) => existsSync(p));
  if (!path) throw new Error('No Chromium was found; name it in CHROMIUM.');
  const browser: Browser = await chromium.launch({ executablePath: path, args: ['--disable-dev-shm-usage'] });
  return {
    as: async (login, { width = 1440, height = 900, lang = 'zh', onScreen = false, script = true } = {}) => {
      const context = await browser.newContext({
        viewport: { width, height },
        locale: 'zh-CN',
        baseURL: base,
        javaScriptEnabled: script,
        reducedMotion: 'reduce',
      });
      await context.addCookies([{ name: 'lang', value: lang, url: base }]);
      if (login !== null && !onScreen) await signIn(context, base, login);
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' && !expected.test(message.text())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      if (login !== null && onScreen) await typeSignIn(page, login);
      return { page, complaints, close: () => context.close() };
    },
    close: () => browser.close(),
  };
}

/** Waits until the page shows its content: a heading, and no placeholder left. */
export async function settle(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('.bone') === null);
}

const axe = readFileSync(inRoot('node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** Serious and critical faults that axe finds on the page, one line each. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(`${axe};0`);
  return page.evaluate(async () => {
    const run = (window as unknown as { axe: { run: (d: Document) => Promise<{ violations: Violation[] }> } }).axe.run;
    interface Violation {
      impact: string;
      id: string;
      nodes: { target: string[]; any: { message: string }[] }[];
    }
    const { violations } = await run(document);
    return violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map((v) => `${v.id} at ${v.nodes[0]?.target.join(' ')}: ${v.nodes[0]?.any[0]?.message ?? ''}`);
  });
}

/** Elements that stand out of the window at the right, apart from those that may be scrolled on purpose. */
export async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = '.table-wrap, .stages, .local-tabs, .sr-only, .source';
    const out = [...document.querySelectorAll('body *')].filter((e) => {
      const box = e.getBoundingClientRect();
      const style = getComputedStyle(e);
      return box.width > 0 && box.right > innerWidth + 1 && style.position !== 'fixed' && !e.closest(scrolls);
    });
    const wide = document.documentElement.scrollWidth > innerWidth + 1 ? ['the page scrolls sideways'] : [];
    return [...wide, ...out.slice(0, 3).map((e) => `${e.tagName}.${e.className} “${e.textContent?.slice(0, 40)}”`)];
  });
}

/** What the screen showed when a test failed, for the person who looks into it. */
export async function keepPicture(page: Page | undefined, name: string): Promise<void> {
  const path = inRoot('dist', 'e2e', `${name.replace(/[^\w\u4e00-\u9fff]+/g, '-').slice(0, 60)}.png`);
  await page?.screenshot({ path }).catch(() => undefined);
}

/** Every text with a Chinese character that the page shows or says: in its text, its labels and its hints. */
export async function chineseTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const chinese = /[\u4e00-\u9fff]/;
    const texts = new Set<string>();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const element = walk.currentNode.parentElement!;
      // What is said to be Chinese (the switch of the language, the names of the standard) is Chinese on purpose.
      if (!element.closest('[lang^=zh], script, style')) texts.add((walk.currentNode.textContent ?? '').trim());
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]'))
      for (const name of ['aria-label', 'placeholder', 'title']) texts.add((element.getAttribute(name) ?? '').trim());
    return [...texts].filter((text) => chinese.test(text));
  });
}
