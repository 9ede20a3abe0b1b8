import { findWorkflow } from '../../../domain/records/cases/all.ts';
import { findSubjectKind } from '../../../domain/records/subjects/all.ts';
import { type CaseItem, type CaseView, isPaused, lightOf, stepReason } from '../../../domain/records/cases/index.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import type { Words } from '../../../domain/words.ts';
import { actorOf, factsOf } from './access.ts';
import type { CaseRow } from './rows.ts';
import type { TimelineRow } from './store.ts';

const plain = (name: string): Words => ({ zh: name, en: name });

export function itemOf(rq: Rq, c: CaseRow) {
  const workflow = findWorkflow(c.type);
  const due =
    c.dueOn === null ? null : { workdaysLeft: c.workdaysLeft ?? 0, past: c.dueOn < dayOf(rq.now), sure: c.sure };
  return {
    ...c,
    tags: [...c.tags],
    subject: c.subject && { ...c.subject, words: findSubjectKind(c.subject.kind)?.words ?? plain(c.subject.kind) },
    typeWords: workflow?.words ?? plain(c.type),
    stateWords: workflow?.states[c.state]?.words ?? plain(c.state),
    light: lightOf(due, c.closedAt !== null, workflow !== undefined && isPaused(workflow, c.state)),
    supervised: c.supervisedBy !== null,
    escalated:
      c.escalatedTo === null || c.escalatedAt === null
        ? null
        : { unitId: c.escalatedTo, unitName: c.escalatedName ?? '', at: c.escalatedAt },
  } satisfies Record<keyof CaseItem, unknown>;
}

/** A case for its page: with the steps that lead on from here, and why some of them are not open to this reader. */
export function viewOf(rq: Rq, c: CaseRow) {
  const workflow = findWorkflow(c.type);
  const leading = Object.entries(workflow?.steps ?? {}).filter(([, s]) => s.from.includes(c.state) && !s.onlySystem);
  const steps = leading.map(([step, s]) => {
    const reason = stepReason(workflow!, factsOf(c), step, actorOf(rq));
    return {
      step,
      words: s.words,
      to: s.to,
      generic: workflow?.generic === true && s.byModule !== true,
      needs: [...(s.needs ?? [])],
      reason: reason === null ? null : { code: reason.code, words: reason.words },
    };
  });
  return { ...itemOf(rq, c), steps } satisfies Record<keyof CaseView, unknown>;
}

const sideWords: Record<string, Words> = {
  open: { zh: '提出', en: 'Opened' },
  comment: { zh: '留言', en: 'Comment' },
  'hand-on': { zh: '转办', en: 'Handed on' },
  supervise: { zh: '督办', en: 'Pressed for' },
  remind: { zh: '超期提醒', en: 'Reminded, past its day' },
  'carry-up': { zh: '逐级上报', en: 'Carried up' },
  data: { zh: '补充修改', en: 'Fields changed' },
};

export function entryOf(type: string, e: TimelineRow) {
  const workflow = findWorkflow(type);
  return {
    ...e,
    words: workflow?.steps[e.step]?.words ?? sideWords[e.step] ?? plain(e.step),
    toWords: workflow?.states[e.to]?.words ?? plain(e.to),
    document: typeof e.data['document'] === 'string' ? e.data['document'] : null,
  };
}
