import type { z } from 'zod';
import type { AgendaItem, itemOutcome } from '../../../domain/records/events/contract.ts';

/** What is typed about an item of a meeting before it is sent. */
export interface Outcome {
  readonly minute: string;
  readonly skippedReason: string;
  readonly decision: { text: string; ownerPersonId?: string; dueOn?: string; condition?: string } | null;
}

export const emptyOutcome: Outcome = { minute: '', skippedReason: '', decision: null };

interface Added {
  readonly key: string;
  readonly title: string;
}

/** The title of the first item whose decision nobody has; null when each has an owner. */
export function ownerless(items: readonly Added[], outcomes: Readonly<Record<string, Outcome>>): string | null {
  const found = items.find((i) => {
    const decision = outcomes[i.key]?.decision;
    return decision && decision.text.trim() !== '' && !decision.ownerPersonId;
  });
  return found ? found.title : null;
}

function said(o: Outcome): Omit<z.input<typeof itemOutcome>, 'id' | 'title'> {
  const { decision } = o;
  const decided = decision && decision.text.trim() !== '' ? { decision } : {};
  if (o.minute.trim()) return { minute: o.minute.trim(), ...decided };
  if (o.skippedReason.trim()) return { skippedReason: o.skippedReason.trim() };
  return decided;
}

/** What is sent: of each item what was said, skipped or decided; items of which nothing was said are left as they are. */
export function outcomesOf(
  agenda: readonly AgendaItem[],
  added: readonly Added[],
  outcomes: Readonly<Record<string, Outcome>>,
): z.input<typeof itemOutcome>[] {
  const there = agenda.flatMap((i) => {
    const o = said(outcomes[i.id] ?? emptyOutcome);
    return Object.keys(o).length === 0 ? [] : [{ id: i.id, ...o }];
  });
  const risen = added
    .filter((i) => i.title.trim() !== '')
    .map((i) => ({ title: i.title.trim(), ...said(outcomes[i.key] ?? emptyOutcome) }));
  return [...there, ...risen];
}
