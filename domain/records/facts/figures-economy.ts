import { catalogue, count, distinct, fact, first, median, percent, ratio, sum, unitsOf, where } from './build.ts';
import type { Expr, LineSource } from './expr.ts';
import { f, told } from './figure.ts';
import { collectiveIncome, incomeFigures } from './figures-income.ts';

// Industry, cooperatives, enterprises, agreements, collective income and dividends.

const villages = unitsOf('village');
const wan = { per: 1_000_000 } as const;
const yuan = { per: 100 } as const;
const lines = (books: string[], accounts: string[], side: 'credit' | 'debit', more: Partial<LineSource> = {}): Expr =>
  sum({ table: 'lines', books, accounts, side, ...more });
const enterpriseBindings = ['enterprise-binding', 'four-party-chain'];
const farmerBindings = ['farmer-binding', 'four-party-chain'];
/** A binding counts where its cooperative stands (or is led from), wherever the agreement was filed. */
const coopsBound = { table: 'agreements', kinds: enterpriseBindings, key: 'party', placedBy: ['cooperative'] } as const;
/** Both sides of a village in force at once: its cooperative with an enterprise, its farmers with a cooperative or the collective. */
const boundBothWays = (forDays?: number, among?: Expr): Expr => {
  const since = forDays ? { forDays } : {};
  const withEnterprise = count({ ...coopsBound, key: 'unit', ...since });
  const withFarmers = count({ table: 'agreements', kinds: farmerBindings, placedBy: ['farmer'], ...since });
  const both = where(['village'], withEnterprise, 1, withFarmers);
  return among ? where(['village'], both, 1, among) : both;
};
/** A season: half a year without a gap. */
const seasonDays = 180;
const candidate = count({
  table: 'cases',
  types: ['candidacy'],
  when: 'there',
  ofCycle: true,
  states: ['declared', 'approved', 'monitored', 'assessed', 'recommended', 'named', 'not-named'],
});
const product = { table: 'subjects', kinds: ['product'], has: [{ field: 'leading', is: true }] } as const;
/** Cooperatives that a branch leads and that are bound to an enterprise. */
const ledAndBound = { roles: ['cooperative', 'buyer'], led: true, bound: enterpriseBindings } as const;
const kilograms = sum({ table: 'cases', types: ['crop-delivery'], when: 'opened', amount: 'kg' });
const valueAdded: Expr = {
  of: 'difference',
  part: lines(['cooperative'], ['income:sales'], 'credit', yuan),
  less: lines(['cooperative'], ['expense:crop-settlement', 'expense:processing'], 'debit', yuan),
};
const cropArea = sum({
  table: 'agreements',
  kinds: ['grower-contract'],
  amount: 'areaMu',
  has: [{ field: 'season', year: true }],
});
/** What the one household that consented to be an example received; without one there is nothing to tell. */
const home = (accounts: string[]): Expr =>
  sum(
    {
      table: 'lines',
      books: ['village-collective', 'cooperative', 'project'],
      accounts,
      side: 'debit',
      ...yuan,
      example: true,
    },
    { none: 'missing' },
  );
const receivers = distinct({
  table: 'lines',
  books: ['village-collective', 'cooperative'],
  accounts: ['expense:dividends'],
  side: 'debit',
  key: 'subject',
});
const incomes = [
  'expense:crop-settlement',
  'expense:land-rent',
  'expense:wages',
  'expense:wages-local',
  'expense:dividends',
];

export const economyFigures = {
  ...incomeFigures,
  'collective-income-increase': f(
    '合作社带来的集体收入增加额',
    'Increase of collective income from cooperatives',
    told.wan,
    {
      of: 'change',
      part: lines(['village-collective'], ['income:cooperative'], 'credit', wan),
    },
  ),
  'collective-income-yoy': f('村集体收入同比增长', 'Growth of collective income', told.percent, {
    of: 'growth',
    part: collectiveIncome,
  }),
  'one-village-one-product-coverage': f(
    '一村一品覆盖率',
    'Villages with a leading product',
    told.percent,
    percent(where(['village'], count(product), 1), villages),
  ),
  'one-township-one-industry-coverage': f(
    '一乡一业覆盖率',
    'Townships with a leading industry',
    told.percent,
    percent(
      where(
        ['township', 'street'],
        count({ table: 'subjects', kinds: ['industry'], own: true, has: [{ field: 'leading', is: true }] }),
        1,
      ),
      unitsOf('township', 'street'),
    ),
  ),
  'production-base-area': f(
    '生产基地面积',
    'Area of production bases',
    told.mu,
    sum({ table: 'subjects', kinds: ['production-base'], amount: 'areaMu' }),
  ),
  'industry-belt-area': f(
    '产业带面积',
    'Area of the industry belt',
    told.mu,
    sum(
      { table: 'subjects', kinds: ['production-base'], amount: 'areaMu', parentKind: 'industry-belt', key: 'place' },
      { once: true },
    ),
  ),
  'characteristic-industries': f(
    '特色产业数',
    'Characteristic industries',
    told.n,
    distinct({ table: 'subjects', kinds: ['industry'], key: 'category' }),
  ),
  'industry-chains': f('产业链数', 'Industry chains', told.n, count({ table: 'subjects', kinds: ['industry-chain'] })),
  'double-binding-coverage': f(
    '“双绑”到位村占比',
    'Villages bound both ways',
    told.percent,
    percent(boundBothWays(), villages),
  ),
  'double-binding-coverage/candidates': f(
    '拟创村“双绑”到位率',
    'Candidate villages bound both ways',
    told.percent,
    percent(boundBothWays(undefined, candidate), where(['village'], candidate, 1)),
  ),
  'double-binding-coverage/stable': f(
    '“双绑”稳定建立率',
    'Villages bound both ways for a season or more',
    told.percent,
    percent(boundBothWays(seasonDays), villages),
  ),
  'coops-bound': f(
    '绑定龙头企业的合作社数',
    'Cooperatives bound to a leading enterprise',
    told.n,
    distinct({ ...coopsBound, party: ['cooperative'] }),
  ),
  'leading-enterprises-bound': f(
    '绑定的龙头企业数',
    'Leading enterprises bound',
    told.n,
    distinct({ ...coopsBound, party: ['leading-enterprise'] }),
  ),
  'leading-agribusinesses': f(
    '农业龙头企业数',
    'Leading agribusinesses',
    told.n,
    distinct({ table: 'designations', kinds: ['leading-agribusiness'], key: 'subject' }),
  ),
  'branches-leading-bound-coops': f(
    '领办合作社绑定龙头企业的党支部数',
    'Branches leading a bound cooperative',
    told.n,
    distinct({
      table: 'subjects',
      kinds: ['cooperative'],
      key: 'lead-unit',
      bound: { kinds: enterpriseBindings, role: 'cooperative' },
    }),
  ),
  'farm-households-led': f(
    '带动农户数',
    'Farm households led',
    told.households,
    distinct({
      table: 'agreements',
      kinds: ['farmer-binding', 'four-party-chain', 'grower-contract'],
      party: ['farmer', 'grower'],
      key: 'party',
      withRole: ledAndBound,
    }),
  ),
  'farm-income-gain': f('带动农户增收额', 'Gain of farm households', told.wan, {
    of: 'change',
    part: lines(['cooperative'], ['expense:crop-settlement', 'expense:wages', 'expense:dividends'], 'debit', {
      ...wan,
      bookLed: true,
    }),
  }),
  'villages-branch-led-coop': f(
    '成立支部领办合作社的村数',
    'Villages with a branch-led cooperative',
    told.n,
    where(['village'], count({ table: 'subjects', kinds: ['cooperative'], led: true }), 1),
  ),
  'coop-models': f(
    '合作社推广模式数',
    'Models of cooperatives in use',
    told.n,
    distinct({ table: 'subjects', kinds: ['cooperative'], key: 'model' }),
  ),
  'head-coops': f(
    '总社数',
    'Head cooperatives',
    told.n,
    count({ table: 'subjects', kinds: ['cooperative'], led: true, has: [{ field: 'role', is: 'head' }] }),
  ),
  'branch-coops': f(
    '分社数',
    'Branch cooperatives',
    told.n,
    count({
      table: 'subjects',
      kinds: ['cooperative'],
      parentKind: 'cooperative',
      has: [{ field: 'role', is: 'branch' }],
    }),
  ),
  'branch-profit-contribution-rate': f(
    '分社利润上缴比例',
    'Agreed share of branch profit',
    told.percent,
    median({ table: 'agreements', kinds: ['branch-profit'], amount: 'sharePercent' }),
  ),
  'dividend-per-household': f(
    '每户分红',
    'Dividend per household',
    told.yuan,
    ratio(lines(['village-collective', 'cooperative'], ['expense:dividends'], 'debit', yuan), receivers),
  ),
  'crop-area': f('主导作物种植面积', 'Area of the leading crop', told.mu, cropArea),
  'price-floor-compliance': f(
    '不低于保护价结算比例',
    'Deliveries paid at or above the floor',
    told.percent,
    percent(
      count({
        table: 'cases',
        types: ['crop-delivery'],
        when: 'opened',
        states: ['settled'],
        has: [{ field: 'paidPriceFen', atLeastField: 'floorPriceFen' }],
      }),
      count({ table: 'cases', types: ['crop-delivery'], when: 'opened', states: ['settled'] }),
    ),
  ),
  'unified-services': f(
    '统一服务项数',
    'Unified services',
    told.n,
    distinct({
      table: 'cases',
      types: ['season-service'],
      when: 'there',
      states: ['provided'],
      has: [{ field: 'season', year: true }],
      key: 'service',
    }),
  ),
  'workshop-investment': f(
    '加工车间投资',
    'Investment in the workshop',
    told.wan,
    sum({
      table: 'lines',
      books: ['project'],
      accounts: ['expense'],
      side: 'debit',
      bookAbout: 'workshop',
      ...wan,
      balance: true,
    }),
  ),
  'value-added-per-kg': f('每公斤增值', 'Value added per kilogram', told.yuan, ratio(valueAdded, kilograms)),
  'value-added-per-mu': f('亩均增值', 'Value added per mu', told.yuan, ratio(valueAdded, cropArea)),
  'income-channels': f('增收渠道数', 'Channels of income', told.n, catalogue('income-kind')),
  'household-home-income': f(
    '示例户售出农产品收入',
    'Example household: crop income',
    told.yuan,
    home(['expense:crop-settlement']),
  ),
  'household-land-rent': f('示例户土地租金', 'Example household: land rent', told.yuan, home(['expense:land-rent'])),
  'household-village-wages': f(
    '示例户村内务工收入',
    'Example household: village wages',
    told.yuan,
    home(['expense:wages', 'expense:wages-local']),
  ),
  'household-dividend': f('示例户集体分红', 'Example household: dividend', told.yuan, home(['expense:dividends'])),
  'household-income-total': f('示例户四金合计', 'Example household: four incomes', told.yuan, home(incomes)),
  'household-income-per-capita': f(
    '人均收入',
    'Income per person',
    told.yuan,
    ratio(home(incomes), fact('example-household-members')),
  ),
  'income-per-capita-yoy': f('人均纯收入同比', 'Growth of income per person', told.percent, {
    of: 'growth',
    part: fact('income-per-capita'),
  }),
  'venture-parties': f(
    '四方共赢受益方数',
    'Parties of the venture',
    told.n,
    distinct({
      table: 'agreements',
      kinds: ['venture'],
      party: ['enterprise', 'government', 'collective', 'farmer'],
      key: 'role',
    }),
  ),
  'certified-products': f(
    '“三品一标”认证产品数',
    'Certified products',
    told.n,
    first(
      distinct({ table: 'designations', kinds: ['product-certification'], key: 'subject' }),
      fact('certified-products'),
    ),
  ),
  'certification-kinds': f('认证种类数', 'Kinds of certification', told.n, catalogue('certification')),
  'three-combination-kinds': f('“三合”模式项数', 'Kinds of combination', told.n, catalogue('three-combination')),
  'characteristic-villages': f(
    '特色村数',
    'Characteristic villages',
    told.n,
    distinct({ table: 'designations', kinds: ['characteristic-village'], key: 'unit' }),
  ),
} as const;
