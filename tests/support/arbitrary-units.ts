// Units with values as people and spreadsheets write them: the same number in many spellings.
import fc from 'fast-check';
import { scalarsOf } from '../../domain/stars/score.ts';
import type { Standard } from '../../domain/stars/standard.ts';
import { valuesOf } from './arbitrary-standards.ts';
import type { PlainUnit } from './plain-scoring.ts';

/** The number in another spelling: spaces, a plus, leading and trailing zeros, an exponent, an absent zero. */
function respelled(text: string, how: number): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', part = ''] = match;
  const point = part === '' ? '' : `.${part}`;
  const spellings = [
    text,
    ` ${text}\t`,
    sign === '' ? `+${text}` : text,
    `${sign}00${whole}${point}`,
    `${sign}${whole}.${part}000`,
    `${sign}${whole}${part}e-${part.length}`,
    `${sign}0.${whole}${part}E+${whole.length}`,
    whole === '0' && part !== '' ? `${sign}${point}` : text,
  ];
  return spellings[how % spellings.length]!;
}

export function plainUnits(standard: Standard, most = 8): fc.Arbitrary<PlainUnit[]> {
  const labels = new Set(
    standard.stars.flatMap((star) => star.criteria.filter((c) => c.rule.type === 'levels').map((c) => c.id)),
  );
  return fc
    .array(fc.tuple(valuesOf(standard), fc.array(fc.nat(7), { minLength: 7, maxLength: 7 })), {
      minLength: 1,
      maxLength: most,
    })
    .map((drawn) =>
      drawn.map(([given, ways], index): PlainUnit => {
        const values = Object.entries(given.values).flatMap(([id, value], at) => {
          const texts = scalarsOf(value).map(String);
          if (texts.length === 0) return [];
          return [
            [id, labels.has(id) ? texts : texts.map((text) => respelled(text, ways[at % ways.length]!))] as const,
          ];
        });
        return {
          unit: `村${(index * 7) % 10}`,
          township: given.township,
          county: given.county,
          values: Object.fromEntries(values),
          vetoes: given.vetoes ?? [],
        };
      }),
    );
}
