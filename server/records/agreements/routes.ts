import { z } from 'zod';
import { agreementKinds, findAgreementKind } from '../../../domain/records/agreements/all.ts';
import { agreementReason, agreements, canForce, canOpenSigning } from '../../../domain/records/agreements/index.ts';
import type { SubjectLink } from '../../../domain/records/subjects/index.ts';
import type { Reason } from '../../../domain/words.ts';
import { notFound } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import { may, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { sendExport } from '../imports/index.ts';
import { getUnit } from '../units/index.ts';
import * as actions from './actions.ts';
import { duePostings, postDue } from './postings.ts';
import { type AgreementRow, getAgreement, itemOf, kindOf } from './rows.ts';
import { exportAgreements } from './sheet.ts';
import * as store from './store.ts';

const noKind = notFound({ zh: '该类协议', en: 'kind of agreement' });

/** Made when it is first asked for: the schema of every kind is work that a start need not wait for. */
let described: ReturnType<typeof describeKinds> | undefined;

function describeKinds() {
  return Object.values(agreementKinds).map((k) => ({
    kind: k.kind,
    words: k.words,
    on: [...k.on],
    roles: Object.entries(k.roles).map(([role, r]) => ({
      role,
      words: r.words,
      party: [...r.party],
      subjectKinds: r.subjectKinds ? [...r.subjectKinds] : null,
      unitTypes: r.unitTypes ? [...r.unitTypes] : null,
      min: r.min,
      max: r.max ?? null,
    })),
    posts: k.postings !== undefined,
    warnDays: k.warnDays ?? null,
    coolingOffDays: k.coolingOffDays ?? 0,
    fields: k.fields,
    terms: z.toJSONSchema(k.terms, { io: 'input', unrepresentable: 'any' }) as unknown,
  }));
}

async function viewOf(rq: Rq, a: AgreementRow) {
  const kind = kindOf(a);
  const parties = await store.listParties(rq, a.id);
  const today = dayOf(rq.now);
  const why = canForce(kind, a, parties, today, today);
  const notYet = canOpenSigning(kind, a, parties);
  // Who held the pen for a household is a person's name: for those who may know who lives there.
  const named = may(rq, 'personal.read', a.unitPath);
  return {
    ...itemOf(rq, a),
    partyList: parties.map((p) => ({
      ...p,
      roleWords: kind.roles[p.role]?.words ?? { zh: p.role, en: p.role },
      signedBy: p.subjectKind !== 'household' || named ? p.signedBy : null,
    })),
    mayOpenSigning: notYet && { code: notYet.code, words: notYet.words },
    mayForce: why && { code: why.code, words: why.words },
    mayChange: may(rq, 'records.write', a.unitPath, a.star ?? undefined),
  };
}

const shown = async (rq: Rq, done: Promise<AgreementRow>) => viewOf(rq, await done);

/** Agreements of a subject, for its page. */
export async function agreementLinks(rq: Rq, subjectId: string, limit: number): Promise<SubjectLink[]> {
  return (await store.listOfSubject(rq, subjectId, limit)).map((row) => {
    const { id, kind, kindWords, title, state, stateWords, fromDay: onDay } = itemOf(rq, row);
    return { record: 'agreement', id, kind, kindWords, title, state, stateWords, onDay };
  });
}

/** Nobody leaves the register while they are bound. */
export async function boundReason(rq: Rq, subjectId: string): Promise<Reason | null> {
  const found = await store.findBinding(rq, subjectId);
  return found ? agreementReason('agreement-binds', { title: found.title }) : null;
}

export const agreementRoutes: Route[] = [
  route(agreements.kinds, async () => ({ items: (described ??= describeKinds()) })),
  route(agreements.list, async (rq, { query }) => {
    const { under, ...search } = query;
    const underPath = under === undefined ? undefined : (await getUnit(rq, under)).path;
    const { items, total } = await store.listAgreements(rq, { ...search, underPath });
    return { items: items.map((a) => itemOf(rq, a)), total };
  }),
  route(
    agreements.sheet,
    async (rq, { query }, wire) => {
      const { kind: name, under, format, ...filter } = query;
      const kind = findAgreementKind(name);
      if (!kind) throw noKind;
      const underPath =
        under === undefined
          ? undefined
          : await wire.database.read(rq.actor.scopes, async (db) => (await getUnit({ ...rq, db }, under)).path);
      return sendExport(rq, kind.words, format, wire, (read, to) =>
        exportAgreements(read, to, kind, { ...filter, underPath }),
      );
    },
    { loose: true },
  ),
  route(agreements.get, (rq, { params }) => shown(rq, getAgreement(rq, params.id))),
  route(agreements.draft, (rq, { body }) => shown(rq, actions.draftAgreement(rq, body))),
  route(agreements.change, (rq, { params, body }) => shown(rq, actions.changeDraft(rq, params.id, body))),
  route(agreements.openSigning, (rq, { params, body }) => shown(rq, actions.openSigning(rq, params.id, body.version))),
  route(agreements.revise, (rq, { params, body }) => shown(rq, actions.revise(rq, params.id, body))),
  route(agreements.sign, (rq, { params, body }) => shown(rq, actions.sign(rq, params.id, body))),
  route(agreements.takeBack, (rq, { params }) => shown(rq, actions.takeBack(rq, params.id, params.partyId))),
  route(agreements.force, (rq, { params, body }) => shown(rq, actions.putInForce(rq, params.id, body))),
  route(agreements.end, (rq, { params, body }) => shown(rq, actions.endAgreement(rq, params.id, body))),
  route(agreements.drop, (rq, { params, body }) => shown(rq, actions.dropAgreement(rq, params.id, body))),
  route(agreements.renew, (rq, { params, body }) => shown(rq, actions.renewAgreement(rq, params.id, body))),
  route(agreements.due, async (rq, { params, query }) => ({ items: await duePostings(rq, params.id, query.through) })),
  route(agreements.post, (rq, { params, body }) => postDue(rq, params.id, body)),
];
