import { type Reason } from '../../words.ts';
import { assignmentReason } from './reasons.ts';
import { role, type RoleName, roleNames } from './roles.ts';

/**
 * Who may give (and take back) which role. `anywhere` counts on the giver's own unit and below it, `below` only on units
 * strictly below. A role that stands nowhere here for a giver is refused, whatever grants the giver holds: the right to
 * assign never grows into the right to make oneself or a friend more than one's own level may appoint.
 */
interface Giving {
  readonly anywhere: readonly RoleName[];
  readonly below: readonly RoleName[];
}

const villageRoles = [
  'village-cadre',
  'village-task-leader',
  'area-cadre',
  'household-contact',
  'building-head',
  'greening-group-member',
] as const satisfies readonly RoleName[];

const townshipRoles = [
  ...villageRoles,
  'branch-secretary',
  'contact-cadre',
  'village-leader',
  'guiding-department',
  'leadership-member',
  'task-force-leader',
  'task-force-member',
  'lead-department',
  'member-department',
  'department-contact',
  'group-head',
  'group-deputy',
  'group-member',
] as const satisfies readonly RoleName[];

const countyRoles = [
  ...townshipRoles,
  'township-clerk',
  'county-leader',
  'star-leader',
  'key-village',
  'criterion-department',
  'observer',
] as const satisfies readonly RoleName[];

export const giving: Readonly<Partial<Record<RoleName, Giving>>> = {
  admin: { anywhere: roleNames, below: [] },
  'overall-owner': { anywhere: [...countyRoles, 'organiser', 'committee-member'], below: ['overall-owner'] },
  organiser: { anywhere: countyRoles, below: ['overall-owner', 'organiser'] },
  'township-clerk': { anywhere: townshipRoles, below: [] },
  'branch-secretary': { anywhere: villageRoles, below: [] },
};

export interface Held {
  readonly role: RoleName;
  readonly path: string;
  readonly star: string | null;
}

function gives(held: Held, given: RoleName, path: string): boolean {
  const table = giving[held.role];
  if (!table || !path.startsWith(held.path)) return false;
  return table.anywhere.includes(given) || (path !== held.path && table.below.includes(given));
}

/** Whether somebody with these roles may give or take back a role on a unit. */
export function mayGive(held: readonly Held[], given: RoleName, path: string): boolean {
  return held.some((h) => gives(h, given, path));
}

/** Whether a role would let its holder do something there that they may not do yet. */
export function addsVerbs(held: readonly Held[], given: RoleName, path: string, star: string | null): boolean {
  return role(given).verbs.some(
    (verb) =>
      !held.some(
        (h) =>
          path.startsWith(h.path) &&
          role(h.role).verbs.includes(verb) &&
          (!role(h.role).perStar || h.star === null || h.star === star),
      ),
  );
}

/** Giving a role: by somebody whose level appoints it, and to oneself only where it adds nothing. */
export function canGive(
  giver: { readonly personId: string | null; readonly held: readonly Held[] },
  given: { readonly role: RoleName; readonly path: string; readonly star: string | null; readonly to: string | null },
): Reason | null {
  const { zh, en } = role(given.role).words;
  if (!mayGive(giver.held, given.role, given.path)) return assignmentReason('assignment-not-yours', { zh, en });
  const own = given.to !== null && given.to === giver.personId;
  return own && addsVerbs(giver.held, given.role, given.path, given.star)
    ? assignmentReason('assignment-own', { zh, en })
    : null;
}
