import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inRoot } from '../../../server/platform/paths.ts';

const modulesIn = (folder: string) =>
  readdirSync(inRoot(folder), { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && !f.endsWith('use.ts'))
    .map((f) => pathToFileURL(inRoot(folder, f)).href);

/** Every Chinese text that stands beside an English one, in the dictionaries of the pages and in the words of the domain. */
function pairsIn(value: unknown, into: Set<string>, depth = 0): void {
  if (typeof value !== 'object' || value === null || depth > 6) return;
  const { zh, en } = value as { zh?: unknown; en?: unknown };
  if (typeof zh === 'string' && typeof en === 'string' && zh !== en) into.add(zh);
  // Schemas and other machinery hold no dictionaries; modules themselves have no prototype.
  if (!Array.isArray(value) && ![Object.prototype, null].includes(Object.getPrototypeOf(value) as null)) return;
  for (const inner of Object.values(value)) pairsIn(inner, into, depth + 1);
}

/** Finds texts on an English page that are our own words in Chinese; names and what people wrote stay as they are. */
export async function untranslated(): Promise<(texts: readonly string[]) => string[]> {
  const found = new Set<string>();
  for (const file of [...modulesIn('web/words'), ...modulesIn('domain')]) pairsIn(await import(file), found);
  const exact = new Set([...found].filter((zh) => !zh.includes('{')));
  const patterns = [...found]
    .filter((zh) => /\{\w+\}/.test(zh) && zh.replace(/\{\w+\}|[^\u4e00-\u9fff]/g, '').length >= 2)
    .map((zh) => new RegExp(`^${zh.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '.*')}$`));
  return (texts) => texts.filter((text) => exact.has(text) || patterns.some((p) => p.test(text)));
}
