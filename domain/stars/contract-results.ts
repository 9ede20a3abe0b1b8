import { z } from 'zod';
import { day, endpoint, id, moment, pageOf, pageQuery, text, unitId } from '../contract.ts';
import * as s from './contract-shared.ts';
import { facilityAspects } from './standard-shape.ts';

export const cardCriterion = z.object({
  id: z.string(),
  text: s.bilingual,
  points: z.int(),
  full: z.int(),
  must: z.int().nullable(),
  mustMet: z.boolean(),
  missing: z.boolean(),
  removed: z.boolean(),
  rule: s.bilingual.describe('The rule of points in words'),
  value: z.string().nullable(),
  source: z.string().nullable(),
  asOf: z.string().nullable(),
  valueKind: z.enum(['figure', 'fact', 'check', 'review']),
  key: z.string(),
  share: s.share,
  opens: z
    .array(z.object({ kind: z.string(), id: z.string() }))
    .describe('Records behind the value: fact, judgement …'),
  evidence: z.array(z.object({ id: z.string(), title: z.string() })),
  lost: z.int(),
  facility: z
    .object({ aspect: z.enum(facilityAspects), other: z.object({ id: z.string(), text: s.bilingual }).nullable() })
    .nullable()
    .describe('One of two judgements of the same facility, and the other one'),
});

export const cardWay = z.object({
  reachable: z.boolean(),
  effort: z.number(),
  pointsAfter: z.int(),
  advice: z.array(s.raise.extend({ gain: z.int(), effort: z.number() })),
  leftOut: z.array(z.object({ criterion: z.string(), text: s.bilingual })),
  blockers: z.array(z.object({ kind: z.string(), id: z.string(), text: s.bilingual })),
});

export const cardStar = s.starMini.extend({
  full: z.int(),
  lead: z.string(),
  passed: z.boolean(),
  requires: z.array(z.object({ id: z.string(), name: s.bilingual, held: z.boolean() })),
  reasons: z.array(s.bilingual),
  criteria: z.array(cardCriterion),
  way: cardWay.nullable().describe('The cheapest way to this star; null when it is held'),
  designation: z
    .object({ id: z.string(), number: z.string().nullable(), grantedOn: z.string(), validTo: z.string().nullable() })
    .nullable(),
});

export const card = z.object({
  unit: s.unitMini,
  cycleId: z.string(),
  year: z.int(),
  stage: s.cycleState,
  kind: z.enum(['live', 'result']),
  standard: z.object({ id: z.string(), version: z.string(), title: s.bilingual }),
  sample: z.boolean(),
  level: z.int(),
  total: z.int(),
  full: z.int(),
  missing: z.int(),
  currentLevel: z.int().describe('Stars named and in force today'),
  computedAt: moment,
  stars: z.array(cardStar),
  vetoes: z.array(z.object({ id: z.string(), text: s.bilingual, caseId: z.string().nullable() })),
  candidacy: z
    .object({
      id: z.string(),
      state: s.candidacyState,
      origin: s.origin,
      targetLevel: z.int(),
      stretchLevel: z.int().nullable(),
      targetGap: z.int().describe('Stars still lacking for the target, 0 when it is reached'),
    })
    .nullable(),
  warnings: z.array(s.caseMini),
});
export type Card = z.infer<typeof card>;

export const standing = s.unitMini.extend({
  kind: z.enum(['live', 'review', 'result', 'month']),
  label: z.string(),
  level: z.int(),
  total: z.int(),
  missing: z.int(),
  stars: z.array(s.starMini),
  computedAt: moment,
});

export const boardTile = s.unitMini.extend({
  level: z.int().nullable().describe('Null: not measured yet, which is not zero'),
  held: z.array(z.string()),
  target: z.int().nullable(),
  stretch: z.int().nullable(),
  origin: s.origin.nullable(),
  state: s.candidacyState.nullable(),
  warnings: z.int(),
});

export const board = z.object({
  cycle: z.object({ id: z.string(), year: z.int(), title: z.string(), state: s.cycleState }),
  unit: z.object({ id: z.int(), name: z.string() }),
  kind: z.enum(['live', 'result']),
  sample: z.boolean(),
  measured: z.int(),
  of: z.int(),
  levels: z.array(z.object({ level: z.int(), rural: z.int(), urban: z.int(), planned: z.int(), declared: z.int() })),
  stars: z.array(z.object({ id: z.string(), scheme: z.string(), name: s.bilingual, held: z.int(), of: z.int() })),
  candidacies: z.array(z.object({ state: z.string(), origin: z.string(), count: z.int() })),
  townships: z.array(
    z.object({
      unitId: z.int(),
      unitName: z.string(),
      type: z.string(),
      levels: z.record(z.string(), z.int()),
      tiles: z.array(boardTile),
    }),
  ),
});
export type Board = z.infer<typeof board>;

export const results = {
  card: endpoint({
    name: 'stars.card',
    method: 'GET',
    path: '/api/stars/card/:unitId',
    permission: 'stars.read',
    summary: {
      zh: '星级卡：得分、理由、缺项、提升路径',
      en: 'Star card: points, reasons, what is missing, the way up',
    },
    params: s.byUnit,
    query: z.object({ cycleId: id.optional(), kind: z.enum(['live', 'result']).default('live') }),
    reply: card,
  }),
  board: endpoint({
    name: 'stars.board',
    method: 'GET',
    path: '/api/stars/cycles/:id/board',
    permission: 'stars.read',
    summary: {
      zh: '周期看板：各星各级、计划与结果、分乡镇',
      en: 'Cycle board: counts per star and level, plan against result, tiles by township',
    },
    params: s.byId,
    query: z.object({ unitId: unitId.optional(), kind: z.enum(['live', 'result']).default('live') }),
    reply: board,
  }),
  standings: endpoint({
    name: 'stars.standings',
    method: 'GET',
    path: '/api/stars/standings',
    permission: 'stars.read',
    summary: { zh: '评定状况列表（不排名）', en: 'Standings by unit, in the order of the tree, without ranks' },
    query: pageQuery.extend({
      cycleId: id.optional(),
      under: unitId.optional(),
      kind: z.enum(['live', 'review', 'result']).default('live'),
      level: z.coerce.number().int().optional(),
      star: s.starId.optional(),
    }),
    reply: pageOf(standing).extend({ sample: z.boolean() }),
  }),
  levels: endpoint({
    name: 'stars.levels',
    method: 'GET',
    path: '/api/stars/levels',
    permission: 'stars.read',
    summary: { zh: '现有星级名单（由各星推导）', en: 'Current levels, derived from the stars in force' },
    query: pageQuery.extend({
      under: unitId.optional(),
      level: z.coerce.number().int().optional(),
      asOf: day.optional(),
    }),
    reply: pageOf(s.unitMini.extend({ level: z.int(), stars: z.array(z.string()) })).extend({
      counts: z.record(z.string(), z.int()),
    }),
  }),
  changes: endpoint({
    name: 'stars.standings.changes',
    method: 'GET',
    path: '/api/stars/standings/:unitId/changes',
    permission: 'stars.read',
    summary: { zh: '较上月变化（动态监测）', en: 'What changed since last month' },
    params: s.byUnit,
    query: s.ofCycle,
    reply: z.object({
      cycleId: z.string(),
      sample: z.boolean(),
      since: z.string().nullable().describe('The month compared with; null when there is none yet'),
      levelBefore: z.int().nullable(),
      levelNow: z.int(),
      totalBefore: z.int().nullable(),
      totalNow: z.int(),
      criteria: z.array(
        z.object({
          id: z.string(),
          star: z.string(),
          text: s.bilingual,
          before: z.int(),
          now: z.int(),
          valueBefore: z.string().nullable(),
          valueNow: z.string().nullable(),
          share: s.share,
        }),
      ),
      stars: z.array(z.object({ id: z.string(), name: s.bilingual, before: z.boolean(), now: z.boolean() })),
      overdueTasks: z.array(s.caseMini),
      vetoEvents: z.array(z.object({ id: z.string(), veto: z.string(), state: z.string(), at: moment })),
    }),
  }),
  replay: endpoint({
    name: 'stars.standings.replay',
    method: 'GET',
    path: '/api/stars/standings/:unitId/replay',
    permission: 'stars.read',
    summary: { zh: '重放：用当时的标准和输入重算', en: 'Replay: the kept standard and inputs give the same result' },
    params: s.byUnit,
    query: z.object({ cycleId: id, kind: z.enum(['live', 'result']).default('result') }),
    reply: z.object({
      same: z.boolean(),
      standard: z.object({ id: z.string(), version: z.string() }),
      kept: z.object({ level: z.int(), total: z.int(), stars: z.array(z.string()) }),
      replayed: z.object({ level: z.int(), total: z.int(), stars: z.array(z.string()) }),
      inputs: z.int(),
      people: z.array(z.object({ kind: z.string(), name: z.string() })),
      digest: z.string(),
    }),
  }),
  rescore: endpoint({
    name: 'stars.rescore',
    method: 'POST',
    path: '/api/stars/cycles/:id/rescoring',
    permission: 'stars.cycle',
    summary: { zh: '全部重新计算（显示进度）', en: 'Score every unit again, as a job with progress' },
    params: s.byId,
    body: z.object({ nightly: z.boolean().default(false).describe('Also month snapshots and early warnings') }),
    reply: z.object({ jobId: z.string() }),
  }),
  comparison: endpoint({
    name: 'stars.comparison',
    method: 'GET',
    path: '/api/stars/comparisons/:unitId',
    permission: 'stars.read',
    summary: {
      zh: '与自身往期、同类、标杆对比',
      en: 'A branch against its own past, similar branches and a chosen benchmark',
    },
    params: s.byUnit,
    query: s.ofCycle.extend({ with: unitId.optional() }),
    reply: z.object({
      cycleId: z.string(),
      sample: z.boolean(),
      past: z.array(
        z.object({
          cycleId: z.string(),
          year: z.int(),
          label: z.string(),
          level: z.int(),
          total: z.int(),
          stars: z.array(z.object({ id: z.string(), points: z.int(), held: z.boolean() })),
        }),
      ),
      similar: z.object({
        basis: s.bilingual.describe('What similar means here'),
        branches: z.int(),
        suppressed: z.boolean().describe('Fewer than five branches: no figures, so that no one branch is told'),
        stars: z.array(
          z.object({
            id: z.string(),
            name: s.bilingual,
            own: z.int(),
            median: z.int().nullable(),
            heldShare: z.number().nullable(),
          }),
        ),
      }),
      benchmark: z
        .object({
          unit: s.unitMini,
          criteria: z.array(
            z.object({
              id: z.string(),
              star: z.string(),
              text: s.bilingual,
              own: z.int(),
              theirs: z.int(),
              gap: z.int(),
              ownValue: z.string().nullable(),
              theirValue: z.string().nullable(),
              share: s.share,
            }),
          ),
          measures: z
            .array(z.object({ id: z.string(), title: z.string() }))
            .describe('Practice cases that the benchmark has published'),
        })
        .nullable(),
    }),
  }),
  chooseBenchmark: endpoint({
    name: 'stars.comparison.choose',
    method: 'POST',
    path: '/api/stars/comparisons/:unitId/benchmark',
    permission: 'stars.declare',
    summary: { zh: '选定对标单位', en: 'Choose a unit to learn from' },
    params: s.byUnit,
    body: s.inCycle.extend({ benchmarkUnitId: unitId, measures: text(2000) }),
    reply: s.caseMini,
  }),
} as const;
