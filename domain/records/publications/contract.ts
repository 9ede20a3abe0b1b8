import { z } from 'zod';
import type { Words } from '../../words.ts';
import { day, endpoint, id, moment, pageOf, pageQuery, text, unitId } from '../../contract.ts';

export const audiences = ['public', 'below', 'staff'] as const;
export const audience = z.enum(audiences);

export const publication = z.object({
  id: z.string(),
  kind: z.string(),
  unitId: z.int(),
  unitName: z.string(),
  title: z.string(),
  audience,
  version: z.int(),
  replaces: z.string().nullable(),
  replacedBy: z.string().nullable(),
  publishedAt: moment.nullable(),
  closesOn: z.string().nullable(),
  caseId: z.string().nullable(),
});
export const publicationFull = publication.extend({ body: z.record(z.string(), z.unknown()) });
export type Publication = z.infer<typeof publicationFull>;

/** Kinds that people write by hand; other kinds (notices of results) are made by the work they belong to. */
export const writtenKinds = [
  'notice',
  'practice-case',
  'guidance',
  'speech',
  'bulletin',
  'briefing',
  'implementation-rule',
  'charter',
  'faq',
] as const;

/** Their words. */
export const writtenWords: Readonly<Record<(typeof writtenKinds)[number], Words>> = {
  notice: { zh: '公告', en: 'Notice' },
  'practice-case': { zh: '经验做法', en: 'Practice case' },
  guidance: { zh: '指导意见', en: 'Guidance' },
  speech: { zh: '发言材料', en: 'Speech' },
  bulletin: { zh: '通报', en: 'Bulletin' },
  briefing: { zh: '决策参考', en: 'Briefing' },
  'implementation-rule': { zh: '实施办法', en: 'Implementation rule' },
  charter: { zh: '村规民约（居民公约）', en: 'Charter' },
  faq: { zh: '常见问答', en: 'Common question' },
};

const written = z.object({
  title: text(200),
  audience,
  closesOn: day.nullable().default(null),
  body: z.object({ text: text(50_000) }),
});

export const publications = {
  list: endpoint({
    name: 'publications.list',
    method: 'GET',
    path: '/api/publications',
    permission: 'session',
    summary: { zh: '公开事项', en: 'Publications, drafts of one’s own units included' },
    query: pageQuery.extend({ under: unitId.optional(), kind: z.string().max(40).optional() }),
    reply: pageOf(publication),
  }),
  listPublic: endpoint({
    name: 'publications.listPublic',
    method: 'GET',
    path: '/api/public/publications',
    permission: 'public',
    summary: { zh: '面向群众公开的事项', en: 'What is published to everyone' },
    query: pageQuery.extend({ kind: z.string().max(40).optional() }),
    reply: pageOf(publication),
  }),
  getPublic: endpoint({
    name: 'publications.getPublic',
    method: 'GET',
    path: '/api/public/publications/:id',
    permission: 'public',
    summary: { zh: '公开事项正文', en: 'One published text' },
    params: z.object({ id }),
    reply: publicationFull,
  }),
  get: endpoint({
    name: 'publications.get',
    method: 'GET',
    path: '/api/publications/:id',
    permission: 'session',
    summary: { zh: '公开事项详情', en: 'A publication' },
    params: z.object({ id }),
    reply: publicationFull,
  }),
  draft: endpoint({
    name: 'publications.draft',
    method: 'POST',
    path: '/api/publications',
    permission: 'publications.write',
    summary: { zh: '起草公开事项', en: 'Draft a publication' },
    body: written.extend({ unitId, kind: z.enum(writtenKinds) }),
    reply: publicationFull,
  }),
  publish: endpoint({
    name: 'publications.publish',
    method: 'POST',
    path: '/api/publications/:id/publication',
    permission: 'publications.write',
    summary: { zh: '发布（发布后不可改，可发新版）', en: 'Publish; from then on only a new version changes it' },
    params: z.object({ id }),
    reply: publicationFull,
  }),
  replace: endpoint({
    name: 'publications.replace',
    method: 'POST',
    path: '/api/publications/:id/versions',
    permission: 'publications.write',
    summary: { zh: '起草新版本', en: 'Draft the next version' },
    params: z.object({ id }),
    body: written,
    reply: publicationFull,
  }),
} as const;
