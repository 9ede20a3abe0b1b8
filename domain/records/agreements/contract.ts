import { z } from 'zod';
import { day, endpoint, id, moment, pageOf, pageQuery, queryFlag, text, unitId } from '../../contract.ts';
import { sheetFormat } from '../imports/index.ts';
import { agreementStates } from './rules.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const fields = z.record(z.string().max(60), z.unknown());
const version = z.int().positive().describe('The version that was read; a change of another one is refused').optional();
const tags = z.array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/)).max(20);

/** One side of it: a unit, a registered subject, or somebody outside the registry by name, never a private person. */
export const newParty = z
  .object({ role: name, unitId: unitId.optional(), subjectId: id.optional(), outsideName: text(200).optional() })
  .refine((p) => [p.unitId, p.subjectId, p.outsideName].filter((x) => x !== undefined).length === 1, {
    path: ['role'],
  });
export type NewParty = z.output<typeof newParty>;
const parties = z.array(newParty).min(1).max(1_000);

export const party = z.object({
  id: z.string(),
  role: z.string(),
  roleWords: words,
  unitId: z.int().nullable(),
  subjectId: z.string().nullable(),
  subjectKind: z.string().nullable(),
  name: z.string(),
  signedOn: z.string().nullable(),
  signedBy: z.string().nullable(),
});

export const agreementItem = z.object({
  id: z.string(),
  kind: z.string(),
  kindWords: words,
  unitId: z.int(),
  unitName: z.string(),
  title: z.string(),
  number: z.string().nullable(),
  state: z.enum(agreementStates),
  stateWords: words,
  fromDay: z.string(),
  toDay: z.string().nullable(),
  inForceOn: z.string().nullable(),
  endedOn: z.string().nullable(),
  expiring: z.boolean().describe('In force, and within the days in which its kind warns'),
  parties: z.int(),
  signed: z.int(),
  star: z.string().nullable(),
  tags: z.array(z.string()),
  changedAt: moment,
  version: z.int(),
  terms: fields,
});
export type AgreementItem = z.infer<typeof agreementItem>;

const reason = z.object({ code: z.string(), words }).nullable();

export const agreementView = agreementItem.extend({
  endedReason: z.string().nullable(),
  document: z.string().nullable(),
  renews: z.string().nullable(),
  renewedBy: z.string().nullable(),
  partyList: z.array(party).describe('The first thousand'),
  mayOpenSigning: reason.describe('Why it cannot go out for signing now; null when it can'),
  mayForce: reason.describe('Why it cannot be put in force now; null when it can'),
  mayChange: z.boolean(),
});

export const duePosting = z.object({
  key: z.string(),
  book: z.string(),
  onDay: z.string(),
  debit: z.string(),
  credit: z.string(),
  amount: z.int(),
  text: words,
  purpose: z.string().nullable(),
  entryId: z.string().nullable().describe('The entry in which it was posted; null when it is still to post'),
});
export type DuePosting = z.infer<typeof duePosting>;

const one = z.object({ id });
const step = {
  number: text(60).nullable().optional(),
  title: text(200).optional(),
  fromDay: day.optional(),
  toDay: day.nullable().optional(),
  star: text(64).nullable().optional(),
  tags: tags.optional(),
};

export const agreements = {
  kinds: endpoint({
    name: 'agreements.kinds',
    method: 'GET',
    path: '/api/agreements/kinds',
    permission: 'session',
    summary: { zh: '协议类别、当事方与条款', en: 'Kinds of agreements, their parties and terms' },
    reply: z.object({
      items: z.array(
        z.object({
          kind: z.string(),
          words,
          on: z.array(z.string()),
          roles: z.array(
            z.object({
              role: z.string(),
              words,
              party: z.array(z.enum(['unit', 'subject', 'outside'])),
              subjectKinds: z.array(z.string()).nullable(),
              unitTypes: z.array(z.string()).nullable(),
              min: z.int(),
              max: z.int().nullable(),
            }),
          ),
          posts: z.boolean().describe('Its terms make postings due'),
          warnDays: z.int().nullable(),
          coolingOffDays: z.int(),
          fields: z.unknown().describe('Words of each term, in the order of the form'),
          terms: z.unknown().describe('JSON Schema of the terms'),
        }),
      ),
    }),
  }),
  list: endpoint({
    name: 'agreements.list',
    method: 'GET',
    path: '/api/agreements',
    permission: 'records.read',
    summary: { zh: '查询协议', en: 'Find agreements' },
    query: pageQuery.extend({
      kind: name.optional(),
      state: z.enum(agreementStates).optional(),
      under: unitId.optional(),
      star: text(64).optional(),
      tag: text(40).optional(),
      subject: id.optional().describe('Only those to which this subject is a party'),
      unit: unitId.optional().describe('Only those to which this unit is a party'),
      expiring: queryFlag.optional().describe('In force and within the days in which the kind warns'),
      expiresBy: day.optional().describe('In force and ending on or before this day'),
      q: text(50, 0).optional().describe('Part of the title, the number or the name of a party'),
      sort: z.enum(['changed', 'expiry', 'title']).default('changed'),
    }),
    reply: pageOf(agreementItem),
  }),
  get: endpoint({
    name: 'agreements.get',
    method: 'GET',
    path: '/api/agreements/:id',
    permission: 'records.read',
    summary: { zh: '协议详情', en: 'An agreement' },
    params: one,
    reply: agreementView,
  }),
  sheet: endpoint({
    name: 'agreements.sheet',
    method: 'GET',
    path: '/api/exports/agreements',
    permission: 'records.read',
    summary: { zh: '导出协议台账', en: 'Export the agreements of a kind' },
    query: z.object({
      format: sheetFormat.default('xlsx'),
      kind: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
      under: unitId.optional(),
      state: z.enum(agreementStates).optional(),
      expiring: queryFlag.optional(),
      star: text(64).optional(),
      q: text(50, 0).optional(),
    }),
    reply: z.unknown(),
    raw: true,
  }),
  draft: endpoint({
    name: 'agreements.draft',
    method: 'POST',
    path: '/api/agreements',
    permission: 'records.write',
    summary: { zh: '起草协议', en: 'Draft an agreement' },
    body: z.object({
      kind: name,
      unitId,
      title: text(200).optional(),
      number: text(60).optional(),
      fromDay: day,
      toDay: day.optional(),
      star: text(64).optional(),
      tags: tags.default([]),
      parties,
      terms: fields.default({}),
    }),
    reply: agreementView,
  }),
  change: endpoint({
    name: 'agreements.change',
    method: 'PATCH',
    path: '/api/agreements/:id',
    permission: 'records.write',
    summary: { zh: '修改协议草稿', en: 'Change a draft' },
    params: one,
    body: z.object({ version, ...step, parties: parties.optional(), terms: fields.optional() }),
    reply: agreementView,
  }),
  openSigning: endpoint({
    name: 'agreements.openSigning',
    method: 'POST',
    path: '/api/agreements/:id/signing',
    permission: 'records.write',
    summary: { zh: '提交签署', en: 'Open an agreement for signing' },
    params: one,
    body: z.object({ version }),
    reply: agreementView,
  }),
  revise: endpoint({
    name: 'agreements.revise',
    method: 'POST',
    path: '/api/agreements/:id/revision',
    permission: 'records.write',
    summary: { zh: '退回修改（签名作废）', en: 'Take it back into the draft; signatures are void' },
    params: one,
    body: z.object({ version, reason: text(500) }),
    reply: agreementView,
  }),
  sign: endpoint({
    name: 'agreements.sign',
    method: 'POST',
    path: '/api/agreements/:id/signatures',
    permission: 'records.write',
    summary: { zh: '登记签署', en: 'Record the signature of a party' },
    params: one,
    body: z.object({ partyId: id, signedOn: day, signedBy: text(100) }),
    reply: agreementView,
  }),
  takeBack: endpoint({
    name: 'agreements.takeBack',
    method: 'DELETE',
    path: '/api/agreements/:id/signatures/:partyId',
    permission: 'records.write',
    summary: { zh: '撤回签署', en: 'Take a signature back before it is in force' },
    params: z.object({ id, partyId: id }),
    reply: agreementView,
  }),
  force: endpoint({
    name: 'agreements.force',
    method: 'POST',
    path: '/api/agreements/:id/force',
    permission: 'records.write',
    summary: { zh: '生效', en: 'Put an agreement in force' },
    params: one,
    body: z.object({ version, onDay: day, document: text(200).optional() }),
    reply: agreementView,
  }),
  end: endpoint({
    name: 'agreements.end',
    method: 'POST',
    path: '/api/agreements/:id/ending',
    permission: 'records.write',
    summary: { zh: '终止', en: 'End an agreement' },
    params: one,
    body: z.object({ version, onDay: day, reason: text(500), document: text(200).optional() }),
    reply: agreementView,
  }),
  drop: endpoint({
    name: 'agreements.drop',
    method: 'POST',
    path: '/api/agreements/:id/dropping',
    permission: 'records.write',
    summary: { zh: '作废', en: 'Drop an agreement that was never in force' },
    params: one,
    body: z.object({ version, reason: text(500) }),
    reply: agreementView,
  }),
  renew: endpoint({
    name: 'agreements.renew',
    method: 'POST',
    path: '/api/agreements/:id/renewals',
    permission: 'records.write',
    summary: { zh: '续签（另起草稿）', en: 'Renew: a new draft with the same parties and terms' },
    params: one,
    body: z.object({ fromDay: day.optional(), toDay: day.optional(), number: text(60).optional() }),
    reply: agreementView,
  }),
  due: endpoint({
    name: 'agreements.due',
    method: 'GET',
    path: '/api/agreements/:id/postings',
    permission: 'records.read',
    summary: { zh: '按条款应记的账', en: 'Postings that the terms make due' },
    params: one,
    query: z.object({ through: day }),
    reply: z.object({ items: z.array(duePosting) }),
  }),
  post: endpoint({
    name: 'agreements.post',
    method: 'POST',
    path: '/api/agreements/:id/postings',
    permission: 'ledgers.write',
    summary: { zh: '按条款记账', en: 'Post what is due, each instalment once' },
    params: one,
    body: z.object({ through: day, bookId: id.optional().describe('Needed where several books fit') }),
    reply: z.object({ posted: z.int(), items: z.array(duePosting) }),
  }),
} as const;
