import { z } from 'zod';
import { endpoint, id, queryFlag, text, unitId } from '../../contract.ts';
import { metricKey } from '../facts/index.ts';
import { period } from '../facts/periods.ts';
import { unitType } from '../units/index.ts';
import { importKinds } from './columns.ts';

export const importKind = z.union([
  z.enum(importKinds),
  z.templateLiteral(['subjects-', z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)]),
]);

/** `check` writes nothing; `all-or-nothing` writes only when every row is good; `good-rows` leaves the bad ones out. */
export const importModes = ['check', 'all-or-nothing', 'good-rows'] as const;
export type ImportMode = (typeof importModes)[number];

export const importFields = z.object({ mode: z.enum(importModes).default('all-or-nothing') });

/** The result of an import job. */
export const importResult = z.object({
  kind: importKind,
  kindWords: z
    .object({ zh: z.string(), en: z.string() })
    .optional()
    .describe('Of the sheet; results from before had none'),
  name: z.string(),
  mode: z.enum(importModes),
  rows: z.int(),
  good: z.int(),
  bad: z.int(),
  unchanged: z.int().describe('Rows that say what is there already'),
  written: z.int(),
  errors: z.array(z.object({ row: z.int(), column: z.string().nullable(), message: z.string() })),
  report: z.boolean().describe('Whether the file can be had back with an error column'),
});
export type ImportResult = z.infer<typeof importResult>;

export const sheetFormat = z.enum(['xlsx', 'csv']);
export type SheetFormat = z.infer<typeof sheetFormat>;

const started = z.object({ jobId: id });

export const imports = {
  template: endpoint({
    name: 'imports.template',
    method: 'GET',
    path: '/api/imports/:kind/template',
    permission: 'session',
    summary: { zh: '下载导入模板', en: 'Download the template for an import' },
    params: z.object({ kind: importKind }),
    query: z.object({ format: sheetFormat.default('xlsx') }),
    reply: z.unknown(),
    raw: true,
  }),
  start: endpoint({
    name: 'imports.start',
    method: 'POST',
    path: '/api/imports/:kind',
    permission: 'imports.run',
    summary: { zh: '上传表格并导入（后台执行）', en: 'Upload a sheet and import it as a job' },
    params: z.object({ kind: importKind }),
    upload: true,
    reply: started,
  }),
  accept: endpoint({
    name: 'imports.accept',
    method: 'POST',
    path: '/api/imports/:id/acceptance',
    permission: 'imports.run',
    summary: { zh: '导入其中无误的行', en: 'Import the good rows of a sheet that was checked' },
    params: z.object({ id }),
    body: z.object({ mode: z.enum(['all-or-nothing', 'good-rows']).default('good-rows') }),
    reply: started,
  }),
  report: endpoint({
    name: 'imports.report',
    method: 'GET',
    path: '/api/imports/:id/report',
    permission: 'imports.run',
    summary: { zh: '下载带错误原因的原表', en: 'The same sheet back, with what is wrong in each row' },
    params: z.object({ id }),
    reply: z.unknown(),
    raw: true,
  }),
} as const;

export const sheetExports = {
  subjects: endpoint({
    name: 'exports.subjects',
    method: 'GET',
    path: '/api/exports/subjects',
    permission: 'records.read',
    summary: { zh: '导出登记对象', en: 'Export the subjects of a kind' },
    query: z.object({
      format: sheetFormat.default('xlsx'),
      kind: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
      under: unitId.optional(),
      state: z.string().max(40).optional(),
      ended: queryFlag.optional(),
      star: text(64).optional(),
      tag: text(40).optional(),
      q: text(50, 0).optional(),
    }),
    reply: z.unknown(),
    raw: true,
  }),
  units: endpoint({
    name: 'exports.units',
    method: 'GET',
    path: '/api/exports/units',
    permission: 'units.read',
    summary: { zh: '导出单位', en: 'Export units' },
    query: z.object({ format: sheetFormat.default('xlsx'), under: unitId.optional(), type: unitType.optional() }),
    reply: z.unknown(),
    raw: true,
  }),
  facts: endpoint({
    name: 'exports.facts',
    method: 'GET',
    path: '/api/exports/facts',
    permission: 'facts.read',
    summary: { zh: '导出填报数据', en: 'Export facts' },
    query: z.object({
      format: sheetFormat.default('xlsx'),
      under: unitId.optional(),
      metric: metricKey.optional(),
      period: period.optional(),
      superseded: queryFlag.optional(),
    }),
    reply: z.unknown(),
    raw: true,
  }),
} as const;
