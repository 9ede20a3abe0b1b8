import { notFound } from '../../platform/errors.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { getCase } from '../../records/cases/index.ts';
import * as store from './store.ts';

/** The row of one work; what is no work is not found here. */
export async function getProjectRow(rq: Rq, id: string): Promise<store.ProjectRow> {
  const c = await getCase(rq, id);
  mustHold(rq, 'cases.read', c.unitPath);
  const [row] = await store.listProjectsById(rq, [id]);
  if (!row) throw notFound({ zh: '该项目', en: 'project' });
  return row;
}
