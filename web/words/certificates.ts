import type { Dictionary } from './use.ts';

export const certificateWords = {
  unit: { zh: '支部所在村（社区）', en: 'Village or community' },
  parent: { zh: '乡镇（街道）', en: 'Township' },
  level: { zh: '星级', en: 'Level' },
  stars: { zh: '所获星', en: 'Stars' },
  number: { zh: '证书编号', en: 'Number' },
  withdrawn: { zh: '本证书已撤销', en: 'This certificate has been withdrawn' },
} as const satisfies Dictionary;
