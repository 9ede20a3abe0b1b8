import { findAgreementKind } from '../../../domain/records/agreements/all.ts';
import { agreementStateNames } from '../../../domain/records/agreements/rules.ts';
import { findWorkflow } from '../../../domain/records/cases/all.ts';
import { findEventKind } from '../../../domain/records/events/all.ts';
import { eventStateWords } from '../../../domain/records/events/rules.ts';
import { isMetric, metric } from '../../../domain/records/facts/metrics.ts';
import type { JournalEntry } from '../../../domain/records/journal/contract.ts';
import { findSubjectKind } from '../../../domain/records/subjects/all.ts';
import type { FieldWords } from '../../../domain/records/subjects/kind.ts';
import { shownValue } from '../../ui/kind-fields.ts';
import type { Said, Say } from '../../words/use.ts';
import { journalFields } from './field-words.ts';

type Of = Readonly<Record<string, unknown>>;

/** One field of a record that an entry of the journal changed, in words. */
export interface FieldChange {
  /** As it is written in the record. */
  readonly name: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

interface Kind {
  readonly fields?: Readonly<Record<string, FieldWords>> | undefined;
  readonly states?: Readonly<Record<string, { readonly words: Said }>>;
}

const stated = (words: Readonly<Record<string, Said>>) =>
  Object.fromEntries(Object.entries(words).map(([state, said]) => [state, { words: said }]));

/** The kind of record that an entry is about, where kinds are declared: its own words for fields and states. */
function kindOf({ subjectKind, verb }: JournalEntry, of: Of): Kind {
  const named = String(of['kind'] ?? '');
  if (subjectKind === 'case') return findWorkflow(String(of['type'] ?? verb.split('.')[0])) ?? {};
  if (subjectKind === 'event') return { fields: findEventKind(named)?.fields, states: stated(eventStateWords) };
  if (subjectKind === 'subject') return findSubjectKind(named) ?? {};
  if (subjectKind !== 'agreement') return {};
  return { fields: findAgreementKind(named)?.fields, states: stated(agreementStateNames) };
}

const isRecord = (v: unknown): v is Of => typeof v === 'object' && v !== null && !Array.isArray(v);

/** The fields of a record and those of its kind, which stand in an object of their own. */
const flat = (of: Of): Of =>
  Object.fromEntries(
    Object.entries(of).flatMap(([name, value]) =>
      ['data', 'terms'].includes(name) && isRecord(value)
        ? Object.entries(value).map(([inner, v]) => [`${name}.${inner}`, v])
        : [[name, value]],
    ),
  );

const plain: FieldWords = { words: { zh: '', en: '' } };

/** Only what differs, field by field. */
export function changesOf(entry: JournalEntry, say: Say): FieldChange[] {
  const [before, after] = [(entry.before ?? {}) as Of, (entry.after ?? {}) as Of];
  const kind = kindOf(entry, { ...before, ...after });
  const [was, is] = [flat(before), flat(after)];
  const told = (name: string) => {
    const own = /^(?:data|terms)\.(.+)$/.exec(name)?.[1];
    const words = own === undefined ? undefined : kind.fields?.[own];
    const label: Said = words?.words ?? journalFields[own ?? name] ?? { zh: own ?? name };
    const value = (v: unknown): string => {
      if (name === 'state' && typeof v === 'string') return say(kind.states?.[v]?.words ?? { zh: v });
      if (name === 'metric' && typeof v === 'string' && isMetric(v)) return say(metric(v).words);
      return shownValue(words ?? plain, v, say);
    };
    return { label: say(label), value };
  };
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((name) => {
    if (JSON.stringify(was[name] ?? null) === JSON.stringify(is[name] ?? null)) return [];
    const { label, value } = told(name);
    return [{ name, label, before: value(was[name]), after: value(is[name]) }];
  });
}
