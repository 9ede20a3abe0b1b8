import { decisionReason } from '../../../domain/stars/index.ts';
import { sql } from '../../platform/db/sql.ts';
import { notFound, refuse } from '../../platform/errors.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { addWorkdays } from '../../records/calendar/index.ts';
import { takeStep } from '../../records/cases/index.ts';
import { draftPublication, publish } from '../../records/publications/index.ts';
import { listCandidates } from './candidates.ts';
import { listBranches, following } from './common.ts';
import { moveCycle } from './cycles.ts';
import { getProposal, proposalState, showProposal } from './proposals.ts';
import { tellBranch } from './telling.ts';

/** What a notice says to everyone: units, levels and stars, without points and without ranks. */
export interface NoticeBody {
  readonly cycleId: string;
  readonly proposalId: string;
  readonly sample: boolean;
  readonly sure: boolean;
  readonly document: { readonly title: string; readonly number: string };
  readonly items: readonly {
    readonly unitId: number;
    readonly unitName: string;
    readonly parentName: string;
    readonly scheme: string;
    readonly level: number;
    readonly stars: readonly { zh: string; en?: string | undefined }[];
  }[];
}

export async function publicise(
  rq: Rq,
  proposalId: string,
  input: { document: { title: string; number: string } },
): Promise<string> {
  const { proposal, cycle } = await getProposal(rq, proposalId);
  mustHold(rq, 'stars.joint', cycle.unitPath);
  if (proposal.state !== 'approved')
    throw refuse(decisionReason('proposal-state', { state: proposalState(proposal.state) }));
  const list = await showProposal(rq, proposalId);
  const { day, sure } = await addWorkdays(rq, dayOf(rq.now), cycle.data.publicityDays);
  const parents = new Map((await listBranches(rq, cycle.unitPath)).map((b) => [b.id, b.parentName]));
  const body: NoticeBody = {
    cycleId: cycle.id,
    proposalId,
    sample: cycle.data.sample,
    sure,
    document: input.document,
    // In the order of the tree: the order tells nothing of the points.
    items: list.items
      .filter((item) => item.recommended)
      .sort((a, b) => a.unitId - b.unitId)
      .map((item) => ({
        unitId: item.unitId,
        unitName: item.unitName,
        parentName: parents.get(item.unitId) ?? '',
        scheme: item.scheme,
        level: item.level,
        stars: item.stars.filter((s) => s.held).map((s) => s.name),
      })),
  };
  const draft = await draftPublication(rq, {
    kind: 'star-notice',
    unitId: cycle.unitId,
    title: `${cycle.title}拟命名名单公示`,
    audience: 'public',
    closesOn: day,
    caseId: proposalId,
    body: { ...body },
  });
  await publish(rq, draft.id);
  await takeStep(following(rq), proposalId, 'publicise');
  await moveCycle(following(rq), cycle, 'publicity', { data: { publicationId: draft.id, publicityEnds: day } });
  await tellListed(rq, cycle.id, list.items, { noticeId: draft.id, day });
  return draft.id;
}

/**
 * Tells each branch on the list; and those that were recommended and are not on it because of their level. Whoever was not
 * recommended has been told so, with the reason, by the joint review.
 */
async function tellListed(
  rq: Rq,
  cycleId: string,
  items: readonly { unitId: number; unitName: string; level: number; recommended: boolean }[],
  { noticeId, day }: { noticeId: string; day: string },
): Promise<void> {
  const recommended = new Set((await listCandidates(rq, cycleId, { states: ['recommended'] })).map((c) => c.unitId));
  const about = { kind: 'publicity', id: noticeId } as const;
  for (const { unitId, unitName: unit, level, recommended: listed } of items) {
    if (listed) await tellBranch(rq, unitId, 'star-publicised', about, { unit, level, day });
    else if (recommended.has(unitId)) await tellBranch(rq, unitId, 'star-not-listed', about, { unit, level });
  }
}

interface NoticeRow {
  readonly id: string;
  readonly title: string;
  readonly unitName: string;
  readonly publishedAt: Date;
  readonly closesOn: string;
  readonly body: NoticeBody;
  readonly cycleState: string;
}

const columns = sql`n.id, n.title, u.name AS "unitName", n.published_at AS "publishedAt", n.closes_on AS "closesOn", n.body,
  c.state AS "cycleState"`;
const joins = sql`FROM publications n JOIN units u ON u.id = n.unit_id JOIN cases c ON c.id = (n.body ->> 'cycleId')::uuid`;
const shown = sql`n.kind = 'star-notice' AND n.audience = 'public' AND n.published_at IS NOT NULL`;

/** Notices for everyone. Runs as the platform, because a visitor sees no units; it answers what was published and no more. */
export async function listNotices(rq: Rq, s: { limit: number; offset: number }) {
  const { count } = await rq.db.one<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM publications n WHERE ${shown}`,
  );
  const rows = await rq.db.many<NoticeRow>(
    sql`SELECT ${columns} ${joins} WHERE ${shown} ORDER BY n.published_at DESC LIMIT ${s.limit} OFFSET ${s.offset}`,
  );
  const today = dayOf(rq.now);
  return {
    items: rows.map(({ id, title, unitName, publishedAt, closesOn, body }) => ({
      id,
      title,
      unitName,
      publishedAt,
      closesOn,
      open: today <= closesOn,
      sample: body.sample,
    })),
    total: count,
  };
}

export async function findNotice(rq: Rq, id: string): Promise<NoticeRow> {
  const row = await rq.db.find<NoticeRow>(sql`SELECT ${columns} ${joins} WHERE ${shown} AND n.id = ${id}`);
  if (!row) throw notFound({ zh: '该公示', en: 'notice' });
  return row;
}

export async function showNotice(rq: Rq, id: string) {
  const { body, cycleState, ...row } = await findNotice(rq, id);
  const objections = await rq.db.many<{
    unitName: string;
    raisedOn: string;
    answered: boolean;
    answer: string | null;
    upheld: boolean | null;
  }>(sql`
    SELECT u.name AS "unitName", to_char(o.opened_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS "raisedOn",
      o.state = 'answered' AS answered, o.data ->> 'answer' AS answer, (o.data ->> 'upheld')::boolean AS upheld
    FROM cases o JOIN units u ON u.id = o.unit_id
    WHERE o.type = 'objection' AND o.data ->> 'noticeId' = ${id} ORDER BY o.opened_at LIMIT 500`);
  return {
    ...row,
    cycleId: body.cycleId,
    open: dayOf(rq.now) <= row.closesOn,
    sure: body.sure,
    sample: body.sample,
    document: body.document,
    items: body.items.map((item) => ({ ...item, stars: [...item.stars] })),
    objections,
    named: ['named', 'watching', 'closed'].includes(cycleState),
  };
}
