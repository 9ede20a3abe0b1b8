import { resultsOf } from '../server/modules/projects/index.ts';
import { insertMany } from './ground.ts';
import type { Laying } from './work-insert.ts';
import { idOf, type Work } from './work-kit.ts';

/** The result of every work that is done stands before everybody, with the figures that its page shows. */
export async function publishResults(l: Laying, { cases }: Work): Promise<void> {
  const done = new Map(cases.filter((c) => c.type === 'project' && c.state === 'published').map((c) => [c.id, c]));
  const ids = [...done.keys()];
  const rows = [];
  for (let i = 0; i < ids.length; i += 200)
    for (const { caseId, title, text } of await resultsOf(l.rq, ids.slice(i, i + 200))) {
      const project = done.get(caseId)!;
      rows.push({
        id: idOf(`${caseId}/result`),
        kind: 'notice',
        unit_id: l.unit(project.at),
        unit_path: l.path(project.at),
        title,
        audience: 'public',
        published_at: `${project.closed!}T15:00:00+08:00`,
        case_id: caseId,
        body: { text },
      });
    }
  const columns = {
    id: 'uuid',
    kind: 'text',
    unit_id: 'int',
    unit_path: 'text',
    title: 'text',
    audience: 'text',
    published_at: 'timestamptz',
    case_id: 'uuid',
    body: 'jsonb',
  };
  await insertMany(l.rq.db, 'publications', columns, rows);
}
