import { demo } from '../domain/demo/contract.ts';
import { sql } from '../server/platform/db/sql.ts';
import { type Route, route } from '../server/platform/http/routes.ts';
import { type Rq, system } from '../server/platform/rq.ts';
import { playStage, stageOf } from './acts.ts';
import { readLead, writeLead } from './clock.ts';
import { demoAccounts, demoPassword, visitorsUnits } from './load.ts';

/** What the demo has and no other instance: a clock that can be moved on, and the others doing their part. */
export interface DemoPlay {
  readonly clock: () => Date;
  readonly routes: readonly Route[];
}

const day = 86_400_000;

/** The clock's lead over the real one is kept beside the data, so that a restart does not turn time back. */
export function demoPlay(folder: string): DemoPlay {
  let lead = readLead(folder);
  const clock = () => new Date(Date.now() + lead);
  const moveOn = (days: number) => {
    lead += days * day;
    writeLead(folder, lead);
  };
  return {
    clock,
    routes: [
      route(demo.show, () => Promise.resolve(show(clock()))),
      route(demo.clock, async (rq, { body }) => {
        // Days that only the demo lets pass sign nobody out.
        await rq.db.run(sql`UPDATE sessions SET expires_at = expires_at + make_interval(days => ${body.days})`);
        moveOn(body.days);
        return { now: clock() };
      }),
      route(
        demo.others,
        async (rq, { body }, wire) => ({
          done: await wire.database.write([''], (db) =>
            playOthers({ ...rq, actor: system, db }, body.cycleId, body.everyone),
          ),
        }),
        { loose: true },
      ),
    ],
  };
}

/** Names of people are not part of it: a visitor learns what each account is for, and nothing else. */
const show = (now: Date) => ({
  now,
  password: demoPassword,
  accounts: demoAccounts.map(({ login, role }) => ({ login, role })),
});

async function playOthers(rq: Rq, cycleId: string, everyone: boolean): Promise<number> {
  const mine = await rq.db.many<{ id: number }>(
    sql`SELECT id FROM units WHERE code = ANY (${[...visitorsUnits]}::text[])`,
  );
  const except = new Set(everyone ? [] : mine.map((row) => row.id));
  return playStage(await stageOf(rq, cycleId, except));
}
