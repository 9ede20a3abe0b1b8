import { z } from 'zod';
import { day, endpoint, id, moment, pageOf, pageQuery, text, unitId } from '../../contract.ts';
import { panelItem } from './kinds.ts';
import { scoreShape } from './rules.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const person = { personId: z.string(), name: z.string() };
const unit = { unitId: z.int(), unitName: z.string() };

export const panelHead = z.object({
  id: z.string(),
  title: z.string(),
  state: z.string(),
  stateWords: words,
  hostId: z.int(),
  hostName: z.string(),
  parentId: z.string().nullable(),
  dueOn: z.string().nullable(),
  openedAt: moment,
  lockedAt: moment.nullable(),
  units: z.int(),
  observers: z.int(),
});

export const panelView = panelHead.extend({
  standard: z.object({ id: z.string(), version: z.string() }),
  sample: z.boolean().describe('The standard is a sample: every page says so'),
  items: z.array(panelItem),
  places: z.array(z.object(unit)),
  /** What the reader has to score, when they sit on the panel. */
  mine: z
    .object({
      standAside: z.array(z.object({ ...unit, reason: z.string() })),
      scores: z.array(
        z.object({ unitId: z.int(), item: z.string(), value: z.string(), reason: z.string().nullable(), at: moment }),
      ),
      missing: z.int(),
    })
    .nullable(),
  /** For whoever runs the round: who has given what, and which scores stand far apart. */
  progress: z
    .object({
      expected: z.int(),
      given: z.int(),
      missing: z.array(z.object({ ...person, ...unit, item: z.string() })),
      missingTotal: z.int(),
      excluded: z.array(z.object({ ...person, ...unit, why: z.string(), reason: z.string() })),
      outliers: z.array(
        z.object({ ...person, ...unit, item: z.string(), value: z.string().nullable().describe('null until locked') }),
      ),
    })
    .nullable(),
  /** There as soon as the round is locked, and not before. */
  results: z
    .array(
      z.object({
        ...unit,
        items: z.array(
          z.object({
            item: z.string(),
            combined: z.string().nullable().describe('null: nobody scored it; that is missing and not 0'),
            scores: z.int(),
            lowest: z.string().nullable(),
            highest: z.string().nullable(),
            outliers: z.int(),
          }),
        ),
      }),
    )
    .nullable(),
  lockedReason: z.string().nullable(),
  version: z.int(),
});
export type PanelView = z.infer<typeof panelView>;

export const panels = {
  list: endpoint({
    name: 'panels.list',
    method: 'GET',
    path: '/api/panel-rounds',
    permission: 'cases.read',
    summary: { zh: '观摩打分轮次', en: 'Rounds of panel scores' },
    query: pageQuery.extend({
      under: unitId.optional(),
      parent: id.optional(),
      state: z.enum(['scoring', 'locked', 'cancelled']).optional(),
    }),
    reply: pageOf(panelHead),
  }),
  get: endpoint({
    name: 'panels.get',
    method: 'GET',
    path: '/api/panel-rounds/:id',
    permission: 'session',
    summary: {
      zh: '打分表、缺评、离群与结果',
      en: 'The sheet, missing scores, outliers and, once locked, the results',
    },
    params: z.object({ id }),
    reply: panelView,
  }),
  open: endpoint({
    name: 'panels.open',
    method: 'POST',
    path: '/api/panel-rounds',
    permission: 'cases.assign',
    summary: { zh: '发起观摩打分', en: 'Open a round' },
    body: z.object({
      title: text(200),
      hostId: unitId,
      parentId: id.optional().describe('The cycle or case that the round belongs to'),
      standard: z.object({ id: text(64), version: text(64) }),
      items: z
        .array(text(64))
        .min(1)
        .max(200)
        .optional()
        .describe('Some of the items that a panel scores; all when left out'),
      unitIds: z.array(unitId).min(1).max(500),
      observers: z.array(id).min(1).max(60),
      dueOn: day.optional(),
    }),
    reply: panelView,
  }),
  score: endpoint({
    name: 'panels.score',
    method: 'POST',
    path: '/api/panel-rounds/:id/scores',
    permission: 'session',
    summary: {
      zh: '打分（离线后可用同一 Idempotency-Key 重发）',
      en: 'Give scores; a phone that was offline sends the same request again with the same Idempotency-Key',
    },
    params: z.object({ id }),
    body: z.object({
      scores: z
        .array(
          z.object({
            unitId,
            item: text(64),
            value: z.string().regex(scoreShape),
            reason: text(500, 0).optional(),
            takenAt: z.iso.datetime({ offset: true }).optional().describe('When it was given on site'),
          }),
        )
        .min(1)
        .max(500),
    }),
    reply: z.object({ given: z.int(), missing: z.int() }),
  }),
  recuse: endpoint({
    name: 'panels.recuse',
    method: 'POST',
    path: '/api/panel-rounds/:id/recusals',
    permission: 'session',
    summary: { zh: '申请回避', en: 'Stand aside for a unit' },
    params: z.object({ id }),
    body: z.object({ unitId, reason: text(500) }),
    reply: panelView,
  }),
  lock: endpoint({
    name: 'panels.lock',
    method: 'POST',
    path: '/api/panel-rounds/:id/lock',
    permission: 'cases.assign',
    summary: { zh: '锁定本轮并公布结果', en: 'Lock the round; the results are visible at once' },
    params: z.object({ id }),
    body: z.object({ reason: text(500).optional().describe('Needed when scores are missing') }),
    reply: panelView,
  }),
  cancel: endpoint({
    name: 'panels.cancel',
    method: 'POST',
    path: '/api/panel-rounds/:id/cancellation',
    permission: 'cases.assign',
    summary: { zh: '取消本轮', en: 'Cancel the round' },
    params: z.object({ id }),
    body: z.object({ reason: text(500) }),
    reply: panelView,
  }),
} as const;
