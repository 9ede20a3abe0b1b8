import { randomUUID } from 'node:crypto';
import { type Evidence, evidenceFields, type EvidenceFields } from '../../../domain/records/evidence/index.ts';
import { findEventKind } from '../../../domain/records/events/all.ts';
import { findSubjectKind } from '../../../domain/records/subjects/all.ts';
import { standsForPeople } from '../../../domain/records/subjects/index.ts';
import { type Reason, reasons } from '../../../domain/words.ts';
import { check, notFound } from '../../platform/errors.ts';
import {
  acceptFile,
  type AcceptedFile,
  type FileStore,
  parseFields,
  receiveFile,
  savedAs,
} from '../../platform/files/index.ts';
import type { Wire } from '../../platform/http/routes.ts';
import { record } from '../../platform/journal.ts';
import { announce } from '../../platform/news.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import * as store from './store.ts';

const noSubject = notFound({ zh: '该记录', en: 'record' });
const noEvidence = notFound({ zh: '该材料', en: 'piece of evidence' });

const evidenceReason = reasons({
  'evidence-of-people': {
    zh: '住户和个人不附材料；经同意的个人信息只填写在加密字段中。',
    en: 'No files are kept of households and persons; what they agreed to stands in the sealed fields alone.',
  },
  'evidence-no-files': {
    zh: '监控设备及其调阅登记不附任何文件、图像和录像。',
    en: 'No file, picture or footage is kept of a camera or of an access to it.',
  },
  'evidence-removed': { zh: '该材料已撤下。', en: 'This piece of evidence has been taken down already.' },
});

/** Receives, checks and keeps the bytes first; the transaction that records them is short. */
export async function uploadEvidence(rq: Rq, wire: Wire, files: FileStore): Promise<Evidence> {
  const { fields, bytes } = await receiveFile(wire);
  const about = parseFields(evidenceFields, fields, rq.lang);
  await wire.database.read(rq.actor.scopes, (db) => attachable({ ...rq, db }, about));
  const file = await acceptFile(bytes);
  const hash = await files.put(file.bytes);
  return wire.database.write(rq.actor.scopes, (db) => attach({ ...rq, db }, about, hash, file));
}

async function attachable(rq: Rq, about: EvidenceFields): Promise<{ unitId: number; path: string }> {
  const subject = await store.findSubject(rq, about.subjectKind, about.subjectId);
  if (!subject) throw noSubject;
  mustHold(rq, 'evidence.write', subject.path);
  const { subjectKind: kind, subjectId: id } = about;
  if (kind === 'subject' || kind === 'event') check(keepsFiles(kind, await store.findKindOf(rq, kind, id)));
  return subject;
}

/**
 * A photo of a card or a form would keep, for everybody who sees the entry, what is sealed on purpose; and of a camera nothing
 * is kept that it has seen.
 */
function keepsFiles(table: 'subject' | 'event', name: string | undefined): Reason | null {
  if (name === undefined) return null;
  const kind = table === 'subject' ? findSubjectKind(name) : findEventKind(name);
  if (kind?.noFiles) return evidenceReason('evidence-no-files');
  const subject = table === 'subject' ? findSubjectKind(name) : undefined;
  return subject && standsForPeople(subject) ? evidenceReason('evidence-of-people') : null;
}

/** Records a stored file as evidence of a record. */
export async function attach(rq: Rq, about: EvidenceFields, hash: string, file: AcceptedFile): Promise<Evidence> {
  const { unitId, path } = await attachable(rq, about);
  await store.insertFile(rq, hash, file);
  const id = randomUUID();
  await store.insertEvidence(rq, {
    ...about,
    id,
    fileHash: hash,
    unitId,
    path,
    item: about.item ?? null,
    proves: about.proves ?? null,
    takenOn: about.takenOn ?? null,
  });
  await record(rq, {
    verb: 'evidence.add',
    subject: { kind: 'evidence', id },
    path,
    after: { ...about, hash, media: file.media, bytes: file.bytes.length },
  });
  announce(rq, { kind: about.subjectKind, id: about.subjectId, path });
  return getEvidence(rq, id);
}

export async function getEvidence(rq: Rq, id: string): Promise<store.EvidenceRow> {
  const found = await store.findEvidence(rq, id);
  if (!found) throw noEvidence;
  return found;
}

const standing = (e: Evidence): Reason | null => (e.removedAt === null ? null : evidenceReason('evidence-removed'));

export async function removeEvidence(rq: Rq, id: string, reason: string): Promise<Evidence> {
  const found = await getEvidence(rq, id);
  mustHold(rq, 'evidence.write', found.path);
  check(standing(found));
  if (!(await store.removeEvidence(rq, id, reason))) throw noEvidence;
  await record(rq, {
    verb: 'evidence.remove',
    subject: { kind: 'evidence', id },
    path: found.path,
    before: { title: found.title, hash: found.hash },
    after: { reason },
  });
  announce(rq, { kind: found.subjectKind, id: found.subjectId, path: found.path });
  return getEvidence(rq, id);
}

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
};

/** A file goes out as something to save: no browser runs or guesses at what somebody else has uploaded. */
export async function sendFile(rq: Rq, id: string, wire: Wire, files: FileStore): Promise<unknown> {
  const found = await wire.database.read(rq.actor.scopes, (db) => getEvidence({ ...rq, db }, id));
  const stream = await files.open(found.hash);
  if (!stream) throw noEvidence;
  return wire.reply
    .headers({
      ...savedAs(`${found.title}.${endings[found.media] ?? 'bin'}`),
      'content-type': found.media,
      'content-length': found.bytes,
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, max-age=3600',
    })
    .send(stream);
}
