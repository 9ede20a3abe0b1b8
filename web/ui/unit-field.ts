import type { Verb } from '../../domain/grants.ts';
import { useCan, useMe } from '../console/me.ts';
import type { Field } from './Fields.tsx';

/**
 * The unit of a record that is about to be made. Only units where the reader holds the verb are offered. It opens with the
 * reader's own unit where they may write there, with the one unit they answer for where they do not (a contact cadre sits in
 * the township and writes for a village), and otherwise empty: a form that opens with a unit it will be refused for misleads.
 */
export function useUnitField(label: string, verb: Verb): Field {
  const me = useMe();
  const can = useCan();
  const own = new Map(me.roles.filter((r) => can(verb, r.path)).map((r) => [r.unitId, r.unitName]));
  const [only] = own.size === 1 ? [...own].map(([id, name]) => ({ id, name })) : [];
  return { name: 'unit', label, kind: 'unit', required: true, verb, initial: can(verb, me.home.path) ? me.home : only };
}
