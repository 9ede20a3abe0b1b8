export {
  changeDraft,
  type Draft,
  draftPublication,
  getPublication,
  getPublicPublication,
  publish,
  refusePersonalData,
  replacePublication,
} from './actions.ts';
export { publicationRoutes } from './routes.ts';
export { findPublication, listPublications, type PublicationRow } from './store.ts';
