import { describe, expect, it } from 'vitest';
import type { World } from '../support/world.ts';
import { findLeaks } from './leaks.ts';

describe('no answer shows another unit’s records', () => {
  it.each([
    ['with both walls', false],
    ['with row-level security alone', true],
  ])(
    '%s',
    async (_title, blind) => {
      const report = await findLeaks({
        blind,
        // Few roles here; `npm run faults` takes them all.
        roles: ['township-clerk', 'branch-secretary'],
      });
      expect(report.faults).toEqual([]);
      expect(report.calls).toBeGreaterThan(report.operations * 10);
      expect(report.ownSeen).toBeGreaterThan(20);
    },
    240_000,
  );

  it('is noticed when both walls are down', async () => {
    const weaken = (world: World) =>
      world.database.maintain(
        'ALTER TABLE units DISABLE ROW LEVEL SECURITY; ALTER TABLE people DISABLE ROW LEVEL SECURITY',
      );
    const report = await findLeaks({ blind: true, weaken, roles: ['branch-secretary'] });
    expect(report.faults.join('\n')).toMatch(/shows mqn/);
  }, 240_000);
});
