// A strict reader of RFC 5545, written from the document and not from our writer: it refuses what a calendar program may
// refuse (long lines, bare line ends, unknown escapes, missing or doubled properties) and answers what such a program would show.

export interface Property {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly value: string;
}

export interface Component {
  readonly name: string;
  readonly properties: Property[];
  readonly components: Component[];
}

export interface ReadEvent {
  readonly uid: string;
  readonly sequence: number;
  readonly summary: string;
  readonly location: string | undefined;
  readonly description: string | undefined;
  readonly status: string;
  /** A day, or a moment as ISO text. */
  readonly start: string;
  readonly end: string;
}

function unfold(text: string): string[] {
  if (!text.endsWith('\r\n')) throw new Error('The last line does not end with CRLF.');
  if (/[^\r]\n|\r(?!\n)/.test(text)) throw new Error('A line ends otherwise than with CRLF.');
  const physical = text.slice(0, -2).split('\r\n');
  for (const line of physical) {
    if (Buffer.byteLength(line) > 75) throw new Error(`A line has more than 75 octets: ${line}`);
    if (line === '' || /\ufffd/.test(line)) throw new Error('An empty or broken line.');
  }
  const lines: string[] = [];
  for (const line of physical) {
    if (/^[ \t]/.test(line)) {
      if (lines.length === 0) throw new Error('It begins with a continued line.');
      lines.push(lines.pop()! + line.slice(1));
    } else lines.push(line);
  }
  return lines;
}

function property(line: string): Property {
  const m = /^([A-Z0-9-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$/su.exec(line);
  if (!m) throw new Error(`Not a content line: ${line}`);
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line)) throw new Error(`A control character: ${line}`);
  const params = Object.fromEntries(
    m[2]!
      .split(';')
      .filter(Boolean)
      .map((p) => [p.slice(0, p.indexOf('=')), p.slice(p.indexOf('=') + 1).replaceAll('"', '')]),
  );
  return { name: m[1]!, params, value: m[3]! };
}

export function readCalendar(text: string): Component {
  const root: Component = { name: '', properties: [], components: [] };
  const open = [root];
  for (const line of unfold(text)) {
    const p = property(line);
    const inner = open.at(-1)!;
    if (p.name === 'BEGIN') {
      const c: Component = { name: p.value, properties: [], components: [] };
      inner.components.push(c);
      open.push(c);
    } else if (p.name === 'END') {
      if (inner.name !== p.value) throw new Error(`${p.value} ends inside ${inner.name}.`);
      open.pop();
    } else {
      if (open.length === 1) throw new Error('A property outside every component.');
      inner.properties.push(p);
    }
  }
  if (open.length !== 1 || root.components.length !== 1 || root.components[0]!.name !== 'VCALENDAR')
    throw new Error('Not exactly one calendar.');
  const calendar = root.components[0]!;
  if (one(calendar, 'VERSION').value !== '2.0') throw new Error('Not version 2.0.');
  one(calendar, 'PRODID');
  return calendar;
}

function all(c: Component, name: string): Property[] {
  return c.properties.filter((p) => p.name === name);
}

function one(c: Component, name: string): Property {
  const found = all(c, name);
  if (found.length !== 1) throw new Error(`${c.name} has ${name} ${found.length} times.`);
  return found[0]!;
}

function maybe(c: Component, name: string): string | undefined {
  const found = all(c, name);
  if (found.length > 1) throw new Error(`${c.name} has ${name} ${found.length} times.`);
  return found[0] && textOf(found[0].value);
}

/** Unescapes a TEXT value; a bare comma or semicolon, or an escape that does not exist, is an error. */
function textOf(value: string): string {
  if (!/^(?:[^\\;,]|\\[\\;,nN])*$/su.test(value)) throw new Error(`Wrongly escaped: ${value}`);
  return value.replace(/\\([\\;,nN])/g, (_, c: string) => (c.toLowerCase() === 'n' ? '\n' : c));
}

/** Offsets of the zones that the calendar itself declares; a TZID without its zone is an error. */
function offsetsOf(calendar: Component): Map<string, number> {
  return new Map(
    calendar.components
      .filter((c) => c.name === 'VTIMEZONE')
      .map((z) => {
        const standard = z.components.find((c) => c.name === 'STANDARD');
        if (!standard) throw new Error('A zone without its rule.');
        one(standard, 'DTSTART');
        one(standard, 'TZOFFSETFROM');
        const m = /^([+-])(\d\d)(\d\d)$/.exec(one(standard, 'TZOFFSETTO').value)!;
        return [one(z, 'TZID').value, (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3]))] as const;
      }),
  );
}

function when(p: Property, zones: ReadonlyMap<string, number>): string {
  if (p.params['VALUE'] === 'DATE') {
    if (!/^\d{8}$/.test(p.value)) throw new Error(`Not a date: ${p.value}`);
    return `${p.value.slice(0, 4)}-${p.value.slice(4, 6)}-${p.value.slice(6)}`;
  }
  const m = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)$/.exec(p.value);
  if (!m) throw new Error(`Not a time: ${p.value}`);
  const zone = p.params['TZID'];
  const minutes = zone === undefined ? 0 : zones.get(zone);
  if (minutes === undefined) throw new Error(`The zone ${zone} is not declared.`);
  if ((zone === undefined) !== (m[7] === 'Z')) throw new Error(`Neither UTC nor of a zone: ${p.value}`);
  const wall = Date.UTC(+m[1]!, +m[2]! - 1, +m[3]!, +m[4]!, +m[5]!, +m[6]!);
  return new Date(wall - minutes * 60_000).toISOString();
}

export function readEvents(text: string): ReadEvent[] {
  const calendar = readCalendar(text);
  const zones = offsetsOf(calendar);
  const events = calendar.components
    .filter((c) => c.name === 'VEVENT')
    .map((c) => {
      when(one(c, 'DTSTAMP'), zones);
      const [start, end] = [one(c, 'DTSTART'), one(c, 'DTEND')];
      if (start.params['VALUE'] !== end.params['VALUE']) throw new Error('Begin and end are of two kinds.');
      const event = {
        uid: one(c, 'UID').value,
        sequence: Number(one(c, 'SEQUENCE').value),
        summary: textOf(one(c, 'SUMMARY').value),
        location: maybe(c, 'LOCATION'),
        description: maybe(c, 'DESCRIPTION'),
        status: one(c, 'STATUS').value,
        start: when(start, zones),
        end: when(end, zones),
      };
      if (event.end <= event.start) throw new Error('It ends before it begins.');
      if (!['CONFIRMED', 'TENTATIVE', 'CANCELLED'].includes(event.status)) throw new Error(`Status ${event.status}`);
      return event;
    });
  if (new Set(events.map((e) => e.uid)).size !== events.length) throw new Error('Two events have one UID.');
  return events;
}
