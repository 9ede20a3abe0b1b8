import { type DutyData, dutyData } from '../../../../domain/stars/kinds-after.ts';
import { sql, visible } from '../../../platform/db/sql.ts';
import type { Rq } from '../../../platform/rq.ts';
import { openCase } from '../../../records/cases/index.ts';
import type { Cycle } from '../common.ts';
import { ownedByBranch } from './branch-people.ts';

export interface DutyCase {
  readonly id: string;
  readonly unitId: number;
  readonly state: string;
  readonly closed: boolean;
  readonly data: DutyData;
}

/** What was asked of these units in a cycle: duties of the level, guidance, support. One statement for any number of units. */
export async function dutyCases(
  rq: Rq,
  cycleId: string,
  of: { readonly unitIds?: readonly number[]; readonly prefix?: string },
): Promise<DutyCase[]> {
  const units = of.unitIds === undefined ? sql`TRUE` : sql`c.unit_id = ANY (${[...of.unitIds]}::int[])`;
  const prefix = of.prefix === undefined ? sql`TRUE` : sql`c.data ->> 'duty' LIKE ${`${of.prefix}%`}`;
  const rows = await rq.db.many<DutyCase>(sql`
    SELECT c.id, c.unit_id AS "unitId", c.state, c.closed_at IS NOT NULL AS closed, c.data FROM cases c
    WHERE c.type = 'star-duty' AND c.parent_id = ${cycleId} AND ${units} AND ${prefix} AND ${visible(rq, 'c.unit_path')}
    ORDER BY c.opened_at, c.id LIMIT 100000`);
  return rows.map((row) => ({ ...row, data: dutyData.parse(row.data) }));
}

export interface NewDuty {
  readonly unitId: number;
  readonly title: string;
  readonly star?: string | undefined;
  readonly dueOn: string | undefined;
  readonly secretary: { readonly id: string } | undefined;
  readonly data: Partial<DutyData> & Pick<DutyData, 'duty' | 'level'>;
}

export function openDuty(rq: Rq, cycle: Cycle, input: NewDuty) {
  const { unitId, title, star, dueOn, secretary, data } = input;
  return openCase(rq, {
    type: 'star-duty',
    title: title.slice(0, 200),
    unitId,
    star,
    parentId: cycle.id,
    ...ownedByBranch(unitId, secretary),
    dueOn,
    data: { ...data, cycleId: cycle.id },
  });
}
