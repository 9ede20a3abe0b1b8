import { metricKeys, metrics } from '../../../domain/records/facts/index.ts';
import {
  type Column,
  columnsFor,
  type ImportKind,
  type SheetFormat,
  subjectKindOf,
  type TableKind,
} from '../../../domain/records/imports/index.ts';
import { unitTypes } from '../../../domain/records/units/index.ts';
import type { Lang, Words } from '../../../domain/words.ts';
import { harmless, templateXlsx } from '../../platform/sheets/index.ts';
import { schemeWords } from './unit-rows.ts';

const tableWords: Readonly<Record<TableKind, Words>> = {
  units: { zh: '单位', en: 'Units' },
  facts: { zh: '填报数据', en: 'Facts' },
};

/** What a sheet of this kind is called. */
export function kindWords(kind: ImportKind): Words {
  return subjectKindOf(kind)?.words ?? tableWords[kind as TableKind];
}

/** The items of a catalogue as the instance has them today. */
export type ItemsOf = (catalogue: string) => readonly Words[];

function choicesOf(column: Column, lang: Lang, itemsOf: ItemsOf): string[] | undefined {
  if (column.choices) return column.choices.map((w) => w[lang]);
  if (column.catalogue) return itemsOf(column.catalogue).map((w) => w[lang]);
  if (column.choice === 'unit-type') return Object.values(unitTypes).map((t) => t.words[lang]);
  if (column.choice === 'scheme') return Object.values(schemeWords).map((s) => s[lang]);
  if (column.choice === 'metric') return metricKeys.map((key) => metrics[key].words[lang]);
  return undefined;
}

const instructions: Words = {
  zh: '填写说明：带 * 的红色列必填；请勿改动表头；每行一条，从第三行填起。日期如 2026-06-30，期间如 2026、2026Q3、2026-11。编码请按文本填写。导入后有误的行会连同原因一并返回。',
  en: 'How to fill in: red columns with a star are needed; leave the heads alone; one record a row, from the third row on. Days like 2026-06-30, periods like 2026, 2026Q3 or 2026-11. Enter codes as text. Rows with faults come back with the reasons.',
};

/** A sheet to fill in; the csv has the heads and nothing else, because csv has no place for more. */
export async function templateOf(
  kind: ImportKind,
  format: SheetFormat,
  lang: Lang,
  itemsOf: ItemsOf = () => [],
): Promise<Buffer> {
  const columns = columnsFor(kind);
  if (format === 'csv') {
    const heads = columns.map((c) => harmless(c.words[lang])).join(',');
    return Buffer.from(`\ufeff${heads}\r\n`);
  }
  return templateXlsx({
    sheetName: kindWords(kind)[lang],
    instructions: instructions[lang],
    columns: columns.map((c) => {
      const choices = choicesOf(c, lang, itemsOf);
      return {
        text: c.words[lang],
        width: c.width,
        required: c.required,
        hint: c.hint[lang],
        ...(choices ? { choices } : {}),
      };
    }),
  });
}
