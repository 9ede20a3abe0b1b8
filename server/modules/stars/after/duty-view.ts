import { type Duty, type DutyClass, dutyClassOf } from '../../../../domain/stars/duties.ts';
import { gap } from '../../../../domain/stars/gap.ts';
import { suggestionOf } from '../../../../domain/stars/index.ts';
import type { Result, StarResult } from '../../../../domain/stars/result.ts';
import { sql } from '../../../platform/db/sql.ts';
import type { Rq } from '../../../platform/rq.ts';
import { maxLevelOf, type Measured, measured, unitMini } from '../common.ts';
import { type Mini, minisOf } from '../minis.ts';
import { currentResult } from '../results.ts';
import { isComplete } from './basics.ts';
import { type DutyCase, dutyCases } from './duty-cases.ts';
import { levelOf } from './honours.ts';
import type { BranchLevel } from './levels.ts';

export interface Graded extends Measured {
  readonly level: BranchLevel;
  readonly class: DutyClass;
  readonly result: Result;
  readonly cases: readonly DutyCase[];
}

/** A branch with the class its level puts it in; the level is what it holds by name today, not what it hopes for. */
export async function graded(rq: Rq, unitId: number, cycleId?: string): Promise<Graded> {
  const of = await measured(rq, unitId, cycleId);
  const level = await levelOf(rq, of.branch.path);
  const { result } = await currentResult(rq, of.cycle, of.branch, of.standard);
  const cases = await dutyCases(rq, of.cycle.id, { unitIds: [unitId] });
  return { ...of, level, class: dutyClassOf(level.level, maxLevelOf(of.standard)), result, cases };
}

const isMet = (c: StarResult['criteria'][number]) => !c.missing && suggestionOf(c.points, c.full, c.must) === 'met';

const linesOf = (stars: readonly StarResult[], only?: readonly string[]) =>
  stars.flatMap((star) =>
    star.criteria
      .filter((c) => only === undefined || only.includes(c.id))
      .map((c) => ({ star: star.id, id: c.id, text: c.text, met: isMet(c), byOthers: c.rule.type === 'rank' })),
  );

/** The criteria a duty is about: those of the missing stars, those of the stars to keep, or the steps of a plan. */
export function criteriaFor(g: Graded, duty: Duty) {
  const held = new Set(g.level.stars);
  if (duty.id === 'four-keep') return linesOf(g.result.stars.filter((star) => held.has(star.id)));
  if (duty.needs === 'plan') return planSteps(g, held);
  return duty.needs === 'criteria' ? linesOf(g.result.stars.filter((star) => !held.has(star.id))) : [];
}

/** A plan begins with the star that is nearest to its line, and takes the cheapest way there. */
function planSteps(g: Graded, held: ReadonlySet<string>) {
  const missing = g.result.stars.filter((star) => !held.has(star.id));
  const open = missing.filter((star) => !star.reasons.some((r) => r.code === 'requires'));
  const [nearest] = [...(open.length > 0 ? open : missing)].sort((a, b) => a.pass - a.points - (b.pass - b.points));
  if (!nearest) return [];
  const way = gap(g.standard, g.result, nearest.id).advice.map((a) => a.criterion);
  return linesOf([nearest], way.length > 0 ? way : undefined);
}

/** Practice cases that the branch has published since the cycle began. */
async function hasPublished(rq: Rq, g: Graded): Promise<boolean> {
  const row = await rq.db.find(sql`SELECT 1 FROM publications WHERE unit_id = ${g.branch.id} AND kind = 'practice-case'
    AND audience IN ('public', 'below') AND published_at >= ${g.cycle.openedAt} LIMIT 1`);
  return row !== undefined;
}

async function isDone(rq: Rq, g: Graded, duty: Duty, criteria: readonly { met: boolean }[]): Promise<boolean> {
  const own = g.cases.filter((c) => c.data.duty === duty.id);
  if (duty.needs === 'publication') return hasPublished(rq, g);
  if (duty.needs === 'checklist') return isComplete(rq, g.cycle.id, g.branch.id);
  if (duty.id === 'four-keep') return g.level.stars.every((id) => g.result.stars.some((s) => s.id === id && s.held));
  if (duty.needs === 'criteria') return criteria.length > 0 && criteria.every((c) => c.met);
  return own.length > 0 && own.every((c) => c.state === 'done');
}

/** The steps of a plan stay those it was made with, whichever star has become the nearest since. */
function stepsOf(g: Graded, duty: Duty, plan: DutyCase | undefined) {
  if (duty.needs !== 'plan' || plan === undefined) return criteriaFor(g, duty);
  return linesOf(g.result.stars, plan.data.criteria);
}

async function dutyOf(rq: Rq, g: Graded, duty: Duty, minis: Map<string, Mini>) {
  const own = g.cases.filter((c) => c.data.duty === duty.id);
  const shown = own.find((c) => !c.closed) ?? own.at(-1);
  const criteria = stepsOf(g, duty, shown);
  return {
    id: duty.id,
    words: duty.words,
    why: duty.why,
    needs: duty.needs,
    criteria: criteria.map(({ id, text, met }) => ({ id, text, met })),
    task: shown ? (minis.get(shown.id) ?? null) : null,
    plan: shown && duty.needs === 'plan' ? { helper: shown.data.helper ?? '', reviewOn: shown.data.reviewOn } : null,
    done: await isDone(rq, g, duty, criteria),
  };
}

const partnerOf = (c: DutyCase) => ({ unitId: c.data.partnerUnitId ?? 0, unitName: c.data.partnerName ?? '' });

export async function showDuties(rq: Rq, unitId: number, cycleId?: string) {
  const g = await graded(rq, unitId, cycleId);
  const minis = await minisOf(
    rq,
    g.cases.map((c) => c.id),
  );
  const duties = [];
  for (const duty of g.class.duties) duties.push(await dutyOf(rq, g, duty, minis));
  const mentored = g.cases.find((c) => c.data.duty === 'mentored' && !c.closed);
  const held = new Set(g.level.stars);
  return {
    unit: unitMini(g.branch),
    cycleId: g.cycle.id,
    sample: g.cycle.data.sample || g.level.sample,
    level: g.level.level,
    class: { level: g.level.level, name: g.class.name, guidance: g.class.guidance },
    before: [...g.class.before],
    duties,
    mentor: mentored ? partnerOf(mentored) : null,
    mentees: g.cases.filter((c) => c.data.duty === 'five-mentor').map(partnerOf),
    retention: g.result.stars
      .filter((star) => held.has(star.id))
      .map(({ id, name, points, pass, held: now }) => ({
        star: id,
        name,
        points,
        pass,
        margin: points - pass,
        held: now,
      })),
  };
}
