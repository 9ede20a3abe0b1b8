import { z } from 'zod';
import { endpoint, moment, pageOf, pageQuery, text } from '../../contract.ts';
import { standardSchema } from '../../stars/standard.ts';
import { scheme } from '../units/contract.ts';
import { standardId, standardVersion } from './ref.ts';

export const standardStates = ['draft', 'published', 'withdrawn'] as const;
export const bilingual = z.object({ zh: z.string(), en: z.string().optional() });

export const standardItem = z.object({
  id: z.string(),
  version: z.string(),
  scheme: z.string(),
  title: bilingual,
  sample: z.boolean().describe('Printed beside every result until a real document replaces it'),
  state: z.enum(standardStates),
  effectiveFrom: z.string(),
  effectiveTo: z.string().nullable(),
  publishedAt: moment.nullable(),
});
export type StandardItem = z.infer<typeof standardItem>;

export const standardIssue = z.object({
  file: z.string(),
  line: z.int().nullable(),
  column: z.int().nullable(),
  field: z.string(),
  code: z.string(),
  message: bilingual,
});

export const standardChange = z.object({
  kind: z.enum(['added', 'removed', 'changed']),
  /** `star:branch`, `criterion:branch.life`, `veto:accident`, or a field of the head. */
  subject: z.string(),
  star: z.string().nullable(),
  name: bilingual.nullable(),
  fields: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
});
export type StandardChange = z.infer<typeof standardChange>;

/** A criterion that people have to supply, wholly or in part. */
export const typedCriterion = z.object({
  id: z.string(),
  star: z.string(),
  text: bilingual,
  /** An entered number, a question answered in the self-assessment, scores of a panel, or no figure of that name. */
  why: z.enum(['entered', 'check', 'review', 'unknown']),
  asks: z.array(bilingual).describe('The numbers that are entered for it'),
});
export type TypedCriterion = z.infer<typeof typedCriterion>;

const at = z.object({ id: standardId, version: standardVersion });

export const standards = {
  list: endpoint({
    name: 'standards.list',
    method: 'GET',
    path: '/api/standards',
    permission: 'session',
    summary: { zh: '标准清单', en: 'Standards and their versions' },
    query: pageQuery.extend({ state: z.enum(standardStates).optional(), scheme: scheme.optional() }),
    reply: pageOf(standardItem),
  }),
  get: endpoint({
    name: 'standards.get',
    method: 'GET',
    path: '/api/standards/:id/:version',
    permission: 'session',
    summary: { zh: '标准全文：星、条目、分值、规则、佐证、否决项', en: 'One version in full' },
    params: at,
    reply: standardItem.extend({
      body: standardSchema,
      sourceText: z.string().describe('The YAML as it was written'),
      rules: z
        .record(z.string(), bilingual)
        .describe('By criterion id: the rule of points in words a cadre can read aloud'),
      needNoTyping: z.number().describe('Share of criteria, 0 to 1, whose value is computed from records of the work'),
      typed: z.array(typedCriterion).describe('The others: what people still have to type or judge, and what that is'),
    }),
  }),
  difference: endpoint({
    name: 'standards.difference',
    method: 'GET',
    path: '/api/standards/:id/:version/difference',
    permission: 'session',
    summary: { zh: '两个版本的差异', en: 'What differs between two versions' },
    params: at,
    query: z.object({ to: standardVersion, toId: standardId.optional() }),
    reply: z.object({ from: standardItem, to: standardItem, changes: z.array(standardChange) }),
  }),
  validate: endpoint({
    name: 'standards.validate',
    method: 'POST',
    path: '/api/standards/checks',
    permission: 'standards.write',
    summary: { zh: '检查标准文件（指出行号和字段）', en: 'Check a standard file; faults name line and field' },
    body: z.object({ yaml: z.string().min(1).max(1_000_000), file: text(200).default('standard.yaml') }),
    reply: z.object({ ok: z.boolean(), issues: z.array(standardIssue), warnings: z.array(standardIssue) }),
  }),
  draft: endpoint({
    name: 'standards.draft',
    method: 'POST',
    path: '/api/standards',
    permission: 'standards.write',
    summary: { zh: '保存标准草稿', en: 'Keep a draft version' },
    body: z.object({ yaml: z.string().min(1).max(1_000_000), file: text(200).default('standard.yaml') }),
    reply: standardItem,
  }),
  publish: endpoint({
    name: 'standards.publish',
    method: 'POST',
    path: '/api/standards/:id/:version/publication',
    permission: 'standards.write',
    summary: { zh: '发布标准版本（发布后不可更改）', en: 'Publish a version; it never changes afterwards' },
    params: at,
    body: z.object({ reason: text(500) }),
    reply: standardItem,
  }),
  withdraw: endpoint({
    name: 'standards.withdraw',
    method: 'POST',
    path: '/api/standards/:id/:version/withdrawal',
    permission: 'standards.write',
    summary: { zh: '撤回标准版本', en: 'Withdraw a version from further use' },
    params: at,
    body: z.object({ reason: text(500) }),
    reply: standardItem,
  }),
} as const;
