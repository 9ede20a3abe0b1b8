export {
  closeBook,
  guardPostings,
  type NewPosting,
  openBook,
  postEntries,
  postEntry,
  type PostingGuard,
  type PostResult,
  reverseEntry,
  watchClosings,
} from './actions.ts';
export { ownAccounts } from './own.ts';
export { listPostedFrom } from './posting.ts';
export { bookLinks } from './of-subject.ts';
export { findEntry, listBooks } from './reads.ts';
export { balancesOf, resultsOf, statementOf } from './reports.ts';
export { ledgerRoutes } from './routes.ts';
export { type BookRow, getBook, readable as readableBook } from './rows.ts';
