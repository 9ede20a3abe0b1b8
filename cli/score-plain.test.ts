// `wuxing score` against the plain reading of the page: random standards, units and files as offices send them.
import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readWritten, writtenStandards } from '../tests/support/arbitrary-standards.ts';
import { plainUnits } from '../tests/support/arbitrary-units.ts';
import { scorePlainly } from '../tests/support/plain-scoring.ts';
import type { PlainResult, PlainUnit } from '../tests/support/plain-scoring.ts';
import { scoreCommand } from './score.ts';

let folder = '';
let said = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-plain-'));
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const units = (all: PlainUnit[]) => [...new Map(all.map((unit) => [unit.unit, unit])).values()];

const files = writtenStandards().chain((written) =>
  fc.record({
    written: fc.constant(written),
    all: plainUnits(readWritten(written)).map(units),
    within: fc.constantFrom('all' as const, 'county' as const, 'township' as const),
    mark: fc.constantFrom('', '\ufeff'),
    end: fc.constantFrom('\n', '\r\n', '\n\n'),
    quotes: fc.boolean(),
    turned: fc.boolean(),
  }),
);

const money = (hundredths: bigint) => `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;

function expected(results: readonly PlainResult[]): string {
  const stars = results[0]!.stars.map(({ id }) => `${id}_points,${id}_held`);
  const rows = results.map(({ unit, level, total, rank, stars: all }) =>
    [unit, level, money(total), rank, ...all.flatMap((star) => [money(star.points), star.held ? 1 : 0])].join(','),
  );
  return `${[['unit', 'level', 'total', 'rank', ...stars].join(','), ...rows].join('\n')}\n`;
}

it('writes what the page says, whatever the files look like', async () => {
  await fc.assert(
    fc.asyncProperty(files, async ({ written, all, within, mark, end, quotes, turned }) => {
      const cell = (text: string) => (quotes ? `"${text.replaceAll('"', '""')}"` : text);
      const csv = (rows: string[][]) => mark + rows.map((row) => row.map(cell).join(',')).join(end) + end;
      const values = all.flatMap((unit) => [
        ...Object.entries(unit.values).flatMap(([id, texts]) => texts.map((text) => [unit.unit, id, text])),
        ...written.vetoes.map(({ id }) => [unit.unit, id, unit.vetoes.includes(id) ? '1' : '0']),
      ]);
      const places = all.map((unit) => [unit.unit, unit.township, unit.county, 'rural']);
      const at = (name: string) => join(folder, name);
      writeFileSync(at('standard.yaml'), JSON.stringify(written));
      writeFileSync(at('values.csv'), csv([['unit', 'criterion', 'value'], ...(turned ? values.reverse() : values)]));
      writeFileSync(at('units.csv'), csv([['unit', 'township', 'county', 'scheme'], ...places]));
      rmSync(at('scores.csv'), { force: true });
      const given = { standard: at('standard.yaml'), values: at('values.csv'), units: at('units.csv') };
      said = '';
      const code = await scoreCommand([
        ...Object.entries(given).flatMap(([name, file]) => [`--${name}`, file]),
        '--out',
        at('scores.csv'),
        '--rank-within',
        within,
      ]);
      expect([code, said]).toEqual([0, '']);
      expect(readFileSync(at('scores.csv'), 'utf8')).toBe(expected(scorePlainly(written, all, within)));
    }),
    { numRuns: 200 },
  );
});
