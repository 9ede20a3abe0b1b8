import { count, distinct, percent, sum, unitsOf, where } from './build.ts';
import type { Expr } from './expr.ts';
import { f, neverScored, told } from './figure.ts';

// How far work reaches: places and grids where somebody or something is lacking, and what is offered to residents.

const places = ['village', 'community'] as const;
const homes = ['grid', 'estate'] as const;
/** Units of these types that have none of it; they are the records to which the figure opens. */
const without = (types: Parameters<typeof where>[0], part: Expr): Expr => ({ ...where(types, part, 0), exactly: true });
const centres = count({ table: 'subjects', kinds: ['service-centre'], states: ['in-use'] });
const unanswered = ['raised', 'accepted', 'assigned', 'handling', 'escalated'];
const mattersDue = { table: 'cases', types: ['matter'], when: 'due' } as const;

/** What a village, its cooperatives and its works paid to households, whoever they are. */
const paid = (accounts: readonly string[]): Expr =>
  sum({
    table: 'lines',
    books: ['village-collective', 'cooperative', 'project'],
    accounts,
    side: 'debit',
    per: 1_000_000,
  });
const { home, rent, wages, dividends } = {
  home: ['expense:crop-settlement'],
  rent: ['expense:land-rent'],
  wages: ['expense:wages', 'expense:wages-local'],
  dividends: ['expense:dividends'],
};

export const reachFigures = {
  'four-incomes': f(
    '群众四项收入合计',
    'Four incomes paid to households',
    told.wan,
    paid([...home, ...rent, ...wages, ...dividends]),
  ),
  'four-incomes/home': f('群众交售农产品收入', 'Paid to households for crops', told.wan, paid(home)),
  'four-incomes/rent': f('群众土地租金收入', 'Paid to households as land rent', told.wan, paid(rent)),
  'four-incomes/wages': f('群众村内务工收入', 'Paid to households as wages', told.wan, paid(wages)),
  'four-incomes/dividends': f('群众分红收入', 'Paid to households as dividends', told.wan, paid(dividends)),
  'places-without-service-centre': f(
    '无在用服务中心的村（社区）数',
    'Villages and communities without a service centre in use',
    told.n,
    without(places, centres),
  ),
  'places-without-branch': f(
    '未建党组织的村（社区）数',
    'Villages and communities without a branch',
    told.n,
    without(places, count({ table: 'units', types: ['branch'], own: true })),
  ),
  'places-without-secretary': f(
    '书记空缺的村（社区）数',
    'Villages and communities without a branch secretary',
    told.n,
    without(places, distinct({ table: 'assignments', roles: ['branch-secretary'], key: 'person' })),
  ),
  'grids-without-contact': f(
    '无联系人的网格（小区）数',
    'Grids and estates without a named contact',
    told.n,
    without(
      homes,
      distinct({
        table: 'assignments',
        roles: ['area-cadre', 'grid-staff-fulltime', 'grid-staff-parttime'],
        key: 'person',
      }),
    ),
  ),
  'grids-with-unanswered-matters': f(
    '有诉求未答复的网格（小区）数',
    'Grids and estates with unanswered matters',
    told.n,
    where(homes, count({ table: 'cases', types: ['matter'], when: 'open', states: unanswered }), 1),
    neverScored,
  ),
  'service-centre-coverage': f(
    '服务中心覆盖率',
    'Villages and communities with a service centre in use',
    told.percent,
    percent(where(places, centres, 1), unitsOf(...places)),
  ),
  'jobs-offered': f(
    '提供就业岗位数',
    'Jobs offered',
    told.n,
    sum({ table: 'subjects', kinds: ['job-opening'], amount: 'places' }),
  ),
  'matters-on-time-share': f(
    '诉求按期办结率',
    'Matters solved in time',
    told.percent,
    percent(count({ ...mattersDue, states: ['closed'], onTime: true }), count(mattersDue)),
    neverScored,
  ),
  'services-available': f(
    '可用服务资源数',
    'Services available',
    told.n,
    count({ table: 'subjects', kinds: ['service-resource'] }),
  ),
} as const;
