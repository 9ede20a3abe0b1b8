import { explainReason } from '../../../domain/stars/explain.ts';
import { gap, type Gap } from '../../../domain/stars/gap.ts';
import type { CandidacyState, Origin } from '../../../domain/stars/index.ts';
import type { Reason, StarResult } from '../../../domain/stars/result.ts';
import { criteriaOf, type Criterion, type Standard } from '../../../domain/stars/standard.ts';
import { sql, visible } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { type DesignationRow, listDesignations } from '../../records/designations/index.ts';
import { findCandidate } from './candidates.ts';
import { measured, unitMini } from './common.ts';
import { shareCriteria } from '../../records/standards/index.ts';
import { minisOf } from './minis.ts';
import { headOf, type Proof, proofsOf, shownValue } from './proofs.ts';
import { type Current, currentResult } from './results.ts';

/** The cheapest way to a star as the card shows it: rank criteria are named as left out, vetoes and other stars as blockers. */
function wayOf(found: Gap, standard: Standard) {
  const shares = shareCriteria(standard);
  return {
    reachable: found.reachable,
    effort: found.effort,
    pointsAfter: found.pointsAfter,
    advice: found.advice.map(({ criterion, text, valueNow, valueNeeded, gain, effort }) => ({
      criterion,
      text,
      valueNow,
      valueNeeded,
      share: shares.has(criterion),
      gain,
      effort,
    })),
    leftOut: found.leftOut.map(({ criterion, text }) => ({ criterion, text })),
    blockers: found.blockers,
  };
}

/** The reason as a page says it: with the criterion's text where the command line names its id. */
export function reasonWords(standard: Standard, reason: Reason) {
  const texts = criteriaOf(standard).map(({ criterion }) => ({ id: criterion.id, text: criterion.text }));
  const inWords = (lang: 'zh' | 'en') => {
    const said = explainReason(standard, reason, lang).replace(/ \([a-z][\w.-]*\)/g, '');
    if (!('criterion' in reason)) return said;
    const named = texts.find(({ id }) => id === reason.criterion)?.text;
    const text = (lang === 'en' ? named?.en : undefined) ?? named?.zh ?? reason.criterion;
    return said.replace(reason.criterion, `“${text}”`);
  };
  return { zh: inWords('zh'), en: inWords('en') };
}

interface Behind {
  readonly current: Current;
  readonly proofs: Map<string, Proof[]>;
  readonly named: Map<string, DesignationRow>;
}

function starOf(star: StarResult, { current, proofs, named }: Behind) {
  const { standard, result, inputs } = current;
  const declared = standard.stars.find((s) => s.id === star.id)!;
  const heads = new Map(criteriaOf(standard).map(({ star: s, criterion }) => [criterion.id, { s, criterion }]));
  const designation = named.get(star.id);
  return {
    id: star.id,
    name: star.name,
    points: star.points,
    pass: star.pass,
    full: star.full,
    lead: star.lead,
    held: star.held,
    vetoed: star.vetoed,
    passed: star.passed,
    requires: declared.requires.map((id) => {
      const other = result.stars.find((s) => s.id === id)!;
      return {
        id,
        name: other.name,
        held: other.held,
      };
    }),
    reasons: star.reasons.map((reason) => reasonWords(standard, reason)),
    criteria: star.criteria.map((c) => {
      const { s, criterion } = heads.get(c.id)!;
      const input = inputs.values[c.id];
      return {
        ...headOf(s, criterion, c.points),
        must: c.must,
        mustMet: c.mustMet,
        missing: c.missing,
        removed: c.removed,
        value: c.combined ?? shownValue(input?.value),
        source: input?.from ?? null,
        asOf: input?.asOf ?? null,
        opens: [...(input?.opens ?? [])],
        evidence: (proofs.get(c.id) ?? []).map(({ id, title }) => ({
          id,
          title,
        })),
        lost: c.removed ? 0 : c.full - c.points,
        facility: facilityOf(standard, criterion),
      };
    }),
    way: star.held ? null : wayOf(gap(standard, result, star.id), standard),
    designation: designation
      ? {
          id: designation.id,
          number: designation.number,
          grantedOn: designation.grantedOn,
          validTo: designation.validTo,
        }
      : null,
  };
}

/** Whether a facility is there and whether it is good are two criteria; each says so and names the other. */
function facilityOf(standard: Standard, { id, facility }: Criterion) {
  if (!facility) return null;
  const pair = criteriaOf(standard).find(
    (one) => one.criterion.facility?.id === facility.id && one.criterion.id !== id,
  );
  const other = pair ? { id: pair.criterion.id, text: pair.criterion.text } : null;
  return { aspect: facility.aspect, other };
}

function vetoesOf(standard: Standard, current: Current) {
  return current.inputs.vetoes.map(({ id, caseId }) => ({
    id,
    caseId,
    text: standard.vetoes.find((v) => v.id === id)?.text ?? { zh: id },
  }));
}

async function candidacyOf(rq: Rq, cycleId: string, unitId: number, level: number) {
  const c = await findCandidate(rq, cycleId, unitId);
  if (!c) return null;
  return {
    id: c.id,
    state: c.state as CandidacyState,
    origin: c.data.origin as Origin,
    targetLevel: c.data.targetLevel,
    stretchLevel: c.data.stretchLevel,
    targetGap: Math.max(0, c.data.targetLevel - level),
  };
}

async function warningsOf(rq: Rq, unitId: number) {
  const rows = await rq.db.many<{
    id: string;
  }>(sql`SELECT id FROM cases c WHERE c.type = 'warning' AND c.unit_id = ${unitId}
    AND c.closed_at IS NULL AND ${visible(rq, 'c.unit_path')} ORDER BY c.opened_at LIMIT 50`);
  return [
    ...(
      await minisOf(
        rq,
        rows.map((row) => row.id),
      )
    ).values(),
  ];
}

/** Five stars of a branch with every point explained: the rule, the value, where it came from, and the way up. */
export async function showCard(rq: Rq, unitId: number, s: { cycleId?: string | undefined; kind: 'live' | 'result' }) {
  const { cycle, branch, standard } = await measured(rq, unitId, s.cycleId);
  const current = await currentResult(rq, cycle, branch, standard, s.kind);
  const { items } = await listDesignations(rq, { unitId, kind: 'star', on: dayOf(rq.now), limit: 100 });
  const named = new Map(items.map((d) => [d.star ?? '', d]));
  const behind: Behind = { current, proofs: await proofsOf(rq, unitId), named };
  const { result } = current;
  return {
    unit: unitMini(branch),
    cycleId: cycle.id,
    year: cycle.data.year,
    stage: cycle.state,
    kind: s.kind,
    standard: {
      id: current.standard.id,
      version: current.standard.version,
      title: current.standard.title,
    },
    sample: current.standard.sample,
    level: result.level,
    total: result.total,
    full: result.full,
    missing: result.missing,
    currentLevel: named.size,
    computedAt: current.row?.computedAt ?? rq.now,
    stars: result.stars.map((star) => starOf(star, behind)),
    vetoes: vetoesOf(current.standard, current),
    candidacy: await candidacyOf(rq, cycle.id, unitId, result.level),
    warnings: await warningsOf(rq, unitId),
  };
}
