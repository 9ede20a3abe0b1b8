import { randomInt } from 'node:crypto';
import {
  canChange,
  canRenew,
  canSign,
  canSignFor,
  type FilledReport,
  parseBody,
  reportReason,
  type Template,
  typedNumber,
  withoutReferences,
} from '../../../domain/reports/index.ts';
import { check, invalid, notFound, refuse } from '../../platform/errors.ts';
import { canonical } from '../../platform/journal.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { isFigure } from '../../../domain/records/facts/index.ts';
import { namesIn } from '../../records/people/index.ts';
import {
  changeDraft,
  draftPublication,
  getPublication,
  type PublicationRow,
  publish,
  refusePersonalData,
  replacePublication,
} from '../../records/publications/index.ts';
import { getUnit } from '../../records/units/index.ts';
import { sm3Text } from './digest.ts';
import { fillReport } from './fill.ts';
import { getTemplate } from './templates.ts';

/** What a report keeps: a draft its words, a signed one also its numbers. */
export interface ReportBody {
  readonly template: string;
  readonly period: string;
  readonly text: string;
  readonly signedBy?: string;
  readonly code?: string;
  readonly digest?: string;
  readonly filled?: FilledReport;
}

export const kind = 'report';

export function bodyOf(row: PublicationRow): ReportBody {
  return row.body as unknown as ReportBody;
}

export async function getReport(rq: Rq, id: string): Promise<PublicationRow> {
  const row = await getPublication(rq, id);
  if (row.kind !== kind) throw notFound({ zh: '该报告', en: 'report' });
  mustHold(rq, 'records.read', row.unitPath);
  return row;
}

/** The words of a report may say what they like, except a person's name or number and a count that no record stands behind. */
async function refuseWords(rq: Rq, title: string, text: string): Promise<void> {
  refusePersonalData({ title, body: text });
  const { faults } = parseBody(text, isFigure);
  if (faults.length > 0)
    throw invalid(faults.slice(0, 50).map((f) => ({ path: `body.text:${f.line}`, message: f.message })));
  const typed = typedNumber(text);
  if (typed !== null) throw refuse(reportReason('report-typed-number', { text: typed }));
  const names = await namesIn(rq, `${title}\n${withoutReferences(text)}`);
  if (names.length > 0)
    throw invalid(
      names.map((name) => ({
        path: 'body.text',
        message: {
          zh: `含有个人姓名“${name}”：没有本人同意公开，请改用职务。`,
          en: `It names “${name}”: without consent to publish, use the post instead.`,
        },
      })),
    );
}

/** Fills a template for a unit from the records as they stand now; nothing is kept. */
export async function fillTemplate(rq: Rq, unitId: number, templateId: string, period: string): Promise<FilledReport> {
  const template = getTemplate(templateId);
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'records.read', unit.path);
  if (!template.for.includes(unit.type)) throw refuse(reportReason('report-not-for', { name: unit.name }));
  return fillReport(rq, unit, {
    template: templateId,
    title: titleOf(template, unit.name),
    blocks: template.blocks,
    period,
  });
}

/** The heading of the template with the unit's name in it. */
function titleOf(template: Template, unitName: string): string {
  const heading = template.blocks.find((block) => block.kind === 'title');
  const words = heading?.pieces.map((piece) => ('text' in piece ? piece.text : 'unitName' in piece ? unitName : ''));
  return words?.join('') ?? template.title.zh;
}

export async function draftReport(
  rq: Rq,
  input: { unitId: number; template: string; period: string; title?: string | undefined; text?: string | undefined },
) {
  const template = getTemplate(input.template);
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, 'reports.write', unit.path);
  if (!template.for.includes(unit.type)) throw refuse(reportReason('report-not-for', { name: unit.name }));
  const title = input.title ?? titleOf(template, unit.name);
  const text = input.text ?? template.text;
  if (input.text !== undefined) await refuseWords(rq, title, text);
  const body: ReportBody = { template: input.template, period: input.period, text };
  const row = await draftPublication(
    rq,
    { kind, unitId: unit.id, title, audience: 'staff', body: { ...body } },
    'reports.write',
  );
  return showReport(rq, row);
}

/** A draft is filled anew whenever it is looked at; a signed report shows what was signed. */
export async function showReport(rq: Rq, row: PublicationRow) {
  const body = bodyOf(row);
  const unit = await getUnit(rq, row.unitId);
  const filled = body.filled ?? (await fillText(rq, row, unit));
  return { ...itemOf(row, filled.blanks), unitType: unit.type, unitPath: unit.path, text: body.text, filled };
}

export function itemOf(row: PublicationRow, blanks: number) {
  const { template, period, signedBy, code } = bodyOf(row);
  return {
    id: row.id,
    template,
    unitId: row.unitId,
    unitName: row.unitName,
    period,
    title: row.title,
    version: row.version,
    signedAt: row.publishedAt,
    signedBy: signedBy ?? null,
    code: code ?? null,
    blanks,
    replacedBy: row.replacedBy,
  };
}

async function fillText(rq: Rq, row: PublicationRow, unit: { id: number; name: string }): Promise<FilledReport> {
  const { template, period, text } = bodyOf(row);
  return fillReport(rq, unit, { template, title: row.title, blocks: parseBody(text, isFigure).blocks, period });
}

const facts = (row: PublicationRow) => ({ signedAt: row.publishedAt, replacedBy: row.replacedBy });

export async function changeReport(rq: Rq, id: string, next: { title: string; text: string }) {
  const row = await getReport(rq, id);
  mustHold(rq, 'reports.write', row.unitPath);
  check(canChange(facts(row)));
  await refuseWords(rq, next.title, next.text);
  const body = { ...bodyOf(row), text: next.text };
  return showReport(rq, await changeDraft(rq, id, { title: next.title, body }, 'reports.write'));
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Twelve letters without I, L, O and U: read from paper and typed without mistakes; sixty bits cannot be guessed. */
function newCode(): string {
  const part = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return `${part()}-${part()}-${part()}`;
}

/** Freezes the numbers as they are now. From here on the report answers for itself, and its code leads back to it. */
export async function signReport(rq: Rq, id: string, blanksAccepted: number) {
  const row = await getReport(rq, id);
  mustHold(rq, 'reports.sign', row.unitPath);
  check(canChange(facts(row)));
  const unit = await getUnit(rq, row.unitId);
  check(canSignFor(unit, rq.actor.grants));
  const filled = await fillText(rq, row, unit);
  check(canSign(facts(row), filled.blanks, blanksAccepted));
  await refuseWords(rq, row.title, bodyOf(row).text);
  const digest = sm3Text(canonical({ title: row.title, blocks: filled.blocks, figures: filled.figures }));
  const body = { ...bodyOf(row), filled, digest, code: newCode(), signedBy: rq.actor.name };
  await changeDraft(rq, id, { title: row.title, body }, 'reports.sign');
  return showReport(rq, await publish(rq, id, 'reports.sign'));
}

export async function renewReport(rq: Rq, id: string) {
  const row = await getReport(rq, id);
  mustHold(rq, 'reports.write', row.unitPath);
  check(canRenew(facts(row)));
  const { template, period, text } = bodyOf(row);
  const next = { title: row.title, audience: 'staff' as const, closesOn: null, body: { template, period, text } };
  return showReport(rq, await replacePublication(rq, id, next, 'reports.write'));
}
