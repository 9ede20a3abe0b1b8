import { byKind, say } from '../fields.ts';
import { asset, book, expense, income, liability } from '../records/ledgers/declare.ts';
import type { UnitType } from '../records/units/types.ts';

const local = ['village', 'community', 'estate'] as const satisfies readonly UnitType[];
const members = ['branch', 'village', 'community'] as const satisfies readonly UnitType[];

/** What a resident's points were given for: voluntary participation and nothing else (limits of M288). */
const earning = {
  activity: say('参加活动', 'Activity'),
  'volunteer-service': say('志愿服务', 'Volunteer service'),
  deliberation: say('参与议事', 'Deliberation'),
  environment: say('环境行动', 'Environment action'),
  course: say('兑换课程', 'Course'),
  goods: say('兑换物品', 'Goods'),
  expiry: say('到期', 'Expiry'),
} as const;

/** Points are spendable on courses and goods, never a condition of a right, and nobody can be taken below nothing. */
export const pointBooks = byKind([
  book(
    'resident-points',
    say('居民积分', 'Resident points'),
    'points',
    local,
    {
      'expense:granted': expense('发放', 'Granted'),
      'income:redeemed': income('兑换', 'Redeemed'),
      'income:expired': income('到期', 'Expired'),
      'liability:residents': liability('居民积分', 'Points of residents', [
        'household',
        'volunteer',
        'active-resident',
      ]),
    },
    { purposes: earning, covered: ['liability:residents'], private: true },
  ),
  book(
    'member-points',
    say('党员积分（本人可见）', 'Party-member points, own view only'),
    'points',
    members,
    {
      'expense:granted': expense('发放', 'Granted'),
      'income:expired': income('到期', 'Expired'),
      'liability:members': { ...liability('党员积分', 'Points of members'), perPerson: true },
    },
    { purposes: earning, covered: ['liability:members'], private: true },
  ),
  book('venue-hours', say('场地时长', 'Venue hours'), 'minutes', local, {
    'asset:venue-time': asset('已提供场地时长', 'Venue time given', ['partner', 'volunteer-team']),
    'income:venue-time': income('场地时长', 'Venue time'),
  }),
  book('service-hours', say('服务时长', 'Service hours'), 'minutes', local, {
    'asset:owed-service': asset('应服务时长', 'Service owed', ['partner', 'volunteer-team']),
    'asset:received-service': asset('已服务时长', 'Service received', ['partner', 'volunteer-team']),
    'income:venue-granted': income('场地折合服务', 'Service for venue time'),
  }),
]);
