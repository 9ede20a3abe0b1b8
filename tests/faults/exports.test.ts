import { expect, it } from 'vitest';
import { sql } from '../../server/platform/db/sql.ts';
import { announceActorsChanged } from '../../server/records/accounts/index.ts';
import type { World } from '../support/world.ts';
import { findInExports } from './exports.ts';

// Few roles here; `npm run faults` takes them all.
const roles = ['organiser', 'township-clerk', 'branch-secretary'] as const;

it('no file holds what the page would not show to the same person, and no cell of one is a formula', async () => {
  const report = await findInExports({ roles });
  expect(report.faults).toEqual([]);
  expect(report.words).toBeGreaterThan(200);
}, 240_000);

it('a file that holds more than the page, or more than the role allows, is noticed', async () => {
  // The secretary of one village is given the whole county, of which the table of roles knows nothing.
  const weaken = (world: World) =>
    world.asSystem(async (rq) => {
      await rq.db.run(sql`INSERT INTO assignments (id, role, person_id, unit_id, unit_path, from_day)
        SELECT gen_random_uuid(), 'organiser', p.id, u.id, u.unit_path, '2020-01-01'
        FROM people p, units u WHERE p.name = 'r.branch-secretary' AND u.id = ${world.units.county}`);
      await announceActorsChanged(rq.db);
    });
  const { faults } = await findInExports({ roles: ['branch-secretary'], weaken, withoutPages: true });
  const said = faults.join('\n');
  for (const name of [
    'exports.units',
    'exports.facts',
    'exports.subjects',
    'agreements.sheet',
    'tasks.export',
    'reports.file',
  ])
    expect(said).toMatch(new RegExp(`${name}: holds words of others: mq`));
  expect(said).toContain('reports.file: says “');
  expect(said).toMatch(/exports\.facts: holds what the page does not show: .*mqp\.facts\.source/);
}, 240_000);
