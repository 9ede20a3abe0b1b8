import type { Words } from '../../words.ts';

/** Something in a text that must not be published, and where it stands. */
export interface Found {
  readonly path: string;
  readonly what: 'identity-number' | 'bank-card' | 'phone';
  /** The number with its middle hidden: enough to find it, not enough to leak it again. */
  readonly shown: string;
}

const names: Record<Found['what'], Words> = {
  'identity-number': { zh: '居民身份证号', en: 'identity number' },
  'bank-card': { zh: '银行卡号', en: 'bank card number' },
  phone: { zh: '手机号码', en: 'mobile number' },
};

export function foundWords(found: Found): Words {
  const name = names[found.what];
  return {
    zh: `含有${name.zh}（${found.shown}），请删除后再公开。`,
    en: `It holds an ${name.en} (${found.shown}); remove it before publishing.`
      .replace('an bank', 'a bank')
      .replace('an mobile', 'a mobile'),
  };
}

/** Weights of the check digit of an 18-digit identity number (GB 11643). */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An 18-digit identity number: a day that exists and the right check digit, so that long document numbers pass. */
export function isIdentityNumber(text: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(text)) return false;
  const [year, month, date] = [text.slice(6, 10), text.slice(10, 12), text.slice(12, 14)].map(Number) as [
    number,
    number,
    number,
  ];
  const day = new Date(Date.UTC(year, month - 1, date));
  if (year < 1850 || year > 2150 || day.getUTCMonth() !== month - 1 || day.getUTCDate() !== date) return false;
  const sum = weights.reduce((total, weight, i) => total + weight * Number(text[i]), 0);
  return '10X98765432'[sum % 11] === text[17]!.toUpperCase();
}

/** Luhn's check, which every bank card passes and a random number passes one time in ten; so the issuer's 62, 4 or 5 is asked too. */
export function isBankCard(digits: string): boolean {
  if (!/^(62|[45])\d{14,17}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

const hide = (digits: string) => `${digits.slice(0, 3)}…${digits.slice(-2)}`;

/** Ids of records and fingerprints of files: of their digits now and then some look like a number of somebody. */
const ids = /\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=\d*[a-f])[0-9a-f]{32,})\b/gi;

/** Full-width digits are digits, and spaces or dashes inside a number do not hide it. */
function runsOfDigits(text: string): string[] {
  const narrow = text.replace(ids, ' ').replace(/[０-９Ｘｘ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  return narrow.match(/\d(?:[\s-]?\d){8,24}(?:[\s-]?[Xx])?/g)?.map((run) => run.replace(/[\s-]/g, '')) ?? [];
}

function judge(run: string): Found['what'] | null {
  if (isIdentityNumber(run)) return 'identity-number';
  const digits = run.replace(/[Xx]$/, '');
  if (isBankCard(digits)) return 'bank-card';
  if (/^(?:86)?1[3-9]\d{9}$/.test(digits)) return 'phone';
  return null;
}

/** Looks through every text of a value, however deep. Paths read `body.sections.2.text`. */
export function findPersonalData(value: unknown, path = 'body'): Found[] {
  if (typeof value === 'string') {
    return runsOfDigits(value).flatMap((run) => {
      const what = judge(run);
      return what === null ? [] : [{ path, what, shown: hide(run) }];
    });
  }
  if (typeof value === 'number') return findPersonalData(String(value), path);
  if (Array.isArray(value)) return value.flatMap((one, i) => findPersonalData(one, `${path}.${i}`));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, one]) => findPersonalData(one, `${path}.${key}`));
  return [];
}
