import { decisionReason, namingReason, outcomeOf } from '../../../domain/stars/index.ts';
import { all, sql, visible } from '../../platform/db/sql.ts';
import { check, notFound, refuse } from '../../platform/errors.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { takeStep } from '../../records/cases/index.ts';
import { grantAll, listDesignations, withdraw } from '../../records/designations/index.ts';
import { getUnit } from '../../records/units/index.ts';
import { type Candidate, listCandidates } from './candidates.ts';
import { type Cycle, getCycle, standardFor, following } from './common.ts';
import { moveCycle } from './cycles.ts';
import { getProposal, proposalState, standingsFor } from './proposals.ts';
import { objectionsOf, publicityEnd } from './publicity-end.ts';
import type { StandingRow } from './standings.ts';
import { tellBranch } from './telling.ts';

interface Naming {
  readonly document: { readonly title: string; readonly number: string };
  readonly grantedOn?: string | undefined;
  readonly validTo: string | null;
}

/**
 * Names the branches of the approved list: not before the last day of publicity has passed, not while an objection is
 * unanswered, and not those against whom an objection was upheld. Each star held becomes a designation of its own; the
 * level follows from them.
 */
export async function nameBranches(rq: Rq, proposalId: string, input: Naming) {
  const { proposal, cycle } = await getProposal(rq, proposalId);
  mustHold(rq, 'stars.name', cycle.unitPath);
  const objections = await objectionsOf(rq, cycle.id);
  check(
    namingReason({
      publicised: proposal.state === 'publicised',
      ...(await publicityEnd(rq, cycle)),
      today: dayOf(rq.now),
      grantedOn: input.grantedOn ?? dayOf(rq.now),
      openObjections: objections.open,
    }),
  );
  if (proposal.state !== 'publicised')
    throw refuse(decisionReason('proposal-state', { state: proposalState(proposal.state) }));
  const listed = new Set(proposal.data.items.filter((i) => i.recommended).map((i) => i.unitId));
  const frozen = await standingsFor(rq, cycle.id, 'result', proposalId);
  const results = new Map(frozen.map((row) => [row.unitId, row]));
  const county = await getUnit(rq, cycle.unitId);
  let [named, stars] = [0, 0];
  for (const c of await listCandidates(rq, cycle.id)) {
    if (c.state === 'withdrawn') continue;
    const row = results.get(c.unitId);
    const won = row !== undefined && listed.has(c.unitId) && !objections.upheld.has(c.unitId);
    const result = row ? { result: outcomeOf(c.data, won ? row.level : 0) } : {};
    await takeStep(following(rq), c.id, won ? 'name' : 'pass', {
      document: input.document.number,
      data: result,
      told: true,
    });
    const granted = won ? await grantStars(rq, { cycle, candidate: c, row, county, input }) : null;
    named += Number(won);
    stars += granted?.stars ?? 0;
    await tellNamed(rq, c, input, { granted, upheld: listed.has(c.unitId) && objections.upheld.has(c.unitId) });
  }
  await takeStep(following(rq), proposalId, 'effect', { document: input.document.number });
  await moveCycle(following(rq), cycle, 'named');
  const { items, total } = await listCertificates(rq, { cycleId: cycle.id, limit: 200, offset: 0 });
  return { cycleId: cycle.id, named, stars, certificates: items, certificatesTotal: total };
}

interface Granted {
  readonly stars: number;
  readonly level: number;
  readonly number: string | null;
}

/** Tells the branch what it is named, or why it is not. */
async function tellNamed(
  rq: Rq,
  c: Candidate,
  input: Naming,
  { granted, upheld }: { granted: Granted | null; upheld: boolean },
): Promise<void> {
  const said = { unit: c.unitName, document: input.document.number };
  const declaration = { kind: 'declaration', id: String(c.unitId) } as const;
  if (granted) {
    const number = granted.number ?? '';
    const named = { ...said, level: granted.level, number };
    await tellBranch(rq, c.unitId, 'star-named', number ? { kind: 'certificate', id: number } : declaration, named);
  } else await tellBranch(rq, c.unitId, upheld ? 'star-not-named-objection' : 'star-not-named', declaration, said);
}

interface Grant {
  readonly cycle: Cycle;
  readonly candidate: Candidate;
  readonly row: StandingRow;
  readonly county: { readonly id: number; readonly name: string };
  readonly input: Naming;
}

/**
 * Each star won becomes a designation, unless the branch holds it still from an earlier cycle. The certificate of an earlier
 * naming ends with the new one; a star that was not won again does not: it is lowered only by a hearing and a decision.
 */
async function grantStars(rq: Rq, g: Grant): Promise<Granted> {
  const { cycle, candidate, row, county, input } = g;
  const { unitId } = candidate;
  const grantedOn = input.grantedOn ?? dayOf(rq.now);
  const common = {
    unitId,
    grantedByUnitId: county.id,
    grantor: county.name,
    grantedOn,
    validTo: input.validTo,
    basis: `${input.document.title}（${input.document.number}）`,
    caseId: candidate.id,
    data: { cycleId: cycle.id, year: cycle.data.year, sample: cycle.data.sample },
  };
  const act = following(rq);
  const { items } = await listDesignations(act, { unitId, on: grantedOn, limit: 200 });
  const held = new Set(items.filter((d) => d.kind === 'star').map((d) => d.star));
  for (const old of items.filter((d) => d.kind === 'star-branch'))
    await withdraw(act, old.id, { onDay: grantedOn, caseId: candidate.id });
  const added = row.stars.filter((star) => !held.has(star));
  const level = (await gradesByBands(rq, cycle, candidate)) ? row.level : held.size + added.length;
  const granted = await grantAll(act, [
    ...added.map((star) => ({ ...common, kind: 'star' as const, star })),
    { ...common, kind: 'star-branch', level },
  ]);
  return { stars: row.stars.length, level, number: granted.at(-1)!.number };
}

async function gradesByBands(rq: Rq, cycle: Cycle, candidate: Candidate): Promise<boolean> {
  return (await standardFor(rq, cycle, candidate.scheme))?.grading.mode === 'bands';
}

export interface CertificateRow {
  readonly id: string;
  readonly number: string;
  readonly unitId: number;
  readonly unitName: string;
  readonly parentId: number | null;
  readonly parentName: string;
  readonly scheme: string | null;
  readonly level: number;
  readonly grantor: string;
  readonly grantedOn: string;
  readonly validTo: string | null;
  readonly basis: string;
  readonly withdrawn: boolean;
  readonly data: { readonly cycleId?: string; readonly year?: number; readonly sample?: boolean };
  readonly starIds: readonly string[];
}

const columns = sql`d.id, d.number, d.unit_id AS "unitId", u.name AS "unitName", u.parent_id AS "parentId",
  coalesce(p.name, '') AS "parentName", u.scheme, coalesce(d.level, 0) AS level, d.grantor, d.granted_on AS "grantedOn",
  d.valid_to AS "validTo", d.basis, d.withdrawn_on IS NOT NULL AS withdrawn, d.data,
  ARRAY(SELECT s.star FROM designations s WHERE s.kind = 'star' AND s.unit_id = d.unit_id AND s.granted_on <= d.granted_on
    AND (s.withdrawn_on IS NULL OR s.withdrawn_on > d.granted_on) ORDER BY s.star) AS "starIds"`;
const joins = sql`FROM designations d JOIN units u ON u.id = d.unit_id LEFT JOIN units p ON p.id = u.parent_id`;

async function certificateOf(rq: Rq, row: CertificateRow) {
  const { data, starIds, unitId, unitName, parentId, parentName, scheme, ...rest } = row;
  const names = await namesOfStars(rq, data.cycleId, scheme);
  return {
    ...rest,
    unit: { unitId, unitName, parentId, parentName, scheme },
    year: data.year ?? Number(row.grantedOn.slice(0, 4)),
    stars: starIds.map((id) => names.get(id) ?? { zh: id }),
    sample: data.sample ?? false,
  };
}

async function namesOfStars(rq: Rq, cycleId: string | undefined, scheme: string | null) {
  if (cycleId === undefined) return new Map<string, { zh: string; en?: string | undefined }>();
  const standard = await standardFor(rq, await getCycle(rq, cycleId), scheme);
  return new Map((standard?.stars ?? []).map((star) => [star.id, star.name]));
}

export async function listCertificates(
  rq: Rq,
  s: { cycleId?: string | undefined; unitId?: number | undefined; limit: number; offset: number },
) {
  const where = all([
    visible(rq, 'd.unit_path'),
    sql`d.kind = 'star-branch' AND d.number IS NOT NULL`,
    s.cycleId && sql`d.data ->> 'cycleId' = ${s.cycleId}`,
    s.unitId !== undefined && sql`d.unit_id = ${s.unitId}`,
  ]);
  const { count } = await rq.db.one<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM designations d WHERE ${where}`,
  );
  const rows = await rq.db.many<CertificateRow>(
    sql`SELECT ${columns} ${joins} WHERE ${where} ORDER BY d.granted_on DESC, d.number LIMIT ${s.limit} OFFSET ${s.offset}`,
  );
  const items = [];
  for (const row of rows) items.push(await certificateOf(rq, row));
  return { items, total: count };
}

/** Anyone who holds a certificate in their hands may check it by its number. */
export async function showCertificate(rq: Rq, number: string) {
  const row = await rq.db.find<CertificateRow>(
    sql`SELECT ${columns} ${joins} WHERE d.kind = 'star-branch' AND d.number = ${number}`,
  );
  if (!row) throw notFound({ zh: '该证书', en: 'certificate' });
  return certificateOf(rq, row);
}
