import { z } from 'zod';
import { day, endpoint, id, moment, pageOf, pageQuery, queryFlag, text, unitId } from '../../contract.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const fields = z.record(z.string().max(60), z.unknown());
const version = z.int().positive().describe('The version that was read; a change of another one is refused').optional();
/** A line of work or a theme. Never a mark of a person: tags of personal kinds are refused by the rules. */
const tags = z.array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/)).max(20);

export const subjectItem = z.object({
  id: z.string(),
  kind: z.string(),
  kindWords: words,
  unitId: z.int(),
  unitName: z.string(),
  name: z.string(),
  code: z.string().nullable(),
  place: z.string().nullable(),
  parentId: z.string().nullable(),
  parentName: z.string().nullable(),
  leadUnitId: z.int().nullable(),
  leadUnitName: z.string().nullable(),
  state: z.string(),
  stateWords: words,
  star: z.string().nullable(),
  tags: z.array(z.string()),
  fromDay: z.string(),
  toDay: z.string().nullable(),
  changedAt: moment,
  version: z.int(),
  data: fields,
});
export type SubjectItem = z.infer<typeof subjectItem>;

const reason = z.object({ code: z.string(), words }).nullable();

export const subjectView = subjectItem.extend({
  parts: z.int().describe('Entries that belong to this one and have not ended'),
  personal: z
    .array(z.object({ field: z.string(), words, kept: z.boolean() }))
    .nullable()
    .describe('Which personal fields are kept, without their values; null for those who may not read them'),
  mayChange: z.boolean(),
  mayEnd: reason.describe('Why it cannot be ended now; null when it can'),
});
export type SubjectView = z.infer<typeof subjectView>;

export const channels = ['paper', 'page', 'witnessed'] as const;

export const consent = z.object({
  id: z.string(),
  subjectId: z.string(),
  purpose: z.string(),
  fields: z.array(z.string()),
  givenOn: z.string(),
  expiresOn: z.string(),
  channel: z.enum(channels),
  document: z.string().nullable(),
  recordedAt: moment,
  withdrawnAt: moment.nullable(),
  erasedAt: moment.nullable(),
  live: z.boolean().describe('Given, not expired, not withdrawn'),
  personName: z
    .string()
    .nullable()
    .describe('The person with an account who gave it and sees what is the household’s own'),
});
export type Consent = z.infer<typeof consent>;

/** Who looked, when, at what and what for: what the person is shown. Values are in no list. */
export const reading = z.object({
  at: moment,
  by: z.string(),
  fields: z.array(z.string()),
  purpose: z.string(),
});

/** A record of another type that names this entry. */
export const subjectLink = z.object({
  record: z.enum(['subject', 'agreement', 'case', 'designation', 'event', 'book']),
  id: z.string(),
  kind: z.string(),
  kindWords: words,
  title: z.string(),
  state: z.string(),
  stateWords: words,
  onDay: z.string().nullable(),
});
export type SubjectLink = z.infer<typeof subjectLink>;

const one = z.object({ id });
const personalText = text(500);

export const subjects = {
  kinds: endpoint({
    name: 'subjects.kinds',
    method: 'GET',
    path: '/api/subjects/kinds',
    permission: 'session',
    summary: { zh: '登记对象的类别与字段', en: 'Kinds of subjects and their fields' },
    reply: z.object({
      items: z.array(
        z.object({
          kind: z.string(),
          words,
          on: z.array(z.string()),
          initial: z.string(),
          states: z.array(z.object({ state: z.string(), words, ended: z.boolean() })),
          code: words.nullable(),
          place: z.object({ words, required: z.boolean() }).nullable(),
          parents: z.array(z.string()),
          led: z.boolean(),
          nameIs: z.enum(['place', 'code']).nullable().describe('The name follows from this; none is asked'),
          sample: z.boolean(),
          personal: z.array(z.object({ field: z.string(), words })),
          fields: z.unknown().describe('Words of each field, in the order of the form'),
          data: z.unknown().describe('JSON Schema of the fields'),
        }),
      ),
    }),
  }),
  list: endpoint({
    name: 'subjects.list',
    method: 'GET',
    path: '/api/subjects',
    permission: 'records.read',
    summary: { zh: '查询登记对象', en: 'Find subjects' },
    query: pageQuery.extend({
      kind: name.optional(),
      state: name.optional(),
      ended: queryFlag.optional().describe('Only those that have ended (true) or that exist (false)'),
      under: unitId.optional().describe('Only those of this unit and the units below it'),
      star: text(64).optional(),
      tag: text(40).optional(),
      parent: id.optional(),
      ledBy: unitId.optional(),
      q: text(50, 0).optional().describe('Part of the name, the number or the place'),
      sort: z.enum(['name', 'changed', 'from']).default('name'),
    }),
    reply: pageOf(subjectItem),
  }),
  get: endpoint({
    name: 'subjects.get',
    method: 'GET',
    path: '/api/subjects/:id',
    permission: 'records.read',
    summary: { zh: '登记对象详情', en: 'A subject' },
    params: one,
    reply: subjectView,
  }),
  links: endpoint({
    name: 'subjects.links',
    method: 'GET',
    path: '/api/subjects/:id/links',
    permission: 'records.read',
    summary: { zh: '相关记录', en: 'Records that name a subject' },
    params: one,
    query: z.object({ limit: pageQuery.shape.limit }),
    reply: z.object({ items: z.array(subjectLink) }),
  }),
  create: endpoint({
    name: 'subjects.create',
    method: 'POST',
    path: '/api/subjects',
    permission: 'records.write',
    summary: { zh: '登记', en: 'Register a subject' },
    body: z.object({
      kind: name,
      unitId,
      name: text(200).optional().describe('Left out where it follows from the place or the number'),
      code: text(40).optional(),
      place: text(200).optional(),
      parentId: id.optional(),
      leadUnitId: unitId.optional(),
      state: name.optional(),
      star: text(64).optional(),
      tags: tags.default([]),
      fromDay: day,
      data: fields.default({}),
    }),
    reply: subjectView,
  }),
  change: endpoint({
    name: 'subjects.change',
    method: 'PATCH',
    path: '/api/subjects/:id',
    permission: 'records.write',
    summary: { zh: '变更登记内容', en: 'Change a subject' },
    params: one,
    body: z.object({
      version,
      unitId: unitId.optional().describe('Moves it to another unit'),
      name: text(200).optional(),
      code: text(40).nullable().optional(),
      place: text(200).nullable().optional(),
      parentId: id.nullable().optional(),
      leadUnitId: unitId.nullable().optional(),
      star: text(64).nullable().optional(),
      tags: tags.optional(),
      fromDay: day.optional(),
      data: fields.optional().describe('Fields that change; null takes one away'),
    }),
    reply: subjectView,
  }),
  setState: endpoint({
    name: 'subjects.setState',
    method: 'POST',
    path: '/api/subjects/:id/states',
    permission: 'records.write',
    summary: { zh: '变更状态', en: 'Change the state of a subject' },
    params: one,
    body: z.object({ version, state: name, reason: text(500).optional() }),
    reply: subjectView,
  }),
  end: endpoint({
    name: 'subjects.end',
    method: 'POST',
    path: '/api/subjects/:id/ending',
    permission: 'records.write',
    summary: { zh: '注销', en: 'End the entry of a subject' },
    params: one,
    body: z.object({ version, onDay: day, reason: text(500), state: name.optional() }),
    reply: subjectView,
  }),
} as const;

export const personalFields = {
  consents: endpoint({
    name: 'personal.consents',
    method: 'GET',
    path: '/api/subjects/:id/consents',
    permission: 'personal.read',
    summary: { zh: '知情同意记录', en: 'Consents of a subject' },
    params: one,
    query: pageQuery,
    reply: pageOf(consent),
  }),
  give: endpoint({
    name: 'personal.give',
    method: 'POST',
    path: '/api/subjects/:id/consents',
    permission: 'personal.write',
    summary: { zh: '登记知情同意', en: 'Record a consent that was given' },
    params: one,
    body: z.object({
      purpose: text(300),
      fields: z.array(name).min(1).max(30),
      givenOn: day,
      expiresOn: day,
      channel: z.enum(channels),
      document: text(200).optional(),
      personId: id
        .optional()
        .describe('Who gave it for the household, where they have an account: they see its own points while it lives'),
    }),
    reply: consent,
  }),
  withdraw: endpoint({
    name: 'personal.withdraw',
    method: 'POST',
    path: '/api/consents/:id/withdrawal',
    permission: 'personal.write',
    summary: { zh: '撤回同意并删除信息', en: 'Withdraw a consent; what it allowed is erased' },
    params: one,
    reply: consent,
  }),
  write: endpoint({
    name: 'personal.write',
    method: 'PUT',
    path: '/api/subjects/:id/personal',
    permission: 'personal.write',
    summary: { zh: '填写个人信息（须有有效同意）', en: 'Write personal fields under a live consent' },
    params: one,
    body: z.object({
      consentId: id,
      values: z.record(name, personalText.nullable()).describe('null erases a field'),
    }),
    reply: z.object({ kept: z.array(z.string()) }),
  }),
  read: endpoint({
    name: 'personal.read',
    method: 'POST',
    path: '/api/subjects/:id/readings',
    permission: 'personal.read',
    summary: { zh: '查看个人信息（每次记录）', en: 'Read personal fields; each reading is recorded' },
    params: one,
    body: z.object({ fields: z.array(name).min(1).max(30), purpose: text(200) }),
    reply: z.object({ at: moment, values: z.record(z.string(), z.string()) }),
  }),
  readings: endpoint({
    name: 'personal.readings',
    method: 'GET',
    path: '/api/subjects/:id/readings',
    permission: 'personal.read',
    summary: { zh: '查看记录（供本人查询）', en: 'Who read the personal fields of a subject' },
    params: one,
    query: pageQuery,
    reply: pageOf(reading),
  }),
} as const;
