import type { Words } from '../../words.ts';
import { findAgreementKind } from '../agreements/all.ts';
import { roles } from '../assignments/roles.ts';
import { findWorkflow } from '../cases/all.ts';
import { designationKinds } from '../designations/kinds.ts';
import { findEventKind } from '../events/all.ts';
import { findBookKind } from '../ledgers/all.ts';
import { findSubjectKind } from '../subjects/all.ts';
import { unitTypes } from '../units/types.ts';
import type { Source } from './expr.ts';

const plain = (name: string): Words => ({ zh: name, en: name });
const of = <T extends object>(table: T, name: string) =>
  Object.hasOwn(table, name) ? (table[name as keyof T] as { words: Words }).words : undefined;

function nameOf(table: Source['table'], name: string): Words {
  const found = {
    cases: () => findWorkflow(name)?.words,
    events: () => findEventKind(name)?.words,
    subjects: () => findSubjectKind(name)?.words,
    agreements: () => findAgreementKind(name)?.words,
    lines: () => findBookKind(name)?.words,
    designations: () => of(designationKinds, name),
    assignments: () => of(roles, name),
    units: () => of(unitTypes, name),
    publications: () => undefined,
    judgements: () => (name === 'observation' ? { zh: '观摩评分', en: 'observers’ scores' } : undefined),
  }[table]();
  return found ?? plain(name);
}

/** The kinds that a source counts, in words. */
export function kindWords(source: Source): Words[] {
  const names =
    source.table === 'cases' || source.table === 'units'
      ? source.types
      : source.table === 'lines'
        ? source.books
        : source.table === 'assignments'
          ? source.roles
          : source.kinds;
  return names.map((name) => nameOf(source.table, name));
}

/** What a field of the kind is called, where the kind says so. */
export function fieldWords(source: Source, field: string): Words {
  const [kind = ''] = 'kinds' in source ? source.kinds : 'types' in source ? source.types : [];
  const fields =
    source.table === 'subjects'
      ? findSubjectKind(kind)?.fields
      : source.table === 'agreements'
        ? findAgreementKind(kind)?.fields
        : source.table === 'events'
          ? findEventKind(kind)?.fields
          : source.table === 'cases'
            ? findWorkflow(kind)?.fields
            : undefined;
  return fields && Object.hasOwn(fields, field) ? fields[field]!.words : plain(field);
}

/** The words of a case's state. */
export function stateWords(type: string, state: string): Words {
  return findWorkflow(type)?.states[state]?.words ?? plain(state);
}

/** What a duty is called. */
export function roleWords(role: string): Words {
  return of(roles, role) ?? plain(role);
}

/** What a type of unit is called. */
export function typeWords(type: string): Words {
  return of(unitTypes, type) ?? plain(type);
}
