import { randomUUID } from 'node:crypto';
import { type BookKind, chartAccount, ledgerReason, type NewLine } from '../../../domain/records/ledgers/index.ts';
import { notFound, refuse } from '../../platform/errors.ts';
import type { Rq } from '../../platform/rq.ts';
import * as posting from './posting.ts';

interface Account {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

/** Whose account a line stands on: the chart's own, or one kept for each subject or person below it. */
function holderOf(kind: BookKind, l: NewLine): { of: 'subject' | 'person'; id: string } | null {
  const chart = chartAccount(kind, l.account)!;
  if (l.personId) {
    if (!chart.perPerson) throw refuse(ledgerReason('entry-not-per-subject', { account: chart.words.zh }));
    return { of: 'person', id: l.personId.toLowerCase() };
  }
  return l.subjectId && chart.perSubject ? { of: 'subject', id: l.subjectId.toLowerCase() } : null;
}

/** The accounts of an entry's lines; those that are not there yet are opened. */
export async function accountsFor(
  rq: Rq,
  kind: BookKind,
  place: posting.Place,
  lines: readonly NewLine[],
): Promise<Account[]> {
  const holders = lines.map((l) => holderOf(kind, l));
  const codes = lines.map((l, i) => (holders[i] ? `${l.account}:${holders[i].id}` : l.account));
  let known = new Map(place.accounts.map((a) => [a.code, a]));
  await checkSubjects(rq, kind, lines, known, codes);
  const missing = [...new Set(codes.filter((c) => !known.has(c)))];
  if (missing.length > 0) {
    const persons = await posting.findPersons(
      rq,
      holders.flatMap((h) => (h?.of === 'person' ? h.id : [])),
    );
    const subjects = await posting.findSubjects(
      rq,
      holders.flatMap((h) => (h?.of === 'subject' ? h.id : [])),
    );
    const named = new Map([...persons, ...subjects].map((h) => [h.id, h]));
    await posting.lockBooks(rq, [place.id]);
    await posting.insertAccounts(
      rq,
      place,
      missing.map((code) => {
        const at = codes.indexOf(code);
        const holder = holders[at];
        if (!holder) return posting.chartRow(kind, code);
        const found = named.get(holder.id);
        if (!found) throw notFound({ zh: '该主体或人员', en: 'subject or person' });
        return {
          id: randomUUID(),
          code,
          name: found.name,
          class: chartAccount(kind, lines[at]!.account)!.class,
          subjectId: holder.of === 'subject' ? holder.id : null,
          personId: holder.of === 'person' ? holder.id : null,
        };
      }),
    );
    known = new Map((await posting.findPlace(rq, place.id, codes))!.accounts.map((a) => [a.code, a]));
  }
  return codes.map((code) => known.get(code)!);
}

/** Subjects that are named exist for the actor, and where an account is kept for each they are of its kinds. */
async function checkSubjects(
  rq: Rq,
  kind: BookKind,
  lines: readonly NewLine[],
  known: ReadonlyMap<string, Account>,
  codes: readonly string[],
): Promise<void> {
  // An account that is there was checked when it was opened.
  const asked = lines.filter((l, i) => l.subjectId && (!known.has(codes[i]!) || codes[i] === l.account));
  if (asked.length === 0) return;
  const found = new Map(
    (
      await posting.findSubjects(
        rq,
        asked.map((l) => l.subjectId!),
      )
    ).map((s) => [s.id, s]),
  );
  for (const l of asked) {
    const subject = found.get(l.subjectId!.toLowerCase());
    if (!subject) throw notFound({ zh: '该主体', en: 'subject' });
    const chart = chartAccount(kind, l.account)!;
    if (chart.perSubject && !chart.perSubject.includes(subject.kind))
      throw refuse(ledgerReason('entry-not-per-subject', { account: chart.words.zh }));
  }
}
