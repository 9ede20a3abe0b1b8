import { randomUUID } from 'node:crypto';
import { type At, type County, type Data, type Fill, noon, person, type Row } from './county.ts';

interface CaseMore {
  readonly id?: string;
  readonly data?: Data;
  readonly closed?: string;
  readonly due?: string;
  readonly owner?: string;
  readonly raiser?: string;
  readonly subject?: string;
  readonly parent?: string;
  readonly star?: string;
  readonly title?: string;
  /** State and day of each step; the last one is when it was last changed. */
  readonly steps?: readonly (readonly [state: string, day: string])[];
  /** A field that holds the id of another record. */
  readonly names?: readonly [field: string, id: string];
}
export const kase = (type: string, state: string, at: At, opened: string, m: CaseMore = {}): Row => {
  return (c) => caseRows(c, m.id ?? randomUUID(), type, state, at, opened, m);
};
function caseRows(
  c: County,
  id: string,
  type: string,
  state: string,
  at: At,
  opened: string,
  m: CaseMore,
): ReturnType<Fill> {
  return [
    ...[m.owner, m.raiser].flatMap((p) => (p ? [person(c, p)] : [])),
    [
      'cases',
      {
        ...c.on(at),
        id: c.id(id),
        type,
        state,
        title: m.title ?? type,
        opened_at: noon(opened),
        changed_at: noon(m.steps?.at(-1)?.[1] ?? m.closed ?? opened),
        closed_at: m.closed ? noon(m.closed) : null,
        due_on: m.due ?? null,
        owner_person_id: c.id(m.owner),
        raised_by: c.id(m.raiser),
        subject_id: c.id(m.subject),
        parent_id: c.id(m.parent),
        star: m.star ?? null,
        data: { ...m.data, ...(m.names ? { [m.names[0]]: c.id(m.names[1]) } : {}) },
      },
    ],
    ...(m.steps ?? []).map(([to, day], i): [string, Record<string, unknown>] => [
      'case_steps',
      {
        id: randomUUID(),
        case_id: c.id(id),
        unit_path: c.on(at).unit_path,
        step: to,
        from_state: m.steps![i - 1]?.[0] ?? '',
        to_state: to,
        actor_name: '甲',
        at: noon(day),
      },
    ]),
  ];
}

interface EventMore {
  readonly state?: 'held' | 'planned' | 'cancelled';
  readonly data?: Data;
  readonly others?: number;
  readonly minuted?: string;
  /** Who came: a person, or a unit as `@F`, or a subject as `#name`; `-` before it: did not come. */
  readonly came?: readonly string[];
}
export const event = (kind: string, at: At, on: string, m: EventMore = {}): Row => {
  return (c) => {
    const id = randomUUID();
    const state = m.state ?? 'held';
    const { unit_path } = c.on(at);
    const roster = (m.came ?? []).map((guest) => {
      const name = guest.replace(/^-/, '');
      return {
        id: randomUUID(),
        event_id: c.id(id),
        unit_path,
        attended: !guest.startsWith('-'),
        role: 'attendee',
        data: {},
        person_id: /^[@#]/.test(name) ? null : c.id(name),
        unit_id: name.startsWith('@') ? c.on(name.slice(1) as At).unit_id : null,
        subject_id: name.startsWith('#') ? c.id(name.slice(1)) : null,
      };
    });
    return [
      ...(m.came ?? []).map((g) => g.replace(/^-/, '')).flatMap((g) => (/^[@#]/.test(g) ? [] : [person(c, g)])),
      [
        'events',
        {
          ...c.on(at),
          id: c.id(id),
          kind,
          title: kind,
          state,
          on_day: on,
          held_recorded_at: state === 'held' ? noon(on) : null,
          others: m.others ?? 0,
          created_at: noon(on),
          changed_at: noon(on),
          data: m.data ?? {},
        },
      ],
      ...(m.minuted
        ? [
            [
              'event_items',
              {
                id: randomUUID(),
                event_id: c.id(id),
                unit_path,
                position: 1,
                title: '议题',
                standing: m.minuted,
                state: 'minuted',
              },
            ] as [string, Record<string, unknown>],
          ]
        : []),
      ...roster.map((r): [string, Record<string, unknown>] => ['event_roster', r]),
    ];
  };
};

interface SubjectMore {
  readonly id?: string;
  readonly data?: Data;
  readonly state?: string;
  readonly from?: string;
  readonly to?: string;
  readonly lead?: At;
  readonly parent?: string;
  readonly place?: string;
}
export const subject =
  (kind: string, at: At, m: SubjectMore = {}): Row =>
  (c) => [
    [
      'subjects',
      {
        ...c.on(at),
        id: c.id(m.id) ?? randomUUID(),
        kind,
        name: kind,
        place: m.place ?? null,
        parent_id: c.id(m.parent),
        lead_unit_id: m.lead ? c.on(m.lead).unit_id : null,
        state: m.state ?? 'active',
        from_day: m.from ?? '2024-01-01',
        to_day: m.to ?? null,
        created_at: noon('2024-01-01'),
        changed_at: noon('2024-01-01'),
        data: m.data ?? {},
      },
    ],
  ];
