import { chainLevels, rolesOfTier, tiers, verbsOfTier } from '../../../domain/org/index.ts';
import { type Holder, role, type RoleName } from '../../../domain/records/assignments/index.ts';
import { workflows } from '../../../domain/records/cases/all.ts';
import type { Rq } from '../../platform/rq.ts';
import { type AssignmentRow, chainOf, holderOf, holdersOf } from '../../records/assignments/index.ts';
import { dayOf } from '../../platform/time.ts';
import { findUnit } from '../../records/units/index.ts';
import { boardOf, getReadable, isVillage, leadersWithout, refOf, starRef } from './matrix.ts';
import * as store from './store.ts';

const levelUnits = ['county', 'township', 'street', 'village', 'community'];

/** The people of a village from the county down, and every place where the chain is broken (M123). */
export async function chain(rq: Rq, unitId: number) {
  const unit = await getReadable(rq, unitId);
  const edges = await chainOf(rq, unitId);
  const above = new Map<string, ReturnType<typeof refOf>>();
  for (const id of unit.path.split('.').filter(Boolean).map(Number)) {
    const up = await findUnit(rq, id);
    if (up && levelUnits.includes(up.type)) above.set(up.type, refOf(up));
  }
  const levels = chainLevels
    .filter((l) => isVillage(unit) || (l.level !== 'village' && !l.level.endsWith('to-village')))
    .filter((l) => l.level !== 'township' || unit.type !== 'county')
    .map((l) => {
      const at = l.on.map((type) => above.get(type)).find((u) => u !== undefined) ?? null;
      const here = edges.filter((e) => e.unitId === at?.id && (l.roles as readonly RoleName[]).includes(e.role));
      const missing = (l.needs as readonly RoleName[]).filter((name) => !here.some((e) => e.role === name));
      return {
        level: l.level,
        unit: at,
        people: here.map((e) => ({ role: e.role, words: role(e.role).words, star: e.star, holder: holderOf(e) })),
        breaks: missing.map((name) => ({ role: name, words: role(name).words })),
      };
    });
  return { unit: refOf(unit), levels, whole: levels.every((l) => l.breaks.length === 0) };
}

const first = (edges: readonly AssignmentRow[]): Holder | null => (edges[0] ? holderOf(edges[0]) : null);

/** One owner, a task force for every star, every branch secretary: counted from assignments (M013). */
export async function command(rq: Rq, unitId: number) {
  const b = await boardOf(rq, unitId);
  const own = b.edges.filter((e) => e.unitId === unitId);
  const owners = own.filter((e) => e.role === 'overall-owner').map(holderOf);
  const stars = b.rows.find((r) => r.unit.id === unitId)?.unit.stars ?? [];
  const forces = stars.map((s) => ({
    star: starRef(b.stars, s),
    leader: first(own.filter((e) => e.role === 'task-force-leader' && e.star === s)),
  }));
  const secretaryOf = new Map(b.edges.filter((e) => e.role === 'branch-secretary').map((e) => [e.unitId, e]));
  const secretaries = b.lines.filter(isVillage).map((v) => {
    const edge = secretaryOf.get(v.id);
    return { unit: refOf(v), secretary: edge ? holderOf(edge) : null };
  });
  const numbers = {
    owners: owners.length,
    forces: forces.filter((f) => f.leader !== null).length,
    secretaries: secretaries.filter((s) => s.secretary !== null).length,
  };
  const formula = `${numbers.owners}+${numbers.forces}+${numbers.secretaries}`;
  return { unit: refOf(b.unit), owners, forces, secretaries, numbers, formula };
}

/** The five tiers with duties and rights, and how many hold each role there now (M128). */
export async function duties(rq: Rq, unitId: number) {
  const unit = await getReadable(rq, unitId);
  const counts = new Map(
    (await store.countByRole(rq, unit.path, dayOf(rq.now))).map((r) => [r.role, r.count] as const),
  );
  return {
    unit: refOf(unit),
    tiers: tiers.map((t) => ({
      tier: t.tier,
      words: t.words,
      duties: [...t.duties],
      verbs: verbsOfTier(t.tier),
      roles: rolesOfTier(t.tier).map((name) => {
        const { words, verbs } = role(name);
        return { role: name, words, verbs: [...verbs], holders: counts.get(name) ?? 0 };
      }),
    })),
  };
}

const yearStart = (rq: Rq) => `${dayOf(rq.now).slice(0, 4)}-01-01`;

/** Every township leader with the villages they contract, their visits and the task forces they lead (M015, M025, M126). */
export async function leaders(rq: Rq, unitId: number) {
  const b = await boardOf(rq, unitId);
  const visits = await store.listVisits(rq, b.unit.path, yearStart(rq), b.day);
  const without = leadersWithout(b);
  const towns = b.lines.filter((l) => l.type === 'township' || l.type === 'street');
  return {
    townships: towns.map((town) => {
      const villages = b.lines.filter((l) => isVillage(l) && l.path.startsWith(town.path));
      const inside = b.edges.filter((e) => e.path.startsWith(town.path));
      const contracts = inside.filter((e) => e.role === 'village-leader');
      const led = new Set(contracts.map((e) => e.unitId));
      const team = inside.filter((e) => e.role === 'leadership-member' && e.unitId === town.id);
      return {
        unit: refOf(town),
        leaders: team.map((leader) => {
          const mine = new Set(contracts.filter((e) => e.personId === leader.personId).map((e) => e.unitId));
          return {
            holder: holderOf(leader),
            villages: villages.filter((v) => mine.has(v.id)).map(refOf),
            visits: visits
              .filter((v) => v.personId === leader.personId && mine.has(v.unitId))
              .reduce((n, v) => n + v.visits, 0),
            forces: inside
              .filter((e) => e.role === 'task-force-leader' && e.personId === leader.personId)
              .map((e) => e.star!),
          };
        }),
        without: without.filter((w) => w.unit.id === town.id).length,
        villages: villages.length,
        open: villages.filter((v) => !led.has(v.id)).map(refOf),
      };
    }),
  };
}

/** Key villages with their county leaders, their visits and the problems settled there (M124). */
export async function keyVillages(rq: Rq, unitId: number) {
  const b = await boardOf(rq, unitId);
  const visits = await store.listVisits(rq, b.unit.path, yearStart(rq), b.day);
  const onSite = await store.listOnSite(rq, b.unit.path, yearStart(rq));
  const leaderOf = new Map(b.edges.filter((e) => e.role === 'county-leader').map((e) => [e.unitId, e]));
  const items = b.edges
    .filter((e) => e.role === 'key-village')
    .map((mark) => {
      const leader = leaderOf.get(mark.unitId);
      const mine = visits.filter((v) => v.unitId === mark.unitId && v.personId === leader?.personId);
      const settled = onSite.find((o) => o.unitId === mark.unitId && o.personId === leader?.personId)?.solved ?? 0;
      return {
        unit: { id: mark.unitId, name: mark.unitName, type: mark.unitType },
        since: mark.from,
        leader: leader ? holderOf(leader) : null,
        visits: mine.reduce((n, v) => n + v.visits, 0),
        solved: mine.reduce((n, v) => n + v.solved, 0) + settled,
      };
    });
  return {
    items,
    leaders: new Set(items.flatMap((i) => i.leader?.personId ?? [])).size,
    open: items.filter((i) => i.leader === null).length,
  };
}

/** Kinds that count as work of creation on a branch. */
export const workKinds = ['task', 'problem', 'warning', 'on-site', 'guidance', 'basics', 'star-duty'] as const;

/** Every branch with its secretary, its open tasks and the secretary's last report (M017). */
export async function branches(rq: Rq, unitId: number, page: { limit: number; offset: number }) {
  const b = await boardOf(rq, unitId);
  const all = b.lines.filter(isVillage);
  const shown = all.slice(page.offset, page.offset + page.limit);
  const open = new Map((await store.listOpen(rq, b.unit.path, b.day, workKinds)).map((o) => [o.unitId, o]));
  const reports = await store.listProgress(
    rq,
    shown.map((v) => v.id),
  );
  const reportOf = new Map(reports.map(({ unitId: at, ...report }) => [at, report]));
  const secretaryOf = new Map(b.edges.filter((e) => e.role === 'branch-secretary').map((e) => [e.unitId, e]));
  return {
    items: shown.map((v) => {
      const edge = secretaryOf.get(v.id);
      return {
        unit: refOf(v),
        secretary: edge ? holderOf(edge) : null,
        open: open.get(v.id)?.open ?? 0,
        overdue: open.get(v.id)?.overdue ?? 0,
        progress: reportOf.get(v.id) ?? null,
      };
    }),
    total: all.length,
  };
}

/** Steps by which somebody approves: those of the verbs that only deciding offices hold. */
const approvalSteps = Object.values(workflows).flatMap((w) =>
  Object.entries(w.steps)
    .filter(([, s]) => s.verb === 'stars.decide' || s.verb === 'stars.name' || s.verb === 'stars.plan')
    .map(([step]) => `${w.type}/${step}`),
);

/** What the one who answers for everything has approved, from the records of the steps themselves (M014). */
export async function approvals(rq: Rq, unitId: number, page: { limit: number; offset: number }) {
  const unit = await getReadable(rq, unitId);
  const { items, total } = await store.listApprovals(rq, unit, approvalSteps, page);
  return {
    owners: await holdersOf(rq, 'overall-owner', unitId),
    items: items.map((i) => {
      const workflow = workflows[i.type];
      const plain = { zh: i.step, en: i.step };
      return { ...i, typeWords: workflow?.words ?? plain, stepWords: workflow?.steps[i.step]?.words ?? plain };
    }),
    total,
  };
}
