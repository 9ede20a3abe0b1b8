/** What is found in a village: the fault, the criterion of the sample standard that it breaks, and its class. */
interface Fault {
  readonly text: string;
  readonly criterion: string;
  readonly class: 'organisation' | 'industry' | 'governance' | 'environment' | 'culture' | 'other';
}

const fault = (text: string, criterion: string, of: Fault['class']): Fault => ({ text, criterion, class: of });
export const faults: Record<string, readonly Fault[]> = {
  branch: [
    fault('组织生活记录不完整', 'branch.life', 'organisation'),
    fault('支部书记培训未完成', 'branch.training', 'organisation'),
  ],
  industry: [
    fault('主导产业基地道路未硬化', 'industry.main', 'industry'),
    fault('合作社账目公开不及时', 'industry.cooperative', 'industry'),
  ],
  ecology: [
    fault('村内坑塘有垃圾', 'ecology.refuse', 'environment'),
    fault('户厕改造进度慢', 'ecology.toilets', 'environment'),
  ],
  safety: [
    fault('消防器材过期', 'safety.fire-ready', 'governance'),
    fault('调解台账缺签字', 'safety.mediation', 'governance'),
  ],
  civility: [
    fault('实践站活动少', 'civility.station', 'culture'),
    fault('红白理事会制度未上墙', 'civility.customs', 'culture'),
  ],
  sharing: [
    fault('三张清单未更新', 'sharing.needs', 'governance'),
    fault('小区协商记录缺失', 'sharing.committees', 'governance'),
  ],
  harmony: [
    fault('照料中心开放时间短', 'harmony.elderly', 'other'),
    fault('居民活动室使用率低', 'harmony.culture', 'culture'),
  ],
  business: [
    fault('求职登记未回访', 'business.jobs', 'industry'),
    fault('商户诉求答复慢', 'business.visits', 'industry'),
  ],
};
