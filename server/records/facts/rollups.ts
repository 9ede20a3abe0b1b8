import {
  type Either,
  eitherOf,
  eithersIn,
  type Expr,
  figures,
  isFigure,
  isLeaf,
  isMetric,
  type Leaf,
  metrics,
  type MetricKey,
  partsOf,
  type RecordKind,
  type Span,
  spanBefore,
  type UnitsWhere,
} from '../../../domain/records/facts/index.ts';
import { definitionOf } from '../../../domain/records/facts/definition.ts';
import { labelWords } from '../../../domain/records/facts/kind-words.ts';
import { measuredTypes, type UnitType } from '../../../domain/records/units/index.ts';
import type { Words } from '../../../domain/words.ts';
import { sql, type Sql, under } from '../../platform/db/sql.ts';
import { invalid, notFound } from '../../platform/errors.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { readableUnit } from './actions.ts';
import { unitsMeeting } from './below.ts';
import { countedHolders } from './beside.ts';
import { baseSpans } from './evaluate.ts';
import { chosenFacts, countedRecords, dayAt, leafRecords, reachingFacts, spanOf, takes } from './leaves.ts';
import { pagesOf } from './pages.ts';
import { type Read, readFigures } from './reading.ts';
import { type IsSmall, smallCells } from './small.ts';
import { exprValues, figureValues, summedMetrics, type Value } from './values.ts';

function checkKeys(keys: readonly string[]): void {
  const unknown = keys.filter((k) => !isFigure(k));
  if (unknown.length > 0)
    throw invalid(
      unknown.map((k) => ({
        path: 'query.keys',
        message: { zh: `没有指标“${k.slice(0, 60)}”`, en: `There is no figure “${k.slice(0, 60)}”` },
      })),
    );
}

/** A value as a page reads it, with when it was counted. */
function shownIn({ read, small }: { read: Read; small: IsSmall }, unitId: number, key: string) {
  const { at, waiting } = read.counted(unitId, key);
  const told = small(unitId, key) ? { key, ...blank, small: true } : shown(key, read.values.get(unitId)?.get(key));
  return { ...told, countedAt: at.toISOString(), waiting };
}

const blank = { value: null, small: false, records: 0, asOf: null, asOfFirst: null, source: null, sources: 0 };

function shown(key: string, value: Value | undefined) {
  if (!value) return { key, ...blank };
  const { value: v, records, asOf, asOfFirst, source, sources } = value;
  return { key, value: v, small: false, records, asOf, asOfFirst, source: sources === 1 ? source : null, sources };
}

/** The direct parts of a unit in a period: those below it now, and those that were when their numbers were counted. */
async function unitsIn(rq: Rq, unitId: number, keys: readonly string[], span: Span) {
  const metricKeys = [...new Set(keys.flatMap(summedMetrics))];
  const facts = metricKeys.length > 0 ? await chosenFacts(rq, { ids: [unitId] }, metricKeys, span) : null;
  const counted = facts
    ? sql`SELECT DISTINCT split_part(substr(f.counted_path, length(w.path) + 1), '.', 1) AS s
        FROM (${facts}) c JOIN facts f ON f.id = c.id JOIN unit_paths(ARRAY[${unitId}]::int[]) w ON f.counted_path ^@ w.path`
    : sql`SELECT NULL::text AS s`;
  return rq.db.many<{ unitId: number; name: string | null; type: UnitType | null }>(sql`
    WITH parts AS (SELECT s::int AS id FROM (${counted}) c WHERE s <> ''
      UNION SELECT id FROM units WHERE parent_id = ${unitId} AND valid_to IS NULL)
    SELECT p.id AS "unitId", u.name, u.type FROM parts p LEFT JOIN units u ON u.id = p.id ORDER BY u.pinyin, p.id LIMIT 1000`);
}

/** Villages and communities below that have no record where the figure needs one. */
async function missingFor(rq: Rq, path: string, key: string, period: string) {
  const span = spanOf(rq, period);
  const needed = summedMetrics(key);
  if (needed.length === 0) return [];
  const at = dayAt(rq, span);
  const has = (metric: MetricKey): Sql => sql`EXISTS (SELECT 1 FROM facts f WHERE f.superseded_at IS NULL
    AND f.metric = ${metric} AND f.period LIKE ${span.period + '%'}
    AND (f.unit_id = ANY (string_to_array(v.unit_path, '.', '')::int[])
      OR (f.counted_path >= v.unit_path AND f.counted_path < left(v.unit_path, -1) || '/')))`;
  const lacking = needed.map((m) => sql`NOT ${has(m)}`).reduce((a, b) => sql`${a} OR ${b}`);
  const rows = await rq.db.many<{ unitId: number; name: string }>(sql`
    SELECT v.unit_id AS "unitId", v.name FROM unit_versions v
    WHERE ${under('v.unit_path', path)} AND v.type = ANY (${[...measuredTypes]}::text[])
      AND v.valid_from <= ${at}::date AND (v.valid_to IS NULL OR v.valid_to > ${at}::date) AND (${lacking})
    ORDER BY v.unit_path LIMIT 5000`);
  if (eithersIn(figures[key]!.expr).length === 0) return rows;
  // Whose records answer needs nothing typed.
  const ids = rows.map((r) => r.unitId);
  const { values } = await readFigures(rq, [key], ids, period, { orLast: true });
  return rows.filter(({ unitId }) => !values.get(unitId)?.has(key));
}

const missingShown = 20;

export async function showValues(
  rq: Rq,
  unitId: number,
  query: {
    keys: readonly string[];
    period: string;
    children?: boolean | undefined;
    missing?: boolean | undefined;
  },
) {
  checkKeys(query.keys);
  const unit = await readableUnit(rq, unitId);
  const span = spanOf(rq, query.period);
  const told = async (read: Read) => ({ read, small: await smallCells(rq, read.values) });
  const own = await told(await readFigures(rq, query.keys, [unitId], query.period, { orLast: true }));
  const values = [];
  for (const key of query.keys) {
    const missing = query.missing === false ? [] : await missingFor(rq, unit.path, key, query.period);
    values.push({
      ...shownIn(own, unitId, key),
      missingCount: missing.length,
      missing: missing.slice(0, missingShown),
    });
  }
  const children = [];
  if (query.children) {
    const parts = await unitsIn(rq, unitId, query.keys, span);
    const ids = parts.map((p) => p.unitId);
    const of = await told(await readFigures(rq, query.keys, ids, query.period, { within: unitId, orLast: true }));
    for (const p of parts)
      children.push({
        ...p,
        name: p.name ?? `#${p.unitId}`,
        values: query.keys.map((key) => shownIn(of, p.unitId, key)),
      });
  }
  return { unitId, period: query.period, values, children };
}

interface Part {
  readonly words: Words;
  readonly leaf: Leaf | UnitsWhere;
  readonly span: Span;
  /** A typed number counts only where nothing of the same is counted. */
  readonly either?: Either;
}

/** The counted parts of a figure in the order of its definition. */
function partsOfFigure(expr: Expr, span: Span, today: string): Part[] {
  const before = spanBefore(today, span);
  const of = (part: Expr, one = span) => partsOfFigure(part, one, today);
  if (expr.of === 'before') return of(expr.part, before);
  if (expr.of === 'growth') {
    const since = expr.sinceYear ? of(expr.sinceYear) : [];
    return [...of(expr.part), ...baseSpans(expr, span, today).flatMap((one) => of(expr.part, one)), ...since];
  }
  if (expr.of === 'change') return [...of(expr.part), ...of(expr.part, before)];
  if (expr.of === 'streak') return of(expr.part);
  if (isLeaf(expr) || expr.of === 'units-where') return [{ words: definitionOf(expr), leaf: expr, span }];
  const either = expr.of === 'first' ? eitherOf(expr) : null;
  if (either) return [...of(either.counted), ...of(either.typed).map((part) => ({ ...part, either }))];
  return partsOf(expr).flatMap((part) => of(part));
}

interface Item {
  readonly kind: RecordKind;
  readonly id: string;
  readonly unitId: number;
  readonly unitName: string;
  readonly label: string;
  readonly value: string;
  readonly asOf: string | null;
  readonly source: string | null;
}

/** Units that meet a condition, as rows like any other records. */
async function unitRows(rq: Rq, unitId: number, leaf: UnitsWhere, span: Span): Promise<Sql> {
  const meeting = (await unitsMeeting(rq, { ids: [unitId] }, leaf, span, exprValues(rq))).get(unitId) ?? [];
  const at = dayAt(rq, span);
  return sql`SELECT 'unit' AS kind, m.id::text AS id, m.id AS at_unit, v.name || '：' || m.met AS label,
      ${leaf.take ? sql`m.met::numeric` : sql`1::numeric`} AS value, m.as_of, NULL::text AS source
    FROM unnest(${meeting.map((m) => m.unitId)}::int[], ${meeting.map((m) => m.value.value)}::text[],
      ${meeting.map((m) => m.value.asOf)}::date[]) AS m (id, met, as_of)
    JOIN unit_versions v ON v.unit_id = m.id AND v.valid_from <= ${at}::date AND (v.valid_to IS NULL OR v.valid_to > ${at}::date)`;
}

async function recordsQuery(rq: Rq, unitId: number, { leaf, span, either }: Part): Promise<Sql> {
  const t = { ids: [unitId] };
  if (leaf.of === 'units-where') return unitRows(rq, unitId, leaf, span);
  if (leaf.of === 'records')
    return sql`SELECT kind, id, at_unit, label, amount AS value, as_of, NULL::text AS source FROM (${leafRecords(rq, t, leaf, span)}) c`;
  if (leaf.of === 'fact') {
    const counting = either ? (await countedHolders(rq, t, either, span, exprValues(rq))).counting : [];
    return sql`SELECT 'fact' AS kind, c.id::text AS id, c.holder AS at_unit, c.period AS label, c.value, c.as_of, c.source
      FROM (${await chosenFacts(rq, t, [leaf.metric], span)}) c WHERE c.holder <> ALL (${[...counting]}::int[])`;
  }
  const records =
    leaf.of === 'units-at-least' ? await reachingFacts(rq, t, leaf, span) : countedRecords(rq, t, leaf, span);
  return sql`SELECT kind, id, at_unit, label, 1::numeric AS value, as_of, NULL::text AS source FROM (${records}) c`;
}

/** How a part adds up: what is taken of its records, in the words of SQL. */
function totalOf(leaf: Part['leaf']): Sql {
  if (leaf.of === 'units-where' && leaf.take === 'max') return sql`max(c.amount)`;
  return takes[leaf.of === 'records' ? leaf.take : 'sum'];
}

/** What a number was computed from. The parts add up to what the definition says, record by record. */
export async function showRecords(
  rq: Rq,
  unitId: number,
  key: string,
  query: { period: string; part?: number | undefined; limit: number; offset: number },
) {
  if (!isFigure(key)) throw notFound({ zh: '该指标', en: 'figure' });
  await readableUnit(rq, unitId);
  const figure = figures[key]!;
  const parts = partsOfFigure(figure.expr, spanOf(rq, query.period), dayOf(rq.now));
  // A set number, a year or the length of a catalogue is made of no records: its definition is the whole answer.
  if (parts.length > 0 && !parts[query.part ?? 0]) throw notFound({ zh: '该组成部分', en: 'part' });
  const said = { key, words: figure.words, definition: definitionOf(figure.expr), part: query.part ?? 0 };
  const values = await figureValues(rq, [key], [unitId], query.period);
  const value = values.get(unitId)?.get(key)?.value ?? null;
  if ((await smallCells(rq, values))(unitId, key)) {
    const closed = parts.map((p) => ({ words: p.words, period: p.span.period, value: null, records: 0 }));
    return { ...said, value: null, small: true, parts: closed, total: 0, items: [] };
  }
  if (parts.length === 0) return { ...said, value, small: false, parts: [], total: 0, items: [] };
  const sums = [];
  for (const p of parts) {
    const { value, records } = await rq.db.one<{ value: string | null; records: number }>(
      sql`SELECT trim_scale(${totalOf(p.leaf)})::text AS value, count(*)::int AS records
        FROM (SELECT q.*, q.value AS amount FROM (${await recordsQuery(rq, unitId, p)}) q) c`,
    );
    sums.push({ words: p.words, period: p.span.period, value, records });
  }
  // Where nothing is counted and a typed number answers, the first part has no records to show.
  const n =
    query.part ??
    Math.max(
      0,
      sums.findIndex((s) => s.records > 0),
    );
  const items = await rq.db.many<Item>(sql`
    SELECT r.kind, r.id, r.at_unit AS "unitId", coalesce(u.name, '#' || r.at_unit) AS "unitName", r.label,
      trim_scale(r.value)::text AS value, r.as_of AS "asOf", r.source
    FROM (${await recordsQuery(rq, unitId, parts[n]!)}) r LEFT JOIN units u ON u.id = r.at_unit
    ORDER BY u.unit_path, r.as_of, r.id LIMIT ${query.limit} OFFSET ${query.offset}`);
  const pageOf = await pagesOf(rq, items);
  const shownItems = items.map((item) => ({ ...item, words: labelWords(item.kind, item.label), page: pageOf(item) }));
  return { ...said, part: n, value, small: false, parts: sums, total: sums[n]!.records, items: shownItems };
}

/** The catalogue as a page reads it. */
export function catalogue() {
  return {
    items: Object.entries(figures).map(([key, figure]) => {
      const entered = isMetric(key) ? metrics[key] : null;
      return {
        key,
        words: figure.words,
        unit: figure.unit,
        decimals: figure.decimals,
        scoreEligible: figure.scoreEligible,
        entered: entered !== null,
        kind: entered?.kind ?? null,
        rollup: entered?.rollup ?? null,
        asks: entered?.asks ?? null,
        definition: definitionOf(figure.expr),
      };
    }),
  };
}
