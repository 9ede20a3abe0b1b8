import { catalogueEndpoints } from '../../../domain/records/catalogues/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import * as actions from './actions.ts';

export const catalogueRoutes: Route[] = [
  route(catalogueEndpoints.list, async (rq) => ({ items: await actions.listCatalogues(rq) })),
  route(catalogueEndpoints.get, (rq, { params }) => actions.getCatalogue(rq, params.name)),
  route(catalogueEndpoints.set, (rq, { params, body }) => actions.setCatalogue(rq, params.name, body)),
];
