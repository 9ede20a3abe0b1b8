import type { z } from 'zod';
import type { Words } from '../../words.ts';
import { findSubjectKind } from '../subjects/all.ts';
import { type FieldWords, nameIs, type SubjectKind } from '../subjects/index.ts';
import { type Column, columnsOf, type ImportKind, type TableKind } from './columns.ts';

/** The kind of subject that a sheet holds; none when the sheet is of another table or of a kind that is not declared. */
export function subjectKindOf(kind: ImportKind): SubjectKind | undefined {
  return kind.startsWith('subjects-') ? findSubjectKind(kind.slice('subjects-'.length)) : undefined;
}

/** How a cell of a kind's own field is read. */
export type CellType = 'text' | 'texts' | 'whole' | 'decimal' | 'money' | 'day' | 'flag' | 'choice' | 'item' | 'items';

const innerOf = (schema: z.ZodType): { type: string; format?: string } => {
  const def = schema.def as unknown as { type: string; format?: string; innerType?: z.ZodType };
  return def.type === 'optional' && def.innerType ? innerOf(def.innerType) : def;
};

export function cellType(schema: z.ZodType, said: FieldWords): CellType {
  const { type, format } = innerOf(schema);
  if (type === 'array') return said.catalogue === undefined ? 'texts' : 'items';
  if (said.catalogue !== undefined) return 'item';
  if (said.choices) return 'choice';
  if (type === 'boolean') return 'flag';
  if (type === 'number') return said.scale === 100 ? 'money' : format === 'safeint' ? 'whole' : 'decimal';
  return format === 'date' ? 'day' : 'text';
}

export const flagWords = { yes: { zh: '是', en: 'yes' }, no: { zh: '否', en: 'no' } } as const;

const hints: Readonly<Record<CellType, Words>> = {
  text: { zh: '', en: '' },
  texts: { zh: '多项用分号隔开', en: 'Several, with semicolons between' },
  whole: { zh: '只填整数', en: 'A whole number only' },
  decimal: { zh: '只填数字，最多两位小数', en: 'The number only, at most two decimals' },
  money: { zh: '只填数字，单位元', en: 'The number only, in yuan' },
  day: { zh: '如 2026-06-30', en: 'Such as 2026-06-30' },
  flag: { zh: '是或否', en: 'Yes or no' },
  choice: { zh: '从列表选择', en: 'Choose from the list' },
  item: { zh: '从列表选择', en: 'Choose from the list' },
  items: { zh: '目录中的项，多项用分号隔开', en: 'Items of the catalogue, with semicolons between' },
};

/** A field's head names its unit, so that nobody writes hectares into mu. */
const headOf = (said: FieldWords): Words =>
  said.unit ? { zh: `${said.words.zh}（${said.unit.zh}）`, en: `${said.words.en} (${said.unit.en})` } : said.words;

/** Fields of a kind stand under a prefix, so that one called `name` is not the name. */
export const fieldKey = (name: string) => `data.${name}`;

function fieldColumn(kind: SubjectKind, name: string, said: FieldWords): Column {
  const schema = kind.data.shape[name] as z.ZodType;
  const type = cellType(schema, said);
  const choices = said.choices ? Object.values(said.choices) : type === 'flag' ? Object.values(flagWords) : undefined;
  return {
    key: fieldKey(name),
    words: headOf(said),
    required: !schema.safeParse(undefined).success,
    hint: said.hint ?? hints[type],
    width: said.long ? 40 : 18,
    ...(choices ? { choices } : {}),
    ...(type === 'item' ? { catalogue: said.catalogue! } : {}),
  };
}

const column = (key: string, words: Words, required: boolean, hint: Words, width: number): Column => ({
  key,
  words,
  required,
  hint,
  width,
});

const noHint: Words = { zh: '', en: '' };

/** The sheet of a kind: where an entry stands, what it is called, and the kind's own fields. Nothing personal has a column. */
export function subjectColumns(kind: SubjectKind): readonly Column[] {
  const from = nameIs(kind);
  const unit = columnsOf.facts.filter((c) => c.key === 'unit' || c.key === 'unitName');
  const states = Object.values(kind.states).filter((s) => !s.ended);
  return [
    ...unit,
    ...(from === null ? [column('name', { zh: '名称', en: 'Name' }, true, noHint, 28)] : []),
    ...(kind.code ? [column('code', kind.code, from === 'code', noHint, 24)] : []),
    ...(kind.place ? [column('place', kind.place.words, kind.place.required, noHint, 28)] : []),
    ...(kind.parents
      ? [
          column(
            'parent',
            { zh: '归属', en: 'Belongs to' },
            false,
            { zh: '所属对象的编号或名称', en: 'Number or name of the entry it belongs to' },
            24,
          ),
        ]
      : []),
    ...(kind.led
      ? [column('lead', { zh: '领办单位编码', en: 'Code of the leading unit' }, false, columnsOf.facts[0]!.hint, 20)]
      : []),
    {
      ...column('state', { zh: '登记状态', en: 'State of the entry' }, false, hints.choice, 12),
      choices: states.map((s) => s.words),
    },
    column('fromDay', { zh: '起始日期', en: 'Since' }, true, hints.day, 14),
    ...Object.entries(kind.fields).map(([name, said]) => fieldColumn(kind, name, said)),
  ];
}

const made = new Map<string, readonly Column[]>();

/** The columns of any sheet; none for a kind that nobody declared. */
export function columnsFor(kind: ImportKind): readonly Column[] {
  if (kind in columnsOf) return columnsOf[kind as TableKind];
  const subject = subjectKindOf(kind);
  if (!subject) return [];
  const columns = made.get(kind) ?? subjectColumns(subject);
  made.set(kind, columns);
  return columns;
}
