export { settleProfits } from './branch-profit.ts';
export { economyRoutes } from './routes.ts';
