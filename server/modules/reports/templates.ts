import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseBody, type Template } from '../../../domain/reports/index.ts';
import { unitTypeNames } from '../../../domain/records/units/index.ts';
import { notFound } from '../../platform/errors.ts';
import { inRoot } from '../../platform/paths.ts';
import { isFigure } from '../../../domain/records/facts/index.ts';

const head = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  for: z.array(z.enum(unitTypeNames)).min(1),
  title: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
});

export interface TemplateFile extends Template {
  /** The body as it stands in the file: what a draft begins with. */
  readonly text: string;
  /** What the body refers to and nobody knows: shown as a blank, and named by the test over the shipped templates. */
  readonly faults: readonly string[];
}

/** Reads one template; a wrong head is an error that names file and field. */
export function readTemplate(name: string, content: string, isFigure: (key: string) => boolean): TemplateFile {
  const [, yaml, text] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(content) ?? [];
  if (yaml === undefined || text === undefined)
    throw new Error(`${name}:1: a template begins with a head between two lines of ---`);
  const parsed = head.safeParse(parse(yaml));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${name}: head, ${issue!.path.join('.') || 'as a whole'}: ${issue!.message}`);
  }
  const { blocks, faults } = parseBody(text, isFigure, yaml.split('\n').length + 3);
  const said = faults.map((f) => `${name}:${f.line}: ${f.message.en}`);
  return { ...parsed.data, blocks, text: text.trim(), faults: said };
}

/** All templates of a folder, by id. */
export function readTemplates(
  isFigure: (key: string) => boolean,
  folder = inRoot('reports'),
): ReadonlyMap<string, TemplateFile> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.md'));
  const all = files.map((name) => readTemplate(name, readFileSync(join(folder, name), 'utf8'), isFigure));
  return new Map(all.map((t) => [t.id, t]));
}

let kept: ReadonlyMap<string, TemplateFile> | undefined;
const templates = () => (kept ??= readTemplates(isFigure));

export function allTemplates(): TemplateFile[] {
  return [...templates().values()];
}

export function getTemplate(id: string): TemplateFile {
  const template = templates().get(id);
  if (!template) throw notFound({ zh: '该报告模板', en: 'report template' });
  return template;
}
