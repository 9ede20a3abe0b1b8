import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobs } from '../../../domain/records/jobs/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { databaseOn } from '../db/database.ts';
import { postgresPool } from '../db/postgres.ts';
import { sql } from '../db/sql.ts';
import { refuse } from '../errors.ts';
import { type Actor, type Rq, system } from '../rq.ts';
import { enqueue, registerJob, schedule, startJobs } from './index.ts';

let world: World;
let clerk: Client;
let other: Client;
let actor: Actor;

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  await world.person('clerk', u.east, [['township-clerk', u.east]]);
  await world.person('west', u.west, [['township-clerk', u.west]]);
  await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  clerk = await world.as('clerk');
  other = await world.as('west');
  const { id } = await world.asSystem((rq) =>
    rq.db.one<{ id: string }>(sql`SELECT id FROM users WHERE login = 'clerk'`),
  );
  actor = { ...system, userId: id, name: 'clerk' };
});
afterAll(() => world.close());

const pathOf = (id: number) =>
  world.asSystem(
    async (rq) => (await rq.db.one<{ p: string }>(sql`SELECT unit_path AS p FROM units WHERE id = ${id}`)).p,
  );

async function start(kind: string, input: unknown = {}): Promise<string> {
  const path = await pathOf(world.units.east);
  return world.database.write([''], (db) => enqueue({ actor, db, now: world.now(), lang: 'zh' }, kind, input, path));
}
const settle = () => world.app.services.jobs.runJobsOnce();

describe('jobs', () => {
  it('run as whoever started them, say how far they are and keep their result', async () => {
    registerJob('test.count', async (job) => {
      for (let i = 1; i <= 3; i++) {
        job.progress(i, 3, 'counting');
        await job.pause();
      }
      const seen = await job.read((rq) => rq.db.many<{ name: string }>(sql`SELECT name FROM people`));
      return { by: job.actor.name, input: job.input, people: seen.map((p) => p.name).sort() };
    });
    const id = await start('test.count', { a: 1 });
    await settle();
    const job = await clerk.ok(jobs.get, { params: { id } });
    expect(job).toMatchObject({ state: 'done', done: 3, total: 3, error: null });
    // The duty is in one township: so is what its job can see.
    expect(job.result).toEqual({ by: 'clerk', input: { a: 1 }, people: ['clerk', 'secretary'] });
    expect((await clerk.ok(jobs.list)).items.map((j) => j.id)).toContain(id);
  });

  it('are shown to nobody outside', async () => {
    const id = await start('test.count');
    await settle();
    expect((await other.call(jobs.get, { params: { id } })).status).toBe(404);
    const secretary = await world.as('secretary');
    expect((await secretary.call(jobs.get, { params: { id } })).status).toBe(404);
    expect((await (await world.as()).call(jobs.get, { params: { id } })).status).toBe(401);
    expect((await other.ok(jobs.list)).total).toBe(0);
  });

  it('are not there when the request that wanted them was rolled back', async () => {
    const before = (await clerk.ok(jobs.list)).total;
    await expect(
      world.database.write([''], async (db) => {
        await enqueue({ actor, db, now: world.now(), lang: 'zh' }, 'test.count', {}, '');
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect((await clerk.ok(jobs.list)).total).toBe(before);
  });

  it('tell why they failed, and nothing of a defect', async () => {
    registerJob('test.refused', async () => {
      throw refuse({ code: 'x', params: {}, words: { zh: '不可以', en: 'no' } });
    });
    registerJob('test.broken', async () => {
      throw new Error('secret detail');
    });
    const ids = [await start('test.refused'), await start('test.broken'), await start('test.unknown')];
    await settle();
    const [refused, broken, unknown] = await Promise.all(ids.map((id) => clerk.ok(jobs.get, { params: { id } })));
    expect(refused).toMatchObject({ state: 'failed', error: '不可以' });
    expect(broken!.state).toBe('failed');
    expect(broken!.error).not.toContain('secret');
    expect(unknown!.state).toBe('failed');
  });

  it('of a dead process are taken again', async () => {
    const id = await start('test.count', { again: true });
    await settle();
    await world.asSystem((rq) =>
      rq.db
        .run(sql`UPDATE jobs SET state = 'running', worker = 'dead', result = NULL, heartbeat_at = now() - interval '2 minutes'
        WHERE id = ${id}`),
    );
    await settle();
    expect(await clerk.ok(jobs.get, { params: { id } })).toMatchObject({ state: 'done' });
  });

  it('that end their process again and again stop in the end, and say so in words', async () => {
    const id = await start('test.count');
    await settle();
    await world.asSystem((rq) =>
      rq.db.run(sql`UPDATE jobs SET state = 'running', worker = 'dead', result = NULL, tries = 3,
        heartbeat_at = now() - interval '2 minutes' WHERE id = ${id}`),
    );
    await settle();
    const job = await clerk.ok(jobs.get, { params: { id } });
    expect([job.state, job.error]).toEqual(['failed', expect.stringContaining('可以重新发起')]);
  });

  it('stop at a safe place when the process closes and go on in the next', async () => {
    const seen = { runs: 0 };
    const settings = { clock: () => world.now(), actorOf: async () => system };
    const first = await startJobs(world.database, settings);
    registerJob('test.long', async (job) => {
      seen.runs++;
      for (let i = 0; i < 100 && seen.runs === 1; i++) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        await job.pause();
      }
      return { runs: seen.runs };
    });
    await world.app.services.jobs.stop();
    const id = await start('test.long');
    while (seen.runs === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await first.stop();
    expect(await clerk.ok(jobs.get, { params: { id } })).toMatchObject({ state: 'waiting' });
    const second = await startJobs(world.database, settings);
    await second.runJobsOnce();
    expect(await clerk.ok(jobs.get, { params: { id } })).toMatchObject({ state: 'done', result: { runs: 2 } });
    await second.stop();
  });

  it('are each done once when several processes work', async () => {
    const done: string[] = [];
    const handlers = {
      'test.once': async (job: { id: string }) => {
        done.push(job.id);
        await new Promise((resolve) => setTimeout(resolve, 2));
      },
    };
    const settings = { clock: () => world.now(), actorOf: async () => system, handlers };
    const databases = world.url
      ? [1, 2, 3].map(() => databaseOn(postgresPool(world.url!, { max: 3 })))
      : [world.database, world.database];
    const ids: string[] = [];
    for (let i = 0; i < 20; i++) ids.push(await start('test.once', { i }));
    const runners = await Promise.all(databases.map((d) => startJobs(d, settings)));
    await Promise.all(runners.map((r) => r.runJobsOnce()));
    await Promise.all(runners.map((r) => r.stop()));
    if (world.url) await Promise.all(databases.map((d) => d.close()));
    expect(done.sort()).toEqual(ids.sort());
  });

  it('that are scheduled start once a day, after their hour', async () => {
    let runs = 0;
    schedule('test.nightly', '02:30', async (job) => {
      expect(job.actor).toBe(system);
      runs++;
    });
    const runner = await startJobs(world.database, { clock: () => world.now(), actorOf: async () => system });
    const tick = async (moment: string) => {
      world.setNow(moment);
      await Promise.all([runner.runSchedules(), runner.runSchedules()]);
      await runner.runJobsOnce();
      return runs;
    };
    expect(await tick('2026-03-03T02:29:00+08:00')).toBe(0);
    expect(await tick('2026-03-03T02:31:00+08:00')).toBe(1);
    expect(await tick('2026-03-03T23:00:00+08:00')).toBe(1);
    expect(await tick('2026-03-04T02:30:00+08:00')).toBe(2);
    await runner.stop();
    expect(() => schedule('test.bad', '25:00', async () => undefined)).toThrow('25:00');
  });
});

describe('a request within a job', () => {
  it('is refused what its person may not do any more', async () => {
    const runner = await startJobs(world.database, { clock: () => world.now(), actorOf: async () => null });
    const id = await start('test.count');
    await runner.runJobsOnce();
    await runner.stop();
    const rows = await world.asSystem((rq: Rq) =>
      rq.db.many<{ state: string }>(sql`SELECT state FROM jobs WHERE id = ${id}`),
    );
    expect(rows).toEqual([{ state: 'failed' }]);
  });
});
