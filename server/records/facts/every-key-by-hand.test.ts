import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDecimals, type Expr, figures, partsOf } from '../../../domain/records/facts/index.ts';
import { economyFigures } from '../../../domain/records/facts/figures-economy.ts';
import { matterFigures } from '../../../domain/records/facts/figures-matters.ts';
import { meetingFigures } from '../../../domain/records/facts/figures-meetings.ts';
import { orgFigures } from '../../../domain/records/facts/figures-org.ts';
import { projectFigures } from '../../../domain/records/facts/figures-projects.ts';
import { reachFigures } from '../../../domain/records/facts/figures-reach.ts';
import { serviceFigures } from '../../../domain/records/facts/figures-services.ts';
import { standardFigures } from '../../../domain/records/facts/figures-standards.ts';
import { starFigures } from '../../../domain/records/facts/figures-stars.ts';
import { sql } from '../../platform/db/sql.ts';
import { economyCases } from '../../../tests/support/by-hand/economy.ts';
import { layCases } from '../../../tests/support/by-hand/kit.ts';
import { cooperativeCases } from '../../../tests/support/by-hand/cooperatives.ts';
import { matterCases } from '../../../tests/support/by-hand/matters.ts';
import { meetingCases } from '../../../tests/support/by-hand/meetings.ts';
import { reachCases } from '../../../tests/support/by-hand/reach.ts';
import { serviceCases } from '../../../tests/support/by-hand/services.ts';
import { orgCases } from '../../../tests/support/by-hand/org.ts';
import { projectCases } from '../../../tests/support/by-hand/projects.ts';
import { standardCases } from '../../../tests/support/by-hand/standards.ts';
import { starCases } from '../../../tests/support/by-hand/stars.ts';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { figureValues } from './index.ts';
import { showRecords } from './rollups.ts';

// Every key of the catalogue against a small county whose number somebody worked out by hand.

const cases = [
  ...orgCases,
  ...meetingCases,
  ...starCases,
  ...economyCases,
  ...cooperativeCases,
  ...matterCases,
  ...serviceCases,
  ...reachCases,
  ...projectCases,
  ...standardCases,
];
/** Every part is a sum of its records: no median, no largest, no first or last of them. */
const isAdded = (expr: Expr): boolean =>
  expr.of === 'units-where'
    ? expr.take !== 'max'
    : expr.of === 'records'
      ? ['count', 'sum', 'distinct'].includes(expr.take)
      : partsOf(expr).every(isAdded);
/** Of the unit itself, or of one household chosen below it: no sum of what stands below. */
const isOfItsOwn = ({ source, once }: Extract<Expr, { of: 'records' }>) =>
  Boolean(once) || ('own' in source && Boolean(source.own)) || ('example' in source && Boolean(source.example));

let world: World;
let counties: Awaited<ReturnType<typeof layCases>>;

beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00+08:00' });
  counties = await world.asSystem(async (rq) => {
    const stars = JSON.stringify({ stars: [1, 2, 3, 4, 5].map((n) => ({ id: `s${n}` })) });
    await rq.db
      .run(sql`INSERT INTO standards (id, version, scheme, title, sample, effective_from, body, source_text, state, published_at)
      VALUES ('hand', '1', 'rural', '{}', true, '2020-01-01', ${stars}::jsonb, '', 'published', ${rq.now})`);
    return layCases(rq, cases);
  });
}, 200_000);
afterAll(() => world.close());

describe('every figure, counted by hand', () => {
  it('has a case for every key that is counted from the work', () => {
    const keys = [
      orgFigures,
      meetingFigures,
      economyFigures,
      projectFigures,
      matterFigures,
      serviceFigures,
      reachFigures,
      starFigures,
      standardFigures,
    ].flatMap((f) => Object.keys(f));
    const by = new Set(cases.map((c) => c.key));
    expect(keys.filter((key) => !by.has(key))).toEqual([]);
    expect(cases.filter((c) => !(c.key in figures)).map((c) => c.key)).toEqual([]);
    expect(keys.length).toBeGreaterThanOrEqual(257);
  });

  it.each(cases.map((one, i) => [one.key, one.period, one.at, one.is, i] as const))(
    '%s in %s at %s is %s',
    async (key, period, at, is, i) => {
      const unit = counties[i]!.get(at)!.id;
      const values = await world.asSystem((rq) => figureValues(rq, [key], [unit], period));
      const found = values.get(unit)?.get(key)?.value ?? null;
      if (is === null) expect(found).toBeNull();
      else expect(Number(found ?? Number.NaN)).toBeCloseTo(is, 5);
    },
  );

  it('opens every figure to records that add up to each of its parts', async () => {
    await world.asSystem(async (rq) => {
      for (const [i, { key, period, at }] of cases.entries()) {
        const unit = counties[i]!.get(at)!.id;
        const query = { period, limit: 500, offset: 0 };
        const first = await showRecords(rq, unit, key, { ...query, part: 0 }).catch(() => null);
        // What is a label, a parameter or a number of the instance is made of no records.
        for (const [part, { value, records }] of (first?.parts ?? []).entries()) {
          const opened = part === 0 ? first! : await showRecords(rq, unit, key, { ...query, part });
          const sum = opened.items.map((item) => item.value).reduce(addDecimals, '0');
          expect([key, part, opened.items.length]).toEqual([key, part, records]);
          if (isAdded(figures[key]!.expr)) expect([key, part, Number(sum)]).toEqual([key, part, Number(value ?? 0)]);
        }
      }
    });
  }, 200_000);

  it('adds counts and sums up the tree: a county is its parts and what stands at the county itself', async () => {
    await world.asSystem(async (rq) => {
      let compared = 0;
      for (const [i, { key, period }] of cases.entries()) {
        const { expr } = figures[key]!;
        if (expr.of !== 'records' || !isAdded(expr) || expr.take === 'distinct' || isOfItsOwn(expr)) continue;
        const county = counties[i]!.get('C')!.id;
        const children = (['D', 'T', 'S', 'F', 'F2'] as const).map((name) => counties[i]!.get(name)!.id);
        const values = await figureValues(rq, [key], [county, ...children], period);
        const of = (id: number) => values.get(id)!.get(key)?.value ?? '0';
        const { items } = await showRecords(rq, county, key, { period, part: 0, limit: 500, offset: 0 });
        const here = items.filter((item) => item.unitId === county).map((item) => item.value);
        const sum = [...children.map(of), ...here].reduce(addDecimals, '0');
        expect([key, Number(sum)]).toEqual([key, Number(of(county))]);
        compared++;
      }
      expect(compared).toBeGreaterThan(60);
    });
  }, 200_000);
});
