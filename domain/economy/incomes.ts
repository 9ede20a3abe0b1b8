import type { Words } from '../words.ts';

/** The four kinds of income of a household from its village, by the accounts on which they are paid (M322). */
export const incomeAccounts = {
  home: ['expense:crop-settlement'],
  rent: ['expense:land-rent'],
  wages: ['expense:wages', 'expense:wages-local'],
  dividends: ['expense:dividends'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type IncomeKind = keyof typeof incomeAccounts;
export const incomeKinds = Object.keys(incomeAccounts) as IncomeKind[];

export const incomeWords: Readonly<Record<IncomeKind, Words>> = {
  home: { zh: '交售农产品', en: 'Crops sold' },
  rent: { zh: '土地流转租金', en: 'Land rent' },
  wages: { zh: '村内务工', en: 'Wages in the village' },
  dividends: { zh: '分红', en: 'Dividends' },
};

/** The books from which a village, its cooperatives and its works pay households. */
export const incomeBooks = ['village-collective', 'cooperative', 'project'] as const;
