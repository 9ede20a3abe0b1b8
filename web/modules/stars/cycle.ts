import type { CycleItem } from '../../../domain/stars/contract-cycle.ts';
import { cycles } from '../../../domain/stars/contract-cycle.ts';
import { useRead } from '../../api/hooks.ts';
import { useSample } from '../../console/SampleBanner.tsx';
import { useScreen } from '../../ui/search-state.ts';

export interface ChosenCycle {
  readonly cycle: CycleItem | undefined;
  readonly cycles: readonly CycleItem[];
  readonly loading: boolean;
  readonly error: unknown;
  readonly choose: (id: string) => void;
}

/** The cycle on the screen: the one in the address, else the latest. It also says whether a sample standard decides. */
export function useCycle(): ChosenCycle {
  const [screen, change] = useScreen<{ cycle?: string }>();
  const read = useRead(cycles.list, { query: { limit: 50 } });
  const items = read.data?.items ?? [];
  const cycle = items.find((c) => c.id === screen.cycle) ?? items[0];
  useSample(cycle?.sample);
  return {
    cycle,
    cycles: items,
    loading: read.isPending,
    error: read.error,
    choose: (id) => change({ cycle: id }),
  };
}
