import { findWorkflow } from '../../../domain/records/cases/all.ts';
import { colon } from '../../words/punctuation.ts';
import type { Said } from '../../words/use.ts';

/** What was done, for the verbs that no workflow declares. */
const verbs: Readonly<Record<string, Said>> = {
  'session.open': { zh: '登录', en: 'Signed in' },
  'session.close': { zh: '退出', en: 'Signed out' },
  'session.refused': { zh: '登录失败', en: 'Refused to sign in' },
  'user.create': { zh: '新建账号', en: 'Made an account' },
  'user.link': { zh: '生成一次性链接', en: 'Made a one-time link' },
  'user.password': { zh: '修改密码', en: 'Changed the password' },
  'user.totp-on': { zh: '启用动态码', en: 'Turned on the second factor' },
  'user.totp-off': { zh: '停用动态码', en: 'Turned off the second factor' },
  'unit.create': { zh: '新建单位', en: 'Created a unit' },
  'unit.rename': { zh: '单位更名', en: 'Renamed a unit' },
  'unit.move': { zh: '划转单位', en: 'Moved a unit' },
  'unit.merge': { zh: '合并单位', en: 'Merged units' },
  'unit.split': { zh: '拆分单位', en: 'Split a unit' },
  'unit.scheme': { zh: '调整评价类别', en: 'Changed the scheme' },
  'unit.end': { zh: '撤销单位', en: 'Ended a unit' },
  'units.import': { zh: '导入单位', en: 'Imported units' },
  'person.create': { zh: '登记人员', en: 'Registered a person' },
  'person.update': { zh: '更新人员', en: 'Corrected a person' },
  'person.read': { zh: '查看个人信息', en: 'Read personal fields' },
  'person.move': { zh: '人员调动', en: 'Moved a person' },
  'person.leave': { zh: '人员离任', en: 'A person left' },
  'assignment.begin': { zh: '安排责任', en: 'Assigned a duty' },
  'assignment.end': { zh: '结束责任', en: 'Ended a duty' },
  'fact.enter': { zh: '填报数据', en: 'Entered a fact' },
  'fact.correct': { zh: '更正数据', en: 'Corrected a fact' },
  'fact.withdraw': { zh: '撤回数据', en: 'Withdrew a fact' },
  'facts.import': { zh: '导入数据', en: 'Imported facts' },
  'facts.confirm': { zh: '确认数据', en: 'Confirmed data' },
  'facts.remind': { zh: '提醒确认数据', en: 'Reminded to confirm' },
  'facts.unlock': { zh: '解锁数据', en: 'Unlocked data' },
  'import.start': { zh: '开始导入', en: 'Started an import' },
  'subject.create': { zh: '登记名录', en: 'Registered an entry' },
  'subject.change': { zh: '变更登记内容', en: 'Changed an entry' },
  'subject.state': { zh: '变更状态', en: 'Changed the state' },
  'subject.end': { zh: '注销登记', en: 'Ended an entry' },
  'consent.give': { zh: '登记知情同意', en: 'Recorded a consent' },
  'consent.withdraw': { zh: '撤回同意并删除信息', en: 'Withdrew a consent, erased its fields' },
  'consent.expire': { zh: '同意到期并删除信息', en: 'A consent expired, its fields were erased' },
  'personal.write': { zh: '填写个人信息', en: 'Wrote personal fields' },
  'personal.read': { zh: '查看个人信息', en: 'Read personal fields' },
  'agreement.draft': { zh: '起草协议', en: 'Drafted an agreement' },
  'agreement.change': { zh: '修改协议草稿', en: 'Changed a draft' },
  'agreement.renew': { zh: '起草续签协议', en: 'Drafted a renewal' },
  'agreement.open-signing': { zh: '提交签署', en: 'Opened for signing' },
  'agreement.revise': { zh: '退回修改', en: 'Took back into the draft' },
  'agreement.sign': { zh: '登记签署', en: 'Recorded a signature' },
  'agreement.take-back': { zh: '撤回签署', en: 'Took a signature back' },
  'agreement.force': { zh: '生效', en: 'Put in force' },
  'agreement.end': { zh: '终止协议', en: 'Ended an agreement' },
  'agreement.drop': { zh: '作废协议', en: 'Dropped an agreement' },
  'agreement.warn': { zh: '到期提醒', en: 'Warned of the end' },
  'agreement.expire': { zh: '期满终止', en: 'Ended with its term' },
  'subjects.import': { zh: '导入名录', en: 'Imported entries' },
  'catalogue.set': { zh: '设定目录', en: 'Set a catalogue' },
  'event.plan': { zh: '计划活动', en: 'Planned an event' },
  'event.change': { zh: '变更活动计划', en: 'Changed a planned event' },
  'event.agenda': { zh: '调整议程', en: 'Changed the agenda' },
  'event.enrol': { zh: '调整名单', en: 'Changed the roster' },
  'event.attend': { zh: '登记到会', en: 'Recorded attendance' },
  'event.hold': { zh: '登记召开', en: 'Recorded as held' },
  'event.cancel': { zh: '取消活动', en: 'Cancelled an event' },
  'event.correct': { zh: '更正活动记录', en: 'Corrected a held event' },
  'book.open': { zh: '建账', en: 'Opened a book' },
  'book.close': { zh: '结账', en: 'Closed a book' },
  'book.reopen': { zh: '反结账', en: 'Opened a closed period' },
  'entry.post': { zh: '记账', en: 'Posted an entry' },
  'entry.reverse': { zh: '冲销', en: 'Turned an entry round' },
  'evidence.add': { zh: '上传佐证', en: 'Attached evidence' },
  'evidence.remove': { zh: '撤下佐证', en: 'Took evidence down' },
  'designation.grant': { zh: '授予', en: 'Granted' },
  'designation.withdraw': { zh: '撤销授予', en: 'Withdrew a designation' },
  'publication.draft': { zh: '起草公开内容', en: 'Drafted a publication' },
  'publication.publish': { zh: '发布', en: 'Published' },
  'judgement.lock': { zh: '锁定评分', en: 'Locked judgements' },
  'calendar.day': { zh: '调整工作日', en: 'Changed a day' },
  'calendar.year': { zh: '发布节假日', en: 'Published holidays' },
  'instance.found': { zh: '首次设置', en: 'First set-up' },
};

const general: Readonly<Record<string, Said>> = {
  open: { zh: '新建', en: 'opened' },
  change: { zh: '修改', en: 'changed' },
  comment: { zh: '留言', en: 'comment' },
  owner: { zh: '转办', en: 'handed on' },
  supervise: { zh: '督办', en: 'pressed for' },
  remind: { zh: '超期提醒', en: 'reminded, past its day' },
  'carry-up': { zh: '逐级上报', en: 'carried up' },
};

/** A verb of the journal in words: from the table above, else kind and step of its workflow, else as it is written. */
export function verbWords(verb: string): Said {
  const known = verbs[verb];
  if (known) return known;
  const [type = '', step = ''] = verb.split('.');
  const workflow = findWorkflow(type);
  if (!workflow) return { zh: verb };
  const words = workflow.steps[step]?.words ?? general[step] ?? { zh: step };
  return { zh: `${workflow.words.zh}${colon()}${words.zh}`, en: `${workflow.words.en}: ${words.en ?? words.zh}` };
}
