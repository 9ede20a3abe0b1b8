import { publications } from '../../../domain/records/publications/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import { getUnit } from '../units/index.ts';
import * as actions from './actions.ts';
import * as store from './store.ts';

export const publicationRoutes: Route[] = [
  route(publications.list, async (rq, { query }) => {
    const { under, ...search } = query;
    const root = under === undefined ? undefined : await getUnit(rq, under);
    return store.listPublications(rq, { ...search, underPath: root?.path });
  }),
  route(publications.listPublic, (rq, { query }) => store.listPublications(rq, { ...query, publicOnly: true })),
  route(publications.getPublic, (rq, { params }) => actions.getPublicPublication(rq, params.id)),
  route(publications.get, (rq, { params }) => actions.getPublication(rq, params.id)),
  route(publications.draft, (rq, { body }) => actions.draftPublication(rq, body)),
  route(publications.publish, (rq, { params }) => actions.publish(rq, params.id)),
  route(publications.replace, (rq, { params, body }) => actions.replacePublication(rq, params.id, body)),
];
