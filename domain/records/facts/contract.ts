import { z } from 'zod';
import { day, endpoint, id, moment, pageOf, pageQuery, queryFlag, text, unitId } from '../../contract.ts';
import { unitType } from '../units/index.ts';
import { metricKeys } from './metrics.ts';
import { period } from './periods.ts';
import { readPeriod } from './periods-read.ts';

/** Records that a number is counted from. */
export const recordKinds = [
  'fact',
  'unit',
  'case',
  'designation',
  'event',
  'subject',
  'agreement',
  'entry',
  'assignment',
  'publication',
] as const;
export type RecordKind = (typeof recordKinds)[number];
const recordKind = z.enum(recordKinds);

export const metricKey = z.enum(metricKeys);
/** A decimal as text, so that nothing is lost on the way; whether the metric allows it is a rule. */
export const decimalText = z.string().trim().min(1).max(40);

const words = z.object({ zh: z.string(), en: z.string() });

export const fact = z.object({
  id,
  metric: z.string(),
  unitId: z.int(),
  unitName: z.string(),
  unitPath: z.string(),
  period: z.string(),
  value: z.string(),
  asOf: z.string(),
  source: z.string(),
  document: z.string().nullable(),
  enteredBy: z.string().nullable().describe('Name of the person who entered it; null for the platform itself'),
  enteredAt: moment,
  supersededAt: moment.nullable(),
  supersededBy: id.nullable(),
  reason: z.string().nullable().describe('Why this value took the place of an earlier one, or why it was withdrawn'),
});
export type Fact = z.infer<typeof fact>;

const source = text(200).describe('Where the number comes from: a register, a report, an office');
const document = text(200).nullable().default(null).describe('Number or title of the document behind it');

export const value = z.object({
  key: z.string(),
  value: z.string().nullable().describe('null: no record could answer. Never zero instead'),
  small: z
    .boolean()
    .describe('Fewer than five persons, told as <5 outside the unit that serves them; value is null then'),
  records: z.int(),
  asOf: z.string().nullable().describe('Latest day that the number speaks of'),
  asOfFirst: z.string().nullable().describe('Earliest day among the records'),
  source: z.string().nullable().describe('The source where there is one only'),
  sources: z.int(),
});

const countedValue = value.extend({
  countedAt: moment.describe('When it was counted; what changed until then is in it'),
  waiting: z.boolean().describe('Something has changed since that is being counted: this is the last count'),
});

export const facts = {
  catalogue: endpoint({
    name: 'facts.catalogue',
    method: 'GET',
    path: '/api/metrics',
    permission: 'session',
    summary: { zh: '指标目录（填报指标与计算指标）', en: 'The catalogue of numbers: entered and computed' },
    reply: z.object({
      items: z.array(
        z.object({
          key: z.string(),
          words,
          unit: words,
          decimals: z.int(),
          scoreEligible: z.boolean(),
          entered: z.boolean(),
          kind: z.enum(['stock', 'flow']).nullable(),
          rollup: z.enum(['sum', 'none']).nullable(),
          asks: words.nullable(),
          definition: words,
        }),
      ),
    }),
  }),
  list: endpoint({
    name: 'facts.list',
    method: 'GET',
    path: '/api/facts',
    permission: 'facts.read',
    summary: { zh: '查询填报数据', en: 'Find facts' },
    query: pageQuery.extend({
      unit: unitId.optional().describe('Of this unit only'),
      under: unitId.optional().describe('Of this unit and those below it'),
      metric: metricKey.optional(),
      period: period.optional(),
      superseded: queryFlag.optional().describe('Also values that were corrected or withdrawn'),
    }),
    reply: pageOf(fact),
  }),
  get: endpoint({
    name: 'facts.get',
    method: 'GET',
    path: '/api/facts/:id',
    permission: 'facts.read',
    summary: { zh: '一条数据及其更正历史', en: 'One fact with all its corrections' },
    params: z.object({ id }),
    reply: fact.extend({ history: z.array(fact).describe('Newest first, this one included'), locked: z.boolean() }),
  }),
  enter: endpoint({
    name: 'facts.enter',
    method: 'POST',
    path: '/api/facts',
    permission: 'facts.write',
    summary: { zh: '填报一个数据', en: 'Enter a fact' },
    body: z.object({ metric: metricKey, unitId, period, value: decimalText, asOf: day, source, document }),
    reply: fact,
  }),
  correct: endpoint({
    name: 'facts.correct',
    method: 'POST',
    path: '/api/facts/:id/corrections',
    permission: 'facts.write',
    summary: { zh: '更正（原值保留，须说明理由）', en: 'Correct a fact; the old value stays' },
    params: z.object({ id }),
    body: z.object({ value: decimalText, asOf: day, source, document, reason: text(500) }),
    reply: fact,
  }),
  withdraw: endpoint({
    name: 'facts.withdraw',
    method: 'POST',
    path: '/api/facts/:id/withdrawal',
    permission: 'facts.write',
    summary: { zh: '撤回（原值保留，须说明理由）', en: 'Withdraw a fact; it stays readable' },
    params: z.object({ id }),
    body: z.object({ reason: text(500) }),
    reply: fact,
  }),
  values: endpoint({
    name: 'facts.values',
    method: 'GET',
    path: '/api/units/:id/values',
    permission: 'facts.read',
    summary: { zh: '单位的指标数值（逐级汇总），可含下级', en: 'Values of a unit, rolled up, with those below' },
    params: z.object({ id: unitId }),
    query: z.object({
      keys: z
        .string()
        .max(4000)
        .describe('Keys of the catalogue, separated by commas')
        .transform((s) => [...new Set(s.split(',').filter(Boolean))])
        .pipe(z.array(z.string().max(60)).min(1).max(100)),
      period: readPeriod,
      children: queryFlag.optional(),
      missing: queryFlag.optional().describe('false leaves out who has no record: a board of many figures'),
    }),
    reply: z.object({
      unitId: z.int(),
      period: z.string(),
      values: z.array(
        countedValue.extend({
          missingCount: z.int().describe('Villages and communities below without the record'),
          missing: z.array(z.object({ unitId: z.int(), name: z.string() })).describe('The first of them'),
        }),
      ),
      children: z.array(
        z.object({ unitId: z.int(), name: z.string(), type: unitType.nullable(), values: z.array(countedValue) }),
      ),
    }),
  }),
  records: endpoint({
    name: 'facts.records',
    method: 'GET',
    path: '/api/units/:id/values/:key/records',
    permission: 'facts.read',
    summary: { zh: '数值由哪些记录得出', en: 'The records a value was computed from' },
    params: z.object({ id: unitId, key: z.string().max(60) }),
    query: pageQuery.extend({
      period: readPeriod,
      part: z.coerce.number().int().min(0).max(20).optional().describe('Without it the first that has records'),
    }),
    reply: z.object({
      key: z.string(),
      words,
      definition: words,
      value: z.string().nullable(),
      small: z.boolean().describe('Fewer than five persons of another unit: told as <5 and opened by nobody outside'),
      parts: z
        .array(z.object({ words, period: z.string(), value: z.string().nullable(), records: z.int() }))
        .describe('Empty for a number that is set and not counted: a parameter, a year, the length of a catalogue'),
      part: z.int(),
      total: z.int(),
      items: z.array(
        z.object({
          kind: recordKind,
          id: z.string(),
          unitId: z.int(),
          unitName: z.string(),
          label: z.string(),
          words: words
            .nullable()
            .describe(
              'What the record is called where its label is only the name of a duty, a designation or a period',
            ),
          value: z.string().describe('What this record adds to the number'),
          asOf: z.string().nullable(),
          source: z.string().nullable(),
          page: z
            .string()
            .nullable()
            .describe(
              'Id of the page it opens to (of an entry its book) or by which it is read; null where it is not open to the reader',
            ),
        }),
      ),
    }),
  }),
} as const;

const confirmation = z.object({
  unitId: z.int(),
  unitName: z.string(),
  unitType,
  period: z.string(),
  confirmedAt: moment.nullable(),
  confirmedBy: z.string().nullable(),
  facts: z.int().describe('Facts of the unit and those below in the period'),
});

export const confirmations = {
  list: endpoint({
    name: 'confirmations.list',
    method: 'GET',
    path: '/api/units/:id/confirmations',
    permission: 'facts.read',
    summary: { zh: '本单位及直接下级的数据确认情况', en: 'Who has confirmed: the unit and those directly below' },
    params: z.object({ id: unitId }),
    query: z.object({ period }),
    reply: z.object({
      own: confirmation,
      children: z.array(confirmation),
      history: z.array(
        z.object({
          confirmedAt: moment,
          confirmedBy: z.string().nullable(),
          unlockedAt: moment.nullable(),
          unlockedBy: z.string().nullable(),
          unlockReason: z.string().nullable(),
        }),
      ),
    }),
  }),
  confirm: endpoint({
    name: 'confirmations.confirm',
    method: 'POST',
    path: '/api/units/:id/confirmations',
    permission: 'facts.lock',
    summary: { zh: '确认本期数据（确认后锁定）', en: 'Confirm the data of a period; they are locked then' },
    params: z.object({ id: unitId }),
    body: z.object({ period }),
    reply: confirmation,
  }),
  unlock: endpoint({
    name: 'confirmations.unlock',
    method: 'POST',
    path: '/api/units/:id/confirmations/unlock',
    permission: 'facts.lock',
    summary: { zh: '解除锁定（上级的确认一并解除，须说明理由）', en: 'Unlock, and with it those above, for a reason' },
    params: z.object({ id: unitId }),
    body: z.object({ period, reason: text(500) }),
    reply: z.object({ unlocked: z.array(z.object({ unitId: z.int(), name: z.string() })) }),
  }),
  remind: endpoint({
    name: 'confirmations.remind',
    method: 'POST',
    path: '/api/units/:id/confirmations/reminders',
    permission: 'facts.lock',
    summary: {
      zh: '提醒尚未确认的直接下级（每天一次）',
      en: 'Remind those directly below that have not confirmed, once a day',
    },
    params: z.object({ id: unitId }),
    body: z.object({ period }),
    reply: z.object({
      units: z.array(
        z.object({
          unitId: z.int(),
          unitName: z.string(),
          told: z.int().describe('People who were told now; nobody where nobody there may confirm'),
          today: z.boolean().describe('Was reminded today already, and is not once more'),
        }),
      ),
    }),
  }),
} as const;
