import { reasons } from '../../words.ts';

export const assignmentReason = reasons({
  'assignment-not-yours': {
    zh: '“{zh}”须由上级或有权部门安排，不在您可以安排的范围内。',
    en: '“{en}” is appointed at a higher level; it is not among the roles that you may give or take back there.',
  },
  'assignment-own': {
    zh: '不能为自己安排“{zh}”：这会给自己增加权限，请由他人安排。',
    en: 'You cannot give yourself “{en}”: it would add to what you may do. Somebody else has to.',
  },
  'assignment-unit-type': { zh: '“{zh}”不能设在“{unit}”。', en: '“{en}” cannot be assigned to “{unit}”.' },
  'assignment-star-needed': { zh: '“{zh}”须指明负责哪颗星。', en: '“{en}” has to name its star.' },
  'assignment-star-unused': { zh: '“{zh}”不分星。', en: '“{en}” is not narrowed to a star.' },
  'assignment-star-unknown': { zh: '没有“{star}”这颗星。', en: 'There is no star “{star}”.' },
  'assignment-holder-person': { zh: '“{zh}”须由个人担任。', en: '“{en}” is held by a person.' },
  'assignment-holder-unit': { zh: '“{zh}”须由单位担任。', en: '“{en}” is held by a unit.' },
  'assignment-holder-left': { zh: '“{name}”已离任或将于 {day} 离任。', en: '{name} has left or will leave on {day}.' },
  'assignment-unit-ended': { zh: '“{unit}”已撤销。', en: '“{unit}” has ended.' },
  'assignment-before-unit': {
    zh: '“{unit}”自 {day} 起才设立。',
    en: '“{unit}” exists only since {day}.',
  },
  'assignment-days': { zh: '结束日期须晚于开始日期。', en: 'The end has to be after the start.' },
  'assignment-taken': {
    zh: '“{unit}”的“{zh}”自 {from} 起由“{holder}”担任，同一时间只能有一个；请办理交接。',
    en: '“{en}” of “{unit}” is held by {holder} since {from}, and only one can hold it at a time; hand it over instead.',
  },
  'assignment-already': {
    zh: '“{holder}”在这段时间已担任“{unit}”的“{zh}”。',
    en: '{holder} is “{en}” of “{unit}” in that time already.',
  },
  'assignment-consent-needed': {
    zh: '“{zh}”须本人自愿，请登记同意的日期和方式。',
    en: '“{en}” is voluntary: record when and how the person agreed.',
  },
  'assignment-consent-late': { zh: '同意日期不能晚于开始日期。', en: 'The consent cannot be later than the start.' },
  'assignment-informed-needed': {
    zh: '联系到户须先告知该户，请登记告知日期。',
    en: 'The household has to be told first: record the day it was.',
  },
  'assignment-party-member': { zh: '“{zh}”由党员担任。', en: '“{en}” is held by a party member.' },
  'assignment-needs-post': {
    zh: '“{zh}”须由现任“{postZh}”担任，“{name}”在 {day} 不是。',
    en: '“{en}” is led by a current “{postEn}”; {name} is none on {day}.',
  },
  'assignment-line-needed': {
    zh: '牵头一颗星须明确一条主线（主题和目标）。',
    en: 'Leading a star needs its one main line: a theme with goals.',
  },
  'assignment-criterion-needed': { zh: '请指明负责的指标。', en: 'Name the criterion.' },
  'assignment-field-unused': { zh: '“{zh}”不登记“{field}”。', en: '“{en}” does not record “{field}”.' },
  'assignment-contact-private': {
    zh: '公开的联系方式不能是个人手机号或证件号，请填写办公地点、时间或单位电话。',
    en: 'What residents are shown cannot be a private number: name a place, hours or an office telephone.',
  },
  'assignment-ended': { zh: '这项责任已于 {day} 结束。', en: 'This assignment ended on {day}.' },
  'assignment-end-early': { zh: '结束日期不能早于开始日期 {from}。', en: 'It cannot end before it starts on {from}.' },
  'assignment-same-holder': { zh: '接手的与现任是同一个。', en: 'The next holder is the present one.' },
  'assignment-leads-still': {
    zh: '“{name}”仍以此身份担任“{unit}”的“{zh}”，请先交接。',
    en: '{name} is “{en}” of “{unit}” by virtue of this post; hand that over first.',
  },
  'assignment-last-admin': {
    zh: '这是最后一位系统管理员，请先安排接任者。',
    en: 'This is the last administrator; name another one first.',
  },
  'assignment-not-household': { zh: '这项责任不是联户。', en: 'This is no household contact.' },
  'assignment-too-many-leave': {
    zh: '“{name}”担任的“{zh}”须由上级安排结束，请先由上级办理。',
    en: '{name} is “{en}”, which a higher level has to end first.',
  },
});
