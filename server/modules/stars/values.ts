import { type Answer, type Counted, countedAnswer, periodOf } from '../../../domain/stars/index.ts';
import type { Scalar } from '../../../domain/stars/decimal.ts';
import { criteriaOf, type Criterion, type Standard } from '../../../domain/stars/standard.ts';
import { sql, type Sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { readFigures } from '../../records/facts/index.ts';
import { asPlatform, type Cycle } from './common.ts';

/** A value with where it came from: what a standing keeps, and what a card opens. */
export interface Input {
  readonly value: string | readonly string[];
  /** Who or what said so, in words. */
  readonly from: string;
  readonly asOf: string | null;
  readonly opens: readonly { readonly kind: string; readonly id: string }[];
}

export interface UnitInputs {
  readonly values: Readonly<Record<string, Input>>;
  readonly vetoes: readonly { readonly id: string; readonly caseId: string }[];
}

/** For a criterion with an open return: who returned it and why. */
export type AnswersOf = Map<string, Counted & { self?: Answer; review?: Answer; verify?: Answer }>;

/**
 * What a kind of judgement has decided on a criterion; nothing where the branch has answered since, which has to be looked at again.
 * `countDecisions` reads the same of all candidacies of a cycle at once.
 */
export function decisionIn(
  answers: AnswersOf | undefined,
  criterion: string,
  kind: 'review' | 'verify',
): Answer['decision'] | undefined {
  const one = answers?.get(criterion);
  const said = one?.[kind];
  return said && !(one?.self && one.self.at > said.at) ? said.decision : undefined;
}

interface AnswerRow {
  readonly unitId: number;
  readonly kind: 'self' | 'review' | 'verify';
  readonly item: string;
  readonly value: string | null;
  readonly decision: Answer['decision'] | null;
  readonly reason: string | null;
  readonly by: string | null;
  readonly at: Date | string;
  readonly id: string;
}

/** The latest answer of each kind by the branches, their townships and the task forces. */
const latestAnswers = (cycle: Cycle, unitIds: readonly number[]): Sql => sql`
  SELECT DISTINCT ON (j.unit_id, j.kind, j.item) j.unit_id AS "unitId", j.kind, j.item, j.data ->> 'value' AS value,
    j.data ->> 'decision' AS decision, j.reason, p.name AS by, j.at, j.id
  FROM judgements j JOIN cases c ON c.id = j.case_id LEFT JOIN people p ON p.id = j.person_id
  WHERE j.unit_id = ANY (${[...unitIds]}::int[]) AND j.kind IN ('self', 'review', 'verify') AND j.superseded_at IS NULL
    AND c.type = 'candidacy' AND c.parent_id = ${cycle.id}
  ORDER BY j.unit_id, j.kind, j.item, j.at DESC`;

/** Answers of the branches, their townships and the task forces: the latest of each kind, for any number of units at once. */
export async function gatherAnswers(rq: Rq, cycle: Cycle, unitIds: readonly number[]): Promise<Map<number, AnswersOf>> {
  return answersIn(await rq.db.many<AnswerRow>(latestAnswers(cycle, unitIds)));
}

function answersIn(rows: readonly AnswerRow[]): Map<number, AnswersOf> {
  const byUnit = new Map<number, Map<string, { self?: Answer; review?: Answer; verify?: Answer }>>();
  for (const row of rows) {
    const items = byUnit.get(row.unitId) ?? new Map<string, { self?: Answer; review?: Answer; verify?: Answer }>();
    byUnit.set(row.unitId, items);
    const { value, reason, id } = row;
    const at = new Date(row.at).toISOString();
    const answer: Answer = { value, decision: row.decision ?? 'answer', reason, by: row.by ?? '', at, id };
    items.set(row.item, { ...items.get(row.item), [row.kind]: answer });
  }
  return new Map(
    [...byUnit].map(([unitId, items]) => [
      unitId,
      new Map([...items].map(([item, answers]) => [item, { ...countedAnswer(answers), ...answers }])),
    ]),
  );
}

const sourceWords = { self: '村级自评', review: '乡镇初审', verify: '专班核验' } as const;

function fromAnswer(counted: Counted): Input | null {
  if (counted.value === null || counted.from === null) return null;
  return {
    value: counted.value,
    from: sourceWords[counted.from],
    asOf: counted.at?.slice(0, 10) ?? null,
    opens: counted.id === null ? [] : [{ kind: 'judgement', id: counted.id }],
  };
}

interface PanelRow {
  readonly unitId: number;
  readonly item: string;
  readonly value: string;
  readonly id: string;
  readonly at: string;
}

/** Panel scores of the rounds that are locked: a running round counts for nothing. */
const panelScores = (cycle: Cycle, unitIds: readonly number[]): Sql => sql`
  SELECT j.unit_id AS "unitId", j.item, trim_scale(j.value)::text AS value, j.id, j.at FROM judgements j JOIN cases c ON c.id = j.case_id
  WHERE j.unit_id = ANY (${[...unitIds]}::int[]) AND j.kind = 'observation' AND j.superseded_at IS NULL
    AND j.locked_at IS NOT NULL AND j.value IS NOT NULL AND (c.id = ${cycle.id} OR c.parent_id = ${cycle.id})
  ORDER BY j.unit_id, j.item, j.at, j.id`;

function panelsIn(rows: readonly PanelRow[]) {
  const byUnit = new Map<number, Map<string, { values: string[]; ids: string[]; asOf: string }>>();
  for (const row of rows) {
    const items = byUnit.get(row.unitId) ?? new Map<string, { values: string[]; ids: string[]; asOf: string }>();
    byUnit.set(row.unitId, items);
    const panel = items.get(row.item) ?? { values: [], ids: [], asOf: '' };
    items.set(row.item, panel);
    panel.values.push(row.value);
    panel.ids.push(row.id);
    panel.asOf = new Date(row.at).toISOString().slice(0, 10);
  }
  return byUnit;
}

interface VetoRow {
  readonly unitId: number;
  readonly id: string;
  readonly caseId: string;
}

const vetoesInForce = (cycle: Cycle, unitIds: readonly number[]): Sql => sql`
  SELECT c.unit_id AS "unitId", c.data ->> 'veto' AS id, c.id AS "caseId" FROM cases c
  WHERE c.unit_id = ANY (${[...unitIds]}::int[]) AND c.type = 'veto' AND c.state = 'in-force' AND c.parent_id = ${cycle.id}
  ORDER BY c.opened_at`;

/** What people have said of these units, in one statement: it is asked for at every change of a number. */
async function gatherJudged(rq: Rq, cycle: Cycle, unitIds: readonly number[]) {
  const list = (rows: Sql) => sql`(SELECT coalesce(json_agg(r), '[]') FROM (${rows}) r)`;
  const found = await rq.db.one<{ answers: AnswerRow[]; panels: PanelRow[]; vetoes: VetoRow[] }>(sql`
    SELECT ${list(latestAnswers(cycle, unitIds))} AS answers, ${list(panelScores(cycle, unitIds))} AS panels,
      ${list(vetoesInForce(cycle, unitIds))} AS vetoes`);
  const vetoes = new Map<number, { id: string; caseId: string }[]>();
  for (const { unitId, id, caseId } of found.vetoes)
    vetoes.set(unitId, [...(vetoes.get(unitId) ?? []), { id, caseId }]);
  return { answers: answersIn(found.answers), panels: panelsIn(found.panels), vetoes };
}

type FigureRow = { value: string; asOf: string | null; source: string | null; factId: string | null; records: number };

/**
 * Figures and facts, one call for each period that the standard names: as they are kept, and counted where something has
 * changed since. What has just changed in this transaction is counted in it.
 */
async function gatherFigures(rq: Rq, cycle: Cycle, criteria: readonly Criterion[], unitIds: readonly number[]) {
  const keysByPeriod = new Map<string, Set<string>>();
  for (const { value } of criteria) {
    if (value.kind !== 'figure' && value.kind !== 'fact') continue;
    const period = periodOf(value.period, cycle.data.year);
    keysByPeriod.set(period, (keysByPeriod.get(period) ?? new Set()).add(value.key));
  }
  const found: Periods = new Map();
  const ahead = readAhead.get(rq.db);
  for (const [period, keys] of keysByPeriod) {
    const read = ahead?.get(period);
    if (read && unitIds.every((id) => read.has(id))) found.set(period, read);
    else found.set(period, (await readFigures(asPlatform(rq), [...keys], unitIds, period)).values);
  }
  const of = (unitId: number, key: string, word: string): FigureRow | undefined =>
    found.get(periodOf(word, cycle.data.year))?.get(unitId)?.get(key);
  return { found, of };
}

/**
 * Reads the figures of all these units at once for the rest of this transaction, for whoever lets many branches act in one and
 * changes nothing that a figure counts meanwhile.
 */
export async function readFiguresAhead(
  rq: Rq,
  cycle: Cycle,
  standards: readonly Standard[],
  unitIds: readonly number[],
): Promise<void> {
  const criteria = standards.flatMap(criteriaOf).map(({ criterion }) => criterion);
  readAhead.delete(rq.db);
  readAhead.set(rq.db, (await gatherFigures(rq, cycle, criteria, unitIds)).found);
}

/** Period → unit → key → number. */
type Periods = Map<string, ReadonlyMap<number, ReadonlyMap<string, FigureRow>>>;
const readAhead = new WeakMap<Rq['db'], Periods>();

function inputOfFigure(row: FigureRow): Input {
  const from = row.source ?? `${row.records} 条记录`;
  return {
    value: row.value,
    from,
    asOf: row.asOf,
    opens: row.factId === null ? [] : [{ kind: 'fact', id: row.factId }],
  };
}

/** Every value that a standard asks for, for any number of units, in a handful of statements. */
export async function gatherInputs(
  rq: Rq,
  cycle: Cycle,
  standard: Standard,
  unitIds: readonly number[],
): Promise<Map<number, UnitInputs>> {
  const criteria = criteriaOf(standard).map(({ criterion }) => criterion);
  const { of: figureOf } = await gatherFigures(rq, cycle, criteria, unitIds);
  const { answers, panels, vetoes } = await gatherJudged(rq, cycle, unitIds);
  const known = new Set(standard.vetoes.map((v) => v.id));
  return new Map(
    unitIds.map((unitId) => {
      const values: Record<string, Input> = {};
      for (const criterion of criteria) {
        const input = inputOf(criterion, unitId, { figureOf, answers, panels });
        if (input) values[criterion.id] = input;
      }
      return [unitId, { values, vetoes: (vetoes.get(unitId) ?? []).filter((v) => known.has(v.id)) }];
    }),
  );
}

interface Sources {
  readonly figureOf: (unitId: number, key: string, word: string) => FigureRow | undefined;
  readonly answers: Map<number, AnswersOf>;
  readonly panels: Map<number, Map<string, { values: string[]; ids: string[]; asOf: string }>>;
}

function inputOf(criterion: Criterion, unitId: number, sources: Sources): Input | null {
  const { value } = criterion;
  const counted = sources.answers.get(unitId)?.get(criterion.id);
  if (value.kind === 'check') return counted ? fromAnswer(counted) : null;
  if (value.kind === 'review') {
    const panel = sources.panels.get(unitId)?.get(criterion.id) ?? sources.panels.get(unitId)?.get(value.key);
    if (!panel) return null;
    const opens = panel.ids.map((id) => ({ kind: 'judgement', id }));
    return { value: panel.values, from: `观摩评议 ${panel.values.length} 人`, asOf: panel.asOf, opens };
  }
  // A number that was returned as wrong counts for nothing until its source is corrected or the return is withdrawn.
  if (counted?.returned) return null;
  const row = sources.figureOf(unitId, value.key, value.period);
  return row ? inputOfFigure(row) : null;
}

/** What the engine reads: values without where they came from. */
export function scalarsOfInputs(inputs: UnitInputs): Record<string, Scalar | readonly Scalar[]> {
  return Object.fromEntries(Object.entries(inputs.values).map(([id, input]) => [id, input.value]));
}
