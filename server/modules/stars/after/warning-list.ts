import { warningData } from '../../../../domain/stars/kinds-after.ts';
import { criteriaOf } from '../../../../domain/stars/standard.ts';
import { all, sql, under, visible } from '../../../platform/db/sql.ts';
import type { Rq } from '../../../platform/rq.ts';
import { getUnit } from '../../../records/units/index.ts';
import { shareCriteria } from '../../../records/standards/index.ts';
import { type Cycle, getCycle, standardFor } from '../common.ts';
import { type Mini, minisOf } from '../minis.ts';

export interface WarningSearch {
  readonly cycleId?: string | undefined;
  readonly under?: number | undefined;
  readonly open?: 'true' | 'false' | undefined;
  readonly limit: number;
  readonly offset: number;
}

interface Row {
  readonly id: string;
  readonly cycleId: string;
  readonly scheme: string | null;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly data: unknown;
}

export async function listWarnings(rq: Rq, s: WarningSearch) {
  const root = s.under === undefined ? undefined : await getUnit(rq, s.under);
  const where = all([
    visible(rq, 'c.unit_path'),
    sql`c.type = 'warning'`,
    s.cycleId && sql`c.parent_id = ${s.cycleId}`,
    root && under('c.unit_path', root.path),
    s.open && (s.open === 'true' ? sql`c.closed_at IS NULL` : sql`c.closed_at IS NOT NULL`),
  ]);
  const { count } = await rq.db.one<{ count: number }>(sql`SELECT count(*)::int AS count FROM cases c WHERE ${where}`);
  const rows = await rq.db.many<Row>(sql`
    SELECT c.id, c.parent_id AS "cycleId", u.scheme, c.opened_at AS "openedAt", c.closed_at AS "closedAt", c.data
    FROM cases c JOIN units u ON u.id = c.unit_id WHERE ${where}
    ORDER BY c.closed_at IS NOT NULL, c.opened_at DESC, c.unit_path, c.id LIMIT ${s.limit} OFFSET ${s.offset}`);
  const ids = rows.map((row) => row.id);
  const minis = await minisOf(rq, ids);
  const remedies = await remediesOf(rq, ids);
  const cycles = new Map<string, Cycle>();
  const items = [];
  for (const row of rows) {
    const cycle = cycles.get(row.cycleId) ?? (await getCycle(rq, row.cycleId));
    cycles.set(row.cycleId, cycle);
    items.push(await itemOf(rq, row, cycle, minis.get(row.id)!, remedies.get(row.id) ?? []));
  }
  return { items, total: count };
}

async function remediesOf(rq: Rq, warnings: readonly string[]): Promise<Map<string, Mini[]>> {
  if (warnings.length === 0) return new Map();
  const rows = await rq.db.many<{ id: string; warningId: string }>(sql`
    SELECT c.id, c.parent_id AS "warningId" FROM cases c
    WHERE c.parent_id = ANY (${[...warnings]}::uuid[]) AND c.type = 'task' AND ${visible(rq, 'c.unit_path')}
    ORDER BY c.opened_at, c.id`);
  const minis = await minisOf(
    rq,
    rows.map((row) => row.id),
  );
  const found = new Map<string, Mini[]>();
  for (const row of rows) {
    const mini = minis.get(row.id);
    if (mini) found.set(row.warningId, [...(found.get(row.warningId) ?? []), mini]);
  }
  return found;
}

async function itemOf(rq: Rq, row: Row, cycle: Cycle, mini: Mini, remedies: Mini[]) {
  const data = warningData.parse(row.data);
  const standard = await standardFor(rq, cycle, row.scheme);
  const texts = new Map(standard ? criteriaOf(standard).map(({ criterion }) => [criterion.id, criterion.text]) : []);
  const shares = standard ? shareCriteria(standard) : new Set<string>();
  return {
    ...mini,
    cycleId: cycle.id,
    raisedAt: row.openedAt,
    clearedAt: row.closedAt,
    held: data.star,
    starName: standard?.stars.find((star) => star.id === data.star)?.name ?? { zh: data.star },
    reasons: data.reasons,
    way: data.criteria.map((c) => ({
      ...c,
      text: texts.get(c.criterion) ?? { zh: c.criterion },
      share: shares.has(c.criterion),
    })),
    remedies,
    sample: cycle.data.sample,
  };
}
