import { wordsOfStar } from '../../org/words.ts';
import type { Words } from '../../words.ts';
import { findAgreementKind } from '../agreements/all.ts';
import { roles } from '../assignments/roles.ts';
import { findWorkflow } from '../cases/all.ts';
import { catalogues } from '../catalogues/all.ts';
import { designationKinds } from '../designations/kinds.ts';
import { findEventKind } from '../events/all.ts';
import { findBookKind } from '../ledgers/all.ts';
import { findSubjectKind } from '../subjects/all.ts';
import type { FieldWords } from '../subjects/kind.ts';
import { unitTypes } from '../units/types.ts';
import type { RecordKind } from './contract.ts';
import type { LineSource, Source, SubjectSource } from './expr.ts';
import { periodWords } from './period-words.ts';

const plain = (name: string): Words => ({ zh: name, en: name });
const of = <T extends object>(table: T, name: string) =>
  Object.hasOwn(table, name) ? (table[name as keyof T] as { words: Words }).words : undefined;

const publicationWords: Readonly<Record<string, Words>> = {
  report: { zh: '报告', en: 'Report' },
  compilation: { zh: '报告汇编', en: 'Compilation of reports' },
};

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
    publications: () => publicationWords[name],
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

/** What every record has, whatever its kind declares. */
const commonFields: Readonly<Record<string, Words>> = {
  year: { zh: '年度', en: 'year' },
  hours: { zh: '办理用时（小时）', en: 'hours it took' },
  reports: { zh: '所收报告', en: 'reports in it' },
};

function fieldOf(source: Source, name: string): FieldWords | undefined {
  const kinds = 'kinds' in source ? source.kinds : 'types' in source ? source.types : [];
  const declared = {
    cases: findWorkflow,
    events: findEventKind,
    subjects: findSubjectKind,
    agreements: findAgreementKind,
  } as const;
  if (!Object.hasOwn(declared, source.table)) return undefined;
  const find = declared[source.table as keyof typeof declared];
  for (const kind of kinds) {
    const fields = find(kind)?.fields;
    if (fields && Object.hasOwn(fields, name)) return fields[name];
  }
  return undefined;
}

/** What a field of the kinds is called, where one of them says so. */
export function fieldWords(source: Source, field: string): Words {
  return fieldOf(source, field)?.words ?? commonFields[field] ?? plain(field);
}

/** What a field says when it holds this: the choice, the item of a catalogue, or yes and no. */
export function valueWords(source: Source, field: string, value: string): Words {
  const said = fieldOf(source, field);
  const item = said?.catalogue === undefined ? undefined : catalogues[said.catalogue]?.items[value];
  const yesNo = { true: { zh: '是', en: 'yes' }, false: { zh: '否', en: 'no' } }[value];
  return said?.choices?.[value] ?? item ?? yesNo ?? wordsOfStar(value);
}

/** The words of a case's state, of the first of these types that has it. */
export function stateWords(types: readonly string[], state: string): Words {
  for (const type of types) {
    const found = findWorkflow(type)?.states[state];
    if (found) return found.words;
  }
  return plain(state);
}

/** The words of the state of an entry of the register. */
export function entryStateWords({ kinds }: SubjectSource, state: string): Words {
  for (const kind of kinds) {
    const found = findSubjectKind(kind)?.states[state];
    if (found) return found.words;
  }
  return plain(state);
}

const classWords: Readonly<Record<string, Words>> = {
  income: { zh: '全部收入', en: 'all income' },
  expense: { zh: '全部支出', en: 'all expense' },
  asset: { zh: '全部资产', en: 'all assets' },
  liability: { zh: '全部负债', en: 'all liabilities' },
  equity: { zh: '全部权益', en: 'all equity' },
};

const ofBooks = (books: readonly string[], name: string, table: 'accounts' | 'purposes' | 'fundSources'): Words => {
  for (const book of books) {
    const found = (findBookKind(book)?.[table] as Readonly<Record<string, Words | { words: Words }>> | undefined)?.[
      name
    ];
    if (found) return 'words' in found ? found.words : found;
  }
  return classWords[name] ?? plain(name);
};

/** What an account is called in the first of these books that opens with it; a whole class of accounts by its own name. */
export const accountWords = ({ books }: LineSource, code: string) => ofBooks(books, code, 'accounts');
export const purposeWords = ({ books }: LineSource, name: string) => ofBooks(books, name, 'purposes');
export const fundSourceWords = ({ books }: LineSource, name: string) => ofBooks(books, name, 'fundSources');

/** What a kind of the register is called. */
export const entryKindWords = (kind: string): Words => findSubjectKind(kind)?.words ?? plain(kind);

/** What a duty is called. */
export function roleWords(role: string): Words {
  return of(roles, role) ?? plain(role);
}

/** What a type of unit is called. */
export function typeWords(type: string): Words {
  return of(unitTypes, type) ?? plain(type);
}

/** What a kind of designation is called. */
export function designationWords(kind: string): Words {
  return of(designationKinds, kind) ?? plain(kind);
}

/** What a type of case is called. */
export const caseTypeWords = (type: string): Words => nameOf('cases', type);

/** What a record behind a number is called where it has no title of its own, only the name of its kind or its period. */
export function labelWords(kind: RecordKind, label: string): Words | null {
  const found = {
    fact: () => periodWords(label),
    assignment: () => of(roles, label),
    designation: () => of(designationKinds, label),
  } as Partial<Record<RecordKind, () => Words | undefined>>;
  return found[kind]?.() ?? null;
}
