import { type Reason, reasons } from '../../words.ts';

export const standardReason = reasons({
  'standard-published': {
    zh: '标准 {id} {version} 已发布，不能更改；请另存为新版本。',
    en: 'Standard {id} {version} is published and cannot change; save it as a new version.',
  },
  'standard-not-draft': { zh: '只有草稿才能发布。', en: 'Only a draft can be published.' },
  'standard-not-published': { zh: '只有已发布的版本才能撤回。', en: 'Only a published version can be withdrawn.' },
  'standard-in-use': {
    zh: '有未办结的创建周期正在使用这一版本，不能撤回。',
    en: 'A running cycle uses this version; it cannot be withdrawn.',
  },
  'standard-missing': {
    zh: '没有已发布的标准 {id} {version}。',
    en: 'There is no published standard {id} {version}.',
  },
  'standard-not-effective': {
    zh: '标准 {id} {version} 自 {from} 起施行{until}，{year} 年不适用。',
    en: 'Standard {id} {version} is in effect from {from}{until}, not in {year}.',
  },
  'standard-scheme': {
    zh: '标准 {id} 适用于“{found}”，不适用于“{needed}”。',
    en: 'Standard {id} is for {found}, not for {needed}.',
  },
});

export type StandardState = 'draft' | 'published' | 'withdrawn';

export function canOverwrite(id: string, version: string, state: StandardState | undefined): Reason | null {
  return state === undefined || state === 'draft' ? null : standardReason('standard-published', { id, version });
}

export function canPublish(state: StandardState): Reason | null {
  return state === 'draft' ? null : standardReason('standard-not-draft');
}

export function canWithdraw(state: StandardState, runningCycles: number): Reason | null {
  if (state !== 'published') return standardReason('standard-not-published');
  return runningCycles > 0 ? standardReason('standard-in-use') : null;
}

export interface Effective {
  readonly id: string;
  readonly version: string;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
}

/** A year is judged by a version that is in effect on some day of it. */
export function effectiveIn(s: Effective, year: number): Reason | null {
  const begun = s.effectiveFrom <= `${year}-12-31`;
  const over = s.effectiveTo !== null && s.effectiveTo < `${year}-01-01`;
  if (begun && !over) return null;
  const until = s.effectiveTo === null ? '' : ` – ${s.effectiveTo}`;
  return standardReason('standard-not-effective', {
    id: s.id,
    version: s.version,
    from: s.effectiveFrom,
    until,
    year: String(year),
  });
}
