import { randomUUID } from 'node:crypto';
import { nextDay } from '../../../domain/records/calendar/rules.ts';
import { sql, visible } from '../../platform/db/sql.ts';
import { notFound } from '../../platform/errors.ts';
import type { Wire } from '../../platform/http/routes.ts';
import { record } from '../../platform/journal.ts';
import type { Rq } from '../../platform/rq.ts';
import { newToken, tokenHash } from '../../platform/secrets.ts';
import { dayOf } from '../../platform/time.ts';
import { type CalendarEvent, calendarText } from './icalendar.ts';
import { kindOf } from './rows.ts';

const noFeed = notFound({ zh: '该日历地址', en: 'calendar address' });

interface FeedRow {
  readonly id: string;
  readonly title: string;
  readonly createdAt: Date;
  readonly lastReadAt: Date | null;
}

/** A person's own addresses; an account without a person has no calendar. */
export function listFeeds(rq: Rq): Promise<FeedRow[]> {
  return rq.db.many<FeedRow>(sql`
    SELECT f.id, f.title, f.created_at AS "createdAt", f.last_read_at AS "lastReadAt" FROM event_feeds f
    WHERE f.person_id = ${rq.actor.personId}::uuid AND f.revoked_at IS NULL AND ${visible(rq, 'f.unit_path')}
    ORDER BY f.created_at LIMIT 50`);
}

/** The path of the person's own unit, as far as they may see it; addresses stand where their owner does. */
async function homeOf(rq: Rq): Promise<string> {
  const row = await rq.db.find<{ path: string }>(sql`
    SELECT p.unit_path AS path FROM people p WHERE p.id = ${rq.actor.personId}::uuid AND ${visible(rq, 'p.unit_path')}`);
  if (!row) throw noFeed;
  return row.path;
}

export async function createFeed(rq: Rq, title: string): Promise<{ id: string; path: string }> {
  const path = await homeOf(rq);
  const { token, hash } = newToken();
  const id = randomUUID();
  await rq.db.run(sql`INSERT INTO event_feeds (id, person_id, unit_path, title, token_hash, created_at)
    VALUES (${id}, ${rq.actor.personId}, ${path}, ${title}, ${hash}, ${rq.now})`);
  await record(rq, { verb: 'feed.create', subject: { kind: 'feed', id }, path, after: { title } });
  return { id, path: `/api/event-feeds/${token}/calendar.ics` };
}

export async function revokeFeed(rq: Rq, id: string): Promise<void> {
  const row = await rq.db.find<{ path: string }>(sql`
    UPDATE event_feeds f SET revoked_at = ${rq.now} WHERE f.id = ${id} AND f.person_id = ${rq.actor.personId}::uuid
      AND f.revoked_at IS NULL AND ${visible(rq, 'f.unit_path')} RETURNING f.unit_path AS path`);
  if (!row) throw noFeed;
  await record(rq, { verb: 'feed.revoke', subject: { kind: 'feed', id }, path: row.path });
}

interface FeedEvent extends Omit<CalendarEvent, 'cancelled' | 'description'> {
  readonly kind: string;
  readonly state: string;
  readonly unitName: string;
}

/**
 * The calendar behind a secret address. Calendar programs send no cookie, so the address itself is the right to read: only
 * the events on whose roster the person or the person's unit stands, with title, time and place and nothing else; and only
 * while the person has an account and has not left.
 */
export async function sendCalendar(rq: Rq, token: string, wire: Wire): Promise<unknown> {
  const today = dayOf(rq.now);
  const found = await wire.database.write([''], async (db) => {
    const feed = await db.find<{ id: string; title: string; personId: string; unitId: number }>(sql`
      UPDATE event_feeds f SET last_read_at = ${rq.now} FROM people p
      WHERE f.token_hash = ${tokenHash(token)} AND f.revoked_at IS NULL AND p.id = f.person_id
        AND (p.left_on IS NULL OR p.left_on > ${today}::date)
        AND EXISTS (SELECT 1 FROM users u WHERE u.person_id = p.id AND u.disabled_at IS NULL)
      RETURNING f.id, f.title, f.person_id AS "personId", p.unit_id AS "unitId"`);
    if (!feed) throw noFeed;
    const events = await db.many<FeedEvent>(sql`
      SELECT e.id, e.kind, e.title, e.state, u.name AS "unitName", e.place, e.on_day AS "onDay", e.starts_at AS "startsAt",
        e.ends_at AS "endsAt", e.version, e.created_at AS "createdAt", e.changed_at AS "changedAt"
      FROM events e JOIN units u ON u.id = e.unit_id
      WHERE e.id IN (SELECT r.event_id FROM event_roster r WHERE r.person_id = ${feed.personId}
          UNION SELECT r.event_id FROM event_roster r WHERE r.unit_id = ${feed.unitId})
        AND e.on_day >= ${nextDay(today, -180)}::date AND e.on_day <= ${nextDay(today, 400)}::date
      ORDER BY e.on_day, e.id LIMIT 2000`);
    return { feed, events };
  });
  const text = calendarText(
    found.feed.title,
    found.events.map((e) => ({
      ...e,
      description: `${kindOf(e).words[rq.lang]} · ${e.unitName}`,
      cancelled: e.state === 'cancelled',
    })),
  );
  return wire.reply
    .headers({ 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'private, no-store' })
    .send(text);
}
