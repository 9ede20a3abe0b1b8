import type { z } from 'zod';
import { standards } from '../../../domain/records/standards/index.ts';
import type { Said } from '../../words/use.ts';
import { useRead } from '../../api/hooks.ts';
import { useCycle } from './cycle.ts';

export type StandardView = z.output<typeof standards.get.reply>;

/** The standard that decides about branches of a scheme in the cycle on the screen. */
export function useStandardOf(scheme: string | null | undefined) {
  const { cycle } = useCycle();
  const ref = scheme === 'urban' ? cycle?.standards.urban : cycle?.standards.rural;
  return useRead(
    standards.get,
    { params: ref ?? { id: '-', version: '-' } },
    { when: Boolean(ref) && Boolean(scheme) },
  );
}

/** The stars of a scheme for a choice. */
export function starOptions(standard: StandardView | undefined, say: (words: Said) => string) {
  return (standard?.body.stars ?? []).map((star) => ({ value: star.id, label: say(star.name) }));
}
