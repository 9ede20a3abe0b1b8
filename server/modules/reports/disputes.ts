import { isMetric, metrics, tidyDecimal, valueReason } from '../../../domain/records/facts/index.ts';
import { type Cell, inquiryReason } from '../../../domain/reports/index.ts';
import type { Words } from '../../../domain/words.ts';
import { invalid, notFound, refuse } from '../../platform/errors.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { changeCaseDataAs } from '../../records/cases/index.ts';
import { type AnswerCase, getAnswer, showAnswer, valueOf } from './answers.ts';
import { getInquiry } from './inquiries.ts';
import { type ColumnView, columnViews, knowledge } from './known.ts';

/** The cell that a village is shown: of what is still open as it is known now, afterwards as it was answered. */
async function cellOf(rq: Rq, answer: AnswerCase, name: string): Promise<{ column: ColumnView; cell: Cell }> {
  const { columns: chosen, period } = (await getInquiry(rq, answer.parentId!)).data;
  const columns = await columnViews(rq, chosen);
  const column = columns.find((c) => c.name === name);
  if (!column) throw notFound({ zh: '该项', en: 'column' });
  const kept = answer.data.cells[name];
  if (answer.state !== 'asked') return { column, cell: kept! };
  const now = (await knowledge(rq, columns, [answer.unitId], period)).get(answer.unitId)!.cells[name]!;
  return { column, cell: kept?.dispute ? { ...now, dispute: kept.dispute } : now };
}

async function openAnswer(rq: Rq, id: string): Promise<AnswerCase> {
  const answer = await getAnswer(rq, id);
  mustHold(rq, 'facts.write', answer.unitPath);
  if (answer.state !== 'asked' && answer.state !== 'answered') throw refuse(inquiryReason('inquiry-not-open'));
  return answer;
}

const unchanged: Words = { zh: '与现有数值相同', en: 'This is the value that is held now' };
const derived: Words = {
  zh: '该数由记录得出，不能手填：请留空，在理由中说明哪条记录有误，并更正该记录',
  en: 'Counted from records and never typed in: leave it empty, say in the reason which record is wrong, and correct it',
};

/** The value that is held to be right, tidied; what does not fit is said at its place. */
function rightOf(column: ColumnView, shown: string, given: string | null): string | null {
  if (given === null) return null;
  const wrong = (message: Words) => invalid([{ path: 'body.right', message }]);
  const [ask] = column.asks;
  if (!column.entered || !ask) throw wrong(derived);
  const unfit = isMetric(ask.name) ? valueReason(metrics[ask.name], given) : null;
  if (unfit) throw wrong(unfit.words);
  const read = valueOf(ask, given);
  if (!('value' in read)) throw wrong(read);
  if (read.value === (tidyDecimal(shown) ?? shown)) throw wrong(unchanged);
  return read.value;
}

async function keep(rq: Rq, answer: AnswerCase, name: string, cell: Cell, reason?: string) {
  await changeCaseDataAs(rq, answer, { cells: { ...answer.data.cells, [name]: cell } }, reason);
  return showAnswer(rq, answer.id);
}

/**
 * The village holds a value that it is shown to be wrong. The value stays what it is: who asked reads the reason beside it,
 * and it is corrected where it is kept, with a reason of its own.
 */
export async function disputeCell(
  rq: Rq,
  id: string,
  name: string,
  input: { readonly reason: string; readonly right: string | null },
) {
  const answer = await openAnswer(rq, id);
  const { column, cell } = await cellOf(rq, answer, name);
  if (cell.value === null) throw refuse(inquiryReason('dispute-nothing', { name: column.words }));
  if (cell.from === 'given') throw refuse(inquiryReason('dispute-own', { name: column.words }));
  const { confirmed: _, ...shown } = cell;
  const right = rightOf(column, cell.value, input.right);
  const dispute = { reason: input.reason, right, of: cell.value };
  return keep(rq, answer, name, { ...shown, dispute }, input.reason);
}

/** Takes it back: the village has looked at the value and lets it stand. */
export async function takeBack(rq: Rq, id: string, name: string) {
  const answer = await openAnswer(rq, id);
  const { column, cell } = await cellOf(rq, answer, name);
  const { dispute, ...shown } = cell;
  if (!dispute) throw refuse(inquiryReason('dispute-none', { name: column.words }));
  return keep(rq, answer, name, answer.state === 'answered' ? { ...shown, confirmed: true } : shown);
}
