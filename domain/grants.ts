import type { Words } from './words.ts';

/**
 * Verbs: what a person may do, always together with the unit in whose subtree they may do it. A grant follows from an
 * assignment (the responsible person is the one who may act); nobody is ever granted "everything everywhere" by default.
 */
export const verbs = [
  'units.read',
  'units.write',
  'people.read',
  'people.write',
  'assignments.write',
  'standards.write',
  'facts.read',
  'facts.write',
  'facts.lock',
  'cases.read',
  'cases.write',
  'cases.assign',
  'records.read',
  'records.write',
  'personal.read',
  'personal.write',
  'ledgers.read',
  'ledgers.write',
  'reports.write',
  'reports.sign',
  'evidence.write',
  'stars.read',
  'stars.cycle',
  'stars.plan',
  'stars.declare',
  'stars.assess',
  'stars.guide',
  'stars.review',
  'stars.verify',
  'stars.joint',
  'stars.decide',
  'stars.name',
  'publications.write',
  'designations.write',
  'imports.run',
  'journal.read',
  'calendar.write',
  'admin',
] as const;

export type Verb = (typeof verbs)[number];

/** As a refusal names what the reader may not do. */
export const verbWords: Readonly<Record<Verb, Words>> = {
  'units.read': { zh: '查看单位', en: 'see units' },
  'units.write': { zh: '维护单位', en: 'change units' },
  'people.read': { zh: '查看人员', en: 'see people' },
  'people.write': { zh: '维护人员', en: 'change people' },
  'assignments.write': { zh: '安排责任分工', en: 'give duties' },
  'standards.write': { zh: '维护评价标准', en: 'change standards' },
  'facts.read': { zh: '查看数据', en: 'see facts' },
  'facts.write': { zh: '填报数据', en: 'enter facts' },
  'facts.lock': { zh: '确认数据', en: 'confirm facts' },
  'cases.read': { zh: '查看事项', en: 'see cases' },
  'cases.write': { zh: '办理事项', en: 'work on cases' },
  'cases.assign': { zh: '交办事项', en: 'assign cases' },
  'records.read': { zh: '查看工作记录', en: 'see records of the work' },
  'records.write': { zh: '登记工作记录', en: 'record the work' },
  'personal.read': { zh: '查看个人信息', en: 'see personal fields' },
  'personal.write': { zh: '填写个人信息', en: 'write personal fields' },
  'ledgers.read': { zh: '查看账本', en: 'see books' },
  'ledgers.write': { zh: '记账', en: 'keep books' },
  'reports.write': { zh: '起草报告', en: 'draft reports' },
  'reports.sign': { zh: '签发报告', en: 'sign reports' },
  'evidence.write': { zh: '上传佐证', en: 'attach evidence' },
  'stars.read': { zh: '查看星级创建', en: 'see the star cycle' },
  'stars.cycle': { zh: '组织创建周期', en: 'run the cycle' },
  'stars.plan': { zh: '编制规划、审定申报', en: 'plan and decide declarations' },
  'stars.declare': { zh: '研判申报', en: 'diagnose and declare' },
  'stars.assess': { zh: '填写自评', en: 'assess the own branch' },
  'stars.guide': { zh: '指导创建', en: 'guide branches' },
  'stars.review': { zh: '乡镇初审', en: 'review for the township' },
  'stars.verify': { zh: '专班核验', en: 'verify a star' },
  'stars.joint': { zh: '县级联审和公示', en: 'review jointly and publicise' },
  'stars.decide': { zh: '名单表决', en: 'vote on the list' },
  'stars.name': { zh: '命名', en: 'name branches' },
  'publications.write': { zh: '发布公开内容', en: 'publish' },
  'designations.write': { zh: '授予荣誉', en: 'grant designations' },
  'imports.run': { zh: '导入数据', en: 'import' },
  'journal.read': { zh: '查阅操作台账', en: 'read the journal' },
  'calendar.write': { zh: '维护工作日历', en: 'change the calendar' },
  admin: { zh: '系统管理', en: 'administer the platform' },
};

/** A verb on a unit's subtree. `star` narrows a task force to its own star. */
export interface Grant {
  readonly verb: Verb;
  /** Path of the unit, `1.5.12.`: its subtree is every path that starts with it. */
  readonly path: string;
  readonly star?: string | undefined;
}

export function holds(grants: readonly Grant[], verb: Verb, path?: string, star?: string): boolean {
  return grants.some(
    (g) =>
      g.verb === verb &&
      (path === undefined || path.startsWith(g.path)) &&
      (star === undefined || g.star === undefined || g.star === star),
  );
}
