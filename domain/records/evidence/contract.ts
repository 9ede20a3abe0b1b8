import { z } from 'zod';
import { day, endpoint, id, moment, text } from '../../contract.ts';

/** What a piece of evidence may be attached to. */
export const subjectKinds = [
  'unit',
  'fact',
  'case',
  'judgement',
  'designation',
  'publication',
  'subject',
  'agreement',
  'event',
] as const;
export type SubjectKind = (typeof subjectKinds)[number];

export const subject = z.object({
  kind: z.enum(subjectKinds),
  id: z.string().regex(/^([0-9]{1,10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/),
});

/** The fields that come with an uploaded file; they stand before the file in the form. */
export const evidenceFields = z.object({
  subjectKind: z.enum(subjectKinds),
  subjectId: subject.shape.id,
  item: text(100).optional().describe('Which criterion or item of the subject it speaks to'),
  title: text(200),
  proves: text(500).optional().describe('What it is meant to show'),
  takenOn: day.optional(),
});
export type EvidenceFields = z.infer<typeof evidenceFields>;

export const evidence = z.object({
  id,
  subjectKind: z.string(),
  subjectId: z.string(),
  item: z.string().nullable(),
  unitId: z.int(),
  unitName: z.string(),
  title: z.string(),
  proves: z.string().nullable(),
  takenOn: z.string().nullable(),
  media: z.string(),
  bytes: z.int(),
  picture: z.boolean(),
  addedBy: z.string().nullable(),
  addedAt: moment,
  removedAt: moment.nullable(),
  removedReason: z.string().nullable(),
  same: z.int().describe('Other pieces in scope whose picture looks the same; a hint for people, never a judgement'),
});
export type Evidence = z.infer<typeof evidence>;

const params = z.object({ id });

export const evidences = {
  list: endpoint({
    name: 'evidence.list',
    method: 'GET',
    path: '/api/evidence',
    permission: 'session',
    summary: { zh: '某项记录的佐证材料', en: 'Evidence of a record' },
    query: subject.extend({ item: z.string().max(100).optional() }),
    reply: z.object({ items: z.array(evidence) }),
  }),
  add: endpoint({
    name: 'evidence.add',
    method: 'POST',
    path: '/api/evidence',
    permission: 'evidence.write',
    summary: { zh: '上传佐证材料（字段在前，文件在后）', en: 'Upload evidence (fields first, then the file)' },
    upload: true,
    reply: evidence,
  }),
  file: endpoint({
    name: 'evidence.file',
    method: 'GET',
    path: '/api/evidence/:id/file',
    permission: 'session',
    summary: { zh: '下载佐证材料', en: 'Download a piece of evidence' },
    params,
    reply: z.unknown(),
    raw: true,
  }),
  same: endpoint({
    name: 'evidence.same',
    method: 'GET',
    path: '/api/evidence/:id/same',
    permission: 'session',
    summary: { zh: '看起来相同的图片（仅供核对）', en: 'Pictures that look the same, for people to compare' },
    params,
    reply: z.object({ items: z.array(evidence.extend({ distance: z.int().describe('0 is the same picture') })) }),
  }),
  remove: endpoint({
    name: 'evidence.remove',
    method: 'POST',
    path: '/api/evidence/:id/removal',
    permission: 'evidence.write',
    summary: { zh: '撤下（记录保留，须说明理由）', en: 'Take evidence down; the record of it stays' },
    params,
    body: z.object({ reason: text(500) }),
    reply: evidence,
  }),
} as const;
