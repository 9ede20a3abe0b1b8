// The server as people start it, on a PostgreSQL database that is there already: until it says that it is ready, and the
// memory it holds while nobody asks for anything.
import { benchDatabase } from '../lib/databases.ts';
import type { Bench, Measure } from '../lib/measure.ts';
import { startProduct } from '../lib/processes.ts';
import { settled } from '../lib/settled.ts';
import { median } from '../lib/timing.ts';
import { addCases, growTree, villagesOf } from '../lib/tree.ts';

async function run(bench: Bench) {
  const db = await benchDatabase('start');
  try {
    const tree = { counties: 1, townships: 25, villages: 20 };
    await growTree(db, tree);
    await addCases(db, 0, villagesOf(tree), 4);
    const times: number[] = [];
    const memory: number[] = [];
    for (let i = 0; i < (bench.quick ? 2 : 6); i++) {
      bench.say(`start ${i + 1}`);
      const server = await startProduct(db.url);
      if (i === 0) await settled(db, bench.say);
      // The first start of a machine reads the program from the disk; it is a start like any other for who waits for it, but
      // happens once.
      if (i > 0) times.push(server.readyMs / 1000);
      await new Promise((resolve) => setTimeout(resolve, bench.quick ? 1_000 : 8_000));
      memory.push(server.memory().now);
      await server.stop();
    }
    return {
      findings: [
        { bar: 'start.cold', value: median(times) },
        { bar: 'start.idle', value: median(memory) },
      ] as const,
    };
  } finally {
    await db.drop();
  }
}

export const start: Measure = { name: 'start', minutes: 1, run };
