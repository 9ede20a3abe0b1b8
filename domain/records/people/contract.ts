import { z } from 'zod';
import { day, endpoint, id, pageOf, pageQuery, queryFlag, text, unitId } from '../../contract.ts';

/** A work telephone: digits with the usual separators, fixed line or mobile. */
export const workPhone = z
  .string()
  .trim()
  .regex(/^\+?[0-9][0-9 ()-]{4,18}[0-9]$/);

export const person = z.object({
  id,
  name: z.string(),
  title: z.string().nullable(),
  unitId: z.int(),
  unitName: z.string(),
  leftOn: z.string().nullable(),
});
export type Person = z.infer<typeof person>;

export const personView = person.extend({
  /** Both are null for a reader without people.read on the person's unit; `personal` says which it is. */
  workPhone: z.string().nullable(),
  partyMember: z.boolean().nullable(),
  personal: z.boolean().describe('Whether the personal fields are shown to this reader'),
});
export type PersonView = z.infer<typeof personView>;

const change = z.object({ document: text(100).describe('The document the change rests on') });

export const people = {
  list: endpoint({
    name: 'people.list',
    method: 'GET',
    path: '/api/people',
    permission: 'people.read',
    summary: { zh: '查询人员（姓名、拼音、首字母）', en: 'Find people by name, pinyin or initials' },
    query: pageQuery.extend({
      q: text(50, 0).optional(),
      under: unitId.optional().describe('Only people of this unit and those below it'),
      unit: unitId.optional().describe('Only people of exactly this unit'),
      left: queryFlag.optional().describe('Also those who have left'),
    }),
    reply: pageOf(person),
  }),
  get: endpoint({
    name: 'people.get',
    method: 'GET',
    path: '/api/people/:id',
    permission: 'session',
    summary: { zh: '人员详情（查看工作电话会记入台账）', en: 'A person; reading the work telephone is journaled' },
    params: z.object({ id }),
    reply: personView,
  }),
  create: endpoint({
    name: 'people.create',
    method: 'POST',
    path: '/api/people',
    permission: 'people.write',
    summary: { zh: '登记人员', en: 'Register a person' },
    body: z.object({
      unitId,
      name: text(50),
      title: text(50).nullable().default(null),
      workPhone: workPhone.nullable().default(null),
      partyMember: z.boolean().default(false),
    }),
    reply: person,
  }),
  update: endpoint({
    name: 'people.update',
    method: 'PATCH',
    path: '/api/people/:id',
    permission: 'people.write',
    summary: { zh: '更新人员信息', en: 'Correct what is registered of a person' },
    params: z.object({ id }),
    body: z
      .object({
        name: text(50),
        title: text(50).nullable(),
        workPhone: workPhone.nullable(),
        partyMember: z.boolean(),
      })
      .partial()
      .refine((b) => Object.keys(b).length > 0),
    reply: person,
  }),
  move: endpoint({
    name: 'people.move',
    method: 'POST',
    path: '/api/people/:id/moves',
    permission: 'people.write',
    summary: { zh: '调动到另一单位', en: 'Move a person to another unit' },
    params: z.object({ id }),
    body: change.extend({ unitId }),
    reply: person,
  }),
  leave: endpoint({
    name: 'people.leave',
    method: 'POST',
    path: '/api/people/:id/departure',
    permission: 'people.write',
    summary: { zh: '离任（同日结束其全部责任分工）', en: 'A person leaves; what they answer for ends the same day' },
    params: z.object({ id }),
    body: change.extend({ day }),
    reply: z.object({
      person,
      ended: z.array(
        z.object({ id, role: z.string(), star: z.string().nullable(), unitId: z.int(), unitName: z.string() }),
      ),
    }),
  }),
} as const;
