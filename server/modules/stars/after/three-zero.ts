import { threeZeroSetData } from '../../../../domain/stars/kinds-after.ts';
import {
  eventReason,
  sampleZeroes,
  threeZeroRule,
  type Zero,
  zeroesReason,
  zeroHolds,
} from '../../../../domain/stars/three-zero.ts';
import { sql, under, visible } from '../../../platform/db/sql.ts';
import { check } from '../../../platform/errors.ts';
import { mustHold, type Rq } from '../../../platform/rq.ts';
import { dayOf } from '../../../platform/time.ts';
import { addWorkdays } from '../../../records/calendar/index.ts';
import { openCase, takeStep } from '../../../records/cases/index.ts';
import { refusePersonalData } from '../../../records/publications/index.ts';
import { getUnit } from '../../../records/units/index.ts';
import { following, seenOrOpened } from '../common.ts';
import { miniOf } from '../minis.ts';

/** Workdays in which an event is to be solved when no day is named. */
const solveWorkdays = 10;

interface Set3 {
  readonly id: string;
  readonly zeroes: readonly Zero[];
  readonly document: { readonly title: string; readonly number: string };
}

/** The set in force nearest above a unit; it is opened to those below, so a branch reads its county's. */
async function zeroSet(rq: Rq, path: string): Promise<Set3 | null> {
  const chain: string[] = [];
  for (let at = path.indexOf('.'); at !== -1; at = path.indexOf('.', at + 1)) chain.push(path.slice(0, at + 1));
  const row = await rq.db.find<{ id: string; data: unknown }>(sql`
    SELECT c.id, c.data FROM cases c WHERE c.type = 'three-zero-set' AND c.state = 'in-force' AND ${seenOrOpened(rq)}
      AND c.unit_path = ANY (${chain}::text[]) ORDER BY c.unit_path DESC LIMIT 1`);
  return row ? { id: row.id, ...threeZeroSetData.parse(row.data) } : null;
}

export async function setThreeZero(
  rq: Rq,
  input: { unitId: number; zeroes: readonly Zero[]; document: { title: string; number: string } },
) {
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, 'stars.plan', unit.path);
  check(zeroesReason(input.zeroes));
  const old = await rq.db.many<{ id: string }>(sql`
    SELECT id FROM cases WHERE type = 'three-zero-set' AND state = 'in-force' AND unit_id = ${unit.id}`);
  for (const { id } of old) await takeStep(following(rq), id, 'supersede');
  const { zeroes, document } = input;
  const c = await openCase(rq, {
    type: 'three-zero-set',
    title: `${unit.name}“三零”设定`,
    unitId: unit.id,
    data: { zeroes: [...zeroes], document },
  });
  return { id: c.id, zeroes: [...zeroes], document };
}

/** Events of a year in a unit and below it. Late: unsolved past its day, or solved after it. */
async function countsOf(rq: Rq, path: string, year: number): Promise<Map<string, { events: number; late: number }>> {
  const today = dayOf(rq.now);
  const rows = await rq.db.many<{ zero: string; events: number; late: number }>(sql`
    SELECT c.data ->> 'zero' AS zero, count(*)::int AS events, count(*) FILTER (WHERE c.due_on <
      coalesce((c.closed_at AT TIME ZONE 'Asia/Shanghai')::date, ${today}::date))::int AS late
    FROM cases c WHERE ${visible(rq, 'c.unit_path')} AND ${under('c.unit_path', path)} AND c.type = 'three-zero-event'
      AND c.data ->> 'happenedOn' LIKE ${`${year}-%`} GROUP BY 1`);
  return new Map(rows.map(({ zero, events, late }) => [zero, { events, late }]));
}

export async function showThreeZero(rq: Rq, unitId: number, year = Number(dayOf(rq.now).slice(0, 4))) {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'stars.read', unit.path);
  const decided = await zeroSet(rq, unit.path);
  const counts = await countsOf(rq, unit.path, year);
  const parent = unit.parentId === null ? null : await getUnit(rq, unit.parentId);
  const zeroes = (decided?.zeroes ?? sampleZeroes).map((zero) => {
    const count = counts.get(zero.id) ?? { events: 0, late: 0 };
    return { ...zero, ...count, status: zeroHolds(zero, count) };
  });
  return {
    unit: {
      unitId: unit.id,
      unitName: unit.name,
      parentId: unit.parentId,
      parentName: parent?.name ?? '',
      scheme: unit.scheme,
    },
    year,
    sample: decided === null,
    document: decided?.document ?? null,
    rule: threeZeroRule,
    zeroes,
    held: zeroes.every((zero) => zero.status),
    pointsCost: 0 as const,
  };
}

interface Event {
  readonly zero: string;
  readonly happenedOn: string;
  readonly summary: string;
  readonly dueOn?: string | undefined;
}

/** Logs what happened and where, never who: numbers of people are refused in the text. */
export async function logThreeZero(rq: Rq, unitId: number, input: Event) {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'cases.write', unit.path);
  const { zeroes } = (await zeroSet(rq, unit.path)) ?? { zeroes: sampleZeroes };
  const today = dayOf(rq.now);
  check(eventReason(zeroes, input, today));
  refusePersonalData({ title: '', body: { summary: input.summary } });
  const name = zeroes.find((z) => z.id === input.zero)!.words.zh;
  const { zero, happenedOn, summary } = input;
  const c = await openCase(rq, {
    type: 'three-zero-event',
    title: `${name}：${summary}`.slice(0, 200),
    unitId,
    star: 'safety',
    ownerUnitId: unitId,
    dueOn: input.dueOn ?? (await addWorkdays(rq, today, solveWorkdays)).day,
    data: { zero, happenedOn, summary },
  });
  return miniOf(rq, c);
}
