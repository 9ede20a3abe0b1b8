export { starsOn } from './matrix.ts';
export { orgRoutes } from './routes.ts';
export { watchResponsibility } from './watching.ts';
