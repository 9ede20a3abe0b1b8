import { z } from 'zod';
import { day, endpoint, id, text, unitId } from '../contract.ts';
import { holder, roleName, starId } from '../records/assignments/contract.ts';
import { gapName, unitRef } from './contract.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const ofUnit = z.object({ unitId });
const starRef = z.object({ id: z.string(), words });
const document = text(100);

export const force = z.object({
  star: starRef,
  unit: z.object({ id: z.int(), name: z.string(), since: z.string(), document: z.string().nullable() }).nullable(),
  leader: holder.nullable(),
  countyLeader: holder.nullable(),
  line: z.object({ theme: z.string(), goals: z.array(z.string()) }).nullable(),
  leadDepartment: holder.nullable(),
  contact: holder.nullable(),
  departments: z.array(holder),
  members: z.array(holder),
  plan: z.object({ caseId: z.string(), title: z.string(), state: z.string() }).nullable(),
  open: z.int().describe('Cases of the star that are not finished'),
  overdue: z.int(),
  departmentOpen: z.int().describe('Of those, the lead department’s'),
  visits: z.int().describe('Guidance visits of leader and members this year'),
  trend: z
    .array(z.object({ month: z.string(), holding: z.int(), measured: z.int() }))
    .describe('Branches that would hold the star, month by month'),
  gaps: z.array(gapName),
});
export type Force = z.infer<typeof force>;

const groupMember = z.object({
  holder,
  role: roleName,
  words,
  plot: z.string().nullable(),
});

export const group = z.object({
  unit: z.object({ id: z.int(), name: z.string() }),
  kind: z.enum(['leading-group', 'greening', 'responsibility']),
  document: z.string().nullable(),
  from: z.string(),
  to: z.string().nullable().describe('End of the term'),
  members: z.array(groupMember),
  former: z.array(groupMember),
  meetings: z.object({ held: z.int(), last: z.string().nullable(), decisions: z.int() }),
});
export type Group = z.infer<typeof group>;

export const forces = {
  list: endpoint({
    name: 'forces.list',
    method: 'GET',
    path: '/api/responsibility/:unitId/task-forces',
    permission: 'units.read',
    summary: { zh: '一星一专班', en: 'The task force of every star' },
    params: ofUnit,
    reply: z.object({ unit: unitRef, items: z.array(force) }),
  }),
  found: endpoint({
    name: 'forces.found',
    method: 'POST',
    path: '/api/responsibility/:unitId/task-forces',
    permission: 'assignments.write',
    summary: { zh: '成立专班', en: 'Found the task force of a star' },
    params: ofUnit,
    body: z.object({
      star: starId,
      name: text(100),
      day,
      document,
      scope: text(500).optional().describe('What it is to do, and where'),
      leaderId: id,
      leadDepartmentId: unitId.optional(),
      departmentIds: z.array(unitId).max(30).default([]),
      memberIds: z.array(id).max(50).default([]),
    }),
    reply: force,
  }),
  line: endpoint({
    name: 'forces.line',
    method: 'GET',
    path: '/api/responsibility/:unitId/lines',
    permission: 'units.read',
    summary: { zh: '县乡村三级专班一条线', en: 'The task forces of three levels in one line a star' },
    params: ofUnit,
    reply: z.object({
      unit: unitRef,
      lines: z.array(
        z.object({
          star: starRef,
          levels: z.array(z.object({ unit: unitRef, leader: holder.nullable() })),
          below: z.array(z.object({ unit: unitRef, leader: holder.nullable() })),
          whole: z.boolean(),
        }),
      ),
    }),
  }),
  criteria: endpoint({
    name: 'forces.criteria',
    method: 'GET',
    path: '/api/responsibility/:unitId/criteria',
    permission: 'stars.read',
    summary: { zh: '各部门负责的指标与未达标情况', en: 'Criteria by department, and where they are not fulfilled' },
    params: ofUnit,
    reply: z.object({
      departments: z.array(
        z.object({
          department: holder,
          criteria: z.array(
            z.object({ star: starRef, criterion: z.string(), unfulfilled: z.int(), measured: z.int() }),
          ),
          unfulfilled: z.int(),
        }),
      ),
    }),
  }),
  groups: endpoint({
    name: 'forces.groups',
    method: 'GET',
    path: '/api/responsibility/:unitId/groups',
    permission: 'units.read',
    summary: { zh: '领导小组等组织登记', en: 'Leading and other groups, with members, document and term' },
    params: ofUnit,
    reply: z.object({ items: z.array(group) }),
  }),
  foundGroup: endpoint({
    name: 'forces.foundGroup',
    method: 'POST',
    path: '/api/responsibility/:unitId/groups',
    permission: 'assignments.write',
    summary: { zh: '成立领导小组或绿化管理小组', en: 'Found a leading group or a greening group' },
    params: ofUnit,
    body: z.object({
      kind: z.enum(['leading-group', 'greening']),
      name: text(100),
      day,
      to: day.nullable().default(null),
      document,
      members: z
        .array(
          z.object({
            personId: id,
            post: z.enum(['head', 'deputy', 'member']).default('member'),
            plot: text(100).optional(),
          }),
        )
        .min(1)
        .max(60),
    }),
    reply: group,
  }),
  villageGroups: endpoint({
    name: 'forces.villageGroups',
    method: 'POST',
    path: '/api/responsibility/:unitId/village-groups',
    permission: 'assignments.write',
    summary: { zh: '建立村级创建责任组', en: 'Set up the responsibility group of every village below' },
    params: ofUnit,
    body: z.object({ day, document }),
    reply: z.object({
      created: z.int(),
      groups: z.int().describe('Groups there are now'),
      missing: z.array(z.object({ unit: unitRef, cadre: z.boolean(), secretary: z.boolean() })),
    }),
  }),
} as const;
