import { levelAfterLosing } from '../../../../domain/stars/after-rules.ts';
import { openStates } from '../../../../domain/stars/index.ts';
import type { DowngradeData } from '../../../../domain/stars/kinds-after.ts';
import type { Rq } from '../../../platform/rq.ts';
import { dayOf } from '../../../platform/time.ts';
import { type CaseRow, takeStep } from '../../../records/cases/index.ts';
import { type DesignationRow, grant, listDesignations, withdraw } from '../../../records/designations/index.ts';
import { getCandidacy } from '../candidacies.ts';
import { following } from '../common.ts';

export interface Downgrade {
  readonly c: CaseRow;
  readonly data: DowngradeData;
}

/** Carries a decision out: the star ends on the decided day, or the candidate leaves the list. */
export async function effect(rq: Rq, d: Downgrade): Promise<void> {
  const act = following(rq);
  const reason = d.data.decision!.reason;
  const document = d.data.document.number;
  await takeStep(act, d.c, 'effect', { reason, document });
  if (d.data.candidacyId === null) return loseStar(act, d);
  const candidacy = await getCandidacy(act, d.data.candidacyId);
  if (openStates.includes(candidacy.state)) await takeStep(act, candidacy.id, 'withdraw', { reason, document });
}

/** An appeal that was answered late moves the day on: nobody loses a star for days on which the appeal was open. */
function dayOfEffect(rq: Rq, d: Downgrade): string {
  const { effectiveOn } = d.data.decision!;
  const today = dayOf(rq.now);
  return d.data.appeal !== null && today > effectiveOn ? today : effectiveOn;
}

async function loseStar(rq: Rq, d: Downgrade): Promise<void> {
  const onDay = dayOfEffect(rq, d);
  const found = await listDesignations(rq, { unitId: d.c.unitId, on: onDay, limit: 200 });
  const inForce = found.items.filter((one) => one.withdrawnOn === null);
  const stars = inForce.filter((one) => one.kind === 'star');
  await withdraw(rq, d.data.designationId!, { onDay, caseId: d.c.id });
  // A plaque shows the level it was issued for; the next one is issued at the next meeting.
  for (const plaque of inForce.filter((one) => one.kind === 'plaque'))
    await withdraw(rq, plaque.id, { onDay, caseId: d.c.id });
  const certificate = inForce.find((one) => one.kind === 'star-branch');
  if (certificate) await replaceCertificate(rq, d, { certificate, starsBefore: stars.length, onDay });
}

async function replaceCertificate(
  rq: Rq,
  d: Downgrade,
  of: { readonly certificate: DesignationRow; readonly starsBefore: number; readonly onDay: string },
): Promise<void> {
  const { certificate: old, onDay } = of;
  await withdraw(rq, old.id, { onDay, caseId: d.c.id });
  const level = levelAfterLosing(old.level ?? of.starsBefore, of.starsBefore);
  if (level === 0) return;
  await grant(rq, {
    kind: 'star-branch',
    unitId: old.unitId,
    level,
    grantedByUnitId: old.grantedByUnitId,
    grantor: old.grantor,
    grantedOn: onDay,
    validTo: old.validTo,
    basis: `${d.data.document.title}（${d.data.document.number}）`,
    caseId: d.c.id,
    data: { ...old.data, replaces: old.id },
  });
}
