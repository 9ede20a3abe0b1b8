export { afterRoutes } from './routes.ts';
export { raiseWarnings, type Warned } from './warnings.ts';
