import { rootUnits, useMe } from '../../console/me.ts';
import { useScope } from '../../console/scope.ts';

/** What the address says of the page; every link into it is made of these. */
export interface ProjectScreen {
  readonly view?: 'list' | 'compared' | 'programmes' | 'forces' | 'sums' | 'order' | 'funds';
  readonly by?: 'unit' | 'use' | 'class' | 'programme' | 'system' | 'stage';
  readonly stage?: string;
  readonly use?: string;
  readonly class?: string;
  readonly system?: string;
  readonly programme?: string;
  /** A task force that carries the works. */
  readonly force?: number;
  readonly key?: boolean;
  readonly late?: boolean;
  readonly over?: boolean;
  readonly year?: number;
  readonly fund?: string;
  readonly q?: string;
  readonly offset?: number;
}

/** The unit that is looked at: the one chosen in the tree, or the topmost that the reader answers for. */
export function useProjectUnit(): number {
  const me = useMe();
  const { unitId } = useScope();
  return unitId ?? rootUnits(me)[0] ?? me.home.id;
}
