import type { Grant, Verb } from '../../domain/grants.ts';
import { holds } from '../../domain/grants.ts';
import type { Lang } from '../../domain/words.ts';
import type { Scope, Tx } from './db/database.ts';
import { forbidden } from './errors.ts';

/** Who acts. A visitor has no user and no grants; the system itself acts for jobs and is named as such. */
export interface Actor {
  readonly userId: string | null;
  readonly personId: string | null;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly scopes: Scope;
}

/** One request: everything an action may lean on. A writing request is one transaction. */
export interface Rq {
  readonly actor: Actor;
  readonly db: Tx;
  readonly now: Date;
  readonly lang: Lang;
}

export const visitor: Actor = { userId: null, personId: null, name: '', grants: [], scopes: [] };

/** The platform itself: nightly runs, set-up, demo loading. It sees the whole tree and holds no grant of a person. */
export const system: Actor = { userId: null, personId: null, name: 'system', grants: [], scopes: [''] };

/** Refuses unless the actor holds the verb on the unit at `path` (and on the star, where one is named). */
export function mustHold(rq: Rq, verb: Verb, path: string, star?: string): void {
  if (rq.actor === system) return;
  if (!holds(rq.actor.grants, verb, path, star)) throw forbidden(verb);
}

export function may(rq: Rq, verb: Verb, path: string, star?: string): boolean {
  return rq.actor === system || holds(rq.actor.grants, verb, path, star);
}
