import {
  catalogue,
  count,
  distinct,
  fact,
  first,
  median,
  per,
  percent,
  ratio,
  sum,
  sumOf,
  unitsOf,
  where,
} from './build.ts';
import type { CaseSource, Expr } from './expr.ts';
import { f, neverScored, ofPersons, told } from './figure.ts';

// Matters, services, culture, points, safety and what residents say.

const closed = (types: string[], more: Partial<CaseSource> = {}): CaseSource => ({
  table: 'cases',
  types,
  when: 'closed',
  ...more,
});
const inUse = (kinds: string[]) => count({ table: 'subjects', kinds, states: ['in-use'] });
const standing = (kinds: string[]) => count({ table: 'subjects', kinds });
const held = (kinds: string[]) => count({ table: 'events', kinds });
/** The mean of a question over all surveys of the period, weighted by their samples; under ten answers it says nothing. */
const surveyed = (field: string): Expr => {
  // A survey that did not put the question cannot answer it: its sample would count as so many zeros.
  const has = [{ field, set: true as const }];
  const survey = { table: 'cases', types: ['survey'], when: 'closed', states: ['closed'], has } as const;
  const top = sum({ ...survey, amount: field, times: 'sample' });
  return { of: 'ratio', top, bottom: sum({ ...survey, amount: 'sample' }), bottomAtLeast: '10' };
};
const communities = unitsOf('community');
const employed = where(['community'], count({ table: 'designations', kinds: ['fully-employed-community'] }), 1);
const placed = distinct({
  table: 'cases',
  types: ['placement'],
  when: 'closed',
  states: ['confirmed'],
  key: 'subject',
});
const threeSenses: Expr = {
  of: 'divide',
  part: sumOf(surveyed('gain'), surveyed('happiness'), surveyed('safety')),
  by: '3',
};

export const serviceFigures = {
  'satisfaction-index': f(
    '群众满意度',
    'Satisfaction',
    told.index,
    first(surveyed('satisfaction'), {
      of: 'ratio',
      top: fact('satisfaction-points'),
      bottom: fact('satisfaction-answers'),
      bottomAtLeast: '10',
    }),
  ),
  'satisfaction-index/three-senses': f(
    '获得感、幸福感、安全感指数',
    'Gain, happiness and safety',
    told.index,
    threeSenses,
  ),
  'satisfaction-index-change/happiness': f('幸福感变化', 'Change of happiness', told.index, {
    of: 'change',
    part: surveyed('happiness'),
  }),
  'satisfaction-index-change': f('满意度变化', 'Change of satisfaction', told.index, {
    of: 'change',
    part: surveyed('satisfaction'),
  }),
  'happiness-index': f('幸福感', 'Happiness', told.index, surveyed('happiness')),
  'gain-index': f('获得感', 'Sense of gain', told.index, surveyed('gain')),
  'safety-index': f('安全感', 'Sense of safety', told.index, surveyed('safety')),
  'survey-answers': f(
    '调查有效样本数',
    'Answers to surveys',
    told.people,
    sum({ table: 'cases', types: ['survey'], when: 'closed', states: ['closed'], amount: 'sample' }),
  ),
  'recognition-index': f('党组织认同度', 'Recognition of the branch', told.index, surveyed('recognition')),
  'daycare-planned': f(
    '规划建设的日间照料中心数',
    'Day-care centres planned or built',
    told.n,
    standing(['day-care-centre']),
  ),
  'communities-daycare-in-use': f(
    '日间照料中心投用社区数',
    'Communities with a day-care centre in use',
    told.n,
    where(['community'], inUse(['day-care-centre']), 1),
  ),
  'share-daycare-in-use': f(
    '日间照料中心投用率',
    'Day-care centres in use',
    told.percent,
    percent(inUse(['day-care-centre']), standing(['day-care-centre'])),
  ),
  'elderly-served': f(
    '服务老年人数',
    'Elderly people served',
    told.people,
    first(
      distinct({
        table: 'cases',
        types: ['care-service'],
        when: 'opened',
        dated: 'on',
        states: ['delivered', 'rated'],
        key: 'subject',
        about: [{ field: 'group', is: 'elderly' }],
      }),
      fact('elderly-served'),
    ),
    ofPersons,
  ),
  'platform-modules': f(
    '智慧平台模块数',
    'Platform modules',
    told.n,
    count({ table: 'subjects', kinds: ['platform-module'], states: ['published'] }),
  ),
  'platform-businesses': f(
    '智慧平台业务项数',
    'Platform businesses',
    told.n,
    count({ table: 'subjects', kinds: ['platform-business'], states: ['published'] }),
  ),
  'business-handling-time': f(
    '业务办理时长中位数',
    'Median handling time',
    told.hours,
    median({ table: 'cases', types: ['service-request'], when: 'reached', states: ['done', 'rated'], amount: 'hours' }),
  ),
  'governance-improvement': f(
    '按期办结率变化',
    'Change of matters closed on time',
    told.points,
    { of: 'change', part: percent(count(closed(['matter'], { onTime: true })), count(closed(['matter']))) },
    neverScored,
  ),
  'service-card-categories': f(
    '服务卡类别数',
    'Categories of the service card',
    told.n,
    catalogue('service-card-category'),
  ),
  'pledges-kept': f(
    '公开承诺兑现数',
    'Pledges kept',
    told.n,
    count({ table: 'cases', types: ['pledge'], when: 'there', states: ['kept'] }),
  ),
  'practice-stations': f('新时代文明实践站（所）数', 'Practice stations', told.n, standing(['practice-station'])),
  'station-calendar-compliance': f(
    '实践站活动月数占比',
    'Station months with a theme',
    told.percent,
    percent(
      per('month', distinct({ table: 'events', kinds: ['station-theme'], key: 'station', monthly: true })),
      standing(['practice-station']),
    ),
  ),
  'opera-shows': f('“送戏下乡”场数', 'Opera shows', told.sessions, held(['opera-show'])),
  'cultural-activities': f(
    '文化活动场数',
    'Cultural activities',
    told.sessions,
    first(held(['show', 'sports', 'festival']), fact('cultural-activities')),
  ),
  'fully-employed-communities': f('“充分就业社区”数', 'Fully employed communities', told.n, employed),
  'share-fully-employed-communities': f(
    '“充分就业社区”占比',
    'Fully employed communities, share',
    told.percent,
    percent(employed, communities),
  ),
  'provincial-honours': f(
    '省级荣誉数',
    'Provincial honours',
    told.n,
    sumOf(
      count({ table: 'designations', kinds: ['tourism-county', 'civilised-county'], own: true }),
      count({ table: 'designations', kinds: ['honour'], own: true, grantor: '省' }),
    ),
  ),
  'advanced-members-awarded': f(
    '评比先进党员人次',
    'Advanced members awarded',
    told.visits,
    count({ table: 'designations', kinds: ['advanced-member'], granted: true }, { total: true }),
  ),
  'estate-venues': f(
    '小区党支部阵地数',
    'Venues of estate branches',
    told.n,
    count({ table: 'subjects', kinds: ['venue'], led: { types: ['branch'], under: ['estate'] } }),
  ),
  'service-centre-levels': f(
    '服务中心层级数',
    'Levels with service centres',
    told.n,
    distinct({
      table: 'subjects',
      kinds: ['service-centre'],
      states: ['in-use'],
      onTypes: ['township', 'street', 'village', 'community', 'estate'],
      key: 'tier',
    }),
  ),
  'job-training-sessions': f(
    '就业培训场数',
    'Employment-training sessions',
    told.sessions,
    first(held(['job-training']), fact('job-training-sessions')),
  ),
  'job-training-person-times': f(
    '就业培训人次',
    'Attendance of employment training',
    told.visits,
    sum({ table: 'events', kinds: ['job-training'], heads: 'all' }),
  ),
  'jobs-placed': f('促成就业人数', 'Residents placed in jobs', told.people, placed, ofPersons),
  'service-groups': f('服务群体数', 'Groups served', told.n, catalogue('service-group')),
  'needs-met-share': f(
    '需求满足率',
    'Needs met',
    told.percent,
    percent(
      distinct({
        table: 'cases',
        types: ['match'],
        when: 'there',
        states: ['rated'],
        has: [{ field: 'rating', atLeast: 4 }],
        asked: 'needId',
        key: 'needId',
      }),
      count({ table: 'cases', types: ['need'], when: 'opened' }),
    ),
  ),
  'activity-space-share': f(
    '活动场所面积占比',
    'Share of floor area for activities',
    told.percent,
    percent(
      sum({
        table: 'subjects',
        kinds: ['venue'],
        parentKind: 'service-centre',
        has: [{ field: 'use', is: 'activity' }],
        amount: 'areaM2',
      }),
      sum({ table: 'subjects', kinds: ['service-centre'], amount: 'areaM2' }),
    ),
  ),
  'volunteer-teams': f(
    '志愿服务团队数',
    'Volunteer teams',
    told.n,
    first(standing(['volunteer-team']), fact('volunteer-teams')),
  ),
  'volunteer-brands': f('志愿服务品牌数', 'Volunteer brands', told.n, standing(['volunteer-brand'])),
  'merchant-alliance-members': f(
    '“志愿者商户联盟”成员数',
    'Members of the merchants’ alliance',
    told.households,
    first(
      distinct({ table: 'agreements', kinds: ['alliance-membership'], party: ['member'], key: 'party' }),
      fact('merchant-alliance-members'),
    ),
  ),
  'volunteer-service-person-times': f(
    '志愿服务人次',
    'Persons served by volunteers',
    told.visits,
    sum({ table: 'events', kinds: ['volunteer-service'], amount: 'served' }, { total: true }),
  ),
  'venue-rent': f(
    '场地租金',
    'Rent of venues',
    told.yuan,
    sum({
      table: 'agreements',
      kinds: ['venue-use'],
      amount: 'yearlyRentFen',
      per: 100,
      withRole: { roles: ['group'], has: [{ field: 'type', is: 'art-group' }] },
    }),
  ),
  'resident-price-ratio': f(
    '居民价与市场价之比',
    'Resident price to market price',
    told.each,
    ratio(
      sum({ table: 'agreements', kinds: ['course-price'], amount: 'residentPriceFen' }),
      sum({ table: 'agreements', kinds: ['course-price'], amount: 'marketPriceFen' }),
    ),
  ),
  'points-credit-coverage': f(
    '参与活动计分率',
    'Participations credited with points',
    told.percent,
    percent(
      count({
        table: 'lines',
        books: ['resident-points'],
        accounts: ['liability:residents'],
        side: 'credit',
        heads: true,
        purposes: ['activity', 'volunteer-service'],
      }),
      sum({ table: 'events', kinds: ['participation', 'volunteer-service', 'shift'], heads: 'attended' }),
    ),
  ),
  'points-per-course': f(
    '课程兑换所需积分',
    'Points for a course place',
    told.index,
    median({ table: 'subjects', kinds: ['course'], amount: 'pointsPrice', per: 100 }),
  ),
} as const;
