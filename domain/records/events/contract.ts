import { z } from 'zod';
import { day, endpoint, id, moment, pageOf, pageQuery, queryFlag, text, unitId } from '../../contract.ts';
import { light } from '../cases/contract.ts';
import { rhythms } from './periods.ts';
import { eventStates } from './rules.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const fields = z.record(z.string().max(60), z.unknown());
const clock = z.iso.datetime({ offset: true });
const version = z.int().positive().describe('The version that was read; a change of another one is refused').optional();

export const eventItem = z.object({
  id: z.string(),
  kind: z.string(),
  kindWords: words,
  seriesId: z.string().nullable(),
  parentId: z.string().nullable(),
  unitId: z.int(),
  unitName: z.string(),
  title: z.string(),
  state: z.enum(eventStates),
  onDay: z.string(),
  startsAt: moment.nullable(),
  endsAt: moment.nullable(),
  place: z.string().nullable(),
  star: z.string().nullable(),
  expected: z.int(),
  attended: z.int().describe('Of the roster; zero until it was recorded'),
  others: z.int(),
  skipped: z.int().describe('Standing items that were skipped'),
  version: z.int(),
});
export type EventItem = z.infer<typeof eventItem>;

export const agendaItem = z.object({
  id: z.string(),
  position: z.int(),
  title: z.string(),
  standing: z.string().nullable(),
  unitId: z.int().nullable(),
  unitName: z.string().nullable(),
  personId: z.string().nullable(),
  star: z.string().nullable(),
  paper: z.string().nullable(),
  state: z.enum(['open', 'minuted', 'skipped']),
  minute: z.string().nullable(),
  decision: z.string().nullable(),
  skippedReason: z.string().nullable(),
  aboutCaseId: z.string().nullable(),
  about: z
    .object({
      stateWords: words,
      ownerName: z.string().nullable(),
      dueOn: z.string().nullable(),
      light,
      carriedTo: z.string().nullable().describe('Where it lies, past its day'),
    })
    .nullable()
    .describe('The case it is about, as it stands now; null for those who may not read it'),
  task: z
    .object({
      id: z.string(),
      state: z.string(),
      stateWords: words,
      ownerName: z.string().nullable(),
      dueOn: z.string().nullable(),
      closed: z.boolean(),
      overdue: z.boolean(),
    })
    .nullable()
    .describe('What became of the decision'),
});
export type AgendaItem = z.infer<typeof agendaItem>;

export const eventView = eventItem.extend({
  venueId: z.string().nullable(),
  caseId: z.string().nullable(),
  minutes: z.string().nullable(),
  cancelledReason: z.string().nullable(),
  heldRecordedAt: moment.nullable(),
  corrections: z.int(),
  data: fields,
  agenda: z.array(agendaItem),
  parts: z.object({ total: z.int(), held: z.int() }).describe('Visits or batches that belong to it'),
  mayRecord: z.boolean(),
});
export type EventView = z.infer<typeof eventView>;

export const rosterLine = z.object({
  id: z.string(),
  role: z.string(),
  personId: z.string().nullable(),
  unitId: z.int().nullable(),
  subjectId: z.string().nullable(),
  name: z.string(),
  expected: z.boolean(),
  attended: z.boolean().nullable(),
  data: fields,
});
export type RosterLine = z.infer<typeof rosterLine>;

const who = {
  role: name.default('attendee'),
  personId: id.optional(),
  unitId: unitId.optional(),
  subjectId: id.optional(),
};
export const newRosterLine = z
  .object({ ...who, expected: z.boolean().default(true) })
  .refine((l) => [l.personId, l.unitId, l.subjectId].filter((x) => x !== undefined).length === 1, {
    message: 'exactly one of person, unit and subject',
    path: ['personId'],
  });

export const attendance = z.object({ id, attended: z.boolean(), data: fields.default({}) });

export const newAgendaItem = z.object({
  /** Of an item that is there already; left out, it is a new one. */
  id: id.optional(),
  title: text(300),
  unitId: unitId.optional(),
  personId: id.optional(),
  star: text(64).optional(),
  paper: text(200).optional(),
  aboutCaseId: id.optional(),
});

/** A decision becomes a task with owner and deadline in the same act. */
export const decision = z
  .object({
    text: text(200),
    dueOn: day.optional(),
    ownerPersonId: id.optional(),
    ownerUnitId: unitId.optional(),
    condition: text(500).optional(),
  })
  .refine((d) => d.ownerPersonId !== undefined || d.ownerUnitId !== undefined, { path: ['ownerPersonId'] });

export const itemOutcome = z
  .object({
    id: id.optional().describe('Left out: a matter that arose in the meeting'),
    title: text(300).optional(),
    minute: text(4000).optional(),
    skippedReason: text(500).optional(),
    decision: decision.optional(),
  })
  .refine((o) => o.id !== undefined || o.title !== undefined, { path: ['title'] })
  .refine((o) => o.minute === undefined || o.skippedReason === undefined, { path: ['skippedReason'] });

const held = {
  minutes: text(20_000).optional(),
  others: z.int().min(0).max(1_000_000).optional(),
  place: text(200).optional(),
  data: fields.optional(),
  items: z.array(itemOutcome).max(200).default([]),
  attendance: z.array(attendance).max(2_000).default([]),
};

const byId = z.object({ id });

export const events = {
  kinds: endpoint({
    name: 'events.kinds',
    method: 'GET',
    path: '/api/events/kinds',
    permission: 'session',
    summary: { zh: '活动（会议）种类', en: 'Kinds of events' },
    reply: z.object({
      items: z.array(
        z.object({
          kind: z.string(),
          words,
          on: z.array(z.string()),
          verb: z.string(),
          roles: z.record(z.string(), words),
          standing: z.array(z.object({ key: z.string(), words, prefill: z.string().nullable() })),
          minuted: z.boolean(),
          series: z.object({ every: z.enum(rhythms), times: z.int() }).nullable(),
          parents: z.array(z.string()),
          countsOthers: z.boolean(),
          openBelow: z.boolean(),
          fields: z.record(z.string(), z.unknown()),
          data: z.unknown().describe('JSON Schema of the fields of the kind'),
          rosterFields: z.record(z.string(), z.unknown()),
          rosterData: z.unknown(),
        }),
      ),
    }),
  }),
  list: endpoint({
    name: 'events.list',
    method: 'GET',
    path: '/api/events',
    permission: 'records.read',
    summary: { zh: '查询活动（会议）', en: 'Find events' },
    query: pageQuery.extend({
      under: unitId.optional(),
      kind: name.optional(),
      state: z.enum(eventStates).optional(),
      seriesId: id.optional(),
      parentId: id.optional(),
      from: day.optional(),
      to: day.optional(),
      star: text(64).optional(),
      skipped: queryFlag.optional().describe('Only those where a standing item was skipped'),
      q: text(50, 0).optional(),
      sort: z.enum(['newest', 'soonest']).default('newest'),
    }),
    reply: pageOf(eventItem),
  }),
  get: endpoint({
    name: 'events.get',
    method: 'GET',
    path: '/api/events/:id',
    permission: 'records.read',
    summary: {
      zh: '活动（会议）详情、议程与决定落实',
      en: 'An event with its agenda and what became of its decisions',
    },
    params: byId,
    reply: eventView,
  }),
  plan: endpoint({
    name: 'events.plan',
    method: 'POST',
    path: '/api/events',
    permission: 'session',
    summary: { zh: '计划活动（会议）', en: 'Plan an event; standing items put themselves on the agenda' },
    body: z.object({
      kind: name,
      unitId,
      title: text(200).optional(),
      seriesId: id.optional(),
      parentId: id.optional(),
      onDay: day,
      startsAt: clock.optional(),
      endsAt: clock.optional(),
      place: text(200).optional(),
      venueId: id.optional(),
      caseId: id.optional(),
      star: text(64).optional(),
      data: fields.default({}),
      agenda: z
        .array(newAgendaItem.omit({ id: true }))
        .max(100)
        .default([]),
      roster: z.array(newRosterLine).max(2_000).default([]),
    }),
    reply: eventView,
  }),
  change: endpoint({
    name: 'events.change',
    method: 'PATCH',
    path: '/api/events/:id',
    permission: 'session',
    summary: { zh: '改期、改地点', en: 'Change a planned event' },
    params: byId,
    body: z.object({
      version,
      title: text(200).optional(),
      onDay: day.optional(),
      startsAt: clock.nullable().optional(),
      endsAt: clock.nullable().optional(),
      place: text(200).nullable().optional(),
      venueId: id.nullable().optional(),
      data: fields.optional(),
    }),
    reply: eventView,
  }),
  agenda: endpoint({
    name: 'events.agenda',
    method: 'PUT',
    path: '/api/events/:id/agenda',
    permission: 'session',
    summary: { zh: '编排议程', en: 'Set the agenda in its order; standing items stay' },
    params: byId,
    body: z.object({ version, items: z.array(newAgendaItem).max(200) }),
    reply: eventView,
  }),
  prefill: endpoint({
    name: 'events.prefill',
    method: 'POST',
    path: '/api/events/:id/prefill',
    permission: 'session',
    summary: { zh: '补充新出现的问题、超期事项', en: 'Put what has come up since onto the agenda' },
    params: byId,
    reply: eventView,
  }),
  roster: endpoint({
    name: 'events.roster',
    method: 'GET',
    path: '/api/events/:id/roster',
    permission: 'records.read',
    summary: { zh: '参加人员名单', en: 'Roster of an event' },
    params: byId,
    query: pageQuery.extend({ role: name.optional() }),
    reply: pageOf(rosterLine),
  }),
  enrol: endpoint({
    name: 'events.enrol',
    method: 'POST',
    path: '/api/events/:id/roster',
    permission: 'session',
    summary: { zh: '增减参加人员', en: 'Put people and units on the roster or take them off' },
    params: byId,
    body: z.object({
      add: z.array(newRosterLine).max(2_000).default([]),
      remove: z.array(id).max(2_000).default([]),
    }),
    reply: z.object({ added: z.int(), removed: z.int() }),
  }),
  attend: endpoint({
    name: 'events.attend',
    method: 'POST',
    path: '/api/events/:id/attendance',
    permission: 'session',
    summary: { zh: '登记到会', en: 'Record who came, on the day' },
    params: byId,
    body: z.object({ attendance: z.array(attendance).min(1).max(2_000) }),
    reply: z.object({ recorded: z.int() }),
  }),
  hold: endpoint({
    name: 'events.hold',
    method: 'POST',
    path: '/api/events/:id/holding',
    permission: 'session',
    summary: { zh: '登记召开情况', en: 'Record as held, with minutes, attendance and decisions that become tasks' },
    params: byId,
    body: z.object({ version, onDay: day.optional(), ...held }),
    reply: eventView,
  }),
  cancel: endpoint({
    name: 'events.cancel',
    method: 'POST',
    path: '/api/events/:id/cancellation',
    permission: 'session',
    summary: { zh: '取消', en: 'Cancel a planned event' },
    params: byId,
    body: z.object({ version, reason: text(500) }),
    reply: eventView,
  }),
  correct: endpoint({
    name: 'events.correct',
    method: 'POST',
    path: '/api/events/:id/corrections',
    permission: 'session',
    summary: { zh: '更正已召开的活动', en: 'Correct what was recorded of a held event, with a reason' },
    params: byId,
    body: z.object({ version, reason: text(500), onDay: day.optional(), ...held }),
    reply: eventView,
  }),
  items: endpoint({
    name: 'events.items',
    method: 'GET',
    path: '/api/event-items',
    permission: 'records.read',
    summary: {
      zh: '历次议题（听取汇报、决定落实）',
      en: 'Items of held events: reports heard, decisions and their state',
    },
    query: pageQuery.extend({
      under: unitId.optional(),
      kind: name.optional(),
      standing: name.optional(),
      unitId: unitId.optional().describe('Whose item it was: the reporting task force or unit'),
      star: text(64).optional(),
      state: z.enum(['open', 'minuted', 'skipped']).optional(),
      unresolved: queryFlag.optional().describe('Only decisions whose task is not closed'),
      from: day.optional(),
      to: day.optional(),
    }),
    reply: pageOf(
      agendaItem.extend({ eventId: z.string(), eventTitle: z.string(), hostName: z.string(), onDay: z.string() }),
    ),
  }),
} as const;
