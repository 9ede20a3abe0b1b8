import { columnsOf, type ImportResult } from '../../domain/records/imports/index.ts';
import { form } from '../../tests/support/form.ts';
import type { InProcess } from './app.ts';
import { password } from './people.ts';
import { ids } from './tree.ts';

/** A sheet of numbers as a clerk saves it: one row for each village and metric. */
export function sheetOf(villages: number, metrics: readonly string[], year: number): { bytes: Buffer; rows: number } {
  const heads = columnsOf.facts.map((c) => c.key);
  const lines = [columnsOf.facts.map((c) => c.words.zh).join(',')];
  for (let v = 0; v < villages; v++)
    for (const metric of metrics) {
      const row: Record<string, string> = {
        unit: `b${ids.village(v)}`,
        metric,
        period: String(year),
        value: String(v % 2),
        asOf: `${year}-06-30`,
        source: '年报',
      };
      lines.push(heads.map((key) => row[key] ?? '').join(','));
    }
  return { bytes: Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`), rows: villages * metrics.length };
}

/** Uploads a sheet and waits for its job: seconds from the upload to the last row written, all of them good. */
export async function importSheet(here: InProcess, login: string, bytes: Buffer, rows: number): Promise<number> {
  const session = await here.app.inject({ method: 'POST', url: '/api/session', payload: { login, password } });
  const cookie = session.cookies.map((c) => `${c.name}=${c.value}`).join('; ');
  const { payload, headers } = form({ mode: 'all-or-nothing' }, { name: '数据.csv', bytes });
  const began = performance.now();
  const sent = await here.app.inject({
    method: 'POST',
    url: '/api/imports/facts',
    payload,
    headers: { ...headers, cookie },
  });
  if (sent.statusCode !== 200) throw new Error(sent.body);
  const { jobId } = sent.json<{ jobId: string }>();
  // The job alone is waited for: a re-score that it leads to comes after it.
  const running = here.app.services.jobs.runJobsOnce();
  let job: { state: string; result: ImportResult | null; error: string | null };
  do {
    await new Promise((resolve) => setTimeout(resolve, 20));
    job = (await here.app.inject({ method: 'GET', url: `/api/jobs/${jobId}`, headers: { cookie } })).json();
  } while (job.state === 'waiting' || job.state === 'running');
  const seconds = (performance.now() - began) / 1000;
  await running;
  if (job.result?.written !== rows) throw new Error(job.error ?? JSON.stringify(job.result).slice(0, 500));
  return seconds;
}
