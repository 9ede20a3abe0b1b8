import type { Dictionary } from './use.ts';

/** Who leads a star in the sample standards; a standard may name others, which are shown as written. */
export const leadWords = {
  organisation: { zh: '组织部门', en: 'organisation department' },
  agriculture: { zh: '农业农村部门', en: 'agriculture and rural affairs' },
  'natural-resources': { zh: '自然资源和生态环境部门', en: 'natural resources and environment' },
  'political-legal': { zh: '政法部门', en: 'political and legal affairs' },
  publicity: { zh: '宣传部门', en: 'publicity department' },
  'united-front': { zh: '统战部门', en: 'united front' },
  'civil-affairs': { zh: '民政部门', en: 'civil affairs' },
  'human-resources': { zh: '人力资源和社会保障部门', en: 'human resources and social security' },
} as const satisfies Dictionary;

export const leadOf = (lead: string): { readonly zh: string; readonly en: string } =>
  Object.hasOwn(leadWords, lead) ? leadWords[lead as keyof typeof leadWords] : { zh: lead, en: lead };
