import type { Words } from '../../words.ts';
import { earliest, fact, first, parameter, sum, where } from './build.ts';
import type { Expr } from './expr.ts';
import { f, told } from './figure.ts';

// What collectives take in, and how many villages reach which bound of it.

const typedIncome: Expr = { of: 'divide', part: fact('collective-income'), by: '10000' };
const collective = (accounts: string[]) =>
  first(sum({ table: 'lines', books: ['village-collective'], accounts, side: 'credit', per: 1_000_000 }), typedIncome);
export const collectiveIncome = collective(['income']);
/** What the collective earns itself: subsidies and windfalls are income, and no operating income. */
export const operatingIncome = collective(
  ['operations', 'lease', 'investment', 'cooperative', 'services'].map((account) => `income:${account}`),
);
const firstYear = earliest({ table: 'cases', types: ['candidacy'], when: 'there', amount: 'year' }, { total: true });

/** Bounds in 10,000 CNY, and what each is for. */
const tiers = {
  '1': [5, '第一档', 'tier 1'],
  '2': [10, '第二档', 'tier 2'],
  '3': [50, '第三档', 'tier 3'],
  a: [5, '增长比较一', 'first line of growth'],
  b: [20, '增长比较二', 'second line of growth'],
  line: [30, '达标线', 'line of the city'],
} as const;
type Tier = keyof typeof tiers;

/** A bound as people say it: 5万元 · CNY 50,000. */
const money = (tier: Tier): Words => {
  const [wan] = tiers[tier];
  return { zh: `${wan}万元`, en: `CNY ${(wan * 10_000).toLocaleString('en')}` };
};
const threshold = (tier: Tier) => {
  const [bound, zh, en] = tiers[tier];
  return parameter(`集体收入门槛（${zh}，万元）`, `threshold of collective income in 10,000 CNY (${en})`, bound);
};
const villagesAbove = (tier: Tier): Expr => where(['village'], collectiveIncome, tiers[tier][0]);
const reaching = (tier: Tier) =>
  f(
    `集体收入不低于${money(tier).zh}的村数`,
    `Villages with a collective income of ${money(tier).en} or more`,
    told.n,
    villagesAbove(tier),
  );
const bound = (tier: Tier) => {
  const [, zh, en] = tiers[tier];
  return f(`集体收入门槛（${zh}）`, `Threshold of collective income (${en})`, told.wan, threshold(tier));
};
const growth = (tier: Tier) =>
  f(
    `集体收入不低于${money(tier).zh}的村自创建以来增幅`,
    `Growth since creation began of villages with a collective income of ${money(tier).en} or more`,
    told.percent,
    { of: 'growth', part: villagesAbove(tier), sinceYear: firstYear },
  );

const tierFigures = Object.fromEntries(
  (Object.keys(tiers) as Tier[]).flatMap((tier) => [
    [`collective-income-threshold/${tier}`, bound(tier)],
    [`villages-income-at-least/${tier}`, reaching(tier)],
    [`villages-income-growth/${tier}`, growth(tier)],
  ]),
);

export const incomeFigures = {
  ...tierFigures,
  'collective-income-threshold': bound('1'),
  'villages-income-at-least': reaching('1'),
  'villages-income-growth-percent': growth('a'),
  'villages-income-growth-multiple': f(
    `集体收入不低于${money('b').zh}的村自创建以来增加倍数`,
    `Growth since creation began of villages with a collective income of ${money('b').en} or more, in multiples`,
    told.times2,
    { of: 'growth', part: villagesAbove('b'), multiple: true, sinceYear: firstYear },
  ),
} as const;
