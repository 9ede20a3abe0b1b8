import {
  assignmentReason,
  canEnd,
  type ContactCard,
  role,
  type RoleName,
} from '../../../domain/records/assignments/index.ts';
import { check, notFound, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { announceActorsChanged } from '../accounts/index.ts';
import { getAssignment } from './actions.ts';
import * as store from './store.ts';

export type Wish = 'change' | 'decline';

const noCard = notFound({ zh: '该联系卡', en: 'card' });

/**
 * A household wants another contact, or none. Either way the link ends; after a refusal the address is gone as well, from
 * the table and from what the journal was ever told, so that nobody can list who refused.
 */
async function follow(rq: Rq, row: store.AssignmentRow, wish: Wish, day: string): Promise<void> {
  await store.lockUnit(rq, row.unitId);
  await store.closeAssignments(rq, [row.id], day, 'household');
  if (wish === 'decline' && row.objectId !== null) await store.eraseAddress(rq, row.unitId, row.objectId);
  await record(rq, {
    verb: 'assignment.end',
    subject: { kind: 'assignment', id: row.id },
    path: row.path,
    before: { to: row.to },
    after: { role: row.role, unitId: row.unitId, personId: row.personId, to: day, reason: 'household' },
  });
  await announceActorsChanged(rq.db);
}

/** Recorded by staff for a household that came or called: what can be done on the page can be done on paper. */
export async function recordWish(rq: Rq, id: string, input: { wish: Wish; day: string }): Promise<void> {
  const row = await getAssignment(rq, id);
  mustHold(rq, 'cases.write', row.path);
  if (row.role !== 'household-contact') throw refuse(assignmentReason('assignment-not-household'));
  check(canEnd(row, input.day));
  await follow(rq, row, input.wish, input.day);
}

/** By the household itself, with the card it was given; `rq` acts for the platform and the card is the right to do it. */
export async function followWish(rq: Rq, id: string, wish: Wish): Promise<void> {
  const row = await findCard(rq, id);
  const today = dayOf(rq.now);
  await follow(rq, row, wish, today < row.from ? row.from : today);
}

async function findCard(rq: Rq, id: string): Promise<store.AssignmentRow> {
  const row = await store.findAssignment(rq, id);
  if (row?.role !== 'household-contact' || (row.to !== null && row.to <= dayOf(rq.now))) throw noCard;
  return row;
}

const howToChange = {
  zh: '如需更换或不再需要联系人，可在本页办理，也可到村（社区）便民服务点登记，不需要说明理由。',
  en: 'To change or decline, use this page or tell the village or community office; no reason is asked.',
};
const howToReach = {
  zh: '如需更换或提出意见，可到村（社区）便民服务点登记。',
  en: 'For a change or a remark, go to the village or community office.',
};

function cardOf(row: store.AssignmentRow): ContactCard {
  return {
    unitName: row.unitName,
    role: row.role,
    words: role(row.role).words,
    name: row.data.nameShown === true ? row.holder : null,
    contactWay: row.data.contactWay ?? null,
    since: row.from,
    how: row.role === 'household-contact' ? howToChange : howToReach,
  };
}

/** The household that holds the card was told who its contact is, so the name is on it. */
export async function showCard(rq: Rq, id: string): Promise<ContactCard> {
  const row = await findCard(rq, id);
  return { ...cardOf(row), name: row.holder };
}

const shownToResidents: RoleName[] = ['area-cadre', 'building-head', 'household-contact', 'branch-secretary'];

/** For residents: who looks after this place. Names only of those who agreed to be shown, addresses never. */
export async function listContacts(rq: Rq, unitId: number): Promise<ContactCard[]> {
  const rows = await store.listOn(rq, [unitId], dayOf(rq.now), shownToResidents);
  const cards = rows.map(cardOf);
  const seen = new Set<string>();
  return cards
    .filter((c) => {
      // One contact of many households of the place is one line.
      const key = JSON.stringify([c.role, c.name, c.contactWay]);
      return !seen.has(key) && seen.add(key);
    })
    .slice(0, 100);
}
