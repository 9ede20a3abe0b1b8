import type { Verb } from '../grants.ts';
import { role, type RoleName, roleNames, type Tier } from '../records/assignments/index.ts';
import type { Words } from '../words.ts';

/** The five tiers of the responsibility system (M128) in their order, each with its duties in words. */
export const tiers: readonly { tier: Tier; words: Words; duties: readonly Words[] }[] = [
  {
    tier: 'coordinate',
    words: { zh: '统筹', en: 'Coordinate' },
    duties: [
      { zh: '审定目标、方案和推荐名单', en: 'Approve targets, plans and the list that is recommended' },
      { zh: '每颗星明确一位领导、一条主线', en: 'Give every star one leader and one main line' },
      { zh: '分包创建重点村，到现场解决难题', en: 'Contract the key villages and solve problems on site' },
    ],
  },
  {
    tier: 'lead',
    words: { zh: '牵头', en: 'Lead' },
    duties: [
      { zh: '开启创建周期，发布评价标准', en: 'Open the cycle and publish the standards' },
      { zh: '召集联席会议，组织联审', en: 'Call joint meetings and hold the joint review' },
      { zh: '汇总结果，督促办理', en: 'Compile results and press for what is due' },
    ],
  },
  {
    tier: 'push',
    words: { zh: '推进', en: 'Push' },
    duties: [
      { zh: '制定专班方案，把指标分到部门', en: 'Plan the work of the star and give its criteria to departments' },
      { zh: '到村指导，核验本星', en: 'Guide villages and verify the own star' },
    ],
  },
  {
    tier: 'implement',
    words: { zh: '实施', en: 'Implement' },
    duties: [
      { zh: '班子成员包村，干部联村', en: 'Every leader contracts a village, every cadre links one' },
      { zh: '审核自评，确认数据，组织整改', en: 'Review self-assessments, confirm data, have faults put right' },
    ],
  },
  {
    tier: 'subject',
    words: { zh: '主体', en: 'Subject' },
    duties: [
      { zh: '申报目标，逐条自评', en: 'Declare the target and assess every criterion' },
      { zh: '划片包户，报告进展', en: 'Divide areas, keep contact with households, report progress' },
    ],
  },
];

export function rolesOfTier(tier: Tier): RoleName[] {
  return roleNames.filter((name) => role(name).tier === tier);
}

/** What the roles of a tier may do, without repeats, in the order of the roles. */
export function verbsOfTier(tier: Tier): Verb[] {
  return [...new Set(rolesOfTier(tier).flatMap((name) => role(name).verbs))];
}
