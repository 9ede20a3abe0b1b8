/**
 * Verbs: what a person may do, always together with the unit in whose subtree they may do it. A grant follows from an
 * assignment (the responsible person is the one who may act); nobody is ever granted "everything everywhere" by default.
 */
export const verbs = [
  'units.read',
  'units.write',
  'people.read',
  'people.write',
  'assignments.write',
  'standards.write',
  'facts.read',
  'facts.write',
  'facts.lock',
  'cases.read',
  'cases.write',
  'cases.assign',
  'records.read',
  'records.write',
  'personal.read',
  'personal.write',
  'ledgers.read',
  'ledgers.write',
  'reports.write',
  'reports.sign',
  'evidence.write',
  'stars.read',
  'stars.cycle',
  'stars.plan',
  'stars.declare',
  'stars.assess',
  'stars.guide',
  'stars.review',
  'stars.verify',
  'stars.joint',
  'stars.decide',
  'stars.name',
  'publications.write',
  'designations.write',
  'imports.run',
  'journal.read',
  'calendar.write',
  'admin',
] as const;

export type Verb = (typeof verbs)[number];

/** A verb on a unit's subtree. `star` narrows a task force to its own star. */
export interface Grant {
  readonly verb: Verb;
  /** Path of the unit, `1.5.12.`: its subtree is every path that starts with it. */
  readonly path: string;
  readonly star?: string | undefined;
}

export function holds(grants: readonly Grant[], verb: Verb, path?: string, star?: string): boolean {
  return grants.some(
    (g) =>
      g.verb === verb &&
      (path === undefined || path.startsWith(g.path)) &&
      (star === undefined || g.star === undefined || g.star === star),
  );
}
