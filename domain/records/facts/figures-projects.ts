import { catalogue, count, distinct, fact, first, less, over, percent, ratio, sum, unitsOf, where } from './build.ts';
import type { Expr, LineSource } from './expr.ts';
import { f, told } from './figure.ts';

// Funds, projects, works, villages' looks and what residents give.

const wan = { per: 1_000_000 } as const;
const villages = unitsOf('village');
const projectStates = ['building', 'accepted', 'handed-over', 'published'];
const decidedStates = ['deliberated', 'approved', 'funded', ...projectStates];
const standingStates = ['proposed', ...decidedStates];
const projects = (has: { field: string; is?: string | boolean; in?: string[] }[] = [], states = projectStates) =>
  count({ table: 'cases', types: ['project'], when: 'there', states, has, funded: true }, { total: true });
const funds = (more: Partial<LineSource> = {}): Expr =>
  sum({ table: 'lines', books: ['project'], accounts: ['income'], side: 'credit', ...wan, ...more });
/** Of a work with this in its name; where there is no such work, it has no budget of nothing: nobody can say. */
const ofWork = (title: string) => (title === '' ? {} : ({ none: 'missing' } as const));
const spent = (title: string, accounts: string[] = ['expense']): Expr =>
  sum(
    { table: 'lines', books: ['project'], accounts, side: 'debit', ...wan, bookTitle: title, balance: true },
    ofWork(title),
  );
const budget = (title: string): Expr =>
  sum({ table: 'cases', types: ['project'], when: 'there', amount: 'budgetFen', ...wan, titled: title }, ofWork(title));
const localPay: Expr = sum({
  table: 'lines',
  books: ['project'],
  accounts: ['expense:wages-local', 'expense:machines-local'],
  side: 'debit',
  ...wan,
  balance: true,
});
const paidHouseholds = distinct({
  table: 'lines',
  books: ['project'],
  accounts: ['expense:wages-local', 'expense:machines-local'],
  side: 'debit',
  key: 'subject',
  balance: true,
});
const inUse = (kinds: string[]) => count({ table: 'subjects', kinds, states: ['in-use'] });
const candidate = count({
  table: 'cases',
  types: ['candidacy'],
  when: 'there',
  ofCycle: true,
  states: ['declared', 'approved', 'monitored', 'assessed', 'recommended', 'named', 'not-named'],
});
const candidates = where(['village'], candidate, 1);
const waste = where(['village'], inUse(['waste-facility']), 1, candidate);
const ecologyCandidate = count({
  table: 'cases',
  types: ['candidacy'],
  when: 'there',
  ofCycle: true,
  states: ['declared', 'approved', 'monitored', 'assessed', 'recommended', 'named', 'not-named'],
  has: [{ field: 'targetStars', holds: 'ecology' }],
});
const toiletsIn = (states: string[]) =>
  over(['village'], 'sum', count({ table: 'cases', types: ['toilet-renovation'], when: 'there', states }), candidate);
const toilets = toiletsIn(['accepted', 'checked']);
const sewage = where(
  ['village'],
  count({ table: 'subjects', kinds: ['sewage-system'], states: ['in-use'], has: [{ field: 'effective', is: true }] }),
  1,
  candidate,
);
const entrance = where(
  ['village'],
  count({
    table: 'cases',
    types: ['entrance-check'],
    when: 'there',
    states: ['accepted'],
    has: [{ field: 'items', allOf: 'entrance-item' }],
  }),
  1,
);
const assessed = {
  table: 'cases',
  types: ['place-assessment'],
  when: 'there',
  states: ['confirmed'],
  dated: 'on',
  amount: 'score',
} as const;
const renovation = (part: string) =>
  ({
    table: 'subjects',
    kinds: ['work'],
    has: [
      { field: 'use', is: 'renovation' },
      { field: 'part', is: part },
    ],
  }) as const;
const plans = (states: string[]) =>
  where(['village'], count({ table: 'cases', types: ['village-plan'], when: 'there', states }), 1);
const planned = ['drafting', 'drafted', 'reviewed', 'approved', 'published'];
const done = ['approved', 'published'];

export const projectFigures = {
  'integrated-funds': f(
    '整合资金额',
    'Integrated funds',
    told.wan,
    sum({ table: 'lines', books: ['creation-fund'], accounts: ['income:received'], side: 'credit', ...wan }),
  ),
  'funds-raised': f('筹集资金额', 'Funds raised', told.wan, funds()),
  'projects-implemented': f('累计实施项目数', 'Projects carried out', told.n, projects()),
  'projects-funds': f('累计项目资金', 'Funds of projects', told.wan, funds({ balance: true })),
  'key-works': f(
    '重点工程项数',
    'Key works',
    told.n,
    count({
      table: 'cases',
      types: ['project'],
      when: 'there',
      states: standingStates,
      has: [{ field: 'key', is: true }],
    }),
  ),
  'all-works': f(
    '大小工程总数',
    'All works',
    told.n,
    count({
      table: 'cases',
      types: ['project', 'micro-renewal'],
      when: 'there',
      states: [...standingStates, 'agreed', 'doing', 'done'],
    }),
  ),
  programmes: f('项目数', 'Programmes', told.n, count({ table: 'cases', types: ['programme'], when: 'there' })),
  'programme-works': f(
    '工程数',
    'Works in programmes',
    told.n,
    count({ table: 'cases', types: ['project'], when: 'there', childOf: ['programme'] }),
  ),
  'work-budget': f('工程预算', 'Budget of works', told.wan, budget('')),
  'work-actual': f('工程实际投资', 'Actual cost of works', told.wan, spent('')),
  'work-budget/landmark': f('茶壶景观预算', 'Budget of the landmark', told.wan, budget('茶壶')),
  'work-actual/landmark': f('茶壶景观实际投资', 'Actual cost of the landmark', told.wan, spent('茶壶')),
  'work-budget/railings': f('绿化带护栏预算', 'Budget of the railings', told.wan, budget('护栏')),
  'work-actual/railings': f('绿化带护栏实际花费', 'Actual cost of the railings', told.wan, spent('护栏')),
  'labour-savings': f(
    '投工投设备节支额',
    'Saved by labour and machines given',
    told.wan,
    sum({ table: 'cases', types: ['contribution'], when: 'there', states: ['posted'], amount: 'savedFen', ...wan }),
  ),
  'land-given': f(
    '无偿让出土地面积',
    'Land given',
    told.mu,
    sum({ table: 'agreements', kinds: ['land-gift'], amount: 'areaMu' }),
  ),
  'local-wages-and-machines': f('群众务工及机械费用', 'Paid to residents for labour and machines', told.wan, localPay),
  'local-labour-share': f(
    '本村劳务占比',
    'Share of wages paid in the village',
    told.percent,
    percent(
      sum({ table: 'lines', books: ['project'], accounts: ['expense:wages-local'], side: 'debit', balance: true }),
      sum({
        table: 'lines',
        books: ['project'],
        accounts: ['expense:wages-local', 'expense:wages-outside'],
        side: 'debit',
        balance: true,
      }),
    ),
  ),
  'household-average-gain': f(
    '户均增收',
    'Average gain of paid households',
    told.yuan,
    ratio(localPay, paidHouseholds, 10_000),
  ),
  'micro-work-kinds': f(
    '“五微”种类数',
    'Kinds of micro works',
    told.n,
    distinct({ table: 'cases', types: ['micro-renewal'], when: 'there', key: 'kind' }),
  ),
  'parking-places-planned': f(
    '拟建候车（停车）位数',
    'Parking places planned',
    told.n,
    sum({ table: 'cases', types: ['project'], when: 'there', states: decidedStates, amount: 'parkingPlaces' }),
  ),
  'works-volume-reduction': f('工程量减少', 'Reduction of works', told.each, {
    of: 'difference',
    part: sum({
      table: 'cases',
      types: ['design-change'],
      when: 'there',
      states: ['applied', 'approved'],
      amount: 'quantityBefore',
    }),
    less: sum({
      table: 'cases',
      types: ['design-change'],
      when: 'there',
      states: ['applied', 'approved'],
      amount: 'quantityAfter',
    }),
  }),
  'safety-accidents': f(
    '安全事故数',
    'Accidents on works',
    told.n,
    // None happened only where every work that was built has been looked at.
    first(
      {
        of: 'covered',
        part: sum({ table: 'events', kinds: ['site-inspection'], amount: 'accidents' }, { total: true }),
        seen: distinct({ table: 'events', kinds: ['site-inspection'], key: 'project' }, { total: true }),
        all: count({ table: 'cases', types: ['project'], when: 'there', states: projectStates }),
      },
      fact('safety-accidents'),
    ),
  ),
  'work-disputes-open': f(
    '工程矛盾隐患数',
    'Open disputes on works',
    told.n,
    count({ table: 'cases', types: ['dispute'], when: 'open', has: [{ field: 'kind', is: 'works' }] }),
    { scoreEligible: false },
  ),
  'service-streets': f(
    '服务街数量',
    'Service streets',
    told.n,
    count({
      table: 'cases',
      types: ['project'],
      when: 'there',
      states: decidedStates,
      has: [{ field: 'class', is: 'service-street' }],
    }),
  ),
  'strategy-components': f('战略组成数', 'Components of the strategy', told.n, catalogue('strategy-component')),
  'strategy-themes': f('战略主题数', 'Strategy themes', told.n, catalogue('strategy-theme')),
  'strategy-themes/city': f('强市主题数', 'Themes of the city', told.n, catalogue('strategy-theme', 'city-')),
  'strategy-themes/economy': f('经济主题数', 'Themes of the economy', told.n, catalogue('strategy-theme', 'economy-')),
  'renovation-areas': f('改造片区数', 'Renovation areas', told.n, count(renovation('area'))),
  'renovation-buildings': f('改造楼栋数', 'Renovated buildings', told.n, count(renovation('building'))),
  'renovation-households': f(
    '改造涉及户数',
    'Households in renovated buildings',
    told.households,
    sum({ ...renovation('building'), amount: 'households' }),
  ),
  'village-plans-started': f('启动规划编制的村庄数', 'Villages that began a plan', told.n, plans(planned)),
  'village-plans-drafted': f(
    '规划初步完成的村庄数',
    'Villages with a drafted plan',
    told.n,
    plans(['drafted', 'reviewed', ...done]),
  ),
  'village-plans-completed': f('编制规划的村数', 'Villages with a completed plan', told.n, plans(done)),
  'village-plan-completion': f(
    '规划完成率',
    'Plans completed of those begun',
    told.percent,
    percent(plans(done), plans(planned)),
  ),
  'village-plan-coverage': f(
    '村庄规划覆盖率',
    'Villages with an approved plan',
    told.percent,
    percent(plans(done), villages),
  ),
  'village-scene-coverage': f(
    '一村一景一韵覆盖率',
    'Villages with a scene and a theme',
    told.percent,
    percent(
      where(
        ['village'],
        distinct({
          table: 'subjects',
          kinds: ['village-character'],
          has: [{ field: 'aspect', in: ['scene', 'theme'] }],
          key: 'aspect',
        }),
        2,
      ),
      villages,
    ),
  ),
  'village-character-coverage': f(
    '村庄特色覆盖率',
    'Villages with a character',
    told.percent,
    percent(where(['village'], count({ table: 'subjects', kinds: ['village-character'] }), 1), villages),
  ),
  'villages-entrance-five': f('实现村口“五有”的村数', 'Villages with all entrance items', told.n, entrance),
  'share-villages-entrance-five': f(
    '村口“五有”实现率',
    'Villages with all entrance items, share',
    told.percent,
    percent(entrance, villages),
  ),
  'entrance-items': f('村口“五有”项数', 'Entrance items', told.n, catalogue('entrance-item')),
  'garden-kinds': f('“五园”种类数', 'Kinds of gardens', told.n, catalogue('garden-kind')),
  'five-gardens-new': f(
    '新建“五园”个数',
    'New small gardens',
    told.n,
    count({ table: 'subjects', kinds: ['small-garden'], states: ['in-use'], dated: 'acceptedOn' }),
  ),
  'five-beauty-criteria': f('“五美”标准项数', 'Courtyard criteria', told.n, catalogue('five-beauty')),
  'four-beauty-criteria': f('“四美”标准项数', 'Village criteria', told.n, catalogue('four-beauty')),
  'contest-aspects': f('比晒项数', 'Compared and published aspects', told.n, catalogue('contest-aspect')),
  'five-beauty-courtyards': f(
    '“五美”庭院户数',
    'Model courtyards',
    told.households,
    first(
      distinct({ table: 'designations', kinds: ['five-beauty-courtyard'], key: 'subject' }),
      fact('five-beauty-courtyards'),
    ),
  ),
  'waste-facility-rate': f(
    '垃圾设施配备率',
    'Candidate villages with waste facilities',
    told.percent,
    percent(waste, candidates),
  ),
  'toilet-renovation-rate': f(
    '户厕改造完成率',
    'Toilets renovated of those planned',
    told.percent,
    percent(toilets, toiletsIn(['planned', 'consented', 'built', 'accepted', 'checked'])),
  ),
  'sewage-treatment-rate': f(
    '污水有效治理率',
    'Candidate villages with treated sewage',
    told.percent,
    percent(sewage, candidates),
  ),
  'candidate-villages-environment-met': f(
    '垃圾、厕所、污水达标拟创村数',
    'Candidate villages that meet the three criteria',
    told.n,
    where(
      ['village'],
      {
        of: 'sum',
        parts: [
          where(['village'], inUse(['waste-facility']), 1),
          where(
            ['village'],
            count({ table: 'cases', types: ['toilet-renovation'], when: 'there', states: ['accepted', 'checked'] }),
            1,
          ),
          where(
            ['village'],
            count({
              table: 'subjects',
              kinds: ['sewage-system'],
              states: ['in-use'],
              has: [{ field: 'effective', is: true }],
            }),
            1,
          ),
        ],
      },
      3,
      ecologyCandidate,
    ),
  ),
  'estate-environment-before-after': f(
    '小区环境评分变化',
    'Change of the estate’s checklist score',
    told.index,
    less(
      { of: 'records', take: 'latest', source: assessed, total: true, none: 'missing' },
      { of: 'records', take: 'earliest', source: assessed, total: true, none: 'missing' },
    ),
  ),
} as const;
