import { amountText } from '../records/ledgers/amounts.ts';
import type { FieldWords } from '../records/subjects/kind.ts';
import { listed, type Reason, reasons } from '../words.ts';
import { findWorkClass, keptFields } from './classes.ts';

export const workReason = reasons({
  'project-land-open': {
    zh: '用地（权利人）尚未同意，不能开工；取得同意后请先更新项目资料。',
    en: 'The consent to the use of land is still open: work does not begin before it is given.',
  },
  'project-plot-open': {
    zh: '地块“{name}”的权利人尚未同意，不能动工。',
    en: 'The owner of the plot “{name}” has not agreed: work does not begin.',
  },
  'project-field-lacking': {
    zh: '请先在项目资料中填写“{field}”。',
    en: 'Say “{fieldEn}” in the facts of the project first.',
  },
  'project-change-open': {
    zh: '设计变更“{title}”尚未办结，不能验收。',
    en: 'The change of design “{title}” is still open: nothing is accepted before it is decided.',
  },
  'project-cost-unexplained': {
    zh: '实际支出 {actual} 元，超出预算 {over} 元；请先说明差异并附佐证。',
    en: 'CNY {actual} were spent, CNY {over} more than the budget: say why first, with evidence.',
  },
  'project-budget-fixed': {
    zh: '批准后的预算不能改动；实际与预算不一致的，请说明差异。',
    en: 'An approved budget is not changed; say instead why cost and budget differ.',
  },
  'project-vote-open': {
    zh: '该项目由群众表决决定，表决结果尚未确认。',
    en: 'Residents decide this project, and their vote is not locked yet.',
  },
  'project-kept-field': {
    zh: '“群众选定方案”和差异说明由相应业务产生，不能直接填写或改动。',
    en: 'What residents chose and why costs differ come from their own steps; nobody types them in or changes them.',
  },
  'project-no-place': {
    zh: '请先登记并选择移交为哪一处设施（{kinds}）。',
    en: 'Register the place and say as which entry it is handed over ({kinds}).',
  },
  'project-other-place': {
    zh: '“{name}”不属于本项目所在单位，或类别、状态不符。',
    en: '“{name}” is no entry of this place, of another kind, or ended.',
  },
  'project-not-disclosed': {
    zh: '结果尚未公开：请先在项目页发布结果公示。',
    en: 'The result is not published yet: publish it on the page of the project first.',
  },
});

type Data = Readonly<Record<string, unknown>>;
const filled = (value: unknown) =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** The first field of a class that nothing is said in. */
function lacking(names: readonly string[], data: Data, fields: Readonly<Record<string, FieldWords>>): Reason | null {
  const name = names.find((n) => !filled(data[n]));
  if (name === undefined) return null;
  const words = fields[name]!.words;
  return workReason('project-field-lacking', { field: words.zh, fieldEn: words.en });
}

export interface WorkFacts {
  readonly data: Data;
  readonly fields: Readonly<Record<string, FieldWords>>;
  /** A plot that it renews. */
  readonly plot: { readonly name: string; readonly consented: boolean } | null;
  readonly openChange: { readonly title: string } | null;
  readonly budgetFen: number | null;
  readonly actualFen: number | null;
  /** Published for everyone about it. */
  readonly disclosed: boolean;
}

/** On land and plots that somebody has not agreed to give, work does not begin (M299, M334); what its class needs is known. */
export function canBuild(w: Pick<WorkFacts, 'data' | 'fields' | 'plot'>): Reason | null {
  if (w.data['landConsent'] === 'open') return workReason('project-land-open');
  if (w.plot && !w.plot.consented) return workReason('project-plot-open', { name: w.plot.name });
  return lacking(findWorkClass(w.data['class'])?.before ?? [], w.data, w.fields);
}

/** Who spends more than was approved says why, before anybody accepts it (M338). */
export function explained(w: Pick<WorkFacts, 'data' | 'budgetFen' | 'actualFen'>): Reason | null {
  const { budgetFen, actualFen } = w;
  if (budgetFen === null || actualFen === null || actualFen <= budgetFen || filled(w.data['differenceReason']))
    return null;
  return workReason('project-cost-unexplained', {
    actual: amountText('fen', actualFen),
    over: amountText('fen', actualFen - budgetFen),
  });
}

export function canAccept(w: WorkFacts): Reason | null {
  const measured = lacking(findWorkClass(w.data['class'])?.measures ?? [], w.data, w.fields);
  if (measured) return measured;
  if (w.openChange) return workReason('project-change-open', { title: w.openChange.title });
  return explained(w);
}

export interface Place {
  readonly name: string;
  readonly kind: string;
  readonly unitPath: string;
  readonly ended: boolean;
}

/** What is built to be used is handed over as an entry of the register, in which its later use is kept (M303, M306, M308). */
export function canHandOver(
  w: WorkFacts,
  unitPath: string,
  place: Place | null,
  kindWords: (kind: string) => { readonly zh: string; readonly en: string },
): Reason | null {
  const into = findWorkClass(w.data['class'])?.into ?? [];
  if (!place) {
    if (into.length === 0) return explained(w);
    return workReason('project-no-place', { kinds: listed(into.map(kindWords)) });
  }
  const fits = (into.length === 0 || into.includes(place.kind)) && !place.ended && place.unitPath.startsWith(unitPath);
  return fits ? explained(w) : workReason('project-other-place', { name: place.name });
}

export const canPublish = (w: WorkFacts): Reason | null =>
  explained(w) ?? (w.disclosed ? null : workReason('project-not-disclosed'));

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
/** States in which a project waits for its approval; from then on its budget stands. */
const undecided = ['proposed', 'deliberated'];

/** Which fields stand: the budget from its approval on, and always what a vote or an explanation has set (M336, M338). */
export function keepsFields(state: string | null, was: Data, is: Data, byModule: boolean): Reason | null {
  if (!byModule && keptFields.some((f) => !same(was[f], is[f]))) return workReason('project-kept-field');
  const fixed = state !== null && !undecided.includes(state) && !same(was['budgetFen'], is['budgetFen']);
  return fixed ? workReason('project-budget-fixed') : null;
}
