import { randomUUID } from 'node:crypto';
import {
  canChangePerson,
  canJoin,
  canMovePerson,
  type Person,
  type PersonView,
} from '../../../domain/records/people/index.ts';
import { check, notFound } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { may, mustHold, type Rq } from '../../platform/rq.ts';
import { getUnit } from '../units/index.ts';
import * as store from './store.ts';

export async function getPerson(rq: Rq, id: string): Promise<store.PersonRow> {
  const person = await store.findPerson(rq, id);
  if (!person) throw notFound({ zh: '该人员', en: 'person' });
  return person;
}

/** The person, when the actor may change people there. */
export async function getChangeablePerson(rq: Rq, id: string): Promise<store.PersonRow> {
  const person = await getPerson(rq, id);
  mustHold(rq, 'people.write', person.path);
  return person;
}

/**
 * A person with the personal fields, if the reader may see them. Whoever reads somebody else's telephone leaves a line in
 * the journal; a reader without that duty gets name and post only, as everyone below knows the people above.
 */
export async function showPerson(rq: Rq, id: string): Promise<PersonView> {
  const { path, workPhone, partyMember, ...person } = await getPerson(rq, id);
  const own = rq.actor.personId === id;
  if (!own && !may(rq, 'people.read', path)) return { ...person, workPhone: null, partyMember: null, personal: false };
  if (!own && workPhone !== null)
    await record(rq, { verb: 'person.read', subject: { kind: 'person', id }, path, after: { fields: ['workPhone'] } });
  return { ...person, workPhone, partyMember, personal: true };
}

export interface CreatePerson {
  readonly unitId: number;
  readonly name: string;
  readonly title: string | null;
  readonly workPhone: string | null;
  readonly partyMember: boolean;
}

export async function createPerson(rq: Rq, input: CreatePerson): Promise<Person> {
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, 'people.write', unit.path);
  check(canJoin(unit));
  const id = randomUUID();
  await store.insertPerson(rq, { ...input, id, unitPath: unit.path });
  // The telephone itself stays out of the journal, which is kept for ever.
  await record(rq, {
    verb: 'person.create',
    subject: { kind: 'person', id },
    path: unit.path,
    after: { name: input.name, title: input.title, unitId: unit.id, hasPhone: input.workPhone !== null },
  });
  return getPerson(rq, id);
}

export async function updatePerson(rq: Rq, id: string, patch: store.PersonPatch): Promise<Person> {
  const old = await getChangeablePerson(rq, id);
  check(canChangePerson(old));
  await store.updatePerson(rq, old, patch);
  const { workPhone, ...open } = patch;
  await record(rq, {
    verb: 'person.update',
    subject: { kind: 'person', id },
    path: old.path,
    before: { name: old.name, title: old.title },
    after: { ...open, ...(workPhone === undefined ? {} : { phoneChanged: true }) },
  });
  return getPerson(rq, id);
}

/** The home changes; what the person answers for stays theirs until it is handed over. */
export async function movePerson(rq: Rq, id: string, input: { unitId: number; document: string }): Promise<Person> {
  const person = await getChangeablePerson(rq, id);
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, 'people.write', unit.path);
  check(canMovePerson(person, unit));
  await store.relocatePerson(rq, id, unit);
  await record(rq, {
    verb: 'person.move',
    subject: { kind: 'person', id },
    path: unit.path,
    before: { unitId: person.unitId },
    after: { ...input },
  });
  return getPerson(rq, id);
}
