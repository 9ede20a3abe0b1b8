// The same rules in SQL, in exact integers, for DuckDB and for PostgreSQL: what an engine inside the database would run.
import type { Criterion, Standard } from '../../domain/stars/standard.ts';
import { criteriaOf, fullPoints } from '../../domain/stars/standard.ts';
import { scale } from './data.ts';

export type Dialect = 'duckdb' | 'postgres';

const whole = (value: number): number => Math.round(value * scale);

/** Column types of `units`, the table that holds every value. */
export function unitColumns(standard: Standard, dialect: Dialect): string[] {
  const types = criteriaOf(standard).map(({ criterion }, index) => {
    const small = dialect === 'duckdb' ? 'TINYINT' : 'smallint';
    const type = { levels: small, review: 'INTEGER[]' }[criterion.rule.type as string] ?? 'INTEGER';
    return `c${index} ${type}`;
  });
  return [
    'u INTEGER',
    'township INTEGER',
    'county INTEGER',
    ...types,
    ...standard.vetoes.map((_, at) => `v${at} BOOLEAN`),
  ];
}

/** One statement that scores, grades and ranks every unit. */
export function scoringSql(standard: Standard, dialect: Dialect): string {
  const criteria = criteriaOf(standard).map(({ criterion }) => criterion);
  const numberOf = new Map(criteria.map((criterion, index) => [criterion.id, index]));
  const ranks = criteria.flatMap((criterion, index) => rankTable(criterion, index));
  const vetoes = standard.vetoes.map((_, at) => `v${at}`);
  const points = criteria.map((criterion, index) => `${pointsSql(criterion, index, dialect)} AS p${index}`);
  const ties = standard.tieBreakers.map((id) => `p${numberOf.get(id)}`);
  const stars = standard.stars.map((star, s) => {
    const own = star.criteria.map((criterion) => ({ criterion, p: `p${numberOf.get(criterion.id)}` }));
    const full = fullPoints(star);
    const earned = own.map(({ p }) => `coalesce(${p}, 0)`).join(' + ');
    const removed = own
      .filter(({ criterion }) => criterion.optional)
      .map(({ criterion, p }) => `CASE WHEN ${p} IS NULL THEN ${criterion.points} ELSE 0 END`);
    const musts = own
      .filter(({ criterion }) => criterion.must !== undefined)
      .map(({ criterion, p }) =>
        criterion.optional ? `(${p} IS NULL OR ${p} >= ${criterion.must})` : `coalesce(${p}, 0) >= ${criterion.must}`,
      );
    return {
      s,
      full,
      earned,
      removed: removed.join(' + ') || '0',
      musts: musts.join(' AND ') || 'true',
      pass: star.pass,
    };
  });
  const divide = dialect === 'duckdb' ? '//' : '/';
  const scaled = ({ s, full }: { s: number; full: number }): string =>
    `CASE WHEN r${s} = 0 THEN e${s} WHEN r${s} = ${full} THEN 0 ELSE (2 * e${s}::BIGINT * ${full} + (${full} - r${s})) ${divide} (2 * (${full} - r${s})) END`;
  const vetoed = (id: string): string =>
    standard.vetoes.flatMap((veto, at) => (veto.scope === 'all' || veto.scope === id ? [`v${at}`] : [])).join(' OR ') ||
    'false';
  const free = standard.stars.map(
    (star, s) => `(s${s} >= ${star.pass} AND m${s} AND NOT (${vetoed(star.id)})) AS f${s}`,
  );
  const held = standard.stars.map((star, s) => {
    const required = star.requires.map((id) => `f${standard.stars.findIndex((one) => one.id === id)}`);
    return `(${[`f${s}`, ...required].join(' AND ')}) AS h${s}`;
  });
  const each = (name: string): string => standard.stars.map((_, s) => `${name}${s}`).join(', ');
  // PostgreSQL would otherwise copy each expression into every place that names it.
  const as = dialect === 'postgres' ? 'AS MATERIALIZED' : 'AS';
  return `WITH placed ${as} (SELECT * FROM units${ranks.join('')}),
pointed ${as} (SELECT u, ${vetoes.join(', ')}, ${points.join(',\n')} FROM placed),
summed ${as} (SELECT u, ${[...vetoes, ...ties].join(', ')}, ${stars
    .map((star) => `${star.earned} AS e${star.s}, ${star.removed} AS r${star.s}, (${star.musts}) AS m${star.s}`)
    .join(',\n')} FROM pointed),
starred ${as} (SELECT *, ${stars.map((star) => `${scaled(star)} AS s${star.s}`).join(', ')} FROM summed),
judged ${as} (SELECT *, ${free.join(', ')} FROM starred),
settled ${as} (SELECT *, ${held.join(', ')} FROM judged),
graded ${as} (SELECT u, ${ties.join(', ')}, ${each('s')}, ${each('h')},
  ${standard.stars.map((_, s) => `h${s}::INTEGER`).join(' + ')} AS level, ${standard.stars.map((_, s) => `s${s}`).join(' + ')} AS total FROM settled)
SELECT u, level::INTEGER AS level, total::INTEGER AS total, (rank() OVER (ORDER BY level DESC, total DESC${ties
    .map((tie) => `, coalesce(${tie}, 0) DESC`)
    .join(
      '',
    )}))::INTEGER AS rank, ${standard.stars.map((_, s) => `s${s}::INTEGER AS s${s}, h${s}`).join(', ')} FROM graded`;
}

/** Ranked beside the wide table and joined back: a window over all columns would sort a hundred of them each time. */
function rankTable({ rule }: Criterion, index: number): string[] {
  if (rule.type !== 'rank') return [];
  const part = rule.peers === 'all' ? '' : `PARTITION BY ${rule.peers}`;
  const order = `ORDER BY c${index} ${rule.lower ? 'DESC' : 'ASC'} NULLS LAST`;
  return [
    `\nJOIN (SELECT u, rank() OVER (${part} ${order}) - 1 AS w${index}, count(c${index}) OVER (${part}) AS n${index} FROM units) AS k${index} USING (u)`,
  ];
}

function pointsSql({ rule, points: full }: Criterion, index: number, dialect: Dialect): string {
  const v = `c${index}`;
  const divide = dialect === 'duckdb' ? '//' : '/';
  switch (rule.type) {
    case 'linear': {
      const way = rule.to > rule.from ? `(${v} - ${whole(rule.from)})` : `(${whole(rule.from)} - ${v})`;
      const length = Math.abs(whole(rule.to) - whole(rule.from));
      return `CASE WHEN ${way} <= 0 THEN 0 WHEN ${way} >= ${length} THEN ${full} ELSE (${2 * full} * ${way} + ${length}) ${divide} ${2 * length} END`;
    }
    case 'steps': {
      const cases = rule.steps.toReversed().map((step) => `WHEN ${v} >= ${whole(step.at)} THEN ${step.points}`);
      return `CASE ${cases.join(' ')} WHEN ${v} IS NULL THEN NULL ELSE 0 END`;
    }
    case 'steps-down': {
      const cases = rule.steps.map((step) => `WHEN ${v} <= ${whole(step.at)} THEN ${step.points}`);
      return `CASE ${cases.join(' ')} WHEN ${v} IS NULL THEN NULL ELSE 0 END`;
    }
    case 'yes':
      return `CASE ${v} WHEN ${scale} THEN ${full} WHEN 0 THEN 0 END`;
    case 'levels':
      return `CASE ${v} ${Object.values(rule.levels)
        .map((points, code) => `WHEN ${code} THEN ${points}`)
        .join(' ')} END`;
    case 'review': {
      const { sum, count } = panelSql(rule.combine, v, dialect);
      const max = whole(rule.max);
      return `(2 * ${full}::BIGINT * (${sum}) + ${max}::BIGINT * (${count})) ${divide} (2 * ${max}::BIGINT * (${count}))`;
    }
    case 'rank': {
      const cases = rule.steps
        .toReversed()
        .map((step) => `WHEN n${index} = 1 OR w${index} * 100 >= ${step.at} * (n${index} - 1) THEN ${step.points}`);
      return `CASE WHEN ${v} IS NULL THEN NULL ${cases.join(' ')} ELSE 0 END`;
    }
  }
}

function panelSql(combine: 'mean' | 'trimmed' | 'median', v: string, dialect: Dialect): { sum: string; count: string } {
  const duckdb = dialect === 'duckdb';
  const count = duckdb ? `len(${v})` : `cardinality(${v})`;
  const all = (of: string): string =>
    duckdb ? `list_${of}(${v})::BIGINT` : `(SELECT ${of}(x) FROM unnest(${v}) x)::BIGINT`;
  if (combine === 'mean') return { sum: all('sum'), count };
  if (combine === 'trimmed') {
    return {
      sum: `CASE WHEN ${count} >= 5 THEN ${all('sum')} - ${all('min')} - ${all('max')} ELSE ${all('sum')} END`,
      count: `CASE WHEN ${count} >= 5 THEN ${count} - 2 ELSE ${count} END`,
    };
  }
  // The middle one twice, or the two in the middle.
  const sorted = duckdb ? `list_sort(${v})` : `(ARRAY(SELECT x FROM unnest(${v}) x ORDER BY x))`;
  const half = duckdb ? '//' : '/';
  return {
    sum: `CASE WHEN ${v} IS NOT NULL THEN (${sorted})[(${count} + 1) ${half} 2] + (${sorted})[${count} ${half} 2 + 1] END`,
    count: '2',
  };
}
