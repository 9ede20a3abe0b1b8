import { randomBytes } from 'node:crypto';
import { type Force, orgReason } from '../../../domain/org/index.ts';
import { type Holder, type RoleName } from '../../../domain/records/assignments/index.ts';
import { refuse } from '../../platform/errors.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { type AssignmentRow, assign, holderOf, listOn, lockUnit } from '../../records/assignments/index.ts';
import { createUnit, getUnit } from '../../records/units/index.ts';
import { boardOf, getReadable, refOf, type Stars, starRef, starsOn } from './matrix.ts';
import * as forceStore from './forces-store.ts';
import * as store from './store.ts';

/** A code of its own for a unit that is founded here: the parent's number and chance. */
export const codeUnder = (parentId: number, prefix: string) => `${prefix}${parentId}-${randomBytes(4).toString('hex')}`;

const forceRoles: RoleName[] = [
  'task-force-leader',
  'task-force-member',
  'star-leader',
  'lead-department',
  'member-department',
  'department-contact',
];

interface Sources {
  readonly unitId: number;
  readonly stars: Stars;
  readonly edges: readonly AssignmentRow[];
  readonly units: readonly forceStore.ForceUnit[];
  readonly plans: readonly store.PlanLine[];
  readonly open: readonly forceStore.OpenByStar[];
  readonly visits: readonly { personId: string; visits: number }[];
  readonly trend: readonly forceStore.Month[];
  readonly county: boolean;
}

async function sourcesOf(rq: Rq, unitId: number): Promise<Sources & { unit: Awaited<ReturnType<typeof getUnit>> }> {
  const unit = await getReadable(rq, unitId);
  const day = dayOf(rq.now);
  return {
    unit,
    unitId,
    stars: await starsOn(rq, day),
    edges: await listOn(rq, [unitId], day, forceRoles),
    units: await forceStore.listForceUnits(rq, unitId),
    plans: await store.listPlans(rq, unit.path, true),
    open: await forceStore.listOpenByStar(rq, unit.path, day),
    visits: await store.listVisits(rq, unit.path, `${day.slice(0, 4)}-01-01`, day),
    trend: await forceStore.listTrend(rq, unit.path),
    county: unit.type === 'county',
  };
}

function gapsOf(s: Sources, f: Pick<Force, 'leader' | 'plan' | 'members' | 'countyLeader' | 'leadDepartment'>) {
  const gaps: Force['gaps'] = [];
  if (f.leader === null) gaps.push('star-without-force');
  if (f.leader !== null && f.plan?.state !== 'in-force') gaps.push('force-without-plan');
  if (f.leader !== null && f.members.length === 0) gaps.push('force-without-member');
  if (s.county && f.countyLeader === null) gaps.push('star-without-county-leader');
  if (s.county && f.leadDepartment === null) gaps.push('star-without-lead-department');
  return gaps;
}

function forceOf(s: Sources, star: string): Force {
  const held = (name: RoleName) => s.edges.filter((e) => e.role === name && e.star === star);
  const one = (name: RoleName): Holder | null => held(name).map(holderOf)[0] ?? null;
  const unit = s.units.find((u) => u.star === star);
  const plan = s.plans.find((p) => p.unitId === s.unitId && p.star === star);
  const open = s.open.filter((o) => o.star === star);
  const lead = held('lead-department')[0];
  const people = new Set([...held('task-force-leader'), ...held('task-force-member')].map((e) => e.personId));
  const parts = {
    leader: one('task-force-leader'),
    countyLeader: one('star-leader'),
    leadDepartment: one('lead-department'),
    members: held('task-force-member').map(holderOf),
    plan: plan ? { caseId: plan.caseId, title: plan.title, state: plan.state } : null,
  };
  return {
    star: starRef(s.stars, star),
    unit: unit ? { id: unit.id, name: unit.name, since: unit.since, document: unit.document } : null,
    ...parts,
    line: held('star-leader')[0]?.data.line ?? null,
    contact: one('department-contact'),
    departments: held('member-department').map(holderOf),
    open: open.reduce((n, o) => n + o.open, 0),
    overdue: open.reduce((n, o) => n + o.overdue, 0),
    departmentOpen: open.filter((o) => o.ownerUnitId === lead?.holderUnitId).reduce((n, o) => n + o.open, 0),
    visits: s.visits.filter((v) => people.has(v.personId)).reduce((n, v) => n + v.visits, 0),
    trend: s.trend.map((m) => ({ month: m.month, measured: m.measured, holding: m.holding[star] ?? 0 })),
    gaps: gapsOf(s, parts),
  };
}

/** The stars of a unit and what stands for each; stars that no village below has any more still show their people. */
export async function listForces(rq: Rq, unitId: number) {
  const s = await sourcesOf(rq, unitId);
  const board = await boardOf(rq, unitId);
  const needed = board.rows.find((r) => r.unit.id === unitId)?.unit.stars ?? [];
  const stars = [...new Set([...needed, ...s.edges.flatMap((e) => e.star ?? [])])];
  return { unit: refOf(s.unit), items: stars.map((star) => forceOf(s, star)) };
}

export interface Found {
  readonly star: string;
  readonly name: string;
  readonly day: string;
  readonly document: string;
  readonly scope?: string | undefined;
  readonly leaderId: string;
  readonly leadDepartmentId?: number | undefined;
  readonly departmentIds: readonly number[];
  readonly memberIds: readonly string[];
}

/** Founds a task force as a whole: the unit, its leader, its departments and members, or nothing of it (M012). */
export async function foundForce(rq: Rq, unitId: number, input: Found): Promise<Force> {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'assignments.write', unit.path);
  await lockUnit(rq, unitId);
  const other = (await forceStore.listForceUnits(rq, unitId)).find((u) => u.star === input.star);
  if (other) throw refuse(orgReason('org-force-exists', { unit: unit.name, name: other.name }));
  const { day, document, star } = input;
  // Roles first: whoever may not give them is told so before a unit is made.
  const give = (name: RoleName, holder: { personId?: string; holderUnitId?: number }) =>
    assign(rq, { role: name, unitId, star, from: day, document, ...holder });
  await give('task-force-leader', { personId: input.leaderId });
  for (const personId of input.memberIds) await give('task-force-member', { personId });
  if (input.leadDepartmentId !== undefined) await give('lead-department', { holderUnitId: input.leadDepartmentId });
  for (const holderUnitId of input.departmentIds) await give('member-department', { holderUnitId });
  await createUnit(rq, {
    parentId: unitId,
    code: codeUnder(unitId, 'TF'),
    type: 'task-force',
    name: input.name,
    scheme: null,
    day,
    document,
    attributes: { star, ...(input.scope === undefined ? {} : { scope: input.scope }) },
  });
  return forceOf(await sourcesOf(rq, unitId), star);
}

/** The task forces of one star from the county down to the unit, and on the level right below it (M369). */
export async function lines(rq: Rq, unitId: number) {
  const board = await boardOf(rq, unitId);
  const ids = board.unit.path.split('.').filter(Boolean).map(Number);
  const day = dayOf(rq.now);
  const above = await listOn(rq, ids.slice(0, -1), day, ['task-force-leader']);
  const aboveUnits = await forceStore.listLevelUnits(rq, ids);
  const below = board.lines.filter((l) => l.parentId === unitId);
  const own = await listOn(rq, [unitId, ...below.map((b) => b.id)], day, ['task-force-leader', 'village-task-leader']);
  const edges = [...above, ...own];
  const leaderAt = (id: number, star: string) => {
    const edge = edges.find((e) => e.unitId === id && e.star === star);
    return edge ? holderOf(edge) : null;
  };
  const stars = board.rows.find((r) => r.unit.id === unitId)?.unit.stars ?? [];
  return {
    unit: refOf(board.unit),
    lines: stars.map((star) => {
      const levels = aboveUnits.map((u) => ({ unit: refOf(u), leader: leaderAt(u.id, star) }));
      const next = below.filter((u) => board.rows.some((r) => r.unit.id === u.id && r.unit.stars.includes(star)));
      const under = next.map((u) => ({ unit: refOf(u), leader: leaderAt(u.id, star) }));
      return {
        star: starRef(board.stars, star),
        levels,
        below: under,
        whole: [...levels, ...under].every((l) => l.leader !== null),
      };
    }),
  };
}

/** Criteria that departments answer for, and on how many branches each is not fulfilled (M125). */
export async function criteria(rq: Rq, unitId: number) {
  const unit = await getReadable(rq, unitId);
  const stars = await starsOn(rq, dayOf(rq.now));
  const edges = await listOn(rq, [unitId], dayOf(rq.now), ['criterion-department']);
  const ids = edges.flatMap((e) => e.objectId ?? []);
  const state = new Map((await forceStore.listUnfulfilled(rq, unit.path, ids)).map((r) => [r.criterion, r]));
  const byDepartment = new Map<number, AssignmentRow[]>();
  for (const e of edges) byDepartment.set(e.holderUnitId!, [...(byDepartment.get(e.holderUnitId!) ?? []), e]);
  return {
    departments: [...byDepartment.values()].map((mine) => {
      const list = mine.map((e) => ({
        star: starRef(stars, e.star!),
        criterion: e.objectId!,
        unfulfilled: state.get(e.objectId!)?.unfulfilled ?? 0,
        measured: state.get(e.objectId!)?.measured ?? 0,
      }));
      return {
        department: holderOf(mine[0]!),
        criteria: list,
        unfulfilled: list.reduce((n, c) => n + c.unfulfilled, 0),
      };
    }),
  };
}
