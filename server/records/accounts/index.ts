export { actorOfUser } from './by-user.ts';
export { createUser, invite, resetLink, setDisabled } from './actions.ts';
export { announceActorsChanged, grantsOf, listRolesOf, sessionCookie, sessions, type SignedIn } from './actors.ts';
export { findInstance, insertInstance, type InstanceRow, inviteFounder } from './founding.ts';
export { type Identity, type IdentityProvider, oidcProvider } from './providers.ts';
export { type AccountSettings, accountRoutes, setSessionCookie } from './routes.ts';
export { openSession } from './signing.ts';
