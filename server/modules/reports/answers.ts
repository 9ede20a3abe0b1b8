import { randomUUID } from 'node:crypto';
import { isMetric, tidyDecimal } from '../../../domain/records/facts/index.ts';
import { type Cell, inquiryAnswer, inquiryReason } from '../../../domain/reports/index.ts';
import { listed } from '../../../domain/words.ts';
import { invalid, notFound, refuse } from '../../platform/errors.ts';
import { may, mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { type CaseRow, getCase, listTimeline, takeStep } from '../../records/cases/index.ts';
import { enterFact } from '../../records/facts/index.ts';
import { getInquiry, inquiryItem, noLongerDue } from './inquiries.ts';
import * as store from './inquiry-store.ts';
import { type Ask, columnViews, knowledge } from './known.ts';

interface AnswerData {
  readonly asked: readonly string[];
  readonly minutes: number;
  readonly cells: Readonly<Record<string, Cell>>;
}

export type AnswerCase = CaseRow & { data: AnswerData };

export async function getAnswer(rq: Rq, id: string): Promise<AnswerCase> {
  const c = await getCase(rq, id);
  if (c.type !== 'inquiry-answer') throw notFound({ zh: '该答复', en: 'answer' });
  return c as unknown as AnswerCase;
}

async function lastReturn(rq: Rq, answer: CaseRow): Promise<string | null> {
  if (answer.state !== 'asked') return null;
  const { items } = await listTimeline(rq, answer.id, { limit: 50, offset: 0 });
  return items.filter((e) => e.step === 'return').at(-1)?.reason ?? null;
}

/** A dispute stands as long as the value does that it is about. */
function stillDisputed(cell: Cell, kept: Cell | undefined): Pick<Cell, 'dispute'> {
  return kept?.dispute && kept.dispute.of === cell.value ? { dispute: kept.dispute } : {};
}

/** The form: what is known now, also since it was asked, with day and source; only what is still unknown asks. */
export async function showAnswer(rq: Rq, id: string) {
  const answer = await getAnswer(rq, id);
  const inquiry = await getInquiry(rq, answer.parentId!);
  const columns = await columnViews(rq, inquiry.data.columns);
  const now = (await knowledge(rq, columns, [answer.unitId], inquiry.data.period)).get(answer.unitId)!;
  const open = answer.state === 'asked';
  const asked = new Set(open ? now.asks.map((a) => a.name) : []);
  return {
    id,
    inquiryId: inquiry.id,
    title: inquiry.title,
    basis: inquiry.data.basis,
    purpose: inquiry.data.purpose,
    asker: inquiry.raisedByName ?? inquiry.unitName,
    unitId: answer.unitId,
    unitName: answer.unitName,
    period: inquiry.data.period,
    // What was given back is due on a day of its own.
    due: answer.dueOn ?? inquiry.data.due,
    state: answer.state,
    stateWords: inquiryAnswer.states[answer.state]!.words,
    returned: await lastReturn(rq, answer),
    mayDispute: (open || answer.state === 'answered') && may(rq, 'facts.write', answer.unitPath),
    mayReturn: answer.state === 'answered' && may(rq, 'reports.write', inquiry.unitPath),
    minutes: answer.data.minutes,
    columns: columns.map((column) => {
      const kept = answer.data.cells[column.name];
      const known = now.cells[column.name]!;
      const shown = open ? { ...known, ...stillDisputed(known, kept) } : { source: null, ...kept! };
      return { ...column, cell: { ...shown, asked: column.asks.some((a) => asked.has(a.name)) } };
    }),
  };
}

/** A text as a value of its kind; what does not fit is said at its place. */
export function valueOf(ask: Ask, given: string): { value: string } | { zh: string; en: string } {
  if (ask.kind === 'text') return { value: given };
  const value = tidyDecimal(given.trim());
  if (value === null) return { zh: `“${given.slice(0, 40)}”不是数字`, en: `“${given.slice(0, 40)}” is not a number` };
  if (ask.kind === 'yes' && value !== '0' && value !== '1')
    return { zh: '只能填 1（是）或 0（否）', en: 'Only 1 (yes) or 0 (no)' };
  // A metric says itself whether it may be negative; a field of an office's own is a number of things.
  if (!isMetric(ask.name) && value.startsWith('-')) return inquiryReason('field-negative', { name: ask.words }).words;
  return { value };
}

/** What the village was shown and let stand is confirmed by its answer; what it disputes stays in dispute. */
function looked(cell: Cell, kept: Cell | undefined): Cell {
  const dispute = stillDisputed(cell, kept);
  return dispute.dispute ? { ...cell, ...dispute } : { ...cell, confirmed: true };
}

/**
 * Gives the answer: each number becomes a fact of the unit (or a value of the office's field), so that nobody asks for it
 * again; the cells of the table are what then stands. Nothing is written when one value does not fit.
 */
export async function giveAnswer(
  rq: Rq,
  id: string,
  input: { asOf: string; source: string; values: Readonly<Record<string, string>> },
) {
  const answer = await getAnswer(rq, id);
  mustHold(rq, 'facts.write', answer.unitPath);
  if (answer.state !== 'asked') throw refuse(inquiryReason('inquiry-not-open'));
  const inquiry = await getInquiry(rq, answer.parentId!);
  const { period, columns: chosen } = inquiry.data;
  const columns = await columnViews(rq, chosen);
  const before = (await knowledge(rq, columns, [answer.unitId], period)).get(answer.unitId)!;
  const missing = before.asks.filter((a) => !Object.hasOwn(input.values, a.name));
  if (missing.length > 0)
    throw refuse(
      inquiryReason('inquiry-missing', {
        count: missing.length,
        names: listed(missing.slice(0, 3).map((a) => a.words)),
      }),
    );
  const asOf = input.asOf <= dayOf(rq.now) ? input.asOf : dayOf(rq.now);
  const given = readValues(before.asks, input.values);
  for (const [name, value] of given) {
    const fact = { unitId: answer.unitId, period, value, asOf, source: input.source };
    if (isMetric(name)) await enterFact(rq, { ...fact, metric: name, document: null });
    else
      await store.saveAskedValue(rq, { ...fact, id: randomUUID(), fieldId: name, path: answer.unitPath, caseId: id });
  }
  const after = (await knowledge(rq, columns, [answer.unitId], period)).get(answer.unitId)!;
  const cells = Object.fromEntries(
    Object.entries(after.cells).map(([name, cell]) => {
      if (cell.value === null) return [name, cell];
      if (before.cells[name]!.from === 'known') return [name, looked(cell, answer.data.cells[name])];
      // What is worked out of the given numbers has no source of its own; it is from where they are.
      return [name, { ...cell, source: cell.source ?? input.source, from: 'given' } as const];
    }),
  );
  await takeStep(rq, id, 'answer', { data: { cells }, ...noLongerDue });
  return showAnswer(rq, id);
}

function readValues(asks: readonly Ask[], values: Readonly<Record<string, string>>): Map<string, string> {
  const read = new Map<string, string>();
  const wrong: { path: string; message: { zh: string; en: string } }[] = [];
  for (const ask of asks) {
    const value = valueOf(ask, values[ask.name]!);
    if ('value' in value) read.set(ask.name, value.value);
    else wrong.push({ path: `body.values.${ask.name}`, message: value });
  }
  if (wrong.length > 0) throw invalid(wrong);
  return read;
}

export async function returnAnswer(rq: Rq, id: string, reason: string) {
  const answer = await getAnswer(rq, id);
  mustHold(rq, 'reports.write', (await getInquiry(rq, answer.parentId!)).unitPath);
  await takeStep(rq, answer, 'return', { reason });
  return showAnswer(rq, id);
}

/** Accepts what was answered and closes; those who have not answered are let off, for a reason. */
export async function closeInquiry(rq: Rq, id: string, reason: string | undefined) {
  const inquiry = await getInquiry(rq, id);
  mustHold(rq, 'reports.write', inquiry.unitPath);
  const answers = await store.answersOf(rq, id);
  const open = answers.filter((a) => a.state === 'asked');
  if (inquiry.state === 'sent' && open.length > 0 && !reason)
    throw refuse(inquiryReason('inquiry-unanswered', { count: open.length }));
  const closed = await takeStep(rq, inquiry, 'close', { reason });
  for (const a of answers) {
    if (a.state === 'answered') await takeStep(rq, a.id, 'accept', {});
    if (a.state === 'asked') await takeStep(rq, a.id, 'drop', {});
  }
  return inquiryItem(rq, closed);
}

export async function cancelInquiry(rq: Rq, id: string, reason: string) {
  const inquiry = await getInquiry(rq, id);
  mustHold(rq, 'reports.write', inquiry.unitPath);
  const cancelled = await takeStep(rq, inquiry, 'cancel', { reason });
  for (const a of await store.answersOf(rq, id))
    if (a.state === 'asked' || a.state === 'answered') await takeStep(rq, a.id, 'drop', {});
  return inquiryItem(rq, cancelled);
}
