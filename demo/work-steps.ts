import { workflowOf } from '../domain/records/cases/all.ts';
import { insertMany } from './ground.ts';
import type { Laying } from './work-insert.ts';
import type { Verb } from '../domain/grants.ts';
import { role } from '../domain/records/assignments/roles.ts';
import type { DemoCounty } from './county.ts';
import type { DemoPerson } from './people.ts';
import { type CaseRow, idOf, lastDay, type Work, wayOf } from './work-kit.ts';

const morning = (day: string) => `${day}T09:30:00+08:00`;

/** When each step of a case was taken: evenly between its opening and its end. */
export function stepTimes(c: Work['cases'][number]): string[] {
  const way = wayOf(c);
  const start = Date.parse(morning(c.opened));
  const end =
    c.closed === undefined
      ? Math.min(start + way.length * 3 * 86_400_000, Date.parse(`${lastDay}T18:00:00+08:00`))
      : Date.parse(`${c.closed}T16:00:00+08:00`);
  const times = way.map((_, i) => new Date(start + ((end - start) * (i + 1)) / way.length).toISOString());
  return [new Date(start).toISOString(), ...times];
}

/** Who took each step of a case, after its opening: somebody who may, and nobody whom its workflow keeps from it. */
export type Takers = (c: CaseRow, step: string) => string | undefined;

export function takersOf({ people, units }: DemoCounty): Takers {
  const working = new Map<string, DemoPerson[]>();
  for (const p of people) for (const { unit } of p.roles) working.set(unit, [...(working.get(unit) ?? []), p]);
  const parent = new Map(units.map((u) => [u.key, u.parent]));
  const mays = new Map<string, readonly string[]>();
  /** Those who hold the verb there or above, the nearest first. */
  const may = (at: string | null | undefined, verb: Verb): readonly string[] => {
    if (at == null) return [];
    const key = `${verb}/${at}`;
    const here = (p: DemoPerson) =>
      p.roles.some((r) => r.unit === at && (role(r.role).verbs as readonly Verb[]).includes(verb));
    const known = mays.get(key) ?? [
      ...(working.get(at) ?? []).filter(here).map((p) => p.key),
      ...may(parent.get(at), verb),
    ];
    mays.set(key, known);
    return known;
  };
  return (c, step) => {
    const rule = workflowOf(c.type).steps[step]!;
    const by = c.by?.[step];
    if (by !== undefined) return by;
    if (rule.onlyBy === 'owner' && c.owner !== undefined) return c.owner;
    const usual = c.raiser ?? c.owner;
    if (usual === undefined || rule.onlyBy !== undefined) return usual;
    const kept = (rule.notBy ?? []).map((side) => (side === 'owner' ? c.owner : c.raiser));
    const able = may(c.at, rule.verb).filter((key) => !kept.includes(key));
    return able.includes(usual) ? usual : able[0];
  };
}

export async function insertSteps(l: Laying, cases: Work['cases']): Promise<void> {
  const columns = {
    id: 'uuid',
    case_id: 'uuid',
    unit_path: 'text',
    step: 'text',
    from_state: 'text',
    to_state: 'text',
    person_id: 'uuid',
    actor_name: 'text',
    at: 'timestamptz',
    reason: 'text',
    data: 'jsonb',
  };
  const takenBy = takersOf(l.county);
  const rows = cases.flatMap((c) => {
    const times = stepTimes(c);
    const opened = { step: 'open', from: '', to: workflowOf(c.type).initial };
    return [opened, ...wayOf(c)].map((s, i) => {
      const by = i === 0 ? (c.raiser ?? c.owner) : takenBy(c, s.step);
      return {
        id: idOf(`${c.id}/step/${i}`),
        case_id: c.id,
        unit_path: l.path(c.at),
        step: s.step,
        from_state: s.from,
        to_state: s.to,
        person_id: l.person(by),
        actor_name: by === undefined ? '系统' : l.names.get(by)!,
        at: times[i],
        reason: c.said?.[s.step]?.reason ?? null,
        data: c.said?.[s.step]?.document === undefined ? {} : { document: c.said[s.step]!.document },
      };
    });
  });
  await insertMany(l.rq.db, 'case_steps', columns, rows);
}
