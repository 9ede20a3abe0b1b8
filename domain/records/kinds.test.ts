import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { verbs } from '../grants.ts';
import type { Words } from '../words.ts';
import { agreementKinds } from './agreements/all.ts';
import { roles } from './assignments/roles.ts';
import { workflows } from './cases/all.ts';
import { workflowFaults } from './cases/workflow.ts';
import { designationKinds } from './designations/kinds.ts';
import { eventKinds } from './events/all.ts';
import { catalogues } from './catalogues/all.ts';
import { bookKinds } from './ledgers/all.ts';
import { subjectKinds } from './subjects/all.ts';
import type { FieldWords } from './subjects/kind.ts';
import { unitTypes } from './units/types.ts';

// Every declaration of every module is sound: it has words in both languages, its fields have words, and what it names exists.

const name = /^[a-z][a-z0-9-]{0,39}$/;
const han = /\p{Script=Han}/u;

function faultsOfWords(words: Words | undefined, where: string): string[] {
  if (!words) return [`${where}: no words`];
  return [
    ...(han.test(words.zh) || words.zh === '%' ? [] : [`${where}: “${words.zh}” is not Chinese`]),
    ...(words.en.trim() && !han.test(words.en) ? [] : [`${where}: “${words.en}” is not English`]),
  ];
}

interface Shaped {
  readonly shape: Record<string, z.ZodType>;
}
const shapeOf = (data: unknown): readonly string[] => Object.keys((data as Shaped).shape);

function faultsOfFields(data: unknown, fields: Readonly<Record<string, FieldWords>>, where: string): string[] {
  const declared = shapeOf(data);
  const faults = [
    ...declared.filter((f) => !Object.hasOwn(fields, f)).map((f) => `${where}.${f}: no words`),
    ...Object.keys(fields)
      .filter((f) => !declared.includes(f))
      .map((f) => `${where}.${f}: words without a field`),
  ];
  for (const [f, said] of Object.entries(fields)) {
    faults.push(...faultsOfWords(said.words, `${where}.${f}`));
    if (said.unit) faults.push(...faultsOfWords(said.unit, `${where}.${f} unit`));
    for (const [c, words] of Object.entries(said.choices ?? {}))
      faults.push(...faultsOfWords(words, `${where}.${f}=${c}`));
    if (said.catalogue !== undefined && !Object.hasOwn(catalogues, said.catalogue))
      faults.push(`${where}.${f}: no catalogue ${said.catalogue}`);
    for (const kind of said.ref?.kinds ?? [])
      if (!known(said.ref!.record, kind)) faults.push(`${where}.${f}: no ${said.ref!.record} ${kind}`);
  }
  return faults;
}

function known(record: NonNullable<FieldWords['ref']>['record'], kind: string): boolean {
  const all = { subject: subjectKinds, case: workflows, agreement: agreementKinds, event: eventKinds, unit: unitTypes };
  return Object.hasOwn(all[record], kind);
}

const strangers = (kinds: readonly string[] | undefined, all: object) =>
  (kinds ?? []).filter((kind) => !Object.hasOwn(all, kind));

describe('every kind of subject', () => {
  it.each(Object.entries(subjectKinds))('%s is whole', (kind, k) => {
    expect(k.kind).toBe(kind);
    expect(kind).toMatch(name);
    const states = Object.entries(k.states);
    expect(
      [
        faultsOfWords(k.words, kind),
        faultsOfFields(k.data, k.fields, kind),
        states.flatMap(([s, state]) => faultsOfWords(state.words, `${kind} ${s}`)),
        Object.entries(k.personal ?? {}).flatMap(([f, words]) => faultsOfWords(words, `${kind} ${f}`)),
        strangers(k.parents, subjectKinds),
        strangers(k.on, unitTypes),
      ].flat(),
    ).toEqual([]);
    expect(k.states[k.initial]?.ended).toBeUndefined();
    expect(states.some(([, s]) => s.ended)).toBe(true);
    // What is about a person stands apart, sealed and under a consent; the same name in both would be a leak.
    expect(Object.keys(k.personal ?? {}).filter((f) => Object.hasOwn(k.fields, f))).toEqual([]);
  });

  it('keeps of a household and of an address nothing but the place', () => {
    for (const kind of ['household', 'address']) {
      expect(shapeOf(subjectKinds[kind]!.data)).toEqual([]);
      expect(subjectKinds[kind]).toMatchObject({ nameIsPlace: true, place: { required: true } });
    }
  });
});

describe('every kind of agreement', () => {
  it.each(Object.entries(agreementKinds))('%s is whole', (kind, k) => {
    expect(k.kind).toBe(kind);
    expect(kind).toMatch(name);
    const roles = Object.entries(k.roles);
    expect(
      [
        faultsOfWords(k.words, kind),
        faultsOfFields(k.terms, k.fields, kind),
        strangers(k.on, unitTypes),
        roles.flatMap(([r, role]) => [
          ...faultsOfWords(role.words, `${kind} ${r}`),
          ...strangers(role.subjectKinds, subjectKinds),
          ...strangers(role.unitTypes, unitTypes),
        ]),
      ].flat(),
    ).toEqual([]);
    // Nobody agrees with themselves: two sides always sign.
    expect(roles.reduce((sum, [, role]) => sum + role.min, 0)).toBeGreaterThanOrEqual(
      kind === 'cross-appointment' ? 1 : 2,
    );
  });
});

describe('every kind of event', () => {
  it.each(Object.entries(eventKinds))('%s is whole', (kind, k) => {
    expect(k.kind).toBe(kind);
    expect(kind).toMatch(name);
    expect(
      [
        faultsOfWords(k.words, kind),
        k.data ? faultsOfFields(k.data, k.fields ?? {}, kind) : [],
        k.rosterData ? faultsOfFields(k.rosterData, k.rosterFields ?? {}, `${kind} roster`) : [],
        Object.entries(k.roles ?? {}).flatMap(([r, words]) => faultsOfWords(words, `${kind} ${r}`)),
        (k.standing ?? []).flatMap((item) => faultsOfWords(item.words, `${kind} ${item.key}`)),
        strangers(k.parents, eventKinds),
        strangers(k.on, unitTypes),
      ].flat(),
    ).toEqual([]);
    const keys = (k.standing ?? []).map((item) => item.key);
    expect(new Set(keys).size).toBe(keys.length);
    // What stands on every agenda must be minuted, so the kind asks for minutes.
    if (keys.length > 0) expect(k.minuted).toBe(true);
  });
});

describe('every kind of book', () => {
  it.each(Object.entries(bookKinds))('%s is whole', (kind, k) => {
    expect(k.kind).toBe(kind);
    expect(kind).toMatch(name);
    const accounts = Object.entries(k.accounts);
    expect(
      [
        faultsOfWords(k.words, kind),
        accounts.flatMap(([code, a]) => [
          ...faultsOfWords(a.words, `${kind} ${code}`),
          ...strangers(a.perSubject, subjectKinds),
          ...(code.startsWith(`${a.class}:`) ? [] : [`${kind}: ${code} is no ${a.class}`]),
          ...(/^[a-z][a-z0-9-]*(:[a-z0-9][a-z0-9-]*)*$/.test(code) ? [] : [`${kind}: ${code} is no code`]),
        ]),
        Object.entries({ ...k.purposes, ...k.fundSources }).flatMap(([p, words]) =>
          faultsOfWords(words, `${kind} ${p}`),
        ),
        strangers(k.covered, k.accounts),
        strangers(k.heads, bookKinds),
        strangers(k.ofSubject, subjectKinds),
        strangers(k.ofCase, workflows),
        strangers(k.on, unitTypes),
      ].flat(),
    ).toEqual([]);
    expect(accounts.length).toBeGreaterThanOrEqual(2);
  });
});

const verbNames: readonly string[] = verbs;

describe('every type of case', () => {
  it.each(Object.entries(workflows))('%s is whole', (type, w) => {
    expect(w.type).toBe(type);
    expect(type).toMatch(name);
    const steps = Object.entries(w.steps);
    expect(
      [
        workflowFaults(w),
        faultsOfWords(w.words, type),
        w.data ? faultsOfFields(w.data, w.fields ?? {}, type) : [],
        Object.entries(w.states).flatMap(([s, state]) => faultsOfWords(state.words, `${type} ${s}`)),
        steps.flatMap(([s, step]) => faultsOfWords(step.words, `${type} ${s}`)),
        steps.filter(([, step]) => !verbNames.includes(step.verb)).map(([s]) => `${s}: no such verb`),
        strangers(w.subjects, subjectKinds),
        verbNames.includes(w.openVerb) ? [] : ['nobody can open it'],
      ].flat(),
    ).toEqual([]);
  });

  it('some role holds every verb that a generic step asks for', () => {
    const held = new Set(Object.values(roles).flatMap((role): readonly string[] => role.verbs));
    const unheld = Object.values(workflows)
      .filter((w) => w.generic)
      .flatMap((w) => [w.openVerb, ...Object.values(w.steps).map((s) => s.verb)])
      .filter((verb) => !held.has(verb));
    expect(unheld).toEqual([]);
  });
});

describe('what must not be asked', () => {
  // limits.md: no field about religion, ethnicity, health, political view or reliability, and none that marks a person.
  const forbidden =
    /religio|ethnic|health(?!ier)|diagnos|illness|disab|political-?view|reliab|loyal|credit-?score|risk|宗教|民族|健康状况|病史|残疾|政治倾向|可靠|忠诚|信用分|风险等级/i;

  it('stands in no field of any kind', () => {
    const fields = [
      ...Object.values(subjectKinds).flatMap((k) => [
        ...Object.entries(k.fields),
        ...Object.entries(k.personal ?? {}).map(([f, words]) => [f, { words }] as const),
      ]),
      ...Object.values(agreementKinds).flatMap((k) => Object.entries(k.fields)),
      ...Object.values(eventKinds).flatMap((k) => [
        ...Object.entries(k.fields ?? {}),
        ...Object.entries(k.rosterFields ?? {}),
      ]),
      ...Object.values(workflows).flatMap((w) => Object.entries(w.fields ?? {})),
    ];
    const found = fields
      .filter(([f, said]) => forbidden.test(`${f} ${said.words.zh} ${said.words.en}`))
      .map(([f]) => f);
    expect(found).toEqual([]);
    expect(forbidden.test('民族 Ethnicity')).toBe(true);
  });
});

describe('every catalogue', () => {
  it.each(Object.entries(catalogues))('%s is whole', (key, c) => {
    expect(key).toMatch(/^[a-z0-9][a-z0-9-]{0,39}$/);
    expect([
      ...faultsOfWords(c.words, key),
      ...Object.entries(c.items).flatMap(([i, words]) => faultsOfWords(words, `${key} ${i}`)),
    ]).toEqual([]);
    expect(Object.keys(c.items).length).toBeGreaterThan(0);
  });

  it('counts what the source counts', () => {
    const size = (key: string) => Object.keys(catalogues[key]!.items).length;
    expect(['entrance-item', 'garden-kind', 'five-beauty', 'micro-work-kind', 'unified-service'].map(size)).toEqual([
      5, 5, 5, 5, 5,
    ]);
    expect(['four-beauty', 'six-without', 'service-card-category', 'coop-model'].map(size)).toEqual([4, 6, 6, 6]);
    expect(['strategy-component', 'strategy-theme', 'livelihood-category', 'contact-matter'].map(size)).toEqual([
      13, 11, 8, 7,
    ]);
  });
});

describe('the glossary', () => {
  it('has every kind, in the words of its declaration', () => {
    const glossary = readFileSync(new URL('../../docs/glossary.md', import.meta.url), 'utf8').replace(/ +/g, ' ');
    const all = [subjectKinds, agreementKinds, eventKinds, bookKinds, workflows, designationKinds, catalogues];
    const missing = all
      .flatMap((kinds) => Object.entries(kinds))
      .filter(([kind, k]) => !glossary.includes(`| ${k.words.zh} | ${k.words.en} | \`${kind}\` |`))
      .map(([kind]) => kind);
    expect(missing).toEqual([]);
  });
});
