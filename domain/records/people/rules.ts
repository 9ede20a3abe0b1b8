import { type Reason, reasons } from '../../words.ts';

export const personReason = reasons({
  'person-left': { zh: '“{name}”已于 {day} 离任。', en: '{name} left on {day}.' },
  'person-same-unit': { zh: '“{name}”已在该单位。', en: '{name} is in that unit already.' },
  'person-unit-ended': {
    zh: '“{unit}”已撤销，不能登记人员。',
    en: '“{unit}” has ended; nobody can be registered there.',
  },
});

export interface PersonFacts {
  readonly name: string;
  readonly unitId: number;
  readonly leftOn: string | null;
}

/** Whoever has left stays readable for the record and is changed no more. */
export function canChangePerson(person: PersonFacts): Reason | null {
  return person.leftOn === null ? null : personReason('person-left', { name: person.name, day: person.leftOn });
}

export function canJoin(unit: { readonly name: string; readonly validTo: string | null }): Reason | null {
  return unit.validTo === null ? null : personReason('person-unit-ended', { unit: unit.name });
}

export function canMovePerson(
  person: PersonFacts,
  to: { readonly id: number; readonly name: string; readonly validTo: string | null },
): Reason | null {
  return (
    canChangePerson(person) ??
    canJoin(to) ??
    (to.id === person.unitId ? personReason('person-same-unit', { name: person.name }) : null)
  );
}
