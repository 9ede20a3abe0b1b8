import type { AccountClass, Measure } from './kind.ts';

interface MeasureFacts {
  /** Digits behind the point when it is written for people: fen as yuan, hundredths of a point as points. */
  readonly digits: number;
  /** As plain-text accounting and sheets name it. */
  readonly symbol: string;
}

export const measureFacts: Readonly<Record<Measure, MeasureFacts>> = {
  fen: { digits: 2, symbol: 'CNY' },
  points: { digits: 2, symbol: 'points' },
  minutes: { digits: 0, symbol: 'min' },
  shares: { digits: 0, symbol: 'shares' },
};

/** `123456` fen as `1234.56`; exact, because it never passes through a fraction. */
export function amountText(measure: Measure, amount: number): string {
  const { digits } = measureFacts[measure];
  const sign = amount < 0 ? '-' : '';
  const whole = String(Math.abs(amount)).padStart(digits + 1, '0');
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole.slice(0, -digits)}.${whole.slice(-digits)}`;
}

/** 1 where an account grows by debit, −1 where it grows by credit. */
export function naturalSign(of: AccountClass): 1 | -1 {
  return of === 'asset' || of === 'expense' ? 1 : -1;
}

/** Accounts that the chart knows stand for all that is opened below them: `points:household:…` belongs to `points:household`. */
export function isBelow(code: string, chartCode: string): boolean {
  return code === chartCode || code.startsWith(`${chartCode}:`);
}
