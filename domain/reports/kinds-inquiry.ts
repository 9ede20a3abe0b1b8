import { z } from 'zod';
import { day, text, unitId } from '../contract.ts';
import { fieldWords } from '../fields.ts';
import { period } from '../records/facts/periods.ts';
import type { Workflow } from '../records/cases/workflow.ts';

/** What one column of an inquiry asks for: a figure of the catalogue, or a field of the office's own. */
export const column = z.union([z.strictObject({ figure: z.string().max(60) }), z.strictObject({ field: z.uuid() })]);
export type Column = z.infer<typeof column>;

/** The name of a column, the same in inquiry and answer. */
export function columnName(c: Column): string {
  return 'figure' in c ? c.figure : c.field;
}

/** A village holds a value that it was shown to be wrong. That changes nothing by itself: it is told beside the value. */
export const dispute = z.strictObject({
  reason: text(500),
  /** What it holds to be right; only of values that are entered as they stand. */
  right: z.string().max(500).nullable(),
  /** The value that is disputed: once that was corrected, the dispute is settled. */
  of: z.string().max(500),
});
export type Dispute = z.infer<typeof dispute>;

/** What a cell holds when it was answered: kept with the answer, so that a table stays what it was. */
export const cell = z.strictObject({
  value: z.string().nullable(),
  asOf: z.string().nullable(),
  /** Where the value is from; answers from before this was kept do not say. */
  source: z.string().nullable().optional(),
  /** Whether the platform knew it, or the village gave it. */
  from: z.enum(['known', 'given', 'missing']),
  /** The village was shown the value and answered without disputing it. */
  confirmed: z.literal(true).optional(),
  dispute: dispute.optional(),
});
export type Cell = z.infer<typeof cell>;

/** An office asks the villages below for numbers (一张表). What it costs them is said before it is sent. */
export const inquiry: Workflow = {
  type: 'inquiry',
  words: { zh: '数据征询（一张表）', en: 'Inquiry (one table)' },
  initial: 'drafted',
  openVerb: 'reports.write',
  openBelow: true,
  states: {
    drafted: { words: { zh: '起草中', en: 'Being drafted' }, waitsFor: 'raiser' },
    // It is closed by who sent it: one line in their inbox, however many villages answer.
    sent: { words: { zh: '征询中', en: 'Being answered' }, waitsFor: 'raiser' },
    closed: { words: { zh: '已汇总', en: 'Closed' }, final: true },
    cancelled: { words: { zh: '已取消', en: 'Cancelled' }, final: true },
  },
  steps: {
    change: {
      words: { zh: '修改草稿', en: 'Change the draft' },
      from: ['drafted'],
      to: 'drafted',
      verb: 'reports.write',
      byModule: true,
    },
    send: { words: { zh: '发出', en: 'Send' }, from: ['drafted'], to: 'sent', verb: 'reports.write', byModule: true },
    close: {
      words: { zh: '汇总办结', en: 'Close' },
      from: ['sent'],
      to: 'closed',
      verb: 'reports.write',
      byModule: true,
    },
    cancel: {
      words: { zh: '取消', en: 'Cancel' },
      from: ['drafted', 'sent'],
      to: 'cancelled',
      verb: 'reports.write',
      needs: ['reason'],
      byModule: true,
    },
  },
  data: z.strictObject({
    /** The document that the request rests on: without one nobody is asked. */
    basis: text(300),
    purpose: text(500),
    period,
    due: day,
    columns: z.array(column).min(1).max(60),
    /** Empty: every village and community below. */
    units: z.array(unitId).max(2000).default([]),
  }),
  fields: fieldWords({
    basis: ['依据文件', 'Document it rests on'],
    purpose: ['用途', 'Purpose', { long: true }],
    period: ['期间', 'Period', { column: true }],
    due: ['答复期限', 'Due', { column: true }],
    columns: ['征询内容', 'Columns'],
    units: ['征询单位', 'Units asked'],
  }),
};

export const inquiryAnswer: Workflow = {
  type: 'inquiry-answer',
  words: { zh: '数据征询答复', en: 'Answer to an inquiry' },
  initial: 'asked',
  openVerb: 'reports.write',
  toldAs: 'inquiry',
  states: {
    // The village answers, not everybody above it who may enter its facts.
    asked: { words: { zh: '待答复', en: 'Asked' }, waitsFor: 'owner' },
    answered: { words: { zh: '已答复', en: 'Answered' }, waitsFor: null },
    accepted: { words: { zh: '已采用', en: 'Accepted' }, final: true },
    dropped: { words: { zh: '不再需要', en: 'No longer needed' }, final: true },
  },
  steps: {
    answer: {
      words: { zh: '答复', en: 'Answer' },
      from: ['asked'],
      to: 'answered',
      verb: 'facts.write',
      byModule: true,
    },
    return: {
      words: { zh: '退回', en: 'Return' },
      from: ['answered'],
      to: 'asked',
      verb: 'reports.write',
      needs: ['reason'],
      dueWorkdays: 3,
      byModule: true,
    },
    accept: {
      words: { zh: '采用', en: 'Accept' },
      from: ['answered'],
      to: 'accepted',
      verb: 'reports.write',
      byModule: true,
    },
    drop: {
      words: { zh: '取消', en: 'Drop' },
      from: ['asked', 'answered'],
      to: 'dropped',
      verb: 'reports.write',
      byModule: true,
    },
  },
  data: z.strictObject({
    /** Columns that the platform did not know when the inquiry was sent: what the village is asked. */
    asked: z.array(z.string().max(60)).max(60),
    minutes: z.int().min(0),
    cells: z.record(z.string().max(60), cell).default({}),
  }),
  fields: fieldWords({
    asked: ['需填内容', 'What is asked'],
    minutes: ['预计用时（分钟）', 'Minutes it takes'],
    cells: ['答复内容', 'Cells'],
  }),
};

export const inquiryKinds = { inquiry, 'inquiry-answer': inquiryAnswer } as const;
