import { classWords } from '../../../domain/projects/index.ts';
import { workflowOf } from '../../../domain/records/cases/all.ts';
import { amountText } from '../../../domain/records/ledgers/index.ts';
import { notFound } from '../../platform/errors.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { type CaseRow, getCase, takeStep } from '../../records/cases/index.ts';
import { draftPublication, publish } from '../../records/publications/index.ts';
import { type Acceptance, listAcceptances, listProjectsById, type ProjectRow } from './store.ts';
import { listProgrammes } from './works-store.ts';

const yuan = (fen: number | null) => (fen === null ? '尚无记录' : `${amountText('fen', fen)} 元`);
const stage = (c: CaseRow) => workflowOf(c.type).states[c.state]!.words.zh;
const said = (c: CaseRow, name: string) => (typeof c.data[name] === 'string' ? c.data[name] : null);
const only = (lines: readonly (string | false | null | undefined)[]) => lines.filter((l): l is string => Boolean(l));

/** What everybody may know of a work: where it stands, what it cost, how it was accepted. No name of a person is in it. */
function workTold(c: CaseRow, row: ProjectRow | undefined, acceptance: Acceptance | undefined): string[] {
  const kind = said(c, 'class');
  const measured = only([
    typeof c.data['lengthM'] === 'number' && `长度 ${c.data['lengthM']} 米`,
    typeof c.data['connected'] === 'number' && `接入 ${c.data['connected']} 户`,
    typeof c.data['households'] === 'number' && `受益 ${c.data['households']} 户`,
  ]);
  return only([
    kind !== null && `类别：${classWords[kind as keyof typeof classWords].zh}`,
    `阶段：${stage(c)}`,
    said(c, 'approvedOption') && `群众选定方案：${said(c, 'approvedOption')}`,
    `预算：${yuan(row?.budgetFen ?? null)}`,
    `到位：${yuan(row?.receivedFen ?? null)}`,
    `实际支出：${yuan(row?.actualFen ?? null)}`,
    (row?.contributedFen ?? 0) > 0 && `群众投工投料折价：${yuan(row!.contributedFen)}`,
    said(c, 'differenceReason') && `差异说明：${said(c, 'differenceReason')}`,
    measured.length > 0 && `工程量：${measured.join('，')}`,
    acceptance && `验收：${dayOf(acceptance.at)}${acceptance.reason ? `，${acceptance.reason}` : ''}`,
    said(c, 'supervisedBy') && `群众监督：${said(c, 'supervisedBy')}`,
  ]);
}

async function tellWork(rq: Rq, c: CaseRow): Promise<string[]> {
  const [row] = await listProjectsById(rq, [c.id]);
  const [acceptance] = await listAcceptances(rq, [c.id]);
  return workTold(c, row, acceptance);
}

async function tellProgramme(rq: Rq, c: CaseRow): Promise<string[]> {
  const { items } = await listProgrammes(rq, { ids: [c.id], limit: 1, offset: 0 });
  const p = items[0]!;
  return only([
    `阶段：${stage(c)}`,
    said(c, 'scope') && `建设内容：${said(c, 'scope')}`,
    typeof c.data['budgetFen'] === 'number' && `计划预算：${yuan(c.data['budgetFen'])}`,
    `工程：共 ${p.works} 项，已完成 ${p.done} 项`,
    `工程预算合计：${yuan(p.worksBudgetFen)}`,
    `实际支出合计：${yuan(p.actualFen)}`,
    said(c, 'supervisedBy') && `群众监督：${said(c, 'supervisedBy')}`,
  ]);
}

const tellers: Readonly<Record<string, (rq: Rq, c: CaseRow) => Promise<string[]>>> = {
  project: tellWork,
  'micro-renewal': tellWork,
  programme: tellProgramme,
};

const titleOf = (c: CaseRow, result: boolean) => `${c.title}${result ? '结果公示' : '进展公示'}`.slice(0, 200);
const textOf = (lines: readonly string[], day: string) => [...lines, `数据截至 ${day}。`].join('\n');

async function show(rq: Rq, c: CaseRow, result: boolean, note: string | undefined) {
  const told = tellers[c.type];
  if (!told) throw notFound({ zh: '该项目', en: 'project' });
  const text = textOf([...(await told(rq, c)), ...(note ? [note] : [])], dayOf(rq.now));
  const draft = await draftPublication(rq, {
    kind: 'notice',
    unitId: c.unitId,
    title: titleOf(c, result),
    audience: 'public',
    caseId: c.id,
    body: { text },
  });
  const shown = await publish(rq, draft.id);
  return { id: shown.id, title: shown.title, publishedAt: shown.publishedAt!, text };
}

/** Publishes where a work or programme stands, in figures of the books. A work that is handed over is finished with it (M036). */
export async function disclose(rq: Rq, id: string, note: string | undefined) {
  const c = await getCase(rq, id);
  const result = c.type === 'project' && c.state === 'handed-over';
  const shown = await show(rq, c, result, note);
  if (result) await takeStep(rq, c, 'publish');
  return shown;
}

/** What is said of works that are finished already, of two hundred at most, for records that are laid as a whole. */
export async function resultsOf(rq: Rq, ids: readonly string[]) {
  const rows = await listProjectsById(rq, ids);
  const accepted = new Map((await listAcceptances(rq, ids)).map((a) => [a.caseId, a]));
  return rows.map((c) => ({
    caseId: c.id,
    title: titleOf(c, true),
    text: textOf(workTold(c, c, accepted.get(c.id)), dayOf(c.closedAt ?? rq.now)),
  }));
}
