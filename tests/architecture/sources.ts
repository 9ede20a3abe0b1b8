import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix, relative } from 'node:path';

/** A source file with its path from the root of the package (`server/records/units/store.ts`). */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const rooms = ['domain', 'server', 'web', 'cli', 'demo', 'bench', 'scripts', 'tests', 'bin'];

function walk(folder: string, keep: (path: string) => boolean): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory())
      return ['node_modules', 'dist', 'fixtures'].includes(name) ? [] : walk(path, keep);
    return keep(path) ? [path] : [];
  });
}

/** Every source file of the package. */
export function readSources(root: string): Source[] {
  const files = rooms
    .map((room) => join(root, room))
    .filter((folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    .flatMap((folder) => walk(folder, (path) => /\.(ts|tsx|mjs|js)$/.test(path)));
  return files.map((file) => ({ path: relative(root, file), text: readFileSync(file, 'utf8') }));
}

/**
 * A planted tree: the files of a fixture end with `.planted`, so that no compiler, linter or test runner takes them for
 * ours.
 */
export function readPlanted(folder: string): Source[] {
  return walk(folder, (path) => path.endsWith('.planted')).map((file) => ({
    path: relative(folder, file).replace(/\.planted$/, ''),
    text: readFileSync(file, 'utf8'),
  }));
}

export const isTest = (path: string) => /\.test\.tsx?$/.test(path) || path.startsWith('tests/');

export interface Import {
  readonly from: string;
  readonly line: number;
  /** A path from the root for a file of ours, the package's name for anything else. */
  readonly to: string;
  readonly ours: boolean;
}

const importing = /(?:\bfrom |\bimport ?\(?)'([^'\s]+)'/g;

export function importsOf(source: Source): Import[] {
  return [...source.text.matchAll(importing)].map((match) => {
    const name = match[1]!;
    const ours = name.startsWith('.');
    const to = ours ? posix.normalize(posix.join(posix.dirname(source.path), name)) : name;
    return { from: source.path, line: lineAt(source.text, match.index), to, ours };
  });
}

export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
