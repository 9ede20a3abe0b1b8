import {
  candidateOrder,
  honourLevel,
  honourWords,
  mayBeHonoured,
  priorityLevel,
  recognitionReason,
} from '../../../../domain/stars/recognition-rules.ts';
import { notFound, refuse } from '../../../platform/errors.ts';
import { mustHold, type Rq } from '../../../platform/rq.ts';
import { dayOf } from '../../../platform/time.ts';
import { type DesignationRow, grant, listDesignations } from '../../../records/designations/index.ts';
import { inForce } from '../../../../domain/records/designations/index.ts';
import { getUnit } from '../../../records/units/index.ts';
import { getBranch, unitMini } from '../common.ts';
import { type BranchLevel, countyOf, listLevels, miniOfLevel } from './levels.ts';

export async function levelOf(rq: Rq, path: string): Promise<BranchLevel> {
  const [found] = await listLevels(rq, path);
  if (!found) throw notFound({ zh: '该村（社区）', en: 'village or community' });
  return found;
}

export async function eligibility(rq: Rq, unitId: number) {
  const branch = await getBranch(rq, unitId);
  const { level, sample } = await levelOf(rq, branch.path);
  return {
    unit: unitMini(branch),
    eligible: level >= honourLevel,
    level,
    needed: honourLevel,
    why: honourWords(branch.name, level),
    sample,
  };
}

/** Everyone who meets the condition, higher levels first; everyone who does not, with the reason. No ranks. */
export async function honourCandidates(rq: Rq, under: number, limit: number) {
  const unit = await getUnit(rq, under);
  mustHold(rq, 'stars.joint', unit.path);
  const levels = await listLevels(rq, unit.path);
  const eligible = levels.filter((b) => b.level >= honourLevel).toSorted((a, b) => b.level - a.level);
  const refused = levels.filter((b) => b.level < honourLevel);
  return {
    rule: candidateOrder,
    eligible: eligible
      .slice(0, limit)
      .map((b) => ({ ...miniOfLevel(b), level: b.level, priority: b.level >= priorityLevel })),
    refused: refused
      .slice(0, limit)
      .map((b) => ({ ...miniOfLevel(b), level: b.level, why: mayBeHonoured(b.unitName, b.level)!.words })),
    sample: levels.some((b) => b.sample),
  };
}

export function honourView(rq: Rq, d: DesignationRow) {
  const { title, reviewOn } = d.data as { title?: string; reviewOn?: string | null };
  return {
    id: d.id,
    unitId: d.unitId,
    unitName: d.unitName,
    kind: d.kind,
    title: title ?? d.kind,
    level: d.level,
    number: d.number,
    grantor: d.grantor,
    grantedOn: d.grantedOn,
    validTo: d.validTo,
    reviewOn: reviewOn ?? null,
    basis: d.basis,
    inForce: inForce(d, dayOf(rq.now)),
  };
}

export interface Honour {
  readonly unitId: number;
  readonly kind: 'provincial-five-star' | 'tourism-county' | 'civilised-county' | 'honour';
  readonly title: string;
  readonly level: number | null;
  readonly grantor: string;
  readonly number: string | null;
  readonly grantedOn: string;
  readonly validTo: string | null;
  readonly reviewOn: string | null;
  readonly basis: string;
}

/** Registers what a body above has granted; the county keeps the register for every unit below it. */
export async function registerHonour(rq: Rq, input: Honour) {
  const unit = await getUnit(rq, input.unitId);
  const county = await countyOf(rq, unit.path);
  if (!county) throw notFound({ zh: '所在县', en: 'county of the unit' });
  mustHold(rq, 'designations.write', county.path);
  if (input.kind !== 'honour' && input.number === null) throw refuse(recognitionReason('honour-number'));
  if (input.kind === 'provincial-five-star') {
    const { level } = await levelOf(rq, unit.path);
    if (level < 5) throw refuse(recognitionReason('honour-five-stars', { name: unit.name, level }));
  }
  const { title, reviewOn, ...granted } = input;
  const row = await grant(rq, {
    ...granted,
    grantedByUnitId: county.id,
    outside: true,
    data: { title, reviewOn },
  });
  return honourView(rq, row);
}

const honourKinds = ['provincial-five-star', 'tourism-county', 'civilised-county', 'honour', 'commendation'] as const;

export async function listHonours(
  rq: Rq,
  s: { under?: number | undefined; kind?: string | undefined; limit: number; offset: number },
) {
  const root = s.under === undefined ? undefined : await getUnit(rq, s.under);
  const wanted = honourKinds.filter((kind) => s.kind === undefined || kind === s.kind);
  const found = await listDesignations(rq, {
    underPath: root?.path,
    kinds: wanted,
    limit: s.limit,
    offset: s.offset,
  });
  return { items: found.items.map((d) => honourView(rq, d)), total: found.total };
}
