import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { needsTyping, typedMetrics } from '../../../domain/records/facts/depends.ts';
import { figures, isFigure, metrics } from '../../../domain/records/facts/index.ts';
import {
  canOverwrite,
  canPublish,
  canWithdraw,
  differenceOf,
  effectiveIn,
  standardReason,
  type StandardItem,
  type TypedCriterion,
} from '../../../domain/records/standards/index.ts';
import { criteriaOf, type Criterion, type Standard } from '../../../domain/stars/standard.ts';
import type { JournalVerb } from '../../../domain/records/journal/index.ts';
import { check, invalid, notFound, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { mustHold, type Rq, system } from '../../platform/rq.ts';
import { type FileIssue, readStandard } from '../../platform/yaml-standard.ts';
import * as store from './store.ts';
import { ruleWords } from './words.ts';

const noStandard = notFound({ zh: '该标准版本', en: 'version of a standard' });

export async function getStandard(rq: Rq, id: string, version: string): Promise<store.StandardRow> {
  const row = await store.findStandardRow(rq, id, version);
  if (!row) throw noStandard;
  return row;
}

/** Published versions never change, so each is read from the database once in the life of the process. */
const published = new Map<string, Standard>();

/** An application that starts on another database knows nothing of the standards of the former one. */
export function forgetPublished(): void {
  published.clear();
}

/** The standard a cycle is judged by; drafts are read each time. */
export async function findStandard(rq: Rq, id: string, version: string): Promise<Standard> {
  const key = `${id}\u0000${version}`;
  const kept = published.get(key);
  if (kept) return kept;
  const row = await getStandard(rq, id, version);
  if (row.state !== 'draft') published.set(key, row.body);
  return row.body;
}

/** A published version for a scheme, in effect in the year when one is named, or the reason why a cycle cannot use it. */
export async function usableStandard(
  rq: Rq,
  id: string,
  version: string,
  scheme: string,
  year?: number,
): Promise<Standard> {
  const row = await store.findStandardRow(rq, id, version);
  if (!row || row.state !== 'published') throw refuse(standardReason('standard-missing', { id, version }));
  if (row.scheme !== scheme) throw refuse(standardReason('standard-scheme', { id, found: row.scheme, needed: scheme }));
  if (year !== undefined) check(effectiveIn(row, year));
  return row.body;
}

interface Checked {
  readonly standard: Standard | null;
  readonly issues: readonly (FileIssue & { file: string; code: string })[];
  readonly warnings: readonly (FileIssue & { file: string; code: string })[];
}

/** Reads and checks a standard file; figures that nobody has defined are warned of, each with its line and field. */
export function checkStandardFile(yaml: string, file: string): Checked {
  const read = readStandard(yaml);
  if (!read.ok)
    return { standard: null, issues: read.issues.map((i) => ({ ...i, file, code: 'invalid' })), warnings: [] };
  const unknown = read.standard.stars.flatMap((star, s) =>
    star.criteria.flatMap(({ id, value }, c) => {
      if ((value.kind !== 'figure' && value.kind !== 'fact') || isFigure(value.key)) return [];
      const message = {
        zh: `指标目录中还没有“${value.key}”，条目 ${id} 将显示为缺数`,
        en: `the catalogue has no ${value.key} yet; criterion ${id} will show as missing`,
      };
      const place = read.placing(['stars', s, 'criteria', c, 'value', value.kind]);
      return [{ ...place, file, code: 'unknown-figure', message }];
    }),
  );
  const warnings = [...read.warnings.map((w) => ({ ...w, file, code: 'warning' })), ...unknown];
  return { standard: read.standard, issues: [], warnings };
}

/** Standards are the same for the whole instance; whoever may write them anywhere may write them. */
function mustWrite(rq: Rq): void {
  const grant = rq.actor.grants.find((g) => g.verb === 'standards.write');
  mustHold(rq, 'standards.write', grant?.path ?? '');
}

export async function draftStandard(rq: Rq, yaml: string, file: string): Promise<StandardItem> {
  mustWrite(rq);
  const { standard, issues } = checkStandardFile(yaml, file);
  if (!standard)
    throw invalid(
      issues.map((i) => ({
        path: `${i.file}:${i.line} ${i.field}`,
        message: i.message,
      })),
      { zh: '标准文件有误，请按提示修改。', en: 'The standard file has faults; see the details.' },
    );
  const before = await store.findStandardRow(rq, standard.id, standard.version);
  check(canOverwrite(standard.id, standard.version, before?.state));
  await store.upsertDraft(rq, standard, yaml);
  await note(rq, 'standard.draft', standard, { file });
  return getStandard(rq, standard.id, standard.version);
}

function note(rq: Rq, verb: JournalVerb, s: { id: string; version: string }, after: unknown): Promise<void> {
  const path = rq.actor.grants.find((g) => g.verb === 'standards.write')?.path ?? '';
  return record(rq, { verb, subject: { kind: 'standard', id: `${s.id}@${s.version}` }, path, after });
}

export async function publishStandard(rq: Rq, id: string, version: string, reason: string): Promise<StandardItem> {
  mustWrite(rq);
  const row = await getStandard(rq, id, version);
  check(canPublish(row.state));
  await store.updateState(rq, id, version, 'published');
  await note(rq, 'standard.publish', row, { reason });
  return getStandard(rq, id, version);
}

export async function withdrawStandard(rq: Rq, id: string, version: string, reason: string): Promise<StandardItem> {
  mustWrite(rq);
  const row = await getStandard(rq, id, version);
  check(canWithdraw(row.state, await store.countRunningCycles(rq, id, version)));
  await store.updateState(rq, id, version, 'withdrawn');
  await note(rq, 'standard.withdraw', row, { reason });
  return getStandard(rq, id, version);
}

export async function showStandard(rq: Rq, id: string, version: string) {
  const row = await getStandard(rq, id, version);
  const criteria = criteriaOf(row.body);
  const rules = Object.fromEntries(criteria.map(({ criterion }) => [criterion.id, ruleWords(criterion)]));
  const typed = criteria.flatMap(({ star, criterion }) => typedOf(star.id, criterion) ?? []);
  const needNoTyping = criteria.length === 0 ? 0 : (criteria.length - typed.length) / criteria.length;
  return { ...row, rules, needNoTyping, typed };
}

/** What people have to supply for a criterion; null when its value is computed from records of the work alone. */
function typedOf(star: string, { id, text, value }: Criterion): TypedCriterion | null {
  const one = { id, star, text };
  if (value.kind === 'check' || value.kind === 'review') return { ...one, why: value.kind, asks: [] };
  const figure = isFigure(value.key) ? figures[value.key]! : undefined;
  if (!figure) return { ...one, why: 'unknown', asks: [] };
  if (!needsTyping(figure.expr)) return null;
  return { ...one, why: 'entered', asks: typedMetrics(figure.expr).map((key) => metrics[key].words) };
}

export async function compareStandards(
  rq: Rq,
  from: { id: string; version: string },
  to: { id: string; version: string },
) {
  const [a, b] = [await getStandard(rq, from.id, from.version), await getStandard(rq, to.id, to.version)];
  return { from: a, to: b, changes: differenceOf(a.body, b.body) };
}

/**
 * Brings the files of a folder in as drafts. A version that is published stays as it is; a faulty file is reported and the
 * others still come in.
 */
export async function loadStandards(rq: Rq, folder: string): Promise<{ loaded: string[]; faults: string[] }> {
  const loaded: string[] = [];
  const faults: string[] = [];
  for (const file of readdirSync(folder)
    .filter((f) => /\.ya?ml$/.test(f))
    .sort()) {
    const yaml = readFileSync(join(folder, file), 'utf8');
    const { standard, issues } = checkStandardFile(yaml, file);
    if (!standard) {
      faults.push(...issues.map((i) => `${file}:${i.line} ${i.field}: ${i.message.en}`));
      continue;
    }
    const before = await store.findStandardRow(rq, standard.id, standard.version);
    if (before && (before.state !== 'draft' || before.sourceText === yaml)) continue;
    await store.upsertDraft(rq, standard, yaml);
    if (rq.actor === system) await note(rq, 'standard.load', standard, { file });
    loaded.push(`${standard.id}@${standard.version}`);
  }
  return { loaded, faults };
}
