import { createHash } from 'node:crypto';
import type { RoleName } from '../domain/records/assignments/roles.ts';
import { findWorkflow } from '../domain/records/cases/all.ts';
import type { MetricKey } from '../domain/records/facts/index.ts';
import { type Chance, chance } from './random.ts';

/**
 * The records of the demo county's work, as plain data: units and people by their keys, records by ids that follow from
 * their names, so that the same seed always tells the same two years. Nothing here touches a database.
 */

/** The last day on which anything happened: the numbers of the current year are as of it. */
export const lastDay = '2026-10-31';
export const years = [2025, 2026] as const;

type Data = Readonly<Record<string, unknown>>;

export interface SubjectRow {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly name: string;
  readonly state: string;
  readonly from: string;
  readonly to?: string;
  readonly place?: string;
  readonly code?: string;
  readonly parent?: string;
  readonly lead?: string;
  readonly star?: string;
  readonly data: Data;
}

export interface Party {
  readonly role: string;
  readonly unit?: string;
  readonly subject?: string;
  readonly outside?: string;
}

export interface AgreementRow {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly title: string;
  readonly from: string;
  readonly to?: string;
  readonly parties: readonly Party[];
  readonly terms: Data;
}

/** One line of an agenda; a standing item has the key that its kind gives it. */
export interface Item {
  readonly title: string;
  readonly standing?: string;
  readonly minute: string;
  readonly decision?: string;
}

export interface Guest {
  readonly person?: string;
  readonly unit?: string;
  readonly subject?: string;
  readonly role?: string;
  readonly attended: boolean;
  readonly data?: Data;
}

export interface EventRow {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly title: string;
  readonly on: string;
  readonly place?: string;
  /** The entry of the register at which it was held. */
  readonly venue?: string;
  readonly star?: string;
  readonly minutes?: string;
  readonly others?: number;
  readonly items?: readonly Item[];
  readonly roster?: readonly Guest[];
  readonly data?: Data;
}

export interface CaseRow {
  readonly id: string;
  readonly type: string;
  readonly state: string;
  readonly title: string;
  readonly at: string;
  readonly opened: string;
  readonly closed?: string;
  readonly due?: string;
  readonly star?: string;
  readonly owner?: string;
  readonly ownerUnit?: string;
  readonly raiser?: string;
  /** Its steps, where they were more than the shortest way to its state. */
  readonly steps?: readonly string[];
  /** Who took a step, where the rules leave it open. */
  readonly by?: Readonly<Record<string, string>>;
  /** What was said with its steps: reasons and documents. */
  readonly said?: Readonly<Record<string, { readonly reason?: string; readonly document?: string }>>;
  readonly subject?: string;
  readonly parent?: string;
  readonly data: Data;
}

export interface Line {
  readonly account: string;
  /** Debit above zero, credit below, in the book's smallest unit. */
  readonly amount: number;
  readonly subject?: string;
  readonly purpose?: string;
  readonly fundSource?: string;
  /** The other book of the same head, whose line falls out when the books are added up. */
  readonly book?: string;
}

export interface EntryRow {
  readonly on: string;
  readonly text: string;
  readonly document?: string;
  /** The agreement and the instalment of it from which the entry follows. */
  readonly source?: { readonly kind: string; readonly id: string };
  readonly lines: readonly Line[];
}

export interface BookRow {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly title: string;
  readonly opened: string;
  readonly head?: string;
  readonly subject?: string;
  readonly case?: string;
  readonly entries: readonly EntryRow[];
}

export interface DesignationRow {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly by: string;
  readonly grantor: string;
  readonly on: string;
  readonly to?: string;
  readonly subject?: string;
  readonly number?: string;
  readonly basis: string;
  readonly data?: Data;
}

export interface DutyRow {
  readonly id: string;
  readonly role: RoleName;
  readonly at: string;
  readonly person?: string;
  readonly unit?: string;
  readonly star?: string;
  readonly address?: string;
  readonly from: string;
  readonly data?: Data;
}

export interface FactRow {
  readonly metric: MetricKey;
  readonly at: string;
  readonly period: string;
  readonly value: string;
  readonly source: string;
}

/** Which fields of a household may be kept and shown, for what, until when. */
export interface ConsentRow {
  readonly id: string;
  readonly at: string;
  readonly subject: string;
  readonly purpose: string;
  readonly fields: readonly string[];
  readonly on: string;
  readonly until: string;
  readonly document: string;
  /** Who gave it, where that person has an account. */
  readonly person?: string;
}

export interface Work {
  readonly subjects: SubjectRow[];
  readonly agreements: AgreementRow[];
  readonly events: EventRow[];
  readonly cases: CaseRow[];
  readonly books: BookRow[];
  readonly designations: DesignationRow[];
  readonly duties: DutyRow[];
  readonly facts: FactRow[];
  readonly consents: ConsentRow[];
}

export function emptyWork(): Work {
  return {
    subjects: [],
    agreements: [],
    events: [],
    cases: [],
    books: [],
    designations: [],
    duties: [],
    facts: [],
    consents: [],
  };
}

/** The id of a record follows from its name, in the form of a UUID that nobody drew (RFC 9562, version 8). */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(`demo/${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A chance of its own for each part, so that more of one thing does not change another. */
export const luckOf = (part: string): Chance => chance(23).for(part);

const two = (n: number) => String(n).padStart(2, '0');
export const dayIn = (year: number, month: number, day: number) => `${year}-${two(month)}-${two(day)}`;

/** Months of a year that have passed in the demo. */
export const monthsOf = (year: number): number => (year === 2026 ? 10 : 12);

/** A day of the year at a share of what has passed of it, the weekend moved to the Monday after it (never past the end). */
export function dayAt(year: number, share: number): string {
  const first = Date.UTC(year, 0, 4);
  const last = year === 2026 ? Date.UTC(2026, 9, 29) : Date.UTC(year, 11, 29);
  const date = new Date(
    first + Math.floor(Math.min(0.9999, Math.max(0, share)) * ((last - first) / 86_400_000)) * 86_400_000,
  );
  const weekday = date.getUTCDay();
  if (weekday === 6) date.setUTCDate(date.getUTCDate() + 2);
  if (weekday === 0) date.setUTCDate(date.getUTCDate() + 1);
  const day = date.toISOString().slice(0, 10);
  return day > lastDay ? '2026-10-30' : day;
}

/** The nth of so many days spread over a year, each at its own moment. */
export function spread(year: number, n: number, of: number, luck: Chance): string {
  return dayAt(year, (n + 0.15 + luck.next() * 0.7) / of);
}

export function plusDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Not beyond the end of what is told. */
export const atMost = (day: string): string => (day > lastDay ? lastDay : day);

/** As many of a whole as a share between none and all. */
export const partOf = (whole: number, share: number) => Math.round(whole * Math.min(1, Math.max(0, share)));

/** The state in which a case opened on a day and taking so many days is found at the end; closed where that is past. */
export function found(
  opened: string,
  days: number,
  open: string,
  closed: string,
): { readonly state: string; readonly closed?: string } {
  const end = plusDays(opened, days);
  return end > lastDay ? { state: open } : { state: closed, closed: end };
}

type Own = Omit<CaseRow, 'id' | 'at'>;
/** Raises a case at a place: the part of its name that is its own, and what it holds. */
export type Raise = (part: string, one: Own) => void;

/** Where work goes well fewer cases take longer than they should. */
export function took(luck: Chance, limit: number, quality: number): number {
  return luck.often(0.55 + quality * 0.42) ? luck.int(2, limit - 1) : limit + luck.int(2, 18);
}

/** The states a case went through on the shortest way from its first one: what its timeline shows. */
export function wayTo(
  type: string,
  state: string,
): readonly { readonly step: string; readonly from: string; readonly to: string }[] {
  const key = `${type}/${state}`;
  const known = ways.get(key);
  if (known) return known;
  const workflow = findWorkflow(type);
  if (!workflow) throw new Error(`The demo tells of cases of type ${type}, which is not declared.`);
  const before = new Map<string, { step: string; from: string; to: string }>();
  const queue = [workflow.initial];
  const seen = new Set(queue);
  for (let at = queue.shift(); at !== undefined; at = queue.shift())
    for (const [step, { from, to }] of Object.entries(workflow.steps))
      if (from.includes(at) && !seen.has(to)) {
        seen.add(to);
        before.set(to, { step, from: at, to });
        queue.push(to);
      }
  const way: { step: string; from: string; to: string }[] = [];
  for (let at = state; at !== workflow.initial; at = way[0]!.from) {
    const last = before.get(at);
    if (!last) throw new Error(`Cases of type ${type} never reach ${state}.`);
    way.unshift(last);
  }
  ways.set(key, way);
  return way;
}

const ways = new Map<string, readonly { step: string; from: string; to: string }[]>();

/** The steps of a case: those that it names, or the shortest way to its state. */
export function wayOf(c: CaseRow): ReturnType<typeof wayTo> {
  if (c.steps === undefined) return wayTo(c.type, c.state);
  const workflow = findWorkflow(c.type)!;
  let from = workflow.initial;
  return c.steps.map((step) => {
    const taken = { step, from, to: workflow.steps[step]!.to };
    from = taken.to;
    return taken;
  });
}
