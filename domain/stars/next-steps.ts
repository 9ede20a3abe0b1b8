import type { Verb } from '../grants.ts';
import type { Words } from '../words.ts';
import type { CandidacyState, CycleState } from './contract-shared.ts';

export interface OpenWork {
  readonly open: number;
  readonly overdue: number;
  /** The first day that one of them is due. */
  readonly dueOn: string | null;
}

/** What a branch has done of its year so far, as the server counts it. */
export interface BranchFacts {
  readonly stage: CycleState;
  /** null: it has not declared in this cycle. */
  readonly candidacy: CandidacyState | null;
  readonly diagnosed: { readonly answered: number; readonly of: number; readonly done: boolean; readonly gaps: number };
  readonly form: { readonly open: number; readonly minutes: number; readonly submitted: boolean };
  readonly confirmed: boolean;
  readonly reviewed: boolean;
  /** Criteria sent back that the branch has not answered again. */
  readonly returned: number;
  /** What of the year's work waits for somebody of the branch, whoever of them it is. */
  readonly work: { readonly tasks: OpenWork; readonly problems: OpenWork; readonly duties: OpenWork };
  readonly warnings: number;
  readonly publicityEnds: string | null;
}

export const stepPages = [
  'diagnosis',
  'declaration',
  'self',
  'confirmations',
  'tasks',
  'problems',
  'duties',
  'watch',
  'card',
] as const;

export interface NextStep {
  readonly key: string;
  readonly words: Words;
  readonly page: (typeof stepPages)[number];
  /** `waits`: it is somebody else's turn, as the words say. */
  readonly state: 'done' | 'todo' | 'waits';
  /** Who of the branch does it; null where there is nothing to do. */
  readonly verb: Verb | null;
}

type Make = (
  key: string,
  words: readonly [zh: string, en: string],
  page: NextStep['page'],
  done: boolean,
  verb?: Verb,
) => NextStep;
const todo: Make = (key, [zh, en], page, done, verb = 'stars.assess') => ({
  key,
  words: { zh, en },
  page,
  state: done ? 'done' : 'todo',
  verb,
});
const waits = (key: string, zh: string, en: string, page: NextStep['page'] = 'declaration'): NextStep => ({
  key,
  words: { zh, en },
  page,
  state: 'waits',
  verb: null,
});

/** Diagnosis, its remedies, the declaration and its approval. */
function beginning(f: BranchFacts): NextStep[] {
  const { answered, of, done, gaps } = f.diagnosed;
  const steps = [
    todo(
      'diagnose',
      done
        ? ['分析研判已完成', 'The diagnosis is done']
        : [
            `逐条研判本支部现状（已研判 ${answered} / ${of} 条）`,
            `Diagnose every criterion (${answered} of ${of} done)`,
          ],
      'diagnosis',
      done,
    ),
  ];
  if (done && gaps > 0)
    steps.push(
      todo(
        'remedy',
        [`把 ${gaps} 项差距转入问题台账，落实到人`, `Turn ${gaps} gaps into problems that somebody owns`],
        'diagnosis',
        false,
        'cases.write',
      ),
    );
  const declared = f.candidacy !== null;
  steps.push(
    todo(
      'declare',
      declared
        ? ['创建目标已申报', 'The target is declared']
        : ['申报本年度创建目标', 'Declare the target of the year'],
      'declaration',
      declared,
      'stars.declare',
    ),
  );
  if (f.candidacy === 'declared')
    steps.push(waits('approval', '等乡镇（街道）党建办审定申报', 'The township decides the declaration next'));
  else if (declared && f.stage !== 'self-assessment')
    steps.push(
      waits('stage', '申报已审定，等县里转入村级自评', 'Approved; the county starts the self-assessment next'),
    );
  return steps;
}

/** A branch that takes part fills and submits; every branch confirms its data, because its township waits for all of them. */
function assessing(f: BranchFacts): NextStep[] {
  const { open, minutes, submitted } = f.form;
  const takesPart = f.candidacy !== null && f.candidacy !== 'declared';
  const steps = takesPart
    ? [
        todo(
          'self',
          submitted
            ? ['自评已提交', 'The self-assessment is submitted']
            : [
                `填写并提交自评（还有 ${open} 项要答，约 ${minutes} 分钟）`,
                `Answer and submit the self-assessment (${open} left, about ${minutes} minutes)`,
              ],
          'self',
          submitted,
        ),
      ]
    : beginning(f).filter((step) => step.key !== 'remedy');
  steps.push(
    todo(
      'confirm',
      f.confirmed ? ['数据已提交并确认', 'The data are submitted and confirmed'] : ['确认本村数据', 'Confirm the data'],
      takesPart ? 'self' : 'confirmations',
      f.confirmed,
      'facts.lock',
    ),
  );
  if (f.confirmed && (submitted || !takesPart))
    steps.push(waits('stage', '等县里转入乡镇初审', 'The county starts the township review next'));
  return steps;
}

function judged(f: BranchFacts): NextStep[] {
  const steps: NextStep[] = [];
  if (f.returned > 0)
    steps.push(
      todo(
        'returned',
        [`更正被退回的 ${f.returned} 项并重新提交`, `Put right what was returned (${f.returned}) and submit again`],
        'self',
        false,
      ),
    );
  if (!f.confirmed) steps.push(todo('confirm', ['确认本村数据', 'Confirm the data'], 'self', false, 'facts.lock'));
  if (f.stage === 'verification')
    steps.push(waits('verify', '各星专班正在核验', 'The task forces verify their stars', 'card'));
  else if (f.reviewed)
    steps.push(waits('review', '乡镇初审已完成，等各星专班核验', 'Reviewed; the task forces verify next', 'card'));
  else steps.push(waits('review', '乡镇（街道）正在初审', 'The township reviews', 'card'));
  return steps;
}

function decided(f: BranchFacts): NextStep[] {
  const of: Partial<Record<CycleState, NextStep>> = {
    'joint-review': waits('joint', '县级联审中，结论会发消息告知', 'The county concludes; you will be told', 'card'),
    proposed: waits('list', '名单表决中，结果会发消息告知', 'The list is voted on; you will be told', 'card'),
    publicity: waits(
      'publicity',
      `名单公示中，至 ${f.publicityEnds ?? ''}（含当日），之后命名`,
      `The list is open to objections through ${f.publicityEnds ?? ''}; naming follows`,
      'card',
    ),
  };
  const named = f.candidacy === 'named';
  const end: NextStep = {
    ...waits('named', '本年度已命名', 'Named this year', 'card'),
    state: 'done',
  };
  return [of[f.stage] ?? (named ? end : waits('not-named', '本年度未命名', 'Not named this year', 'card'))];
}

const workWords = {
  tasks: { zh: '办理本年度任务', en: 'Tasks of the year' },
  problems: { zh: '整改问题（补短）', en: 'Problems to put right' },
  duties: { zh: '落实分级职责', en: 'Duties of the level' },
} as const;

/** The work that goes on beside the stages, with what of it is late. */
function going(work: BranchFacts['work']): NextStep[] {
  return (['tasks', 'problems', 'duties'] as const).flatMap((kind) => {
    const { open, overdue, dueOn } = work[kind];
    if (open === 0) return [];
    const { zh, en } = workWords[kind];
    const late = { zh: `其中已过期 ${overdue} 项`, en: `${overdue} of them overdue` };
    const first = dueOn === null ? null : { zh: `最早 ${dueOn} 到期`, en: `the first due ${dueOn}` };
    const when = overdue > 0 ? late : first;
    const words = [
      `${zh}：未办结 ${open} 项${when ? `，${when.zh}` : ''}`,
      `${en}: ${open} open${when ? `, ${when.en}` : ''}`,
    ] as const;
    return [todo(kind, words, kind, false, 'cases.write')];
  });
}

/**
 * What waits for a branch at the running stage, in its order: what is done of it, what is to do, and whose turn it is then.
 * The year's tasks and the remedies of the diagnosis go on beside every stage until they are done.
 */
export function nextSteps(f: BranchFacts): NextStep[] {
  if (f.stage === 'closed') return [];
  const early = ['open', 'planning', 'creating'].includes(f.stage);
  const out = f.candidacy === null || f.candidacy === 'withdrawn';
  const steps: NextStep[] = [];
  if (early) steps.push(...beginning(f));
  else if (f.stage === 'self-assessment') steps.push(...assessing(f));
  else if (out) steps.push(waits('out', '本年度没有申报', 'Not a candidate this year', 'card'));
  else if (f.stage === 'township-review' || f.stage === 'verification') steps.push(...judged(f));
  else steps.push(...decided(f));
  steps.push(...going(f.work));
  if (f.warnings > 0)
    steps.push(
      todo(
        'warnings',
        [`处理预警 ${f.warnings} 条`, `See to ${f.warnings} early warnings`],
        'watch',
        false,
        'cases.write',
      ),
    );
  return steps;
}
