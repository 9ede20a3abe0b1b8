import {
  fewPersons,
  figures,
  isFigure,
  isMetric,
  type Leaf,
  leavesOf,
  metrics,
  smallCell,
} from '../../../domain/records/facts/index.ts';
import { type Cell, type Column, columnName, type FieldKind, minutesOf } from '../../../domain/reports/index.ts';
import type { Words } from '../../../domain/words.ts';
import { invalid } from '../../platform/errors.ts';
import type { Rq } from '../../platform/rq.ts';
import { readFigures, type Values } from '../../records/facts/index.ts';
import * as store from './inquiry-store.ts';

/** Something a village can be asked: an entered metric, or a field of an office's own. */
export interface Ask {
  readonly name: string;
  readonly words: Words;
  readonly kind: FieldKind;
  readonly unit: Words | null;
  readonly question: Words;
}

export interface ColumnView extends Ask {
  readonly figure: boolean;
  readonly typed: boolean;
  readonly entered: boolean;
  /** What is entered for this column; empty for figures that only records fill. */
  readonly asks: Ask[];
}

const same = (text: string): Words => ({ zh: text, en: text });

function metricAsk(key: string): Ask {
  const metric = metrics[key as keyof typeof metrics]!;
  const { words, unit, asks, max } = metric;
  return { name: key, words, unit, question: asks, kind: max === '1' ? 'yes' : 'number' };
}

const isEntered = (leaves: readonly Leaf[]) => leaves.length > 0 && leaves.every((leaf) => leaf.of === 'fact');

function figureColumn(key: string): ColumnView {
  const figure = figures[key]!;
  // Where no records are kept the number may be entered instead; it is that part of which somebody is asked.
  const { expr } = figure;
  const leaves = (expr.of === 'first' ? expr.parts : [expr]).map(leavesOf).find(isEntered) ?? [];
  const keys = leaves.flatMap((leaf) => (leaf.of === 'fact' && isMetric(leaf.metric) ? [leaf.metric] : []));
  const typed = leaves.length > 0;
  const asks = typed ? [...new Set(keys)].map(metricAsk) : [];
  const { words, unit } = figure;
  const entered = expr.of === 'fact' && asks.length === 1;
  return { name: key, words, unit, question: words, kind: 'number', figure: true, typed, entered, asks };
}

/** The columns as they are shown and asked; one that does not exist is an error with its place. */
export async function columnViews(rq: Rq, columns: readonly Column[]): Promise<ColumnView[]> {
  const fields = await store.fieldsById(
    rq,
    columns.flatMap((c) => ('field' in c ? [c.field] : [])),
  );
  const byId = new Map(fields.map((f) => [f.id, f]));
  const views = columns.map((column): ColumnView | null => {
    if ('figure' in column) return isFigure(column.figure) ? figureColumn(column.figure) : null;
    const field = byId.get(column.field);
    if (!field) return null;
    const ask: Ask = {
      name: field.id,
      words: same(field.name),
      kind: field.kind,
      unit: field.unit === null ? null : same(field.unit),
      question: same(field.question),
    };
    return { ...ask, figure: false, typed: true, entered: true, asks: [ask] };
  });
  const unknown = views.flatMap((v, i) => (v === null ? [i] : []));
  if (unknown.length > 0)
    throw invalid(
      unknown.map((i) => ({
        path: `body.columns.${i}`,
        message: {
          zh: `没有指标或字段“${columnName(columns[i]!)}”`,
          en: `There is no figure or field “${columnName(columns[i]!)}”`,
        },
      })),
    );
  return views as ColumnView[];
}

/** What the platform knows of one unit: a cell for each column, and the names that would have to be asked. */
export interface Known {
  readonly cells: Readonly<Record<string, Cell & { source: string | null }>>;
  readonly asks: Ask[];
  readonly known: number;
  readonly fromRecords: number;
  readonly minutes: number;
}

function knownOf(
  columns: readonly ColumnView[],
  unitId: number,
  values: Values,
  fields: ReadonlyMap<string, store.AskedValue>,
): Known {
  const cells: Record<string, Cell & { source: string | null }> = {};
  const asks = new Map<string, Ask>();
  let fromRecords = 0;
  for (const column of columns) {
    const held = column.figure ? values.get(unitId)?.get(column.name) : fields.get(`${column.name} ${unitId}`);
    // What a village answers is read by others than those who serve the few.
    const few =
      column.figure && held !== undefined && held.value !== null && smallCell(figures[column.name]!, held.value);
    const value = few ? fewPersons : (held?.value ?? null);
    cells[column.name] = {
      value,
      asOf: held?.asOf ?? null,
      source: held?.source ?? null,
      from: value === null ? 'missing' : 'known',
    };
    if (value !== null) continue;
    if (!column.typed) fromRecords++;
    for (const ask of column.asks)
      if (!column.figure || values.get(unitId)?.get(ask.name)?.value == null) asks.set(ask.name, ask);
  }
  const known = columns.filter((c) => cells[c.name]!.value !== null).length;
  const kinds = [...asks.values()].map((a) => a.kind);
  return { cells, asks: [...asks.values()], known, fromRecords, minutes: minutesOf({ asked: kinds, known }) };
}

/** What is known of every unit for every column, in a few statements however many units there are. */
export async function knowledge(
  rq: Rq,
  columns: readonly ColumnView[],
  unitIds: readonly number[],
  period: string,
): Promise<Map<number, Known>> {
  const keys = columns.flatMap((c) => (c.figure ? [c.name, ...c.asks.map((a) => a.name)] : []));
  const { values } = await readFigures(rq, [...new Set(keys)], unitIds, period);
  const fieldIds = columns.flatMap((c) => (c.figure ? [] : [c.name]));
  const answers = fieldIds.length === 0 ? [] : await store.askedValues(rq, fieldIds, unitIds, period);
  const byPlace = new Map(answers.map((a) => [`${a.fieldId} ${a.unitId}`, a]));
  return new Map(unitIds.map((id) => [id, knownOf(columns, id, values, byPlace)]));
}
