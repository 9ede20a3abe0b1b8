import type { Field } from '../../ui/Fields.tsx';
import { starWords } from '../../words/stars.ts';
import { useSay, useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';
import { starOptions, useStandardOf } from './standard-of.ts';

export interface Declared {
  readonly targetLevel: number;
  readonly targetStars?: string[];
  readonly stretchLevel?: number;
  readonly commitments?: string;
  readonly reason?: string;
}

/** The fields of a declaration, the same for the first one and for a change. */
export function useDeclarationFields(scheme: string | null | undefined, now?: Declared): Field[] {
  const t = useWords(workWords);
  const s = useWords(starWords);
  const say = useSay();
  const standard = useStandardOf(scheme);
  const stars = starOptions(standard.data, say);
  const levels = Array.from({ length: Math.max(5, stars.length) }, (_, i) => ({
    value: i + 1,
    label: s('level', { n: i + 1 }),
  }));
  return [
    {
      name: 'targetLevel',
      label: t('target-level'),
      kind: 'select',
      required: true,
      options: levels,
      initial: now?.targetLevel,
    },
    { name: 'targetStars', label: t('target-stars'), kind: 'many', options: stars, initial: now?.targetStars },
    { name: 'stretchLevel', label: t('stretch-level'), kind: 'select', options: levels, initial: now?.stretchLevel },
    { name: 'commitments', label: t('commitments'), kind: 'area', max: 2000, initial: now?.commitments },
  ];
}
