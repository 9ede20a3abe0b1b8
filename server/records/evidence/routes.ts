import { evidences } from '../../../domain/records/evidence/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import type { Services } from '../../platform/services.ts';
import * as actions from './actions.ts';
import * as store from './store.ts';

export function evidenceRoutes(services: () => Pick<Services, 'files'>): Route[] {
  return [
    route(evidences.list, async (rq, { query }) => ({ items: await store.listEvidence(rq, query) })),
    route(evidences.add, (rq, _input, wire) => actions.uploadEvidence(rq, wire, services().files), { loose: true }),
    route(evidences.file, (rq, { params }, wire) => actions.sendFile(rq, params.id, wire, services().files), {
      loose: true,
    }),
    route(evidences.same, async (rq, { params }) => {
      const found = await actions.getEvidence(rq, params.id);
      return { items: await store.sameImages(rq, found.hash, found.id) };
    }),
    route(evidences.remove, (rq, { params, body }) => actions.removeEvidence(rq, params.id, body.reason)),
  ];
}
