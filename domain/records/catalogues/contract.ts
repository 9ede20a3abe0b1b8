import { z } from 'zod';
import { endpoint, moment, text } from '../../contract.ts';

const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
const words = z.object({ zh: z.string(), en: z.string() });

export const catalogueView = z.object({
  name: z.string(),
  words,
  sample: z.boolean().describe('A neutral example and no official list, until the instance sets its own'),
  items: z.array(z.object({ key: z.string(), zh: z.string(), en: z.string(), ended: z.boolean() })),
  document: z.string().nullable(),
  changedAt: moment.nullable(),
  version: z.int().describe('0 while nobody has set it'),
});
export type CatalogueView = z.infer<typeof catalogueView>;

export const catalogueEndpoints = {
  list: endpoint({
    name: 'catalogues.list',
    method: 'GET',
    path: '/api/catalogues',
    permission: 'session',
    summary: { zh: '目录（“五园”“五美”等选项）', en: 'Catalogues: choices that the instance sets itself' },
    reply: z.object({ items: z.array(catalogueView) }),
  }),
  get: endpoint({
    name: 'catalogues.get',
    method: 'GET',
    path: '/api/catalogues/:name',
    permission: 'session',
    summary: { zh: '一个目录', en: 'One catalogue' },
    params: z.object({ name: key }),
    reply: catalogueView,
  }),
  set: endpoint({
    name: 'catalogues.set',
    method: 'PUT',
    path: '/api/catalogues/:name',
    permission: 'admin',
    summary: { zh: '设定目录内容（须注明依据）', en: 'Set the items of a catalogue, with the document they rest on' },
    params: z.object({ name: key }),
    body: z.object({
      version: z.int().min(0).describe('The version that was read'),
      document: text(200).describe('The document that defines the items'),
      items: z
        .array(z.object({ key, zh: text(60), en: text(120), ended: z.boolean().default(false) }))
        .min(1)
        .max(60),
    }),
    reply: catalogueView,
  }),
} as const;
