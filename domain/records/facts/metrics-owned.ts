import { flow, measure, stock, type Metric } from './metric.ts';

const { cases, yuan, people, squareMetres } = measure;
const decimals = 2;

/**
 * Numbers that other bodies own: they come in as totals with their document and date, and nobody here counts them. What
 * police and petition offices report is never scored (limits, rule 2).
 */
export const ownedMetrics = {
  'public-order-cases': flow(
    '治安案件数（公安部门提供）',
    'Public-order cases, from the police',
    cases,
    '公安部门通报治安案件多少件？',
    'How many public-order cases do the police report?',
    { scoreEligible: false },
  ),
  'criminal-cases': flow(
    '刑事案件数（公安部门提供）',
    'Criminal cases, from the police',
    cases,
    '公安部门通报刑事案件多少件？',
    'How many criminal cases do the police report?',
    { scoreEligible: false },
  ),
  'income-per-capita': stock(
    '人均纯收入（抽样调查）',
    'Net income by head, surveyed',
    yuan,
    '调查部门公布的人均纯收入多少元？',
    'What net income by head does the survey office publish?',
    { decimals, rollup: 'none' },
  ),
  'income-survey-sample': stock(
    '收入调查样本数',
    'Sample of the income survey',
    people,
    '调查样本多少人（户）？',
    'How large was the sample?',
    { rollup: 'none' },
  ),
  // Declared with the written consent under which the example is told; nobody else's household is counted.
  'example-household-members': stock(
    '示例户家庭人口（凭公开同意书）',
    'Members of the example household, as its consent says',
    people,
    '同意公开收入的示例户家庭人口几人？',
    'How many members has the household that consented to be the example?',
    { rollup: 'none' },
  ),
  'property-fees-due': flow(
    '应收物业费（物业企业提供）',
    'Property fees due, from the firm',
    yuan,
    '物业企业提供的应收物业费合计多少元？（只填合计）',
    'What fees were due in total, as the firm says?',
    { decimals },
  ),
  'property-fees-received': flow(
    '实收物业费（物业企业提供）',
    'Property fees received, from the firm',
    yuan,
    '物业企业提供的实收物业费合计多少元？（只填合计）',
    'What fees were received in total, as the firm says?',
    { decimals },
  ),
  'property-service-points': stock(
    '物业服务质量评分（0—100）',
    'Quality of property service (0–100)',
    { zh: '分', en: 'points' },
    '物业服务质量评估得多少分？',
    'How many points did property service get?',
    { decimals: 1, rollup: 'none', max: '100' },
  ),
  'activity-area': stock(
    '居民活动场所面积',
    'Floor area for residents’ activity',
    squareMetres,
    '供居民活动的场所多少平方米？',
    'How many m² are for residents’ activity?',
    { decimals },
  ),
  'toilets-planned': stock(
    '计划改造户厕数',
    'Household toilets planned',
    measure.households,
    '计划改造户厕多少户？',
    'How many household toilets are planned?',
  ),
  'addresses-total': stock(
    '门牌地址总数',
    'Addresses',
    measure.count,
    '共有门牌地址多少个？（只填个数）',
    'How many addresses are there? (the number only)',
  ),
} as const satisfies Record<string, Metric>;
