import { figures, smallCell } from '../../../domain/records/facts/index.ts';
import { sql } from '../../platform/db/sql.ts';
import { type Rq, system } from '../../platform/rq.ts';
import { permitted } from './store.ts';
import type { Values } from './values.ts';

/** Where people are served: whoever works there knows them. Every unit above only adds them up. */
const serving = ['village', 'community', 'estate', 'grid', 'building'];

/** Of these units the ones in which the reader works, and so sees how few people a figure is about. */
async function unitsServedBy(rq: Rq, unitIds: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await rq.db.many<{ id: number; path: string }>(sql`
    SELECT u.id, u.unit_path AS path FROM units u WHERE u.id = ANY (${[...unitIds]}::int[]) AND u.type = ANY (${serving}::text[])
      AND ${permitted(rq, 'facts.read', ['u.unit_path'])}`);
  const reads = rq.actor.grants.filter((g) => g.verb === 'facts.read').map((g) => g.path);
  return new Set(rows.filter(({ path }) => reads.some((at) => at.startsWith(path))).map(({ id }) => id));
}

export type IsSmall = (unitId: number, key: string) => boolean;

const never: IsSmall = () => false;

/**
 * Which of these values are told as «fewer than five»: figures about so few people, to a reader from outside the unit that
 * serves them. The platform itself, which adds and scores, reads them as they are.
 */
export async function smallCells(rq: Rq, values: Values): Promise<IsSmall> {
  if (rq.actor === system) return never;
  const few = [...values].filter(([, of]) => [...of].some(([key, v]) => smallCell(figures[key]!, v.value)));
  if (few.length === 0) return never;
  const own = await unitsServedBy(
    rq,
    few.map(([id]) => id),
  );
  return (unitId, key) => {
    const value = values.get(unitId)?.get(key);
    return value !== undefined && smallCell(figures[key]!, value.value) && !own.has(unitId);
  };
}
