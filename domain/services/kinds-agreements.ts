import { byKind, column, field, form, optional, say, unit } from '../fields.ts';
import { agreement, anyParty, subjects, units } from '../records/agreements/declare.ts';
import { places } from '../records/subjects/declare.ts';
import type { UnitType } from '../records/units/types.ts';

const local = ['street', 'township', ...places, 'estate'] as const satisfies readonly UnitType[];
const host = units(say('社区（村）', 'Community'), local);
const firm = subjects(say('物业企业', 'Property firm'), ['property-firm'], { max: 1 });
const estates = units(say('小区', 'Estates'), ['estate'], { max: 50 });
const duties = field.long('约定事项', 'Duties', 2000);

/** Agreements of a community with those who serve it. */
export const serviceAgreements = byKind([
  agreement(
    'partnership',
    say('共建单位联系协议', 'Partnership'),
    local,
    { community: host, partner: anyParty(say('共建单位', 'Partner'), ['partner', 'merchant', 'enterprise']) },
    form({ offers: field.list('服务项目', 'Offers'), duties }),
  ),
  agreement(
    'alliance-membership',
    say('志愿者商户联盟成员', 'Membership of the merchants’ alliance'),
    local,
    {
      alliance: { ...host, words: say('联盟', 'Alliance') },
      member: subjects(say('成员', 'Member'), ['merchant', 'household'], { max: 1 }),
    },
    form({
      offer: column(field.text('对居民的优惠（服务）', 'Offer to residents')),
      benefit: optional(field.text('联盟回馈', 'Benefit in return')),
    }),
  ),
  agreement(
    'third-party-service',
    say('引进第三方服务', 'Service by a third party'),
    local,
    { community: host, provider: anyParty(say('服务机构', 'Provider'), ['partner', 'enterprise']) },
    form({
      service: column(field.text('服务内容', 'Service')),
      selection: field.text('选定方式', 'How it was selected', 300),
      duties,
    }),
  ),
  agreement(
    'canteen-operation',
    say('老年食堂合作运营', 'Operation of a canteen'),
    places,
    {
      community: host,
      canteen: subjects(say('食堂', 'Canteen'), ['canteen', 'day-care-centre'], { max: 1 }),
      operator: anyParty(say('运营方', 'Operator'), ['partner', 'enterprise']),
    },
    form({
      mealPriceFen: column(field.money('每餐价格', 'Price of a meal')),
      subsidyFen: column(field.money('每餐补贴', 'Subsidy of a meal')),
      duties,
      inspections: optional(field.whole('每年检查', 'Inspections a year', unit.times)),
    }),
  ),
  agreement(
    'venue-use',
    say('场地使用协议', 'Use of a venue'),
    local,
    {
      community: host,
      venue: subjects(say('场地', 'Venue'), ['venue', 'service-centre', 'children-room'], { max: 1 }),
      group: anyParty(say('使用团体', 'Group'), ['partner', 'volunteer-team']),
    },
    form({
      yearlyRentFen: column(field.money('年租金', 'Yearly rent')),
      minutesPerWeek: column(field.whole('每周使用', 'Used each week', say('分钟', 'minutes'))),
      services: field.list('回馈服务', 'Services in return'),
    }),
  ),
  agreement(
    'service-exchange',
    say('以服务换服务约定', 'Exchange of venue hours for service hours'),
    local,
    { community: host, group: anyParty(say('服务团体', 'Group'), ['partner', 'volunteer-team']) },
    // Two books, one rate: how many minutes of service stand for an hour in the venue (M286).
    form({
      serviceMinutesPerVenueHour: column(
        field.whole('每场地小时折合服务', 'Service for an hour of the venue', say('分钟', 'minutes'), {
          min: 1,
          max: 600,
        }),
      ),
      yearlyVenueMinutes: field.whole('年度场地时长', 'Venue time a year', say('分钟', 'minutes')),
      services: field.list('服务内容', 'Services'),
    }),
    {
      postings: (t, from) => [
        {
          book: 'service-hours',
          day: from,
          key: 'granted',
          debit: 'asset:owed-service',
          credit: 'income:venue-granted',
          amount: Math.round((t.yearlyVenueMinutes * t.serviceMinutesPerVenueHour) / 60),
          text: say('约定服务时长', 'Service time agreed'),
        },
      ],
    },
  ),
  agreement(
    'course-price',
    say('低于市场价课程约定', 'Course below the market price'),
    local,
    {
      community: host,
      course: subjects(say('课程', 'Course'), ['course'], { max: 1 }),
      provider: anyParty(say('授课机构', 'Provider'), ['partner', 'enterprise']),
    },
    form({
      marketPriceFen: column(field.money('市场价', 'Market price')),
      residentPriceFen: column(field.money('居民价', 'Resident price')),
    }),
  ),
  agreement(
    'governance-pact',
    say('社区治理共同体约定', 'Pact of the community of governance'),
    local,
    {
      community: host,
      member: anyParty(say('成员单位', 'Member'), ['partner', 'owners-committee', 'property-firm', 'volunteer-team'], {
        max: 50,
      }),
    },
    form({ agenda: field.long('共同议题', 'Shared agenda', 500), duties }),
  ),
  agreement(
    'joint-branch',
    say('共建联建党支部', 'Joint branch'),
    ['community', 'village', 'street', 'township'],
    {
      community: host,
      partner: {
        words: say('共建单位党组织', 'Party organisation of the partner'),
        party: ['unit', 'subject', 'outside'],
        subjectKinds: ['partner', 'property-firm', 'enterprise'],
        unitTypes: ['branch', 'department'],
        min: 1,
        max: 10,
      },
    },
    form({
      plan: field.long('年度计划', 'Plan of the year'),
      activities: optional(field.whole('年度活动', 'Activities a year', unit.times)),
    }),
  ),
  agreement(
    'joint-building',
    say('物业党建联建', 'Joint building with a property firm'),
    ['community', 'street', 'village', 'township'],
    { community: host, firm },
    form({ tasks: field.list('年度联建任务', 'Joint tasks of the year') }),
  ),
  agreement(
    'property-service',
    say('物业服务合同', 'Property-service contract'),
    ['estate', 'community'],
    { firm, estate: estates },
    form({
      route: column(
        optional(
          field.choice('解决路径', 'Route', {
            contract: say('物业企业包干一批', 'Contracted to a firm'),
            'co-building': say('驻地单位协建一批', 'Co-built by a local unit'),
            fallback: say('社区党委兜底一批', 'Run by the community'),
          }),
        ),
      ),
      feeFen: optional(field.money('收费标准（每月每平方米）', 'Fee by month and m²')),
      duties,
    }),
  ),
  agreement(
    'property-package',
    say('物业企业包干协议', 'Package of small estates for one firm'),
    ['community', 'street'],
    { firm, estate: estates },
    form({ duties, subsidyFen: optional(field.money('年度补助', 'Yearly subsidy')) }),
  ),
  agreement(
    'co-building',
    say('驻地单位协建协议', 'Co-building by a local unit'),
    ['estate', 'community'],
    { estate: estates, unit: anyParty(say('驻地单位', 'Local unit'), ['partner', 'enterprise']) },
    form({ support: field.long('支持内容', 'Support', 1000), results: optional(field.text('成效', 'Results', 500)) }),
  ),
  agreement(
    'self-management',
    say('兜底自治约定', 'Self-managed estate'),
    ['estate', 'community'],
    { community: units(say('社区党委', 'Community'), places), estate: estates },
    form({
      group: field.text('自管小组', 'Managing group', 100),
      duesRule: field.text('收费办法', 'Rule for dues', 300),
      fallback: field.text('兜底责任', 'What the community guarantees', 300),
    }),
  ),
  agreement(
    'cross-appointment',
    say('三方交叉任职', 'Cross-appointment'),
    ['estate', 'community'],
    {
      residents: units(say('居（村）委会', 'Residents’ committee'), places),
      owners: anyParty(say('业主委员会', 'Owners’ committee'), ['owners-committee'], { min: 0 }),
      firm: { ...firm, min: 0 },
    },
    form({
      post: column(field.text('兼任职务', 'Post held', 60)),
      conflict: field.text('利益冲突说明', 'Note on conflicts of interest', 300),
    }),
  ),
]);
