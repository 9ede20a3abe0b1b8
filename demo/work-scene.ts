import type { RoleName } from '../domain/records/assignments/roles.ts';
import type { DemoCounty, DemoUnit } from './county.ts';
import { doneIn } from './facts.ts';
import type { DemoPerson } from './people.ts';
import { demoStars } from './places.ts';
import { type Traits, traitsOf } from './traits.ts';
import { idOf, luckOf } from './work-kit.ts';

/** A household is its address and nothing else. */
export interface Home {
  readonly id: string;
  readonly at: string;
  readonly address: string;
}

/** A village or community as the generators see it. */
export interface Place {
  readonly unit: DemoUnit;
  readonly key: string;
  readonly rural: boolean;
  readonly traits: (year: number) => Traits;
  readonly done: (year: number) => Readonly<Record<string, number>>;
  /** Grids and estates below it. */
  readonly homes: readonly DemoUnit[];
  readonly estates: readonly DemoUnit[];
  readonly households: readonly Home[];
  readonly secretary: DemoPerson;
  readonly cadres: readonly DemoPerson[];
  readonly stars: readonly string[];
  /** 0 in the middle of the county's villages, above where work goes well. */
  readonly strength: number;
}

export interface Scene {
  readonly county: DemoCounty;
  readonly places: readonly Place[];
  readonly villages: readonly Place[];
  readonly communities: readonly Place[];
  readonly towns: readonly DemoUnit[];
  readonly below: (town: string) => readonly Place[];
  readonly holders: (role: RoleName, unit: string) => readonly DemoPerson[];
  readonly unit: (key: string) => DemoUnit;
}

const streets = ['前街', '后街', '东街', '西街', '南巷', '北巷', '槐树巷', '井台巷'];

/** Households on the register: the example places have many, the others those that were visited so far. */
function householdsOf(unit: DemoUnit, homes: readonly DemoUnit[]): Home[] {
  const many = /^(t1v1|s1c1)$/.test(unit.key) ? 96 : /^(t1|s1)/.test(unit.key) ? 24 : 12;
  return Array.from({ length: many }, (_, i) => {
    const home = homes[i % Math.max(1, homes.length)];
    const number = Math.floor(i / Math.max(1, homes.length)) + 1;
    const street =
      unit.scheme === 'urban'
        ? `${home?.name ?? ''}${(i % 6) + 1}号楼${number}室`
        : `${streets[i % streets.length]!}${number}号`;
    return { id: idOf(`${unit.key}/household/${i}`), at: home?.key ?? unit.key, address: street };
  });
}

export function sceneOf(county: DemoCounty): Scene {
  const children = new Map<string, DemoUnit[]>();
  for (const u of county.units) if (u.parent) children.set(u.parent, [...(children.get(u.parent) ?? []), u]);
  const byKey = new Map(county.units.map((u) => [u.key, u]));
  const roles = new Map<string, DemoPerson[]>();
  for (const p of county.people)
    for (const r of p.roles) {
      const key = `${r.role}/${r.unit}`;
      roles.set(key, [...(roles.get(key) ?? []), p]);
    }
  const holders = (role: RoleName, unit: string) => roles.get(`${role}/${unit}`) ?? [];
  const placeOf = (unit: DemoUnit): Place => {
    const homes = (children.get(unit.key) ?? []).filter((u) => u.type === 'grid' || u.type === 'estate');
    const stars = unit.scheme === 'urban' ? demoStars.urban : demoStars.rural;
    const yearly = new Map([2024, 2025, 2026].map((year) => [year, traitsOf(unit, year)]));
    const done = new Map([2024, 2025, 2026].map((year) => [year, doneIn(unit, year) as Record<string, number>]));
    const traits = yearly.get(2025)!;
    return {
      unit,
      key: unit.key,
      rural: unit.scheme === 'rural',
      traits: (year) => yearly.get(year)!,
      done: (year) => done.get(year)!,
      homes,
      estates: homes.filter((h) => h.type === 'estate'),
      households: householdsOf(unit, homes),
      secretary: holders('branch-secretary', unit.key)[0]!,
      cadres: holders('village-cadre', unit.key),
      stars,
      strength: stars.reduce((sum, star) => sum + traits[star]!, 0) / stars.length - 0.6,
    };
  };
  const places = county.units.filter((u) => u.scheme !== null).map(placeOf);
  return {
    county,
    places,
    villages: places.filter((p) => p.unit.type === 'village'),
    communities: places.filter((p) => p.unit.type === 'community'),
    towns: county.units.filter((u) => u.type === 'township' || u.type === 'street'),
    below: (town) => places.filter((p) => p.unit.parent === town),
    holders,
    unit: (key) => byKey.get(key)!,
  };
}

/** Draws for a place and a purpose. */
export const luckAt = (place: { readonly key: string }, purpose: string) => luckOf(`${place.key}/${purpose}`);
