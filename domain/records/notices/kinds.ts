import { fillWords, type Params, type Words } from '../../words.ts';

/** Kinds of notices and their words; a module adds its own lines here. */
export const noticeKinds: Readonly<Record<string, Words>> = {
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
};

/** The words of a notice; one of a kind no longer known says at least what it was about. */
export function noticeWords(kind: string, params: Params): Words {
  const words = Object.hasOwn(noticeKinds, kind) ? noticeKinds[kind] : undefined;
  const filled = (by: string) =>
    fillWords(words ?? { zh: '{title}', en: '{title}' }, {
      title: kind,
      ...params,
      ...(params['by'] === 'system' ? { by } : {}),
    });
  // What the platform did of itself is kept under its own name, and said in the reader's language.
  return { zh: filled('系统').zh, en: filled('The platform').en };
}
