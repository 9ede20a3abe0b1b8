// Makes the pictures of the README from a running demo: `npm run demo` in one terminal, `node scripts/pictures.mjs` in another.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { findChromium } from './lib/needs.mjs';
import { root } from './lib/run.mjs';

const base = process.env.BASE_URL ?? 'http://localhost:8080';
const folder = join(root, 'docs', 'pictures');
const password = 'wuxing-demo';

/** A page of the console as one of the demo's accounts sees it. */
async function shot(browser, name, login, path) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  });
  if (login) {
    const reply = await context.request.post(`${base}/api/session`, { data: { login, password } });
    if (!reply.ok()) throw new Error(`${login} cannot sign in: ${reply.status()}`);
  }
  const page = await context.newPage();
  await page.goto(base + (typeof path === 'function' ? await path(context.request) : path));
  // The console keeps a line open for news, so the network never rests: what counts is that nothing is still waited for.
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('.bone') === null && document.fonts.status === 'loaded');
  const png = await page.screenshot();
  await sharp(png)
    .png({ palette: true, quality: 80, effort: 8 })
    .toFile(join(folder, `${name}.png`));
  await context.close();
  console.log(name);
}

const unitOf = async (request, code) =>
  (await (await request.get(`${base}/api/units?q=${code}&limit=200`)).json()).items.find((u) => u.code === code).id;

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: findChromium() });
try {
  await shot(browser, 'sign-in', null, '/sign-in');
  await shot(browser, 'inbox', 't1v1-shuji', '/');
  await shot(browser, 'card', 'zuzhibu', async (r) => `/card/${await unitOf(r, 't1v9')}`);
  await shot(browser, 'board', 'zuzhibu', '/stars');
  await shot(browser, 'tiles', 'zuzhibu', '/stars/tiles');
  await shot(browser, 'review', 'zuzhibu', '/review');
  await shot(browser, 'responsibility', 't1-shuji', '/duties');
  await shot(browser, 'notice', null, async (r) => {
    const { items } = await (await r.get(`${base}/api/stars/notices`)).json();
    return `/open/${items[0].id}`;
  });
} finally {
  await browser.close();
}
