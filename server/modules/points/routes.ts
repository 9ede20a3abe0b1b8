import { points } from '../../../domain/points/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import { myPoints } from './mine.ts';

export const pointRoutes: Route[] = [
  route(points.mine, (rq, { query }, wire) => myPoints(rq, query, wire.database), { loose: true }),
];
