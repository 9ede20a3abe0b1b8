/** One event as a calendar program shows it. */
export interface CalendarEvent {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly place: string | null;
  readonly onDay: string;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly cancelled: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** Text of RFC 5545, section 3.3.11: what would end a value or a line is escaped, other control characters are left out. */
export function escapeText(text: string): string {
  return text
    .replace(/[\\;,]/g, (c) => `\\${c}`)
    .replace(/\r\n|[\n\r\u2028\u2029]/g, '\\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}

/** Lines of at most 75 octets (section 3.1); a character is never cut in two. */
export function fold(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    // The space that begins a continued line counts as well.
    if (octets + size > 75) {
      parts.push(part);
      part = '';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n ');
}

const digits = (text: string) => text.replace(/[-:]/g, '');
const utc = (moment: Date) => `${digits(moment.toISOString().slice(0, 19))}Z`;
/** Wall-clock time in China, where these meetings are held. */
const local = (moment: Date) => digits(new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 19));
const dayAfter = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** China has kept one time since 1991; older events are not in calendars. */
const zone = [
  'BEGIN:VTIMEZONE',
  'TZID:Asia/Shanghai',
  'BEGIN:STANDARD',
  'DTSTART:19910915T000000',
  'TZOFFSETFROM:+0900',
  'TZOFFSETTO:+0800',
  'TZNAME:CST',
  'END:STANDARD',
  'END:VTIMEZONE',
];

function times(e: CalendarEvent): string[] {
  if (!e.startsAt) return [`DTSTART;VALUE=DATE:${digits(e.onDay)}`, `DTEND;VALUE=DATE:${digits(dayAfter(e.onDay))}`];
  // A duration of nothing is not allowed: an event whose end is not known takes an hour.
  const end = e.endsAt && e.endsAt > e.startsAt ? e.endsAt : new Date(e.startsAt.getTime() + 3_600_000);
  return [`DTSTART;TZID=Asia/Shanghai:${local(e.startsAt)}`, `DTEND;TZID=Asia/Shanghai:${local(end)}`];
}

function eventLines(e: CalendarEvent): string[] {
  return [
    'BEGIN:VEVENT',
    // The same event keeps its UID for ever; SEQUENCE tells a program which of two copies is newer.
    `UID:${e.id}@wuxing`,
    `SEQUENCE:${e.version - 1}`,
    `DTSTAMP:${utc(e.changedAt)}`,
    `CREATED:${utc(e.createdAt)}`,
    `LAST-MODIFIED:${utc(e.changedAt)}`,
    ...times(e),
    `SUMMARY:${escapeText(e.title)}`,
    ...(e.place ? [`LOCATION:${escapeText(e.place)}`] : []),
    ...(e.description ? [`DESCRIPTION:${escapeText(e.description)}`] : []),
    `STATUS:${e.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'TRANSP:OPAQUE',
    'END:VEVENT',
  ];
}

/** A calendar after RFC 5545. */
export function calendarText(name: string, events: readonly CalendarEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Wuxing//Events//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(name)}`,
    'X-WR-TIMEZONE:Asia/Shanghai',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...zone,
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}
