import { z } from 'zod';
import { day, endpoint, id, moment, pageOf, pageQuery, queryFlag, text, unitId } from '../contract.ts';
import { caseItem } from '../records/cases/contract.ts';
import { sheetFormat } from '../records/imports/contract.ts';
import { reportingLevels } from './kinds.ts';
import { ledgerFaultNames } from './rules.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const colours = ['red', 'yellow', 'green', 'none'] as const;

/** Which of the lists that are made of single items: tasks with the problems being put right, or problems. */
export const itemLists = ['tasks', 'problems'] as const;
export type ItemList = (typeof itemLists)[number];

const carried = z.object({
  at: moment,
  toUnitId: z.int(),
  toUnitName: z.string(),
  workdaysLate: z.int(),
});

export const ledgerItem = caseItem.extend({
  criterion: z.string().nullable(),
  criterionWords: words.nullable().describe('Its words in the standard in force, where it stands in one'),
  condition: z.string().nullable().describe('When a task counts as done; of a problem, what it is'),
  benefit: z.string().nullable(),
  severity: z.enum(['ordinary', 'key']).nullable(),
  reportTo: z.enum(reportingLevels).nullable(),
  measures: z.string().nullable(),
  evidence: z.int(),
  stale: z.boolean().describe('Nothing was recorded for longer than the rule allows'),
  faults: z.array(z.enum(ledgerFaultNames)).describe('Where the four lists do not fit together here'),
  remindedAt: moment.nullable(),
  carried: z.array(carried).describe('What was carried up to whom and when, oldest first'),
});
export type LedgerItem = z.infer<typeof ledgerItem>;

const scope = {
  list: z.enum(itemLists).default('tasks'),
  under: unitId.optional().describe('Only items of this unit and those below it'),
  star: text(64).optional(),
};

/** What narrows a list; the same for the page, its counts and its sheet. */
export const ledgerQuery = z.object({
  ...scope,
  here: queryFlag.optional().describe('Only items of the unit itself, not of those below it'),
  criterion: text(100).optional(),
  light: z.enum(colours).optional(),
  owner: z.union([id, z.literal('me'), z.literal('none')]).optional(),
  ownerUnit: unitId.optional(),
  open: queryFlag.default(true).describe('Only open ones, or only closed ones'),
  escalated: queryFlag.optional().describe('Only those carried up'),
  stale: queryFlag.optional(),
  fault: z.enum(ledgerFaultNames).optional(),
  severity: z.enum(['ordinary', 'key']).optional(),
  tag: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
    .optional(),
  q: text(50, 0).optional(),
});
export type LedgerQuery = z.output<typeof ledgerQuery>;

const lights = z.object({
  open: z.int(),
  red: z.int(),
  yellow: z.int(),
  green: z.int(),
  none: z.int(),
  escalated: z.int(),
  stale: z.int(),
});
export type Lights = z.infer<typeof lights>;

export const lightsRow = lights.extend({
  unitId: z.int(),
  unitName: z.string(),
  below: z.boolean().describe('There are units below it to look into'),
});

export const ownerRow = lights.extend({
  personId: z.string().nullable(),
  unitId: z.int().nullable(),
  name: z.string(),
  home: z.string().nullable(),
  posts: z.array(words).describe('What the person answers for, from assignments in force'),
  tasks: z.int(),
  problems: z.int(),
  criteria: z.array(z.string()),
});
export type OwnerRow = z.infer<typeof ownerRow>;

export const criterionRow = z.object({
  star: z.string(),
  criterion: z.string(),
  words,
  points: z.int().describe('In hundredths'),
  tasks: z.int(),
  problems: z.int(),
  red: z.int(),
  owners: z.int().describe('How many people and units own an open item of it'),
  answering: z.array(z.string()).describe('Departments that answer for it, from assignments'),
});

export const ledgers = {
  items: endpoint({
    name: 'tasks.items',
    method: 'GET',
    path: '/api/tasks/items',
    permission: 'cases.read',
    summary: { zh: '任务清单、重点问题清单', en: 'The list of tasks and the list of problems' },
    query: pageQuery.extend(ledgerQuery.shape),
    reply: pageOf(ledgerItem),
  }),
  lights: endpoint({
    name: 'tasks.lights',
    method: 'GET',
    path: '/api/tasks/lights',
    permission: 'cases.read',
    summary: {
      zh: '红黄绿灯计数：本级与所辖单位',
      en: 'Counts by light, of a unit and of each unit directly below it',
    },
    query: z.object({ ...scope, under: unitId }),
    reply: z.object({
      asOf: day,
      total: lightsRow,
      items: z.array(lightsRow),
      faults: z.array(z.object({ fault: z.enum(ledgerFaultNames), words, count: z.int() })),
    }),
  }),
  owners: endpoint({
    name: 'tasks.owners',
    method: 'GET',
    path: '/api/tasks/owners',
    permission: 'cases.read',
    summary: { zh: '责任清单：谁承办什么', en: 'Who owns what: the list of responsibility' },
    query: pageQuery.extend({ under: unitId.optional(), star: text(64).optional(), q: text(50, 0).optional() }),
    reply: pageOf(ownerRow),
  }),
  criteria: endpoint({
    name: 'tasks.criteria',
    method: 'GET',
    path: '/api/tasks/criteria',
    permission: 'cases.read',
    summary: {
      zh: '标准清单：每项指标有哪些任务和问题',
      en: 'The criteria of the standards in force with their tasks and problems',
    },
    query: z.object({ under: unitId.optional(), star: text(64).optional() }),
    reply: z.object({
      standards: z.array(
        z.object({
          id: z.string(),
          version: z.string(),
          title: words,
          scheme: z.enum(['rural', 'urban']),
          sample: z.boolean(),
          stars: z.array(z.object({ star: z.string(), words })),
          items: z.array(criterionRow),
        }),
      ),
      elsewhere: z
        .object({ tasks: z.int(), problems: z.int() })
        .describe('Open items whose criterion stands in no standard in force, or is not named'),
    }),
  }),
  bulletin: endpoint({
    name: 'tasks.bulletin',
    method: 'GET',
    path: '/api/tasks/bulletin',
    permission: 'cases.read',
    summary: { zh: '超期上报月度通报', en: 'What was carried up in a month, and where it stands now' },
    query: pageQuery.extend({
      under: unitId.optional(),
      month: z
        .string()
        .regex(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/)
        .optional()
        .describe('This month when left out'),
    }),
    reply: pageOf(carried.extend({ item: caseItem, reason: z.string().nullable() })).extend({ month: z.string() }),
  }),
  export: endpoint({
    name: 'tasks.export',
    method: 'GET',
    path: '/api/tasks/sheet',
    permission: 'cases.read',
    summary: { zh: '导出清单（Excel）', en: 'The list as a sheet with its official head' },
    query: ledgerQuery.extend({ format: sheetFormat.default('xlsx') }),
    reply: z.unknown(),
    raw: true,
  }),
} as const;
