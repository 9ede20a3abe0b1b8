import type { SubjectLink } from '../../../domain/records/subjects/index.ts';
import type { Reason } from '../../../domain/words.ts';
import type { Rq } from '../../platform/rq.ts';
import { listParts } from './store.ts';
import { itemOf, type SubjectRow } from './rows.ts';

/** How a module above tells which of its records name a subject, as far as the actor may read them. */
export type LinkSource = (rq: Rq, subjectId: string, limit: number) => Promise<SubjectLink[]>;
/** Why something above does not let an entry end; null when it does. */
export type EndingRule = (rq: Rq, subjectId: string) => Promise<Reason | null>;

const sources = new Map<string, LinkSource>();
const rules = new Map<string, EndingRule>();

/** Wired in app.ts; a later one of the same name takes the place of an earlier. */
export function onLinks(name: string, source: LinkSource): void {
  sources.set(name, source);
}

export function onEnding(name: string, rule: EndingRule): void {
  rules.set(name, rule);
}

export async function endingReason(rq: Rq, subjectId: string): Promise<Reason | null> {
  for (const rule of rules.values()) {
    const reason = await rule(rq, subjectId);
    if (reason) return reason;
  }
  return null;
}

const linkOf = (row: SubjectRow): SubjectLink => {
  const { id, kind, kindWords, name: title, state, stateWords, fromDay: onDay } = itemOf(row);
  return { record: 'subject', id, kind, kindWords, title, state, stateWords, onDay };
};

/** The entries that belong to it first, then what each module has. */
export async function linksOf(rq: Rq, subject: SubjectRow, limit: number): Promise<SubjectLink[]> {
  const links = (await listParts(rq, subject.id, limit)).map(linkOf);
  for (const source of sources.values()) {
    if (links.length >= limit) break;
    links.push(...(await source(rq, subject.id, limit - links.length)));
  }
  return links.slice(0, limit);
}
