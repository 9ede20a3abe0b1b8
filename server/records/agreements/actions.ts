import { randomUUID } from 'node:crypto';
import {
  agreementReason,
  canDraft,
  canDrop,
  canEdit,
  canEnd,
  canForce,
  canName,
  canOpenSigning,
  canRenew,
  canRevise,
  canRun,
  canSign,
  canTakeBack,
  type AgreementKind,
  type NewParty,
  type PartyFacts,
} from '../../../domain/records/agreements/index.ts';
import { findPersonalData } from '../../../domain/records/publications/personal.ts';
import type { UnitType } from '../../../domain/records/units/index.ts';
import type { JournalVerb } from '../../../domain/records/journal/index.ts';
import { check, invalid, notFound, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { fieldsOf, merged } from '../subjects/index.ts';
import { getUnit } from '../units/index.ts';
import { type AgreementRow, getAgreement, kindNamed, kindOf, type PartyRow, daysAfter } from './rows.ts';
import * as store from './store.ts';

export interface Draft {
  readonly kind: string;
  readonly unitId: number;
  readonly title?: string | undefined;
  readonly number?: string | undefined;
  readonly fromDay: string;
  readonly toDay?: string | undefined;
  readonly star?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly parties: readonly NewParty[];
  readonly terms?: Record<string, unknown> | undefined;
}

const termsOf = (rq: Rq, kind: AgreementKind, terms: Record<string, unknown>, before = {}) =>
  fieldsOf(rq, { data: kind.terms, fields: kind.fields }, terms, 'body.terms', before);

function journalOf(a: AgreementRow) {
  const { kind, title, number, state, fromDay, toDay, inForceOn, endedOn, endedReason, document, terms, renews } = a;
  return { kind, title, number, state, fromDay, toDay, inForceOn, endedOn, endedReason, document, terms, renews };
}

type Named = PartyFacts & store.SavedParty;

/** Whoever is named, as the records know them. What the actor cannot see cannot be named. */
async function named(rq: Rq, given: readonly NewParty[]): Promise<Named[]> {
  const units = new Map(
    (
      await store.findUnits(
        rq,
        given.flatMap((p) => p.unitId ?? []),
      )
    ).map((u) => [Number(u.id), u]),
  );
  const subjects = new Map(
    (
      await store.findSubjects(
        rq,
        given.flatMap((p) => p.subjectId ?? []),
      )
    ).map((s) => [s.id, s]),
  );
  return given.map((p, i) => {
    const found = p.unitId !== undefined ? units.get(p.unitId) : subjects.get(p.subjectId?.toLowerCase() ?? '');
    if (!found && p.outsideName === undefined)
      throw invalid([
        {
          path: `body.parties.${i}`,
          message: {
            zh: '没有这一单位或登记对象，或不在您的范围内',
            en: 'No such unit or subject, or outside your scope',
          },
        },
      ]);
    return {
      id: randomUUID(),
      role: p.role,
      unitId: p.unitId ?? null,
      unitType: p.unitId === undefined ? null : (found!.kind as UnitType),
      subjectId: p.subjectId?.toLowerCase() ?? null,
      subjectKind: p.subjectId === undefined ? null : found!.kind,
      outsideName: p.outsideName ?? null,
      name: found?.name ?? p.outsideName!,
      ended: found?.ended ?? false,
    };
  });
}

const namesOf = (parties: readonly Named[]) =>
  parties.map(({ role, unitId, subjectId, outsideName }) => ({ role, unitId, subjectId, outsideName }));

function checkTitle(a: { readonly title: string; readonly number: string | null }): void {
  if (findPersonalData([a.title, a.number ?? '']).length > 0) throw refuse(agreementReason('agreement-private-number'));
}

/** Drafts an agreement. `records.write` is needed at its unit. */
export async function draftAgreement(rq: Rq, input: Draft, renews: string | null = null): Promise<AgreementRow> {
  const kind = kindNamed(input.kind);
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, 'records.write', unit.path, input.star);
  check(canDraft(kind, unit) ?? canRun(input.fromDay, input.toDay ?? null));
  const parties = await named(rq, input.parties);
  check(canName(kind, parties));
  const row: AgreementRow = {
    id: randomUUID(),
    kind: kind.kind,
    unitId: unit.id,
    unitPath: unit.path,
    unitName: unit.name,
    title: input.title ?? kind.words[rq.lang],
    number: input.number ?? null,
    state: 'draft',
    fromDay: input.fromDay,
    toDay: input.toDay ?? null,
    inForceOn: null,
    endedOn: null,
    endedReason: null,
    document: null,
    renews,
    renewedBy: null,
    star: input.star ?? null,
    tags: input.tags ?? [],
    changedAt: rq.now,
    version: 1,
    terms: await termsOf(rq, kind, input.terms ?? {}),
    parties: parties.length,
    signed: 0,
  };
  checkTitle(row);
  await store.insertAgreement(rq, row);
  await store.replaceParties(rq, row, parties);
  await record(rq, {
    verb: renews === null ? 'agreement.draft' : 'agreement.renew',
    subject: { kind: 'agreement', id: row.id },
    path: unit.path,
    after: { ...journalOf(row), parties: namesOf(parties) },
  });
  return getAgreement(rq, row.id);
}

/** The agreement, when the actor may act for its unit. */
async function changeable(rq: Rq, id: string, version?: number | undefined) {
  const agreement = await getAgreement(rq, id, { hold: true });
  mustHold(rq, 'records.write', agreement.unitPath, agreement.star ?? undefined);
  if (version !== undefined && version !== agreement.version)
    throw refuse(agreementReason('agreement-changed-meanwhile'));
  return { agreement, kind: kindOf(agreement) };
}

export async function write(
  rq: Rq,
  verb: JournalVerb,
  before: AgreementRow,
  after: AgreementRow,
  more: Record<string, unknown> = {},
): Promise<AgreementRow> {
  if ((await store.updateAgreement(rq, before, after)) === 0)
    throw refuse(agreementReason('agreement-changed-meanwhile'));
  await record(rq, {
    verb,
    subject: { kind: 'agreement', id: before.id },
    path: before.unitPath,
    before: journalOf(before),
    after: { ...journalOf(after), ...more },
  });
  return getAgreement(rq, before.id);
}

export interface ChangeDraft {
  readonly version?: number | undefined;
  readonly title?: string | undefined;
  readonly number?: string | null | undefined;
  readonly fromDay?: string | undefined;
  readonly toDay?: string | null | undefined;
  readonly star?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly parties?: readonly NewParty[] | undefined;
  readonly terms?: Record<string, unknown> | undefined;
}

/** What was given, or what stands there: null is given and empties. */
const given = <T>(value: T | undefined, there: T): T => (value === undefined ? there : value);

export async function changeDraft(rq: Rq, id: string, input: ChangeDraft): Promise<AgreementRow> {
  const { agreement, kind } = await changeable(rq, id, input.version);
  check(canEdit(agreement));
  const after: AgreementRow = {
    ...agreement,
    title: given(input.title, agreement.title),
    number: given(input.number, agreement.number),
    fromDay: given(input.fromDay, agreement.fromDay),
    toDay: given(input.toDay, agreement.toDay),
    star: given(input.star, agreement.star),
    tags: given(input.tags, agreement.tags),
    terms: input.terms
      ? await termsOf(rq, kind, merged(agreement.terms, input.terms), agreement.terms)
      : agreement.terms,
  };
  check(canRun(after.fromDay, after.toDay));
  checkTitle(after);
  if (after.star !== null) mustHold(rq, 'records.write', after.unitPath, after.star);
  if (input.parties === undefined) return write(rq, 'agreement.change', agreement, after);
  const parties = await named(rq, input.parties);
  check(canName(kind, parties));
  await store.replaceParties(rq, agreement, parties);
  return write(rq, 'agreement.change', agreement, after, { parties: namesOf(parties) });
}

export async function openSigning(rq: Rq, id: string, version?: number | undefined): Promise<AgreementRow> {
  const { agreement, kind } = await changeable(rq, id, version);
  check(canOpenSigning(kind, agreement, await store.listParties(rq, id)));
  return write(rq, 'agreement.open-signing', agreement, { ...agreement, state: 'signing' });
}

/** Back into the draft: what was signed was signed for other terms, so every signature is void. */
export async function revise(
  rq: Rq,
  id: string,
  input: { readonly version?: number | undefined; readonly reason: string },
): Promise<AgreementRow> {
  const { agreement } = await changeable(rq, id, input.version);
  check(canRevise(agreement));
  await store.clearSignatures(rq, id);
  return write(rq, 'agreement.revise', agreement, { ...agreement, state: 'draft' }, { reason: input.reason });
}

const noParty = notFound({ zh: '该当事方', en: 'party' });

/** A unit's signature is recorded by who may act for that unit, everybody else's by who keeps the agreement. */
async function partyFor(rq: Rq, id: string, partyId: string): Promise<{ agreement: AgreementRow; party: PartyRow }> {
  const agreement = await getAgreement(rq, id, { hold: true });
  const party = (await store.listParties(rq, id)).find((p) => p.id === partyId.toLowerCase());
  if (!party) throw noParty;
  mustHold(rq, 'records.write', party.unitId === null ? agreement.unitPath : (party.unitPath ?? ''));
  return { agreement, party };
}

export async function sign(
  rq: Rq,
  id: string,
  input: { readonly partyId: string; readonly signedOn: string; readonly signedBy: string },
): Promise<AgreementRow> {
  const { agreement, party } = await partyFor(rq, id, input.partyId);
  check(canSign(agreement, party, input.signedOn, dayOf(rq.now)));
  if (findPersonalData(input.signedBy).length > 0) throw refuse(agreementReason('agreement-private-number'));
  await store.saveSignature(rq, party.id, { on: input.signedOn, by: input.signedBy });
  // Who signed for a household is on the agreement itself; the journal says which party, not which person.
  return write(rq, 'agreement.sign', agreement, agreement, {
    partyId: party.id,
    role: party.role,
    signedOn: input.signedOn,
  });
}

export async function takeBack(rq: Rq, id: string, partyId: string): Promise<AgreementRow> {
  const { agreement, party } = await partyFor(rq, id, partyId);
  check(canTakeBack(agreement, party));
  await store.saveSignature(rq, party.id, null);
  return write(rq, 'agreement.take-back', agreement, agreement, { partyId: party.id, role: party.role });
}

export async function putInForce(
  rq: Rq,
  id: string,
  input: { readonly version?: number | undefined; readonly onDay: string; readonly document?: string | undefined },
): Promise<AgreementRow> {
  const { agreement, kind } = await changeable(rq, id, input.version);
  check(canForce(kind, agreement, await store.listParties(rq, id), input.onDay, dayOf(rq.now)));
  const document = input.document ?? agreement.document;
  return write(rq, 'agreement.force', agreement, { ...agreement, state: 'in-force', inForceOn: input.onDay, document });
}

export async function endAgreement(
  rq: Rq,
  id: string,
  input: {
    readonly version?: number | undefined;
    readonly onDay: string;
    readonly reason: string;
    readonly document?: string | undefined;
  },
): Promise<AgreementRow> {
  const { agreement } = await changeable(rq, id, input.version);
  check(canEnd(agreement, input.onDay, dayOf(rq.now)));
  return write(rq, 'agreement.end', agreement, {
    ...agreement,
    state: 'ended',
    endedOn: input.onDay,
    endedReason: input.reason,
    document: input.document ?? agreement.document,
  });
}

export async function dropAgreement(
  rq: Rq,
  id: string,
  input: { readonly version?: number | undefined; readonly reason: string },
): Promise<AgreementRow> {
  const { agreement } = await changeable(rq, id, input.version);
  check(canDrop(agreement));
  return write(rq, 'agreement.drop', agreement, { ...agreement, state: 'dropped', endedReason: input.reason });
}

/** A new draft that begins the day after: everybody signs again, under terms that can be changed first. */
export async function renewAgreement(
  rq: Rq,
  id: string,
  input: {
    readonly fromDay?: string | undefined;
    readonly toDay?: string | undefined;
    readonly number?: string | undefined;
  },
): Promise<AgreementRow> {
  const { agreement } = await changeable(rq, id);
  check(canRenew(agreement, agreement.renewedBy));
  const parties = await store.listParties(rq, id);
  const last = agreement.endedOn ?? agreement.toDay;
  return draftAgreement(
    rq,
    {
      kind: agreement.kind,
      unitId: agreement.unitId,
      title: agreement.title,
      number: input.number,
      fromDay: input.fromDay ?? (last === null ? dayOf(rq.now) : daysAfter(last, 1)),
      toDay: input.toDay,
      star: agreement.star ?? undefined,
      tags: agreement.tags,
      parties: parties.map((p) => ({
        role: p.role,
        ...(p.unitId === null ? {} : { unitId: p.unitId }),
        ...(p.subjectId === null ? {} : { subjectId: p.subjectId }),
        ...(p.outsideName === null ? {} : { outsideName: p.outsideName }),
      })),
      terms: agreement.terms,
    },
    id,
  );
}
