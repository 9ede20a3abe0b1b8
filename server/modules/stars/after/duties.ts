import { afterReason } from '../../../../domain/stars/after-rules.ts';
import type { Duty } from '../../../../domain/stars/duties.ts';
import { starReason } from '../../../../domain/stars/index.ts';
import { refuse } from '../../../platform/errors.ts';
import { mustHold, type Rq } from '../../../platform/rq.ts';
import { dayOf } from '../../../platform/time.ts';
import { openCase } from '../../../records/cases/index.ts';
import { type Branch, following, getBranch, getCycle } from '../common.ts';
import { holdersOn, ownedByBranch } from './branch-people.ts';
import { dutyCases, openDuty } from './duty-cases.ts';
import { criteriaFor, type Graded, graded, showDuties } from './duty-view.ts';
import { levelOf } from './honours.ts';

export interface Assign {
  readonly cycleId: string;
  readonly dueOn: string;
  readonly menteeUnitId?: number | undefined;
  readonly helper?: string | undefined;
  readonly reviewOn: readonly string[];
}

type Holder = { readonly id: string; readonly name: string } | undefined;

/**
 * Opens what the level of a branch asks of it as cases with an owner and a day. Which duties they are follows from the
 * level alone; those already opened in the cycle are left as they are.
 */
export async function assignDuties(rq: Rq, unitId: number, input: Assign) {
  const branch = await getBranch(rq, unitId);
  mustHold(rq, 'stars.plan', branch.path);
  const cycle = await getCycle(rq, input.cycleId);
  if (cycle.state === 'closed') throw refuse(starReason('cycle-closed'));
  if (input.dueOn < dayOf(rq.now)) throw refuse(afterReason('due-past'));
  const g = await graded(rq, unitId, cycle.id);
  const secretary = (await holdersOn(rq, 'branch-secretary', [unitId])).get(unitId);
  const mentors = g.class.duties.some((duty) => duty.needs === 'mentoring');
  if (input.menteeUnitId !== undefined && !mentors)
    throw refuse(afterReason('duty-no-mentoring', { name: branch.name, level: g.level.level }));
  let opened = 0;
  for (const duty of g.class.duties) {
    if (duty.needs === 'mentoring') opened += await assignMentoring(rq, g, duty, input, secretary);
    else if (!g.cases.some((c) => c.data.duty === duty.id)) {
      await assignOne(rq, g, duty, input, secretary);
      opened += 1;
    }
  }
  if (opened === 0) throw refuse(afterReason('duty-all-assigned', { name: branch.name }));
  return showDuties(rq, unitId, cycle.id);
}

async function assignOne(rq: Rq, g: Graded, duty: Duty, input: Assign, secretary: Holder): Promise<void> {
  // How a branch stands among others is not its own doing and makes no task.
  const open = criteriaFor(g, duty).filter((c) => !c.met && !c.byOthers);
  const plan = duty.needs === 'plan' ? await planOf(rq, g, input) : {};
  const c = await openDuty(rq, g.cycle, {
    unitId: g.branch.id,
    title: `${g.branch.name}：${duty.words.zh}`,
    dueOn: input.dueOn,
    secretary,
    data: { duty: duty.id, level: g.level.level, criteria: open.map((one) => one.id), ...plan },
  });
  // What is missing becomes the priority tasks; what is to be kept is watched and needs none.
  if (duty.id === 'four-keep') return;
  for (const one of open)
    await openCase(following(rq), {
      type: 'task',
      title: `优先：${one.text.zh}`.slice(0, 200),
      unitId: g.branch.id,
      star: one.star,
      parentId: c.id,
      ...ownedByBranch(g.branch.id, secretary),
      origin: { kind: 'star-duty', id: `${c.id}/${one.id}` },
      dueOn: input.dueOn,
      data: { condition: `“${one.text.zh}”达标`, criterion: one.id },
    });
}

/** A plan has a helper and days of review: those given, or the contact cadre and the middle of the way and its end. */
async function planOf(rq: Rq, g: Graded, input: Assign): Promise<{ helper: string; reviewOn: string[] }> {
  const cadre = (await holdersOn(rq, 'contact-cadre', [g.branch.id])).get(g.branch.id);
  const helper = input.helper ?? cadre?.name;
  if (helper === undefined) throw refuse(afterReason('duty-helper'));
  const today = dayOf(rq.now);
  const reviewOn = input.reviewOn.length > 0 ? [...new Set(input.reviewOn)].sort() : reviewsUntil(today, input.dueOn);
  if (reviewOn.some((day) => day < today || day > input.dueOn)) throw refuse(afterReason('duty-review-day'));
  return { helper, reviewOn };
}

function reviewsUntil(today: string, dueOn: string): string[] {
  const middle = new Date((Date.parse(today) + Date.parse(dueOn)) / 2).toISOString().slice(0, 10);
  return [...new Set([middle, dueOn])];
}

/** The mentor's case names the branch it takes along, and that branch gets a case that names its mentor. */
async function assignMentoring(rq: Rq, g: Graded, duty: Duty, input: Assign, secretary: Holder): Promise<number> {
  if (input.menteeUnitId === undefined) return 0;
  const mentee = await getBranch(rq, input.menteeUnitId);
  mustHold(rq, 'stars.plan', mentee.path);
  const theirs = await levelOf(rq, mentee.path);
  if (theirs.level >= g.level.level)
    throw refuse(afterReason('duty-mentee-lower', { name: mentee.name, level: theirs.level }));
  const mentored = await dutyCases(rq, g.cycle.id, { unitIds: [mentee.id], prefix: 'mentored' });
  if (mentored.some((c) => !c.closed)) throw refuse(afterReason('duty-mentee-taken', { name: mentee.name }));
  const holders = await holdersOn(rq, 'branch-secretary', [mentee.id]);
  await openDuty(rq, g.cycle, {
    unitId: g.branch.id,
    title: `${g.branch.name}结对帮带${mentee.name}`,
    dueOn: input.dueOn,
    secretary,
    data: { duty: duty.id, level: g.level.level, ...partner(mentee) },
  });
  await openDuty(rq, g.cycle, {
    unitId: mentee.id,
    title: `${mentee.name}由${g.branch.name}帮带`,
    dueOn: input.dueOn,
    secretary: holders.get(mentee.id),
    data: { duty: 'mentored', level: theirs.level, ...partner(g.branch) },
  });
  return 1;
}

const partner = (branch: Branch) => ({ partnerUnitId: branch.id, partnerName: branch.name });
