import { createHash, randomUUID } from 'node:crypto';
import { type JudgementKind, judgementReason, sealedKinds } from '../../../domain/records/judgements/index.ts';
import { sql } from '../../platform/db/sql.ts';
import { notFound, refuse } from '../../platform/errors.ts';
import { canonical, record, recordAll } from '../../platform/journal.ts';
import type { Rq } from '../../platform/rq.ts';
import * as store from './store.ts';

export interface Judge {
  readonly kind: JudgementKind;
  readonly caseId: string;
  readonly unitId: number;
  readonly item: string;
  /** A decimal as text. */
  readonly value?: string | undefined;
  readonly label?: string | undefined;
  readonly reason?: string | undefined;
  readonly round?: string | undefined;
  readonly data?: Record<string, unknown> | undefined;
  /** False: the platform's own word, which belongs to nobody. */
  readonly asPerson?: boolean | undefined;
}

/**
 * One actor's word on one item. It supersedes what the same actor said before, which stays as history; saying the same
 * again changes nothing. Refused once the round is locked. Whether the actor may judge at all is the caller's to check.
 */
export async function judge(rq: Rq, input: Judge): Promise<store.JudgementRow> {
  const { caseId, kind, unitId, round, asPerson, ...word } = input;
  return (await judgeAll(rq, { caseId, kind, unitId, round, asPerson }, [word]))[0]!;
}

type Judging = Pick<Judge, 'caseId' | 'kind' | 'unitId' | 'round' | 'asPerson'>;
export type Word = Pick<Judge, 'item' | 'value' | 'label' | 'reason' | 'data'>;

/** The actor's words on several items of one unit, each as `judge` takes it; what was said twice counts as said last. */
export async function judgeAll(rq: Rq, of: Judging, words: readonly Word[]): Promise<store.JudgementRow[]> {
  const key = { caseId: of.caseId, kind: of.kind, round: of.round ?? '' };
  const unit = await rq.db.find<{ path: string }>(sql`SELECT unit_path AS path FROM units WHERE id = ${of.unitId}`);
  if (!unit) throw notFound({ zh: '该单位', en: 'unit' });
  if ((await store.shareRound(rq, key)) !== null) throw refuse(judgementReason('judgement-round-locked'));
  const personId = of.asPerson === false ? null : rq.actor.personId;
  const said = new Map(words.map((word) => [word.item, word]));
  const same = { ...key, unitId: of.unitId, items: [...said.keys()], personId, includeSealed: true };
  const before = new Map((await store.listJudgements(rq, same)).map((row) => [row.item, row]));
  const next = [...said.values()].map((word) => ({
    ...key,
    id: randomUUID(),
    unitId: of.unitId,
    unitPath: unit.path,
    item: word.item,
    personId,
    value: word.value ?? null,
    label: word.label ?? null,
    reason: word.reason ?? null,
    data: word.data ?? {},
  }));
  const fresh = next.filter((row) => !before.has(row.item) || !saysTheSame(before.get(row.item)!, row));
  await store.supersede(
    rq,
    fresh.flatMap((row) => before.get(row.item)?.id ?? []),
  );
  await store.insertJudgements(rq, fresh);
  await recordAll(
    rq,
    fresh.map((row) => ({
      verb: `judgement.${of.kind}`,
      subject: { kind: 'judgement', id: row.id },
      path: unit.path,
      before: before.has(row.item) ? spoken(before.get(row.item)!) : undefined,
      after: { ...spoken(row), caseId: key.caseId, round: key.round, unitId: row.unitId, item: row.item },
    })),
  );
  const by = personId === null ? null : rq.actor.name;
  return next.map((row) =>
    fresh.includes(row) ? { ...row, by, at: rq.now, lockedAt: null, supersededAt: null } : before.get(row.item)!,
  );
}

type Spoken = Pick<store.JudgementRow, 'kind' | 'value' | 'label' | 'reason' | 'data'>;

const plain = (value: string | null): number | null => (value === null ? null : Number(value));

function saysTheSame(a: Spoken, b: Spoken): boolean {
  return (
    canonical([plain(a.value), a.label, a.reason, a.data]) === canonical([plain(b.value), b.label, b.reason, b.data])
  );
}

/** What the journal keeps of a judgement. Of a sealed one it keeps that it was given; its words follow with the lock. */
function spoken(j: Spoken): Record<string, unknown> {
  if (sealedKinds.includes(j.kind)) return { sealed: true };
  return { value: j.value, label: j.label, reason: j.reason, data: j.data };
}

/**
 * Locks a round: nothing is judged in it any more, nothing in it changes. The journal gets a digest over every judgement,
 * so that a later change of one is found even where the words themselves are not repeated. Answers the judgements of the round.
 */
export async function lockRound(rq: Rq, caseId: string, kind: string, round = ''): Promise<store.JudgementRow[]> {
  const key = { caseId, kind, round };
  if (!(await store.closeRound(rq, key))) throw refuse(judgementReason('judgement-round-locked'));
  const locked = await store.lockJudgements(rq, key);
  const rows = await store.listJudgements(rq, { ...key, includeSealed: true });
  const digest = createHash('sm3')
    .update(canonical(rows.map((r) => [r.id, r.unitId, r.item, r.personId, plain(r.value), r.label, r.reason]).sort()))
    .digest('hex');
  const c = await rq.db.one<{ path: string }>(sql`SELECT unit_path AS path FROM cases WHERE id = ${caseId}`);
  await record(rq, {
    verb: 'judgement.lock',
    subject: { kind: 'case', id: caseId },
    path: c.path,
    after: { kind, round, locked, digest },
  });
  return rows;
}
