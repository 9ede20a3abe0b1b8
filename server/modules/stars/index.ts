export { afterRoutes } from './after/index.ts';
export { startNightly, valuesChanged } from './nightly.ts';
export { starRoutes } from './routes.ts';
