import { randomUUID } from 'node:crypto';
import { json, sql } from '../../server/platform/db/sql.ts';
import type { Rq } from '../../server/platform/rq.ts';
import { grant } from '../../server/records/designations/index.ts';
import type { World } from './world.ts';

/** Puts a standard into the database as published; the module's own tests show how one gets there. */
export async function placeStandard(rq: Rq, id: string, scheme: 'rural' | 'urban'): Promise<void> {
  await rq.db
    .run(sql`INSERT INTO standards (id, version, scheme, title, sample, effective_from, body, source_text, state, published_at)
    VALUES (${id}, '1', ${scheme}, ${json({ zh: id, en: id })}::jsonb, true, '2026-01-01', '{}', '', 'published', ${rq.now})
    ON CONFLICT DO NOTHING`);
}

/** A cycle of the county in a state of its own choosing, for tests of what follows it. */
export async function placeCycle(rq: Rq, county: number, state: string, year = 2026): Promise<string> {
  const id = randomUUID();
  const data = {
    year,
    standards: { rural: { id: 'sample-rural', version: '1' }, urban: null },
    sample: true,
    publicityDays: 5,
    approversNeeded: 2,
    deadlines: {},
  };
  await placeStandard(rq, 'sample-rural', 'rural');
  await rq.db
    .run(sql`INSERT INTO cases (id, type, state, title, unit_id, unit_path, opened_at, changed_at, open_below, data)
    SELECT ${id}, 'cycle', ${state}, ${`${year} 年度创建`}, id, unit_path, ${rq.now}, ${rq.now}, true, ${json(data)}::jsonb
    FROM units WHERE id = ${county}`);
  return id;
}

export interface Placed {
  readonly unitId: number;
  readonly level: number;
  readonly target?: number;
  readonly stretch?: number | null;
}

/** A candidacy with its result, and the stars it won. */
export async function placeResult(rq: Rq, world: World, cycleId: string, p: Placed): Promise<string> {
  const id = randomUUID();
  const data = {
    targetLevel: p.target ?? p.level,
    targetStars: [],
    stretchLevel: p.stretch ?? null,
    origin: 'planned',
    commitments: '',
    isNew: true,
    result: { level: p.level, targetMet: p.level >= (p.target ?? p.level), stretchMet: null },
  };
  await rq.db
    .run(sql`INSERT INTO cases (id, type, state, title, unit_id, unit_path, parent_id, opened_at, changed_at, closed_at, data)
    SELECT ${id}, 'candidacy', ${p.level > 0 ? 'named' : 'not-named'}, name, id, unit_path, ${cycleId}, ${rq.now}, ${rq.now}, ${rq.now},
      ${json(data)}::jsonb FROM units WHERE id = ${p.unitId}`);
  const common = {
    unitId: p.unitId,
    grantedByUnitId: world.units.county,
    grantor: '示例县',
    grantedOn: '2026-01-15',
    basis: '测试命名',
    data: { cycleId, sample: true },
  };
  for (const star of ['branch', 'industry', 'ecology', 'safety', 'civility'].slice(0, p.level))
    await grant(rq, { ...common, kind: 'star', star });
  if (p.level > 0) await grant(rq, { ...common, kind: 'star-branch', level: p.level });
  return id;
}
