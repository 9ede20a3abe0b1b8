import type { FastifyRequest } from 'fastify';
import type { Grant } from '../../../domain/grants.ts';
import { type RoleName, role, roles } from '../../../domain/records/assignments/roles.ts';
import { afterCommit } from '../../platform/db/after.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { type Actor, visitor } from '../../platform/rq.ts';
import { tokenHash } from '../../platform/secrets.ts';
import { dayOf } from '../../platform/time.ts';

export const sessionCookie = 'wuxing_session';

export interface HeldRole {
  readonly role: RoleName;
  readonly unitId: number;
  readonly unitName: string;
  readonly path: string;
  readonly star: string | null;
}

/** The roles a person holds today; none once they have left. A role that the table no longer knows grants nothing. */
export async function listRolesOf(tx: Tx, personId: string, day: string): Promise<HeldRole[]> {
  const rows = await tx.many<HeldRole>(sql`
    SELECT a.role, a.unit_id AS "unitId", u.name AS "unitName", a.unit_path AS path, a.star
    FROM assignments a JOIN units u ON u.id = a.unit_id LEFT JOIN people p ON p.id = a.person_id
    WHERE a.person_id = ${personId} AND a.from_day <= ${day}::date AND (a.to_day IS NULL OR a.to_day > ${day}::date)
      AND (p.left_on IS NULL OR p.left_on > ${day}::date)
    ORDER BY a.unit_path, a.role`);
  return rows.filter((r) => r.role in roles);
}

export function grantsOf(held: readonly HeldRole[]): Grant[] {
  return held.flatMap((h) => {
    const { verbs, perStar } = role(h.role);
    return verbs.map((verb) => ({ verb, path: h.path, star: perStar && h.star ? h.star : undefined }));
  });
}

/** The subtrees of all roles, without those that lie inside another. */
function scopesOf(held: readonly HeldRole[]): string[] {
  const paths = [...new Set(held.filter((h) => role(h.role).verbs.length > 0).map((h) => h.path))];
  return paths.filter((p) => !paths.some((other) => other !== p && p.startsWith(other)));
}

interface SessionRow {
  readonly sessionId: string;
  readonly userId: string;
  readonly personId: string;
  readonly name: string;
  readonly lastSeenAt: Date;
}

export interface SignedIn extends Actor {
  readonly sessionId: string;
}

export interface Sessions {
  actorOf(request: FastifyRequest): Promise<Actor>;
  /** Forgets what is remembered, here at once and in the other processes by notice. */
  forget(): void;
  close(): Promise<void>;
}

const rememberMs = 15_000;

/**
 * Who sends a request. The answer is remembered for a few seconds per token, because every request asks; a change of
 * sessions or assignments is announced on a channel, and every process forgets everything it remembered at once.
 */
export async function sessions(database: Database, clock: () => Date): Promise<Sessions> {
  const remembered = new Map<string, { actor: SignedIn; until: number }>();
  let changes = 0;
  const forget = () => {
    changes++;
    remembered.clear();
  };
  const here = memories.get(database) ?? new Set();
  memories.set(database, here.add(forget));
  const stop = await database.listen('actors_changed', forget);

  async function load(hash: string): Promise<SignedIn | null> {
    const now = clock();
    return database.read([''], async (tx) => {
      const row = await tx.find<SessionRow>(sql`
        SELECT s.id AS "sessionId", u.id AS "userId", p.id AS "personId", p.name, s.last_seen_at AS "lastSeenAt"
        FROM sessions s JOIN users u ON u.id = s.user_id JOIN people p ON p.id = u.person_id
        WHERE s.token_hash = ${hash} AND s.revoked_at IS NULL AND s.expires_at > ${now} AND u.disabled_at IS NULL`);
      if (!row) return null;
      // To the minute is enough for the list of devices; a write with every look would cost more than the look.
      const aMinuteAgo = new Date(now.getTime() - 60_000);
      if (row.lastSeenAt < aMinuteAgo)
        await tx.run(sql`UPDATE sessions SET last_seen_at = ${now} WHERE id = ${row.sessionId}`);
      const held = await listRolesOf(tx, row.personId, dayOf(now));
      return {
        sessionId: row.sessionId,
        userId: row.userId,
        personId: row.personId,
        name: row.name,
        grants: grantsOf(held),
        scopes: scopesOf(held),
      };
    });
  }

  return {
    actorOf: async (request) => {
      const token = request.cookies[sessionCookie];
      if (!token) return visitor;
      const hash = tokenHash(token);
      const known = remembered.get(hash);
      if (known && known.until > Date.now()) return known.actor;
      const before = changes;
      const actor = await load(hash);
      if (!actor) return visitor;
      // What was read while something changed may be what was there before.
      if (before !== changes) return actor;
      if (remembered.size > 20_000) remembered.clear();
      remembered.set(hash, { actor, until: Date.now() + rememberMs });
      return actor;
    },
    forget,
    close: async () => {
      here.delete(forget);
      await stop();
    },
  };
}

/** What remembers actors on a database in this process, so that a change made here counts before its answer is sent. */
const memories = new WeakMap<Database, Set<() => void>>();

/** Says to every process that sessions or assignments changed; heard when the transaction commits, here even before. */
export async function announceActorsChanged(tx: Tx): Promise<void> {
  afterCommit(tx, (database) => {
    for (const forget of memories.get(database) ?? []) forget();
  });
  await tx.many(sql`SELECT pg_notify('actors_changed', '')`);
}
