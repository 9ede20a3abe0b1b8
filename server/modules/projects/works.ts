import { canCount, quorumOf, voteOf } from '../../../domain/deliberation/votes.ts';
import { keptFields, workReason } from '../../../domain/projects/index.ts';
import { roles } from '../../../domain/records/assignments/roles.ts';
import { workflowOf } from '../../../domain/records/cases/all.ts';
import { findSubjectKind } from '../../../domain/records/subjects/all.ts';
import { check, notFound, refuse } from '../../platform/errors.ts';
import { may, mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { listOn } from '../../records/assignments/index.ts';
import { changeCaseDataAs, type CaseRow, getCase, itemOf, takeStep } from '../../records/cases/index.ts';
import { checkRefs, itemOf as subjectItemOf, linksOf, type SubjectRow } from '../../records/subjects/index.ts';
import { getUnit } from '../../records/units/index.ts';
import { getProjectRow } from './project-row.ts';
import * as store from './works-store.ts';

/** Completes the facts of a work. What a vote or an explanation has set, and an approved budget, stand (watching.ts). */
export async function changeWork(
  rq: Rq,
  id: string,
  input: { version?: number | undefined; data: Record<string, unknown> },
) {
  const row = await getProjectRow(rq, id);
  mustHold(rq, 'cases.write', row.unitPath);
  if (keptFields.some((f) => Object.hasOwn(input.data, f))) throw refuse(workReason('project-kept-field'));
  const c = await getCase(rq, id);
  const patch = Object.fromEntries(Object.entries(input.data).map(([k, v]) => [k, v ?? undefined]));
  await checkRefs(rq, workflowOf(c.type).fields ?? {}, patch, 'body.data');
  return itemOf(rq, await changeCaseDataAs(rq, c, patch));
}

const text = (c: CaseRow, name: string) => (typeof c.data[name] === 'string' ? c.data[name] : null);

/** Programmes with scope, budget, actual, state, supervisors and what was told about them (M298). */
export async function programmesOf(rq: Rq, q: { underPath?: string | undefined; limit: number; offset: number }) {
  const { items, total } = await store.listProgrammes(rq, q);
  const told = await store.listDisclosuresOf(
    rq,
    items.map((i) => i.id),
  );
  const choices = workflowOf('programme').fields?.['system']?.choices ?? {};
  return {
    total,
    items: items.map((row) => ({
      ...itemOf(rq, row),
      scope: text(row, 'scope'),
      systemWords: choices[text(row, 'system') ?? ''] ?? null,
      keyWorks: row.data['keyWorks'] === true,
      supervisedBy: text(row, 'supervisedBy'),
      budgetFen: typeof row.data['budgetFen'] === 'number' ? row.data['budgetFen'] : null,
      works: row.works,
      done: row.done,
      worksBudgetFen: row.worksBudgetFen,
      actualFen: row.actualFen,
      contributedFen: row.contributedFen,
      withoutBook: row.withoutBook,
      publications: told
        .filter((p) => p.caseId === row.id)
        .map(({ id, title, publishedAt }) => ({ id, title, publishedAt })),
      mayDisclose: may(rq, 'publications.write', row.unitPath),
    })),
  };
}

/** Works before and after, with what each cost against its budget and why (M299, M338). */
export async function comparedOf(rq: Rq, q: { underPath?: string | undefined; limit: number; offset: number }) {
  const { items, total } = await store.listCompared(rq, q);
  return {
    total,
    items: items.map(({ type, state, ...row }) => ({ ...row, stateWords: workflowOf(type).states[state]!.words })),
  };
}

const nothing = { works: 0, done: 0, budgetFen: 0, actualFen: 0, contributedFen: 0 };

function added(rows: readonly store.VillageSpend[]) {
  const sum = (key: keyof typeof nothing | 'lengthM' | 'connected' | 'households') =>
    rows.reduce((n, r) => n + r[key], 0);
  const total = { ...nothing };
  for (const key of Object.keys(nothing) as (keyof typeof nothing)[]) total[key] = sum(key);
  return {
    ...total,
    results: { lengthM: sum('lengthM'), connected: sum('connected'), households: sum('households') },
  };
}

/** Task forces with scope, members, the works they carry, the villages served, spend and results a village (M035). */
export async function forcesOf(rq: Rq, unitId: number) {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'cases.read', unit.path);
  const forces = await store.listForces(rq, unit.path);
  const spend = await store.sumVillages(
    rq,
    forces.map((f) => f.unitId),
  );
  const parents = [...new Set(forces.map((f) => f.parentId))];
  const held = await listOn(rq, parents, dayOf(rq.now), ['task-force-leader', 'task-force-member']);
  return {
    items: forces.map(({ parentId, ...f }) => {
      const mine = spend.filter((s) => s.forceId === f.unitId);
      return {
        ...f,
        members: held
          .filter((e) => e.unitId === parentId && e.star === f.star)
          .map((e) => ({ name: e.holder, words: roles[e.role].words })),
        ...added(mine),
        villages: mine.map((v) => ({ unitId: v.unitId, name: v.name, ...added([v]) })),
      };
    }),
  };
}

/** The count of a vote: numbers that can be true, each option its own (M336). */
export async function countVote(rq: Rq, id: string, input: { cast: number; votes: readonly number[]; reason: string }) {
  const c = await getCase(rq, id);
  if (c.type !== 'resident-vote') throw notFound({ zh: '该表决', en: 'vote' });
  const { cast, votes } = input;
  check(canCount({ ...voteOf(c.data), cast, votes }));
  const done = await takeStep(rq, c, 'count', { reason: input.reason, data: { cast, votes: [...votes] } });
  return itemOf(rq, done);
}

export function voteView(rq: Rq, c: CaseRow) {
  const v = voteOf(c.data);
  const counted = typeof c.data['cast'] === 'number' && v.votes.length === v.options.length;
  const locked = c.state === 'locked';
  return {
    ...itemOf(rq, c),
    question: String(c.data['question']),
    options: v.options.map((option, i) => ({ text: option, votes: counted ? v.votes[i]! : null })),
    eligible: v.eligible,
    cast: counted ? v.cast : null,
    quorum: quorumOf(v),
    chosen: locked ? (v.options[v.votes.findIndex((n) => n * 2 > v.cast)] ?? null) : null,
    mayCount: c.state === 'open' && may(rq, 'cases.write', c.unitPath),
  };
}

/** The entry that a work became, with its later use: what other records name it. */
export async function placeView(rq: Rq, place: SubjectRow) {
  const { id, kind, name, state, stateWords } = subjectItemOf(place);
  return {
    id,
    kind,
    kindWords: findSubjectKind(kind)!.words,
    name,
    state,
    stateWords,
    links: await linksOf(rq, place, 50),
  };
}

/** Changes of the design as they stand, with the opinion that each answers. */
export async function changeViews(rq: Rq, changes: readonly CaseRow[]) {
  const asked = changes.flatMap((c) => text(c, 'opinionId') ?? []);
  const titles = asked.length === 0 ? [] : await store.titlesOf(rq, asked);
  return changes.map((c) => {
    const [before, after] = [c.data['costBeforeFen'], c.data['costAfterFen']];
    return {
      ...itemOf(rq, c),
      why: text(c, 'why') ?? '',
      safety: text(c, 'safety') ?? '',
      opinion: titles.find((t) => t.id === text(c, 'opinionId')) ?? null,
      costFen: typeof before === 'number' && typeof after === 'number' ? after - before : null,
    };
  });
}
