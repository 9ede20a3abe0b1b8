import { z } from 'zod';
import { day, endpoint, pageOf, pageQuery, text, unitId } from '../../contract.ts';
import { schemes, unitTypeNames } from './types.ts';

export const unitCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/);
export const unitType = z.enum(unitTypeNames);
export const scheme = z.enum(schemes);

export const unit = z.object({
  id: z.int(),
  code: z.string(),
  type: unitType,
  name: z.string(),
  parentId: z.int().nullable(),
  path: z.string(),
  scheme: scheme.nullable(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  initials: z.string(),
});
export type Unit = z.infer<typeof unit>;

export const unitNode = unit.extend({ children: z.int().describe('Units in use directly below') });
export type UnitNode = z.infer<typeof unitNode>;

const change = z.object({ day, document: text(100).describe('The document the change rests on') });

export const units = {
  list: endpoint({
    name: 'units.list',
    method: 'GET',
    path: '/api/units',
    permission: 'session',
    summary: { zh: '查询单位（名称、拼音、首字母、编码）', en: 'Find units by name, pinyin, initials or code' },
    query: pageQuery.extend({
      q: text(50, 0).optional(),
      type: unitType.optional(),
      scheme: scheme.optional(),
      under: unitId.optional().describe('Only this unit and those below it'),
      parent: unitId.optional().describe('Only units directly below'),
      asOf: day.optional().describe('The tree as it stood on this day'),
    }),
    reply: pageOf(unitNode),
  }),
  get: endpoint({
    name: 'units.get',
    method: 'GET',
    path: '/api/units/:id',
    permission: 'session',
    summary: { zh: '单位详情、上级链、历史', en: 'A unit with the chain above it and its history' },
    params: z.object({ id: unitId }),
    reply: unitNode.extend({
      above: z.array(z.object({ id: z.int(), name: z.string(), type: unitType })),
      attributes: z.record(z.string(), z.unknown()),
      history: z.array(
        z.object({
          validFrom: z.string(),
          validTo: z.string().nullable(),
          name: z.string(),
          change: z.string(),
          document: z.string().nullable(),
        }),
      ),
      successions: z.array(
        z.object({
          kind: z.string(),
          onDay: z.string(),
          predecessorId: z.int(),
          successorId: z.int(),
          name: z.string(),
        }),
      ),
    }),
  }),
  counts: endpoint({
    name: 'units.counts',
    method: 'GET',
    path: '/api/units/:id/counts',
    permission: 'session',
    summary: { zh: '下级单位按类型计数（任一日期）', en: 'Units below by type, as of any day' },
    params: z.object({ id: unitId }),
    query: z.object({ asOf: day.optional() }),
    reply: z.object({
      asOf: z.string(),
      counts: z.array(z.object({ type: unitType, scheme: scheme.nullable(), count: z.int() })),
    }),
  }),
  create: endpoint({
    name: 'units.create',
    method: 'POST',
    path: '/api/units',
    permission: 'units.write',
    summary: { zh: '新建单位', en: 'Create a unit' },
    body: change.extend({
      parentId: unitId,
      code: unitCode,
      type: unitType,
      name: text(100),
      scheme: scheme.nullable().default(null),
      attributes: z.record(z.string().max(50), z.union([z.string().max(500), z.number(), z.boolean()])).default({}),
    }),
    reply: unit,
  }),
  rename: endpoint({
    name: 'units.rename',
    method: 'POST',
    path: '/api/units/:id/names',
    permission: 'units.write',
    summary: { zh: '更名', en: 'Rename a unit from a day on' },
    params: z.object({ id: unitId }),
    body: change.extend({ name: text(100) }),
    reply: unit,
  }),
  setScheme: endpoint({
    name: 'units.setScheme',
    method: 'POST',
    path: '/api/units/:id/schemes',
    permission: 'units.write',
    summary: { zh: '调整评价类别（农村/城市）', en: 'Change the scheme of a unit from a day on' },
    params: z.object({ id: unitId }),
    body: change.extend({ scheme }),
    reply: unit,
  }),
  move: endpoint({
    name: 'units.move',
    method: 'POST',
    path: '/api/units/:id/moves',
    permission: 'units.write',
    summary: { zh: '划转到另一上级', en: 'Move a unit below another parent' },
    params: z.object({ id: unitId }),
    body: change.extend({ parentId: unitId }),
    reply: unit,
  }),
  merge: endpoint({
    name: 'units.merge',
    method: 'POST',
    path: '/api/units/mergers',
    permission: 'units.write',
    summary: { zh: '合并', en: 'Merge units into a new one' },
    body: change.extend({ ids: z.array(unitId).min(2).max(20), code: unitCode, name: text(100) }),
    reply: unit,
  }),
  split: endpoint({
    name: 'units.split',
    method: 'POST',
    path: '/api/units/:id/splits',
    permission: 'units.write',
    summary: { zh: '拆分', en: 'Split a unit into new ones' },
    params: z.object({ id: unitId }),
    body: change.extend({
      into: z
        .array(z.object({ code: unitCode, name: text(100) }))
        .min(2)
        .max(20),
    }),
    reply: z.object({ items: z.array(unit) }),
  }),
  end: endpoint({
    name: 'units.end',
    method: 'POST',
    path: '/api/units/:id/end',
    permission: 'units.write',
    summary: { zh: '撤销', en: 'End a unit from a day on' },
    params: z.object({ id: unitId }),
    body: change,
    reply: unit,
  }),
} as const;
