import { stars } from '../../domain/stars/contract.ts';
import type { Standard } from '../../domain/stars/standard.ts';
import { inRoot } from '../../server/platform/paths.ts';
import { findStandard, loadStandards, publishStandard } from '../../server/records/standards/index.ts';
import { enterWell } from './rural.ts';
import { type Client, createWorld, type World } from './world.ts';

export const ref = (id: string) => ({ id, version: '2026.1' });
export const starIds = ['branch', 'industry', 'ecology', 'safety', 'civility'];
export const document = { title: '评定工作通知', number: '示组〔2026〕8号' };

/** A year of the small county: its people, two years of good numbers for the three villages, the sample standards. */
export interface Year {
  readonly world: World;
  readonly as: Readonly<Record<string, Client>>;
  readonly rural: Standard;
  readonly villages: readonly [number, number, number];
}

export async function createYear(): Promise<Year> {
  const world = await createWorld({ now: '2026-03-02T09:00:00+08:00' });
  const u = world.units;
  const villages = [u.eastVillage, u.eastVillage2, u.westVillage] as const;
  const rural = await world.asSystem(async (rq) => {
    await loadStandards(rq, inRoot('standards'));
    for (const id of ['sample-rural', 'sample-urban']) await publishStandard(rq, id, '2026.1', '测试');
    for (const [i, unit] of villages.entries()) {
      await enterWell(rq, unit, 2025, { 'collective-income': 200_000 });
      await enterWell(rq, unit, 2026, { 'collective-income': [420_000, 300_000, 260_000][i]! });
    }
    return findStandard(rq, 'sample-rural', '2026.1');
  });
  type Person = [string, number, Parameters<World['person']>[2]];
  const people: Person[] = [
    ['organiser', u.county, [['organiser', u.county]]],
    ['owner', u.county, [['overall-owner', u.county]]],
    ['member', u.county, [['committee-member', u.county]]],
    ['clerk', u.east, [['township-clerk', u.east]]],
    ['westclerk', u.west, [['township-clerk', u.west]]],
    ['secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]],
    ['second', u.eastVillage2, [['branch-secretary', u.eastVillage2]]],
    ['west', u.westVillage, [['branch-secretary', u.westVillage]]],
    ['urban', u.community, [['branch-secretary', u.community]]],
    ...starIds.map((star): Person => [star, u.county, [['task-force-leader', u.county, star]]]),
    ...[1, 2, 3].map((n): Person => [`observer${n}`, u.county, [['observer', u.county]]]),
  ];
  const as: Record<string, Client> = { visitor: await world.as() };
  for (const [login, home, roles] of people) {
    await world.person(login, home, roles);
    as[login] = await world.as(login);
  }
  return { world, as, rural, villages };
}

export async function openYear({ world, as }: Year, rural = ref('sample-rural')): Promise<string> {
  const { id } = await as['organiser']!.ok(stars.cycles.open, {
    body: {
      unitId: world.units.county,
      year: 2026,
      title: '2026 年度创建',
      rural,
      urban: ref('sample-urban'),
      publicityDays: 5,
      approversNeeded: 2,
    },
  });
  return id;
}

/** The cycle with its three candidates declared (five stars, four, three) and approved, before the self-assessment. */
export async function declaredYear(year: Year, rural = ref('sample-rural')): Promise<string> {
  const { as, villages } = year;
  const cycleId = await openYear(year, rural);
  for (const to of ['planning', 'creating'] as const)
    await as['organiser']!.ok(stars.cycles.advance, { params: { id: cycleId }, body: { to } });
  for (const [i, login] of ['secretary', 'second', 'west'].entries()) {
    const body = { cycleId, unitId: villages[i]!, targetLevel: 5 - i };
    const { id } = await as[login]!.ok(stars.candidacies.declare, { body });
    await as['organiser']!.ok(stars.candidacies.approve, { params: { id }, body: { origin: 'contender' } });
  }
  return cycleId;
}
