import type { Words } from '../../words.ts';
import { grainOf, period, startOf } from './periods.ts';
import { isWeek } from './periods-read.ts';

const quarters = ['一', '二', '三', '四'] as const;
const monthNames = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' });

function enteredWords(p: string): Words {
  const year = p.slice(0, 4);
  const last = Number(p.slice(5));
  switch (grainOf(p)) {
    case 'year':
      return { zh: `${year}年`, en: year };
    case 'quarter':
      return { zh: `${year}年第${quarters[last - 1]!}季度`, en: `quarter ${last} of ${year}` };
    case 'month':
      return { zh: `${year}年${last}月`, en: `${monthNames.format(new Date(startOf(p)))} ${year}` };
  }
}

/** A period that numbers are read for, as people say it. What is no period is shown as it stands. */
export function periodWords(p: string): Words {
  if (p === 'to-date') return { zh: '今年至今', en: 'this year to date' };
  const [span, year = ''] = p.split(':');
  if (span === 'to-date') return { zh: `${year}年至今`, en: `${year} to date` };
  if (span === 'planned') return { zh: `${year}年（计划）`, en: `planned for ${year}` };
  if (isWeek(p))
    return { zh: `${p.slice(0, 4)}年第${Number(p.slice(6))}周`, en: `week ${Number(p.slice(6))} of ${p.slice(0, 4)}` };
  return period.safeParse(p).success ? enteredWords(p) : { zh: p, en: p };
}
