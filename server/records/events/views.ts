import { findWorkflow } from '../../../domain/records/cases/all.ts';
import type { AgendaItem } from '../../../domain/records/events/index.ts';
import { all, sql, type Sql, under } from '../../platform/db/sql.ts';
import { may, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { itemOf as caseItem, listCases } from '../cases/index.ts';
import { type EventRow, kindOf, readable } from './rows.ts';
import * as store from './store.ts';

interface ViewRow extends store.ItemRow {
  readonly unitName: string | null;
  readonly taskState: string | null;
  readonly taskOwner: string | null;
  readonly taskDue: string | null;
  readonly taskClosed: boolean | null;
  readonly taskOverdue: boolean | null;
}

/** Items with what became of their decisions. A task that the reader may not see (RLS) is there without its state. */
const viewColumns = (rq: Rq): Sql => sql`${store.itemColumns}, iu.name AS "unitName", c.state AS "taskState",
  coalesce(cp.name, cu.name) AS "taskOwner", c.due_on AS "taskDue", c.closed_at IS NOT NULL AS "taskClosed",
  coalesce(c.closed_at IS NULL AND c.due_on < ${dayOf(rq.now)}::date, false) AS "taskOverdue"`;

/** The cases that items are about, as the reader may see them. */
async function aboutOf(rq: Rq, rows: readonly ViewRow[]): Promise<Map<string, AgendaItem['about']>> {
  const ids = [...new Set(rows.flatMap((r) => r.aboutCaseId ?? []))];
  if (ids.length === 0) return new Map();
  const { items } = await listCases(rq, { ids, limit: ids.length, offset: 0 });
  return new Map(
    items.map((row) => {
      const c = caseItem(rq, row);
      const { stateWords, dueOn, light } = c;
      const about = { stateWords, dueOn, light, carriedTo: c.escalated?.unitName ?? null };
      return [row.id, { ...about, ownerName: row.ownerName ?? row.ownerUnitName }];
    }),
  );
}
const viewJoins = sql`LEFT JOIN units iu ON iu.id = i.unit_id LEFT JOIN cases c ON c.id = i.task_id
  LEFT JOIN people cp ON cp.id = c.owner_person_id LEFT JOIN units cu ON cu.id = c.owner_unit_id`;

function itemView(r: ViewRow, about: ReadonlyMap<string, AgendaItem['about']>): AgendaItem {
  const state = r.taskState === null ? undefined : findWorkflow('task')?.states[r.taskState];
  return {
    ...r,
    paper: r.data.paper ?? null,
    about: about.get(r.aboutCaseId ?? '') ?? null,
    task:
      r.taskId === null || r.taskState === null
        ? null
        : {
            id: r.taskId,
            state: r.taskState,
            stateWords: state?.words ?? { zh: r.taskState, en: r.taskState },
            ownerName: r.taskOwner,
            dueOn: r.taskDue,
            closed: r.taskClosed === true,
            overdue: r.taskOverdue === true,
          },
  };
}

export const itemOf = (e: EventRow) => ({ ...e, kindWords: kindOf(e).words });

export async function viewOf(rq: Rq, e: EventRow) {
  const rows = await rq.db.many<ViewRow>(sql`
    SELECT ${viewColumns(rq)} FROM event_items i JOIN events e ON e.id = i.event_id ${viewJoins}
    WHERE i.event_id = ${e.id} AND ${readable(rq)} ORDER BY i.position`);
  const about = await aboutOf(rq, rows);
  return {
    ...itemOf(e),
    agenda: rows.map((r) => itemView(r, about)),
    parts: await store.countParts(rq, e.id),
    mayRecord: may(rq, kindOf(e).verb, e.unitPath, e.star ?? undefined),
  };
}

export interface ItemSearch {
  readonly underPath?: string | undefined;
  readonly kind?: string | undefined;
  readonly standing?: string | undefined;
  readonly unitId?: number | undefined;
  readonly star?: string | undefined;
  readonly state?: store.ItemRow['state'] | undefined;
  readonly unresolved?: boolean | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Items of held events: which reports were heard, what was decided, and what is still open of it. */
export async function listHeldItems(rq: Rq, s: ItemSearch) {
  const where = all([
    readable(rq),
    sql`e.state = 'held'`,
    s.underPath !== undefined && under('e.unit_path', s.underPath),
    s.kind !== undefined && sql`e.kind = ${s.kind}`,
    s.standing !== undefined && sql`i.standing = ${s.standing}`,
    s.unitId !== undefined && sql`i.unit_id = ${s.unitId}`,
    s.star !== undefined && sql`i.star = ${s.star}`,
    s.state !== undefined && sql`i.state = ${s.state}`,
    s.unresolved === true && sql`i.task_id IS NOT NULL AND c.closed_at IS NULL`,
    s.unresolved === false && sql`(i.task_id IS NULL OR c.closed_at IS NOT NULL)`,
    s.from !== undefined && sql`e.on_day >= ${s.from}::date`,
    s.to !== undefined && sql`e.on_day <= ${s.to}::date`,
  ]);
  const from = sql`FROM event_items i JOIN events e ON e.id = i.event_id JOIN units h ON h.id = e.unit_id ${viewJoins} WHERE ${where}`;
  const { total } = await rq.db.one<{ total: number }>(sql`SELECT count(*)::int AS total ${from}`);
  const rows = await rq.db.many<
    ViewRow & { eventId: string; eventTitle: string; hostName: string; onDay: string }
  >(sql`SELECT ${viewColumns(rq)}, e.id AS "eventId", e.title AS "eventTitle", h.name AS "hostName", e.on_day AS "onDay" ${from}
    ORDER BY e.on_day DESC, e.id, i.position LIMIT ${s.limit} OFFSET ${s.offset}`);
  const about = await aboutOf(rq, rows);
  return {
    total,
    items: rows.map((r) => ({
      ...itemView(r, about),
      eventId: r.eventId,
      eventTitle: r.eventTitle,
      hostName: r.hostName,
      onDay: r.onDay,
    })),
  };
}
