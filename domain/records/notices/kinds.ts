import { fillWords, type Params, type Words } from '../../words.ts';

/** Kinds of notices and their words; a module adds its own lines here. A kind without words cannot be sent. */
export const noticeKinds = {
  'case-assigned': { zh: '{by} 交给您承办：{title}', en: '{by} made you the owner of: {title}' },
  'case-step': { zh: '{by} 办理了“{title}”：{stepZh}', en: '{by} on “{title}”: {stepEn}' },
  'case-comment': { zh: '{by} 在“{title}”中留言', en: '{by} commented on “{title}”' },
  'case-supervised': { zh: '{by} 督办：{title}', en: '{by} presses for: {title}' },
  'case-reminded': { zh: '已超期{n}个工作日，请抓紧办理：{title}', en: '{n} workdays past its day: {title}' },
  'case-escalated': {
    zh: '超期{n}个工作日，已上报{unit}：{title}',
    en: '{n} workdays past its day, carried up to {unit}: {title}',
  },
  'confirmation-awaited': {
    zh: '{unit}等待{place}确认 {period} 的数据',
    en: '{unit} waits for {place} to confirm the data of {period}',
  },
  'panel-invited': { zh: '{by} 邀请您参加打分：{title}', en: '{by} asks you to score: {title}' },
  'panel-locked': { zh: '“{title}”已锁定并公布结果', en: '“{title}” is locked; its results are visible' },
  'agreement-expiring': { zh: '协议“{title}”将于 {day} 到期', en: 'The agreement “{title}” ends on {day}' },
  'agreement-expired': { zh: '协议“{title}”已于 {day} 到期终止', en: 'The agreement “{title}” ended on {day}' },
  'star-warning': { zh: '预警：如果今天评定，{title}', en: 'Early warning, if it were assessed today: {title}' },
  'star-warning-cleared': { zh: '预警解除：{title}', en: 'Early warning cleared: {title}' },
  'star-downgrade': {
    zh: '{by} 提出“{title}”，请在 {day} 前陈述意见',
    en: '{by} proposes “{title}”; the branch is heard by {day}',
  },
  'star-downgrade-decided': {
    zh: '已作出决定：{title}；{day} 前可以申诉',
    en: 'Decided: {title}; an appeal is possible until {day}',
  },
  'star-downgrade-dropped': { zh: '不予降星：{title}', en: 'Not downgraded: {title}' },
  'star-downgrade-effective': { zh: '已生效：{title}', en: 'In effect: {title}' },
  'star-veto': {
    zh: '提出否决事项“{title}”，支部可以陈述意见',
    en: 'A veto is proposed: “{title}”; the branch may be heard',
  },
  'star-veto-decided': { zh: '否决事项已作出决定：{title}', en: 'A veto was decided: {title}' },
  'star-adjustment': {
    zh: '{by} 提出调整{unit}的创建对象，{day} 前可以提出异议',
    en: '{by} proposes to change the candidacy of {unit}; the branch may object until {day}',
  },
  'star-adjustment-decided': {
    zh: '{unit}的创建对象调整已作出决定',
    en: 'The change of the candidacy of {unit} was decided',
  },
  'star-approved': {
    zh: '{unit}的申报已审定，目标{level}星',
    en: 'The declaration of {unit} is approved; its target is level {level}',
  },
  'star-returned': {
    zh: '{unit}：{by} 退回“{itemZh}”，请更正。理由：{reason}',
    en: '{unit}: {by} returned “{itemEn}”; please put it right. Reason: {reason}',
  },
  'star-reviewed': {
    zh: '{unit}的乡镇初审已完成：{of} 条全部通过',
    en: 'The township has reviewed {unit}: all {of} criteria accepted',
  },
  'star-reviewed-returned': {
    zh: '{unit}的乡镇初审已完成：{of} 条中退回 {returned} 条',
    en: 'The township has reviewed {unit}: {returned} of {of} criteria returned',
  },
  'star-verified': {
    zh: '{unit}的“{starZh}”专班核验完成：{of} 条全部通过',
    en: '{starEn} of {unit} is verified by its task force: all {of} criteria accepted',
  },
  'star-verified-returned': {
    zh: '{unit}的“{starZh}”专班核验完成：{of} 条中退回 {returned} 条',
    en: '{starEn} of {unit} is verified by its task force: {returned} of {of} criteria returned',
  },
  'star-recommended': {
    zh: '县级联审推荐{unit}。理由：{reason}',
    en: 'The joint review recommends {unit}. Reason: {reason}',
  },
  'star-not-recommended': {
    zh: '县级联审不推荐{unit}。理由：{reason}',
    en: 'The joint review does not recommend {unit}. Reason: {reason}',
  },
  'star-publicised': {
    zh: '{unit}列入拟命名名单（{level}星），公示至 {day}',
    en: '{unit} is on the list to be named at level {level}; the publicity period runs through {day}',
  },
  'star-not-listed': {
    zh: '{unit}未列入拟命名名单：结果为{level}星，低于列入名单的最低星级',
    en: '{unit} is not on the list to be named: its result, level {level}, lies below the lowest level listed',
  },
  'star-named': {
    zh: '{unit}获命名为{level}星支部，证书编号 {number}（{document}）',
    en: '{unit} is named a {level}-star branch, certificate {number} ({document})',
  },
  'star-not-named': {
    zh: '{unit}不在命名名单内，本年度未命名（{document}）',
    en: '{unit} is not on the list and is not named this year ({document})',
  },
  'star-not-named-objection': {
    zh: '公示期间对{unit}的异议成立，本年度未命名（{document}）',
    en: 'An objection to {unit} was upheld, so it is not named this year ({document})',
  },
} as const satisfies Readonly<Record<string, Words>>;
export type NoticeKind = keyof typeof noticeKinds;

/** The words of a notice; one of a kind no longer known says at least what it was about. */
export function noticeWords(kind: string, params: Params): Words {
  const words: Words | undefined = Object.hasOwn(noticeKinds, kind) ? noticeKinds[kind as NoticeKind] : undefined;
  const filled = (by: string) =>
    fillWords(words ?? { zh: '{title}', en: '{title}' }, {
      title: kind,
      ...params,
      ...(params['by'] === 'system' ? { by } : {}),
    });
  // What the platform did of itself is kept under its own name, and said in the reader's language.
  return { zh: filled('系统').zh, en: filled('The platform').en };
}
