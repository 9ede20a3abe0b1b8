// 50,000 numbers from one sheet, through the upload, the job, every check and the journal.
import { inProcess } from '../lib/app.ts';
import { benchDatabase } from '../lib/databases.ts';
import { importSheet, sheetOf } from '../lib/importing.ts';
import type { Bench, Measure } from '../lib/measure.ts';
import { addPerson } from '../lib/people.ts';
import { figuresOf, metricsOf, sampleStandards } from '../lib/rural.ts';
import { median } from '../lib/timing.ts';
import { growTree, ids, villagesOf } from '../lib/tree.ts';

async function run(bench: Bench) {
  const db = await benchDatabase('import');
  const here = await inProcess(db, () => new Date('2026-11-20T09:00:00+08:00'));
  try {
    const tree = { counties: 1, townships: bench.quick ? 10 : 100, villages: 20 };
    await growTree(db, tree);
    await addPerson(db, 'organiser', 'organiser', ids.county(0));
    const keys = figuresOf(await sampleStandards(db), 2026).map((f) => f.key);
    const metrics = metricsOf(keys).slice(0, 25);
    const rates: number[] = [];
    // Each year is a sheet of its own; the table grows between them.
    for (const year of bench.quick ? [2024] : [2022, 2023, 2024]) {
      const { bytes, rows } = sheetOf(villagesOf(tree), metrics, year);
      bench.say(`${rows} rows of ${year}`);
      rates.push(rows / (await importSheet(here, 'organiser', bytes, rows)));
    }
    return { findings: [{ bar: 'import.facts', value: median(rates) }] as const };
  } finally {
    await here.close();
    await db.drop();
  }
}

export const importing: Measure = { name: 'import', minutes: 1, run };
