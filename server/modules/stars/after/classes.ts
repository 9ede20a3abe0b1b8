import { afterReason } from '../../../../domain/stars/after-rules.ts';
import { guidanceClasses, guidanceClassOf } from '../../../../domain/stars/duties.ts';
import { starReason } from '../../../../domain/stars/index.ts';
import { refuse } from '../../../platform/errors.ts';
import { mustHold, type Rq } from '../../../platform/rq.ts';
import { dayOf } from '../../../platform/time.ts';
import { getUnit } from '../../../records/units/index.ts';
import { listCandidates } from '../candidates.ts';
import { type Cycle, cycleFor, getCycle, maxLevelOf, standardsOf } from '../common.ts';
import { holdersOn } from './branch-people.ts';
import { dutyCases, openDuty } from './duty-cases.ts';
import { type BranchLevel, listLevels, miniOfLevel } from './levels.ts';

const shownUnits = 500;
const mostAtOnce = 1000;

interface Classed extends BranchLevel {
  readonly target: number | null;
  readonly class: string;
}

/** Every branch below a unit with its class: target and present level, nothing else. */
async function classed(rq: Rq, cycle: Cycle, path: string): Promise<Classed[]> {
  const candidates = await listCandidates(rq, cycle.id, { underPath: path });
  const targets = new Map(
    candidates.filter((c) => c.state !== 'withdrawn').map((c) => [c.unitId, c.data.targetLevel] as const),
  );
  const tops = new Map((await standardsOf(rq, cycle)).map((s) => [s.scheme, maxLevelOf(s)]));
  return (await listLevels(rq, path)).map((b) => {
    const target = targets.get(b.unitId) ?? null;
    return { ...b, target, class: guidanceClassOf(b.level, target, tops.get(b.scheme) ?? 5) };
  });
}

const dutyFor = (key: string) => `guidance:${key}`;

async function guided(rq: Rq, cycle: Cycle): Promise<Set<string>> {
  const found = await dutyCases(rq, cycle.id, { prefix: 'guidance:' });
  return new Set(found.map((c) => `${c.unitId}/${c.data.duty}`));
}

export async function listClasses(rq: Rq, s: { under: number; cycleId?: string | undefined }) {
  const unit = await getUnit(rq, s.under);
  mustHold(rq, 'stars.read', unit.path);
  const cycle = await cycleFor(rq, s.cycleId);
  const branches = await classed(rq, cycle, unit.path);
  const delivered = await guided(rq, cycle);
  return {
    cycleId: cycle.id,
    sample: cycle.data.sample,
    classes: guidanceClasses.map(({ key, words, guidance, checklist }) => {
      const own = branches.filter((b) => b.class === key);
      return {
        key,
        words,
        guidance,
        checklist: [...checklist],
        count: own.length,
        units: own.slice(0, shownUnits).map((b) => ({ ...miniOfLevel(b), level: b.level, target: b.target })),
        delivered: own.filter((b) => delivered.has(`${b.unitId}/${dutyFor(key)}`)).length,
      };
    }),
  };
}

interface Deliver {
  readonly cycleId: string;
  readonly under: number;
  readonly class: string;
  readonly note: string;
  readonly dueOn?: string | undefined;
}

/** Each branch of a class gets the note and the checklist once, as a case of its own that it works off. */
export async function deliverGuidance(rq: Rq, input: Deliver) {
  const unit = await getUnit(rq, input.under);
  mustHold(rq, 'stars.plan', unit.path);
  const cycle = await getCycle(rq, input.cycleId);
  if (cycle.state === 'closed') throw refuse(starReason('cycle-closed'));
  const wanted = guidanceClasses.find((c) => c.key === input.class);
  if (!wanted) throw refuse(afterReason('class-unknown', { class: input.class }));
  if (input.dueOn !== undefined && input.dueOn < dayOf(rq.now)) throw refuse(afterReason('due-past'));
  const duty = dutyFor(wanted.key);
  const had = await guided(rq, cycle);
  const branches = (await classed(rq, cycle, unit.path)).filter(
    (b) => b.class === wanted.key && !had.has(`${b.unitId}/${duty}`),
  );
  if (branches.length === 0) throw refuse(afterReason('class-empty'));
  if (branches.length > mostAtOnce) throw refuse(afterReason('class-many', { most: mostAtOnce }));
  const secretaries = await holdersOn(
    rq,
    'branch-secretary',
    branches.map((b) => b.unitId),
  );
  for (const b of branches)
    await openDuty(rq, cycle, {
      unitId: b.unitId,
      title: `分类指导：${wanted.words.zh}`,
      dueOn: input.dueOn,
      secretary: secretaries.get(b.unitId),
      data: { duty, level: b.level, note: input.note, checklist: [...wanted.checklist] },
    });
  return { delivered: branches.length };
}
