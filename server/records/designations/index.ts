export { getDesignation, grant, grantAll, type Granting, withdraw } from './actions.ts';
export { designationLinks } from './links.ts';
export { designationRoutes } from './routes.ts';
export { type DesignationRow, listDesignations } from './store.ts';
