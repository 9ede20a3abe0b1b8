import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const results = join(root, 'results');

export function emptyResults() {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
}

/** Runs a command and keeps what it says. Its standard input is empty, so nothing can wait for an answer. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      ...options,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ ok: false, output: `${command}: ${error.message}` }));
    child.on('close', (code, signal) => resolve({ ok: code === 0, output, code: code ?? signal }));
  });
}

/** A program that npm installed, started without npx in between. */
export const local = (name, args, options) => run(join(root, 'node_modules', '.bin', name), args, options);

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * One step of the whole: says its name, how long it took, and, when it failed, everything it said. `work` answers
 * `{ ok, output?, note? }` or throws.
 */
export async function step(name, work) {
  const began = Date.now();
  console.log(`• ${name} …`);
  let result;
  try {
    result = await work();
  } catch (error) {
    result = { ok: false, output: String(error?.stack ?? error) };
  }
  if (!result.ok && result.output) console.log(result.output.trimEnd());
  console.log(`${result.ok ? '✓' : '✗'} ${name}${result.note ? ` — ${result.note}` : ''} (${seconds(began)})`);
  return result;
}
