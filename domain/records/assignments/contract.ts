import { z } from 'zod';
import { day, endpoint, id, pageOf, pageQuery, queryFlag, text, unitId } from '../../contract.ts';
import { roleNames } from './roles.ts';

export const roleName = z.enum(roleNames);
export const starId = z.string().regex(/^[^\s,"'/\\]{1,64}$/u);

export const consent = z.strictObject({
  on: day,
  how: z.enum(['written', 'spoken']),
  document: text(100).optional(),
});

/** What some duties record besides holder, object and days. */
export const assignmentData = z.strictObject({
  consent: consent.optional(),
  /** The day a household was told who its contact would be. */
  informedOn: day.optional(),
  /** Where and when residents find the holder; never a private number. */
  contactWay: text(120).optional(),
  /** The holder agreed that residents are shown the name. */
  nameShown: z.boolean().optional(),
  /** The one main line of a county leader for a star. */
  line: z.strictObject({ theme: text(100), goals: z.array(text(200)).min(1).max(10) }).optional(),
  /** The piece of ground that a member of a greening group looks after. */
  plot: text(100).optional(),
  note: text(200).optional(),
});
export type AssignmentData = z.infer<typeof assignmentData>;

export const holder = z.object({
  assignmentId: id,
  personId: id.nullable(),
  unitId: z.int().nullable(),
  name: z.string(),
  title: z.string().nullable(),
  home: z.string().nullable().describe('Name of the unit the person belongs to'),
  from: z.string(),
  to: z.string().nullable(),
});
export type Holder = z.infer<typeof holder>;

export const assignment = z.object({
  id,
  role: roleName,
  words: z.object({ zh: z.string(), en: z.string() }),
  star: z.string().nullable(),
  unitId: z.int(),
  unitName: z.string(),
  unitType: z.string(),
  personId: id.nullable(),
  holderUnitId: z.int().nullable(),
  holder: z.string(),
  title: z.string().nullable(),
  home: z.string().nullable(),
  object: z.string().nullable().describe('An address or a criterion; addresses only for readers of people there'),
  from: z.string(),
  to: z.string().nullable(),
  document: z.string().nullable(),
  endedReason: z.string().nullable(),
  data: assignmentData,
});
export type Assignment = z.infer<typeof assignment>;

const holderFields = { personId: id.optional(), holderUnitId: unitId.optional() };
const oneHolder = (b: { personId?: string | undefined; holderUnitId?: number | undefined }) =>
  (b.personId === undefined) !== (b.holderUnitId === undefined);
const document = text(100).describe('The document the appointment rests on');

export const contactCard = z.object({
  unitName: z.string(),
  role: roleName,
  words: z.object({ zh: z.string(), en: z.string() }),
  name: z.string().nullable().describe('Null where the holder did not agree to be shown'),
  contactWay: z.string().nullable(),
  since: z.string(),
  how: z.object({ zh: z.string(), en: z.string() }).describe('How to change or decline'),
});
export type ContactCard = z.infer<typeof contactCard>;

const wish = z.enum(['change', 'decline']);

export const assignments = {
  roles: endpoint({
    name: 'assignments.roles',
    method: 'GET',
    path: '/api/assignments/roles',
    permission: 'session',
    summary: { zh: '责任角色与我可以安排的角色', en: 'The roles, and which of them I may give on a unit' },
    query: z.object({ unit: unitId.optional() }),
    reply: z.object({
      items: z.array(
        z.object({
          role: roleName,
          words: z.object({ zh: z.string(), en: z.string() }),
          tier: z.string(),
          on: z.array(z.string()),
          holder: z.enum(['person', 'unit']),
          cardinality: z.enum(['one', 'many']),
          perStar: z.boolean(),
          needsConsent: z.boolean(),
          mine: z.boolean().describe('I may give it on the unit asked for'),
        }),
      ),
    }),
  }),
  list: endpoint({
    name: 'assignments.list',
    method: 'GET',
    path: '/api/assignments',
    permission: 'session',
    summary: { zh: '责任分工（现任与历史）', en: 'Assignments, present or past' },
    query: pageQuery.extend({
      unit: unitId.optional().describe('Exactly this unit'),
      under: unitId.optional().describe('This unit and those below it'),
      role: roleName.optional(),
      star: starId.optional(),
      person: id.optional(),
      holderUnit: unitId.optional(),
      asOf: day.optional().describe('As of this day; today when left out'),
      history: queryFlag.optional().describe('All of them, ended ones included'),
    }),
    reply: pageOf(assignment),
  }),
  get: endpoint({
    name: 'assignments.get',
    method: 'GET',
    path: '/api/assignments/:id',
    permission: 'session',
    summary: { zh: '一项责任分工', en: 'An assignment' },
    params: z.object({ id }),
    reply: assignment,
  }),
  assign: endpoint({
    name: 'assignments.assign',
    method: 'POST',
    path: '/api/assignments',
    permission: 'assignments.write',
    summary: { zh: '安排责任', en: 'Assign a duty' },
    body: z
      .object({
        role: roleName,
        unitId,
        star: starId.nullable().default(null),
        ...holderFields,
        from: day,
        to: day.nullable().default(null),
        document,
        address: text(100).optional().describe('A household by its address, without persons'),
        criterion: text(64).optional(),
        data: assignmentData.default({}),
      })
      .refine(oneHolder, { path: ['personId'], message: 'personId or holderUnitId' }),
    reply: assignment,
  }),
  end: endpoint({
    name: 'assignments.end',
    method: 'POST',
    path: '/api/assignments/:id/end',
    permission: 'session',
    summary: { zh: '结束责任', en: 'End an assignment' },
    params: z.object({ id }),
    body: z.object({ day, reason: text(200) }),
    reply: assignment,
  }),
  handover: endpoint({
    name: 'assignments.handover',
    method: 'POST',
    path: '/api/assignments/:id/handover',
    permission: 'assignments.write',
    summary: { zh: '交接（同日结束与接任，不留空档）', en: 'Hand over: one ends and the next starts the same day' },
    params: z.object({ id }),
    body: z
      .object({ ...holderFields, day, document, data: assignmentData.optional() })
      .refine(oneHolder, { path: ['personId'], message: 'personId or holderUnitId' }),
    reply: z.object({ ended: assignment, begun: assignment }),
  }),
  household: endpoint({
    name: 'assignments.household',
    method: 'POST',
    path: '/api/assignments/:id/household',
    permission: 'cases.write',
    summary: { zh: '代住户登记：更换或不需要联系人', en: 'On behalf of a household: another contact, or none' },
    params: z.object({ id }),
    body: z.object({ wish, day }),
    reply: z.object({ ok: z.literal(true) }),
  }),
  contact: endpoint({
    name: 'assignments.contact',
    method: 'GET',
    path: '/api/contacts/:id',
    permission: 'public',
    summary: { zh: '联系卡：我家的联系党员是谁', en: 'The card a household was given: who its contact is' },
    params: z.object({ id }),
    reply: contactCard,
  }),
  wish: endpoint({
    name: 'assignments.wish',
    method: 'POST',
    path: '/api/contacts/:id/wishes',
    permission: 'public',
    summary: { zh: '住户自行更换或谢绝联系人', en: 'A household asks for another contact, or for none' },
    params: z.object({ id }),
    body: z.object({ wish }),
    reply: z.object({ ok: z.literal(true) }),
  }),
  contacts: endpoint({
    name: 'assignments.contacts',
    method: 'GET',
    path: '/api/units/:unitId/contacts',
    permission: 'public',
    summary: { zh: '片区、楼栋联系人（居民可看）', en: 'Who looks after an area or a building, for residents' },
    params: z.object({ unitId }),
    reply: z.object({ items: z.array(contactCard) }),
  }),
} as const;
