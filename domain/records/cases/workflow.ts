import type { z } from 'zod';
import { type Grant, holds, type Verb } from '../../grants.ts';
import type { FieldWords } from '../subjects/kind.ts';
import type { Words } from '../../words.ts';
import { type Reason, reasons } from '../../words.ts';

/** What a step must be given, or must find, before it can be taken. */
export type Need = 'reason' | 'evidence' | 'document' | 'owner';

/** One step of a workflow: from which states to which, by whom, and with what. */
export interface Step {
  readonly words: Words;
  readonly from: readonly string[];
  readonly to: string;
  /** Held on the case's unit. */
  readonly verb: Verb;
  /** The grant must be for the case's star, where grants are narrowed to one. */
  readonly perStar?: boolean;
  readonly needs?: readonly Need[];
  /** People who may not take it, whatever they hold: nobody verifies their own work. */
  readonly notBy?: readonly ('owner' | 'raiser')[];
  /** Only these people may take it. */
  readonly onlyBy?: 'owner' | 'raiser';
  /** The case is due this many workdays after the step. */
  readonly dueWorkdays?: number;
  readonly onlySystem?: boolean;
  /** Taken only through the module's own endpoint, which checks and does more than the workflow knows. */
  readonly byModule?: boolean;
}

export interface State {
  readonly words: Words;
  readonly final?: boolean;
  /** Its time does not run here: the due day goes, and comes back later by the workdays that it stood still. */
  readonly paused?: true;
  /** Whom the case waits for here, when it is not whoever takes the first step declared from this state; null: nobody. */
  readonly waitsFor?: 'owner' | 'raiser' | null;
}

export interface Workflow {
  readonly type: string;
  readonly words: Words;
  readonly initial: string;
  readonly openVerb: Verb;
  readonly dueWorkdays?: number;
  readonly states: Readonly<Record<string, State>>;
  readonly steps: Readonly<Record<string, Step>>;
  /** Schema of the case's own fields; without one it has none. */
  readonly data?: z.ZodType;
  /** Words of each field of `data`, in the order of the form. */
  readonly fields?: Readonly<Record<string, FieldWords>>;
  /** Kinds of subject that such a case can be about; left out, it is about its unit alone. */
  readonly subjects?: readonly string[];
  /** Past its day it is reminded of, then carried up the levels, by the rule in escalation.ts. */
  readonly escalates?: true;
  /**
   * Many of these are opened at once below a case of this type. An inbox tells them to their owners; to everybody else it tells
   * the case above, with how many have answered and how many are late.
   */
  readonly toldAs?: string;
  /** Units below may read it. */
  readonly openBelow?: boolean;
  /** Seen only by its owner, its raiser and those who assign cases there; counts under five are not told. */
  readonly confidential?: boolean;
  /**
   * Opened and moved through the generic endpoints of cases as well. Left out, only the module that declares the workflow
   * opens it and takes its steps: its own checks cannot be walked around.
   */
  readonly generic?: boolean;
}

/** What the rules look at. */
export interface CaseFacts {
  readonly state: string;
  readonly unitPath: string;
  readonly star: string | null;
  readonly ownerPersonId: string | null;
  readonly ownerUnitId: number | null;
  /** The owning unit is the one where the actor works. */
  readonly atHome?: boolean;
  readonly raisedBy: string | null;
  /** Number of pieces of evidence attached. */
  readonly evidence: number;
}

export interface StepActor {
  readonly personId: string | null;
  readonly grants: readonly Grant[];
  readonly system: boolean;
}

/** What comes with a step; left out while it is only asked whether the step is open. */
export interface Given {
  readonly reason?: string | undefined;
  readonly document?: string | undefined;
  readonly owner?: boolean;
}

export const caseReason = reasons({
  'case-no-such-step': { zh: '该事项没有“{step}”这一步。', en: 'This kind of case has no step “{step}”.' },
  'case-wrong-state': {
    zh: '当前为“{nowZh}”，此步骤只能在“{fromZh}”时办理。',
    en: 'It is “{nowEn}” now; this step is taken when it is “{fromEn}”.',
  },
  'case-final': { zh: '事项已办结（{nowZh}）。', en: 'The case is finished ({nowEn}).' },
  'case-not-granted': {
    zh: '您的职责不包含此步骤（{verb}）。',
    en: 'Your assignments do not include this step ({verb}).',
  },
  'case-system-only': { zh: '此步骤由系统自动办理。', en: 'The platform itself takes this step.' },
  'case-by-module': {
    zh: '此步骤须在相应的业务页面办理。',
    en: 'This step is taken on the page of the work it belongs to.',
  },
  'case-not-by-owner': {
    zh: '承办人不能自己办理此步骤，须由他人核验。',
    en: 'The owner cannot take this step: somebody else has to check.',
  },
  'case-not-by-raiser': { zh: '提出人不能自己办理此步骤。', en: 'Whoever raised it cannot take this step.' },
  'case-only-owner': { zh: '只有承办人可以办理此步骤。', en: 'Only the owner takes this step.' },
  'case-only-raiser': { zh: '只有提出人可以办理此步骤。', en: 'Only whoever raised it takes this step.' },
  'case-needs-evidence': { zh: '请先上传佐证材料。', en: 'Attach evidence first.' },
  'case-needs-reason': { zh: '请说明理由。', en: 'Give the reason.' },
  'case-needs-document': { zh: '请注明依据文件。', en: 'Name the document it rests on.' },
  'case-needs-owner': { zh: '请指定承办人或承办单位。', en: 'Name who is to handle it.' },
  'case-changed-meanwhile': {
    zh: '该事项刚刚被他人更新，请刷新后再办理。',
    en: 'Somebody else has just changed this case; refresh and look again.',
  },
  'case-owner-outside': {
    zh: '您只能交给本辖区内的人员或单位承办。',
    en: 'You can only hand it to people and units in your own area.',
  },
  'case-owner-left': { zh: '“{name}”已离任，请另选承办人。', en: '“{name}” has left; choose somebody else.' },
  'case-same-owner': { zh: '承办人没有变化。', en: 'That is its owner already.' },
  'case-unit-ended': { zh: '“{name}”已撤销，不能新建事项。', en: '“{name}” has ended; no case can be opened there.' },
  'case-no-subject': {
    zh: '“{type}”只就其单位办理，不涉及登记对象。',
    en: 'A case of kind “{typeEn}” is about its unit alone and names no registered subject.',
  },
  'case-other-subject': {
    zh: '“{type}”不能涉及“{kind}”。',
    en: 'A case of kind “{typeEn}” cannot be about an entry of kind “{kindEn}”.',
  },
  'case-subject-ended': { zh: '“{name}”的登记已终止。', en: 'The entry “{name}” has ended.' },
  'case-subject-tagged': {
    zh: '涉及住户或个人的事项不加标签。',
    en: 'A case about a household or a person carries no tags.',
  },
  'case-supervised': { zh: '该事项已在督办中。', en: 'The case is being supervised already.' },
  'case-paused': {
    zh: '事项已暂停（{nowZh}），恢复办理后再设期限。',
    en: 'The case stands still ({nowEn}); give a new day after it goes on.',
  },
});

/** What a case is about besides its unit, as far as the rules look at it. */
export interface AboutSubject {
  readonly name: string;
  readonly kind: string;
  readonly kindWords: Words;
  /** Entries of this kind stand for a household or a person. */
  readonly personal: boolean;
  readonly ended: boolean;
}

/** Why a case of this kind cannot be about that entry, or cannot carry these tags; null when it can. */
export function canBeAbout(workflow: Workflow, about: AboutSubject | null, tags: readonly string[]): Reason | null {
  if (about === null) return null;
  const said = { type: workflow.words.zh, typeEn: workflow.words.en };
  if (workflow.subjects === undefined) return caseReason('case-no-subject', said);
  if (!workflow.subjects.includes(about.kind))
    return caseReason('case-other-subject', { ...said, kind: about.kindWords.zh, kindEn: about.kindWords.en });
  if (about.ended) return caseReason('case-subject-ended', { name: about.name });
  return about.personal && tags.length > 0 ? caseReason('case-subject-tagged') : null;
}

/** The catalogues whose items a case can be tagged with: lines of work and themes, never a mark of a person. */
export const tagCatalogues = ['work-line', 'work-approach', 'strategy-theme', 'strategy-component'] as const;

/** The unit that a path leads to. */
export function unitOfPath(path: string): number {
  return Number(path.split('.').at(-2));
}

/** Whether somebody stands on the owner's side: the owning person or, where none is named, anyone of the owning unit. */
export function isOwner(c: CaseFacts, actor: StepActor): boolean {
  if (c.ownerPersonId !== null) return actor.personId === c.ownerPersonId;
  if (c.ownerUnitId === null) return false;
  return c.atHome === true || actor.grants.some((g) => unitOfPath(g.path) === c.ownerUnitId);
}

const isRaiser = (c: CaseFacts, actor: StepActor) => c.raisedBy !== null && actor.personId === c.raisedBy;

export function holdsStep(step: Step, c: CaseFacts, actor: StepActor): boolean {
  if (actor.system) return true;
  return holds(actor.grants, step.verb, c.unitPath, step.perStar ? (c.star ?? undefined) : undefined);
}

function stateReason(workflow: Workflow, step: Step, now: string): Reason | null {
  if (step.from.includes(now)) return null;
  const words = (state: string): Words => workflow.states[state]?.words ?? { zh: state, en: state };
  const current = { nowZh: words(now).zh, nowEn: words(now).en };
  if (workflow.states[now]?.final) return caseReason('case-final', current);
  return caseReason('case-wrong-state', {
    ...current,
    fromZh: step.from.map((s) => words(s).zh).join('、'),
    fromEn: step.from.map((s) => words(s).en).join(', '),
  });
}

function personReason(step: Step, c: CaseFacts, actor: StepActor): Reason | null {
  if (actor.system) return null;
  if (step.onlySystem) return caseReason('case-system-only');
  if (!holdsStep(step, c, actor)) return caseReason('case-not-granted', { verb: step.verb });
  const owner = isOwner(c, actor);
  const raiser = isRaiser(c, actor);
  if (step.onlyBy === 'owner' && !owner) return caseReason('case-only-owner');
  if (step.onlyBy === 'raiser' && !raiser) return caseReason('case-only-raiser');
  if (step.notBy?.includes('owner') && owner) return caseReason('case-not-by-owner');
  if (step.notBy?.includes('raiser') && raiser) return caseReason('case-not-by-raiser');
  return null;
}

function needReason(step: Step, c: CaseFacts, given: Given | undefined): Reason | null {
  if (step.needs?.includes('evidence') && c.evidence === 0) return caseReason('case-needs-evidence');
  // What the form itself asks for is no reason to grey the button that opens the form.
  if (given === undefined) return null;
  if (step.needs?.includes('reason') && !given.reason) return caseReason('case-needs-reason');
  if (step.needs?.includes('document') && !given.document) return caseReason('case-needs-document');
  const owned = c.ownerPersonId !== null || c.ownerUnitId !== null || given.owner === true;
  return step.needs?.includes('owner') && !owned ? caseReason('case-needs-owner') : null;
}

/**
 * Why a step cannot be taken now by this actor; null when it can. Without `given` the question is whether the button is
 * open, with it whether the step may be taken with what was given.
 */
export function stepReason(
  workflow: Workflow,
  c: CaseFacts,
  step: string,
  actor: StepActor,
  given?: Given,
): Reason | null {
  const s = Object.hasOwn(workflow.steps, step) ? workflow.steps[step] : undefined;
  if (!s) return caseReason('case-no-such-step', { step });
  return stateReason(workflow, s, c.state) ?? personReason(s, c, actor) ?? needReason(s, c, given);
}

export function isFinal(workflow: Workflow, state: string): boolean {
  return workflow.states[state]?.final === true;
}

/** Whether the time of a case stands still in a state. */
export function isPaused(workflow: Workflow, state: string): boolean {
  return workflow.states[state]?.paused === true;
}

/** Entries of the timeline that do not change the state. */
export const sideEntries = ['comment', 'hand-on', 'supervise', 'remind', 'carry-up', 'data'] as const;

export interface HistoryEntry {
  readonly step: string;
  readonly from: string;
  readonly to: string;
}

/** Plays a timeline again: the state it ends in, or null when a step in it was never legal. */
export function replay(workflow: Workflow, history: readonly HistoryEntry[]): string | null {
  let state: string | null = null;
  for (const entry of history) {
    if (entry.step === 'open') {
      if (state !== null || entry.to !== workflow.initial) return null;
      state = entry.to;
    } else if ((sideEntries as readonly string[]).includes(entry.step)) {
      if (state === null || entry.from !== state || entry.to !== state) return null;
    } else {
      const step: Step | undefined = Object.hasOwn(workflow.steps, entry.step) ? workflow.steps[entry.step] : undefined;
      if (!step || state === null || entry.from !== state || !step.from.includes(state) || step.to !== entry.to)
        return null;
      state = entry.to;
    }
  }
  return state;
}

/**
 * Whom an open case waits for in a state, as one key: 'owner', 'raiser', or the verb of the first step declared from
 * there, with '@' when it goes by star and '-owner', '-raiser' for those who may not take it.
 */
export function waitsFor(workflow: Workflow, state: string): string | null {
  const said = workflow.states[state];
  if (!said || said.final || said.waitsFor === null) return null;
  if (said.waitsFor !== undefined) return said.waitsFor;
  const next = Object.values(workflow.steps).find((s) => s.from.includes(state) && !s.onlySystem);
  if (!next) return null;
  if (next.onlyBy) return next.onlyBy;
  return `${next.verb}${next.perStar ? '@' : ''}${(next.notBy ?? []).map((n) => `-${n}`).join('')}`;
}

/** What is wrong with a declaration; none of the shipped workflows has any of it (a test). */
export function workflowFaults(workflow: Workflow): string[] {
  const faults: string[] = [];
  const known = (state: string) => Object.hasOwn(workflow.states, state);
  if (!known(workflow.initial)) faults.push(`initial state ${workflow.initial} is not declared`);
  for (const [name, step] of Object.entries(workflow.steps)) {
    if (name === 'open' || (sideEntries as readonly string[]).includes(name)) faults.push(`step name ${name} is taken`);
    for (const state of [...step.from, step.to]) if (!known(state)) faults.push(`${name}: no state ${state}`);
    if (step.from.length === 0) faults.push(`${name} starts nowhere`);
  }
  const reached = new Set([workflow.initial]);
  for (let grew = true; grew;) {
    grew = false;
    for (const step of Object.values(workflow.steps))
      if (!reached.has(step.to) && step.from.some((s) => reached.has(s))) {
        reached.add(step.to);
        grew = true;
      }
  }
  for (const [name, state] of Object.entries(workflow.states)) {
    if (!reached.has(name)) faults.push(`state ${name} is never reached`);
    if (!state.final && !Object.values(workflow.steps).some((s) => s.from.includes(name)))
      faults.push(`state ${name} is a dead end and not final`);
  }
  return faults;
}
