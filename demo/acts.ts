import { criteriaOf } from '../domain/stars/standard.ts';
import type { CycleState } from '../domain/stars/contract-shared.ts';
import { sql } from '../server/platform/db/sql.ts';
import type { Rq } from '../server/platform/rq.ts';
import { advanceCycle } from '../server/modules/stars/cycles.ts';
import { answerForm, showForm } from '../server/modules/stars/self.ts';
import { approve, declare } from '../server/modules/stars/candidacies.ts';
import { type Branch, type Cycle, getCycle, listBranches, standardFor } from '../server/modules/stars/common.ts';
import { type Candidate, confirmedUnits, listCandidates } from '../server/modules/stars/candidates.ts';
import { confirmUnit } from '../server/modules/stars/confirming.ts';
import { decideProposal, draftProposal } from '../server/modules/stars/proposals.ts';
import { readFiguresAhead } from '../server/modules/stars/values.ts';
import { nameBranches } from '../server/modules/stars/namings.ts';
import { publicise } from '../server/modules/stars/publicity.ts';
import { rescoreCycle } from '../server/modules/stars/rescoring.ts';
import { recommendBranch, reviewBranch, verifyBranch } from '../server/modules/stars/reviews.ts';
import { withoutScoring } from '../server/modules/stars/standings.ts';
import type { DemoUnit } from './county.ts';
import { checkedValue } from './judging.ts';
import { type Personas, personas } from './personas.ts';
import { traitsOf } from './traits.ts';

/**
 * What the people of the demo county do in each stage of a cycle. The loader plays a whole year with it, and the demo's
 * «others» button one stage, so that a visitor can take a single village through while the rest of the county keeps pace.
 * Everything goes through the same actions as the pages do, in the name of the person concerned.
 */
export interface Stage {
  readonly rq: Rq;
  readonly cycle: Cycle;
  readonly people: Personas;
  readonly branches: readonly (Branch & { readonly unit: DemoUnit })[];
  /** Units that somebody else plays. */
  readonly except: ReadonlySet<number>;
  readonly progress: (done: number, total: number) => void;
}

type Progress = Stage['progress'];

export async function stageOf(
  rq: Rq,
  cycleId: string,
  except: ReadonlySet<number>,
  progress: Progress = () => undefined,
): Promise<Stage> {
  const cycle = await getCycle(rq, cycleId);
  const codes = await rq.db.many<{
    id: number;
    code: string;
    type: DemoUnit['type'];
    name: string;
    parent: string;
  }>(sql`
    SELECT u.id, u.code, u.type, u.name, p.code AS parent FROM units u JOIN units p ON p.id = u.parent_id
    WHERE u.type IN ('village', 'community')`);
  const byId = new Map(codes.map((row) => [row.id, row]));
  const branches = (await listBranches(rq, cycle.unitPath)).map((b) => {
    const { code, type, name, parent } = byId.get(b.id)!;
    return { ...b, unit: { key: code, parent, type, name, scheme: b.scheme } };
  });
  return { rq, cycle, people: await personas(rq), branches, except, progress };
}

/**
 * Plays the running stage for everyone but the excepted; answers how many units did something. A loader that plays a whole year
 * has the branches scored only where the story goes on by their scores (`scored`).
 */
export async function playStage(stage: Stage, { scored = true } = {}): Promise<number> {
  const { rq, cycle, branches } = stage;
  const play = plays[cycle.state];
  if (!play) return 0;
  if (!scored) return withoutScoring(rq, () => play(stage));
  // None of the acts changes a number that the standards count.
  const standards = await Promise.all((['rural', 'urban'] as const).map((scheme) => standardFor(rq, cycle, scheme)));
  await readFiguresAhead(
    rq,
    cycle,
    standards.flatMap((s) => s ?? []),
    branches.map((b) => b.id),
  );
  // The form of a self-assessment reads the standing that its own answers have just made; nothing else here does.
  if (cycle.state === 'self-assessment') return play(stage);
  const done = await withoutScoring(rq, () => play(stage));
  if (done > 0) await rescoreCycle(rq, cycle);
  return done;
}

const plays: Partial<Record<CycleState, (stage: Stage) => Promise<number>>> = {
  creating: async (s) => (await declareOthers(s)) + (await approveAll(s)),
  'self-assessment': async (s) => (await assessOthers(s)) + (await confirmOthers(s)),
  'township-review': async (s) => (await reviewOthers(s)) + (await confirmTownships(s)),
  verification: verifyOthers,
  'joint-review': joinOthers,
  proposed: decideOthers,
};

/** So many at once, that the database has the next question while this thread still thinks about the last answer. */
const abreast = 3;

async function each<T>(s: Stage, items: readonly T[], work: (item: T) => Promise<void>): Promise<number> {
  let next = 0;
  let done = 0;
  const hand = async () => {
    while (next < items.length) {
      await work(items[next++]!);
      s.progress(++done, items.length);
    }
  };
  const hands = Array.from({ length: abreast }, () =>
    hand().catch((error: unknown) => {
      // Nobody goes on in a transaction that is about to be taken back.
      next = items.length;
      throw error;
    }),
  );
  const failed = (await Promise.allSettled(hands)).find((ended) => ended.status === 'rejected');
  if (failed) throw failed.reason;
  return items.length;
}

/** The level a branch trusts itself to reach: by its traits, a little boldly. */
function targetOf(unit: DemoUnit, stars: readonly string[], year: number): number {
  const traits = traitsOf(unit, year);
  const sure = stars.filter((star) => (traits[star] ?? 0) > 0.6).length;
  return Math.max(2, Math.min(5, sure));
}

/** Who aims high declares; of the many with three stars in reach some do, and of the others a few begin. */
function declares(unitId: number, level: number): boolean {
  return level >= 5 || (level === 4 && unitId % 2 === 0) || (level === 3 && unitId % 9 === 0) || unitId % 41 === 0;
}

async function declareOthers(s: Stage): Promise<number> {
  const declared = new Set((await listCandidates(s.rq, s.cycle.id)).map((c) => c.unitId));
  const open = s.branches.filter((b) => !declared.has(b.id) && !s.except.has(b.id));
  const willing = [];
  for (const b of open) {
    const standard = await standardFor(s.rq, s.cycle, b.scheme);
    if (!standard) continue;
    const level = targetOf(
      b.unit,
      standard.stars.map((star) => star.id),
      s.cycle.data.year,
    );
    if (declares(b.id, level)) willing.push({ b, level });
  }
  return each(s, willing, async ({ b, level }) => {
    const rq = await s.people.as('branch-secretary', b.id);
    if (!rq) return;
    await declare(rq, {
      cycleId: s.cycle.id,
      unitId: b.id,
      targetLevel: level,
      targetStars: [],
      stretchLevel: level < 5 && b.id % 7 === 0 ? level + 1 : null,
      commitments: '对照标准逐项整改，按月公开进度。',
    });
  });
}

async function approveAll(s: Stage): Promise<number> {
  const declared = await listCandidates(s.rq, s.cycle.id, { states: ['declared'] });
  return each(
    s,
    declared.filter((c) => !s.except.has(c.unitId)),
    async (c) => {
      const rq = await s.people.as('township-clerk', c.parentId!);
      if (rq)
        await approve(rq, c.id, {
          origin: c.data.origin === 'contender' && c.unitId % 5 === 0 ? 'reserve' : c.data.origin,
        });
    },
  );
}

const active = ['approved', 'monitored', 'assessed', 'recommended'] as const;

/** Candidates whose turn it is, each with its branch. */
async function turns(s: Stage, waits: (c: Candidate) => boolean) {
  const branches = new Map(s.branches.map((b) => [b.id, b]));
  const found = await listCandidates(s.rq, s.cycle.id, { states: active });
  return found.filter((c) => !s.except.has(c.unitId) && waits(c)).map((c) => ({ c, b: branches.get(c.unitId)! }));
}

async function assessOthers(s: Stage): Promise<number> {
  return each(s, await turns(s, (c) => c.data.submittedAt === null), async ({ b }) => {
    const rq = await s.people.as('branch-secretary', b.id);
    if (!rq) return;
    const standard = (await standardFor(rq, s.cycle, b.scheme))!;
    const criteria = new Map(criteriaOf(standard).map((c) => [c.criterion.id, c]));
    const form = await showForm(rq, b.id, s.cycle.id);
    const answers = form.items
      .filter((item) => item.asks && item.valueKind === 'check')
      .map((item) => {
        const { star, criterion } = criteria.get(item.id)!;
        return {
          criterion: item.id,
          value: checkedValue(b.unit, star.id, criterion, s.cycle.data.year),
          reason: '对照现场核实',
        };
      });
    await answerForm(rq, b.id, { cycleId: s.cycle.id, answers, submit: true });
  });
}

async function confirmOthers(s: Stage): Promise<number> {
  const done = await confirmedUnits(s.rq, String(s.cycle.data.year));
  // A visitor's branch that does not take part has nothing else to do: its township is not to wait for the visitor's click.
  const playing = new Set((await listCandidates(s.rq, s.cycle.id, { states: active })).map((c) => c.unitId));
  const open = s.branches.filter((b) => !done.has(b.id) && !(s.except.has(b.id) && playing.has(b.id)));
  return each(s, open, async (b) => {
    const rq = await s.people.as('branch-secretary', b.id);
    if (rq) await confirmUnit(rq, b.id, s.cycle.id);
  });
}

/** Townships confirm after all their villages and when each is reviewed; one whose village is still at it waits. */
async function confirmTownships(s: Stage): Promise<number> {
  const done = await confirmedUnits(s.rq, String(s.cycle.data.year));
  const candidates = await listCandidates(s.rq, s.cycle.id, { states: active });
  const atIt = new Set(candidates.flatMap((c) => (c.data.reviewedAt === null ? [c.parentId] : [])));
  const ready = [...new Set(s.branches.map((b) => b.parentId!))].filter(
    (id) => !done.has(id) && !atIt.has(id) && s.branches.every((b) => b.parentId !== id || done.has(b.id)),
  );
  return each(s, ready, async (id) => {
    const rq = await s.people.as('township-clerk', id);
    if (rq) await confirmUnit(rq, id, s.cycle.id);
  });
}

async function reviewOthers(s: Stage): Promise<number> {
  return each(s, await turns(s, (c) => c.data.reviewedAt === null), async ({ b }) => {
    const rq = await s.people.as('township-clerk', b.parentId!);
    if (rq) await reviewBranch(rq, b.id, { cycleId: s.cycle.id, decisions: [], acceptRest: true, finish: true });
  });
}

async function verifyOthers(s: Stage): Promise<number> {
  return each(s, await turns(s, () => true), async ({ b }) => {
    const standard = (await standardFor(s.rq, s.cycle, b.scheme))!;
    for (const star of standard.stars) {
      const rq = await s.people.as('task-force-leader', s.cycle.unitId, star.id);
      if (rq) await verifyBranch(rq, b.id, { cycleId: s.cycle.id, star: star.id, decisions: [], acceptRest: true });
    }
  });
}

async function joinOthers(s: Stage): Promise<number> {
  const rq = await s.people.as('organiser', s.cycle.unitId);
  if (!rq) return 0;
  const levels = new Map(
    (
      await s.rq.db.many<{ unitId: number; level: number }>(
        sql`SELECT unit_id AS "unitId", level FROM standings WHERE cycle_id = ${s.cycle.id} AND kind = 'live'`,
      )
    ).map((row) => [row.unitId, row.level]),
  );
  return each(s, await turns(s, (c) => c.state === 'assessed'), async ({ b }) => {
    const level = levels.get(b.id) ?? 0;
    const recommend = level > 0;
    const reason = recommend ? `核验结果 ${level} 星，材料与现场一致。` : '核验后未达到任何一颗星。';
    await recommendBranch(rq, b.id, { cycleId: s.cycle.id, recommend, reason });
  });
}

const document = (year: number, n: number) => ({
  title: `关于 ${year} 年度星级支部评定的通知`,
  number: `禾组〔${year + 1}〕${n}号`,
});

async function decideOthers(s: Stage): Promise<number> {
  const { proposalId } = s.cycle.data;
  if (proposalId === null) return 0;
  const deciders = ['overall-owner', 'committee-member'] as const;
  let decided = 0;
  for (const role of deciders)
    for (let n = 0; ; n++) {
      const rq = await s.people.nth(role, s.cycle.unitId, n);
      if (!rq) break;
      const { state } = await rq.db.one<{ state: string }>(sql`SELECT state FROM cases WHERE id = ${proposalId}`);
      if (state !== 'drafted') return decided;
      await decideProposal(rq, proposalId, { approve: true, reason: '名单与核验结果一致，同意。', recusals: [] });
      decided++;
    }
  return decided;
}

/** Closes the stage as the organisation department does. */
export async function goOn(s: Stage, to: CycleState): Promise<void> {
  const organiser = (await s.people.as('organiser', s.cycle.unitId))!;
  const owner = (await s.people.as('overall-owner', s.cycle.unitId))!;
  const { year, proposalId } = s.cycle.data;
  if (to === 'proposed') await draftProposal(organiser, s.cycle.id, { basis: document(year, 1), minLevel: 1 });
  else if (to === 'publicity') await publicise(organiser, proposalId!, { document: document(year, 2) });
  else if (to === 'named') await nameBranches(owner, proposalId!, { document: document(year, 3), validTo: null });
  else await advanceCycle(organiser, s.cycle.id, to, {});
}
