import { byKind, column, field, form, optional, say, unit } from '../fields.ts';
import { agreement, subjects, units } from '../records/agreements/declare.ts';
import { places } from '../records/subjects/declare.ts';

const collective = units(say('村（社区）', 'Village'), places);
const giver = (zh: string, en: string) => subjects(say(zh, en), ['household'], { max: 1 });
// A gift is thought over: within these days it is taken back without a word of reason, and only then comes into force.
const coolingOffDays = 7;
const thanks = optional(field.flag('赠与人要求致谢公示', 'The giver wishes to be thanked in public'));
const revocable = field.text('撤回约定', 'How it can be taken back');

export const projectAgreements = byKind([
  agreement(
    'land-gift',
    say('无偿出让（借用）土地', 'Gift of the use of land'),
    places,
    { giver: giver('出让户', 'Giver'), village: collective },
    form({
      areaMu: column(field.decimal('面积', 'Area', unit.mu)),
      purpose: column(field.text('用途', 'Purpose')),
      revocable,
      thanks,
    }),
    { coolingOffDays },
  ),
  agreement(
    'house-loan',
    say('无偿提供自建房', 'Loan of a house'),
    places,
    { giver: giver('提供户', 'Lender'), village: collective },
    form({
      areaM2: column(field.decimal('面积', 'Floor area', unit.squareMetres)),
      use: column(field.text('用途', 'Use')),
      upkeep: field.text('维护责任', 'Upkeep'),
      safetyCheckedOn: field.day('安全检查日期', 'Safety checked on'),
      revocable,
      thanks,
    }),
    { coolingOffDays },
  ),
  agreement(
    'labour-gift',
    say('自愿投工投设备', 'Gift of labour or machines'),
    places,
    { giver: giver('投工户', 'Giver'), village: collective },
    form({
      days: column(field.decimal('投工', 'Labour', unit.days)),
      machineHours: column(field.decimal('机械', 'Machines', unit.hours)),
      agreedValueFen: column(field.money('约定折算价值', 'Agreed value')),
      thanks,
    }),
    { coolingOffDays },
  ),
  agreement(
    'works-contract',
    say('工程施工合同', 'Works contract'),
    ['county', 'township', 'street', ...places],
    {
      client: { words: say('建设单位', 'Client'), party: ['unit'], min: 1, max: 1 },
      contractor: {
        words: say('施工单位', 'Contractor'),
        party: ['subject', 'outside'],
        subjectKinds: ['enterprise', 'cooperative'],
        min: 1,
        max: 1,
      },
    },
    form({
      work: column(field.text('工程名称', 'Work', 100)),
      priceFen: column(field.money('合同价', 'Price')),
      localLabourPercent: optional(field.decimal('约定本村用工比例', 'Share of local labour agreed', unit.percent)),
    }),
  ),
]);
