import { z } from 'zod';
import { day, endpoint, id, moment, pageQuery, text, unitId } from '../../contract.ts';

/** One entry of the journal: who did what to which record, when, and what it was before and after. */
export const journalEntry = z.object({
  id: z.int(),
  at: moment,
  userId: z.string().nullable(),
  actorName: z.string(),
  verb: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  unitPath: z.string(),
  unitId: z.int().nullable(),
  unitName: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  sealed: z.boolean(),
});
export type JournalEntry = z.infer<typeof journalEntry>;

export const journal = {
  list: endpoint({
    name: 'journal.list',
    method: 'GET',
    path: '/api/journal',
    permission: 'journal.read',
    summary: { zh: '查阅操作日志', en: 'Read the journal' },
    query: z.object({
      under: unitId.optional().describe('Only entries about this unit and those below it'),
      kind: text(50).optional().describe('Kind of record, such as unit or case'),
      subject: text(100).optional().describe('Id of the record'),
      verb: text(60).optional().describe('What was done; ends with a dot for all of a kind'),
      user: id.optional().describe('Who did it'),
      actor: text(50).optional().describe('Part of the name of who did it'),
      from: day.optional(),
      to: day.optional().describe('Last day, included'),
      before: z.coerce.number().int().positive().optional().describe('Entries older than this one'),
      limit: pageQuery.shape.limit,
    }),
    reply: z.object({
      items: z.array(journalEntry),
      next: z.int().nullable().describe('Pass as `before` for older entries; null at the end'),
    }),
  }),
  timeline: endpoint({
    name: 'journal.timeline',
    method: 'GET',
    path: '/api/journal/subjects/:kind/:id',
    permission: 'session',
    summary: { zh: '一条记录的经过', en: 'What happened to one record' },
    params: z.object({ kind: text(50), id: text(100) }),
    query: z.object({ limit: pageQuery.shape.limit }),
    reply: z.object({
      items: z.array(
        journalEntry.pick({ id: true, at: true, actorName: true, verb: true }).extend({
          before: z.unknown().optional(),
          after: z.unknown().optional(),
        }),
      ),
    }),
  }),
} as const;
