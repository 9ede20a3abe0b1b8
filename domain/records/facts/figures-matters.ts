import {
  catalogue,
  count,
  distinct,
  fact,
  first,
  over,
  parameter,
  percent,
  ratio,
  sumOf,
  unitsOf,
  where,
} from './build.ts';
import type { CaseSource } from './expr.ts';
import { f, neverScored, told } from './figure.ts';

// Matters, disputes, safety and estates. What people raise and what police and petition offices report is told, never scored.

const closed = (types: string[], more: Partial<CaseSource> = {}): CaseSource => ({
  table: 'cases',
  types,
  when: 'closed',
  ...more,
});
const settled = (more: Partial<CaseSource> = {}) => count(closed(['dispute'], { states: ['closed'], ...more }));
const perTenThousand = ratio(fact('fraud-cases'), fact('population'), 10_000);
const disputesDue = { table: 'cases', types: ['dispute'], when: 'due' } as const;
const withPlatform = ['county', 'township', 'street', 'village', 'community'] as const;
const scoredPlaces = ['estate', 'community', 'village'] as const;
const programmeClosed = ['served', 'party-body', 'cross-appointment'];

export const matterFigures = {
  'disputes-settled': f(
    '化解矛盾件数',
    'Disputes settled',
    told.cases,
    first(count(closed(['dispute'], { states: ['closed'] }), { total: true }), fact('disputes-settled')),
    neverScored,
  ),
  'disputes-settled-grid': f(
    '网格渠道化解矛盾纠纷数',
    'Disputes settled through the grid',
    told.cases,
    settled({ has: [{ field: 'channel', is: 'grid' }] }),
    neverScored,
  ),
  'disputes-settled-on-time': f(
    '纠纷按时化解率',
    'Disputes settled on time',
    told.percent,
    percent(count({ ...disputesDue, states: ['closed'], onTime: true }), count(disputesDue)),
  ),
  'mediation-platform-coverage': f(
    '调处平台建成率',
    'One-stop platforms in use',
    told.percent,
    percent(
      distinct({
        table: 'subjects',
        kinds: ['mediation-platform'],
        states: ['in-use'],
        onTypes: withPlatform,
        key: 'unit',
      }),
      unitsOf(...withPlatform),
    ),
  ),
  'police-legal-coverage': f(
    '村警和法治副书记覆盖率',
    'Villages with officer and legal deputy',
    told.percent,
    percent(
      where(
        ['village', 'community'],
        distinct({ table: 'assignments', roles: ['village-police', 'legal-deputy'], key: 'role' }),
        2,
      ),
      unitsOf('village', 'community'),
    ),
  ),
  'fraud-cases': f('电信诈骗发案数', 'Fraud cases', told.cases, fact('fraud-cases'), neverScored),
  'fraud-window-start-month': f(
    '诈骗统计起始月',
    'First month of the fraud window',
    told.month,
    parameter('起始月', 'first month', 1),
  ),
  'fraud-rate-yoy': f(
    '电信诈骗发案率同比',
    'Change of the fraud rate',
    told.percent,
    { of: 'growth', part: perTenThousand },
    neverScored,
  ),
  'fraud-loss-yoy': f(
    '诈骗损失金额同比',
    'Change of fraud losses',
    told.percent,
    { of: 'growth', part: fact('fraud-loss') },
    neverScored,
  ),
  'public-order-cases-yoy': f(
    '治安刑事案件同比',
    'Change of public-order and criminal cases',
    told.percent,
    { of: 'growth', part: sumOf(fact('public-order-cases'), fact('criminal-cases')), meanOf: 3 },
    neverScored,
  ),
  'petitions-count': f('信访件数', 'Petitions', told.cases, fact('petitions-count'), neverScored),
  'petitions-yoy': f(
    '信访总量同比',
    'Change of petitions',
    told.percent,
    { of: 'growth', part: fact('petitions-count') },
    neverScored,
  ),
  'years-without-petition': f(
    '无上访记录的年数',
    'Years without petitions',
    told.years,
    { of: 'streak', part: fact('petitions-count'), is: '0' },
    neverScored,
  ),
  'years-without-petition/longest': f(
    '无上访记录的最长年数',
    'Most years without petitions',
    told.years,
    over(['village', 'community'], 'max', { of: 'streak', part: fact('petitions-count'), is: '0' }),
    neverScored,
  ),
  'estate-ailments-solved': f(
    '解决“小区病”数',
    'Estate defects solved',
    told.n,
    count(closed(['estate-ailment']), { total: true }),
  ),
  'livelihood-deeds-done': f(
    '办理民生实事件数',
    'Livelihood deeds accepted',
    told.cases,
    count({ table: 'cases', types: ['deed'], when: 'there', states: ['confirmed'] }),
  ),
  'deeds-and-difficulties-done': f(
    '办好事解难事件数',
    'Deeds done and difficulties solved',
    told.cases,
    count({ table: 'cases', types: ['help-deed'], when: 'there', states: ['confirmed'] }),
  ),
  'opinions-valid': f(
    '收集有效社情民意件数',
    'Valid opinions',
    told.cases,
    count({ table: 'cases', types: ['opinion'], when: 'there', states: ['valid', 'answered'] }),
    neverScored,
  ),
  'worries-solved': f(
    '解决居民烦心事件数',
    'Worries solved',
    told.cases,
    count(closed(['matter'], { states: ['closed'], has: [{ field: 'channel', is: 'council' }] }), {
      total: true,
    }),
    neverScored,
  ),
  'livelihood-problems-solved': f(
    '解决民生问题数',
    'Livelihood problems solved',
    told.n,
    count(closed(['matter'], { states: ['closed'], has: [{ field: 'category', set: true }] })),
    neverScored,
  ),
  'livelihood-categories': f('民生问题类别数', 'Livelihood categories', told.n, catalogue('livelihood-category')),
  'property-service-score': f(
    '物业服务质量评分',
    'Quality of property service',
    told.index,
    // The mean of the places that have a score of their own.
    ratio(
      over(scoredPlaces, 'sum', fact('property-service-points')),
      where(scoredPlaces, fact('property-service-points'), 0),
    ),
  ),
  'property-fee-rate': f(
    '物业缴费率',
    'Property fees received',
    told.percent,
    percent(fact('property-fees-received'), fact('property-fees-due')),
  ),
  'programme-steps': f(
    '步骤数',
    'Steps of the programme',
    told.n,
    parameter('建物业、建组织、交叉任职', 'service, party body, cross-appointment', 3),
  ),
  'property-routes': f(
    '路线数',
    'Routes to property service',
    told.n,
    parameter('引进、共建、兜底', 'contract, co-building, fallback', 3),
  ),
  'estates-property-gap-solved': f(
    '解决无物业的老旧小区数',
    'Old estates now served',
    told.n,
    distinct({
      table: 'cases',
      types: ['estate-programme'],
      when: 'there',
      states: programmeClosed,
      key: 'unit',
      has: [
        { field: 'old', is: true },
        { field: 'route', set: true },
      ],
    }),
  ),
  'property-firms-with-party-org': f(
    '组建党组织的物业企业数',
    'Property firms with a party organisation',
    told.n,
    count({ table: 'subjects', kinds: ['property-firm'], has: [{ field: 'partyOrgFounded', set: true }] }),
  ),
  'cross-appointment-parties': f(
    '交叉任职方数',
    'Parties of cross-appointments',
    told.n,
    parameter('社区、业委会、物业', 'community, owners, property firm', 3),
  ),
  'deliberation-levels': f(
    '议事层级数',
    'Levels of deliberation',
    told.n,
    distinct({ table: 'subjects', kinds: ['council'], key: 'level' }),
  ),
  'deliberation-steps': f(
    '议事步骤数',
    'Steps of deliberation',
    told.n,
    parameter('一征求、三商议、两公开', 'one call, three discussions, two disclosures', 6),
  ),
} as const;
