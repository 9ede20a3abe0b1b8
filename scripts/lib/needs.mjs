import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

function onPath(name) {
  return (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

/** Chromium, wherever it is: named by CHROMIUM, or under one of its usual names. */
export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) return existsSync(named) ? named : undefined;
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(onPath).find(Boolean);
}

/** The folder of PostgreSQL's server programs. Debian keeps them off the PATH, one folder a version. */
export function findPostgresPrograms() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).filter((v) => Number(v) >= 15) : [];
  const folders = versions.sort((a, b) => Number(b) - Number(a)).map((v) => join(debian, v, 'bin'));
  const linked = onPath('initdb');
  if (linked && existsSync(join(linked, '..', 'postgres'))) folders.push(join(linked, '..'));
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

function hasChineseFont() {
  try {
    return execFileSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).trim() !== '';
  } catch {
    return existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc');
  }
}

const needs = [
  { name: 'Chromium', packages: ['chromium'], there: () => findChromium() !== undefined },
  { name: 'a Chinese font', packages: ['fonts-noto-cjk', 'fontconfig'], there: hasChineseFont },
  { name: 'PostgreSQL 15 or later', packages: ['postgresql'], there: () => findPostgresPrograms() !== undefined },
  // Reads the books that we write as plain text: whether they balance is for a program to say that is not ours.
  { name: 'hledger', packages: ['hledger'], there: () => onPath('hledger') !== undefined },
];

/** Brings what is missing from the system's packages when it may; otherwise says in one line what to install. */
export async function bringNeeds() {
  const missing = needs.filter((need) => !need.there());
  if (missing.length === 0) return { ok: true };
  const packages = missing.flatMap((need) => need.packages);
  const names = missing.map((need) => need.name).join(', ');
  if (process.getuid?.() !== 0 || !onPath('apt-get'))
    return {
      ok: false,
      output: `Missing: ${names}. Install it first, on Debian or Ubuntu: sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}`,
    };
  if (packages.includes('postgresql')) keepClustersAway();
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const update = await run('apt-get', ['update', '-qq'], { env });
  if (!update.ok) return { ok: false, output: `${update.output}\nMissing: ${names}; apt-get update failed.` };
  const install = await run(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-confold', ...packages],
    { env },
  );
  const still = needs.filter((need) => !need.there());
  if (still.length === 0) return { ok: true, note: `installed ${packages.join(', ')}` };
  return {
    ok: false,
    output: `${install.output}\nStill missing: ${still.map((n) => n.name).join(', ')}; install ${packages.join(', ')} by hand.`,
  };
}

/** Debian's package would start a server of its own; the tests start theirs and need only the programs. */
function keepClustersAway() {
  const folder = '/etc/postgresql-common';
  const file = join(folder, 'createcluster.conf');
  if (existsSync(file)) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, 'create_main_cluster = false\n');
}

/** `npm ci` when a package that package.json asks for is not there. */
export async function bringPackages() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const asked = Object.keys({ ...dependencies, ...devDependencies });
  if (asked.every((name) => existsSync(join(root, 'node_modules', name, 'package.json')))) return { ok: true };
  return run('npm', ['ci']);
}
