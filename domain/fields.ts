import { z } from 'zod';
import { day, text } from './contract.ts';
import { findPersonalData } from './records/publications/personal.ts';
import type { FieldWords } from './records/subjects/kind.ts';
import type { Words } from './words.ts';

// How kinds declare their own fields: schema and words in one place, so that a form, a list and a sheet can be made from
// either and none of them can lack words.

export interface Field<S extends z.ZodType = z.ZodType> {
  readonly schema: S;
  readonly words: FieldWords;
}

type Fields = Readonly<Record<string, Field>>;
type Shape<F extends Fields> = { [K in keyof F]: F[K]['schema'] };

export interface Form<F extends Fields = Fields> {
  readonly data: z.ZodObject<Shape<F>, z.core.$strict>;
  readonly fields: Readonly<Record<string, FieldWords>>;
}

export const say = (zh: string, en: string): Words => ({ zh, en });

/** A kind's fields, in the order of the form. What is not declared is refused. */
export function form<const F extends Fields>(fields: F): Form<F> {
  const shape = Object.fromEntries(Object.entries(fields).map(([name, f]) => [name, f.schema]));
  return {
    data: z.strictObject(shape as Shape<F>),
    fields: Object.fromEntries(Object.entries(fields).map(([name, f]) => [name, f.words])),
  };
}

type More = Omit<FieldWords, 'words'>;
const made = <S extends z.ZodType>(schema: S, zh: string, en: string, more: More = {}): Field<S> => ({
  schema,
  words: { words: say(zh, en), ...more },
});

/** The field may be left out. */
export function optional<S extends z.ZodType>(f: Field<S>): Field<z.ZodOptional<S>> {
  return { schema: f.schema.optional(), words: f.words };
}

/** Shown as a column of the list. */
export function column<S extends z.ZodType>(f: Field<S>): Field<S> {
  return { schema: f.schema, words: { ...f.words, column: true } };
}

/** Open text has no place for a private number: mobile, identity and bank numbers are refused wherever a kind asks for words. */
const words = (max: number) =>
  text(max).refine((t) => findPersonalData(t).length === 0, {
    message: 'identity, bank and mobile numbers do not belong here',
  });

/** Thirteen digits before the point are exact in JSON; more than two after it are a slip of the pen. */
const decimal = z
  .number()
  .min(0)
  .max(1e13)
  .refine((n) => Math.abs(n * 100 - Math.round(n * 100)) < 1e-6, { message: 'at most two digits after the point' });

export const unit = {
  mu: say('亩', 'mu'),
  yuan: say('元', 'CNY'),
  people: say('人', 'people'),
  households: say('户', 'households'),
  times: say('次', 'times'),
  count: say('个', 'count'),
  kg: say('公斤', 'kg'),
  squareMetres: say('平方米', 'm²'),
  metres: say('米', 'm'),
  seats: say('位', 'places'),
  hours: say('小时', 'hours'),
  days: say('天', 'days'),
  percent: say('%', '%'),
  score: say('分', 'points'),
  year: say('年', 'year'),
} as const;

export const field = {
  text: (zh: string, en: string, max = 200, more: More = {}) => made(words(max), zh, en, more),
  long: (zh: string, en: string, max = 2000, more: More = {}) => made(words(max), zh, en, { long: true, ...more }),
  whole: (zh: string, en: string, of: Words, more: More & { readonly min?: number; readonly max?: number } = {}) => {
    const { min = 0, max = 2_000_000_000, ...rest } = more;
    return made(z.int().min(min).max(max), zh, en, { unit: of, ...rest });
  },
  decimal: (zh: string, en: string, of: Words, more: More = {}) => made(decimal, zh, en, { unit: of, ...more }),
  /** Kept in fen, shown in yuan. Names of such fields end in `Fen`. */
  money: (zh: string, en: string, more: More = {}) =>
    made(z.int().min(0).max(9_000_000_000_000), zh, en, { unit: unit.yuan, scale: 100, ...more }),
  day: (zh: string, en: string, more: More = {}) => made(day, zh, en, more),
  year: (zh: string, en: string, more: More = {}) =>
    made(z.int().min(1990).max(2100), zh, en, { unit: unit.year, ...more }),
  /** `2026`, `2026Q3`, `2026-11` or `2026-W47`. */
  period: (zh: string, en: string, more: More = {}) =>
    made(z.string().regex(/^\d{4}(Q[1-4]|-(0[1-9]|1[0-2])|-W(0[1-9]|[1-4]\d|5[0-3]))?$/), zh, en, more),
  flag: (zh: string, en: string, more: More = {}) => made(z.boolean(), zh, en, more),
  /** Said and true, or the record is not made. */
  confirmed: (zh: string, en: string, more: More = {}) =>
    made(
      z.boolean().refine((v) => v, { message: 'must be so before it is registered' }),
      zh,
      en,
      more,
    ),
  choice: <const C extends Readonly<Record<string, Words>>>(zh: string, en: string, choices: C, more: More = {}) =>
    made(z.enum(Object.keys(choices) as [keyof C & string, ...(keyof C & string)[]]), zh, en, { choices, ...more }),
  /** Several short texts. */
  list: (zh: string, en: string, max = 20, more: More = {}) => made(z.array(words(200)).max(max), zh, en, more),
  /** One item of a catalogue that an administrator edits: what the source names without defining is no code of ours. */
  item: (zh: string, en: string, catalogue: string, more: More = {}) =>
    made(z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/), zh, en, { catalogue, ...more }),
  items: (zh: string, en: string, catalogue: string, more: More = {}) =>
    made(z.array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/)).max(30), zh, en, { catalogue, ...more }),
  /** Another record, by its id. */
  ref: (zh: string, en: string, of: NonNullable<FieldWords['ref']>, more: More = {}) =>
    made(z.uuid(), zh, en, { ref: of, ...more }),
} as const;

/** Kinds by their own name; a name used twice is a defect of the declaration. */
export function byKind<const K extends { readonly kind: string }>(kinds: readonly K[]): Readonly<Record<string, K>> {
  const named = Object.fromEntries(kinds.map((k) => [k.kind, k]));
  if (Object.keys(named).length !== kinds.length) throw new Error('A kind is declared twice.');
  return named;
}

type Said = readonly [zh: string, en: string, more?: More];

/** Words for the fields of a schema that stands elsewhere. */
export function fieldWords(said: Readonly<Record<string, Said>>): Readonly<Record<string, FieldWords>> {
  return Object.fromEntries(
    Object.entries(said).map(([name, [zh, en, more]]) => [name, { words: say(zh, en), ...more }]),
  );
}
