import type * as Pinyin from 'pinyin-pro';
import { later } from '../../platform/later.ts';

const dictionary = later<typeof Pinyin>('pinyin-pro');

/** `单雄信` → `shanxiongxin`, `sxx`: a surname is often read otherwise than the same sign in a word. */
export function personReading(name: string): { pinyin: string; initials: string } {
  const parts = dictionary()
    .pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', surname: 'head' })
    .map((s) =>
      s
        .toLowerCase()
        .replace(/ü/g, 'v')
        .replace(/[^a-z0-9]/g, ''),
    )
    .filter(Boolean);
  return { pinyin: parts.join(''), initials: parts.map((p) => p[0]).join('') };
}
