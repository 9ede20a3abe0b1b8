import { listed, type Reason, reasons, type Words } from '../words.ts';

/** Minutes that one answer takes a village clerk: to find, to type, to check. Said before anything is sent. */
export const minutesPer = { opening: 2, number: 3, yes: 1, text: 5, confirmation: 0.2 } as const;

export type FieldKind = 'number' | 'yes' | 'text';

export interface AskedColumns {
  readonly asked: readonly FieldKind[];
  /** Values that are shown to be looked at only. */
  readonly known: number;
}

/** What an inquiry costs one village, in whole minutes; nothing asked costs nothing, for then nobody is disturbed. */
export function minutesOf({ asked, known }: AskedColumns): number {
  if (asked.length === 0) return 0;
  const typing = asked.reduce((sum, kind) => sum + minutesPer[kind], 0);
  return Math.ceil(minutesPer.opening + typing + known * minutesPer.confirmation);
}

/** Minutes a month that requests may cost one village until the county sets its own cap. */
export const defaultCap = 60;

export const inquiryReason = reasons({
  'inquiry-over-cap': {
    zh: '超过每村每月填报负担上限（{cap} 分钟）：{names} 等 {count} 个单位本月已用 {used} 分钟，此次还需 {minutes} 分钟。请减少字段、缩小范围或改到下月。',
    en: 'Over the cap of {cap} minutes a village and month: {names} ({count} units) have spent {used} this month and would spend {minutes} more. Ask less, ask fewer, or ask next month.',
  },
  'inquiry-nobody': { zh: '没有可征询的村（社区）。', en: 'There is no village or community to ask.' },
  'dispute-nothing': {
    zh: '“{name}”没有已知数据，没有可提异议的：请直接填写，由记录得出的请补记相关记录。',
    en: 'Nothing is known of “{name}” that could be disputed: fill it in, or record the work it is counted from.',
  },
  'dispute-own': {
    zh: '“{name}”是本村自己填报的：请联系征询人退回，再更正。',
    en: '“{name}” was given by the village itself: ask for the answer to be returned, then correct it.',
  },
  'dispute-none': { zh: '对“{name}”没有提过异议。', en: '“{name}” is not in dispute.' },
  'inquiry-not-open': { zh: '该征询不在办理中。', en: 'This inquiry is not being answered.' },
  'inquiry-due-past': { zh: '截止日期不能早于今天。', en: 'It cannot be due before today.' },
  'inquiry-missing': { zh: '还有 {count} 项没有填写：{names}。', en: '{count} answers are missing: {names}.' },
  'inquiry-unanswered': {
    zh: '还有 {count} 个单位没有答复。如仍要汇总，请说明理由。',
    en: '{count} units have not answered. To close all the same, give the reason.',
  },
  'field-negative': {
    zh: '“{name}”填的是数量，不能是负数。',
    en: '“{name}” is a number of things and cannot be negative.',
  },
  'field-same': {
    zh: '已有同名字段“{name}”，请直接选用，不要重复设置。',
    en: 'There is a field “{name}” already: use it instead of making another.',
  },
  'field-in-catalogue': {
    zh: '指标目录中已有“{name}”，平台会自动取数，不能另设字段。',
    en: '“{name}” is in the catalogue: the platform fills it, so no field is made of it.',
  },
});

/** A dispute in one line, the same on the page and in the sheet. */
export function disputeWords(column: Words, { right, reason }: { right: string | null; reason: string }): Words {
  const { zh, en } = column;
  return right === null
    ? { zh: `${zh}有异议：${reason}`, en: `${en} is disputed: ${reason}` }
    : { zh: `${zh}有异议，应为 ${right}：${reason}`, en: `${en} is disputed, should be ${right}: ${reason}` };
}

/** Whether asking this would put a village over its cap; the worst are named. */
export function capReason(
  cap: number,
  units: readonly { readonly name: string; readonly used: number; readonly minutes: number }[],
): Reason | null {
  const over = units.filter((u) => u.minutes > 0 && u.used + u.minutes > cap);
  if (over.length === 0) return null;
  const [worst] = [...over].sort((a, b) => b.used + b.minutes - (a.used + a.minutes));
  return inquiryReason('inquiry-over-cap', {
    cap,
    count: over.length,
    names: listed(over.slice(0, 3).map((u) => u.name)),
    used: worst!.used,
    minutes: worst!.minutes,
  });
}
