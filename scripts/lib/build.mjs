// Builds what changed: the server with the TypeScript compiler, the pages with Vite. What the sources were is kept as a
// digest beside the result, so that an unchanged checkout starts without building anything.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = fileURLToPath(new URL('../..', import.meta.url));
const inRoot = (...parts) => join(root, ...parts);

const serverSources = ['domain', 'server', 'cli', 'demo', 'tsconfig.base.json', 'package-lock.json'];
const webSources = ['domain', 'web', 'tsconfig.base.json', 'package-lock.json'];

function* filesIn(path) {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) {
    yield path;
    return;
  }
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)))
    yield* filesIn(join(path, entry.name));
}

function digestOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths)
    for (const file of filesIn(inRoot(path))) {
      if (file.endsWith('.test.ts') || file.endsWith('.md')) continue;
      hash.update(`${relative(root, file)}\0`).update(readFileSync(file));
    }
  return hash.digest('hex');
}

const say = (text) => process.stderr.write(`${text}\n`);

function run(program, args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [inRoot('node_modules', ...program), ...args], {
      cwd: root,
      env: process.env,
    });
    let output = '';
    const keep = (chunk) => (output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('close', (code) => resolve({ code, output }));
  });
}

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Two programs started at once in one checkout must not write the same files at once. */
async function alone(work) {
  const lock = inRoot('dist', '.building');
  mkdirSync(inRoot('dist'), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const holder = existsSync(join(lock, 'pid')) ? Number(readFileSync(join(lock, 'pid'), 'utf8')) : null;
      const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (holder === null ? age > 5_000 : !alive(holder)) rmSync(lock, { recursive: true, force: true });
      else await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  writeFileSync(join(lock, 'pid'), String(process.pid));
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** Runs `work` when the sources differ from those of the last time. */
async function whenChanged(name, sources, result, work, { force = false }) {
  const mark = inRoot('dist', `.${name}.digest`);
  const same = () => {
    const digest = digestOf(sources);
    const built = !force && existsSync(inRoot(result)) && existsSync(mark) && readFileSync(mark, 'utf8') === digest;
    return { built, digest };
  };
  if (same().built) return true;
  return alone(async () => {
    // Another process may have built it while this one waited.
    const { built, digest } = same();
    if (built) return true;
    const begun = Date.now();
    const done = await work();
    if (done) {
      writeFileSync(mark, digest);
      say(`Built ${name} in ${((Date.now() - begun) / 1000).toFixed(1)} s.`);
    }
    return done;
  });
}

/** `strict` makes a type error a failure; else what could be built is used, and the errors are shown. */
export function buildServer({ force = false, strict = false } = {}) {
  const entry = 'dist/cli/main.js';
  const work = async () => {
    say('Building the server …');
    const { code, output } = await run(['typescript', 'bin', 'tsc'], ['-b', 'server', ...(force ? ['--force'] : [])]);
    if (code !== 0) say(output.trim());
    return code === 0 || (!strict && existsSync(inRoot(entry)));
  };
  return whenChanged('server', serverSources, entry, work, { force });
}

const compress = { br: promisify(brotliCompress), gz: promisify(gzip) };
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** Compressed once here, not with every request. */
async function precompress(folder) {
  for (const file of filesIn(folder)) {
    if (!/\.(js|css|html|svg|json|txt|webmanifest)$/.test(file)) continue;
    const bytes = readFileSync(file);
    if (bytes.length < 1_024) continue;
    writeFileSync(`${file}.br`, await compress.br(bytes, brotliOptions));
    writeFileSync(`${file}.gz`, await compress.gz(bytes, { level: 9 }));
  }
}

export function buildWeb({ force = false } = {}) {
  const entry = 'dist/web/index.html';
  const work = async () => {
    say('Building the pages …');
    const { code, output } = await run(
      ['vite', 'bin', 'vite.js'],
      ['build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'],
    );
    if (code !== 0 || output.includes('error')) say(output.trim());
    if (code !== 0) return false;
    await precompress(inRoot('dist', 'web'));
    return true;
  };
  return whenChanged('web', webSources, entry, work, { force });
}
