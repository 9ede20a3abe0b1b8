import { z } from 'zod';
import { day, endpoint, id, pageOf, pageQuery, text, unitId } from '../../contract.ts';
import { designationKindNames } from './kinds.ts';

export const designation = z.object({
  id: z.string(),
  kind: z.enum(designationKindNames),
  unitId: z.int(),
  unitName: z.string(),
  subjectId: z.string().nullable(),
  subjectName: z.string().nullable(),
  star: z.string().nullable(),
  level: z.int().nullable(),
  number: z.string().nullable(),
  grantedByUnitId: z.int(),
  grantor: z.string(),
  grantedOn: z.string(),
  validTo: z.string().nullable(),
  basis: z.string(),
  caseId: z.string().nullable(),
  withdrawnOn: z.string().nullable(),
  withdrawnByCaseId: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type Designation = z.infer<typeof designation>;

export const designations = {
  list: endpoint({
    name: 'designations.list',
    method: 'GET',
    path: '/api/designations',
    permission: 'stars.read',
    summary: { zh: '称号（命名、授牌、荣誉）', en: 'Designations: namings, plaques, honours' },
    query: pageQuery.extend({
      under: unitId.optional(),
      kind: z.enum(designationKindNames).optional(),
      subject: id.optional(),
      star: text(64).optional(),
      on: day.optional().describe('Only those in force on this day'),
    }),
    reply: pageOf(designation),
  }),
  get: endpoint({
    name: 'designations.get',
    method: 'GET',
    path: '/api/designations/:id',
    permission: 'stars.read',
    summary: { zh: '称号详情', en: 'One designation' },
    params: z.object({ id }),
    reply: designation,
  }),
  grant: endpoint({
    name: 'designations.grant',
    method: 'POST',
    path: '/api/designations',
    permission: 'records.write',
    summary: { zh: '授予（登记）称号', en: 'Grant a status, or register what a body above granted' },
    body: z.object({
      kind: z.enum(designationKindNames),
      unitId: unitId.optional().describe('The unit that holds it; left out for a subject'),
      subjectId: id.optional(),
      grantedByUnitId: unitId.describe('The unit that grants or registers it'),
      grantor: text(100),
      outside: z.boolean().default(false).describe('Granted by a body above this instance'),
      number: text(100).optional(),
      grantedOn: day,
      validTo: day.optional(),
      basis: text(200),
      caseId: id.optional().describe('The selection that led to it'),
      data: z.record(z.string().max(60), z.unknown()).default({}),
    }),
    reply: designation,
  }),
  withdraw: endpoint({
    name: 'designations.withdraw',
    method: 'POST',
    path: '/api/designations/:id/withdrawal',
    permission: 'cases.assign',
    summary: {
      zh: '撤销称号（凭已听取意见并决定的事项）',
      en: 'End a status by a case that was decided after a hearing',
    },
    params: z.object({ id }),
    body: z.object({ caseId: id, onDay: day }),
    reply: designation,
  }),
} as const;
