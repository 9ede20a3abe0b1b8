import type { Words } from '../../words.ts';
import { findWorkflow } from '../cases/all.ts';
import type { sideEntries } from '../cases/index.ts';
import { type JudgementKind, judgementWords } from '../judgements/index.ts';

/** What was done, as the journal's reader is told it. A verb that does not stand here, and follows from nothing, is no verb. */
const verbs = {
  'session.open': { zh: '登录', en: 'Signed in' },
  'session.close': { zh: '退出', en: 'Signed out' },
  'session.refused': { zh: '登录失败', en: 'Refused to sign in' },
  'user.create': { zh: '新建账号', en: 'Made an account' },
  'user.link': { zh: '生成一次性链接', en: 'Made a one-time link' },
  'user.password': { zh: '修改密码', en: 'Changed the password' },
  'user.disable': { zh: '停用账号', en: 'Disabled an account' },
  'user.enable': { zh: '启用账号', en: 'Enabled an account' },
  'user.link-identity': { zh: '绑定统一身份', en: 'Linked an identity of the sign-in service' },
  'user.unlink-identity': { zh: '解除统一身份', en: 'Unlinked an identity of the sign-in service' },
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
  'standard.draft': { zh: '上传标准草稿', en: 'Drafted a standard' },
  'standard.load': { zh: '装入样例标准', en: 'Loaded a sample standard' },
  'standard.publish': { zh: '发布标准', en: 'Published a standard' },
  'standard.withdraw': { zh: '停用标准', en: 'Withdrew a standard' },
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
  'personal.erase': { zh: '删除个人信息', en: 'Erased personal fields' },
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
  'publication.change': { zh: '修改公开草稿', en: 'Changed a draft' },
  'report.compile': { zh: '汇编报告', en: 'Compiled reports' },
  'inquiry.field': { zh: '新设征询字段', en: 'Made a field to ask for' },
  'burden.cap': { zh: '设定填报负担上限', en: 'Set the cap of the burden' },
  'series.start': { zh: '设立例会', en: 'Started a series' },
  'series.change': { zh: '调整例会', en: 'Changed a series' },
  'feed.create': { zh: '生成日历订阅地址', en: 'Made a calendar address' },
  'feed.revoke': { zh: '停用日历订阅地址', en: 'Revoked a calendar address' },
  'panel.score': { zh: '评议打分', en: 'Scored' },
  'judgement.lock': { zh: '锁定评分', en: 'Locked judgements' },
  'calendar.day': { zh: '调整工作日', en: 'Changed a day' },
  'calendar.year': { zh: '发布节假日', en: 'Published holidays' },
  'demo.load': { zh: '装入演示县', en: 'Loaded the demo county' },
  'demo.confirm': { zh: '演示数据确认', en: 'Confirmed the data of the demo' },
  'demo.work': { zh: '装入演示工作记录', en: 'Loaded the work of the demo' },
  'instance.found': { zh: '首次设置', en: 'First set-up' },
} as const satisfies Readonly<Record<string, Words>>;

/** A step or entry of a case, named by its kind: the words of both stand with the workflow. */
export type CaseVerb = string & { readonly of: 'case' };
export const caseVerb = (type: string, entry: string) => `${type}.${entry}` as CaseVerb;

export type JournalVerb = keyof typeof verbs | `judgement.${JudgementKind}` | CaseVerb;

/** Entries of any case besides its steps. */
const entries: Readonly<Record<'open' | (typeof sideEntries)[number], Words>> = {
  open: { zh: '新建', en: 'opened' },
  data: { zh: '补充修改', en: 'fields changed' },
  comment: { zh: '留言', en: 'comment' },
  'hand-on': { zh: '转办', en: 'handed on' },
  supervise: { zh: '督办', en: 'pressed for' },
  remind: { zh: '超期提醒', en: 'reminded, past its day' },
  'carry-up': { zh: '逐级上报', en: 'carried up' },
};

const held = <T extends object>(of: T, key: string): key is keyof T & string => Object.hasOwn(of, key);
const joined = (a: Words, b: Words): Words => ({ zh: `${a.zh}：${b.zh}`, en: `${a.en}: ${b.en}` });

/** A verb of the journal in words; null for one that is not declared any longer. */
export function wordsOfVerb(verb: string): Words | null {
  if (held(verbs, verb)) return verbs[verb];
  const [type = '', entry = ''] = verb.split('.');
  if (type === 'judgement' && held(judgementWords, entry))
    return joined({ zh: '评定', en: 'Judged' }, judgementWords[entry]);
  const workflow = findWorkflow(type);
  const words = workflow?.steps[entry]?.words ?? (held(entries, entry) ? entries[entry] : undefined);
  return workflow && words ? joined(workflow.words, words) : null;
}
