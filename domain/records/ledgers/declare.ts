import { say } from '../../fields.ts';
import type { Words } from '../../words.ts';
import type { UnitType } from '../units/types.ts';
import type { AccountClass, BookKind, ChartAccount, Measure } from './kind.ts';

const account = (of: AccountClass) => (zh: string, en: string, perSubject?: readonly string[]) =>
  ({ words: say(zh, en), class: of, ...(perSubject ? { perSubject } : {}) }) satisfies ChartAccount;

export const asset = account('asset');
export const liability = account('liability');
export const equity = account('equity');
export const income = account('income');
export const expense = account('expense');

/** What money is on hand and what is still to come or to go, in every book of money. */
export const cash = {
  'asset:bank': asset('银行存款', 'Bank'),
  'asset:cash': asset('库存现金', 'Cash'),
  'asset:receivable': asset('应收款', 'Receivable'),
  'liability:payable': liability('应付款', 'Payable'),
  'equity:opening': equity('期初结余', 'Opening balance'),
} as const;

/** Nobody pays out of an empty box. */
export const cashCovered = ['asset:bank', 'asset:cash'] as const;

/** Where public money comes from (M033, M297, M395). */
export const fundSources = {
  central: say('中央资金', 'Central government'),
  province: say('省级资金', 'Province'),
  city: say('市级资金', 'City'),
  county: say('县级资金', 'County'),
  township: say('乡镇（街道）资金', 'Township or street'),
  collective: say('村集体自筹', 'Collective'),
  'self-raised': say('群众自筹', 'Raised by residents'),
  donation: say('社会捐赠', 'Donation'),
  enterprise: say('企业投入', 'Enterprise'),
  other: say('其他来源', 'Other'),
} as const satisfies Readonly<Record<string, Words>>;

type More = Partial<Omit<BookKind, 'kind' | 'words' | 'measure' | 'on' | 'accounts'>>;

export function book(
  kind: string,
  words: Words,
  measure: Measure,
  on: readonly UnitType[],
  accounts: Readonly<Record<string, ChartAccount>>,
  more: More = {},
): BookKind {
  return { kind, words, measure, on, accounts, ...more };
}
