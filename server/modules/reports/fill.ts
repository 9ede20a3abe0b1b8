import { definitionOf } from '../../../domain/records/facts/definition.ts';
import {
  displayOf,
  fewPersons,
  type Figure,
  figures,
  isFigure,
  smallCell,
  turnedOf,
} from '../../../domain/records/facts/index.ts';
import {
  type Block,
  type FilledFigure,
  type FilledReport,
  periodOf,
  type Reference,
} from '../../../domain/reports/index.ts';
import type { Words } from '../../../domain/words.ts';
import type { Rq } from '../../platform/rq.ts';
import { readFigures, type Value } from '../../records/facts/index.ts';

interface ReportUnit {
  readonly id: number;
  readonly name: string;
}

export interface ToFill {
  readonly template: string;
  readonly title: string;
  readonly period: string;
  readonly blocks: readonly Block[];
}

/** All values that the references ask for, a set of them for each period at once. */
async function valuesFor(rq: Rq, unitId: number, wanted: readonly { key: string; period: string }[]) {
  const found = new Map<string, Value>();
  for (const period of new Set(wanted.map((w) => w.period))) {
    const keys = [...new Set(wanted.filter((w) => w.period === period).map((w) => w.key))];
    const { values: of } = await readFigures(rq, keys, [unitId], period);
    for (const [key, value] of of.get(unitId) ?? []) found.set(`${key} ${period}`, value);
  }
  return found;
}

const unknown: Words = { zh: '指标目录中没有这个指标', en: 'no such figure in the catalogue' };
const nothing: Words = { zh: '没有可以回答的记录', en: 'no record that could answer it' };

function said(figure: Figure, value: string, { show, turn }: Reference): string {
  return turn === null ? displayOf(figure, value, show) : turnedOf(figure, value, turn, show);
}

function filled(
  n: number,
  reference: Reference,
  period: string,
  unit: ReportUnit,
  counted: Value | undefined,
): FilledFigure {
  const figure = isFigure(reference.key) ? figures[reference.key]! : null;
  // A report is written for others than those who serve the few.
  const few = figure !== null && counted !== undefined && smallCell(figure, counted.value);
  const value = few ? undefined : counted;
  const held = value?.value ?? null;
  const missing = held === null && !few;
  return {
    n,
    blank: reference.id,
    key: reference.key,
    words: figure?.words ?? { zh: reference.key, en: reference.key },
    period,
    value: held,
    display: few ? fewPersons : held === null || figure === null ? null : said(figure, held, reference),
    definition: figure ? definitionOf(figure.expr) : unknown,
    records: value?.records ?? 0,
    asOf: value?.asOf ?? null,
    missing: !missing ? null : figure ? nothing : unknown,
    holders: missing ? [{ unitId: unit.id, unitName: unit.name }] : [],
  };
}

/** Puts the numbers of a unit into a text. What is missing stays a visible blank with what is missing and who holds it. */
export async function fillReport(rq: Rq, unit: ReportUnit, input: ToFill): Promise<FilledReport> {
  const references = input.blocks.flatMap((b) => b.pieces.flatMap((p) => ('reference' in p ? [p.reference] : [])));
  const wanted = references.map((r) => ({ ...r, period: periodOf(r.span, input.period) }));
  const values = await valuesFor(rq, unit.id, wanted);
  const numbers = wanted.map((w, n) => filled(n, w, w.period, unit, values.get(`${w.key} ${w.period}`)));
  let next = 0;
  const blocks = input.blocks.map((block) => ({
    kind: block.kind,
    pieces: block.pieces.map((piece) => {
      if ('reference' in piece) return { figure: next++ };
      return { text: 'text' in piece ? piece.text : unit.name };
    }),
  }));
  return {
    template: input.template,
    unitId: unit.id,
    unitName: unit.name,
    period: input.period,
    title: input.title,
    filledAt: rq.now.toISOString(),
    blocks,
    figures: numbers,
    blanks: numbers.filter((f) => f.display === null).length,
  };
}
