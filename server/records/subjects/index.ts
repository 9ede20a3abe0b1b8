export { changeSubject, createSubject, type NewSubject, turnSubject } from './actions.ts';
export { checkRefs, type Fielded, fieldsOf, merged } from './fields.ts';
export { type EndingRule, type LinkSource, linksOf, onEnding, onLinks } from './hooks.ts';
export { insertSubjects, type LoadedSubject } from './loading.ts';
export { householdsOf } from './personal-store.ts';
export { startErasing } from './personal.ts';
export { subjectRoutes } from './routes.ts';
export { findSubject, getSubject, itemOf, kindOf, readable as readableSubject, type SubjectRow } from './rows.ts';
export {
  type Cursor,
  findKnownSubjects,
  findOwners,
  type KnownSubject,
  listCodesTaken,
  listSubjects,
  listSubjectsAfter,
  type SubjectSearch,
} from './store.ts';
