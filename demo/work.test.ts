import { describe, expect, it } from 'vitest';
import { findAgreementKind } from '../domain/records/agreements/all.ts';
import { role } from '../domain/records/assignments/roles.ts';
import { findWorkflow, workflowOf } from '../domain/records/cases/all.ts';
import { stepReason } from '../domain/records/cases/index.ts';
import { designationKinds } from '../domain/records/designations/kinds.ts';
import { findEventKind } from '../domain/records/events/all.ts';
import { findBookKind } from '../domain/records/ledgers/all.ts';
import { findSubjectKind } from '../domain/records/subjects/all.ts';
import { demoCounty } from './county.ts';
import { digestOf, workOf } from './work.ts';
import { lastDay, wayOf } from './work-kit.ts';
import { takersOf } from './work-steps.ts';

const county = demoCounty();
const work = workOf(county);
const unitType = new Map(county.units.map((u) => [u.key, u.type]));
const typeOf = (at: string) => unitType.get(at)!;

/** What the kind says about each row, in words that name the row; nothing is wrong when there is none. */
function faults<T extends { readonly kind: string; readonly at: string; readonly id: string }>(
  rows: readonly T[],
  of: (row: T) => { on: readonly string[]; faulty: unknown } | undefined,
): string[] {
  return rows.flatMap((row) => {
    const kind = of(row);
    if (!kind) return [`${row.kind}: not declared`];
    const at = kind.on.includes(typeOf(row.at)) ? [] : [`${row.kind} on a ${typeOf(row.at)}`];
    return kind.faulty ? [...at, `${row.kind}: ${JSON.stringify(kind.faulty)}`] : at;
  });
}

const fault = (schema: { safeParse(data: unknown): { error?: { issues: unknown } } } | undefined, data: unknown) =>
  schema === undefined ? undefined : schema.safeParse(data).error?.issues;

describe('the work of the demo county, as data', () => {
  it('is the same each time: one seed, one digest', () => {
    expect(digestOf(workOf(demoCounty()))).toBe(digestOf(work));
    expect(digestOf(workOf(demoCounty(7)))).not.toBe(digestOf(work));
  });

  it('tells only of kinds that are declared, on units where they can stand, with the fields that the kind asks for', () => {
    const wrong = [
      ...faults(work.subjects, (s) => {
        const kind = findSubjectKind(s.kind);
        return kind && { on: kind.on, faulty: s.state in kind.states ? fault(kind.data, s.data) : s.state };
      }),
      ...faults(work.agreements, (a) => {
        const kind = findAgreementKind(a.kind);
        return kind && { on: kind.on, faulty: fault(kind.terms, a.terms) };
      }),
      ...faults(work.events, (e) => {
        const kind = findEventKind(e.kind);
        const faulty = kind?.minuted && !e.minutes ? 'no minutes' : fault(kind?.data, e.data ?? {});
        return kind && { on: kind.on, faulty };
      }),
      ...faults(
        work.designations.filter((d) => d.subject === undefined),
        (d) => {
          const kind = Object.hasOwn(designationKinds, d.kind)
            ? designationKinds[d.kind as keyof typeof designationKinds]
            : undefined;
          return kind && { on: kind.holders, faulty: undefined };
        },
      ),
    ];
    expect([...new Set(wrong)]).toEqual([]);
    const cases = work.cases.flatMap((c) => {
      const issues = fault(findWorkflow(c.type)!.data, c.data);
      return issues ? [`${c.type}: ${JSON.stringify(issues)}`] : [];
    });
    expect([...new Set(cases)]).toEqual([]);
  });

  it('gives every role of an agreement its parties, of the sort that the kind allows', () => {
    const kindOf = new Map(work.subjects.map((s) => [s.id, s.kind]));
    const wrong = work.agreements.flatMap((a) =>
      Object.entries(findAgreementKind(a.kind)!.roles).flatMap(([role, rule]) => {
        const parties = a.parties.filter((p) => p.role === role);
        const few = parties.length < rule.min || parties.length > (rule.max ?? Infinity);
        const odd = parties.filter((p) => p.subject && !(rule.subjectKinds ?? []).includes(kindOf.get(p.subject)!));
        return few || odd.length > 0 ? [`${a.kind}/${role}: ${parties.length} parties, ${odd.length} odd`] : [];
      }),
    );
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('closes exactly the cases that stand in a final state, and nothing lies in the future of the demo', () => {
    const wrong = work.cases.filter(
      (c) => (findWorkflow(c.type)!.states[c.state]?.final === true) !== (c.closed !== undefined),
    );
    expect([...new Set(wrong.map((c) => `${c.type}/${c.state}`))]).toEqual([]);
    const days = [
      ...work.subjects.map((s) => s.from),
      ...work.agreements.map((a) => a.from),
      ...work.events.map((e) => e.on),
      ...work.cases.flatMap((c) => [c.opened, c.closed ?? c.opened]),
      ...work.books.flatMap((b) => b.entries.map((e) => e.on)),
      ...work.designations.map((d) => d.on),
    ];
    expect(days.filter((day) => day > lastDay || !/^20[12]\d-\d\d-\d\d$/.test(day))).toEqual([]);
    expect(work.cases.filter((c) => c.closed !== undefined && c.closed < c.opened)).toEqual([]);
  });

  it('lets every step be taken by somebody who may: nobody checks their own work, and a matter closes by its raiser’s word', () => {
    const takenBy = takersOf(county);
    const paths = new Map<string, string>();
    for (const u of county.units) paths.set(u.key, `${u.parent === null ? '' : paths.get(u.parent)}${u.key}.`);
    const grants = new Map(
      county.people.map((p) => [
        p.key,
        p.roles.flatMap((r) =>
          role(r.role).verbs.map((verb) => ({ verb, path: paths.get(r.unit)!, ...(r.star ? { star: r.star } : {}) })),
        ),
      ]),
    );
    const wrong = new Map<string, number>();
    for (const c of work.cases)
      for (const { step, from } of wayOf(c)) {
        const by = takenBy(c, step);
        if (by === undefined) continue;
        const facts = {
          state: from,
          unitPath: paths.get(c.at)!,
          star: c.star ?? null,
          ownerPersonId: c.owner ?? null,
          ownerUnitId: null,
          raisedBy: c.raiser ?? null,
          evidence: 1,
        };
        const actor = { personId: by, grants: grants.get(by)!, system: false };
        const reason = stepReason(workflowOf(c.type), facts, step, actor);
        if (reason)
          wrong.set(`${c.type} ${step} ${reason.code}`, (wrong.get(`${c.type} ${step} ${reason.code}`) ?? 0) + 1);
      }
    expect([...wrong]).toEqual([]);
  });

  it('balances every entry, never spends what a book does not hold, and names purpose and source where they are asked for', () => {
    const wrong = new Set<string>();
    for (const book of work.books) {
      const kind = findBookKind(book.kind)!;
      let held = 0;
      for (const entry of book.entries.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))) {
        const name = `${book.title}: ${entry.text} (${entry.on})`;
        if (entry.lines.reduce((sum, l) => sum + l.amount, 0) !== 0) wrong.add(`${name} does not balance`);
        for (const line of entry.lines) {
          if (line.amount === 0 || !Number.isSafeInteger(line.amount)) wrong.add(`${name}: ${line.amount}`);
          for (const need of kind.accounts[line.account]!.needs ?? [])
            if (line[need] === undefined) wrong.add(`${name} lacks ${need}`);
          if (line.account === 'asset:bank') held += line.amount;
        }
        if (held < 0) wrong.add(`${name} spends what is not there`);
      }
    }
    expect([...wrong]).toEqual([]);
  });

  it('calls nobody by name: subjects are addresses, firms, things and numbers', () => {
    const names = [...new Set(county.people.map((p) => p.name))];
    const texts = [
      ...new Set([
        ...work.subjects.map((s) => s.name),
        ...work.cases.map((c) => c.title),
        ...work.events.map((e) => e.title),
      ]),
    ].join('\n');
    expect(names.filter((name) => texts.includes(name))).toEqual([]);
  });
});
