import { type Reason, reasons } from '../words.ts';
import { type CandidacyState, type CycleState, cycleStates } from './contract-shared.ts';

export const starReason = reasons({
  'cycle-order': {
    zh: '当前阶段是“{now}”，下一阶段应为“{next}”，不能直接转入“{to}”。',
    en: 'The cycle is at “{now}”; “{next}” comes next, not “{to}”.',
  },
  'cycle-own-page': {
    zh: '“{to}”在“名单与公示”中办理。',
    en: '“{to}” follows from the proposed list and is not entered directly.',
  },
  'cycle-no-standard': { zh: '农村、城市标准至少选定一项。', en: 'Choose a standard for rural or for urban branches.' },
  'cycle-year-taken': { zh: '{year} 年的创建周期已经启动。', en: 'A cycle of {year} is already open.' },
  'cycle-no-candidates': { zh: '还没有已审定的创建对象。', en: 'There is no approved candidate yet.' },
  'cycle-undecided': {
    zh: '还有 {count} 个申报未审定（如“{name}”）。',
    en: '{count} declarations are not decided yet (such as “{name}”).',
  },
  'cycle-not-submitted': {
    zh: '还有 {count} 个支部未提交自评或未确认数据（如“{name}”）。',
    en: '{count} branches have not submitted and confirmed (such as “{name}”).',
  },
  'cycle-not-confirmed': {
    zh: '还有 {count} 项未完成（支部初审或乡镇确认，如“{name}”）：下级全部确认后上级方可确认。',
    en: '{count} reviews or confirmations are not finished (such as “{name}”): a parent confirms only after all its children.',
  },
  'self-first': {
    zh: '“{name}”的自评还没有提交，请先提交自评。',
    en: '“{name}” has not submitted its self-assessment: submit it first.',
  },
  'review-first': {
    zh: '还有 {count} 个支部的初审没有完成（如“{name}”），全部审完后再确认。',
    en: 'The review of {count} branches is not finished (such as “{name}”): confirm when all are done.',
  },
  'cycle-not-verified': {
    zh: '还有 {count} 个支部的专班核验未完成（如“{name}”）。',
    en: 'Verification of {count} branches is not finished (such as “{name}”).',
  },
  'cycle-not-joined': {
    zh: '还有 {count} 个支部未作联审结论（如“{name}”）。',
    en: '{count} branches have no joint-review conclusion yet (such as “{name}”).',
  },
  'cycle-closed': { zh: '周期已归档。', en: 'The cycle is closed.' },
  'stage-not-open': {
    zh: '现在是“{now}”阶段，此项工作在“{needed}”阶段办理。',
    en: 'The cycle is at “{now}”; this is done at “{needed}”.',
  },
  'no-cycle': { zh: '没有正在进行的创建周期。', en: 'There is no running cycle.' },
  'no-standard-for-unit': {
    zh: '“{name}”的评价类别在本周期没有对应的标准。',
    en: 'This cycle has no standard for the scheme of “{name}”.',
  },
  'not-a-branch': { zh: '“{name}”不是参评的村或社区。', en: '“{name}” is not a village or community that is rated.' },
  'declared-already': { zh: '“{name}”本周期已经申报。', en: '“{name}” has declared in this cycle already.' },
  'stretch-not-above': {
    zh: '高定目标（{stretch}）应高于申报目标（{target}）。',
    en: 'A stretch level ({stretch}) lies above the target ({target}).',
  },
  'target-too-high': { zh: '最高为 {max} 星。', en: 'There are at most {max} stars.' },
  'target-unknown-star': { zh: '标准中没有“{star}”这颗星。', en: 'The standard has no star “{star}”.' },
  'target-after-approval': {
    zh: '申报已经审定，改变目标须提出调整并经批准。',
    en: 'The declaration is approved; a new target goes through an adjustment.',
  },
  'candidacy-state': { zh: '当前状态“{state}”不能办理此项。', en: 'Not possible in the state “{state}”.' },
  'adjust-before-answer': {
    zh: '支部异议期至 {day}，期满前不能决定。',
    en: 'The branch may object until {day}; the decision comes after that.',
  },
  'adjust-too-late': { zh: '异议期已于 {day} 届满。', en: 'The time to object ended on {day}.' },
  'no-candidacy': { zh: '“{name}”本周期没有申报。', en: '“{name}” has not declared in this cycle.' },
  'self-locked': {
    zh: '自评已提交并锁定，如需修改请先解锁。',
    en: 'The self-assessment is submitted and locked; unlock it first.',
  },
  'self-known': {
    zh: '“{item}”由系统记录得出，不需要填写。',
    en: '“{item}” comes from records and is not asked for.',
  },
  'self-open': {
    zh: '还有 {count} 项没有回答（如“{item}”）。',
    en: '{count} criteria have no answer yet (such as “{item}”).',
  },
  'value-wrong': { zh: '“{item}”的取值“{value}”不符合规则。', en: '“{value}” is no value for “{item}”.' },
  'unknown-criterion': { zh: '标准中没有条目“{item}”。', en: 'The standard has no criterion “{item}”.' },
  'other-star': { zh: '条目“{item}”不属于“{star}”。', en: 'Criterion “{item}” does not belong to “{star}”.' },
  'not-your-step': {
    zh: '您的职责不包含这一步，可以查看，不能办理。',
    en: 'Your duties do not include this step: you may look, not act.',
  },
  'not-your-star': {
    zh: '这颗星由负责它的专班核验，您可以查看。',
    en: 'The task force of this star verifies it; you may look.',
  },
  'own-unit': {
    zh: '您在“{name}”任职或负责该单位，应当回避。',
    en: 'You belong to or answer for “{name}”; you must stand aside.',
  },
  'value-from-records': {
    zh: '“{item}”的数值来自记录，请退回并在源头更正，不能直接改写。',
    en: 'The number of “{item}” comes from records: return it and correct it at its source.',
  },
  'review-open-items': { zh: '还有 {count} 项未作出结论。', en: '{count} criteria are not decided yet.' },
  'joint-not-assessed': { zh: '“{name}”尚未完成评审。', en: 'The assessment of “{name}” is not finished.' },
  'already-confirmed': { zh: '“{name}”已经确认并锁定。', en: '“{name}” has confirmed; it is locked.' },
  'plan-star-left': {
    zh: '支部规划应覆盖全部各星，缺少“{star}”。',
    en: 'A branch plans for every star; “{star}” is left out.',
  },
  'veto-hearing': { zh: '没有听取支部陈述，不能作出决定。', en: 'No decision before the branch has been heard.' },
  'veto-open': {
    zh: '该单位已有同一否决事项（{veto}）未办结或正在生效。',
    en: 'The same veto ({veto}) is already proposed or in force for this branch.',
  },
  'veto-same-person': { zh: '提出人不能自己作出决定。', en: 'Whoever proposed it cannot decide it.' },
  'veto-unknown': { zh: '标准中没有否决项“{veto}”。', en: 'The standard has no veto “{veto}”.' },
  'hearing-before-notice': {
    zh: '陈述日期不能早于告知日（{day}）。',
    en: 'The branch is heard after it was told, on {day} or later.',
  },
  'hearing-future': { zh: '陈述日期不能晚于今天。', en: 'A hearing cannot lie in the future.' },
});

export const stageNames: Readonly<Record<CycleState, { zh: string; en: string }>> = {
  open: { zh: '启动', en: 'Open' },
  planning: { zh: '规划', en: 'Planning' },
  creating: { zh: '研判申报', en: 'Diagnosis and declaration' },
  'self-assessment': { zh: '村级自评', en: 'Self-assessment' },
  'township-review': { zh: '乡镇初审', en: 'Township review' },
  verification: { zh: '专班核验', en: 'Verification by task forces' },
  'joint-review': { zh: '县级联审', en: 'County joint review' },
  proposed: { zh: '拟定名单', en: 'Proposed list' },
  publicity: { zh: '公示', en: 'Publicity' },
  named: { zh: '命名', en: 'Named' },
  watching: { zh: '动态管理', en: 'Watching' },
  closed: { zh: '归档', en: 'Closed' },
};

/** The step of the cycle's workflow that leads into each stage. */
export const stepInto: Readonly<Record<Exclude<CycleState, 'open'>, string>> = {
  planning: 'plan',
  creating: 'create',
  'self-assessment': 'assess-self',
  'township-review': 'review',
  verification: 'verify',
  'joint-review': 'join',
  proposed: 'propose',
  publicity: 'publicise',
  named: 'name',
  watching: 'watch',
  closed: 'close',
};

export function nextStage(state: CycleState): Exclude<CycleState, 'open'> | null {
  const next = cycleStates[cycleStates.indexOf(state) + 1];
  return next === undefined || next === 'open' ? null : next;
}

/** What a stage still waits for, counted by the server. */
export interface StageFacts {
  readonly state: CycleState;
  readonly candidates: number;
  readonly undecided: readonly string[];
  readonly notSubmitted: readonly string[];
  readonly notConfirmed: readonly string[];
  readonly notVerified: readonly string[];
  readonly notJoined: readonly string[];
}

const missing = (
  code: 'cycle-undecided' | 'cycle-not-submitted' | 'cycle-not-confirmed' | 'cycle-not-verified' | 'cycle-not-joined',
  names: readonly string[],
) => (names.length === 0 ? null : starReason(code, { count: names.length, name: names[0]! }));

/** Why the stage cannot close yet; each stage has one rule. */
export function stageReason(f: StageFacts): Reason | null {
  switch (f.state) {
    case 'creating':
      return missing('cycle-undecided', f.undecided) ?? (f.candidates === 0 ? starReason('cycle-no-candidates') : null);
    case 'self-assessment':
      return missing('cycle-not-submitted', f.notSubmitted);
    case 'township-review':
      return missing('cycle-not-confirmed', f.notConfirmed);
    case 'verification':
      return missing('cycle-not-verified', f.notVerified);
    case 'joint-review':
      return missing('cycle-not-joined', f.notJoined);
    case 'closed':
      return starReason('cycle-closed');
    default:
      return null;
  }
}

/** Stages that are entered by drafting, publishing and naming the list, never by pressing "next". */
const throughTheList: readonly CycleState[] = ['proposed', 'publicity', 'named'];

export function canAdvance(f: StageFacts, to: CycleState): Reason | null {
  const next = nextStage(f.state);
  if (next === null) return starReason('cycle-closed');
  if (to !== next)
    return starReason('cycle-order', { now: stageNames[f.state], next: stageNames[next], to: stageNames[to] });
  if (throughTheList.includes(to)) return starReason('cycle-own-page', { to: stageNames[to] });
  return stageReason(f);
}

/** Work that belongs to one or some stages only. */
export function duringStage(now: CycleState, allowed: readonly CycleState[]): Reason | null {
  return allowed.includes(now)
    ? null
    : starReason('stage-not-open', {
        now: stageNames[now],
        needed: {
          zh: allowed.map((s) => stageNames[s].zh).join('、'),
          en: allowed.map((s) => stageNames[s].en).join(', '),
        },
      });
}

export interface Target {
  readonly targetLevel: number;
  readonly targetStars: readonly string[];
  readonly stretchLevel: number | null;
}

/** Whether a target can be declared under a standard. There is no quota: any branch may aim at any level. */
export function targetReason(target: Target, stars: readonly string[], maxLevel: number): Reason | null {
  if (target.targetLevel > maxLevel || (target.stretchLevel ?? 0) > maxLevel)
    return starReason('target-too-high', { max: maxLevel });
  if (target.stretchLevel !== null && target.stretchLevel <= target.targetLevel)
    return starReason('stretch-not-above', { stretch: target.stretchLevel, target: target.targetLevel });
  const unknown = target.targetStars.find((star) => !stars.includes(star));
  return unknown === undefined ? null : starReason('target-unknown-star', { star: unknown });
}

/** Target against result. Missing the stretch is said, and costs nothing anywhere. */
export function outcomeOf(target: Pick<Target, 'targetLevel' | 'stretchLevel'>, level: number) {
  return {
    level,
    targetMet: level >= target.targetLevel,
    stretchMet: target.stretchLevel === null ? null : level >= target.stretchLevel,
  };
}

export const activeStates: readonly CandidacyState[] = ['approved', 'monitored', 'assessed', 'recommended'];
export const openStates: readonly CandidacyState[] = ['declared', ...activeStates];
