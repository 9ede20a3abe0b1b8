export { draftAgreement, type Draft, endAgreement, openSigning, putInForce, sign } from './actions.ts';
export { startWarnings } from './expiry.ts';
export { insertAgreement, insertAgreements, type LoadedAgreement } from './loading.ts';
export { duePostings, postDue } from './postings.ts';
export { agreementLinks, agreementRoutes, boundReason } from './routes.ts';
export { type AgreementRow, getAgreement, itemOf } from './rows.ts';
export { type AgreementSearch, listAgreements } from './store.ts';
