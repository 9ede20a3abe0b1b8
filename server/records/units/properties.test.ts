import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { units } from '../../../domain/records/units/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';

// Whatever is done to the tree, in whatever order: no unit ever stands below itself, every unit stands below its parent,
// and what was counted on a day is counted for that day ever after.
let world: World;
let organiser: Client;
let serial = 0;

beforeAll(async () => {
  world = await createWorld();
  await world.person('organiser', world.units.county, [['organiser', world.units.county]]);
  organiser = await world.as('organiser');
});
afterAll(() => world.close());

const document = '示政〔2026〕9号';
const acts = ['village', 'grid', 'move', 'move-up', 'merge', 'split', 'rename', 'end'] as const;
type Act = { act: (typeof acts)[number]; a: number; b: number };

const dayOf = (n: number) => new Date(Date.UTC(2026, 2, 2 + n)).toISOString().slice(0, 10);

async function change(towns: readonly number[], { act, a, b }: Act, day: string): Promise<number> {
  const listed = await organiser.ok(units.list, { query: { under: world.units.county, asOf: day, limit: 200 } });
  const own = listed.items.filter((u) => towns.some((t) => u.path.includes(`.${t}.`)));
  const villages = own.filter((u) => u.type === 'village');
  const [one, other] = [villages[a % villages.length], villages[b % villages.length]];
  const town = towns[b % towns.length]!;
  const code = () => `p${(serial += 1)}`;
  const name = `村${serial}`;
  const common = { day, document };
  if (act === 'village' || !one || !other)
    return (
      await organiser.call(units.create, {
        body: { ...common, parentId: town, code: code(), type: 'village', name, scheme: 'rural' },
      })
    ).status;
  const params = { id: one.id };
  switch (act) {
    case 'grid':
      return (
        await organiser.call(units.create, { body: { ...common, parentId: one.id, code: code(), type: 'grid', name } })
      ).status;
    case 'move':
      return (await organiser.call(units.move, { params, body: { ...common, parentId: town } })).status;
    case 'move-up': {
      // A township below one of its own villages must never come about.
      const answer = await organiser.call(units.move, { params: { id: town }, body: { ...common, parentId: one.id } });
      expect(answer.status).toBe(409);
      return 409;
    }
    case 'merge':
      return (await organiser.call(units.merge, { body: { ...common, ids: [one.id, other.id], code: code(), name } }))
        .status;
    case 'split': {
      const into = [1, 2].map(() => ({ code: code(), name: `村${serial}` }));
      return (await organiser.call(units.split, { params, body: { ...common, into } })).status;
    }
    case 'rename':
      return (await organiser.call(units.rename, { params, body: { ...common, name } })).status;
    case 'end':
      return (await organiser.call(units.end, { params, body: common })).status;
  }
}

/** The tree on a day as its rows say, and as the counts of the day say. */
async function treeOn(town: number, day: string) {
  const { items } = await organiser.ok(units.list, { query: { under: town, asOf: day, limit: 200 } });
  const { counts } = await organiser.ok(units.counts, { params: { id: town }, query: { asOf: day } });
  const rows = new Map<string, number>();
  for (const u of items) rows.set(u.type, (rows.get(u.type) ?? 0) + 1);
  return { items, rows, counts: new Map(counts.filter((c) => c.count > 0).map((c) => [c.type as string, c.count])) };
}

it('has no circles, and what was counted on a day stays counted for that day', async () => {
  const act = fc.record({ act: fc.constantFrom(...acts), a: fc.nat(20), b: fc.nat(20) });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), async (script) => {
      const towns: number[] = [];
      for (const n of [1, 2]) {
        const body = {
          day: dayOf(0),
          document,
          parentId: world.units.county,
          code: `pt${(serial += 1)}`,
          name: `乡${serial}`,
        };
        towns.push((await organiser.ok(units.create, { body: { ...body, type: n === 1 ? 'township' : 'street' } })).id);
      }
      const seen: { day: string; counts: Map<string, number>[] }[] = [];
      for (const [n, step] of script.entries()) {
        const day = dayOf(n + 1);
        expect([200, 409]).toContain(await change(towns, step, day));
        const trees = [await treeOn(towns[0]!, day), await treeOn(towns[1]!, day)];
        for (const { items, rows, counts } of trees) {
          expect(counts).toEqual(rows);
          for (const u of items) {
            const chain = u.path.split('.').filter(Boolean);
            expect([new Set(chain).size, chain.at(-1), chain.at(-2)]).toEqual([
              chain.length,
              `${u.id}`,
              `${u.parentId}`,
            ]);
          }
        }
        seen.push({ day, counts: trees.map((t) => t.counts) });
      }
      for (const { day, counts } of seen)
        for (const [i, town] of towns.entries()) expect((await treeOn(town, day)).counts).toEqual(counts[i]);
    }),
    { numRuns: 12 },
  );
});
