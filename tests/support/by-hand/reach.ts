import { duty as d, hand as h, kase as k, posted as p, subject as s, type Case } from './kit.ts';

const inUse = { state: 'in-use' } as const;
const matter = (state: string, at: 'V' | 'G' | 'E', more: Parameters<typeof k>[4] = {}) =>
  k('matter', state, at, '2026-03-01', more);

const home = s('household', 'V', { id: 'home' });
const to = { subject: 'home' } as const;
// In ten thousand yuan: 3 for crops, 1 of rent, 2 and 4 of wages, 5 of dividends; costs that go to nobody's household count nowhere.
const payments = [
  home,
  p('cooperative', 'V', 'expense:crop-settlement', '2026-05-01', 3_000_000, to),
  p('village-collective', 'V', 'expense:land-rent', '2026-05-01', 1_000_000, to),
  p('cooperative', 'V', 'expense:wages', '2026-05-01', 2_000_000, to),
  p('project', 'V', 'expense:wages-local', '2026-05-01', 4_000_000, to),
  p('project', 'V', 'expense:wages-outside', '2026-05-01', 9_000_000),
  p('village-collective', 'V', 'expense:dividends', '2026-05-01', 5_000_000, { whose: 'home' }),
  p('village-collective', 'V', 'expense:dividends', '2025-05-01', 7_000_000, to),
  p('village-collective', 'W', 'expense:operations', '2026-05-01', 8_000_000),
];

// V and W are villages of T, M is a community of S; G is a grid of V, E an estate of M.
export const reachCases: readonly Case[] = [
  h('four-incomes', '2026', 'T', 15, ...payments),
  h('four-incomes/home', '2026', 'V', 3, ...payments),
  h('four-incomes/rent', '2026', 'V', 1, ...payments),
  h('four-incomes/wages', '2026', 'V', 6, ...payments),
  h('four-incomes/dividends', '2026', 'T', 5, ...payments),
  h('four-incomes/dividends', '2025', 'T', 7, ...payments),
  // V has one in use; W only plans one, and M has none.
  h(
    'places-without-service-centre',
    '2026',
    'C',
    2,
    s('service-centre', 'V', inUse),
    s('service-centre', 'W', { state: 'planned' }),
    s('canteen', 'M', inUse),
  ),
  h('places-without-service-centre', '2026', 'V', 0, s('service-centre', 'V', inUse)),
  h(
    'service-centre-coverage',
    '2026',
    'C',
    33.333333,
    s('service-centre', 'V', inUse),
    s('service-centre', 'V', inUse),
    s('service-centre', 'W', { state: 'planned' }),
  ),
  // V and M have a branch of their own; the branch of an estate is not M's.
  h('places-without-branch', '2026', 'C', 1),
  h(
    'places-without-secretary',
    '2026',
    'C',
    1,
    d('branch-secretary', 'V', 'a'),
    d('branch-secretary', 'M', 'b'),
    d('branch-secretary', 'W', 'c', { to: '2026-02-01' }),
    d('village-cadre', 'W', 'e'),
  ),
  // Of the grid and the estate the grid has one; who only keeps in touch with households is none.
  h(
    'grids-without-contact',
    '2026',
    'C',
    1,
    d('area-cadre', 'G', 'a'),
    d('grid-staff-parttime', 'G', 'b'),
    d('household-contact', 'E', 'c'),
  ),
  // Two matters of the grid wait for an answer; that of the estate waits for the word of whoever raised it.
  h(
    'grids-with-unanswered-matters',
    '2026',
    'C',
    1,
    matter('handling', 'G'),
    matter('raised', 'G'),
    matter('answered', 'E'),
    matter('raised', 'V'),
    matter('closed', 'E', { closed: '2026-04-01' }),
  ),
  h(
    'jobs-offered',
    '2026',
    'T',
    14,
    s('job-opening', 'V', { data: { places: 10 } }),
    s('job-opening', 'W', { data: { places: 4 } }),
    s('job-opening', 'W', { data: { places: 7 }, to: '2026-02-01' }),
  ),
  // Due within the year: one in time, one late, one still open and one open since.
  h(
    'matters-on-time-share',
    '2026',
    'V',
    25,
    matter('closed', 'V', { closed: '2026-03-10', due: '2026-03-12' }),
    matter('closed', 'V', { closed: '2026-03-20', due: '2026-03-12' }),
    matter('handling', 'V', { due: '2026-03-12' }),
    matter('answered', 'G', { due: '2026-03-12' }),
    matter('handling', 'V', { due: '2027-03-12' }),
  ),
  h(
    'services-available',
    '2026',
    'C',
    2,
    s('service-resource', 'V'),
    s('service-resource', 'C'),
    s('service-resource', 'M', { to: '2026-02-01' }),
  ),
];
