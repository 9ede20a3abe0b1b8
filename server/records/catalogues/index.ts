export { checkCatalogues, getCatalogue, listCatalogues } from './actions.ts';
export * from './routes.ts';
