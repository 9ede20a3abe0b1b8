import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holderOf, holdFolder, isFolderHeld } from './lock.ts';
import { inRoot } from './paths.ts';

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-lock-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A process of its own that tries to take the folder and keeps it; answers what it got. */
async function contender(at: string): Promise<{ child: ChildProcess; got: string }> {
  const lock = pathToFileURL(inRoot('server', 'platform', 'lock.ts')).href;
  const program = `import { holdFolder } from ${JSON.stringify(lock)};
    holdFolder(${JSON.stringify(at)}, 'wuxing serve').then(() => { console.log('held'); setInterval(() => {}, 1e6); },
      (e) => { console.log('refused ' + e.message); });`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], { cwd: inRoot() });
  children.push(child);
  const got = await new Promise<string>((resolve) => {
    let said = '';
    child.stdout?.on('data', (d: Buffer) => {
      said += d.toString();
      if (said.includes('\n')) resolve(said.trim());
    });
    child.on('exit', () => resolve(said.trim()));
  });
  return { child, got };
}

const gone = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve));

describe('the lock of a data folder', () => {
  it('refuses a second holder and names the first, in this process and in another', async () => {
    const lock = await holdFolder(folder, 'wuxing serve');
    const refusal = await holdFolder(folder, 'wuxing backup').catch((e: unknown) => e);
    expect(isFolderHeld(refusal)).toBe(true);
    expect((refusal as Error).message).toContain(`wuxing serve, process ${process.pid} on `);
    const other = await contender(folder);
    expect(other.got).toContain(`refused The data folder ${folder} is in use by wuxing serve, process ${process.pid}`);
    await lock.release();
    expect(await holderOf(folder)).toBeNull();
    await (await holdFolder(folder, 'again')).release();
  });

  it('is free at once after kill -9, and leaves nothing behind but one file', async () => {
    for (let round = 0; round < 3; round++) {
      const { child, got } = await contender(folder);
      expect(got).toBe('held');
      expect((await holderOf(folder))?.pid).toBe(child.pid);
      child.kill('SIGKILL');
      await gone(child);
      expect(await holderOf(folder)).toBeNull();
    }
    await (await holdFolder(folder, 'after')).release();
    expect(readdirSync(folder)).toEqual(['wuxing.lock.4']);
  });

  it('lets exactly one of eight win that start at the same moment, on a folder whose holder was killed', async () => {
    const { child } = await contender(folder);
    child.kill('SIGKILL');
    await gone(child);
    const all = await Promise.all(Array.from({ length: 8 }, () => contender(folder)));
    const winners = all.filter((c) => c.got === 'held');
    expect(winners).toHaveLength(1);
    for (const c of all) if (c !== winners[0]) expect(c.got).toContain(`process ${winners[0]!.child.pid} on `);
  });

  it('lets exactly one of many win within one process', async () => {
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => holdFolder(folder, 'racer')));
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
    for (const r of results) if (r.status === 'fulfilled') await r.value.release();
  });

  it('holds in folders whose path is longer than the kernel takes for a socket', async () => {
    const deep = join(folder, 'x'.repeat(90), 'y'.repeat(90));
    const lock = await holdFolder(deep, 'wuxing serve');
    expect((await contender(deep)).got).toContain('refused');
    await lock.release();
    await (await holdFolder(deep, 'next')).release();
  });
});
