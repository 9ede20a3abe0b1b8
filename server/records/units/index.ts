export { createUnit, getUnit } from './actions.ts';
export {
  type BulkUnit,
  findUnitsByCode,
  insertUnits,
  type KnownUnit,
  listCodesTaken,
  listNamesTaken,
  listUnitsAfter,
} from './bulk.ts';
export { gramsOf, reading } from './names.ts';
export { unitRoutes } from './routes.ts';
export { findUnit, insertUnit, listUnits } from './store.ts';
