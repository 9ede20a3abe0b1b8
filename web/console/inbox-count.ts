import { inbox } from '../../domain/records/inbox/contract.ts';
import { useRead } from '../api/hooks.ts';

/** How many things wait for the reader; live news keeps it right, the minute is for when there is no live line. */
export function useInboxCount(): number {
  const counts = useRead(inbox.counts, {}, { every: 60_000 });
  return counts.data?.todo ?? 0;
}
