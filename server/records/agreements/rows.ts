import { findAgreementKind } from '../../../domain/records/agreements/all.ts';
import {
  type AgreementKind,
  type AgreementState,
  agreementStateNames,
} from '../../../domain/records/agreements/index.ts';
import type { UnitType } from '../../../domain/records/units/index.ts';
import { all, sql, type Sql, visible } from '../../platform/db/sql.ts';
import { invalid, notFound } from '../../platform/errors.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { permitted } from '../facts/index.ts';

export interface AgreementRow {
  readonly id: string;
  readonly kind: string;
  readonly unitId: number;
  readonly unitPath: string;
  readonly unitName: string;
  readonly title: string;
  readonly number: string | null;
  readonly state: AgreementState;
  readonly fromDay: string;
  readonly toDay: string | null;
  readonly inForceOn: string | null;
  readonly endedOn: string | null;
  readonly endedReason: string | null;
  readonly document: string | null;
  readonly renews: string | null;
  readonly renewedBy: string | null;
  readonly star: string | null;
  readonly tags: readonly string[];
  readonly changedAt: Date;
  readonly version: number;
  readonly terms: Record<string, unknown>;
  readonly parties: number;
  readonly signed: number;
}

export const agreementColumns = sql`a.id, a.kind, a.unit_id AS "unitId", a.unit_path AS "unitPath", u.name AS "unitName", a.title,
  a.number, a.state, a.from_day AS "fromDay", a.to_day AS "toDay", a.in_force_on AS "inForceOn", a.ended_on AS "endedOn",
  a.ended_reason AS "endedReason", a.document, a.renews, a.star, a.tags, a.changed_at AS "changedAt", a.version, a.terms,
  (SELECT r.id FROM agreements r WHERE r.renews = a.id AND r.state <> 'dropped' LIMIT 1) AS "renewedBy",
  (SELECT count(*) FROM agreement_parties p WHERE p.agreement_id = a.id)::int AS parties,
  (SELECT count(*) FROM agreement_parties p WHERE p.agreement_id = a.id AND p.signed_on IS NOT NULL)::int AS signed`;

/** The agreements that the actor may read. */
export function readable(rq: Rq): Sql {
  return all([visible(rq, 'a.unit_path'), permitted(rq, 'records.read', ['a.unit_path'])]);
}

export const noAgreement = notFound({ zh: '该协议', en: 'agreement' });

/** The agreement; with `hold`, nobody else changes it until the transaction ends. */
export async function getAgreement(rq: Rq, id: string, { hold = false } = {}): Promise<AgreementRow> {
  if (hold) await rq.db.many(sql`SELECT a.id FROM agreements a WHERE a.id = ${id} AND ${readable(rq)} FOR UPDATE`);
  const row = await rq.db.find<AgreementRow>(
    sql`SELECT ${agreementColumns} FROM agreements a JOIN units u ON u.id = a.unit_id WHERE a.id = ${id} AND ${readable(rq)}`,
  );
  if (!row) throw noAgreement;
  return row;
}

export interface PartyRow {
  readonly id: string;
  readonly role: string;
  readonly unitId: number | null;
  readonly unitPath: string | null;
  readonly unitType: UnitType | null;
  readonly subjectId: string | null;
  readonly subjectKind: string | null;
  readonly outsideName: string | null;
  readonly name: string;
  readonly ended: boolean;
  readonly signedOn: string | null;
  readonly signedBy: string | null;
}

/** The kind of an agreement that exists; one that is no longer declared is a defect of the installation. */
export function kindOf(a: { readonly kind: string }): AgreementKind {
  const kind = findAgreementKind(a.kind);
  if (!kind) throw new Error(`No kind of agreement is declared as ${a.kind}.`);
  return kind;
}

export function kindNamed(name: string): AgreementKind {
  const kind = findAgreementKind(name);
  if (kind) return kind;
  throw invalid([{ path: 'body.kind', message: { zh: '没有这类协议', en: 'There is no such kind of agreement' } }]);
}

/** The calendar day so many days later. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function itemOf(rq: Rq, a: AgreementRow) {
  const kind = kindOf(a);
  const horizon = daysAfter(dayOf(rq.now), kind.warnDays ?? 0);
  return {
    ...a,
    tags: [...a.tags],
    kindWords: kind.words,
    stateWords: agreementStateNames[a.state],
    expiring: a.state === 'in-force' && a.toDay !== null && kind.warnDays !== undefined && a.toDay <= horizon,
  };
}
