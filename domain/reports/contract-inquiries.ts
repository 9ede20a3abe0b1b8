import { z } from 'zod';
import { day, endpoint, id, moment, pageOf, pageQuery, queryFlag, text, unitId } from '../contract.ts';
import { sheetFormat } from '../records/imports/contract.ts';
import { period } from '../records/facts/periods.ts';
import { cell, column } from './kinds-inquiry.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const fieldKind = z.enum(['number', 'yes', 'text']);

export const askedField = z.object({
  id: z.string(),
  name: z.string(),
  kind: fieldKind,
  unit: z.string().nullable(),
  question: z.string(),
  ownerUnitId: z.int(),
  ownerUnitName: z.string(),
  uses: z.int().describe('Inquiries that have asked for it'),
});

const ask = z.object({
  name: z.string(),
  words,
  kind: fieldKind,
  unit: words.nullable(),
  question: words,
});

export const columnView = z.object({
  name: z.string(),
  words,
  kind: fieldKind,
  unit: words.nullable(),
  question: words,
  figure: z.boolean(),
  /** A figure counted from records that nobody types in: where they are missing, the records are what is asked for. */
  typed: z.boolean(),
  entered: z
    .boolean()
    .describe('Entered as it stands, so that a dispute can say the right value; others are worked out'),
  asks: z.array(ask).describe('What would be asked where the column is not known'),
});

const composition = z.object({
  unitId,
  title: text(200),
  basis: text(300),
  purpose: text(500),
  period,
  due: day,
  columns: z.array(column).min(1).max(60),
  units: z.array(unitId).max(2000).default([]),
});

const minutesPerUnit = z.object({ median: z.int(), max: z.int() });

const burdenOfUnit = z.object({
  unitId: z.int(),
  unitName: z.string(),
  known: z.int(),
  asked: z.int(),
  fromRecords: z.int().describe('Figures that only records can fill; they are not typed in'),
  minutes: z.int(),
  used: z.int().describe('Minutes that other inquiries of the month cost already'),
});

export const preview = z.object({
  units: z.int(),
  cells: z.int(),
  known: z.int(),
  share: z.number(),
  asked: z.int(),
  minutes: z.int(),
  minutesPerUnit,
  cap: z.int(),
  reason: z.object({ code: z.string(), words }).nullable(),
  columns: z.array(columnView.extend({ known: z.int() })),
  worst: z.array(burdenOfUnit),
});
export type Preview = z.infer<typeof preview>;

const inquiryItem = z.object({
  id: z.string(),
  title: z.string(),
  unitId: z.int(),
  unitName: z.string(),
  state: z.string(),
  stateWords: words,
  basis: z.string(),
  purpose: z.string(),
  period: z.string(),
  due: z.string(),
  columns: z.int(),
  units: z.int(),
  answered: z.int().describe('Those who were let go have not answered'),
  disputed: z.int().describe('Values that villages hold to be wrong'),
  share: z.number().nullable().describe('Share of cells that were known when it was sent'),
  openedAt: moment,
});

const row = z.object({
  unitId: z.int(),
  unitName: z.string(),
  parentName: z.string(),
  answerId: z.string().nullable(),
  state: z.string(),
  stateWords: words,
  minutes: z.int(),
  cells: z.record(z.string(), cell),
});

const inquiryView = inquiryItem.extend({
  mayManage: z.boolean().describe('Whether the reader may send, close and cancel it'),
  /** Of a draft: whom it would reach if it were sent now, and what that would cost each. */
  burden: z.object({ units: z.int(), asked: z.int(), minutes: z.int(), minutesPerUnit }).nullable(),
  only: z
    .array(z.object({ unitId: z.int(), unitName: z.string() }))
    .describe('The villages it was narrowed to; empty: all below the office'),
  columnList: z.array(columnView),
  rows: z.array(row),
  totals: z.record(z.string(), z.string().nullable()),
});

const answerCell = cell.extend({ source: z.string().nullable(), asked: z.boolean() });
const answerView = z.object({
  id: z.string(),
  inquiryId: z.string(),
  title: z.string(),
  basis: z.string(),
  purpose: z.string(),
  asker: z.string(),
  unitId: z.int(),
  unitName: z.string(),
  period: z.string(),
  due: z.string(),
  state: z.string(),
  stateWords: words,
  returned: z.string().nullable(),
  mayDispute: z.boolean().describe('Whether the reader may hold a value that is shown to be wrong'),
  mayReturn: z.boolean().describe('Whether the reader asked, and may give the answer back'),
  minutes: z.int(),
  columns: z.array(columnView.extend({ cell: answerCell })),
});
export type AnswerView = z.infer<typeof answerView>;

const disputed = z.object({ id, column: z.string().max(60).describe('A key of the catalogue, or the id of a field') });

export const inquiries = {
  fields: endpoint({
    name: 'inquiries.fields',
    method: 'GET',
    path: '/api/inquiries/fields',
    permission: 'facts.read',
    summary: { zh: '自设字段', en: 'Fields beside the catalogue that were asked for before' },
    query: pageQuery.extend({ q: text(50, 0).optional() }),
    reply: pageOf(askedField),
  }),
  addField: endpoint({
    name: 'inquiries.addField',
    method: 'POST',
    path: '/api/inquiries/fields',
    permission: 'reports.write',
    summary: { zh: '新设字段', en: 'Ask for something that the catalogue does not know' },
    body: z.object({
      unitId,
      name: text(60),
      kind: fieldKind,
      unit: text(20).nullable().default(null),
      question: text(200),
    }),
    reply: askedField,
  }),
  preview: endpoint({
    name: 'inquiries.preview',
    method: 'POST',
    path: '/api/inquiries/previews',
    permission: 'reports.write',
    summary: {
      zh: '预览：已知多少、还需填多少、负担多大',
      en: 'What is known, what would be asked, and what it would cost',
    },
    body: composition,
    reply: preview,
  }),
  draft: endpoint({
    name: 'inquiries.draft',
    method: 'POST',
    path: '/api/inquiries',
    permission: 'reports.write',
    summary: { zh: '起草数据征询', en: 'Draft an inquiry' },
    body: composition,
    reply: inquiryItem,
  }),
  change: endpoint({
    name: 'inquiries.change',
    method: 'PUT',
    path: '/api/inquiries/:id',
    permission: 'reports.write',
    summary: { zh: '修改草稿（发出后不能再改）', en: 'Change a draft; what was sent stands' },
    params: z.object({ id }),
    body: composition.omit({ unitId: true }),
    reply: inquiryItem,
  }),
  send: endpoint({
    name: 'inquiries.send',
    method: 'POST',
    path: '/api/inquiries/:id/sending',
    permission: 'reports.write',
    summary: { zh: '发出', en: 'Send it to those who have something to answer' },
    params: z.object({ id }),
    reply: inquiryItem,
  }),
  list: endpoint({
    name: 'inquiries.list',
    method: 'GET',
    path: '/api/inquiries',
    permission: 'facts.read',
    summary: { zh: '数据征询列表', en: 'Inquiries' },
    query: pageQuery.extend({ under: unitId.optional(), open: queryFlag.optional() }),
    reply: pageOf(inquiryItem),
  }),
  get: endpoint({
    name: 'inquiries.get',
    method: 'GET',
    path: '/api/inquiries/:id',
    permission: 'facts.read',
    summary: { zh: '一张表', en: 'The one table: every unit, every column' },
    params: z.object({ id }),
    reply: inquiryView,
  }),
  export: endpoint({
    name: 'inquiries.export',
    method: 'GET',
    path: '/api/inquiries/:id/sheet',
    permission: 'facts.read',
    summary: { zh: '导出一张表（Excel）', en: 'The collected table as a sheet with its official head' },
    params: z.object({ id }),
    query: z.object({ format: sheetFormat.default('xlsx') }),
    reply: z.unknown(),
    raw: true,
  }),
  close: endpoint({
    name: 'inquiries.close',
    method: 'POST',
    path: '/api/inquiries/:id/closure',
    permission: 'reports.write',
    summary: { zh: '汇总办结', en: 'Accept the answers and close' },
    params: z.object({ id }),
    body: z.object({ reason: text(500).optional() }),
    reply: inquiryItem,
  }),
  cancel: endpoint({
    name: 'inquiries.cancel',
    method: 'POST',
    path: '/api/inquiries/:id/cancellation',
    permission: 'reports.write',
    summary: { zh: '取消', en: 'Cancel; nobody has to answer any more' },
    params: z.object({ id }),
    body: z.object({ reason: text(500) }),
    reply: inquiryItem,
  }),
  answerForm: endpoint({
    name: 'inquiries.answerForm',
    method: 'GET',
    path: '/api/inquiries/answers/:id',
    permission: 'facts.read',
    summary: {
      zh: '答复表（已知的不再问）',
      en: 'The form of a village: what is known is shown, only the rest is asked',
    },
    params: z.object({ id }),
    reply: answerView,
  }),
  answer: endpoint({
    name: 'inquiries.answer',
    method: 'POST',
    path: '/api/inquiries/answers/:id',
    permission: 'facts.write',
    summary: { zh: '答复', en: 'Answer' },
    params: z.object({ id }),
    body: z.object({
      asOf: day,
      source: text(200),
      values: z.record(z.string().max(60), text(500)),
    }),
    reply: answerView,
  }),
  dispute: endpoint({
    name: 'inquiries.dispute',
    method: 'PUT',
    path: '/api/inquiries/answers/:id/disputes/:column',
    permission: 'facts.write',
    summary: {
      zh: '对已知数据提出异议（数值不变，理由随表）',
      en: 'Hold a value that is shown to be wrong; it stays, and the reason stands beside it',
    },
    params: disputed,
    body: z.object({
      reason: text(500),
      right: text(500).nullable().default(null).describe('The right value, where the number is entered as it stands'),
    }),
    reply: answerView,
  }),
  takeBack: endpoint({
    name: 'inquiries.takeBack',
    method: 'DELETE',
    path: '/api/inquiries/answers/:id/disputes/:column',
    permission: 'facts.write',
    summary: { zh: '撤回异议', en: 'Take a dispute back' },
    params: disputed,
    reply: answerView,
  }),
  return: endpoint({
    name: 'inquiries.return',
    method: 'POST',
    path: '/api/inquiries/answers/:id/return',
    permission: 'reports.write',
    summary: { zh: '退回', en: 'Return an answer with the reason' },
    params: z.object({ id }),
    body: z.object({ reason: text(500) }),
    reply: answerView,
  }),
  burden: endpoint({
    name: 'inquiries.burden',
    method: 'GET',
    path: '/api/units/:id/burden',
    permission: 'facts.read',
    summary: { zh: '填报负担（每村每月）', en: 'Burden by village and month' },
    params: z.object({ id: unitId }),
    query: z.object({ month: z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/) }),
    reply: z.object({
      cap: z.int(),
      capDocument: z.string().nullable(),
      items: z.array(
        z.object({ unitId: z.int(), unitName: z.string(), inquiries: z.int(), fields: z.int(), minutes: z.int() }),
      ),
    }),
  }),
  setCap: endpoint({
    name: 'inquiries.setCap',
    method: 'PUT',
    path: '/api/units/:id/burden-cap',
    permission: 'stars.cycle',
    summary: { zh: '设定每村每月负担上限', en: 'Set the cap of minutes a village and month' },
    params: z.object({ id: unitId }),
    body: z.object({ minutes: z.int().min(0).max(1000), document: text(200) }),
    reply: z.object({ cap: z.int() }),
  }),
} as const;
