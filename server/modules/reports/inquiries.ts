import { randomUUID } from 'node:crypto';
import { fewPersons, figures } from '../../../domain/records/facts/index.ts';
import {
  capReason,
  type Column,
  defaultCap,
  type FieldKind,
  inquiryAnswer,
  inquiry as inquiryKind,
  inquiryReason,
} from '../../../domain/reports/index.ts';
import { check, invalid, notFound, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { may, mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { type CaseRow, getCase, listCases, openCase, takeStep } from '../../records/cases/index.ts';
import { getUnit } from '../../records/units/index.ts';
import * as store from './inquiry-store.ts';
import { columnViews, knowledge } from './known.ts';

export interface Composition {
  readonly unitId: number;
  readonly title: string;
  readonly basis: string;
  readonly purpose: string;
  readonly period: string;
  readonly due: string;
  readonly columns: readonly Column[];
  readonly units: readonly number[];
}

export async function addField(
  rq: Rq,
  input: { unitId: number; name: string; kind: FieldKind; unit: string | null; question: string },
) {
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, 'reports.write', unit.path);
  if (Object.values(figures).some((f) => f.words.zh === input.name || f.words.en === input.name))
    throw refuse(inquiryReason('field-in-catalogue', { name: input.name }));
  const field = { ...input, id: randomUUID(), path: unit.path };
  if (!(await store.insertField(rq, field))) throw refuse(inquiryReason('field-same', { name: input.name }));
  await record(rq, {
    verb: 'inquiry.field',
    subject: { kind: 'asked-field', id: field.id },
    path: unit.path,
    after: { name: input.name, kind: input.kind, unit: input.unit, question: input.question },
  });
  return (await store.fieldsById(rq, [field.id]))[0]!;
}

export async function capOf(rq: Rq, path: string): Promise<{ cap: number; capDocument: string | null }> {
  const found = await store.findCap(rq, path);
  return { cap: found?.minutes ?? defaultCap, capDocument: found?.document ?? null };
}

const median = (sorted: readonly number[]) => sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
const monthOf = (rq: Rq) => dayOf(rq.now).slice(0, 7);

/** What is known of each unit below a place, and so what each would be asked. */
async function knownBelow(rq: Rq, path: string, c: Pick<Composition, 'columns' | 'units' | 'period'>) {
  const columns = await columnViews(rq, c.columns);
  const units = await store.askedUnits(rq, path, c.units);
  const ids = units.map((u) => u.id);
  const known = await knowledge(rq, columns, ids, c.period);
  return { columns, rows: units.map((u) => ({ ...u, known: known.get(u.id)! })) };
}

type KnownRows = Awaited<ReturnType<typeof knownBelow>>['rows'];

function minutesOfAll(rows: KnownRows) {
  const minutes = rows.map((r) => r.known.minutes).sort((a, b) => a - b);
  return {
    minutes: minutes.reduce((a, b) => a + b, 0),
    minutesPerUnit: { median: median(minutes), max: minutes.at(-1) ?? 0 },
  };
}

/** Whom a draft would reach if it were sent now; nobody is disturbed who has nothing to fill in. */
async function burdenOfDraft(rq: Rq, c: Awaited<ReturnType<typeof getInquiry>>) {
  const { rows } = await knownBelow(rq, c.unitPath, c.data);
  const asked = rows.filter((r) => r.known.asks.length > 0);
  return { units: rows.length, asked: asked.length, ...minutesOfAll(asked) };
}

/** Everything that is to be known before an inquiry is sent: what it would ask of whom, and what that costs. */
async function weigh(rq: Rq, c: Composition) {
  const unit = await getUnit(rq, c.unitId);
  mustHold(rq, 'reports.write', unit.path);
  if (c.due < dayOf(rq.now)) throw refuse(inquiryReason('inquiry-due-past'));
  const { columns, rows: below } = await knownBelow(rq, unit.path, c);
  if (below.length === 0) throw refuse(inquiryReason('inquiry-nobody'));
  const ids = below.map((u) => u.id);
  const used = new Map((await store.burdenOf(rq, ids, monthOf(rq))).map((b) => [b.unitId, b.minutes]));
  const { cap } = await capOf(rq, unit.path);
  const rows = below.map((u) => ({ ...u, used: used.get(u.id) ?? 0 }));
  const reason = capReason(
    cap,
    rows.map((r) => ({ name: r.name, used: r.used, minutes: r.known.minutes })),
  );
  return { unit, columns, rows, cap, reason };
}

/** The same while it is composed, where a chosen unit that cannot be asked is told with its place. */
async function weighComposed(rq: Rq, c: Composition) {
  const unit = await getUnit(rq, c.unitId);
  const below = new Set((await store.askedUnits(rq, unit.path, c.units)).map((u) => u.id));
  const message = {
    zh: `不是“${unit.name}”辖区内在用的村（社区），请从征询单位中去掉`,
    en: `No village or community in use below “${unit.name}”; take it off the list`,
  };
  const strange = c.units.flatMap((id, i) => (below.has(id) ? [] : [{ path: `body.units.${i}`, message }]));
  if (strange.length > 0) throw invalid(strange);
  return weigh(rq, c);
}

export async function previewInquiry(rq: Rq, c: Composition) {
  const { columns, rows, cap, reason } = await weighComposed(rq, c);
  const cells = rows.length * columns.length;
  const knownCells = rows.reduce((n, r) => n + r.known.known, 0);
  const worst = [...rows].sort((a, b) => b.known.minutes - a.known.minutes).slice(0, 20);
  return {
    units: rows.length,
    cells,
    known: knownCells,
    share: cells === 0 ? 0 : knownCells / cells,
    asked: rows.reduce((n, r) => n + r.known.asks.length, 0),
    ...minutesOfAll(rows),
    cap,
    reason: reason && { code: reason.code, words: reason.words },
    columns: columns.map((column) => ({
      ...column,
      known: rows.filter((r) => r.known.cells[column.name]!.value !== null).length,
    })),
    worst: worst.map((r) => ({
      unitId: r.id,
      unitName: r.name,
      known: r.known.known,
      asked: r.known.asks.length,
      fromRecords: r.known.fromRecords,
      minutes: r.known.minutes,
      used: r.used,
    })),
  };
}

export async function draftInquiry(rq: Rq, c: Composition) {
  const { unit } = await weighComposed(rq, c);
  const opened = await openCase(rq, {
    type: 'inquiry',
    title: c.title,
    unitId: unit.id,
    dueOn: c.due,
    data: dataOf(c),
  });
  return inquiryItem(rq, opened);
}

function dataOf({ basis, purpose, period, due, columns, units }: Omit<Composition, 'unitId' | 'title'>) {
  return { basis, purpose, period, due, columns: [...columns], units: [...new Set(units)] };
}

/** What is asked for, of whom and until when may change while it is a draft, and never after it was sent. */
export async function changeInquiry(rq: Rq, id: string, input: Omit<Composition, 'unitId'>) {
  const c = await getInquiry(rq, id);
  mustHold(rq, 'reports.write', c.unitPath);
  // Whether it is still a draft comes first: what was sent is not weighed again.
  if (c.state === 'drafted') await weighComposed(rq, { ...input, unitId: c.unitId });
  const changed = await takeStep(rq, c, 'change', { title: input.title, dueOn: input.due, data: dataOf(input) });
  return inquiryItem(rq, changed);
}

export async function getInquiry(
  rq: Rq,
  id: string,
): Promise<CaseRow & { data: Omit<Composition, 'unitId' | 'title'> }> {
  const c = await getCase(rq, id);
  // What is still being drafted is the office's own; those below read it once it was sent.
  const hidden = c.state === 'drafted' && !may(rq, 'reports.write', c.unitPath);
  if (c.type !== 'inquiry' || hidden) throw notFound({ zh: '该数据征询', en: 'inquiry' });
  return c as CaseRow & { data: Omit<Composition, 'unitId' | 'title'> };
}

/** Who has answered is not late, however long the others take. */
export const noLongerDue = { dueOn: null } as const;

/**
 * Sends it: those of whom something is asked get an answer to give, with what they are asked and what it costs; of whom
 * everything is known nobody is disturbed, and the known cells stand in the table.
 */
export async function sendInquiry(rq: Rq, id: string) {
  const c = await getInquiry(rq, id);
  const { rows, reason } = await weigh(rq, { ...c.data, unitId: c.unitId, title: c.title });
  mustHold(rq, 'reports.write', c.unitPath);
  check(reason);
  const sent = await takeStep(rq, c, 'send', {});
  for (const row of rows) {
    const { asks, minutes } = row.known;
    const answer = await openCase(rq, {
      type: 'inquiry-answer',
      title: c.title,
      unitId: row.id,
      parentId: c.id,
      ownerUnitId: row.id,
      dueOn: c.data.due,
      data: { asked: asks.map((a) => a.name), minutes, cells: row.known.cells },
    });
    if (asks.length === 0) await takeStep(asItself(rq), answer.id, 'answer', noLongerDue);
  }
  return inquiryItem(rq, sent);
}

/** What follows from sending by itself: an answer that asks nothing is given by what is known. */
function asItself(rq: Rq): Rq {
  return { ...rq, actor: { ...rq.actor, grants: [...rq.actor.grants, { verb: 'facts.write', path: '' }] } };
}

export async function inquiryItem(rq: Rq, c: CaseRow) {
  const data = c.data as unknown as Omit<Composition, 'unitId' | 'title'>;
  const answers = await store.answersOf(rq, c.id);
  const cells = answers.flatMap((a) => Object.values(a.data.cells));
  const known = cells.filter((cell) => cell.from === 'known').length;
  return {
    id: c.id,
    title: c.title,
    unitId: c.unitId,
    unitName: c.unitName,
    state: c.state,
    stateWords: inquiryKind.states[c.state]!.words,
    basis: data.basis,
    purpose: data.purpose,
    period: data.period,
    due: data.due,
    columns: data.columns.length,
    units: answers.length,
    // Who was let go has not answered.
    answered: answers.filter((a) => a.state === 'answered' || a.state === 'accepted').length,
    disputed: cells.filter((cell) => cell.dispute !== undefined).length,
    share: cells.length === 0 ? null : known / cells.length,
    openedAt: c.openedAt,
  };
}

export async function listInquiries(
  rq: Rq,
  query: { under?: number | undefined; open?: boolean | undefined; limit: number; offset: number },
) {
  const underPath = query.under === undefined ? undefined : (await getUnit(rq, query.under)).path;
  const { limit, offset, open } = query;
  const { items, total } = await listCases(rq, { type: 'inquiry', open, underPath, limit, offset, sort: 'opened' });
  const shown = [];
  for (const item of items)
    if (item.state !== 'drafted' || may(rq, 'reports.write', item.unitPath)) shown.push(await inquiryItem(rq, item));
  return { items: shown, total: total - (items.length - shown.length) };
}

/** Adds up what can be added: numbers of units, never texts; ratios are no sums and stay empty. */
function totalsOf(
  names: readonly { name: string; kind: FieldKind; adds: boolean }[],
  answers: readonly store.AnswerRow[],
) {
  return Object.fromEntries(
    names.map(({ name, kind, adds }) => {
      const values = answers.flatMap((a) => a.data.cells[name]?.value ?? []);
      // A sum beside one that is held back would give it away.
      if (!adds || kind === 'text' || values.length === 0 || values.includes(fewPersons)) return [name, null];
      const sum = values.reduce((n, v) => n + Number(v), 0);
      return [name, String(Math.round(sum * 1e6) / 1e6)];
    }),
  );
}

export async function showInquiry(rq: Rq, id: string) {
  const c = await getInquiry(rq, id);
  const columns = await columnViews(rq, c.data.columns);
  const answers = await store.answersOf(rq, id);
  const adds = columns.map((column) => ({
    name: column.name,
    kind: column.kind,
    adds: !column.figure || figures[column.name]!.expr.of === 'fact',
  }));
  return {
    ...(await inquiryItem(rq, c)),
    burden: c.state === 'drafted' ? await burdenOfDraft(rq, c) : null,
    mayManage: may(rq, 'reports.write', c.unitPath),
    only: c.data.units.length === 0 ? [] : await store.namedUnits(rq, c.data.units),
    columnList: columns,
    rows: answers.map((a) => ({
      unitId: a.unitId,
      unitName: a.unitName,
      parentName: a.parentName,
      answerId: a.id,
      state: a.state,
      stateWords: inquiryAnswer.states[a.state]!.words,
      minutes: a.data.minutes,
      cells: a.data.cells,
    })),
    totals: totalsOf(adds, answers),
  };
}

/** What requests cost the villages below a unit in a month, for everybody to see. */
export async function showBurden(rq: Rq, unitId: number, month: string) {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'facts.read', unit.path);
  const units = await store.askedUnits(rq, unit.path, []);
  const found = new Map(
    (
      await store.burdenOf(
        rq,
        units.map((u) => u.id),
        month,
      )
    ).map((b) => [b.unitId, b]),
  );
  return {
    ...(await capOf(rq, unit.path)),
    items: units.map((u) => {
      const { inquiries, fields, minutes } = found.get(u.id) ?? { inquiries: 0, fields: 0, minutes: 0 };
      return { unitId: u.id, unitName: u.name, inquiries, fields, minutes };
    }),
  };
}

export async function setCap(rq: Rq, unitId: number, minutes: number, document: string) {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'stars.cycle', unit.path);
  const before = await capOf(rq, unit.path);
  await store.saveCap(rq, unit, minutes, document);
  await record(rq, {
    verb: 'burden.cap',
    subject: { kind: 'unit', id: unit.id },
    path: unit.path,
    before: { minutes: before.cap },
    after: { minutes, document },
  });
  return { cap: minutes };
}
