import { z } from 'zod';
import { subjectKinds } from '../../../domain/records/subjects/all.ts';
import { canEnd, nameIs, personalFields, subjects } from '../../../domain/records/subjects/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import { may, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { getUnit } from '../units/index.ts';
import * as actions from './actions.ts';
import { endingReason, linksOf } from './hooks.ts';
import * as personal from './personal.ts';
import { getSubject, itemOf, kindOf, type SubjectRow } from './rows.ts';
import * as store from './store.ts';

/** Made when it is first asked for: the schema of every kind is work that a start need not wait for. */
let described: ReturnType<typeof describeKinds> | undefined;

function describeKinds() {
  return Object.values(subjectKinds).map((k) => ({
    kind: k.kind,
    words: k.words,
    on: [...k.on],
    initial: k.initial,
    states: Object.entries(k.states).map(([state, s]) => ({ state, words: s.words, ended: s.ended === true })),
    code: k.code ?? null,
    place: k.place ?? null,
    parents: [...(k.parents ?? [])],
    led: k.led === true,
    nameIs: nameIs(k),
    sample: k.sample === true,
    personal: Object.entries(k.personal ?? {}).map(([field, words]) => ({ field, words })),
    fields: k.fields,
    data: z.toJSONSchema(k.data, { io: 'input', unrepresentable: 'any' }) as unknown,
  }));
}

async function viewOf(rq: Rq, s: SubjectRow) {
  const kind = kindOf(s);
  const kept = kind.personal ? await personal.keptFields(rq, s) : null;
  const parts = await store.countParts(rq, s.id);
  const why = canEnd(s, null, dayOf(rq.now), parts) ?? (await endingReason(rq, s.id));
  return {
    ...itemOf(s),
    parts,
    personal:
      kept && Object.entries(kind.personal ?? {}).map(([field, words]) => ({ field, words, kept: kept.has(field) })),
    mayChange: s.toDay === null && may(rq, 'records.write', s.unitPath, s.star ?? undefined),
    mayEnd: why && { code: why.code, words: why.words },
  };
}

const shown = async (rq: Rq, done: Promise<SubjectRow>) => viewOf(rq, await done);

export const subjectRoutes: Route[] = [
  route(subjects.kinds, async () => ({ items: (described ??= describeKinds()) })),
  route(subjects.list, async (rq, { query }) => {
    const { under, ...search } = query;
    const underPath = under === undefined ? undefined : (await getUnit(rq, under)).path;
    const { items, total } = await store.listSubjects(rq, { ...search, underPath });
    return { items: items.map(itemOf), total };
  }),
  route(subjects.get, (rq, { params }) => shown(rq, getSubject(rq, params.id))),
  route(subjects.links, async (rq, { params, query }) => ({
    items: await linksOf(rq, await getSubject(rq, params.id), query.limit),
  })),
  route(subjects.create, (rq, { body }) => shown(rq, actions.createSubject(rq, body))),
  route(subjects.change, (rq, { params, body }) => shown(rq, actions.changeSubject(rq, params.id, body))),
  route(subjects.setState, (rq, { params, body }) => shown(rq, actions.turnSubject(rq, params.id, body))),
  route(subjects.end, (rq, { params, body }) => shown(rq, actions.endSubject(rq, params.id, body))),
  route(personalFields.consents, (rq, { params, query }) => personal.listConsents(rq, params.id, query)),
  route(personalFields.give, (rq, { params, body }) => personal.giveConsent(rq, params.id, body)),
  route(personalFields.withdraw, (rq, { params }) => personal.withdrawConsent(rq, params.id)),
  route(personalFields.write, (rq, { params, body }) => personal.writePersonal(rq, params.id, body)),
  route(personalFields.read, (rq, { params, body }) => personal.readPersonal(rq, params.id, body)),
  route(personalFields.readings, (rq, { params, query }) => personal.listReadings(rq, params.id, query)),
];
