// Reading a standard: shape, then contradictions. What a standard is stands in standard-shape.ts.
import { checkStandard, findWarnings } from './standard-checks.ts';
import { issueFromZod } from './standard-issues.ts';
import type { StandardIssue } from './standard-issues.ts';
import { writtenStandard } from './standard-shape.ts';
import type { Standard } from './standard-shape.ts';

export { isScoreBarred, isVetoBarred, scoreBarred } from './barred.ts';
export { criteriaOf, fullPoints, standardSchema } from './standard-shape.ts';
export type { Criterion, Rule, Standard, Star, Veto, Words } from './standard-shape.ts';
export type { StandardIssue } from './standard-issues.ts';

export type ParsedStandard =
  { ok: true; standard: Standard; warnings: StandardIssue[] } | { ok: false; issues: StandardIssue[] };

/** Reads a standard from the plain object of its file. Every fault is reported with the path of its field. */
export function parseStandard(given: unknown): ParsedStandard {
  const shaped = writtenStandard.safeParse(given);
  if (!shaped.success) return { ok: false, issues: shaped.error.issues.flatMap((issue) => issueFromZod(issue, given)) };
  const standard: Standard = { ...shaped.data, pointsIn: 'hundredths' };
  const issues = checkStandard(standard);
  if (issues.length > 0) return { ok: false, issues };
  return { ok: true, standard, warnings: findWarnings(standard) };
}
