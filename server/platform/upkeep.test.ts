import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../tests/support/world.ts';
import { sql } from './db/sql.ts';
import { forgetTask, startUpkeep, type Task, vacuumTask } from './upkeep.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** One round of the tasks, as a server does it a while after its start. */
async function round(tasks: readonly Task[]): Promise<string[]> {
  const heard: string[] = [];
  // A last task of this round alone: once it has been done, the others have had their turn, however slow the machine is.
  const last: Task = { name: `last ${randomUUID()}`, everyHours: 24, work: async () => 'done' };
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => (end = resolve));
  const upkeep = startUpkeep(world.database, [...tasks, last], {
    clock: world.now,
    said: (task, result) => (task === last.name ? end() : void heard.push(`${task}: ${result}`)),
    failed: (task, error) => heard.push(`${task} failed: ${(error as Error).message}`),
    firstMs: 1,
  });
  await over;
  await upkeep.stop();
  return heard;
}

describe('regular work', () => {
  it('is done when due, by one of several processes, and not again after a restart', async () => {
    let times = 0;
    const task: Task = { name: 'once', everyHours: 24, work: async () => `time ${++times}` };
    const rounds = await Promise.all([round([task]), round([task]), round([task])]);
    expect(rounds.flat()).toEqual(['once: time 1']);
    expect(await round([task])).toEqual([]);
    world.setNow(new Date(world.now().getTime() + 25 * 3_600_000).toISOString());
    expect(await round([task])).toEqual(['once: time 2']);
  });

  it('that fails is tried again the next time, and does not stop the rest', async () => {
    let fails = true;
    const shaky: Task = {
      name: 'shaky',
      everyHours: 24,
      work: async () => (fails ? Promise.reject(new Error('disk full')) : 'done'),
    };
    const other: Task = { name: 'other', everyHours: 24, work: async () => 'done' };
    expect(await round([shaky, other])).toEqual(['shaky failed: disk full', 'other: done']);
    fails = false;
    expect(await round([shaky, other])).toEqual(['shaky: done']);
  });

  it('clears dead rows of all tables and forgets what nobody will ask for', async () => {
    const long = new Date(world.now().getTime() - 90 * 86_400_000);
    await world.asSystem((rq) =>
      rq.db.run(sql`INSERT INTO invitations (token_hash, created_at, expires_at) VALUES ('old', ${long}, ${long})`),
    );
    const [vacuumed] = await round([vacuumTask(world.database)]);
    expect(vacuumed).toMatch(/^vacuum: \d\d tables$/);
    expect(await round([forgetTask(world.database, world.now)])).toEqual(['forget: 0 sessions, 1 links, 0 replies']);
  });
});
