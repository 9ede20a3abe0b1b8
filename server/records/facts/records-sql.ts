import type {
  AgreementSource,
  AssignmentSource,
  DesignationSource,
  EventSource,
  JudgementSource,
  LineSource,
  PublicationSource,
  Source,
  SubjectSource,
  UnitSource,
} from '../../../domain/records/facts/index.ts';
import { empty, join, raw, sql, type Sql } from '../../platform/db/sql.ts';
import type { Rq } from '../../platform/rq.ts';
import type { Targets } from './leaves.ts';
import { casesSql } from './records-cases.ts';
import {
  afterEnd,
  agreementStands,
  amountOf,
  conds,
  dayOf,
  type Days,
  dutyStands,
  isBound,
  isObjectOf,
  joined,
  keyOf,
  list,
  onTypes,
  tierOf,
  within,
} from './sql-parts.ts';

const eventKeys = {
  unit: sql`r.unit_id::text`,
  month: sql`to_char(r.on_day, 'YYYY-MM')`,
  week: sql`to_char(r.on_day, 'IYYY-IW')`,
  star: sql`r.star`,
  person: sql`p.person_id::text`,
  subject: sql`p.subject_id::text`,
  force: sql`p.unit_id::text`,
};

/** The entries of the roster that a source asks for: people, subjects or task forces that came. */
function rosterOf(s: EventSource, d: Days): Sql {
  const asks =
    s.key === 'person' || s.key === 'subject' || s.key === 'force' || s.role || s.personRole || s.subjectKinds;
  if (!asks) return empty;
  const column = s.key === 'subject' ? sql`p.subject_id` : s.key === 'force' ? sql`p.unit_id` : sql`p.person_id`;
  const named = s.key === 'person' || s.key === 'subject' || s.key === 'force';
  return sql`JOIN event_roster p ON p.event_id = r.id AND p.attended ${s.role ? sql`AND p.role = ${s.role}` : empty}
    ${named ? sql`AND ${column} IS NOT NULL` : empty}
    ${s.key === 'force' ? sql`AND EXISTS (SELECT 1 FROM units fu WHERE fu.id = p.unit_id AND fu.type = 'task-force')` : empty}
    ${
      s.personRole
        ? sql`AND EXISTS (SELECT 1 FROM assignments pr WHERE pr.person_id = p.person_id AND pr.role = ANY (${list(s.personRole)})
            AND ${dutyStands('pr', d.at)})`
        : empty
    }
    ${
      s.subjectKinds
        ? sql`AND EXISTS (SELECT 1 FROM subjects ps WHERE ps.id = p.subject_id AND ps.kind = ANY (${list(s.subjectKinds)}))`
        : empty
    }`;
}

function eventsSql(rq: Rq, t: Targets, s: EventSource, d: Days): Sql {
  const came = sql`(SELECT count(*) FROM event_roster a WHERE a.event_id = r.id AND a.attended)`;
  const amount = s.heads
    ? s.heads === 'all'
      ? sql`(${came} + r.others)::numeric`
      : sql`${came}::numeric`
    : amountOf('r.data', s);
  const item = s.standing
    ? sql`AND EXISTS (SELECT 1 FROM event_items i WHERE i.event_id = r.id AND i.standing = ${s.standing} AND i.state = 'minuted')`
    : empty;
  return sql`SELECT t.unit_id, 'event' AS kind, r.id::text AS id, r.unit_id AS at_unit, r.title AS label, r.on_day AS as_of,
      ${amount} AS amount, ${keyOf(eventKeys, s, 'r.data', sql`r.on_day`)} AS key
    ${joined(rq, t, 'events')} ${rosterOf(s, d)}
    WHERE r.kind = ANY (${list(s.kinds)}) AND r.state = 'held' AND ${within(sql`r.on_day`, d)} AND ${conds('r.data', s.has, d)} ${item}
      ${s.own ? sql`AND r.unit_id = t.unit_id` : empty}`;
}

/** Subjects with their state and fields as they stood at the end: the first change after it says what was before. */
function subjectsAt(d: Days): string | Sql {
  if (!d.past) return 'subjects';
  return sql`SELECT n.id, n.kind, n.unit_id, n.unit_path, n.name, n.place, n.parent_id, n.lead_unit_id, n.from_day, n.to_day,
      coalesce(w.before ->> 'state', n.state) AS state, coalesce(w.before -> 'data', n.data) AS data
    FROM subjects n LEFT JOIN LATERAL (SELECT j.before FROM journal j WHERE n.changed_at >= ${afterEnd(d)} AND j.subject_kind = 'subject'
      AND j.subject_id = n.id::text AND j.at >= ${afterEnd(d)} AND j.before ? 'state' ORDER BY j.id LIMIT 1) w ON TRUE`;
}

const ledBy = (led: SubjectSource['led']) => {
  if (led === undefined) return empty;
  if (led === true) return sql`AND r.lead_unit_id IS NOT NULL`;
  return sql`AND EXISTS (SELECT 1 FROM units lu LEFT JOIN units lo ON lo.id = lu.parent_id WHERE lu.id = r.lead_unit_id
    AND lu.type = ANY (${list(led.types)}) ${led.under ? sql`AND lo.type = ANY (${list(led.under)})` : empty})`;
};

function subjectsSql(rq: Rq, t: Targets, s: SubjectSource, d: Days): Sql {
  const keys = {
    unit: sql`r.unit_id::text`,
    tier: sql`(SELECT ${tierOf(sql`tu.type`)} FROM units tu WHERE tu.id = r.unit_id)`,
    place: sql`coalesce(r.place, r.id::text)`,
    'lead-unit': sql`r.lead_unit_id::text`,
    parent: sql`r.parent_id::text`,
  };
  return sql`SELECT t.unit_id, 'subject' AS kind, r.id::text AS id, r.unit_id AS at_unit, r.name AS label, r.from_day AS as_of,
      ${amountOf('r.data', s)} AS amount, ${keyOf(keys, s, 'r.data', sql`r.from_day`)} AS key
    ${joined(rq, t, subjectsAt(d))}
    WHERE r.kind = ANY (${list(s.kinds)}) AND r.from_day <= ${d.at}::date AND (r.to_day IS NULL OR r.to_day > ${d.at}::date)
      ${s.dated ? sql`AND ${within(sql`(r.data ->> ${s.dated})::date`, d)}` : empty}
      ${s.states ? sql`AND r.state = ANY (${list(s.states)})` : empty} ${ledBy(s.led)}
      ${s.parentKind ? sql`AND EXISTS (SELECT 1 FROM subjects o WHERE o.id = r.parent_id AND o.kind = ${s.parentKind})` : empty}
      ${onTypes(s.onTypes)} ${s.own ? sql`AND r.unit_id = t.unit_id` : empty}
      ${s.bound ? sql`AND ${isBound('r', s.bound.kinds, s.bound.role, d.at)}` : empty} AND ${conds('r.data', s.has, d)}`;
}

/** Agreements where these parties stand, or are led from, once for each of them. */
function placedBy(roles: readonly string[]): Sql {
  const place = (column: string) => sql`coalesce(lu.${raw(column)}, su.${raw(column)}, pu.${raw(column)})`;
  return sql`SELECT ag.id, ag.kind, ag.title, ag.terms, ag.in_force_on, ag.ended_on, ag.to_day, ${place('id')} AS unit_id,
      ${place('unit_path')} AS unit_path
    FROM agreements ag JOIN agreement_parties pp ON pp.agreement_id = ag.id AND pp.role = ANY (${list(roles)})
      LEFT JOIN subjects ps ON ps.id = pp.subject_id LEFT JOIN units su ON su.id = ps.unit_id LEFT JOIN units lu ON lu.id = ps.lead_unit_id
      LEFT JOIN units pu ON pu.id = pp.unit_id`;
}

function withRole(s: AgreementSource, d: Days): Sql {
  if (!s.withRole) return empty;
  const { roles, led, bound, has } = s.withRole;
  return sql`AND EXISTS (SELECT 1 FROM agreement_parties o JOIN subjects b ON b.id = o.subject_id
    WHERE o.agreement_id = r.id AND o.role = ANY (${list(roles)}) ${led ? sql`AND b.lead_unit_id IS NOT NULL` : empty}
      ${bound ? sql`AND ${isBound('b', bound, 'cooperative', d.at)}` : empty} AND ${conds('b.data', has, d)})`;
}

function agreementsSql(rq: Rq, t: Targets, s: AgreementSource, d: Days): Sql {
  const parties = s.party
    ? sql`JOIN agreement_parties p ON p.agreement_id = r.id AND p.role = ANY (${list(s.party)})`
    : empty;
  const keys = {
    party: sql`coalesce(p.subject_id::text, p.unit_id::text, p.outside_name)`,
    role: sql`p.role`,
    unit: sql`r.unit_id::text`,
  };
  return sql`SELECT DISTINCT t.unit_id, 'agreement' AS kind, r.id::text AS id, r.unit_id AS at_unit, r.title AS label,
      r.in_force_on AS as_of, ${amountOf('r.terms', s)} AS amount, ${s.key ? keys[s.key] : sql`r.id::text`} AS key
    ${joined(rq, t, s.placedBy ? placedBy(s.placedBy) : 'agreements')} ${parties}
    WHERE r.kind = ANY (${list(s.kinds)}) AND ${agreementStands('r', d.at)} ${withRole(s, d)} AND ${conds('r.terms', s.has, d)}
      ${s.forDays ? sql`AND r.in_force_on <= ${d.at}::date - ${s.forDays}::int` : empty}`;
}

/** The household below the unit whose consent to be shown as an example is the latest that stands today. */
const exampleHousehold = (d: Days) => sql`(SELECT hc.subject_id FROM consents hc
  WHERE t.unit_id = ANY (string_to_array(hc.unit_path, '.', '')::int[]) AND 'income-example' = ANY (hc.fields)
    AND hc.withdrawn_at IS NULL AND hc.erased_at IS NULL AND hc.expires_on >= ${d.at}::date
  ORDER BY hc.given_on DESC, hc.subject_id LIMIT 1)`;

function linesSql(rq: Rq, t: Targets, s: LineSource, d: Days): Sql {
  const time = s.balance ? sql`r.on_day <= ${d.at}::date` : within(sql`r.on_day`, d);
  // As ranges and not as patterns: only what cannot give a hidden row away may be looked up behind row-level security.
  const accounts = join(
    s.accounts.map(
      (code) =>
        sql`a.code COLLATE "C" = ${code} OR (a.code COLLATE "C" > ${`${code}:`} AND a.code COLLATE "C" < ${`${code};`})`,
    ),
    ' OR ',
  );
  const sign = s.side === 'credit' ? sql`-r.amount` : sql`r.amount`;
  // Whose line it is stands in the line, or in the account that is somebody's own.
  const whose = sql`coalesce(r.subject_id, a.subject_id)`;
  const about = s.bookAbout
    ? sql`AND EXISTS (SELECT 1 FROM cases bc JOIN subjects bs ON bs.id = bc.subject_id WHERE bc.id = b.case_id AND bs.kind = ${s.bookAbout})`
    : empty;
  const led = s.bookLed
    ? sql`AND EXISTS (SELECT 1 FROM subjects bs WHERE bs.id = b.subject_id AND bs.lead_unit_id IS NOT NULL)`
    : empty;
  return sql`SELECT t.unit_id, 'entry' AS kind, r.id::text AS id, b.unit_id AS at_unit, e.text AS label, r.on_day AS as_of,
      ${s.heads ? sql`sign(${sign})::numeric` : sql`(${sign})::numeric / ${s.per ?? 1}`} AS amount,
      ${s.key === 'subject' ? sql`${whose}::text` : sql`r.id::text`} AS key
    ${joined(rq, t, 'entry_lines')} JOIN accounts a ON a.id = r.account_id JOIN books b ON b.id = a.book_id
      LEFT JOIN entries e ON e.id = r.entry_id
    WHERE b.kind = ANY (${list(s.books)}) AND ${time} AND (${accounts})
      ${s.purposes ? sql`AND r.purpose = ANY (${list(s.purposes)})` : empty}
      ${s.fundSources ? sql`AND r.fund_source = ANY (${list(s.fundSources)})` : empty}
      ${s.key === 'subject' ? sql`AND ${whose} IS NOT NULL` : empty}
      ${s.example ? sql`AND ${whose} = ${exampleHousehold(d)}` : empty} ${about} ${led}
      ${s.bookTitle ? sql`AND b.title LIKE ${`%${s.bookTitle}%`}` : empty}`;
}

function designationsSql(rq: Rq, t: Targets, s: DesignationSource, d: Days): Sql {
  const standing = sql`r.granted_on <= ${d.at}::date AND (r.valid_to IS NULL OR r.valid_to >= ${d.at}::date)
    AND (r.withdrawn_on IS NULL OR r.withdrawn_on > ${d.at}::date)`;
  const time = s.ofCycle
    ? sql`r.data ->> 'year' = ${String(d.year)}`
    : s.granted
      ? within(sql`r.granted_on`, d)
      : standing;
  const year = sql`coalesce((r.data ->> 'year')::numeric, extract(year FROM r.granted_on))`;
  const key = { subject: sql`r.subject_id::text`, unit: sql`r.unit_id::text`, year: sql`(${year})::text` };
  return sql`SELECT t.unit_id, 'designation' AS kind, r.id::text AS id, r.unit_id AS at_unit, coalesce(r.number, r.kind) AS label,
      r.granted_on AS as_of, ${s.amount ? year : sql`1::numeric`} AS amount, ${s.key ? key[s.key] : sql`r.id::text`} AS key
    ${joined(rq, t, 'designations')}
    WHERE r.kind = ANY (${list(s.kinds)}) AND ${time} ${s.level === undefined ? empty : sql`AND r.level = ${s.level}`}
      ${s.levelAtLeast === undefined ? empty : sql`AND r.level >= ${s.levelAtLeast}`} AND ${conds('r.data', s.has, d)}
      ${s.own ? sql`AND r.unit_id = t.unit_id` : empty} ${s.grantor ? sql`AND r.grantor LIKE ${`%${s.grantor}%`}` : empty}`;
}

/** The same person also has one of these duties, above or below the place of this one. */
function alsoHolds(s: AssignmentSource, d: Days): Sql {
  if (!s.also) return empty;
  return sql`AND EXISTS (SELECT 1 FROM assignments k WHERE k.person_id = r.person_id AND k.role = ANY (${list(s.also)})
    AND ${dutyStands('k', d.at)} AND (k.unit_path ^@ r.unit_path OR r.unit_path ^@ k.unit_path))`;
}

function assignmentsSql(rq: Rq, t: Targets, s: AssignmentSource, d: Days): Sql {
  const key: Readonly<Record<string, Sql>> = {
    role: sql`r.role`,
    person: sql`r.person_id::text`,
    unit: sql`r.unit_id::text`,
    'holder-unit': sql`r.holder_unit_id::text`,
    object: sql`r.object_id`,
    home: sql`coalesce(r.holder_unit_id, h.unit_id)::text`,
    tier: tierOf(sql`o.type`),
  };
  const on = (s.on ?? []) as readonly string[];
  return sql`SELECT t.unit_id, 'assignment' AS kind, r.id::text AS id, r.unit_id AS at_unit, r.role AS label, r.from_day AS as_of,
      1::numeric AS amount, ${s.key ? key[s.key]! : sql`r.id::text`} AS key
    ${joined(rq, t, 'assignments')} JOIN units o ON o.id = r.unit_id LEFT JOIN people h ON h.id = r.person_id
    WHERE r.role = ANY (${list(s.roles)}) AND ${dutyStands('r', d.at)}
      ${on.length > 0 ? sql`AND o.type = ANY (${list(on)})` : empty} ${s.own ? sql`AND r.unit_id = t.unit_id` : empty}
      ${isObjectOf(s.onRole, d.at)} ${alsoHolds(s, d)} AND ${conds('r.data', s.has, d)}
      ${s.key ? sql`AND ${key[s.key]!} IS NOT NULL` : empty}`;
}

/** Units as the tree was at the end of the period; the unit above is the one of that time. */
function unitsSql(rq: Rq, t: Targets, s: UnitSource, d: Days): Sql {
  const parents = (s.parentTypes ?? []) as readonly string[];
  const above = sql`(string_to_array(r.unit_path, '.', ''))[array_length(string_to_array(r.unit_path, '.', ''), 1) - 2]::int`;
  const keys = { parent: sql`o.id::text`, tier: tierOf(sql`r.type`), 'parent-tier': tierOf(sql`o.type`) };
  return sql`SELECT t.unit_id, 'unit' AS kind, r.unit_id::text AS id, r.unit_id AS at_unit, r.name AS label, r.valid_from AS as_of,
      ${amountOf('u.attributes', s)} AS amount, ${s.key ? keys[s.key] : sql`r.unit_id::text`} AS key
    ${joined(rq, t, 'unit_versions')} JOIN units u ON u.id = r.unit_id LEFT JOIN units o ON o.id = ${above}
    WHERE r.type = ANY (${list(s.types)}) AND r.valid_from <= ${d.at}::date AND (r.valid_to IS NULL OR r.valid_to > ${d.at}::date)
      ${parents.length > 0 ? sql`AND o.type = ANY (${list(parents)})` : empty}
      ${s.own ? sql`AND o.id = t.unit_id` : empty} AND ${conds('u.attributes', s.has, d)}`;
}

/** Scores of rounds that were locked within the period, out of a hundred; one that was taken back does not count. */
function judgementsSql(rq: Rq, t: Targets, s: JudgementSource, d: Days): Sql {
  const max = sql`(SELECT (i ->> 'max')::numeric FROM jsonb_array_elements(c.data -> 'items') i WHERE i ->> 'item' = r.item LIMIT 1)`;
  return sql`SELECT t.unit_id, 'case' AS kind, c.id::text AS id, r.unit_id AS at_unit, c.title AS label, ${dayOf('c.closed_at')} AS as_of,
      r.value * 100 / ${max} AS amount, r.id::text AS key
    ${joined(rq, t, 'judgements')} JOIN cases c ON c.id = r.case_id
    WHERE r.kind = ANY (${list(s.kinds)}) AND r.superseded_at IS NULL AND r.value IS NOT NULL AND c.state = 'locked'
      AND ${within(dayOf('c.closed_at'), d)} AND ${max} > 0`;
}

function publicationsSql(rq: Rq, t: Targets, s: PublicationSource, d: Days): Sql {
  const amount =
    s.amount === 'reports' ? sql`jsonb_array_length(coalesce(r.body -> 'contents', '[]'))::numeric` : sql`1::numeric`;
  return sql`SELECT t.unit_id, 'publication' AS kind, r.id::text AS id, r.unit_id AS at_unit, r.title AS label,
      ${dayOf('r.published_at')} AS as_of, ${amount} AS amount, r.id::text AS key
    ${joined(rq, t, 'publications')}
    WHERE r.kind = ANY (${list(s.kinds)}) AND r.published_at IS NOT NULL AND ${within(dayOf('r.published_at'), d)}`;
}

/**
 * The records of a source, one row for each unit they count for: unit_id, kind, id, at_unit, label, as_of, what it adds
 * (amount) and by what it is told apart (key). Value and drill-down are made of the same rows, so they cannot differ.
 */
export function recordsOf(rq: Rq, t: Targets, source: Source, d: Days): Sql {
  switch (source.table) {
    case 'cases':
      return casesSql(rq, t, source, d);
    case 'events':
      return eventsSql(rq, t, source, d);
    case 'subjects':
      return subjectsSql(rq, t, source, d);
    case 'agreements':
      return agreementsSql(rq, t, source, d);
    case 'lines':
      return linesSql(rq, t, source, d);
    case 'designations':
      return designationsSql(rq, t, source, d);
    case 'assignments':
      return assignmentsSql(rq, t, source, d);
    case 'units':
      return unitsSql(rq, t, source, d);
    case 'publications':
      return publicationsSql(rq, t, source, d);
    case 'judgements':
      return judgementsSql(rq, t, source, d);
  }
}
