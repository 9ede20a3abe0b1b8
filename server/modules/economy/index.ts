export { settleProfits } from './branch-profit.ts';
