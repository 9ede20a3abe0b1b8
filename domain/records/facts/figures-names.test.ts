import { describe, expect, it } from 'vitest';
import type { FieldWords } from '../subjects/kind.ts';
import { agreementKinds } from '../agreements/all.ts';
import { roles } from '../assignments/index.ts';
import { workflows } from '../cases/all.ts';
import { designationKinds } from '../designations/index.ts';
import { eventKinds } from '../events/all.ts';
import { bookKinds } from '../ledgers/all.ts';
import { subjectKinds } from '../subjects/all.ts';
import { figureKeys, figures, leavesOf, type Source } from './index.ts';

// A figure that names a kind, a state, an account or a field that nobody declares counts nothing for ever, silently.

const caseKeys = ['unit', 'owner', 'raiser', 'subject', 'star', 'type'];

type Named = Readonly<Record<string, unknown>>;
const missing = (what: string, all: Named, names: readonly string[]) =>
  names.filter((n) => !Object.hasOwn(all, n)).map((n) => `${what} ${n}`);

/** Fields that a source asks for must be declared by at least one of its kinds. */
function fields(
  kinds: readonly { readonly fields?: Readonly<Record<string, FieldWords>> }[],
  source: Source,
  columns: readonly string[],
): string[] {
  const known = kinds.flatMap((k) => Object.keys(k.fields ?? {}));
  // Kinds of a module of its own describe their data by a schema without a form.
  if (kinds.some((k) => k.fields === undefined) || known.length === 0) return [];
  const has = 'has' in source ? (source.has ?? []) : [];
  const asked = [
    ...has.flatMap((c) => [c.field, ...(c.atLeastField ? [c.atLeastField] : [])]),
    ...('amount' in source && source.amount ? [source.amount] : []),
    ...('times' in source && source.times ? [source.times] : []),
    ...('key' in source && source.key ? [source.key] : []),
  ];
  return asked.filter((f) => !columns.includes(f) && !known.includes(f)).map((f) => `field ${f}`);
}

function states(all: readonly { readonly states: Named }[], asked: readonly string[] = []): string[] {
  return asked.filter((s) => !all.some((k) => Object.hasOwn(k.states, s))).map((s) => `state ${s}`);
}

const of = <K>(all: Readonly<Record<string, K>>, names: readonly string[]): K[] =>
  names.flatMap((n) => (all[n] ? [all[n]] : []));

function unknownIn(source: Source): string[] {
  switch (source.table) {
    case 'cases':
      return [
        ...missing('case', workflows, source.types),
        ...states(of(workflows, source.types), source.states),
        ...fields(of(workflows, source.types), source, [...caseKeys, 'id', 'year', 'hours']),
      ];
    case 'events':
      return [
        ...missing('event', eventKinds, source.kinds),
        ...fields(of(eventKinds, source.kinds), source, [
          'unit',
          'person',
          'subject',
          'month',
          'week',
          'star',
          'force',
        ]),
      ];
    case 'subjects':
      return [
        ...missing('subject', subjectKinds, source.kinds),
        ...states(of(subjectKinds, source.kinds), source.states),
        ...(source.parentKind ? missing('subject', subjectKinds, [source.parentKind]) : []),
        ...fields(of(subjectKinds, source.kinds), source, ['unit', 'lead-unit', 'parent', 'place', 'tier']),
      ];
    case 'agreements': {
      const kinds = of(agreementKinds, source.kinds);
      const parties = (source.party ?? []).filter((p) => !kinds.some((k) => Object.hasOwn(k.roles, p)));
      return [
        ...missing('agreement', agreementKinds, source.kinds),
        ...parties.map((p) => `party ${p}`),
        ...fields(kinds, source, ['unit', 'party', 'role']),
      ];
    }
    case 'lines': {
      const codes = of(bookKinds, source.books).flatMap((b) => Object.keys(b.accounts));
      const unknown = source.accounts.filter((a) => !codes.some((c) => c === a || c.startsWith(`${a}:`)));
      return [...missing('book', bookKinds, source.books), ...unknown.map((a) => `account ${a}`)];
    }
    case 'designations':
      return missing('designation', designationKinds, source.kinds);
    case 'assignments':
      return missing('role', roles, source.roles);
    default:
      return [];
  }
}

describe('what figures name', () => {
  it('is declared: every kind, state, role, account and field', () => {
    const faults = figureKeys.flatMap((key) =>
      leavesOf(figures[key]!.expr).flatMap((leaf) =>
        leaf.of === 'records' ? unknownIn(leaf.source).map((fault) => `${key}: ${fault}`) : [],
      ),
    );
    expect([...new Set(faults)]).toEqual([]);
  });
});
