import { Agent } from 'node:http';
import pg from 'pg';
import { send } from './http.ts';
import { freshDatabase, startChild } from './kill.ts';

/** Two processes take the same step on one case at the same moment: exactly one of them does, and the trail shows one. */
export interface RaceReport {
  readonly cases: number;
  readonly attempts: number;
  readonly wins: number;
  readonly refusals: Record<string, number>;
  readonly faults: string[];
}

const token = 'the token of the organiser who is in two places at once';

export async function raceForSteps(serverUrl: string, cases: number): Promise<RaceReport> {
  const place = await freshDatabase(serverUrl);
  const settings = { url: place.url, folder: null, token, verify: false };
  // The first one migrates and founds; both start at once, as they may in the field.
  const [one, two] = await Promise.all([startChild(settings), startChild(settings)]);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const ports = [one.state.port, two.state.port];
  const report = { cases, attempts: 0, wins: 0, refusals: {} as Record<string, number>, faults: [] as string[] };
  try {
    for (let n = 0; n < cases; n++) {
      const opened = await send(agent, { port: ports[n % 2]!, token }, '/api/cases', {
        type: 'task',
        title: `同一件事 ${n}`,
        unitId: one.state.township,
        data: { condition: '只有一个人能办' },
      });
      if (opened.status !== 200) throw new Error(`A case could not be opened: ${opened.status} ${opened.body}`);
      const { id, version } = JSON.parse(opened.body) as { id: string; version: number };
      // With the version that both have read, and without any: the second wall is the row itself.
      const step = { step: 'cancel', reason: '重复', ...(n % 2 === 0 ? { version } : {}) };
      const answers = await Promise.all(
        [0, 1, 0, 1].map((at) => send(agent, { port: ports[at]!, token }, `/api/cases/${id}/steps`, step)),
      );
      count(
        report,
        answers.map((a) => a.status),
        n,
      );
    }
    await lookAtTrail(place.url, cases, report.faults);
  } finally {
    agent.destroy();
    one.child.kill('SIGKILL');
    two.child.kill('SIGKILL');
    await place.drop();
  }
  return report;
}

function count(report: RaceReport & { attempts: number; wins: number }, statuses: readonly number[], n: number): void {
  const wins = statuses.filter((s) => s === 200).length;
  report.attempts += statuses.length;
  report.wins += wins;
  for (const s of statuses) if (s !== 200) report.refusals[s] = (report.refusals[s] ?? 0) + 1;
  if (wins !== 1) report.faults.push(`case ${n}: ${wins} of ${statuses.length} succeeded (${statuses.join(', ')})`);
  if (statuses.some((s) => s >= 500 && s !== 503)) report.faults.push(`case ${n}: a defect (${statuses.join(', ')})`);
}

async function lookAtTrail(url: string, cases: number, faults: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ steps: number; entries: number; states: number }>(`
    SELECT (SELECT count(*) FROM case_steps WHERE step = 'cancel')::int AS steps,
      (SELECT count(*) FROM journal WHERE verb = 'task.cancel' OR verb = 'case.cancel')::int AS entries,
      (SELECT count(*) FROM cases WHERE state = 'cancelled')::int AS states`);
  await client.end();
  const { steps, states } = rows[0]!;
  if (steps !== cases || states !== cases)
    faults.push(`${cases} cases were cancelled once each; the trail has ${steps} steps and ${states} cancelled cases`);
}
