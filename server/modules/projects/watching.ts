import { canLock, canOpenVote, chosenOf, keepsVote, voteOf, voteReason } from '../../../domain/deliberation/votes.ts';
import {
  canAccept,
  canBuild,
  canHandOver,
  canPublish,
  keepsFields,
  type WorkFacts,
  workReason,
} from '../../../domain/projects/index.ts';
import { workflowOf } from '../../../domain/records/cases/all.ts';
import { findSubjectKind } from '../../../domain/records/subjects/all.ts';
import { check } from '../../platform/errors.ts';
import { type Rq, system } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { type CaseRow, type CaseWatcher, changeCaseDataAs, getCase } from '../../records/cases/index.ts';
import { changeSubject, getSubject, kindOf, type SubjectRow, turnSubject } from '../../records/subjects/index.ts';
import { findOpenChange, isDisclosed, listProjectsById } from './store.ts';

// What the workflow of a work does not know by itself: fields that stand, what its class wants, the entry it becomes.

/** The entry that a work is about, or as which it is handed over; read by whoever works on it, who must be able to. */
async function placeOf(rq: Rq, c: CaseRow): Promise<SubjectRow | null> {
  const named = c.data['placeId'] ?? c.subject?.id;
  return typeof named === 'string' ? getSubject(rq, named) : null;
}

const isPlot = (s: SubjectRow): boolean => s.kind === 'leftover-plot';

/** Sums and states are those of the records, whoever asks. */
async function factsOf(rq: Rq, c: CaseRow): Promise<WorkFacts> {
  const asRecords: Rq = { ...rq, actor: system };
  const [row] = await listProjectsById(asRecords, [c.id]);
  const about = c.subject === null ? null : await getSubject(rq, c.subject.id);
  return {
    data: c.data,
    fields: workflowOf(c.type).fields ?? {},
    plot: about && isPlot(about) ? { name: about.name, consented: about.data['consented'] === true } : null,
    openChange: (await findOpenChange(asRecords, c.id)) ?? null,
    budgetFen: row?.budgetFen ?? null,
    actualFen: row?.actualFen ?? null,
    disclosed: await isDisclosed(asRecords, c.id),
  };
}

/** A place that is planned is being built from the first day of its work. */
async function beginAt(rq: Rq, c: CaseRow): Promise<void> {
  const place = await placeOf(rq, c);
  if (place && kindOf(place).states['building'] && place.state === 'planned')
    await turnSubject(rq, place.id, { state: 'building', reason: c.title });
}

/** The entry goes into use; a plot keeps what was made of it. */
async function handOver(rq: Rq, c: CaseRow): Promise<void> {
  const place = await placeOf(rq, c);
  if (place && isPlot(place)) await tellPlot(rq, c, place);
  const fitting = place && !isPlot(place) ? place : null;
  const facts = await factsOf(rq, c);
  const about = fitting && { ...fitting, ended: fitting.toDay !== null };
  check(canHandOver(facts, c.unitPath, about, (kind) => findSubjectKind(kind)!.words));
  if (fitting && kindOf(fitting).states['in-use'] && fitting.state !== 'in-use')
    await turnSubject(rq, fitting.id, { state: 'in-use', reason: c.title });
}

const tellPlot = (rq: Rq, c: CaseRow, plot: SubjectRow) =>
  changeSubject(rq, plot.id, { data: { result: `${c.title}（${dayOf(rq.now)}）`.slice(0, 200) } });

/** An option stands in the project exactly as its locked vote says (M336). */
async function keepOption(rq: Rq, before: CaseRow | null, after: CaseRow): Promise<void> {
  const was = before?.data ?? {};
  const [vote, option] = [after.data['voteId'], after.data['approvedOption']];
  if (was['voteId'] === vote && was['approvedOption'] === option) return;
  const c = was['voteId'] === undefined && typeof vote === 'string' ? await getCase(rq, vote) : null;
  const says = c?.type === 'resident-vote' && c.state === 'locked' && c.data['projectId'] === after.id;
  check(says && chosenOf(voteOf(c.data)) === option ? null : workReason('project-kept-field'));
}

export const watchWorks: CaseWatcher = async (rq, { before, after, step }) => {
  if (after.type !== 'project' && after.type !== 'micro-renewal') return;
  check(keepsFields(before?.state ?? null, before?.data ?? {}, after.data, step === 'data'));
  await keepOption(rq, before, after);
  if (step === 'approve' && after.data['decidedBy'] === 'vote' && after.data['approvedOption'] === undefined)
    check(workReason('project-vote-open'));
  if (step === 'build' || step === 'start') {
    check(canBuild(await factsOf(rq, after)));
    await beginAt(rq, after);
  }
  if (step === 'accept') check(canAccept(await factsOf(rq, after)));
  if (step === 'hand-over') await handOver(rq, after);
  if (step === 'publish') check(canPublish(await factsOf(rq, after)));
  if (step === 'finish') {
    const plot = await placeOf(rq, after);
    if (plot && isPlot(plot)) await tellPlot(rq, after, plot);
  }
};

/** The project that a vote is about, as long as residents have not chosen for it. */
async function votedOn(rq: Rq, vote: CaseRow): Promise<CaseRow | null> {
  const id = vote.data['projectId'];
  if (typeof id !== 'string') return null;
  const project = await getCase(rq, id);
  if (project.type !== 'project' && project.type !== 'micro-renewal') return null;
  const here = project.unitPath.startsWith(vote.unitPath) || vote.unitPath.startsWith(project.unitPath);
  const open = here && project.closedAt === null && project.data['approvedOption'] === undefined;
  check(open ? null : voteReason('vote-project'));
  return project;
}

/** A vote keeps what was asked and counted; when it is locked, the option it chose stands in its project for good. */
export const watchVotes: CaseWatcher = async (rq, { before, after, step }) => {
  if (after.type !== 'resident-vote') return;
  check(keepsVote(before?.data ?? after.data, after.data, before === null ? 'start' : step));
  if (step === 'start') {
    check(canOpenVote(voteOf(after.data)));
    await votedOn(rq, after);
  }
  if (step !== 'lock') return;
  check(canLock(voteOf(after.data)));
  const project = await votedOn(rq, after);
  if (project)
    await changeCaseDataAs(
      rq,
      project,
      { voteId: after.id, approvedOption: chosenOf(voteOf(after.data))! },
      after.title.slice(0, 500),
    );
};
