// The console in a browser, on the demo county: what a first visit loads, and how long from the log-in to the star card.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';
import { demoAccounts } from '../../demo/index.ts';
import { inRoot } from '../../server/platform/paths.ts';
import { findChromium } from '../../scripts/lib/needs.mjs';
import type { Bench, Measure } from '../lib/measure.ts';
import { startWuxing } from '../lib/processes.ts';
import { median } from '../lib/timing.ts';

const web = inRoot('dist', 'web');
const secretary = 'zuzhibu';

/** Bytes of a page's file as gzip; what the build found too small to compress travels as it is. */
function gzipped(path: string): number {
  const file = join(web, path === '/' || !existsSync(join(web, path)) ? 'index.html' : path);
  if (existsSync(`${file}.gz`)) return statSync(`${file}.gz`).size;
  const bytes = readFileSync(file);
  return bytes.length < 1_024 ? bytes.length : gzipSync(bytes).length;
}

/** Everything but answers of the interface that a browser with an empty cache fetches until the console stands still. */
async function firstLoad(
  browser: Browser,
  base: string,
  account: { login: string; password: string },
): Promise<number> {
  const context = await browser.newContext({ locale: 'zh-CN' });
  const signedIn = await context.request.post(`${base}/api/session`, { data: account });
  if (!signedIn.ok()) throw new Error(`${account.login} cannot sign in: ${signedIn.status()}`);
  const page = await context.newPage();
  const paths = new Set<string>();
  page.on('response', (reply) => {
    const { pathname, origin } = new URL(reply.url());
    if (origin === base && !pathname.startsWith('/api/')) paths.add(pathname);
  });
  await page.goto(base, { waitUntil: 'networkidle' });
  await context.close();
  return [...paths].reduce((sum, path) => sum + gzipped(path), 0) / 1_000;
}

/** From the press on the log-in button to the points of all five stars, for somebody who followed a link to the card. */
async function cardAfterSignIn(
  browser: Browser,
  base: string,
  account: { login: string; password: string },
  card: string,
): Promise<number> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${base}/sign-in?from=${encodeURIComponent(card)}`, { waitUntil: 'networkidle' });
  await page.locator('#login').fill(account.login);
  await page.locator('#password').fill(account.password);
  const began = performance.now();
  await page.locator('button[type=submit]').click();
  await page.locator('.star-tile .num').nth(4).waitFor();
  const seconds = (performance.now() - began) / 1000;
  await context.close();
  return seconds;
}

async function run(bench: Bench) {
  const folder = mkdtempSync(join(tmpdir(), 'wuxing-bench-demo-'));
  bench.say('loading the demo county');
  const server = await startWuxing('demo', { DATA_DIR: folder });
  const browser = await chromium.launch({ executablePath: findChromium()! });
  try {
    const base = `http://127.0.0.1:${server.port}`;
    const { login, password } = demoAccounts.find((a) => a.login === secretary)!;
    const account = { login, password };
    const loads = [await firstLoad(browser, base, account), await firstLoad(browser, base, account)];
    const context = await browser.newContext();
    await context.request.post(`${base}/api/session`, { data: account });
    const found = await context.request.get(`${base}/api/units?type=village&limit=20`);
    const { items } = (await found.json()) as { items: { id: number }[] };
    await context.close();
    const times: number[] = [];
    for (const [i, unit] of items.slice(0, bench.quick ? 2 : 8).entries()) {
      bench.say(`star card ${i + 1}`);
      times.push(await cardAfterSignIn(browser, base, account, `/card/${unit.id}`));
    }
    return {
      findings: [
        { bar: 'console.load', value: median(loads) },
        { bar: 'console.card', value: median(times) },
      ] as const,
    };
  } finally {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const consoleMeasure: Measure = { name: 'console', minutes: 2, run };
