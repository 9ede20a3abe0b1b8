import { incomes } from '../../../domain/economy/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import { myIncomes } from './incomes.ts';

export const economyRoutes: Route[] = [
  route(incomes.mine, (rq, _input, wire) => myIncomes(rq, wire.database), { loose: true }),
];
