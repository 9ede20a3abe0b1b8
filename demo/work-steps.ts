import { workflowOf } from '../domain/records/cases/all.ts';
import { insertMany } from './ground.ts';
import type { Laying } from './work-insert.ts';
import { idOf, lastDay, type Work, wayTo } from './work-kit.ts';

const morning = (day: string) => `${day}T09:30:00+08:00`;

/** When each step of a case was taken: evenly between its opening and its end. */
export function stepTimes(c: Work['cases'][number]): string[] {
  const way = wayTo(c.type, c.state);
  const start = Date.parse(morning(c.opened));
  const end =
    c.closed === undefined
      ? Math.min(start + way.length * 3 * 86_400_000, Date.parse(`${lastDay}T18:00:00+08:00`))
      : Date.parse(`${c.closed}T16:00:00+08:00`);
  const times = way.map((_, i) => new Date(start + ((end - start) * (i + 1)) / way.length).toISOString());
  return [new Date(start).toISOString(), ...times];
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
  const rows = cases.flatMap((c) => {
    const times = stepTimes(c);
    const by = c.raiser ?? c.owner;
    const opened = { step: 'open', from: '', to: workflowOf(c.type).initial };
    return [opened, ...wayTo(c.type, c.state)].map((s, i) => ({
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
    }));
  });
  await insertMany(l.rq.db, 'case_steps', columns, rows);
}
