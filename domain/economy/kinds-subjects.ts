import { byKind, column, field, form, optional, say, unit } from '../fields.ts';
import { countyDown, facility, places, subject, townsDown } from '../records/subjects/declare.ts';

const season = optional(field.text('季节', 'Season', 40));
const crop = column(field.text('作物（品种）', 'Crop', 60));
const areaMu = column(field.decimal('面积', 'Area', unit.mu));

/** What works in the economy of villages: who, with whom, on what land, with what product. Yearly numbers are facts. */
export const economySubjects = byKind([
  subject(
    'enterprise',
    say('企业', 'Enterprise'),
    countyDown,
    form({
      sector: column(
        field.choice('行业', 'Sector', {
          farming: say('种植养殖', 'Farming'),
          processing: say('加工', 'Processing'),
          trade: say('流通销售', 'Trade'),
          tourism: say('文旅', 'Tourism'),
          construction: say('建筑', 'Construction'),
          finance: say('金融', 'Finance'),
          utility: say('供水供电通信', 'Utility'),
          other: say('其他', 'Other'),
        }),
      ),
      // The recognition itself is a designation with number and validity; this only says that it leads a chain here.
      leading: column(field.flag('带动农户的龙头企业', 'Leads farmers as a leading enterprise')),
      products: optional(field.text('主要产品', 'Main products')),
      jobs: optional(field.whole('吸纳就业', 'Jobs', unit.people)),
    }),
    {
      code: say('统一社会信用代码', 'Unified social credit code'),
      place: { words: say('地址', 'Address'), required: false },
      parents: ['industry-chain'],
    },
  ),
  subject(
    'cooperative',
    say('合作社', 'Cooperative'),
    townsDown,
    form({
      role: column(
        field.choice('社别', 'Standing', {
          single: say('独立社', 'Single'),
          head: say('总社', 'Head'),
          branch: say('分社', 'Branch'),
        }),
      ),
      model: column(optional(field.item('领办模式', 'Model', 'coop-model'))),
      scope: field.text('经营范围', 'Business'),
      members: optional(field.whole('成员户数', 'Member households', unit.households)),
    }),
    {
      code: say('统一社会信用代码', 'Unified social credit code'),
      place: { words: say('住所', 'Seat'), required: false },
      parents: ['cooperative'],
      led: true,
    },
  ),
  subject(
    'industry',
    say('产业档案', 'Industry file'),
    countyDown,
    form({
      category: column(field.item('产业类别', 'Industry', 'industry')),
      leading: column(field.flag('确定为主导产业', 'Set as the leading industry')),
      products: field.text('主要产品', 'Products'),
      areaMu: optional(areaMu),
      entities: optional(field.whole('经营主体', 'Producers', unit.count)),
      growers: optional(field.whole('参与农户', 'Growers', unit.households)),
      markets: optional(field.long('市场销路', 'Markets', 500)),
      constraints: optional(field.long('制约因素', 'Constraints', 500)),
      analysedOn: optional(field.day('分析日期', 'Analysed on')),
      direction: optional(field.long('发展方向', 'Direction', 500)),
    }),
  ),
  subject(
    'industry-chain',
    say('产业链', 'Industry chain'),
    ['county', 'township'],
    form({
      links: field.list('环节', 'Links'),
      goal: optional(field.long('年度目标', 'Goal of the year', 500)),
    }),
    { led: true },
  ),
  subject(
    'industry-belt',
    say('产业带', 'Industry belt'),
    ['county', 'township'],
    form({
      crop,
      hub: optional(field.text('中心村', 'Hub village', 60)),
      theme: optional(field.text('主题', 'Theme')),
    }),
  ),
  subject(
    'production-base',
    say('生产基地', 'Production base'),
    townsDown,
    form({
      crop,
      areaMu,
      operator: optional(field.text('经营单位', 'Operator', 100)),
      yearlyOutput: optional(field.decimal('年产量', 'Yearly output', unit.kg)),
      season,
    }),
    {
      // One entry for each plot, so that an area is never added twice.
      place: { words: say('地块', 'Plot'), required: true },
      parents: ['industry-belt', 'rural-complex', 'cooperative', 'enterprise'],
    },
  ),
  facility(
    'rural-complex',
    say('田园综合体', 'Rural complex'),
    townsDown,
    form({ areaMu, operator: optional(field.text('经营单位', 'Operator', 100)) }),
  ),
  subject(
    'product',
    say('产品', 'Product'),
    countyDown,
    form({
      leading: column(field.flag('一村一品主导产品', 'Leading product of the village')),
      brand: column(optional(field.text('品牌', 'Brand', 60))),
      areaMu: optional(areaMu),
      yearlyOutput: optional(field.decimal('年产量', 'Yearly output', unit.kg)),
      yearlyIncomeFen: optional(field.money('年产值', 'Yearly value')),
    }),
    { parents: ['production-base', 'cooperative', 'enterprise', 'industry'] },
  ),
  facility(
    'business',
    say('经营项目（业态）', 'Business'),
    townsDown,
    form({
      type: column(
        field.choice('业态', 'Type', {
          picking: say('观光采摘', 'Picking'),
          homestay: say('民宿', 'Homestay'),
          'study-tour': say('研学', 'Study tours'),
          restaurant: say('餐饮（农家乐）', 'Restaurant'),
          bakery: say('食品作坊', 'Food workshop'),
          leisure: say('休闲服务', 'Leisure'),
          wellness: say('康养', 'Wellness'),
          shop: say('零售', 'Shop'),
          other: say('其他', 'Other'),
        }),
      ),
      capacity: optional(field.whole('接待能力', 'Capacity', unit.people)),
      staff: optional(field.whole('用工', 'Staff', unit.people)),
    }),
    { parents: ['cooperative', 'rural-complex', 'service-street', 'enterprise'] },
  ),
  facility(
    'workshop',
    say('加工车间', 'Workshop'),
    places,
    form({
      product: column(field.text('加工产品', 'Product', 60)),
      yearlyCapacityKg: optional(field.decimal('年加工能力', 'Yearly capacity', unit.kg)),
      jobs: column(optional(field.whole('用工', 'Jobs', unit.people))),
    }),
    { parents: ['cooperative', 'enterprise'] },
  ),
  facility(
    'service-street',
    say('服务一条街', 'Service street'),
    townsDown,
    form({
      theme: column(field.text('主题', 'Theme', 60)),
      lengthM: optional(field.whole('长度', 'Length', unit.metres)),
    }),
  ),
  subject(
    'collective-asset',
    say('集体资产', 'Collective asset'),
    places,
    form({
      type: column(
        field.choice('类别', 'Type', {
          land: say('土地', 'Land'),
          house: say('房屋', 'House'),
          facility: say('设施设备', 'Facility'),
          holding: say('对外投资', 'Holding'),
          other: say('其他', 'Other'),
        }),
      ),
      valueFen: optional(field.money('账面价值', 'Book value')),
      areaMu: optional(field.decimal('面积', 'Area', unit.mu)),
      use: optional(field.text('用途', 'Use')),
    }),
    { place: { words: say('坐落', 'Place'), required: false } },
  ),
  subject(
    'characteristic-site',
    say('特色村培育点', 'Characteristic-village site'),
    places,
    form({
      theme: column(field.text('特色主题', 'Theme', 60)),
      brand: optional(field.text('品牌', 'Brand', 60)),
      operators: optional(field.whole('经营主体', 'Operators', unit.count)),
    }),
  ),
]);
