import { canFound, type Group, type GroupKind, groupKinds, orgReason } from '../../../domain/org/index.ts';
import { role, type RoleName } from '../../../domain/records/assignments/index.ts';
import { check, refuse } from '../../platform/errors.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { type AssignmentRow, assign, holderOf, listEver, listOn, lockUnit } from '../../records/assignments/index.ts';
import { createUnit, getUnit } from '../../records/units/index.ts';
import { codeUnder } from './forces.ts';
import * as forceStore from './forces-store.ts';
import { getReadable } from './matrix.ts';

const memberRoles: RoleName[] = ['group-head', 'group-deputy', 'group-member'];

const memberOf = (row: AssignmentRow) => ({
  holder: holderOf(row),
  role: row.role,
  words: role(row.role).words,
  plot: row.data.plot ?? null,
});

/** Where the members of a kind of group are assigned, and by which roles. */
function seats(g: forceStore.GroupUnit): { unitId: number; roles: RoleName[] } {
  if (g.kind === 'greening') return { unitId: g.parentId, roles: ['greening-group-member'] };
  // The contact cadre heads it and the secretary is deputy by what they are: nobody is appointed a second time (M127).
  if (g.kind === 'responsibility') return { unitId: g.parentId, roles: ['contact-cadre', 'branch-secretary'] };
  return { unitId: g.id, roles: memberRoles };
}

async function groupsOf(rq: Rq, unitId: number): Promise<Group[]> {
  const units = await forceStore.listGroupUnits(rq, unitId);
  const day = dayOf(rq.now);
  const ids = [unitId, ...units.map((u) => u.id)];
  const now = await listOn(rq, ids, day);
  const ever = await listEver(rq, ids);
  const meetings = await forceStore.listMeetings(rq, ids);
  return units.map((g) => {
    const at = seats(g);
    const mine = (rows: readonly AssignmentRow[]) =>
      rows.filter((r) => r.unitId === at.unitId && at.roles.includes(r.role));
    const present = new Set(mine(now).map((r) => r.id));
    const met = meetings.find((m) => m.unitId === g.id);
    return {
      unit: { id: g.id, name: g.name },
      kind: g.kind,
      document: g.document,
      from: g.from,
      to: g.to,
      members: mine(now).map(memberOf),
      former: mine(ever)
        .filter((r) => !present.has(r.id) && r.to !== null && r.to <= day)
        .map(memberOf),
      meetings: { held: met?.held ?? 0, last: met?.last ?? null, decisions: met?.decisions ?? 0 },
    };
  });
}

export async function listGroups(rq: Rq, unitId: number): Promise<{ items: Group[] }> {
  await getReadable(rq, unitId);
  return { items: await groupsOf(rq, unitId) };
}

export interface FoundGroup {
  readonly kind: GroupKind;
  readonly name: string;
  readonly day: string;
  readonly to: string | null;
  readonly document: string;
  readonly members: readonly { personId: string; post: 'head' | 'deputy' | 'member'; plot?: string | undefined }[];
}

/** Founds a group with its members at once (M011, M090). */
export async function foundGroup(rq: Rq, unitId: number, input: FoundGroup): Promise<Group> {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'assignments.write', unit.path);
  check(canFound(input.kind, unit));
  if (input.to !== null && input.to <= input.day) throw refuse(orgReason('org-term'));
  await lockUnit(rq, unitId);
  const other = (await forceStore.listGroupUnits(rq, unitId)).find((g) => g.kind === input.kind);
  if (other) throw refuse(orgReason('org-group-exists', { unit: unit.name, name: other.name }));
  const { kind, name, day, to, document } = input;
  const group = await createUnit(rq, {
    parentId: unitId,
    code: codeUnder(unitId, 'GR'),
    type: groupKinds[kind].unitType,
    name,
    scheme: null,
    day,
    document,
    attributes: { kind, ...(to && { termTo: to }) },
  });
  for (const m of input.members)
    await assign(rq, {
      role: kind === 'greening' ? 'greening-group-member' : (`group-${m.post}` as RoleName),
      unitId: kind === 'greening' ? unitId : group.id,
      personId: m.personId,
      from: day,
      to,
      document,
      data: m.plot ? { plot: m.plot } : {},
    });
  return (await groupsOf(rq, unitId)).find((g) => g.unit.id === group.id)!;
}

/** A responsibility group for every village below that has a contact cadre and a secretary; the others are named (M127). */
export async function foundVillageGroups(rq: Rq, unitId: number, input: { day: string; document: string }) {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'assignments.write', unit.path);
  await lockUnit(rq, unitId);
  const open = await forceStore.listGroupless(rq, unit.path, dayOf(rq.now));
  const ready = open.filter((v) => v.cadre && v.secretary);
  for (const v of ready)
    await createUnit(rq, {
      ...input,
      parentId: v.id,
      code: codeUnder(v.id, 'RG'),
      type: 'team',
      name: `${v.name}创建责任组`,
      scheme: null,
      attributes: { kind: 'responsibility' },
    });
  return {
    created: ready.length,
    groups: await forceStore.countGroups(rq, unit.path),
    missing: open
      .filter((v) => !ready.includes(v))
      .map(({ id, name, type, cadre, secretary }) => ({ unit: { id, name, type }, cadre, secretary })),
  };
}
