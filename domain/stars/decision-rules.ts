import { type Reason, reasons } from '../words.ts';

export const decisionReason = reasons({
  'proposal-state': {
    zh: '名单当前状态为“{state}”，不能办理此项。',
    en: 'The list is “{state}”; this is not possible now.',
  },
  'proposal-empty': {
    zh: '没有达到等级的创建对象，不能形成名单。',
    en: 'No candidate reaches a level; there is no list.',
  },
  'proposal-pending': { zh: '已有一份待表决或公示中的名单。', en: 'There is a list already, undecided or publicised.' },
  'proposal-approvers': {
    zh: '“{name}”只有 {count} 名未回避人员同意，需要 {needed} 名。',
    en: '“{name}” has {count} approvals by people who need not stand aside; {needed} are needed.',
  },
  'proposal-refused': { zh: '{count} 名决定人员不同意。', en: '{count} of those who decide refuse.' },
  'decide-not-body': {
    zh: '名单和排名仅供县级决定机构人员查看和表决。',
    en: 'The list and its ranks are for the county body that decides.',
  },
  'publicity-running': {
    zh: '公示期至 {day}，期满后方可命名。',
    en: 'The publicity period runs until {day}; naming comes after it.',
  },
  'publicity-not-started': {
    zh: '名单尚未公示，不能命名。',
    en: 'The list has not been publicised; nothing can be named.',
  },
  'publicity-unsure': {
    zh: '公示期内有年份的节假日安排尚未发布，不能确认期满；请先在工作日历中录入。',
    en: 'Holidays of a year in the period are not published, so its end cannot be confirmed; enter them in the calendar first.',
  },
  'naming-day': {
    zh: '命名日期 {day} 不能早于公示期满（{until}）之后。',
    en: 'The day of naming, {day}, lies within the publicity period, which runs until {until}.',
  },
  'objections-open': {
    zh: '还有 {count} 件异议未答复，不能命名。',
    en: '{count} objections are unanswered; nothing can be named.',
  },
  'objection-closed': { zh: '公示期已结束（{day}）。', en: 'The time for objections ended on {day}.' },
  'objection-unit': { zh: '该单位不在公示名单内。', en: 'That unit is not on the list.' },
  'objection-answered': { zh: '该异议已经答复。', en: 'This objection has been answered.' },
  'downgrade-star': { zh: '“{name}”现在没有这颗星。', en: '“{name}” does not hold that star.' },
  'downgrade-open': { zh: '该星已有未办结的降星事项。', en: 'A downgrade of this star is already open.' },
  'downgrade-one': { zh: '请指明降哪颗星，或退出哪项申报（二者选一）。', en: 'Name either a star or a candidacy.' },
  'downgrade-hearing': { zh: '没有听取支部陈述，不能作出决定。', en: 'No decision before the branch has been heard.' },
  'downgrade-effective': {
    zh: '生效日 {day} 早于申诉期满日 {until}。',
    en: 'The effective day {day} lies before the end of the time for appeal, {until}.',
  },
  'downgrade-day': { zh: '决定降星须写明生效日。', en: 'A downgrade needs its effective day.' },
  'downgrade-not-yet': { zh: '{day} 起方可执行。', en: 'It can take effect from {day} on.' },
  'downgrade-same-person': { zh: '提出人不能自己作出决定。', en: 'Whoever proposed it cannot decide it.' },
  'appeal-late': { zh: '申诉期已于 {day} 届满。', en: 'The time for appeal ended on {day}.' },
  'appeal-once': { zh: '已经提出申诉。', en: 'An appeal has been made already.' },
  'appeal-unanswered': { zh: '申诉尚未答复，不能执行。', en: 'The appeal is not answered; it cannot take effect.' },
  'appeal-none': { zh: '没有待答复的申诉。', en: 'There is no appeal to answer.' },
  'appeal-same-person': { zh: '作出决定的人不能答复申诉。', en: 'Whoever decided cannot answer the appeal.' },
  'wrong-state': { zh: '当前状态“{state}”不能办理此项。', en: 'Not possible in the state “{state}”.' },
  'name-level': { zh: '{level} 星', en: 'level {level}' },
});

export interface Ballot {
  readonly personId: string;
  readonly approve: boolean;
  readonly recused: readonly number[];
}

/** Every unit on the list needs enough approvals from people who need not stand aside for it. */
export function approvalReason(
  units: readonly { unitId: number; unitName: string }[],
  ballots: readonly Ballot[],
  needed: number,
): Reason | null {
  const refusals = ballots.filter((b) => !b.approve).length;
  const yes = ballots.filter((b) => b.approve);
  for (const unit of units) {
    const count = yes.filter((b) => !b.recused.includes(unit.unitId)).length;
    if (count < needed) return decisionReason('proposal-approvers', { name: unit.unitName, count, needed });
  }
  return refusals >= yes.length && refusals > 0 ? decisionReason('proposal-refused', { count: refusals }) : null;
}

export interface PublicityFacts {
  readonly publicised: boolean;
  readonly closesOn: string | null;
  readonly sure: boolean;
  readonly today: string;
  /** The day from which the stars are to count. */
  readonly grantedOn: string;
  readonly openObjections: number;
}

/** Naming is impossible before the last day of the period has passed, and while an objection is unanswered. */
export function namingReason(f: PublicityFacts): Reason | null {
  if (!f.publicised || f.closesOn === null) return decisionReason('publicity-not-started');
  if (f.today <= f.closesOn) return decisionReason('publicity-running', { day: f.closesOn });
  if (!f.sure) return decisionReason('publicity-unsure');
  if (f.grantedOn <= f.closesOn) return decisionReason('naming-day', { day: f.grantedOn, until: f.closesOn });
  return f.openObjections > 0 ? decisionReason('objections-open', { count: f.openObjections }) : null;
}

/** Workdays the branch has to appeal, and to object to an adjustment. Sample values; a county sets its own document. */
export const appealWorkdays = 10;
export const adjustmentWorkdays = 5;
export const objectionAnswerWorkdays = 5;
