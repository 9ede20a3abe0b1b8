import { randomUUID } from 'node:crypto';
import type { Verb } from '../../../domain/grants.ts';
import {
  canPublish,
  canReplace,
  findPersonalData,
  foundWords,
  publicationReason,
} from '../../../domain/records/publications/index.ts';
import { check, invalid, notFound, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { getUnit } from '../units/index.ts';
import * as store from './store.ts';

export interface Draft {
  readonly kind: string;
  readonly unitId: number;
  readonly title: string;
  readonly audience: 'public' | 'below' | 'staff';
  readonly closesOn?: string | null | undefined;
  readonly caseId?: string | null | undefined;
  readonly body: Record<string, unknown>;
}

const noPublication = notFound({ zh: '该公开事项', en: 'publication' });

/** Refuses a text with numbers of identity, bank or telephone in it, naming each place. */
export function refusePersonalData(text: { title: string; body: unknown }): void {
  const found = [...findPersonalData(text.title, 'title'), ...findPersonalData(text.body)];
  if (found.length === 0) return;
  throw invalid(found.slice(0, 50).map((one) => ({ path: one.path, message: foundWords(one) })));
}

export async function getPublication(rq: Rq, id: string): Promise<store.PublicationRow> {
  const row = await store.findPublication(rq, id);
  if (!row) throw noPublication;
  return row;
}

export async function getPublicPublication(rq: Rq, id: string): Promise<store.PublicationRow> {
  const row = await store.findPublication(rq, id, true);
  if (!row) throw noPublication;
  return row;
}

/** `verb` is what the kind asks for: notices want `publications.write`, reports have a verb of their own. */
export async function draftPublication(
  rq: Rq,
  input: Draft,
  verb: Verb = 'publications.write',
): Promise<store.PublicationRow> {
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, verb, unit.path);
  return insert(rq, { ...input, unitPath: unit.path, version: 1, replaces: null });
}

async function insert(
  rq: Rq,
  input: Draft & { unitPath: string; version: number; replaces: string | null },
): Promise<store.PublicationRow> {
  const row = { ...input, id: randomUUID(), closesOn: input.closesOn ?? null, caseId: input.caseId ?? null };
  await store.insertPublication(rq, row);
  await record(rq, {
    verb: 'publication.draft',
    subject: { kind: 'publication', id: row.id },
    path: row.unitPath,
    after: { kind: row.kind, title: row.title, audience: row.audience, version: row.version, replaces: row.replaces },
  });
  return getPublication(rq, row.id);
}

/** Changes a draft; what is published stays as it is. */
export async function changeDraft(
  rq: Rq,
  id: string,
  next: Pick<Draft, 'title' | 'body'>,
  verb: Verb = 'publications.write',
): Promise<store.PublicationRow> {
  const row = await getPublication(rq, id);
  mustHold(rq, verb, row.unitPath);
  if (row.publishedAt !== null) throw refuse(publicationReason('publication-published'));
  await store.setDraft(rq, id, next.title, next.body);
  await record(rq, {
    verb: 'publication.change',
    subject: { kind: 'publication', id },
    path: row.unitPath,
    before: { title: row.title, body: row.body },
    after: { title: next.title, body: next.body },
  });
  return getPublication(rq, id);
}

/** From here on the text stands as it is; the database refuses every change of it. */
export async function publish(rq: Rq, id: string, verb: Verb = 'publications.write'): Promise<store.PublicationRow> {
  const row = await getPublication(rq, id);
  mustHold(rq, verb, row.unitPath);
  check(canPublish(row, dayOf(rq.now)));
  refusePersonalData(row);
  await store.setPublished(rq, id);
  await record(rq, {
    verb: 'publication.publish',
    subject: { kind: 'publication', id },
    path: row.unitPath,
    after: { title: row.title, audience: row.audience, version: row.version, body: row.body },
  });
  return getPublication(rq, id);
}

/** Drafts the next version; the published one stays readable beside it. */
export async function replacePublication(
  rq: Rq,
  id: string,
  next: Pick<Draft, 'title' | 'audience' | 'closesOn' | 'body'>,
  verb: Verb = 'publications.write',
): Promise<store.PublicationRow> {
  const row = await getPublication(rq, id);
  mustHold(rq, verb, row.unitPath);
  check(canReplace(row));
  return insert(rq, {
    ...next,
    kind: row.kind,
    unitId: row.unitId,
    unitPath: row.unitPath,
    caseId: row.caseId,
    version: row.version + 1,
    replaces: id,
  });
}
