import type { CaseItem } from '../../../domain/records/cases/contract.ts';

export interface Place {
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
}

/** Cases whose work has a page of its own: the way there. */
export function pageOf(c: Pick<CaseItem, 'type' | 'id' | 'unitId' | 'star' | 'parentId'>): Place | null {
  const branch = `/card/${c.unitId}`;
  switch (c.type) {
    case 'cycle':
      return { to: '/stars', search: { cycle: c.id } };
    case 'candidacy':
    case 'adjustment':
      return { to: `${branch}/declaration` };
    case 'diagnosis':
      return { to: `${branch}/diagnosis` };
    case 'plan':
      return { to: '/stars/plans' };
    case 'proposal':
    case 'objection':
      return { to: '/stars/decision' };
    case 'downgrade':
    case 'warning':
      return { to: '/stars/watch' };
    case 'supervision':
      return { to: `/rounds/${c.id}` };
    case 'supervision-item':
      return { to: `/rounds/${c.parentId}` };
    case 'inquiry':
      return { to: `/reports/inquiries/${c.id}` };
    case 'inquiry-answer':
      return { to: `/reports/answers/${c.id}` };
    case 'project':
    case 'micro-renewal':
      return { to: `/projects/${c.id}` };
    case 'veto':
      return { to: branch };
    default:
      return null;
  }
}

/** Every step of these is taken on a page of their own, where also their content is told: as a case they are a dead end. */
export function livesOnItsPage(c: Pick<CaseItem, 'type'>): boolean {
  return c.type === 'inquiry' || c.type === 'inquiry-answer';
}
