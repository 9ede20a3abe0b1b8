import type { LedgerQuery } from '../../../domain/tasks/contract.ts';
import { rootUnits, useMe } from '../../console/me.ts';
import { useScope } from '../../console/scope.ts';
import { useScreen } from '../../ui/search-state.ts';

export const taskViews = ['tasks', 'problems', 'owners', 'criteria', 'bulletin', 'rounds'] as const;
export type TaskView = (typeof taskViews)[number];

/** What the address says of the page; every link into it is made of these. */
export interface TaskScreen {
  readonly view?: TaskView;
  readonly star?: string;
  readonly here?: boolean;
  readonly criterion?: string;
  readonly light?: 'red' | 'yellow' | 'green' | 'none';
  readonly owner?: string;
  readonly ownerUnit?: number;
  readonly escalated?: boolean;
  readonly stale?: boolean;
  readonly closed?: boolean;
  readonly fault?: LedgerQuery['fault'];
  readonly severity?: 'ordinary' | 'key';
  readonly tag?: string;
  readonly month?: string;
  readonly q?: string;
  readonly offset?: number;
}

export const filterNames = [
  'star',
  'here',
  'criterion',
  'light',
  'owner',
  'ownerUnit',
  'escalated',
  'stale',
  'closed',
  'fault',
  'severity',
  'tag',
  'q',
] as const satisfies readonly (keyof TaskScreen)[];

/** The unit whose ledgers are shown: the one chosen in the tree, or the topmost that the reader answers for. */
export function useLedgerUnit(): number {
  const me = useMe();
  const { unitId } = useScope();
  return unitId ?? rootUnits(me)[0] ?? me.home.id;
}

/** What the address asks of a list, as the server wants it; the sheet is asked for with the same. */
export function useLedgerQuery(list: 'tasks' | 'problems') {
  const [screen] = useScreen<TaskScreen>();
  const under = useLedgerUnit();
  const flag = (on: boolean | undefined) => (on ? ('true' as const) : undefined);
  return {
    list,
    under,
    star: screen.star,
    here: flag(screen.here),
    criterion: screen.criterion,
    light: screen.light,
    owner: screen.owner,
    ownerUnit: screen.ownerUnit,
    open: screen.closed ? ('false' as const) : ('true' as const),
    escalated: flag(screen.escalated),
    stale: flag(screen.stale),
    fault: screen.fault,
    severity: list === 'problems' ? screen.severity : undefined,
    tag: screen.tag,
    q: screen.q,
  };
}
