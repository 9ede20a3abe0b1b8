import type * as Pinyin from 'pinyin-pro';
import { later } from '../../platform/later.ts';

const dictionary = later<typeof Pinyin>('pinyin-pro');

/** County names that the general dictionary reads wrongly; an administrator's own reading can be stored in attributes. */
const readings: Record<string, string> = { 浚县: 'xun xian', 泌阳: 'bi yang', 单家: 'shan jia', 召村: 'shao cun' };

function syllables(name: string): string[] {
  let rest = name;
  for (const [word, reading] of Object.entries(readings)) rest = rest.replaceAll(word, ` ${reading} `);
  return rest
    .split(' ')
    .filter(Boolean)
    .flatMap((part) =>
      /^[a-z]+$/.test(part)
        ? [part]
        : dictionary().pinyin(part, { toneType: 'none', type: 'array', nonZh: 'consecutive' }),
    )
    .map((s) =>
      s
        .toLowerCase()
        .replace(/ü/g, 'v')
        .replace(/[^a-z0-9]/g, ''),
    )
    .filter(Boolean);
}

/** `青石镇` → `qingshizhen`, `qsz`: what the search and the order of names lean on (databases sort hanzi by code point). */
export function reading(name: string): { pinyin: string; initials: string } {
  const parts = syllables(name);
  return { pinyin: parts.join(''), initials: parts.map((p) => (/^\d/.test(p) ? p : p[0])).join('') };
}

/** Every run of `size` neighbouring characters; a shorter text is a run of its own. */
function runs(text: string, size: number): string[] {
  const chars = [...text];
  if (chars.length <= size) return chars.length === 0 ? [] : [chars.join('')];
  return Array.from({ length: chars.length - size + 1 }, (_, i) => chars.slice(i, i + size).join(''));
}

/**
 * The index terms of a unit: every single character of the name and every two and three neighbours in name, pinyin, initials
 * and code. A search is the set of its own triples (or its pair, or its one character); what has them is then compared in full.
 */
export function gramsOf(name: string, code: string): string[] {
  const { pinyin: full, initials } = reading(name);
  const lower = name.toLowerCase();
  const texts = [lower, full, initials, code.toLowerCase()];
  return [...new Set([...lower, ...texts.flatMap((t) => [...runs(t, 2), ...runs(t, 3)])])];
}

/** The first terms of a search are enough to find by: names begin with what tells them apart and end in what all have. */
export function gramsAsked(q: string): string[] {
  return [...new Set(runs(q.toLowerCase(), 3))].slice(0, 5);
}
