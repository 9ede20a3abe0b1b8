import { canHoldOn, heldKinds } from '../../../domain/org/index.ts';
import { check } from '../../platform/errors.ts';
import { dayOf } from '../../platform/time.ts';
import { type CaseWatcher, takeStep } from '../../records/cases/index.ts';
import * as forceStore from './plans-store.ts';

/**
 * What the responsibility system adds to cases of its own kinds: a visit is recorded when it has happened and not before,
 * a meeting counts as held only on a day that has come, and of the plans of a task force one is in force.
 */
export const watchResponsibility: CaseWatcher = async (rq, { after, step }) => {
  const today = dayOf(rq.now);
  if (step === 'open' && heldKinds.includes(after.type)) check(canHoldOn(String(after.data['on']), today));
  if (step === 'hold' && typeof after.data['on'] === 'string') check(canHoldOn(after.data['on'], today));
  if (after.type === 'force-plan' && step === 'approve')
    for (const id of await forceStore.listOtherPlans(rq, after.id, after.unitId, after.star))
      await takeStep(rq, id, 'supersede', {});
};
