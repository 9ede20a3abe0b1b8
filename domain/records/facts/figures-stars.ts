import { dutyClasses } from '../../stars/duties.ts';
import {
  catalogue,
  count,
  distinct,
  earliest,
  latest,
  over,
  parameter,
  percent,
  ratio,
  stars,
  unitsOf,
  where,
} from './build.ts';
import type { CaseSource, DesignationSource, Expr } from './expr.ts';
import { f, told } from './figure.ts';

// Cycles, ratings, candidacies and what stands between them.

const rated = (more: Partial<DesignationSource>): Expr =>
  count({ table: 'designations', kinds: ['star-branch'], ofCycle: true, ...more });
const candidacies = (more: Partial<CaseSource> = {}): CaseSource => ({
  table: 'cases',
  types: ['candidacy'],
  when: 'there',
  ofCycle: true,
  ...more,
});
const approvedStates = ['approved', 'monitored', 'assessed', 'recommended', 'named', 'not-named'];
const planned = (level: number): Expr =>
  count(candidacies({ states: approvedStates, has: [{ field: 'targetLevel', is: level }] }));
const branches = unitsOf('village', 'community');
const plannedShare: Expr = percent(
  count(candidacies({ states: approvedStates, has: [{ field: 'targetLevel', atLeast: 4 }] })),
  branches,
);
const newOnes = (types: ('village' | 'community')[]): Expr =>
  where(types, count(candidacies({ states: [...approvedStates, 'declared'], has: [{ field: 'isNew', is: true }] })), 1);
const candidate: Expr = count(candidacies({ states: [...approvedStates, 'declared'] }));
const industryCandidate: Expr = count(
  candidacies({ states: [...approvedStates, 'declared'], has: [{ field: 'targetStars', holds: 'industry' }] }),
);
const year: Expr = { of: 'year' };
/** Years in a row for which the village was designated; this year's may still come. */
const sixWithout: Expr = {
  of: 'streak',
  part: distinct({ table: 'designations', kinds: ['six-without-village'], ofCycle: true, key: 'unit' }),
  is: '1',
  running: true,
};

export const starFigures = {
  'cycle-year': f('创建年度', 'Year of the cycle', told.year, year),
  'plan-year': f('拟创年度', 'Year of the planned cycle', told.year, year),
  'as-of-year': f('截至年份', 'Year of the cut-off', told.year, year),
  'example-year': f('示例年份', 'Year of the example', told.year, year),
  'cycle-year/first': f(
    '创建起始年份',
    'Year in which the unit began',
    told.year,
    earliest({ table: 'cases', types: ['candidacy'], when: 'there', amount: 'year' }, { total: true }),
  ),
  'cycle-year/income': f('增收年份', 'Year of the income result', told.year, year),
  'naming-year': f(
    '命名年份',
    'Year of the naming',
    told.year,
    latest(
      { table: 'designations', kinds: ['star-branch', 'provincial-five-star'], amount: 'year', granted: true },
      { total: true },
    ),
  ),
  'branches-star-5': f('“五星”支部数', 'Five-star branches of the cycle', told.n, rated({ level: 5 })),
  'branches-star-4': f('“四星”支部数', 'Four-star branches of the cycle', told.n, rated({ level: 4 })),
  'branches-star-3': f('“三星”支部数', 'Three-star branches of the cycle', told.n, rated({ level: 3 })),
  'share-star-3-plus': f(
    '“三星”以上支部占比',
    'Branches of three stars or more',
    told.percent,
    percent(rated({ levelAtLeast: 3 }), branches),
  ),
  'rank-branches-star-5': f('“五星”支部数量排名', 'Rank by five-star branches', told.rank, {
    of: 'rank',
    part: rated({ level: 5 }),
  }),
  'planned-branches-star-5': f('计划创建“五星”支部数', 'Planned five-star branches', told.n, planned(5)),
  'planned-branches-star-4': f('计划创建“四星”支部数', 'Planned four-star branches', told.n, planned(4)),
  'planned-star-4-5-share-change': f(
    '拟创四五星占比较上年变化',
    'Planned four- and five-star share against last year’s confirmed share',
    told.points,
    {
      of: 'difference',
      part: plannedShare,
      less: { of: 'before', part: percent(rated({ levelAtLeast: 4 }), branches) },
    },
  ),
  'new-candidate-villages': f('新确定争创村数', 'New candidate villages', told.n, newOnes(['village'])),
  'new-candidate-communities': f('新确定争创社区数', 'New candidate communities', told.n, newOnes(['community'])),
  'stars-in-standard': f('标准中的星数', 'Stars in the standard', told.n, stars),
  'graded-standards': f(
    '分级标准数',
    'Graded requirement sets',
    told.n,
    parameter('按星级分的要求', 'requirement sets by level', Object.keys(dutyClasses).length),
  ),
  'work-lists': f(
    '清单种类数',
    'Kinds of lists kept',
    told.n,
    distinct({ table: 'cases', types: ['star-list', 'task', 'problem', 'work-scheme'], when: 'there', key: 'type' }),
  ),
  'work-mechanisms': f(
    '推进机制数',
    'Working mechanisms',
    told.n,
    parameter('会商、观摩、考核、奖优罚劣', 'consultation, observation, assessment, reward', 4),
  ),
  'ends-classification': f(
    '两头单位数（四星以上与二星以下）',
    'Units at both ends (four stars or more, two or fewer)',
    told.n,
    {
      of: 'sum',
      parts: [
        where(['village', 'community'], rated({ levelAtLeast: 4 }), 1),
        {
          of: 'difference',
          part: branches,
          less: where(['village', 'community'], rated({ levelAtLeast: 3 }), 1),
        },
      ],
    },
  ),
  'annual-reward-fund': f('年度奖励资金', 'Yearly reward fund', told.wan, {
    of: 'records',
    take: 'sum',
    source: {
      table: 'lines',
      books: ['reward-fund'],
      accounts: ['income:appropriated'],
      side: 'credit',
      per: 1_000_000,
    },
  }),
  'reward-level-threshold': f(
    '奖励星级门槛',
    'Stars needed for a reward',
    told.level,
    parameter('奖励门槛', 'threshold of rewards', 3),
  ),
  'honours-level-threshold': f(
    '评优星级门槛',
    'Stars needed for honours',
    told.level,
    parameter('评优门槛', 'threshold of honours', 3),
  ),
  'key-village-level-threshold': f(
    '重点村星级门槛',
    'Stars that make a key village',
    told.level,
    parameter('重点村门槛', 'threshold of key villages', 4),
  ),
  'township-reward-cap': f(
    '乡镇最高奖励额',
    'Largest reward of a township',
    told.wan,
    latest(
      {
        table: 'cases',
        types: ['reward-rule'],
        when: 'there',
        states: ['published'],
        amount: 'capFen',
        per: 1_000_000,
        has: [{ field: 'beneficiary', is: 'township' }],
      },
      { total: true },
    ),
  ),
  'zero-criteria': f('“三零”指标数', 'Zero criteria', told.n, parameter('“三零”（样例）', 'zero criteria (sample)', 3)),
  'six-without-criteria': f('“六无”标准项数', 'Six-without criteria', told.n, catalogue('six-without')),
  'roadmap-phases': f(
    '路线图阶段数',
    'Roadmap phases',
    told.n,
    parameter('对标找差、查漏补缺、集中攻坚、综合评估', 'benchmark, fill gaps, concentrate, evaluate', 4),
  ),
  'candidate-villages-with-industry': f(
    '明确主导产业的拟创村数',
    'Candidate villages with a leading industry',
    told.n,
    where(
      ['village'],
      count({ table: 'subjects', kinds: ['industry'], has: [{ field: 'leading', is: true }] }),
      1,
      industryCandidate,
    ),
  ),
  'share-candidates-with-industry': f(
    '拟创村主导产业明确率',
    'Candidate villages with a leading industry, share',
    told.percent,
    percent(
      where(
        ['village'],
        count({ table: 'subjects', kinds: ['industry'], has: [{ field: 'leading', is: true }] }),
        1,
        candidate,
      ),
      where(['village'], candidate, 1),
    ),
  ),
  'creation-duration': f('创建时长', 'Years since the first candidacy', told.years, {
    of: 'difference',
    part: year,
    less: earliest({ table: 'cases', types: ['candidacy'], when: 'there', amount: 'year' }, { total: true }),
  }),
  'years-six-without': f('连续获评“六无”村年数', 'Years in a row designated six-without', told.years, sixWithout),
  'years-six-without/longest': f(
    '“六无”村连续获评的最长年数',
    'Most years in a row designated six-without',
    told.years,
    over(['village', 'community'], 'max', sixWithout),
  ),
  'creation-problems-solved': f(
    '破解创星问题数',
    'Creation problems solved',
    told.n,
    over(
      ['village', 'community'],
      'sum',
      count({ table: 'cases', types: ['problem'], when: 'closed', states: ['closed'] }, { total: true }),
      candidate,
    ),
  ),
  'benchmark-candidates': f('争创单位数', 'Contenders of the cycle', told.n, count(candidacies())),
  'share-candidates': f(
    '参创支部占比',
    'Branches that take part',
    told.percent,
    percent(count(candidacies()), branches),
  ),
  'candidacies-per-branch': f(
    '平均每个支部申报次数',
    'Candidacies per branch',
    told.each,
    ratio(count(candidacies()), branches),
  ),
} as const;
