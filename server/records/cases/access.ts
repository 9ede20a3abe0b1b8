import { findWorkflow } from '../../../domain/records/cases/all.ts';
import { type CaseFacts, isOwner, type StepActor } from '../../../domain/records/cases/index.ts';
import { notFound } from '../../platform/errors.ts';
import { may, type Rq, system } from '../../platform/rq.ts';
import type { CaseRow } from './rows.ts';
import * as store from './store.ts';

export const noCase = notFound({ zh: '该事项', en: 'case' });

export function actorOf(rq: Rq): StepActor {
  return { personId: rq.actor.personId, grants: rq.actor.grants, system: rq.actor === system };
}

export function factsOf(c: CaseRow): CaseFacts {
  return c;
}

/** The same as readable(), for one case that is already here. */
function canRead(rq: Rq, c: CaseRow): boolean {
  if (rq.actor === system) return true;
  const me = rq.actor.personId;
  const mine = me !== null && (c.ownerPersonId === me || c.raisedBy === me);
  if (findWorkflow(c.type)?.confidential && !mine && !may(rq, 'cases.assign', c.unitPath)) return false;
  if (mine || may(rq, 'cases.read', c.unitPath)) return true;
  return c.openBelow && rq.actor.grants.some((g) => g.verb === 'cases.read' && g.path.startsWith(c.unitPath));
}

/** The case, when the actor may read it; 404 otherwise, as if it were not there. */
export async function getCase(rq: Rq, id: string): Promise<CaseRow> {
  const c = await store.findCase(rq, id);
  if (!c || !canRead(rq, c)) throw noCase;
  return c;
}

export function ownsCase(rq: Rq, c: CaseRow): boolean {
  return isOwner(factsOf(c), actorOf(rq));
}
