export { getChangeablePerson, getPerson } from './actions.ts';
export { peopleRoutes } from './routes.ts';
export { findPerson, insertPerson, markLeft, namesIn, type PersonRow } from './store.ts';
