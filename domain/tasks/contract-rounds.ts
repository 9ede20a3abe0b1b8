import { z } from 'zod';
import { day, endpoint, id, moment, pageOf, pageQuery, queryFlag, text, unitId } from '../contract.ts';
import { caseItem } from '../records/cases/contract.ts';

/** Which open items of a place a round looks at. */
export const roundPicks = ['late', 'pressing', 'done', 'all'] as const;
export type RoundPick = (typeof roundPicks)[number];

export const roundItem = caseItem.extend({
  items: z.int(),
  judged: z.int(),
  found: z.int().describe('Items with a finding, put right or not'),
  unanswered: z.int().describe('Items without a conclusion or whose finding is not put right yet'),
  until: z.string(),
  points: z.array(z.string()),
});
export type RoundItem = z.infer<typeof roundItem>;

const reason = z.object({ code: z.string(), words: z.object({ zh: z.string(), en: z.string() }) }).nullable();

export const checkedItem = caseItem.extend({
  target: caseItem.nullable().describe('The task or problem that is looked at'),
  note: z.string().nullable(),
  problem: caseItem.nullable().describe('What became of its finding'),
  returned: z.boolean(),
  judgedBy: z.string().nullable(),
  judgedAt: moment.nullable(),
  mayJudge: reason.describe('Why it cannot be judged now; null when it can'),
});
export type CheckedItem = z.infer<typeof checkedItem>;

const byId = z.object({ id });

export const rounds = {
  list: endpoint({
    name: 'rounds.list',
    method: 'GET',
    path: '/api/supervision-rounds',
    permission: 'cases.read',
    summary: { zh: '督查轮次', en: 'Supervision rounds' },
    query: pageQuery.extend({ under: unitId.optional(), open: queryFlag.optional() }),
    reply: pageOf(roundItem),
  }),
  get: endpoint({
    name: 'rounds.get',
    method: 'GET',
    path: '/api/supervision-rounds/:id',
    permission: 'cases.read',
    summary: { zh: '一轮督查及其事项', en: 'A round with its items' },
    params: byId,
    query: pageQuery,
    reply: z.object({
      round: roundItem,
      mayClose: reason.describe('Why it cannot be closed now; null when it can'),
      items: z.array(checkedItem),
      total: z.int(),
    }),
  }),
  open: endpoint({
    name: 'rounds.open',
    method: 'POST',
    path: '/api/supervision-rounds',
    permission: 'cases.assign',
    summary: { zh: '开展督查', en: 'Open a round over a set of items' },
    body: z.object({
      unitId,
      title: text(200),
      until: day,
      points: z.array(text(200)).min(1).max(30),
      pick: z.enum(roundPicks).default('pressing'),
      caseIds: z.array(id).min(1).max(200).optional().describe('Exactly these items instead of a pick'),
    }),
    reply: roundItem,
  }),
  judge: endpoint({
    name: 'rounds.judge',
    method: 'POST',
    path: '/api/supervision-rounds/:id/conclusions',
    permission: 'cases.assign',
    summary: {
      zh: '登记督查结论：情况属实，或发现问题并限期整改',
      en: 'Conclude an item: confirmed, or a finding that is to be put right',
    },
    params: byId,
    body: z
      .object({
        itemId: id,
        outcome: z.enum(['confirm', 'find']),
        note: text(2000),
        title: text(200).optional().describe('Of the problem that the finding becomes'),
        severity: z.enum(['ordinary', 'key']).default('ordinary'),
        ownerPersonId: id.optional().describe('Who puts it right; left out, the owner of the item'),
        dueOn: day.optional(),
      })
      .refine((b) => b.outcome === 'confirm' || b.title !== undefined, { path: ['title'] }),
    reply: checkedItem,
  }),
  close: endpoint({
    name: 'rounds.close',
    method: 'POST',
    path: '/api/supervision-rounds/:id/closure',
    permission: 'cases.assign',
    summary: { zh: '结束督查', en: 'Close a round whose items have all been answered' },
    params: byId,
    body: z.object({ conclusion: text(2000) }),
    reply: roundItem,
  }),
  cancel: endpoint({
    name: 'rounds.cancel',
    method: 'POST',
    path: '/api/supervision-rounds/:id/cancellation',
    permission: 'cases.assign',
    summary: { zh: '撤销督查', en: 'Cancel a round; findings made so far stay and are put right' },
    params: byId,
    body: z.object({ reason: text(500) }),
    reply: roundItem,
  }),
} as const;
