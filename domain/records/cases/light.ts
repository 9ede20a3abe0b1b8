import type { Words } from '../../words.ts';

/** The light of a deadline. The colour never stands alone: the words say the same. */
export type Colour = 'red' | 'yellow' | 'green' | 'none';

export interface Light {
  readonly colour: Colour;
  readonly words: Words;
}

/** The rule of the lights, as data: pages print it in words, and the engine and every list follow the same numbers. */
export const lightRule = {
  /** Yellow from this many workdays before the deadline, the day itself included. */
  soonWorkdays: 3,
} as const;

/** The rule in words, made from its numbers. */
export const lightRuleWords: Readonly<Record<Colour, Words>> = {
  red: { zh: '红灯：已过办理期限', en: 'Red: past the deadline' },
  yellow: {
    zh: `黄灯：距期限不超过${lightRule.soonWorkdays}个工作日（含当日）`,
    en: `Yellow: ${lightRule.soonWorkdays} workdays or fewer left, the day itself included`,
  },
  green: {
    zh: `绿灯：距期限${lightRule.soonWorkdays}个工作日以上`,
    en: `Green: more than ${lightRule.soonWorkdays} workdays left`,
  },
  none: {
    zh: '无灯：没有期限、已暂停（暂停期间不计时）或已办结',
    en: 'No light: without a deadline, paused (that time does not count) or closed',
  },
};

/** `workdaysLeft` counts from today to the due day; negative or 0 with `past` set when the day has gone by. */
export function lightOf(
  due: { workdaysLeft: number; past: boolean; sure: boolean } | null,
  closed: boolean,
  paused = false,
): Light {
  if (!closed && paused) return { colour: 'none', words: { zh: '已暂停，不计时', en: 'Paused, time does not run' } };
  if (closed) return { colour: 'none', words: { zh: '已办结', en: 'Closed' } };
  if (due === null) return { colour: 'none', words: { zh: '无期限', en: 'No deadline' } };
  const { colour, words } = openLight(due);
  if (due.sure) return { colour, words };
  return {
    colour,
    words: {
      zh: `${words.zh}（节假日安排未发布，可能调整）`,
      en: `${words.en} (holidays not published yet, may move)`,
    },
  };
}

function openLight(due: { workdaysLeft: number; past: boolean }): Light {
  const n = Math.abs(due.workdaysLeft);
  if (due.past)
    return n === 0
      ? { colour: 'red', words: { zh: '已到期', en: 'Past due' } }
      : { colour: 'red', words: { zh: `超期${n}个工作日`, en: `${n} workday${n === 1 ? '' : 's'} overdue` } };
  if (n === 0) return { colour: 'yellow', words: { zh: '今日到期', en: 'Due today' } };
  const words = { zh: `剩余${n}个工作日`, en: `${n} workday${n === 1 ? '' : 's'} left` };
  return { colour: n <= lightRule.soonWorkdays ? 'yellow' : 'green', words };
}
