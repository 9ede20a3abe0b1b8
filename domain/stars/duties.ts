import type { Words } from '../words.ts';

// What the level of a branch asks of it (五星做示范、四星强核心、三星促提升、二星抓规范), and the guidance for its class. The
// words are neutral samples after published practice; a county replaces them by its own document.

export type DutyNeed = 'publication' | 'observation' | 'mentoring' | 'criteria' | 'plan' | 'checklist';

export interface Duty {
  readonly id: string;
  readonly words: Words;
  readonly why: Words;
  readonly needs: DutyNeed;
}

export type DutyClassKey = 'demonstrate' | 'core' | 'upgrade' | 'basics';

export interface DutyClass {
  readonly key: DutyClassKey;
  readonly name: Words;
  readonly guidance: Words;
  /** What is expected before moving up a level. */
  readonly before: readonly Words[];
  readonly duties: readonly Duty[];
}

export const dutyClasses: Readonly<Record<DutyClassKey, DutyClass>> = {
  demonstrate: {
    key: 'demonstrate',
    name: { zh: '五星做示范', en: 'Five stars: demonstrate' },
    guidance: {
      zh: '把做法写出来、让人看得到、带着别的支部一起干。',
      en: 'Write down what works, let others see it, and take another branch along.',
    },
    before: [
      { zh: '五颗星逐月保持在达标线以上', en: 'All five stars stay above their lines, month by month' },
      { zh: '帮带的支部有可查的进步', en: 'The branch it mentors has moved on, as records show' },
    ],
    duties: [
      {
        id: 'five-practice',
        words: { zh: '公开一份做法案例', en: 'Publish a practice case' },
        why: { zh: '别的支部要能照着做。', en: 'Others have to be able to copy it.' },
        needs: 'publication',
      },
      {
        id: 'five-host',
        words: { zh: '承办一次现场观摩', en: 'Host an observation on site' },
        why: { zh: '看得见才学得会。', en: 'What is seen is learnt.' },
        needs: 'observation',
      },
      {
        id: 'five-mentor',
        words: { zh: '结对帮带一个低星级支部', en: 'Mentor a named branch of a lower level' },
        why: { zh: '一个支部强不算强。', en: 'One strong branch is not enough.' },
        needs: 'mentoring',
      },
    ],
  },
  core: {
    key: 'core',
    name: { zh: '四星强核心', en: 'Four stars: strengthen the core' },
    guidance: {
      zh: '只差一颗星：逐条补上，同时守住已有的四颗。',
      en: 'One star is missing: close it criterion by criterion and keep the other four.',
    },
    before: [
      { zh: '所缺一星的每条标准都已达标', en: 'Every criterion of the missing star is met' },
      { zh: '已有各星仍高出达标线', en: 'The stars held stay above their lines' },
    ],
    duties: [
      {
        id: 'four-missing',
        words: { zh: '补上所缺的一颗星', en: 'Close the missing star' },
        why: { zh: '所缺一星的标准列为优先任务。', en: 'Its criteria are the priority tasks.' },
        needs: 'criteria',
      },
      {
        id: 'four-keep',
        words: { zh: '守住已有的四颗星', en: 'Keep the four that are held' },
        why: { zh: '补一颗丢一颗等于没有进步。', en: 'Winning one and losing another is no step up.' },
        needs: 'criteria',
      },
    ],
  },
  upgrade: {
    key: 'upgrade',
    name: { zh: '三星促提升', en: 'Three stars: upgrade' },
    guidance: {
      zh: '有步骤、有帮扶、有复核日期的提升方案。',
      en: 'An upgrade plan with steps, a helper and days of review.',
    },
    before: [
      { zh: '提升方案的步骤全部完成', en: 'The steps of the plan are done' },
      { zh: '每次复核都有结论', en: 'Each review has its conclusion' },
    ],
    duties: [
      {
        id: 'three-plan',
        words: { zh: '按提升方案补齐下一颗星', en: 'Work off an upgrade plan towards the next star' },
        why: { zh: '先从最近的一颗星做起。', en: 'Begin with the star that is nearest.' },
        needs: 'plan',
      },
    ],
  },
  basics: {
    key: 'basics',
    name: { zh: '二星（及以下）抓规范', en: 'Two stars and below: get the basics right' },
    guidance: {
      zh: '先把会议、记录、公开、财务这些基本功做扎实。',
      en: 'Meetings, records, disclosure and finances first.',
    },
    before: [{ zh: '规范化清单全部做到', en: 'Every item of the checklist is met' }],
    duties: [
      {
        id: 'two-basics',
        words: { zh: '逐项做到支部规范化清单', en: 'Complete the basic-norms checklist' },
        why: { zh: '基础不牢，星级不稳。', en: 'Without the basics no star lasts.' },
        needs: 'checklist',
      },
    ],
  },
};

/** The class of a level under a standard whose highest level is `top`; the branch never chooses it. */
export function dutyClassOf(level: number, top: number): DutyClass {
  if (level > 0 && level >= top) return dutyClasses.demonstrate;
  if (level > 0 && level === top - 1) return dutyClasses.core;
  if (level > 0 && level === top - 2) return dutyClasses.upgrade;
  return dutyClasses.basics;
}

// Basics (M100, M387) ----------------------------------------------------------------------------------------------------

export interface Basic {
  readonly id: string;
  readonly group: string;
  readonly words: Words;
}

const basic = (group: string, name: string, zh: string, en: string): Basic => ({
  id: `basics.${group}.${name}`,
  group,
  words: { zh, en },
});

export const basics: readonly Basic[] = [
  basic('meetings', 'held', '“三会一课”按期召开', 'Party meetings and lectures are held on schedule'),
  basic('meetings', 'day', '主题党日每月开展', 'The monthly party day takes place'),
  basic('meetings', 'committee', '“两委”例会按期召开', 'The committees meet as planned'),
  basic('records', 'minutes', '会议有记录、议定事项有结果', 'Meetings have minutes, decisions have outcomes'),
  basic('records', 'members', '党员名册与实际一致', 'The register of members is up to date'),
  basic('elections', 'term', '按期换届，缺职及时补选', 'Elections are held in time and vacancies filled'),
  basic('dues', 'paid', '党费按月收缴、按规定使用', 'Dues are collected monthly and spent by the rules'),
  basic('disclosure', 'posted', '党务村务财务按期公开', 'Party, village and financial affairs are disclosed in time'),
  basic('finances', 'vouchers', '收支有凭证、有审核', 'Income and spending have vouchers and are checked'),
  basic('finances', 'audit', '集体资产台账与实物相符', 'The register of collective assets matches what is there'),
  basic('venue', 'open', '党群服务中心有人值守、正常开放', 'The service centre is staffed and open'),
  basic('files', 'kept', '档案分类齐全、可以查到', 'Files are sorted, complete and can be found'),
];

// Classes (M112) ---------------------------------------------------------------------------------------------------------

export interface GuidanceClass {
  readonly key: string;
  readonly words: Words;
  readonly guidance: Words;
  readonly checklist: readonly Words[];
}

export const guidanceClasses: readonly GuidanceClass[] = [
  {
    key: 'lead',
    words: { zh: '示范引领类', en: 'Leading' },
    guidance: { zh: '保持五星，公开做法，结对帮带。', en: 'Keep all stars, publish what works, mentor others.' },
    checklist: [
      { zh: '每月看一次守星余量', en: 'Look at the retention margin each month' },
      { zh: '案例已公开', en: 'A practice case is published' },
      { zh: '帮带对象已确定', en: 'The branch to mentor is named' },
    ],
  },
  {
    key: 'strive',
    words: { zh: '冲刺提升类', en: 'One step below its target' },
    guidance: { zh: '离目标只差一颗星，集中力量补短板。', en: 'One star short of the target: gather strength on it.' },
    checklist: [
      { zh: '所缺条目有责任人和期限', en: 'Each lacking criterion has an owner and a day' },
      { zh: '专班每月到村一次', en: 'The task force visits monthly' },
    ],
  },
  {
    key: 'climb',
    words: { zh: '逐步提升类', en: 'Several steps below its target' },
    guidance: {
      zh: '离目标还有两颗星以上，先做最近的一颗。',
      en: 'Two or more stars short: take the nearest star first.',
    },
    checklist: [
      { zh: '提升方案已排定步骤', en: 'The upgrade plan has its steps' },
      { zh: '帮扶人已确定', en: 'A helper is named' },
    ],
  },
  {
    key: 'hold',
    words: { zh: '巩固保持类', en: 'At or above its target' },
    guidance: { zh: '已达到申报目标，守住已有的星。', en: 'The target is reached: keep what is held.' },
    checklist: [{ zh: '预警在期限内处理', en: 'Early warnings are handled in time' }],
  },
  {
    key: 'open',
    words: { zh: '尚未申报类', en: 'Not declared' },
    guidance: {
      zh: '没有名额限制，任何支部都可以申报；先研判再定目标。',
      en: 'There is no quota and any branch may declare: diagnose first, then choose a target.',
    },
    checklist: [
      { zh: '完成逐条研判', en: 'Every criterion is diagnosed' },
      { zh: '规范化清单做到', en: 'The basics are complete' },
    ],
  },
];

/** Every branch is in exactly one class, by its target and its present level. */
export function guidanceClassOf(level: number, target: number | null, top: number): string {
  if (level > 0 && level >= top) return 'lead';
  if (target === null) return 'open';
  if (level >= target) return 'hold';
  return target - level === 1 ? 'strive' : 'climb';
}
