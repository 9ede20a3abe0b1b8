import type { UnitType } from '../domain/records/units/index.ts';

export interface DemoUnit {
  readonly key: string;
  readonly parent: string | null;
  readonly type: UnitType;
  readonly name: string;
  readonly scheme: 'rural' | 'urban' | null;
  /** What a team is for. */
  readonly kind?: 'responsibility' | 'leading-group';
  /** The star of a task force, and what it is to do. */
  readonly star?: string;
  readonly scope?: string;
}

/** Stars of the sample standards; the county keeps one task force for each. */
export const demoStars = {
  rural: ['branch', 'industry', 'ecology', 'safety', 'civility'],
  urban: ['branch', 'sharing', 'safety', 'harmony', 'business'],
} as const;

export const starDepartments: Record<string, { department: string; star: string }> = {
  branch: { department: '组织部', star: '支部过硬星' },
  industry: { department: '农业农村局', star: '产业兴旺星' },
  ecology: { department: '自然资源和生态环境局', star: '生态宜居星' },
  safety: { department: '政法委', star: '平安法治星' },
  civility: { department: '宣传部', star: '文明幸福星' },
  sharing: { department: '城市管理局', star: '共建共享星' },
  harmony: { department: '民政局', star: '幸福和谐星' },
  business: { department: '人力资源和社会保障局', star: '宜业兴业星' },
};
