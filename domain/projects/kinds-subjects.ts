import { byKind, column, field, form, optional, say, unit } from '../fields.ts';
import { countyDown, facility, places, subject, townsDown } from '../records/subjects/declare.ts';

const where = { words: say('位置', 'Place'), required: false };
const withEstates = [...townsDown, 'estate'] as const;
const upkeep = optional(field.text('管护单位', 'Kept up by', 100));

export const projectSubjects = byKind([
  // A part of a project: an area, a building, a section. The project is a case about the part that stands above.
  facility(
    'work',
    say('工程部位', 'Part of a work'),
    withEstates,
    form({
      part: column(
        field.choice('部位', 'Part', {
          area: say('片区', 'Area'),
          building: say('楼栋', 'Building'),
          section: say('标段', 'Section'),
          item: say('单项', 'Item'),
        }),
      ),
      use: column(
        field.choice('工程类别', 'Class', {
          renovation: say('老旧小区改造', 'Renovation of old estates'),
          road: say('道路', 'Road'),
          sewer: say('污水管网', 'Sewer'),
          river: say('河道', 'River'),
          power: say('电网', 'Power'),
          other: say('其他', 'Other'),
        }),
      ),
      households: column(optional(field.whole('涉及户数', 'Households', unit.households))),
      lengthM: optional(field.whole('长度', 'Length', unit.metres)),
      connected: optional(field.whole('接入户数', 'Households connected', unit.households)),
    }),
    { parents: ['work'], place: where },
  ),
  facility(
    'small-garden',
    say('小园（“五园”）', 'Small garden'),
    places,
    form({
      type: column(field.item('类别', 'Kind', 'garden-kind')),
      acceptedOn: column(optional(field.day('验收日期', 'Accepted on'))),
      areaM2: optional(field.decimal('面积', 'Area', unit.squareMetres)),
      caretaker: optional(field.text('管护小组', 'Kept by the group', 60)),
    }),
    { place: where },
  ),
  subject(
    'leftover-plot',
    say('边角地块', 'Leftover plot'),
    places,
    form({
      areaM2: column(field.decimal('面积', 'Area', unit.squareMetres)),
      ownership: field.text('权属', 'Ownership', 60),
      consented: column(field.flag('权利人已同意', 'The owner has agreed')),
      consentOn: optional(field.day('同意日期', 'Agreed on')),
      consentDocument: optional(field.text('同意书（协议）', 'Written consent', 100)),
      proposedUse: field.text('拟用途', 'Proposed use'),
      result: optional(field.text('改造结果', 'Result')),
    }),
    { place: { words: say('位置', 'Place'), required: true } },
  ),
  subject(
    'village-character',
    say('村庄特色', 'Village character'),
    places,
    form({
      aspect: column(
        field.choice('方面', 'Aspect', {
          scene: say('一景', 'Scene'),
          theme: say('一韵', 'Theme'),
          character: say('特色', 'Character'),
        }),
      ),
      story: optional(field.long('说明', 'Story')),
    }),
  ),
  subject(
    'heritage',
    say('历史人文资源', 'Heritage'),
    countyDown,
    form({
      type: column(
        field.choice('类别', 'Type', {
          site: say('遗址建筑', 'Site'),
          craft: say('传统技艺', 'Craft'),
          story: say('故事传说', 'Story'),
          art: say('艺术作品（墙垛、墙绘）', 'Art work'),
          custom: say('民俗', 'Custom'),
        }),
      ),
      story: optional(field.long('故事', 'Story')),
      use: optional(field.text('利用方式', 'Use')),
      author: optional(field.text('创作单位', 'Made by', 100)),
      upkeep,
    }),
    { place: where },
  ),
  facility(
    'history-hall',
    say('村史馆', 'Village history hall'),
    places,
    form({
      exhibits: optional(field.whole('展品', 'Exhibits', unit.count)),
      hours: optional(field.text('开放时间', 'Opening hours', 100)),
    }),
  ),
  facility('culture-square', say('文化广场', 'Culture square'), withEstates, form({ upkeep })),
  facility(
    'waste-facility',
    say('垃圾处理设施', 'Waste facility'),
    withEstates,
    form({
      type: column(
        field.choice('类别', 'Type', {
          bin: say('垃圾桶（箱）', 'Bins'),
          'sorting-point': say('分类投放点', 'Sorting point'),
          station: say('中转站', 'Transfer station'),
          vehicle: say('清运车辆', 'Vehicle'),
        }),
      ),
      quantity: column(field.whole('数量', 'Quantity', unit.count, { min: 1 })),
    }),
  ),
  facility(
    'sewage-system',
    say('污水治理设施', 'Sewage system'),
    withEstates,
    form({
      solution: column(
        field.choice('方式', 'Solution', {
          network: say('纳入管网', 'Joined to a network'),
          plant: say('集中处理', 'Village plant'),
          household: say('分户处理', 'By household'),
          resource: say('资源化利用', 'Reuse'),
        }),
      ),
      connected: column(optional(field.whole('覆盖户数', 'Households connected', unit.households))),
      effective: field.flag('达到有效治理标准', 'Effective by the published criterion'),
    }),
  ),
  facility(
    'public-toilet',
    say('公厕', 'Public toilet'),
    withEstates,
    form({
      standard: column(optional(field.text('等级', 'Grade', 40))),
      checklist: optional(field.items('已达到的建设标准', 'Standards fulfilled', 'toilet-standard')),
      rota: optional(field.text('保洁安排', 'Cleaning rota', 100)),
    }),
  ),
  facility(
    'fire-station',
    say('微型消防站', 'Mini fire station'),
    withEstates,
    form({
      equipment: field.list('器材', 'Equipment'),
      staff: column(optional(field.whole('队员', 'Staff', unit.people))),
    }),
  ),
  facility(
    'facility',
    say('其他公共设施', 'Other public facility'),
    withEstates,
    form({
      type: column(
        field.choice('类别', 'Type', {
          light: say('路灯', 'Street lights'),
          fitness: say('健身器材', 'Fitness equipment'),
          lift: say('电梯管理设施', 'Lift control'),
          parking: say('停车（候车）位', 'Parking'),
          charging: say('充电设施', 'Charging'),
          entrance: say('村口设施', 'Village entrance'),
          other: say('其他', 'Other'),
        }),
      ),
      quantity: column(field.whole('数量', 'Quantity', unit.count, { min: 1 })),
      upkeep,
    }),
  ),
]);
