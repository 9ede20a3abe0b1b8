import { z } from 'zod';
import { day, endpoint, moment, pageQuery, unitId } from '../contract.ts';
import { verbs } from '../grants.ts';
import { holder, roleName } from '../records/assignments/contract.ts';
import { unitTypeNames } from '../records/units/types.ts';
import { gapNames } from './coverage.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const unitType = z.enum(unitTypeNames);
const ofUnit = z.object({ unitId });
export const gapName = z.enum(gapNames);
export const unitRef = z.object({ id: z.int(), name: z.string(), type: unitType });

/** A seat: who holds it; with a gap where nobody does. */
export const post = z.object({
  role: roleName,
  star: z.string().nullable(),
  holders: z.array(holder),
  gap: gapName.nullable(),
});

export const matrixRow = z.object({
  unit: unitRef.extend({ parentId: z.int().nullable(), path: z.string() }),
  posts: z.array(post),
  key: z.boolean().describe('A key village'),
  group: z.boolean().describe('A village has its responsibility group'),
  areas: z.int().describe('Areas below'),
  areasOpen: z.int().describe('Of those, without a cadre'),
  buildings: z.int(),
  buildingsOpen: z.int().describe('Of those, without a head'),
});
export type MatrixRow = z.infer<typeof matrixRow>;

export const gap = z.object({
  gap: gapName,
  words,
  unit: unitRef,
  star: z.string().nullable(),
  /** A leader without a village, by name. */
  person: z.object({ id: z.string(), name: z.string() }).nullable(),
  count: z.int().describe('How many stand behind the line; one unless it says households'),
});
export type Gap = z.infer<typeof gap>;

const tierCoverage = z.object({
  tier: z.enum(['villages', 'areas', 'buildings', 'contacts', 'households']),
  words,
  total: z.int(),
  covered: z.int(),
});

const starRef = z.object({ id: z.string(), words });

export const org = {
  matrix: endpoint({
    name: 'org.matrix',
    method: 'GET',
    path: '/api/responsibility/:unitId',
    permission: 'units.read',
    summary: { zh: '责任一览：谁负责什么、哪里没有人', en: 'Who answers for what, and where nobody does' },
    params: ofUnit,
    query: z.object({ asOf: day.optional() }),
    reply: z.object({
      unit: unitRef,
      asOf: z.string(),
      stars: z.array(starRef),
      rows: z.array(matrixRow).describe('The unit first, then those below it in the order of the tree'),
      coverage: z.array(tierCoverage).describe('Three contracts (M024): villages, areas, households'),
      gaps: z.array(z.object({ gap: gapName, words, count: z.int() })).describe('Every kind of gap with its number'),
      consultations: z.object({
        villages: z.int(),
        thisWeek: z.int().describe('Villages that held their weekly consultation in the last seven days'),
      }),
    }),
  }),
  gaps: endpoint({
    name: 'org.gaps',
    method: 'GET',
    path: '/api/responsibility/:unitId/gaps',
    permission: 'units.read',
    summary: { zh: '责任空缺清单', en: 'Every gap, one by one' },
    params: ofUnit,
    query: pageQuery.extend({ gap: gapName.optional(), asOf: day.optional() }),
    reply: z.object({ items: z.array(gap), total: z.int() }),
  }),
  chain: endpoint({
    name: 'org.chain',
    method: 'GET',
    path: '/api/responsibility/:unitId/chain',
    permission: 'units.read',
    summary: { zh: '村（社区）的县乡村三级责任链', en: 'The chain from county to village, with its breaks' },
    params: ofUnit,
    reply: z.object({
      unit: unitRef,
      levels: z.array(
        z.object({
          level: z.string(),
          unit: unitRef.nullable(),
          people: z.array(z.object({ role: roleName, words, star: z.string().nullable(), holder })),
          breaks: z.array(z.object({ role: roleName, words })),
        }),
      ),
      whole: z.boolean(),
    }),
  }),
  command: endpoint({
    name: 'org.command',
    method: 'GET',
    path: '/api/responsibility/:unitId/command',
    permission: 'units.read',
    summary: { zh: '“1+x+y”指挥体系', en: 'One owner, a task force a star, every branch secretary' },
    params: ofUnit,
    reply: z.object({
      unit: unitRef,
      owners: z.array(holder),
      forces: z.array(z.object({ star: starRef, leader: holder.nullable() })),
      secretaries: z.array(z.object({ unit: unitRef, secretary: holder.nullable() })),
      numbers: z.object({ owners: z.int(), forces: z.int(), secretaries: z.int() }),
      formula: z.string().describe('For example 1+5+45'),
    }),
  }),
  duties: endpoint({
    name: 'org.duties',
    method: 'GET',
    path: '/api/responsibility/:unitId/duties',
    permission: 'units.read',
    summary: { zh: '五层责任分工', en: 'The five tiers with their duties and rights' },
    params: ofUnit,
    reply: z.object({
      unit: unitRef,
      tiers: z.array(
        z.object({
          tier: z.string(),
          words,
          duties: z.array(words),
          verbs: z.array(z.enum(verbs)),
          roles: z.array(
            z.object({
              role: roleName,
              words,
              verbs: z.array(z.enum(verbs)),
              holders: z.int().describe('Now, below it'),
            }),
          ),
        }),
      ),
    }),
  }),
  leaders: endpoint({
    name: 'org.leaders',
    method: 'GET',
    path: '/api/responsibility/:unitId/leaders',
    permission: 'units.read',
    summary: { zh: '班子成员包村情况', en: 'Which leader contracts which villages' },
    params: ofUnit,
    reply: z.object({
      townships: z.array(
        z.object({
          unit: unitRef,
          leaders: z.array(
            z.object({ holder, villages: z.array(unitRef), visits: z.int(), forces: z.array(z.string()) }),
          ),
          without: z.int().describe('Leaders without a village'),
          villages: z.int(),
          open: z.array(unitRef).describe('Villages without a leader'),
        }),
      ),
    }),
  }),
  keyVillages: endpoint({
    name: 'org.keyVillages',
    method: 'GET',
    path: '/api/responsibility/:unitId/key-villages',
    permission: 'units.read',
    summary: { zh: '县级领导分包创建重点村', en: 'Key villages and their county leaders' },
    params: ofUnit,
    reply: z.object({
      items: z.array(
        z.object({ unit: unitRef, since: z.string(), leader: holder.nullable(), visits: z.int(), solved: z.int() }),
      ),
      leaders: z.int().describe('County leaders assigned'),
      open: z.int().describe('Key villages without one'),
    }),
  }),
  branches: endpoint({
    name: 'org.branches',
    method: 'GET',
    path: '/api/responsibility/:unitId/branches',
    permission: 'units.read',
    summary: { zh: '党支部和书记登记', en: 'Branches, their secretaries and last progress reports' },
    params: ofUnit,
    query: pageQuery,
    reply: z.object({
      items: z.array(
        z.object({
          unit: unitRef,
          secretary: holder.nullable(),
          open: z.int().describe('Creation tasks not finished'),
          overdue: z.int(),
          progress: z
            .object({ caseId: z.string(), period: z.string(), done: z.string(), at: moment, read: z.boolean() })
            .nullable(),
        }),
      ),
      total: z.int(),
    }),
  }),
  approvals: endpoint({
    name: 'org.approvals',
    method: 'GET',
    path: '/api/responsibility/:unitId/approvals',
    permission: 'cases.read',
    summary: { zh: '书记审定记录', en: 'What the overall owner approved' },
    params: ofUnit,
    query: pageQuery,
    reply: z.object({
      owners: z.array(holder),
      items: z.array(
        z.object({
          caseId: z.string(),
          type: z.string(),
          typeWords: words,
          title: z.string(),
          stepWords: words,
          by: z.string(),
          at: moment,
          document: z.string().nullable(),
          reason: z.string().nullable(),
        }),
      ),
      total: z.int(),
    }),
  }),
} as const;
