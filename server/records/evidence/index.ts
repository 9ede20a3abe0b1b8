export { attach, removeEvidence } from './actions.ts';
export { evidenceRoutes } from './routes.ts';
export { listEvidence, sameImages } from './store.ts';
