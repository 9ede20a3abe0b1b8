import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Endpoint } from '../../domain/contract.ts';
import { verbs } from '../../domain/grants.ts';

/** Endpoints that strangers may call, and why. Whoever opens another door writes the reason here. */
export const publicDoors: Readonly<Record<string, string>> = {
  'accounts.signIn': 'signing in is how one stops being a stranger',
  'accounts.setUp': 'a one-time link sets the first password; the link is the secret',
  'accounts.outsideStart': 'signing in through an outside provider begins before anyone is known',
  'accounts.outsideFinish':
    'the provider sends the browser back here; state, nonce and code prove which sign-in it was',
  'eventFeeds.read':
    'calendar programs send no cookie; the address is the secret, shows one person’s dates and is revocable',
  'instance.show': 'the sign-in page shows the name of the instance and its ways to sign in',
  'instance.checkLink': 'the set-up page asks whether its one-time link still works',
  'instance.found': 'the first administrator sets the instance up with the one-time link, while nothing is there',
  'publications.listPublic': 'what is published to everyone is for everyone to read',
  'publications.getPublic': 'what is published to everyone is for everyone to read',
  'reports.verify': 'whoever holds the paper may see what was signed',
  'stars.notices': 'publicity is public',
  'stars.notices.get': 'publicity is public',
  'stars.notices.object': 'anyone may object during the publicity period, also without a name',
  'stars.receipts.get': 'the receipt is the only key to the answer to an objection',
  'stars.certificates.get': 'whoever holds a certificate may check it by its number',
  'demo.show': 'the demo tells visitors its accounts; no other instance has this address',
  'assignments.contact': 'a household was given the card; its id is the secret and shows one duty and no household',
  'assignments.wish': 'the household that holds the card may change or decline its contact without an account',
  'assignments.contacts': 'residents see who looks after their area, by name only where the holder agreed',
};

const isEndpoint = (v: unknown): v is Endpoint =>
  typeof v === 'object' && v !== null && 'method' in v && 'path' in v && 'reply' in v && 'permission' in v;

function endpointsIn(value: unknown): Endpoint[] {
  if (isEndpoint(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(endpointsIn) : [];
}

/** Every endpoint that a contract in domain describes. */
export async function contractEndpoints(root: string): Promise<Endpoint[]> {
  const files = readdirSync(join(root, 'domain'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)[a-z-]*contract[a-z-]*\.ts$/.test(file) && file !== 'contract.ts')
    .map((file) => join(root, 'domain', file));
  const modules = await Promise.all(
    files.map((f) => import(pathToFileURL(f).href) as Promise<Record<string, unknown>>),
  );
  const all = modules.flatMap((m) => Object.values(m).flatMap(endpointsIn));
  return [...new Set(all)];
}

const place = (e: Endpoint) => `${e.method} ${e.path.replace(/:\w+/g, ':')}`;

const repeated = (names: readonly string[]) => [...new Set(names.filter((n, i) => names.indexOf(n) !== i))];

/** Every endpoint is described once, implemented once, and asks for a permission that exists. */
export function doorFaults(
  contract: readonly Endpoint[],
  implemented: readonly Endpoint[],
  open: Readonly<Record<string, string>> = publicDoors,
): string[] {
  const permissions: readonly string[] = ['public', 'session', ...verbs];
  return [
    ...repeated(implemented.map((e) => e.name)).map((name) => `${name} is implemented more than once`),
    ...repeated(implemented.map(place)).map((at) => `two endpoints stand at ${at}`),
    ...implemented.filter((e) => !contract.includes(e)).map((e) => `${e.name} is implemented and in no contract`),
    ...contract.filter((e) => !implemented.includes(e)).map((e) => `${e.name} is in a contract and not implemented`),
    ...implemented
      .filter((e) => !permissions.includes(e.permission))
      .map((e) => `${e.name} asks for no permission that exists: ${String(e.permission)}`),
    ...implemented
      .filter((e) => e.permission === 'public' && !(e.name in open))
      .map((e) => `${e.name} is open to strangers and no reason is given`),
    ...Object.keys(open)
      .filter((name) => !implemented.some((e) => e.name === name && e.permission === 'public'))
      .map((name) => `${name} is listed as open to strangers and is not`),
  ];
}
