import { type BranchSteps, nextStepsCap } from '../../../domain/stars/contract-next.ts';
import { type BranchFacts, nextSteps, type OpenWork } from '../../../domain/stars/next-steps.ts';
import { unitOfPath } from '../../../domain/records/cases/index.ts';
import { sql } from '../../platform/db/sql.ts';
import { may, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { findCandidate } from './candidates.ts';
import { type Branch, type Cycle, getCycle, listBranches, standardFor } from './common.ts';
import { listCycles } from './cycles.ts';
import { showDiagnosis } from './diagnoses.ts';
import { showForm } from './self.ts';
import { gatherAnswers } from './values.ts';

/** The branches where the reader works: those on which they hold the assessment itself, and not a unit above. */
async function ownBranches(rq: Rq, cycle: Cycle): Promise<Branch[]> {
  const ids = rq.actor.grants.filter((g) => g.verb === 'stars.assess').map((g) => unitOfPath(g.path));
  if (ids.length === 0) return [];
  const found = await listBranches(rq, cycle.unitPath, [...new Set(ids)]);
  return found.slice(0, nextStepsCap);
}

export async function showNextSteps(rq: Rq) {
  const latest = (await listCycles(rq, { limit: 1, offset: 0 })).items[0];
  if (!latest) return { cycleId: null, stage: null, items: [] };
  const cycle = await getCycle(rq, latest.id);
  const items: BranchSteps[] = [];
  for (const branch of await ownBranches(rq, cycle)) {
    if (!(await standardFor(rq, cycle, branch.scheme))) continue;
    const steps = nextSteps(await factsOf(rq, cycle, branch)).map(({ verb, ...step }) => ({
      ...step,
      mine: verb !== null && may(rq, verb, branch.path),
    }));
    items.push({ unitId: branch.id, unitName: branch.name, steps });
  }
  return { cycleId: cycle.id, stage: cycle.state, items };
}

const early = ['open', 'planning', 'creating', 'self-assessment'];

async function factsOf(rq: Rq, cycle: Cycle, branch: Branch): Promise<BranchFacts> {
  const candidate = await findCandidate(rq, cycle.id, branch.id);
  const answers = (await gatherAnswers(rq, cycle, [branch.id])).get(branch.id);
  const counted = await countsOf(rq, cycle, branch.id);
  return {
    stage: cycle.state,
    candidacy: candidate?.state ?? null,
    diagnosed: early.includes(cycle.state) ? await diagnosed(rq, cycle, branch.id) : noDiagnosis,
    form: await formOf(rq, cycle, branch.id, candidate?.data.submittedAt ?? null),
    confirmed: counted.confirmed,
    reviewed: candidate?.data.reviewedAt != null,
    returned: [...(answers?.values() ?? [])].filter((a) => a.returned !== null).length,
    work: await workOf(rq, branch.id),
    warnings: counted.warnings,
    publicityEnds: cycle.data.publicityEnds,
  };
}

const noDiagnosis: BranchFacts['diagnosed'] = { answered: 0, of: 0, done: false, gaps: 0 };

async function diagnosed(rq: Rq, cycle: Cycle, unitId: number): Promise<BranchFacts['diagnosed']> {
  const { answered, of, caseId, items, gaps } = await showDiagnosis(rq, unitId, cycle.id);
  const found = await rq.db.find<{ state: string }>(sql`SELECT state FROM cases WHERE id = ${caseId}::uuid`);
  const owned = new Set(items.filter((i) => i.problem !== null).map((i) => i.id));
  return { answered, of, done: found?.state === 'done', gaps: gaps.filter((g) => !owned.has(g.criterion)).length };
}

async function formOf(rq: Rq, cycle: Cycle, unitId: number, submittedAt: string | null): Promise<BranchFacts['form']> {
  if (cycle.state !== 'self-assessment') return { open: 0, minutes: 0, submitted: submittedAt !== null };
  const form = await showForm(rq, unitId, cycle.id);
  const open = form.items.filter((i) => i.asks && i.value === null).length;
  return { open, minutes: form.burden.minutes, submitted: submittedAt !== null };
}

const nothingOpen: OpenWork = { open: 0, overdue: 0, dueOn: null };

/** What waits for somebody of the branch: a task that was handed in waits for whoever verifies it, and is not counted. */
async function workOf(rq: Rq, unitId: number): Promise<BranchFacts['work']> {
  const rows = await rq.db.many<OpenWork & { type: string }>(sql`
    SELECT type, count(*)::int AS open, count(*) FILTER (WHERE due_on < ${dayOf(rq.now)}::date)::int AS overdue,
      min(due_on) AS "dueOn"
    FROM cases WHERE unit_id = ${unitId} AND closed_at IS NULL
      AND (type = 'star-duty' OR (type IN ('task', 'problem') AND waits_for = 'owner')) GROUP BY type`);
  const of = (type: string) => rows.find((row) => row.type === type) ?? nothingOpen;
  return { tasks: of('task'), problems: of('problem'), duties: of('star-duty') };
}

const countsOf = (rq: Rq, cycle: Cycle, unitId: number) =>
  rq.db.one<{ warnings: number; confirmed: boolean }>(sql`
    SELECT (SELECT count(*)::int FROM cases WHERE unit_id = ${unitId} AND closed_at IS NULL AND type = 'warning') AS warnings,
      EXISTS (SELECT 1 FROM confirmations f WHERE f.unit_id = ${unitId} AND f.period = ${String(cycle.data.year)}
        AND f.unlocked_at IS NULL) AS confirmed`);
