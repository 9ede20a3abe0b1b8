import { byKind, column, field, form, optional, say, unit } from '../fields.ts';
import { countyDown, facility, places, published, subject, townsDown } from '../records/subjects/declare.ts';

const hours = optional(field.text('开放时间', 'Opening hours', 100));
const operator = optional(field.text('运营单位', 'Operator', 100));
const areaM2 = column(optional(field.decimal('面积', 'Floor area', unit.squareMetres)));
const seats = column(optional(field.whole('可容纳', 'Places', unit.seats)));
const withEstates = [...townsDown, 'estate'] as const;
/** A person who takes part is a number to everybody but those who serve them. */
const person = { name: say('姓名', 'Name'), phone: say('联系电话', 'Phone') };
const cardNumber = say('编号', 'Number');

export const serviceSubjects = byKind([
  facility(
    'service-centre',
    say('党群服务中心', 'Service centre'),
    ['county', ...withEstates],
    form({ areaM2, hours, services: optional(field.list('服务项目', 'Services')) }),
  ),
  facility(
    'venue',
    say('阵地（场所）', 'Venue'),
    ['county', ...withEstates],
    form({
      use: column(
        field.choice('用途', 'Use', {
          activity: say('居民活动', 'Residents’ activity'),
          office: say('办公', 'Office'),
          counter: say('服务窗口', 'Service counter'),
          storage: say('库房', 'Storage'),
          mixed: say('综合', 'Mixed'),
        }),
      ),
      areaM2: column(field.decimal('面积', 'Floor area', unit.squareMetres)),
      seats,
      hours,
      rules: optional(field.long('使用规则', 'Rules of use', 500)),
      allocatedOn: optional(field.day('调配日期', 'Allocated on')),
    }),
    // Led by the party organisation to which it is allocated.
    { parents: ['service-centre', 'practice-station'], led: true },
  ),
  facility('day-care-centre', say('日间照料中心', 'Day-care centre'), places, form({ seats, hours, operator, areaM2 })),
  facility(
    'canteen',
    say('老年食堂', 'Canteen for the elderly'),
    places,
    form({ seats, hours, operator, mealsPerDay: optional(field.whole('日供餐能力', 'Meals a day', unit.times)) }),
  ),
  facility(
    'practice-station',
    say('新时代文明实践站（所）', 'Practice station'),
    ['county', ...townsDown],
    form({
      level: column(
        field.choice('层级', 'Level', { institute: say('所', 'Institute'), station: say('站', 'Station') }),
      ),
      staff: optional(field.whole('工作人员', 'Staff', unit.people)),
      hours,
    }),
  ),
  facility(
    'mediation-platform',
    say('一站式调处平台', 'One-stop mediation platform'),
    countyDown,
    form({ windows: optional(field.whole('窗口', 'Windows', unit.count)), hours }),
  ),
  facility(
    'children-room',
    say('儿童（亲子）活动空间', 'Children’s room'),
    withEstates,
    form({ areaM2, seats, hours, safeguarding: field.long('安全守护规则', 'Safeguarding rules', 500) }),
  ),
  subject(
    'service-enrolment',
    say('服务对象登记', 'Enrolment for care'),
    places,
    form({
      group: column(field.item('服务群体', 'Group', 'service-group')),
      services: field.items('选择的服务', 'Services chosen', 'care-service'),
    }),
    { code: cardNumber, personal: person, parents: ['day-care-centre', 'canteen'] },
  ),
  subject(
    'volunteer',
    say('志愿者', 'Volunteer'),
    withEstates,
    form({ interests: optional(field.list('服务意向', 'Interests')) }),
    { code: cardNumber, personal: { ...person, skills: say('专长', 'Skills') } },
  ),
  subject(
    'volunteer-team',
    say('志愿服务团队', 'Volunteer team'),
    ['county', ...withEstates],
    form({
      field: column(field.text('服务领域', 'Field', 60)),
      members: column(field.whole('成员', 'Members', unit.people)),
      skills: optional(field.list('服务技能', 'Skills')),
    }),
    { led: true },
  ),
  subject(
    'volunteer-brand',
    say('志愿服务品牌', 'Volunteer brand'),
    ['county', ...withEstates],
    form({
      mission: field.long('宗旨', 'Mission', 500),
      project: column(optional(field.text('主要项目', 'Main project', 100))),
    }),
    { parents: ['volunteer-team'] },
  ),
  subject(
    'volunteer-project',
    say('志愿服务项目', 'Volunteer project'),
    withEstates,
    form({
      group: column(optional(field.item('服务群体', 'Group', 'service-group'))),
      safety: field.long('安全守则', 'Safety rules', 500),
      schedule: optional(field.text('排班', 'Shifts', 200)),
    }),
    { parents: ['volunteer-team', 'volunteer-brand'] },
  ),
  subject(
    'merchant',
    say('商户', 'Merchant'),
    withEstates,
    form({
      trade: column(field.text('经营内容', 'Trade', 60)),
      offer: optional(field.text('为民服务承诺', 'Offer to residents')),
    }),
    { place: { words: say('门店地址', 'Shop address'), required: false } },
  ),
  subject(
    'partner',
    say('共建单位', 'Partner'),
    ['county', ...withEstates],
    form({
      type: column(
        field.choice('类别', 'Type', {
          unit: say('驻区单位', 'Local unit'),
          society: say('社会组织', 'Social organisation'),
          'art-group': say('文艺团体', 'Art group'),
          school: say('学校', 'School'),
          other: say('其他', 'Other'),
        }),
      ),
      offers: optional(field.list('可提供', 'Offers')),
    }),
    { personal: { contact: say('联系人', 'Contact person'), phone: say('联系电话', 'Phone') } },
  ),
  subject(
    'service-resource',
    say('服务资源', 'Service resource'),
    ['department', 'county', ...withEstates],
    form({
      type: column(
        field.choice('类别', 'Type', {
          place: say('场地', 'Place'),
          skill: say('技能', 'Skill'),
          money: say('资金', 'Money'),
          goods: say('物资', 'Goods'),
          time: say('人力时间', 'Time'),
          project: say('项目', 'Project'),
          expert: say('专家', 'Experts'),
        }),
      ),
      provider: column(field.text('提供单位', 'Provider', 100)),
      availability: optional(field.text('可用时间', 'Availability')),
      quantity: optional(field.text('数量', 'Quantity', 60)),
    }),
    { parents: ['partner', 'merchant', 'enterprise'] },
  ),
  subject(
    'course',
    say('课程', 'Course'),
    withEstates,
    form({
      places: column(field.whole('名额', 'Places', unit.seats)),
      marketPriceFen: column(field.money('市场价', 'Market price')),
      residentPriceFen: column(field.money('居民价', 'Resident price')),
      pointsPrice: optional(field.whole('兑换积分', 'Points for a place', unit.score)),
      term: optional(field.period('期次', 'Term')),
    }),
    { parents: ['partner', 'venue'] },
  ),
  subject(
    'platform-module',
    say('平台模块', 'Platform module'),
    ['county', ...townsDown],
    form({ purpose: field.text('内容', 'Content') }),
    { states: published, initial: 'draft' },
  ),
  subject(
    'platform-business',
    say('线上业务', 'Online business'),
    ['county', ...townsDown],
    form({
      materials: field.list('所需材料', 'Materials'),
      steps: field.list('办理步骤', 'Steps'),
      limitWorkdays: column(
        field.whole('办理时限（工作日）', 'Time limit in workdays', unit.days, { min: 1, max: 120 }),
      ),
      handler: column(field.text('办理岗位', 'Handled by', 60)),
    }),
    { states: published, initial: 'draft', parents: ['platform-module'] },
  ),
  subject(
    'job-opening',
    say('就业岗位', 'Job opening'),
    ['county', ...townsDown],
    form({
      employer: column(field.text('用工单位', 'Employer', 100)),
      places: column(field.whole('人数', 'Places', unit.people)),
      type: field.choice('类型', 'Type', {
        local: say('村内项目务工', 'Work on village projects'),
        regular: say('固定岗位', 'Regular'),
        public: say('公益岗位', 'Public post'),
      }),
      wage: optional(field.text('待遇', 'Pay', 60)),
      returnees: optional(field.flag('面向返乡人员', 'Meant for returnees')),
    }),
  ),
  subject(
    'job-seeker',
    say('求职登记', 'Job seeker'),
    withEstates,
    form({ wish: optional(field.text('意向工种', 'Work wanted', 60)) }),
    { code: cardNumber, personal: { ...person, skills: say('专长', 'Skills') } },
  ),
]);
