import { fact as f, hand as h, kase as k, posted as p, subject as s, type Case, type Row } from './kit.ts';

const income = (at: 'V' | 'W' | 'M', day: string, wan: number): Row =>
  p('village-collective', at, 'income:lease', day, -wan * 1_000_000);
const bid = (at: 'V' | 'W', year: number): Row =>
  k('candidacy', 'approved', at, `${year}-02-01`, { parent: `c${year}`, data: { targetLevel: 5, targetStars: [] } });
const cycle = (year: number): Row => k('cycle', 'open', 'C', `${year}-01-02`, { id: `c${year}`, data: { year } });
const tiers = [income('V', '2025-05-01', 60), income('W', '2025-05-01', 7), income('W', '2024-05-01', 90)];
const tier = (name: string, wan: number): Case => h(`collective-income-threshold/${name}`, '2025', 'C', wan);

export const economyCases: readonly Case[] = [
  tier('1', 5),
  tier('2', 10),
  tier('3', 50),
  tier('a', 5),
  tier('b', 20),
  tier('line', 30),
  h('collective-income-threshold', '2025', 'C', 5),
  h('villages-income-at-least', '2025', 'C', 2, ...tiers),
  h('villages-income-at-least/1', '2025', 'C', 2, ...tiers),
  h('villages-income-at-least/2', '2025', 'C', 1, ...tiers),
  h('villages-income-at-least/3', '2025', 'C', 1, ...tiers),
  h('villages-income-at-least/a', '2025', 'T', 2, ...tiers),
  h('villages-income-at-least/b', '2024', 'T', 1, ...tiers),
  // Entered by a village that keeps no book here.
  h(
    'villages-income-at-least/line',
    '2025',
    'T',
    1,
    f('collective-income', 'V', '2025', 310_000),
    f('collective-income', 'W', '2025', 290_000),
  ),
  // Before creation began in 2025 one village reached each of them, now two do.
  ...(
    [
      ['1', 5],
      ['2', 10],
      ['3', 50],
      ['a', 5],
      ['b', 20],
      ['line', 30],
    ] as const
  ).map(([name, wan]) =>
    h(
      `villages-income-growth/${name}`,
      '2026',
      'C',
      100,
      cycle(2025),
      bid('V', 2025),
      income('V', '2024-05-01', wan),
      income('V', '2026-05-01', wan),
      income('W', '2024-05-01', wan - 1),
      income('W', '2025-05-01', wan),
      income('W', '2026-05-01', wan),
    ),
  ),
  // Before creation began in 2025 one village reached it, now two.
  h(
    'villages-income-growth-percent',
    '2026',
    'C',
    100,
    cycle(2025),
    bid('V', 2025),
    income('V', '2024-05-01', 6),
    income('V', '2026-05-01', 6),
    income('W', '2025-05-01', 6),
    income('W', '2026-05-01', 6),
  ),
  h(
    'villages-income-growth-multiple',
    '2026',
    'C',
    1,
    cycle(2025),
    bid('V', 2025),
    income('V', '2024-05-01', 25),
    income('V', '2026-05-01', 25),
    income('W', '2025-05-01', 25),
    income('W', '2026-05-01', 25),
  ),
  h(
    'collective-income-increase',
    '2025',
    'V',
    3,
    p('village-collective', 'V', 'income:cooperative', '2025-05-01', -5_000_000),
    p('village-collective', 'V', 'income:cooperative', '2024-05-01', -2_000_000),
    income('V', '2025-05-01', 9),
  ),
  // 6 of the book and 6 as entered, after 8 of the book.
  h(
    'collective-income-yoy',
    '2025',
    'C',
    50,
    income('V', '2025-05-01', 6),
    income('V', '2024-05-01', 8),
    f('collective-income', 'W', '2025', 60_000),
  ),
  h(
    'one-village-one-product-coverage',
    '2026',
    'C',
    50,
    s('product', 'V', { data: { leading: true } }),
    s('product', 'W', { data: { leading: false } }),
    s('product', 'W', { data: { leading: true }, to: '2026-01-01' }),
  ),
  // The street's own; the township has only one of a village.
  h(
    'one-township-one-industry-coverage',
    '2026',
    'C',
    50,
    s('industry', 'S', { data: { leading: true } }),
    s('industry', 'V', { data: { leading: true } }),
  ),
  h(
    'production-base-area',
    '2026',
    'V',
    1100,
    s('production-base', 'V', { data: { areaMu: 1100 } }),
    s('production-base', 'W', { data: { areaMu: 7 } }),
  ),
  // One plot entered twice has one area; a base outside the belt does not belong.
  h(
    'industry-belt-area',
    '2026',
    'T',
    30,
    s('industry-belt', 'T', { id: 'belt' }),
    s('production-base', 'V', { parent: 'belt', place: '甲', data: { areaMu: 10 } }),
    s('production-base', 'V', { parent: 'belt', place: '甲', data: { areaMu: 10 } }),
    s('production-base', 'W', { parent: 'belt', place: '乙', data: { areaMu: 20 } }),
    s('production-base', 'W', { place: '丙', data: { areaMu: 5 } }),
  ),
  h(
    'characteristic-industries',
    '2026',
    'C',
    2,
    s('industry', 'V', { data: { category: 'fruit' } }),
    s('industry', 'W', { data: { category: 'fruit' } }),
    s('industry', 'M', { data: { category: 'herbs' } }),
  ),
  h(
    'industry-chains',
    '2026',
    'C',
    1,
    s('industry-chain', 'C'),
    s('industry-chain', 'C', { to: '2026-01-01' }),
    s('industry', 'C'),
  ),
];
