import { rolesWith } from '../../../domain/records/assignments/roles.ts';
import { schedule } from '../../platform/jobs/index.ts';
import { record } from '../../platform/journal.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { listOn } from '../assignments/index.ts';
import { notify } from '../notices/index.ts';
import { write } from './actions.ts';
import { type AgreementRow, daysAfter } from './rows.ts';
import * as store from './store.ts';

/** Roles that keep records: whoever holds one at the unit hears that an agreement ends. */
const keepers = rolesWith('records.write');

/** Those at the agreement's unit; where nobody is, those at the nearest unit above. */
async function keepersOf(rq: Rq, a: AgreementRow): Promise<string[]> {
  const ids = a.unitPath.split('.').filter(Boolean).map(Number);
  const held = await listOn(rq, ids, dayOf(rq.now), keepers);
  for (const id of ids.reverse()) {
    const people = held.filter((h) => h.unitId === id).flatMap((h) => h.personId ?? []);
    if (people.length > 0) return people;
  }
  return [];
}

async function tell(rq: Rq, a: AgreementRow, kind: 'agreement-expiring' | 'agreement-expired'): Promise<void> {
  await notify(rq, await keepersOf(rq, a), kind, { kind: 'agreement', id: a.id }, { title: a.title, day: a.toDay! });
}

const batch = 200;

async function warn(rq: Rq): Promise<number> {
  const soon = await store.listToWarn(rq, 'expiring', batch);
  for (const a of soon) {
    await store.setWarned(rq, a.id);
    await tell(rq, a, 'agreement-expiring');
    const after = { toDay: a.toDay };
    await record(rq, { verb: 'agreement.warn', subject: { kind: 'agreement', id: a.id }, path: a.unitPath, after });
  }
  return soon.length;
}

/** What is over by its own terms ends without anybody's doing. */
async function expire(rq: Rq): Promise<number> {
  const over = await store.listToWarn(rq, 'over', batch);
  for (const a of over) {
    // Its last day still counts: the day after it is the first without it.
    const endedOn = daysAfter(a.toDay!, 1);
    await write(rq, 'agreement.expire', a, { ...a, state: 'ended', endedOn, endedReason: '期限届满' });
    await tell(rq, a, 'agreement-expired');
  }
  return over.length;
}

/** Warns once of each agreement that ends soon, and ends those whose term is over. */
export function startWarnings(): void {
  schedule('agreements.nightly', '00:30', async (job) => {
    let warned = 0;
    let expired = 0;
    for (;;) {
      const [w, e] = await job.write(async (rq) => [await warn(rq), await expire(rq)] as const);
      warned += w;
      expired += e;
      if (w < batch && e < batch) return { warned, expired };
      await job.pause();
    }
  });
}
