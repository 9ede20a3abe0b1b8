import type { Grant } from '../grants.ts';
import { role, rolesWith } from '../records/assignments/roles.ts';
import type { UnitType } from '../records/units/types.ts';
import { listed, type Reason, reasons } from '../words.ts';

export const reportReason = reasons({
  'report-signed': { zh: '报告已签发，不能修改；请起草新版本。', en: 'The report is signed; draft a new version.' },
  'report-draft': { zh: '报告尚未签发。', en: 'The report is not signed yet.' },
  'report-replaced': { zh: '已有更新的版本。', en: 'There is a newer version.' },
  'report-blanks': {
    zh: '报告中有 {blanks} 处空白，请逐一查看后再签发。',
    en: 'The report has {blanks} blanks; look at each of them before signing.',
  },
  'report-signer': {
    zh: '“{name}”的报告由本单位的{who}签发，上级不代签。',
    en: 'A report of “{name}” is signed by its own {who}; nobody above signs for it.',
  },
  'report-not-for': { zh: '该模板不适用于“{name}”。', en: 'This template is not made for “{name}”.' },
  'report-typed-number': {
    zh: '引用之外不能直接填写统计数字（“{text}”）：请改用指标引用。',
    en: 'Counted numbers are not typed in (“{text}”): use a reference to a figure.',
  },
});

interface ReportFacts {
  readonly signedAt: Date | string | null;
  readonly replacedBy: string | null;
}

export function canChange(report: ReportFacts): Reason | null {
  return report.signedAt === null ? null : reportReason('report-signed');
}

export function canSign(report: ReportFacts, blanks: number, seen: number): Reason | null {
  if (report.signedAt !== null) return reportReason('report-signed');
  return blanks === seen ? null : reportReason('report-blanks', { blanks });
}

interface SignedUnit {
  readonly name: string;
  readonly type: UnitType;
  readonly path: string;
}

/**
 * Whoever signs answers for what the report says of the unit, so it is one of its own people. Above a unit the same right
 * reads and drafts, and signs the reports of its own level.
 */
export function canSignFor(unit: SignedUnit, grants: readonly Grant[]): Reason | null {
  if (grants.some((grant) => grant.verb === 'reports.sign' && grant.path === unit.path)) return null;
  const roles = rolesWith('reports.sign').filter((name) => role(name).on.includes(unit.type));
  return reportReason('report-signer', { name: unit.name, who: listed(roles.map((name) => role(name).words)) });
}

export function canRenew(report: ReportFacts): Reason | null {
  if (report.signedAt === null) return reportReason('report-draft');
  return report.replacedBy === null ? null : reportReason('report-replaced');
}

/** Words behind which a number is a count; a year, a document number or an ordinal is none. */
const counted = /\d[\d,.]*\s*(?:%|％|个|名|户|件|场|次|人次|万元|元|亩|家|处|支|栋|期|公里|人)/;

/**
 * The first counted number that somebody typed beside the references, or null. Derived is never typed in: a number in a
 * report that no record stands behind is what the platform is there to end.
 */
export function typedNumber(text: string): string | null {
  return counted.exec(withoutReferences(text))?.[0] ?? null;
}

/** What a person wrote themselves. */
export const withoutReferences = (text: string) => text.replace(/\{\{[^}]*\}\}/g, '');
