import type { Verb } from '../../../domain/grants.ts';
import type { CycleState } from '../../../domain/stars/contract-shared.ts';
import type { Words } from '../../../domain/words.ts';
import type { Can } from '../../console/me.ts';

/** One thing to be done at a stage: by whom, what, and on which page. */
export interface Work {
  readonly verb: Verb;
  readonly who: Words;
  readonly what: Words;
  /** A page of the console; `branch:` pages belong to one village or community. */
  readonly to: string;
}

const forAll: readonly Verb[] = ['stars.cycle', 'stars.joint', 'stars.decide', 'stars.name'];

/** Whether it is the reader's: what is done for the whole cycle is done by whoever may do it for all of its units. */
export const isMine = (work: Work, cycle: { readonly unitPath: string }, can: Can): boolean =>
  can(work.verb, forAll.includes(work.verb) ? cycle.unitPath : undefined);

/** Done by a branch for itself, on its own pages. */
export const ofBranch = (work: Work): boolean => work.to.startsWith('branch:');

/** Work on units, which the server counts in the reader's scope: nothing is left of it when none is waited for. */
export const counted: Partial<Record<CycleState, readonly Verb[]>> = {
  creating: ['stars.plan'],
  'self-assessment': ['stars.assess'],
  'township-review': ['stars.review'],
  verification: ['stars.verify'],
  'joint-review': ['stars.joint'],
};

const organiser: Words = { zh: '县级组织部门', en: 'County organisation department' };
const town: Words = { zh: '乡镇（街道）党建办', en: 'Township party-building office' };
const branch: Words = { zh: '村（社区）党支部', en: 'The branch' };
const force: Words = { zh: '各星工作专班', en: "Each star's task force" };
const body: Words = { zh: '县级决定机构成员', en: 'Members of the deciding body' };

/** What each stage of a cycle asks of whom. The board shows it, so that nobody has to have read a manual. */
export const guide: Readonly<Record<CycleState, readonly Work[]>> = {
  open: [
    {
      verb: 'stars.cycle',
      who: organiser,
      what: {
        zh: '核对评价标准和各阶段时限，然后转入规划。',
        en: 'Check the standards and the deadlines, then start planning.',
      },
      to: '/standards',
    },
  ],
  planning: [
    {
      verb: 'stars.plan',
      who: town,
      what: {
        zh: '编制创建规划：各星级打算有几个支部，审核后生效。',
        en: 'Draft the plan: how many branches aim at which level; review it and put it in force.',
      },
      to: '/stars/plans',
    },
    {
      verb: 'stars.cycle',
      who: organiser,
      what: { zh: '规划齐备后，转入研判申报。', en: 'When the plans are there, start diagnosis and declaration.' },
      to: '/stars/plans',
    },
  ],
  creating: [
    {
      verb: 'stars.declare',
      who: branch,
      what: { zh: '先逐条研判本支部现状。', en: 'Diagnose every criterion first.' },
      to: 'branch:diagnosis',
    },
    {
      verb: 'stars.declare',
      who: branch,
      what: { zh: '再申报创建目标。', en: 'Then declare the target.' },
      to: 'branch:declaration',
    },
    {
      verb: 'stars.plan',
      who: town,
      what: {
        zh: '审定申报：列为计划、备选或同争共创。',
        en: 'Approve the declarations as planned, reserve or open contender.',
      },
      to: '/stars/candidacies',
    },
    {
      verb: 'stars.cycle',
      who: organiser,
      what: { zh: '申报全部审定后，转入村级自评。', en: 'When every declaration is decided, start self-assessment.' },
      to: '/stars/candidacies',
    },
  ],
  'self-assessment': [
    {
      verb: 'stars.assess',
      who: branch,
      what: {
        zh: '填写自评：只填系统里没有的，提交后确认数据。',
        en: 'Answer what the platform does not know, submit, then confirm the data.',
      },
      to: 'branch:self',
    },
    {
      verb: 'stars.cycle',
      who: organiser,
      what: {
        zh: '各支部提交并确认后，转入乡镇初审。',
        en: 'When every branch has submitted and confirmed, start the township review.',
      },
      to: '/review',
    },
  ],
  'township-review': [
    {
      verb: 'stars.review',
      who: town,
      what: {
        zh: '逐条审核：通过，或写明理由退回；全部审完后确认本乡镇数据。',
        en: 'Accept each criterion or return it with a reason; when all are done, confirm the township.',
      },
      to: '/review',
    },
    {
      verb: 'stars.cycle',
      who: organiser,
      what: { zh: '各乡镇确认后，转入专班核验。', en: 'When the townships have confirmed, start verification.' },
      to: '/review',
    },
  ],
  verification: [
    {
      verb: 'stars.verify',
      who: force,
      what: { zh: '只核验自己负责的那颗星。', en: 'Verify your own star only.' },
      to: '/review?stage=verification',
    },
    {
      verb: 'stars.cycle',
      who: organiser,
      what: { zh: '各星核验完成后，转入县级联审。', en: 'When every star is verified, start the joint review.' },
      to: '/review?stage=verification',
    },
  ],
  'joint-review': [
    {
      verb: 'stars.joint',
      who: organiser,
      what: {
        zh: '逐个支部作出联审结论：推荐或不推荐，写明理由。',
        en: 'Conclude on each branch: recommended or not, with the reason.',
      },
      to: '/review?stage=joint-review',
    },
    {
      verb: 'stars.cycle',
      who: organiser,
      what: {
        zh: '结论齐备后，拟定名单（冻结结果）。',
        en: 'When all conclusions are there, draft the list; it freezes the results.',
      },
      to: '/stars/decision',
    },
  ],
  proposed: [
    {
      verb: 'stars.decide',
      who: body,
      what: {
        zh: '对名单署名表决，写明理由；有关联的单位应当回避。',
        en: 'Vote on the list by name with reasons; stand aside where you are involved.',
      },
      to: '/stars/decision',
    },
    {
      verb: 'stars.joint',
      who: organiser,
      what: { zh: '名单通过后，发布公示。', en: 'Once the list is approved, publicise it.' },
      to: '/stars/decision',
    },
  ],
  publicity: [
    {
      verb: 'stars.joint',
      who: organiser,
      what: { zh: '公示期内受理并答复异议。', en: 'Receive and answer objections while the period runs.' },
      to: '/stars/decision',
    },
    {
      verb: 'stars.name',
      who: { zh: '书记（抓总定盘）', en: 'The secretary' },
      what: {
        zh: '公示期满、异议答复后命名，生成证书。',
        en: 'After the period and with every objection answered, name the branches.',
      },
      to: '/stars/decision',
    },
  ],
  named: [
    {
      verb: 'stars.cycle',
      who: organiser,
      what: { zh: '打印证书，然后转入动态管理。', en: 'Print the certificates, then start watching.' },
      to: '/stars/certificates',
    },
  ],
  watching: [
    {
      verb: 'stars.guide',
      who: { zh: '包村干部、各专班', en: 'Contact cadres and task forces' },
      what: {
        zh: '看预警：如果今天评定会失去哪颗星，督促补短。',
        en: 'Watch the warnings: which star would be lost today, and mend it.',
      },
      to: '/stars/watch',
    },
    {
      verb: 'stars.cycle',
      who: organiser,
      what: { zh: '年度工作结束后归档。', en: 'Close the cycle when the year is over.' },
      to: '/stars/watch',
    },
  ],
  closed: [],
};
