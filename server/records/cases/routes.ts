import { z } from 'zod';
import { workflowOf, workflows } from '../../../domain/records/cases/all.ts';
import { caseReason, cases } from '../../../domain/records/cases/index.ts';
import { sql } from '../../platform/db/sql.ts';
import { notFound, refuse } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import { may, type Rq } from '../../platform/rq.ts';
import { getCase } from './access.ts';
import * as actions from './actions.ts';
import { countsByState } from './counts.ts';
import * as pressing from './pressing.ts';
import { pathsOf } from './rows.ts';
import * as store from './store.ts';
import { entryOf, itemOf, viewOf } from './views.ts';

const listKinds = () =>
  Object.values(workflows).map((w) => ({
    type: w.type,
    words: w.words,
    generic: w.generic === true,
    confidential: w.confidential === true,
    openVerb: w.openVerb,
    dueWorkdays: w.dueWorkdays ?? null,
    subjects: [...(w.subjects ?? [])],
    states: Object.entries(w.states).map(([state, s]) => ({ state, words: s.words, final: s.final === true })),
    steps: Object.entries(w.steps).map(([step, s]) => ({ step, words: s.words, from: [...s.from], to: s.to })),
    data: w.data ? z.toJSONSchema(w.data, { io: 'input', unrepresentable: 'any' }) : {},
  }));

/** Made by the first who asks: the schemas of all kinds take a while. */
let kinds: ReturnType<typeof listKinds> | undefined;

/** Kinds with checks of their own are opened and moved by their module only. */
function mustBeGeneric(type: string, step?: string): void {
  const workflow = Object.hasOwn(workflows, type) ? workflowOf(type) : undefined;
  if (!workflow) return;
  const byModule = step !== undefined && Object.hasOwn(workflow.steps, step) && workflow.steps[step]?.byModule === true;
  if (workflow.generic !== true || byModule) throw refuse(caseReason('case-by-module'));
}

/** Through the generic endpoints a person hands cases only into their own area, unless they assign cases there. */
async function mustReachOwner(rq: Rq, unitId: number, owner: actions.Owner): Promise<void> {
  if (!owner.ownerPersonId && !owner.ownerUnitId) return;
  const opening = await store.findOpening(rq, unitId, { unitId: owner.ownerUnitId, personId: owner.ownerPersonId });
  if (!opening || may(rq, 'cases.assign', opening.unitPath)) return;
  const mine = pathsOf(rq, 'cases.write');
  // Whoever takes a case on themselves hands it to nobody, wherever their own unit stands.
  const personPath = owner.ownerPersonId === rq.actor.personId ? null : opening.ownerPath;
  const outside = [personPath, opening.ownerUnitPath].some(
    (path) => path !== null && !mine.some((p) => path.startsWith(p)),
  );
  if (outside) throw refuse(caseReason('case-owner-outside'));
}

async function pathUnder(rq: Rq, unitId: number | undefined): Promise<string | undefined> {
  if (unitId === undefined) return undefined;
  const row = await rq.db.find<{ path: string }>(sql`SELECT unit_path AS path FROM units WHERE id = ${unitId}`);
  if (!row) throw notFound({ zh: '该单位', en: 'unit' });
  return row.path;
}

export const caseRoutes: Route[] = [
  route(cases.kinds, async () => ({ items: (kinds ??= listKinds()) })),
  route(cases.list, async (rq, { query }) => {
    const { under, owner, ...rest } = query;
    const search = {
      ...rest,
      underPath: await pathUnder(rq, under),
      owner: owner === 'me' ? (rq.actor.personId ?? undefined) : owner,
    };
    const { items, total } = await store.listCases(rq, search);
    return { items: items.map((c) => itemOf(rq, c)), total };
  }),
  route(cases.counts, (rq, { query }) => countsByState(rq, query)),
  route(cases.get, async (rq, { params }) => viewOf(rq, await getCase(rq, params.id))),
  route(cases.timeline, async (rq, { params, query }) => {
    const c = await getCase(rq, params.id);
    const { items, total } = await store.listTimeline(rq, c.id, query);
    return { items: items.map((e) => entryOf(c.type, e)), total };
  }),
  route(cases.open, async (rq, { body }) => {
    mustBeGeneric(body.type);
    await mustReachOwner(rq, body.unitId, body);
    return viewOf(rq, await actions.openCase(rq, body));
  }),
  route(cases.step, async (rq, { params, body }) => {
    const { step, ...input } = body;
    const c = await getCase(rq, params.id);
    mustBeGeneric(c.type, step);
    await mustReachOwner(rq, c.unitId, body);
    return viewOf(rq, await actions.takeStep(rq, c, step, input));
  }),
  route(cases.handOn, async (rq, { params, body }) => {
    const c = await getCase(rq, params.id);
    await mustReachOwner(rq, c.unitId, body);
    return viewOf(rq, await actions.handOn(rq, c.id, body));
  }),
  route(cases.supervise, async (rq, { params, body }) => viewOf(rq, await pressing.supervise(rq, params.id, body))),
  route(cases.comment, async (rq, { params, body }) => {
    const c = await getCase(rq, params.id);
    return entryOf(c.type, await pressing.commentOn(rq, c.id, body.text));
  }),
];
