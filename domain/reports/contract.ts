import { z } from 'zod';
import { endpoint, id, moment, pageOf, pageQuery, text, unitId } from '../contract.ts';
import { period } from '../records/facts/periods.ts';
import { unitTypeNames } from '../records/units/types.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const templateId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

/** One number of a report as it stood when it was filled; a frozen report keeps exactly this. */
export const filledFigure = z.object({
  n: z.int().describe('Place in the text, from 0'),
  blank: z.string().nullable().describe('The blank of the source that it fills'),
  key: z.string(),
  words,
  period: z.string(),
  value: z.string().nullable(),
  display: z.string().nullable().describe('As it stands in the text, unit included; null is a visible blank'),
  definition: words,
  records: z.int(),
  asOf: z.string().nullable(),
  missing: words.nullable().describe('What no record answers yet'),
  holders: z.array(z.object({ unitId: z.int(), unitName: z.string() })).describe('Whose records are missing'),
});
export type FilledFigure = z.infer<typeof filledFigure>;

export const piece = z.union([z.object({ text: z.string() }), z.object({ figure: z.int() })]);
export const block = z.object({
  kind: z.enum(['title', 'heading', 'subheading', 'paragraph']),
  pieces: z.array(piece),
});

export const filledReport = z.object({
  template: z.string(),
  unitId: z.int(),
  unitName: z.string(),
  period: z.string(),
  title: z.string(),
  filledAt: moment,
  blocks: z.array(block),
  figures: z.array(filledFigure),
  blanks: z.int(),
});
export type FilledReport = z.infer<typeof filledReport>;

export const reportItem = z.object({
  id: z.string(),
  template: z.string(),
  unitId: z.int(),
  unitName: z.string(),
  period: z.string(),
  title: z.string(),
  version: z.int(),
  signedAt: moment.nullable(),
  signedBy: z.string().nullable(),
  code: z.string().nullable(),
  blanks: z.int(),
  replacedBy: z.string().nullable(),
});
export type ReportItem = z.infer<typeof reportItem>;

/** A kept report: a draft is filled anew each time it is read, a signed one stands as it was signed. */
export const keptReport = reportItem.extend({
  unitType: z.enum(unitTypeNames),
  unitPath: z.string(),
  text: z.string(),
  filled: filledReport,
});
export type KeptReport = z.infer<typeof keptReport>;

const body = z.string().trim().min(1).max(100_000);

export const reports = {
  templates: endpoint({
    name: 'reports.templates',
    method: 'GET',
    path: '/api/reports/templates',
    permission: 'records.read',
    summary: { zh: '报告模板', en: 'Report templates' },
    reply: z.object({
      items: z.array(z.object({ id: z.string(), title: words, for: z.array(z.string()), figures: z.int() })),
    }),
  }),
  fill: endpoint({
    name: 'reports.fill',
    method: 'GET',
    path: '/api/units/:id/reports/:template',
    permission: 'records.read',
    summary: { zh: '按模板自动填报（实时）', en: 'A report filled from the records as they stand now' },
    params: z.object({ id: unitId, template: templateId }),
    query: z.object({ period }),
    reply: filledReport,
  }),
  list: endpoint({
    name: 'reports.list',
    method: 'GET',
    path: '/api/reports',
    permission: 'records.read',
    summary: { zh: '报告', en: 'Kept reports' },
    query: pageQuery.extend({
      kind: z.enum(['report', 'compilation']).default('report'),
      under: unitId.optional(),
      template: templateId.optional(),
      period: period.optional(),
    }),
    reply: pageOf(reportItem),
  }),
  draft: endpoint({
    name: 'reports.draft',
    method: 'POST',
    path: '/api/reports',
    permission: 'reports.write',
    summary: { zh: '保存报告草稿', en: 'Keep a draft of a report' },
    body: z.object({ unitId, template: templateId, period, title: text(200).optional(), text: body.optional() }),
    reply: keptReport,
  }),
  get: endpoint({
    name: 'reports.get',
    method: 'GET',
    path: '/api/reports/:id',
    permission: 'records.read',
    summary: { zh: '报告详情', en: 'One report' },
    params: z.object({ id }),
    reply: keptReport,
  }),
  change: endpoint({
    name: 'reports.change',
    method: 'PATCH',
    path: '/api/reports/:id',
    permission: 'reports.write',
    summary: { zh: '修改报告文字', en: 'Change the text of a draft; its numbers stay references' },
    params: z.object({ id }),
    body: z.object({ title: text(200), text: body }),
    reply: keptReport,
  }),
  sign: endpoint({
    name: 'reports.sign',
    method: 'POST',
    path: '/api/reports/:id/signature',
    permission: 'reports.sign',
    summary: {
      zh: '签发（数字从此固定，并生成核验码）',
      en: 'Sign off: the numbers are frozen and get a verification code',
    },
    params: z.object({ id }),
    body: z.object({ blanksAccepted: z.int().min(0).describe('How many blanks the signer has seen') }),
    reply: keptReport,
  }),
  renew: endpoint({
    name: 'reports.renew',
    method: 'POST',
    path: '/api/reports/:id/versions',
    permission: 'reports.write',
    summary: { zh: '起草新版本', en: 'Draft the next version of a signed report' },
    params: z.object({ id }),
    reply: keptReport,
  }),
  file: endpoint({
    name: 'reports.file',
    method: 'GET',
    path: '/api/reports/:id/file',
    permission: 'records.read',
    summary: { zh: '下载 Word 文件（公文格式）', en: 'The report as a Word file in official layout' },
    params: z.object({ id }),
    reply: z.unknown(),
    raw: true,
  }),
  compile: endpoint({
    name: 'reports.compile',
    method: 'POST',
    path: '/api/reports/compilations',
    permission: 'reports.write',
    summary: { zh: '汇编已签发的报告', en: 'Bundle signed reports into one compilation with a table of contents' },
    body: z.object({ unitId, title: text(200), period, reports: z.array(id).min(1).max(100), eventId: id.optional() }),
    reply: reportItem,
  }),
  verify: endpoint({
    name: 'reports.verify',
    method: 'GET',
    path: '/api/public/reports/:code',
    permission: 'public',
    summary: { zh: '核验纸质报告', en: 'What a report on paper with this code really says' },
    params: z.object({
      code: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{4}-?[0-9A-HJKMNP-TV-Z]{4}-?[0-9A-HJKMNP-TV-Z]{4}$/i),
    }),
    reply: z.object({
      title: z.string(),
      unitName: z.string(),
      period: z.string(),
      version: z.int(),
      signedAt: moment,
      replaced: z.boolean().describe('A newer version has been signed'),
      digest: z.string(),
      figures: z.array(z.object({ words, period: z.string(), display: z.string().nullable() })),
    }),
  }),
} as const;
