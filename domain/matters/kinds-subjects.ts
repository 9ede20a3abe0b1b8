import { byKind, column, field, form, optional, say, unit } from '../fields.ts';
import { places, subject } from '../records/subjects/declare.ts';
import type { UnitType } from '../records/units/types.ts';

const homes = [...places, 'estate', 'grid', 'building'] as const satisfies readonly UnitType[];
const address = { words: say('门牌地址', 'Address'), required: true };

/** Places where people live, by address alone, and who serves them. */
export const matterSubjects = byKind([
  // A household is its address. Everything about the people in it is voluntary, sealed, and erased with the consent.
  subject('household', say('住户', 'Household'), homes, form({}), {
    place: address,
    nameIsPlace: true,
    personal: {
      contact: say('联系人', 'Contact person'),
      phone: say('联系电话', 'Phone'),
      size: say('家庭人口（自报）', 'Household size, as declared'),
      skills: say('专长（自愿）', 'Skills, volunteered'),
      'job-wish': say('就业意愿（自愿）', 'Wish for work, volunteered'),
      'service-wish': say('服务需求（自愿）', 'Wish for services, volunteered'),
      'home-income': say('居家收入（自愿）', 'Income from home, volunteered'),
      'income-example': say('收入实例（书面同意公开）', 'Income as a published example'),
    },
  }),
  // An address leads to its grid and to nobody: no resident is attached to it.
  subject('address', say('门牌地址', 'Address'), homes, form({}), { place: address, nameIsPlace: true }),
  subject(
    'property-firm',
    say('物业企业', 'Property firm'),
    ['county', 'street', 'township', 'community'],
    form({
      estates: optional(field.whole('服务小区', 'Estates served', unit.count)),
      standard: optional(field.text('服务等级', 'Grade of service', 60)),
      partyOrgFounded: column(optional(field.day('组建党组织日期', 'Party organisation founded on'))),
    }),
    { code: say('统一社会信用代码', 'Unified social credit code'), led: true },
  ),
  subject(
    'owners-committee',
    say('业主委员会', 'Owners’ committee'),
    ['estate', 'community'],
    form({
      seats: optional(field.whole('委员名额', 'Seats', unit.people)),
      termTo: optional(field.day('任期至', 'Term to')),
    }),
  ),
  // A camera is registered with all that the law asks of one in a public place, or not at all; what it sees is kept nowhere here.
  subject(
    'camera',
    say('公共区域摄像头', 'Camera in a public place'),
    homes,
    form({
      publicPlace: column(
        field.choice('公共区域', 'Public place', {
          road: say('道路、路口', 'Road or junction'),
          square: say('广场、公园', 'Square or park'),
          entrance: say('村（小区）出入口', 'Entrance of a village or estate'),
          river: say('河道、水域', 'River or water'),
          facility: say('公共设施周边', 'Around a public facility'),
        }),
      ),
      basis: field.text('设置依据', 'Legal basis', 300),
      sign: field.confirmed('设有提示标识', 'Has a notice sign'),
      retentionDays: field.whole('图像保存期限', 'Footage is kept for', unit.days, { min: 1, max: 365 }),
      keeper: field.text('管理单位', 'Kept by', 100),
    }),
    { place: { words: say('安装位置', 'Place'), required: true }, noFiles: true },
  ),
]);
