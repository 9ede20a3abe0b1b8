import { type Reason, reasons, type Words } from '../words.ts';

/**
 * What happens to a case past its day, as data: the page prints it, the job follows it. A case is never carried over a
 * level, and by one level a day at most, so that each level has had its chance (M047).
 */
export const escalationRule = {
  /** The owner and those who contract the village are reminded once, from this many workdays late. */
  remindAfter: 1,
  /** One level up, then the next: each from this many workdays late. */
  levelsAfter: [3, 8],
} as const;

/** An item on which nothing was recorded for more workdays than these is flagged (M029). */
export const staleWorkdays = 10;

export interface Pressed {
  readonly reminded: boolean;
  /** Levels it was carried up since this deadline went by. */
  readonly levels: number;
}

/** What is due for a case so many workdays late, of what has not been done yet. */
export function actsDue(workdaysLate: number, done: Pressed): ('remind' | 'carry-up')[] {
  const next = escalationRule.levelsAfter[done.levels];
  return [
    ...(!done.reminded && workdaysLate >= escalationRule.remindAfter ? (['remind'] as const) : []),
    ...(next !== undefined && workdaysLate >= next ? (['carry-up'] as const) : []),
  ];
}

/** The rule in words, made from its numbers. */
export const escalationWords: readonly Words[] = [
  {
    zh: `超期${escalationRule.remindAfter}个工作日：提醒承办人和包联领导、干部`,
    en: `${escalationRule.remindAfter} workday late: the owner and those who contract the village are reminded`,
  },
  ...escalationRule.levelsAfter.map((n, i) => ({
    zh: i === 0 ? `超期${n}个工作日：上报上一级` : `超期${n}个工作日：再上报一级`,
    en: i === 0 ? `${n} workdays late: carried one level up` : `${n} workdays late: carried up one more level`,
  })),
  { zh: '每次提醒、上报都有记录，按月列入通报', en: 'Every act is recorded and listed in the bulletin of the month' },
];

/** Where the four lists do not fit together: each problem has a task, each task an owner, each owner a criterion (M101). */
export const ledgerFaults = {
  'no-task': { zh: '问题未交办', en: 'Problem without a task' },
  'no-owner': { zh: '无承办人', en: 'Nobody owns it' },
  'no-criterion': { zh: '未对应指标', en: 'No criterion' },
  'no-deadline': { zh: '无期限', en: 'No deadline' },
} as const satisfies Record<string, Words>;

export type LedgerFault = keyof typeof ledgerFaults;
export const ledgerFaultNames = Object.keys(ledgerFaults) as [LedgerFault, ...LedgerFault[]];

export interface LedgerFacts {
  readonly type: string;
  readonly state: string;
  readonly closed: boolean;
  readonly paused: boolean;
  readonly owned: boolean;
  readonly dueOn: string | null;
  readonly criterion: string | null;
}

/** What is missing at an open item; a problem that was only found waits for its task, so nothing else is asked of it yet. */
export function faultsOf(item: LedgerFacts): LedgerFault[] {
  if (item.closed) return [];
  const found = item.type === 'problem' && item.state === 'found';
  return [
    ...(found ? (['no-task'] as const) : []),
    ...(!found && !item.owned ? (['no-owner'] as const) : []),
    ...(item.criterion === null ? (['no-criterion'] as const) : []),
    ...(item.dueOn === null && !item.paused ? (['no-deadline'] as const) : []),
  ];
}

export const taskReason = reasons({
  'round-empty': { zh: '所选范围内没有可督查的事项。', en: 'There is nothing to look at in what was chosen.' },
  'round-too-large': {
    zh: '所选范围有 {n} 件事项，一轮督查最多 {max} 件，请缩小范围。',
    en: 'That is {n} items; one round takes {max} at most. Choose fewer units.',
  },
  'round-over': { zh: '该轮督查已结束。', en: 'The round is over.' },
  'round-judged': { zh: '该事项已有督查结论。', en: 'That item has been judged already.' },
  'round-open-items': {
    zh: '还有 {n} 件事项没有督查结论或整改未销号，不能结束本轮督查。',
    en: '{n} items have no conclusion yet or wait for their finding to be put right; the round cannot close.',
  },
  'round-other-item': { zh: '该事项不属于本轮督查。', en: 'That item does not belong to this round.' },
  'round-own-work': { zh: '不能督查自己承办的事项。', en: 'Nobody checks their own work.' },
});

/** One round takes so many items: more than a team can look at is a list, not a round. */
export const roundItems = 200;

interface ItemFacts {
  readonly roundId: string | null;
  readonly state: string;
}

/** Whether an item of a round can be judged now. */
export function canJudge(round: { readonly id: string; readonly open: boolean }, item: ItemFacts): Reason | null {
  if (item.roundId !== round.id) return taskReason('round-other-item');
  if (!round.open) return taskReason('round-over');
  return item.state === 'pending' ? null : taskReason('round-judged');
}

/** A round closes only when each item was confirmed or its finding put right. */
export function canCloseRound(openItems: number): Reason | null {
  return openItems === 0 ? null : taskReason('round-open-items', { n: openItems });
}
