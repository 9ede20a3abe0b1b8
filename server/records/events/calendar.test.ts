import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventFeeds, events } from '../../../domain/records/events/index.ts';
import { type Bookkeeping, bookkeeping } from '../../../tests/support/books.ts';
import { readCalendar, readEvents } from '../../../tests/support/icalendar.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { redact } from '../../platform/http/server.ts';
import { calendarText } from './icalendar.ts';

let world: World;
let b: Bookkeeping;

beforeAll(async () => {
  world = await createWorld();
  b = await bookkeeping(world);
});
afterAll(() => world.close());

/** As a calendar program asks: without a cookie. */
const read = (path: string) => b.stranger.raw({ method: 'GET', url: path });
const plan = (given: object) =>
  b.clerk.ok(events.plan, {
    body: { kind: 'dispatch-meeting', unitId: world.units.east, onDay: '2026-03-09', ...given },
  });

describe('the calendar of a person', () => {
  it('holds what the person or the person’s unit is expected at, and tells of changes and cancellations', async () => {
    const feed = await b.reader.ok(eventFeeds.create, { body: { title: '我的日程' } });
    const mine = await plan({
      title: '调度会；地点,时间\\见通知',
      place: '东林镇三楼会议室，䩐勒桥村另行通知',
      startsAt: '2026-03-09T09:00:00+08:00',
      endsAt: '2026-03-09T10:30:00+08:00',
      roster: [{ personId: b.readerId }],
    });
    const ours = await plan({ onDay: '2026-03-12', roster: [{ unitId: world.units.east }] });
    await plan({ title: '别人的会', roster: [{ unitId: world.units.eastVillage }] });
    const first = await read(feed.path);
    expect(first.headers['content-type']).toBe('text/calendar; charset=utf-8');
    const before = readEvents(String(first.body));
    expect(before.map((e) => e.uid)).toEqual([`${mine.id}@wuxing`, `${ours.id}@wuxing`]);
    expect(before[0]).toMatchObject({
      summary: '调度会；地点,时间\\见通知',
      location: '东林镇三楼会议室，䩐勒桥村另行通知',
      start: '2026-03-09T01:00:00.000Z',
      end: '2026-03-09T02:30:00.000Z',
      status: 'CONFIRMED',
      sequence: 0,
    });
    expect(before[1]).toMatchObject({ start: '2026-03-12', end: '2026-03-13' });
    expect(String(first.body)).not.toContain('别人的会');
    const move = { startsAt: '2026-03-10T14:00:00+08:00', endsAt: null, onDay: '2026-03-10' };
    await b.clerk.ok(events.change, { params: { id: mine.id }, body: move });
    await b.clerk.ok(events.cancel, { params: { id: ours.id }, body: { reason: '合并召开' } });
    const after = readEvents(String((await read(feed.path)).body));
    expect(after[0]).toMatchObject({ uid: `${mine.id}@wuxing`, start: '2026-03-10T06:00:00.000Z', sequence: 1 });
    expect(after[1]).toMatchObject({ uid: `${ours.id}@wuxing`, status: 'CANCELLED', sequence: 1 });
  });

  it('is behind a secret that is shown once, kept as a digest, revoked by its owner, and dead when the owner has left', async () => {
    const one = await b.reader.ok(eventFeeds.create, { body: { title: '手机' } });
    const two = await b.reader.ok(eventFeeds.create, { body: { title: '电脑' } });
    const token = one.path.split('/')[3]!;
    expect((await read(one.path)).status).toBe(200);
    const listed = await b.reader.ok(eventFeeds.list);
    expect(listed.items.find((f) => f.id === one.id)!.lastReadAt).not.toBeNull();
    expect(JSON.stringify(listed)).not.toContain(token);
    const kept = await world.asSystem((rq) => rq.db.many(sql`SELECT token_hash, title FROM event_feeds`));
    expect(JSON.stringify(kept)).not.toContain(token);
    expect(redact(`GET ${one.path}`)).not.toContain(token);
    expect((await b.secretary.ok(eventFeeds.list)).items).toEqual([]);
    expect((await b.secretary.call(eventFeeds.revoke, { params: { id: one.id } })).status).toBe(404);
    expect((await b.stranger.call(eventFeeds.revoke, { params: { id: one.id } })).status).toBe(401);
    expect((await b.stranger.call(eventFeeds.list)).status).toBe(401);
    expect((await b.stranger.call(eventFeeds.create, { body: { title: 'x' } })).status).toBe(401);
    expect((await b.reader.call(eventFeeds.create, { body: { title: '' } })).status).toBe(400);
    await b.reader.ok(eventFeeds.revoke, { params: { id: one.id } });
    expect((await b.reader.call(eventFeeds.revoke, { params: { id: one.id } })).status).toBe(404);
    expect((await read(one.path)).status).toBe(404);
    const wrong = `${token.slice(0, 20)}${token.slice(20).split('').reverse().join('')}`;
    expect((await read(one.path.replace(token, wrong))).status).toBe(404);
    expect((await read(one.path.replace(token, 'short'))).status).toBe(400);
    expect((await read(two.path)).status).toBe(200);
    await world.asSystem((rq) => rq.db.run(sql`UPDATE people SET left_on = '2026-03-01' WHERE id = ${b.readerId}`));
    expect((await read(two.path)).status).toBe(404);
  });
});

describe('the text of a calendar', () => {
  it('is read back as it was meant, whatever the title and the place hold', () => {
    const text = fc.string({ minLength: 1, maxLength: 120, unit: 'grapheme' });
    const title = fc.oneof(
      text,
      fc.constantFrom('a,b;c\\d\\n', '\\', '五星'.repeat(60), '👩‍🌾'.repeat(20), 'x\r\nBEGIN:VEVENT'),
    );
    fc.assert(
      fc.property(
        title,
        fc.option(title),
        fc.option(fc.nat(2_000_000)),
        fc.boolean(),
        (summary, place, minute, cancelled) => {
          const startsAt = minute === null ? null : new Date(Date.UTC(2026, 0, 1) + minute * 60_000);
          const at = new Date('2026-03-02T01:00:00Z');
          const event = { id: randomUUID(), title: summary, description: '', place, onDay: '2026-02-28', startsAt };
          const written = calendarText(summary, [
            { ...event, endsAt: null, cancelled, version: 3, createdAt: at, changedAt: at },
          ]);
          const [e, ...more] = readEvents(written);
          expect(more).toEqual([]);
          const said = (t: string) =>
            t.replace(/\r\n|[\r\u2028\u2029]/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
          expect(e!.summary).toBe(said(summary));
          expect(e!.location).toBe(place === null ? undefined : said(place));
          expect(e!.start).toBe(startsAt?.toISOString() ?? '2026-02-28');
          expect([e!.status, e!.sequence]).toEqual([cancelled ? 'CANCELLED' : 'CONFIRMED', 2]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is refused by our reader when it is broken, so that the reader proves something', () => {
    const good = calendarText('x', []);
    expect(() => readCalendar(good)).not.toThrow();
    const broken: [string, RegExp][] = [
      [good.replaceAll('\r\n', '\n'), /CRLF/],
      [good.replace('VERSION:2.0', 'VERSION:2.0\r\nVERSION:2.0'), /VERSION 2 times/],
      [good.replace('CALSCALE:GREGORIAN', `X-LONG:${'五'.repeat(40)}`), /75 octets/],
      [good.replace('END:VCALENDAR\r\n', ''), /one calendar/],
      [`${good}${good}`, /one calendar/],
    ];
    for (const [text, message] of broken) expect(() => readCalendar(text)).toThrow(message);
  });
});
