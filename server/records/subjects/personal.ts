import { randomUUID } from 'node:crypto';
import { canChange, canConsent, canKeep, isLive, subjectReason } from '../../../domain/records/subjects/index.ts';
import { findPersonalData } from '../../../domain/records/publications/personal.ts';
import type { JournalVerb } from '../../../domain/records/journal/index.ts';
import { check, notFound, refuse } from '../../platform/errors.ts';
import { schedule } from '../../platform/jobs/index.ts';
import { record } from '../../platform/journal.ts';
import { may, mustHold, type Rq } from '../../platform/rq.ts';
import { lockText, unlockText } from '../../platform/secrets.ts';
import { dayOf } from '../../platform/time.ts';
import { getSubject, kindOf, type SubjectRow } from './rows.ts';
import * as store from './personal-store.ts';

// Fields about people. They are kept sealed, only under a live consent that names them; every reading is in the journal, which
// itself holds names of fields and purposes and never a value.

const noPerson = notFound({ zh: '该人员', en: 'person' });
const noConsent = notFound({ zh: '该知情同意', en: 'consent' });

const viewOf = (rq: Rq, c: store.ConsentRow) => ({ ...c, fields: [...c.fields], live: isLive(c, dayOf(rq.now)) });

/** Purposes are read by many; they say what for, and no number of anybody. */
function checkPurpose(purpose: string): void {
  if (findPersonalData(purpose).length > 0) throw refuse(subjectReason('subject-private-number'));
}

/** A value is sealed for its place: copied to another subject or field it does not open. */
const place = (subjectId: string, field: string) => `personal ${subjectId} ${field}`;
const seal = (subjectId: string, field: string, value: string) =>
  Buffer.from(lockText(place(subjectId, field), value), 'base64url').toString('hex');
const unseal = (subjectId: string, field: string, sealed: string) =>
  unlockText(place(subjectId, field), Buffer.from(sealed, 'hex').toString('base64url'));

async function entry(
  rq: Rq,
  subject: Pick<SubjectRow, 'id' | 'unitPath'>,
  verb: JournalVerb,
  after: Record<string, unknown>,
) {
  await record(rq, { verb, subject: { kind: 'subject', id: subject.id }, path: subject.unitPath, after });
}

export async function listConsents(rq: Rq, subjectId: string, q: { limit: number; offset: number }) {
  const subject = await getSubject(rq, subjectId);
  mustHold(rq, 'personal.read', subject.unitPath);
  const { items, total } = await store.listConsents(rq, subjectId, q);
  return { items: items.map((c) => viewOf(rq, c)), total };
}

export interface NewConsent {
  readonly purpose: string;
  readonly fields: readonly string[];
  readonly givenOn: string;
  readonly expiresOn: string;
  readonly channel: 'paper' | 'page' | 'witnessed';
  readonly document?: string | undefined;
  readonly personId?: string | undefined;
}

export async function giveConsent(rq: Rq, subjectId: string, input: NewConsent) {
  const subject = await getSubject(rq, subjectId);
  mustHold(rq, 'personal.write', subject.unitPath);
  check(canChange(subject) ?? canConsent(kindOf(subject), input, dayOf(rq.now)));
  checkPurpose(input.purpose);
  const person = input.personId === undefined ? null : await store.findPerson(rq, input.personId);
  if (person === undefined) throw noPerson;
  const consent: store.ConsentRow = {
    ...input,
    id: randomUUID(),
    subjectId,
    unitPath: subject.unitPath,
    fields: [...new Set(input.fields)].sort(),
    document: input.document ?? null,
    personId: person?.id ?? null,
    personName: person?.name ?? null,
    recordedAt: rq.now,
    withdrawnAt: null,
    erasedAt: null,
  };
  await store.insertConsent(rq, consent);
  const { id, purpose, fields, givenOn, expiresOn, channel, document } = consent;
  // Whose household it is does not stand in the journal, which forgets nothing.
  await entry(rq, subject, 'consent.give', { id, purpose, fields, givenOn, expiresOn, channel, document });
  return viewOf(rq, consent);
}

type Because = 'withdrawn' | 'expired' | 'ended';

/** Erases what stands under a consent and closes it. The journal keeps that it happened and which fields, not what they said. */
async function erase(rq: Rq, c: store.ConsentRow, because: Because): Promise<void> {
  const fields = await store.erasePersonal(rq, { consentId: c.id });
  await store.endConsent(rq, c.id, { withdrawn: because !== 'expired' });
  const verb = because === 'expired' ? 'consent.expire' : 'consent.withdraw';
  await entry(rq, { id: c.subjectId, unitPath: c.unitPath }, verb, { id: c.id, because, erased: fields });
}

export async function withdrawConsent(rq: Rq, id: string) {
  const c = await store.lockConsent(rq, id);
  if (!c) throw noConsent;
  mustHold(rq, 'personal.write', c.unitPath);
  if (c.withdrawnAt !== null) throw refuse(subjectReason('consent-withdrawn'));
  if (c.erasedAt !== null) throw refuse(subjectReason('consent-over'));
  await erase(rq, c, 'withdrawn');
  return viewOf(rq, (await store.lockConsent(rq, id))!);
}

/** When an entry ends, so does what was kept about people in it. */
export async function withdrawAll(rq: Rq, subject: SubjectRow): Promise<void> {
  for (const c of await store.listUnerased(rq, { subjectId: subject.id }, 1_000)) await erase(rq, c, 'ended');
}

export async function writePersonal(
  rq: Rq,
  subjectId: string,
  input: { readonly consentId: string; readonly values: Readonly<Record<string, string | null>> },
): Promise<{ kept: string[] }> {
  const subject = await getSubject(rq, subjectId);
  mustHold(rq, 'personal.write', subject.unitPath);
  check(canChange(subject));
  const c = await store.lockConsent(rq, input.consentId);
  if (!c) throw noConsent;
  if (c.subjectId !== subjectId) throw refuse(subjectReason('consent-other'));
  const given = Object.entries(input.values);
  const today = dayOf(rq.now);
  check(
    canKeep(
      kindOf(subject),
      c,
      given.map(([field]) => field),
      today,
    ),
  );
  const rows = given.flatMap(([field, value]) =>
    value === null ? [] : [{ field, sealed: seal(subjectId, field, value) }],
  );
  const cleared = given.filter(([, value]) => value === null).map(([field]) => field);
  if (rows.length > 0) await store.savePersonal(rq, c, rows);
  const erased = cleared.length > 0 ? await store.erasePersonal(rq, { subjectId, fields: cleared }) : [];
  await entry(rq, subject, 'personal.write', { consentId: c.id, fields: rows.map((r) => r.field).sort(), erased });
  return { kept: (await store.listSealed(rq, subjectId, today)).map((s) => s.field) };
}

/** Opens the fields that are asked for, and says so in the journal, which the household is shown. */
export async function readPersonal(
  rq: Rq,
  subjectId: string,
  input: { readonly fields: readonly string[]; readonly purpose: string },
): Promise<{ at: Date; values: Record<string, string> }> {
  const subject = await getSubject(rq, subjectId);
  mustHold(rq, 'personal.read', subject.unitPath);
  checkPurpose(input.purpose);
  const sealed = await store.listSealed(rq, subjectId, dayOf(rq.now));
  const opened = sealed
    .filter((s) => input.fields.includes(s.field))
    .flatMap(({ field, sealed: text }) => {
      const value = unseal(subjectId, field, text);
      return value === null ? [] : [[field, value] as const];
    });
  if (opened.length === 0) throw refuse(subjectReason('consent-kept-none'));
  const fields = opened.map(([field]) => field);
  await entry(rq, subject, 'personal.read', { fields, purpose: input.purpose });
  return { at: rq.now, values: Object.fromEntries(opened) };
}

export async function listReadings(rq: Rq, subjectId: string, q: { limit: number; offset: number }) {
  const subject = await getSubject(rq, subjectId);
  mustHold(rq, 'personal.read', subject.unitPath);
  return store.listReadings(rq, subjectId, q);
}

/** Which fields are kept, for those who may read them; their values take a reading. */
export async function keptFields(rq: Rq, subject: SubjectRow): Promise<ReadonlySet<string> | null> {
  if (!may(rq, 'personal.read', subject.unitPath)) return null;
  return new Set((await store.listSealed(rq, subject.id, dayOf(rq.now))).map((s) => s.field));
}

const batch = 500;

/** Erases what stands under consents whose last day is over; in batches, so that nobody waits for it. */
export function startErasing(): void {
  schedule('personal.erase', '00:20', async (job) => {
    let erased = 0;
    for (;;) {
      const done = await job.write(async (rq) => {
        const over = await store.listUnerased(rq, { before: dayOf(rq.now) }, batch);
        for (const c of over) await erase(rq, c, 'expired');
        return over.length;
      });
      erased += done;
      if (done < batch) return { erased };
      await job.pause();
    }
  });
}
