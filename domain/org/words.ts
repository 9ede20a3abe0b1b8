import type { Words } from '../words.ts';

/** Names of the stars that the sources name; a published standard brings its own. */
export const starWords: Readonly<Record<string, Words>> = {
  branch: { zh: '支部过硬星', en: 'Strong branch' },
  industry: { zh: '产业兴旺星', en: 'Thriving industry' },
  ecology: { zh: '生态宜居星', en: 'Pleasant ecology' },
  safety: { zh: '平安法治星', en: 'Safety and law' },
  civility: { zh: '文明幸福星', en: 'Civility and happiness' },
  sharing: { zh: '共建共享星', en: 'Joint building' },
  harmony: { zh: '幸福和谐星', en: 'Happiness and harmony' },
  business: { zh: '宜业兴业星', en: 'Good for work and business' },
};

export function wordsOfStar(star: string): Words {
  return starWords[star] ?? { zh: star, en: star };
}
