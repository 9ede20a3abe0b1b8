import { deliberationKinds } from '../deliberation/kinds-cases.ts';
import { deliberationEvents } from '../deliberation/kinds-events.ts';
import { deliberationSubjects } from '../deliberation/kinds-subjects.ts';
import { disclosureKinds } from '../disclosure/kinds-cases.ts';
import { disclosureEvents } from '../disclosure/kinds-events.ts';
import { economyAgreements } from '../economy/kinds-agreements.ts';
import { economyBooks } from '../economy/kinds-books.ts';
import { economyKinds } from '../economy/kinds-cases.ts';
import { economyEvents } from '../economy/kinds-events.ts';
import { economySubjects } from '../economy/kinds-subjects.ts';
import { learningEvents } from '../learning/kinds-events.ts';
import { learningSubjects } from '../learning/kinds-subjects.ts';
import { matterKinds } from '../matters/kinds-cases.ts';
import { matterEvents } from '../matters/kinds-events.ts';
import { matterSubjects } from '../matters/kinds-subjects.ts';
import { meetingEvents } from '../meetings/kinds-events.ts';
import { orgKinds } from '../org/kinds.ts';
import { pointBooks } from '../points/kinds-books.ts';
import { pointKinds } from '../points/kinds-cases.ts';
import { projectAgreements } from '../projects/kinds-agreements.ts';
import { projectBooks } from '../projects/kinds-books.ts';
import { projectKinds } from '../projects/kinds-cases.ts';
import { projectEvents } from '../projects/kinds-events.ts';
import { projectSubjects } from '../projects/kinds-subjects.ts';
import { reportKinds } from '../reports/kinds-cases.ts';
import { serviceAgreements } from '../services/kinds-agreements.ts';
import { serviceBooks } from '../services/kinds-books.ts';
import { serviceKinds } from '../services/kinds-cases.ts';
import { serviceEvents } from '../services/kinds-events.ts';
import { serviceSubjects } from '../services/kinds-subjects.ts';
import { planKinds } from '../tasks/kinds-plans.ts';
import { supervisionKinds } from '../tasks/kinds-supervision.ts';
import { workKinds } from '../tasks/kinds-work.ts';
import { taskKinds } from '../tasks/kinds.ts';
import type { Words } from '../words.ts';

/** A module of the work with the names of the kinds that it declares, for menus and lists. */
export interface WorkModule {
  readonly words: Words;
  readonly cases: readonly string[];
  readonly events: readonly string[];
  readonly books: readonly string[];
  readonly subjects: readonly string[];
  readonly agreements: readonly string[];
}

type Kinds = Readonly<Record<string, object>>;

interface Declared {
  readonly cases?: Kinds;
  readonly events?: Kinds;
  readonly books?: Kinds;
  readonly subjects?: Kinds;
  readonly agreements?: Kinds;
}

function module(zh: string, en: string, of: Declared): WorkModule {
  const names = (kinds: Kinds = {}) => Object.keys(kinds);
  return {
    words: { zh, en },
    cases: names(of.cases),
    events: names(of.events),
    books: names(of.books),
    subjects: names(of.subjects),
    agreements: names(of.agreements),
  };
}

/** The modules in the order of a working day. */
export const workModules = {
  tasks: module('任务与问题', 'Tasks and problems', {
    cases: { ...taskKinds, ...planKinds, ...workKinds, ...supervisionKinds },
  }),
  meetings: module('会议与观摩', 'Meetings and observation', { events: meetingEvents }),
  matters: module('群众事项', 'Residents’ matters', {
    cases: matterKinds,
    events: matterEvents,
    subjects: matterSubjects,
  }),
  deliberation: module('议事协商', 'Deliberation', {
    cases: deliberationKinds,
    events: deliberationEvents,
    subjects: deliberationSubjects,
  }),
  projects: module('资金与项目', 'Funds and projects', {
    cases: projectKinds,
    events: projectEvents,
    books: projectBooks,
    subjects: projectSubjects,
    agreements: projectAgreements,
  }),
  economy: module('集体经济', 'Collective economy', {
    cases: economyKinds,
    events: economyEvents,
    books: economyBooks,
    subjects: economySubjects,
    agreements: economyAgreements,
  }),
  services: module('为民服务', 'Services', {
    cases: serviceKinds,
    events: serviceEvents,
    books: serviceBooks,
    subjects: serviceSubjects,
    agreements: serviceAgreements,
  }),
  points: module('积分激励', 'Points', { cases: pointKinds, books: pointBooks }),
  learning: module('学习培训', 'Learning', { events: learningEvents, subjects: learningSubjects }),
  disclosure: module('公开承诺', 'Disclosure', { cases: disclosureKinds, events: disclosureEvents }),
  org: module('组织与责任', 'Organisation', { cases: orgKinds }),
  reports: module('调查统计', 'Surveys', { cases: reportKinds }),
} as const satisfies Record<string, WorkModule>;

export type WorkModuleName = keyof typeof workModules;
export const workModuleNames = Object.keys(workModules) as [WorkModuleName, ...WorkModuleName[]];
