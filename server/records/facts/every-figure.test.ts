import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figureKeys, figures, isLeaf, type Expr, partsOf } from '../../../domain/records/facts/index.ts';
import { definitionOf } from '../../../domain/records/facts/definition.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { figureValues } from './index.ts';
import { showRecords } from './rollups.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00+08:00' });
});
afterAll(() => world.close());

const leaves = (expr: Expr): number => (isLeaf(expr) ? 1 : partsOf(expr).reduce((n, e) => n + leaves(e), 0));

describe('the catalogue', () => {
  it('says every definition in two languages', () => {
    for (const key of figureKeys) {
      const { zh, en } = definitionOf(figures[key]!.expr);
      expect([key, zh.length > 0, en.length > 0]).toEqual([key, true, true]);
      expect(`${zh}${en}`).not.toMatch(/undefined|\[object/);
      // Kinds, states, accounts and choices are told by their words: a code stands in neither language.
      expect([key, /[A-Za-z]{2,}/.exec(zh)?.[0], /[a-z]:[a-z]|\bin-use\b/.exec(en)?.[0]]).toEqual([
        key,
        undefined,
        undefined,
      ]);
    }
  });

  it('counts every figure in every kind of period, on an instance where nothing is recorded yet', async () => {
    const { county, east, eastVillage } = world.units;
    for (const period of ['2026', '2026Q3', '2026-11', '2026-W47', 'to-date', 'planned:2027']) {
      const values = await world.asSystem((rq) => figureValues(rq, figureKeys, [county, east, eastVillage], period));
      // Nothing is recorded: what answers is the tree itself, parameters and labels, and none of it is negative.
      for (const of of values.values()) for (const v of of.values()) expect(Number(v.value)).toBeGreaterThanOrEqual(0);
      expect(values.get(county)!.get('admin-villages')!.value).toBe('3');
      expect(values.get(county)!.has('coops-bound')).toBe(false);
    }
  });

  it('opens every figure', async () => {
    const { county } = world.units;
    for (const key of figureKeys)
      await world.asSystem(async (rq) => {
        if (leaves(figures[key]!.expr) === 0) return;
        const opened = await showRecords(rq, county, key, { period: '2026', part: 0, limit: 5, offset: 0 }).catch(
          (e: unknown) => {
            throw new Error(`${key}: ${String(e)}`);
          },
        );
        expect(opened.key).toBe(key);
      });
  });
});
