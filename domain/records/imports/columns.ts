import type { Words } from '../../words.ts';

export const importKinds = ['units', 'facts'] as const;
export type TableKind = (typeof importKinds)[number];
/** Subjects have a sheet of their own for each kind, made from the kind. */
export type ImportKind = TableKind | `subjects-${string}`;

/** One column of a sheet: the head as it is printed, and how its cells are read. */
export interface Column {
  readonly key: string;
  readonly words: Words;
  readonly required: boolean;
  /** What stands below the head in the template's first line. */
  readonly hint: Words;
  /** Characters wide. */
  readonly width: number;
  /** Cells are chosen from a list that the template carries. */
  readonly choice?: 'unit-type' | 'scheme' | 'metric';
  readonly choices?: readonly Words[];
  /** The list is the catalogue of this name, as the instance has it today. */
  readonly catalogue?: string;
}

const column = (
  key: string,
  zh: string,
  en: string,
  required: boolean,
  hintZh: string,
  hintEn: string,
  width: number,
  choice?: Column['choice'],
): Column => ({
  key,
  words: { zh, en },
  required,
  hint: { zh: hintZh, en: hintEn },
  width,
  ...(choice ? { choice } : {}),
});

export const columnsOf: Readonly<Record<TableKind, readonly Column[]>> = {
  units: [
    column('code', '编码', 'Code', true, '字母、数字、-、_，最长 32 位', 'Letters, digits, - and _, at most 32', 20),
    column('name', '名称', 'Name', true, '单位全称', 'Full name', 24),
    column('type', '类型', 'Type', true, '从列表选择', 'Choose from the list', 12, 'unit-type'),
    column(
      'parent',
      '上级编码',
      'Parent code',
      true,
      '已有单位或本表中单位的编码',
      'Code of a unit that exists or stands in this sheet',
      20,
    ),
    column(
      'scheme',
      '评价类别',
      'Scheme',
      false,
      '村、社区必填：农村或城市',
      'Needed for villages and communities: rural or urban',
      12,
      'scheme',
    ),
    column('validFrom', '启用日期', 'Valid from', true, '如 2026-01-01', 'Such as 2026-01-01', 14),
    column('document', '依据文号', 'Document', true, '设立依据', 'The document it rests on', 24),
  ],
  facts: [
    column('unit', '单位编码', 'Unit code', true, '单位的编码', 'Code of the unit', 20),
    column('unitName', '单位名称', 'Unit name', false, '可不填；填写则核对', 'May stay empty; compared when given', 24),
    column('metric', '指标', 'Metric', true, '从列表选择', 'Choose from the list', 28, 'metric'),
    column('period', '期间', 'Period', true, '如 2026、2026Q3、2026-11', 'Such as 2026, 2026Q3 or 2026-11', 12),
    column('value', '数值', 'Value', true, '只填数字', 'The number only', 16),
    column('asOf', '截止日期', 'As of', true, '如 2026-06-30', 'Such as 2026-06-30', 14),
    column('source', '来源', 'Source', true, '数据来自哪里', 'Where it comes from', 24),
    column('document', '文号', 'Document', false, '可不填', 'May stay empty', 20),
    column(
      'reason',
      '更正原因',
      'Reason',
      false,
      '更正已有数值时必填',
      'Needed when an existing value is corrected',
      24,
    ),
  ],
};

/** The column that a report adds. */
export const errorColumn: Words = { zh: '错误原因', en: 'What is wrong' };
/** Columns that people add for themselves and that are read past. */
const ignored = new Set(['序号', 'No.', 'No', errorColumn.zh, errorColumn.en]);

/** A head as written, without the star of a required one, spaces and line breaks. */
export function tidyHead(text: string): string {
  return text.normalize('NFKC').replace(/[*\s]/g, '').trim();
}

export interface Heads {
  /** Column key for each cell position; null is read past. */
  readonly keys: readonly (string | null)[];
}

/**
 * Which column each cell of a head row belongs to; null when this is not the head row of this kind. Every column must be
 * there, in any order, and nothing else: a sheet with other heads is another sheet.
 */
export function readHeads(of: TableKind | readonly Column[], cells: readonly string[]): Heads | null {
  const columns = typeof of === 'string' ? columnsOf[of] : of;
  const known = new Map(columns.flatMap((c) => [c.words.zh, c.words.en].map((w) => [tidyHead(w), c.key])));
  const past = new Set([...ignored].map(tidyHead));
  const keys: (string | null)[] = [];
  for (const cell of cells) {
    const head = tidyHead(cell);
    const key = known.get(head) ?? null;
    if (key === null && head !== '' && !past.has(head)) return null;
    if (key !== null && keys.includes(key)) return null;
    keys.push(key);
  }
  return columns.every((c) => keys.includes(c.key)) ? { keys } : null;
}
