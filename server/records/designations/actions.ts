import { randomUUID } from 'node:crypto';
import type { Verb } from '../../../domain/grants.ts';
import { form } from '../../../domain/fields.ts';
import {
  canGrant,
  canWithdraw,
  designationKind,
  type DesignationKindName,
  designationReason,
} from '../../../domain/records/designations/index.ts';
import { check, invalid, notFound, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { getCase } from '../cases/index.ts';
import { checkCatalogues } from '../catalogues/index.ts';
import { getUnit } from '../units/index.ts';
import * as store from './store.ts';

export interface Granting {
  readonly kind: DesignationKindName;
  /** The unit that holds it; for a subject, where the subject stands. */
  readonly unitId?: number | undefined;
  readonly subjectId?: string | null | undefined;
  readonly star?: string | null | undefined;
  readonly level?: number | null | undefined;
  /** Left out, kinds with a prefix get the next running number of the year. */
  readonly number?: string | null | undefined;
  /** The unit that grants, or that registers what a body above granted. */
  readonly grantedByUnitId: number;
  /** Its name as it stands on the certificate; the name of the body above for grants from outside. */
  readonly grantor: string;
  readonly outside?: boolean;
  readonly grantedOn: string;
  readonly validTo?: string | null | undefined;
  readonly basis: string;
  readonly caseId?: string | null | undefined;
  readonly data?: Record<string, unknown> | undefined;
}

const nothing = form({}).data;
const noDesignation = notFound({ zh: '该称号', en: 'designation' });

const noSubject = notFound({ zh: '该登记对象', en: 'subject' });

type UnitOf = (id: number) => ReturnType<typeof getUnit>;

/** Who is to hold it: a subject with the unit where it stands, or the unit itself. */
async function holderOf(rq: Rq, input: Granting, unitOf: UnitOf) {
  const subject = input.subjectId ? await store.findHolder(rq, input.subjectId) : null;
  if (subject === undefined) throw noSubject;
  const id = subject?.unitId ?? input.unitId;
  if (id === undefined)
    throw invalid([{ path: 'body.unitId', message: { zh: '请指明授予对象', en: 'Name who is to hold it' } }]);
  return { unit: await unitOf(id), subject };
}

/** Grants a status. The actor needs `verb` where it is granted, and the holder must lie below that unit. */
export function grant(rq: Rq, input: Granting, verb: Verb = 'designations.write'): Promise<store.DesignationRow> {
  return grantBy(rq, input, verb, (id) => getUnit(rq, id));
}

/** Several of them, one after the other, each as `grant` takes it; whoever holds and grants them is looked up once. */
export async function grantAll(rq: Rq, inputs: readonly Granting[]): Promise<store.DesignationRow[]> {
  const units = new Map<number, ReturnType<UnitOf>>();
  const unitOf: UnitOf = (id) => {
    const unit = units.get(id) ?? getUnit(rq, id);
    units.set(id, unit);
    return unit;
  };
  const granted = [];
  for (const input of inputs) granted.push(await grantBy(rq, input, 'designations.write', unitOf));
  return granted;
}

async function grantBy(rq: Rq, input: Granting, verb: Verb, unitOf: UnitOf): Promise<store.DesignationRow> {
  const { unit: holder, subject } = await holderOf(rq, input, unitOf);
  const grantor = await unitOf(input.grantedByUnitId);
  mustHold(rq, verb, grantor.path);
  if (!holder.path.startsWith(grantor.path)) throw noDesignation;
  const star = input.star ?? null;
  const validTo = input.validTo ?? null;
  const held = await store.countDesignations(rq, {
    unitId: holder.id,
    subject: subject?.id ?? null,
    kind: input.kind,
    star: star ?? undefined,
    on: input.grantedOn,
  });
  check(
    canGrant({
      kind: input.kind,
      holderName: subject?.name ?? holder.name,
      holderType: holder.type,
      subject,
      registrarType: grantor.type,
      grantorType: input.outside ? null : grantor.type,
      star,
      grantedOn: input.grantedOn,
      validTo,
      alreadyHeld: held > 0,
    }),
  );
  const { prefix } = designationKind(input.kind);
  const number =
    input.number ?? (prefix === null ? null : await store.nextNumber(rq, prefix, input.grantedOn.slice(0, 4)));
  const row = {
    id: randomUUID(),
    kind: input.kind,
    unitId: holder.id,
    unitPath: holder.path,
    subjectId: subject?.id ?? null,
    star,
    level: input.level ?? null,
    number,
    grantedByUnitId: grantor.id,
    grantor: input.grantor,
    grantedOn: input.grantedOn,
    validTo,
    basis: input.basis,
    caseId: input.caseId ?? null,
    withdrawnOn: null,
    withdrawnByCaseId: null,
    data: input.data ?? {},
  };
  await store.insertDesignation(rq, row);
  await record(rq, {
    verb: 'designation.grant',
    subject: { kind: 'designation', id: row.id },
    path: holder.path,
    after: row,
  });
  return { ...row, unitName: holder.name, subjectName: subject?.name ?? null };
}

/** Grants a status of a work module from the general page; what crowns other work is granted there alone. */
export async function grantDirect(rq: Rq, input: Granting): Promise<store.DesignationRow> {
  const kind = designationKind(input.kind);
  if (!kind.direct)
    throw refuse(designationReason('designation-elsewhere', { kind: kind.words.zh, kindEn: kind.words.en }));
  const read = (kind.form?.data ?? nothing).safeParse(input.data ?? {});
  if (!read.success)
    throw invalid(
      read.error.issues.map((i) => ({ path: ['body.data', ...i.path.map(String)].join('.'), message: i.message })),
    );
  await checkCatalogues(rq, kind.form?.fields, read.data);
  // The selection stands where its outcome stands; a case that the actor cannot see is none.
  if (input.caseId) await getCase(rq, input.caseId);
  return grant(rq, { ...input, data: read.data }, 'records.write');
}

/** Ends a status of a work module by the case about it, in which the holder was heard. */
export async function withdrawDirect(
  rq: Rq,
  id: string,
  by: { readonly onDay: string; readonly caseId: string },
): Promise<store.DesignationRow> {
  const row = await getDesignation(rq, id);
  mustHold(rq, 'cases.assign', row.unitPath);
  const { words, direct } = designationKind(row.kind);
  if (!direct) throw refuse(designationReason('designation-elsewhere', { kind: words.zh, kindEn: words.en }));
  const decided = await getCase(rq, by.caseId);
  if (decided.type === 'status-withdrawal' && decided.data['designationId'] !== id)
    throw refuse(designationReason('designation-other-case'));
  return withdraw(rq, id, by);
}

export async function getDesignation(rq: Rq, id: string): Promise<store.DesignationRow> {
  const row = await store.findDesignation(rq, id);
  if (!row) throw noDesignation;
  return row;
}

/** Ends a status from a day on. Only a case that was decided can do it; the case is kept beside the end. */
export async function withdraw(
  rq: Rq,
  id: string,
  by: { readonly onDay: string; readonly caseId: string },
): Promise<store.DesignationRow> {
  const row = await getDesignation(rq, id);
  const decided = await getCase(rq, by.caseId);
  if (decided.unitId !== row.unitId) throw refuse(designationReason('designation-by-case'));
  check(canWithdraw(row, decided));
  if ((await store.setWithdrawn(rq, id, by.onDay, by.caseId)) === 0)
    throw refuse(designationReason('designation-ended', { day: by.onDay }));
  await record(rq, {
    verb: 'designation.withdraw',
    subject: { kind: 'designation', id },
    path: row.unitPath,
    before: { withdrawnOn: null },
    after: by,
  });
  return getDesignation(rq, id);
}
