import { createContext, use, useMemo } from 'react';
import { holds, type Verb } from '../../domain/grants.ts';
import type { Me } from '../../domain/records/accounts/index.ts';

export const MeContext = createContext<Me | null>(null);

/** Who is signed in; only below the shell, which renders nothing before it knows. */
export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error('useMe outside the shell');
  return me;
}

export type Can = (verb: Verb, path?: string, star?: string) => boolean;

/** Whether the reader holds a verb, by the same function that the server asks. */
export function useCan(): Can {
  const { grants } = useMe();
  return useMemo(() => (verb, path, star) => holds(grants, verb, path, star), [grants]);
}

/** The topmost units the reader answers for; the own unit only where nothing was granted, as it may lie above all of them. */
export function rootUnits(me: Me): number[] {
  const paths = [...new Set(me.grants.length > 0 ? me.grants.map((g) => g.path) : [me.home.path])];
  const tops = paths.filter((p) => !paths.some((other) => other !== p && p.startsWith(other)));
  return tops.map((p) => Number(p.split('.').at(-2))).filter((n) => n > 0);
}
