export {
  type Correction,
  correctFact,
  enterFact,
  type FactChange,
  factsChanged,
  isSame,
  onFactsChanged,
  placeReason,
  readableUnit,
  withdrawFact,
} from './actions.ts';
export { confirm, unlock } from './confirmations.ts';
export { factRoutes } from './routes.ts';
export { type Counted, type Read, readFigures } from './reading.ts';
export { isBusy, type Keeper, keepFigures } from './keeper.ts';
export { type Difference, proveKept } from './proof.ts';
export { type IsSmall, smallCells } from './small.ts';
export { showRecords, showValues } from './rollups.ts';
export {
  insertFacts,
  listFactsAfter,
  lockFacts,
  type NewFact,
  permitted,
  type Place,
  placesOf,
  storable,
  type Storable,
} from './store.ts';
export { factValues, figureValues, type Value, type Values } from './values.ts';
