import { randomUUID } from 'node:crypto';
import type { MetricKey } from '../domain/records/facts/index.ts';
import type { Rq } from '../server/platform/rq.ts';
import type { DemoCounty, DemoUnit } from './county.ts';
import { type Ground, insertMany } from './ground.ts';
import { type Chance, chance } from './random.ts';
import { type Traits, traitsOf } from './traits.ts';

type Numbers = Partial<Record<MetricKey, number>>;

/** What a place is, whatever it does: people, land, organisations. Grows a little each year. */
function base(unit: DemoUnit, year: number, luck: Chance): Numbers {
  const urban = unit.scheme === 'urban';
  const households = Math.round((urban ? luck.int(900, 3200) : luck.int(260, 760)) * (1 + (year - 2025) * 0.004));
  const population = Math.round(households * (urban ? 2.6 : 3.4));
  const members = urban ? luck.int(70, 180) : luck.int(28, 75);
  const shared: Numbers = {
    households,
    population,
    'registered-population': Math.round(population * (urban ? 0.82 : 1.18)),
    'elderly-population': Math.round(population * (urban ? 0.17 : 0.24)),
    'child-population': Math.round(population * 0.15),
    'labour-force': Math.round(population * 0.55),
    'party-members': members,
    'party-members-over-60': Math.round(members * 0.38),
    'party-members-new': luck.int(0, 3),
    'committee-members': urban ? luck.int(7, 9) : luck.int(5, 7),
    'reserve-cadres': luck.int(1, 3),
    'grid-staff': luck.int(2, 6),
  };
  if (urban) {
    const estates = luck.int(5, 14);
    return {
      ...shared,
      'grid-count': luck.int(6, 14),
      'estate-count': estates,
      'resident-units': luck.int(6, 22),
      merchants: luck.int(60, 320),
      'party-members-employed': Math.round(members * 1.6),
      'community-workers': luck.int(9, 18),
    };
  }
  return {
    ...shared,
    'farm-households': Math.round(households * 0.82),
    'villager-groups': luck.int(4, 12),
    'natural-villages': luck.int(1, 6),
    'arable-land': luck.int(1200, 4600),
    'roads-paved': luck.int(5, 24),
    'migrant-workers': Math.round(population * 0.2),
    'villager-representatives': luck.int(25, 55),
  };
}

const upTo = (whole: number, share: number) => Math.round(whole * Math.min(1, Math.max(0, share)));

/** What a rural branch got done in a year, as its traits say. */
function ruralWork(b: Numbers, t: Traits, luck: Chance): Numbers {
  const households = b.households!;
  const matters = luck.int(4, 11);
  const mediations = luck.int(3, 18);
  const hazards = luck.int(4, 16);
  return {
    'party-meetings-planned': 40,
    'party-meetings-held': upTo(40, 0.62 + t['branch']! * 0.42),
    'committee-meetings-planned': 48,
    'committee-meetings-held': upTo(48, 0.5 + t['branch']! * 0.52),
    'major-matters': matters,
    'major-matters-deliberated': upTo(matters, 0.45 + t['branch']! * 0.68),
    'households-linked': upTo(households, 0.45 + t['branch']! * 0.58),
    'secretary-training-days': Math.round(2 + t['branch']! * 6),
    'collective-income': Math.round((2 + t['industry']! ** 2 * 46) * 10_000),
    'households-bound-both': upTo(b['farm-households']!, 0.1 + t['industry']! * 0.75),
    'certified-products': Math.floor(t['industry']! * 3.6),
    cooperatives: luck.int(1, 4),
    'branch-led-cooperative': t['industry']! > 0.45 ? 1 : 0,
    'households-sanitary-toilet': upTo(households, 0.5 + t['ecology']! * 0.5),
    'households-sewage-treated': upTo(households, 0.12 + t['ecology']! * 0.72),
    'refuse-collection-interval-days': t['ecology']! > 0.6 ? 1 : t['ecology']! > 0.35 ? 2 : 4,
    'five-beauty-courtyards': upTo(households, 0.05 + t['ecology']! * 0.52),
    'mediations-due': mediations,
    'mediations-on-time': upTo(mediations, 0.66 + t['safety']! * 0.36),
    'matters-overdue': Math.max(0, Math.round(5.5 - t['safety']! * 7.5)),
    'police-months-due': 10,
    'police-months-on-duty': upTo(10, 0.5 + t['safety']! * 0.55),
    'hazards-due': hazards,
    'hazards-fixed-on-time': upTo(hazards, 0.6 + t['safety']! * 0.44),
    'anti-fraud-visits-share': Math.min(1, 0.35 + t['safety']! * 0.6),
    'station-events': Math.round(4 + t['civility']! * 24),
    'elderly-service-months': Math.min(10, Math.round(t['civility']! * 12)),
    'volunteer-services': upTo(b.population!, 0.02 + t['civility']! * 0.2),
    'volunteer-teams': luck.int(1, 4),
  };
}

function urbanWork(b: Numbers, t: Traits, luck: Chance): Numbers {
  const mediations = luck.int(8, 40);
  const hazards = luck.int(10, 40);
  const needs = luck.int(24, 80);
  const seekers = luck.int(40, 190);
  const problems = luck.int(6, 30);
  const answers = luck.int(60, 240);
  const ratio = (whole: number, low: number, star: string, slope: number) => upTo(whole, low + t[star]! * slope);
  return {
    'party-meetings-planned': 40,
    'party-meetings-held': ratio(40, 0.62, 'branch', 0.42),
    'grids-with-party-group': ratio(b['grid-count']!, 0.5, 'branch', 0.56),
    'joint-consultations-held': Math.round(4 + t['branch']! * 9),
    'community-workers-training-share': Math.min(1, 0.42 + t['branch']! * 0.62),
    'resident-units-claiming': ratio(b['resident-units']!, 0.2, 'sharing', 0.72),
    'members-claiming': ratio(b['party-members-employed']!, 0.15, 'sharing', 0.65),
    'needs-due': needs,
    'needs-met': ratio(needs, 0.5, 'sharing', 0.52),
    'estates-served': ratio(b['estate-count']!, 0.45, 'sharing', 0.62),
    'mediations-due': mediations,
    'mediations-on-time': ratio(mediations, 0.66, 'safety', 0.36),
    'matters-overdue': Math.max(0, Math.round(7 - t['safety']! * 10)),
    'hazards-due': hazards,
    'hazards-fixed-on-time': ratio(hazards, 0.6, 'safety', 0.44),
    'estates-charging': ratio(b['estate-count']!, 0.3, 'safety', 0.66),
    'elderly-service-months': Math.min(10, Math.round(t['harmony']! * 12)),
    'child-care-sessions': Math.round(6 + t['harmony']! * 38),
    'cultural-activities': Math.round(3 + t['harmony']! * 12),
    'volunteer-services': ratio(b.population!, 0.02, 'harmony', 0.2),
    'satisfaction-answers': answers,
    'satisfaction-points': Math.round(answers * (70 + t['harmony']! * 26)),
    'job-seekers': seekers,
    'job-seekers-placed': ratio(seekers, 0.32, 'business', 0.56),
    'job-training-sessions': Math.round(1 + t['business']! * 6),
    'merchant-alliance-members': ratio(b.merchants!, 0.08, 'business', 0.62),
    'enterprise-problems': problems,
    'enterprise-problems-answered': ratio(problems, 0.5, 'business', 0.52),
  };
}

/** What a branch really got done in one year: its records of the work say the same. */
export function doneIn(unit: DemoUnit, year: number): Numbers {
  const luck = chance(11).for(unit.key);
  const b = base(unit, year, luck);
  const work = unit.scheme === 'urban' ? urbanWork : ruralWork;
  return { ...b, ...work(b, traitsOf(unit, year), chance(13).for(`${unit.key}/${year}`)) };
}

/** What the records of the work count (demo/work-counted.ts) is entered by nobody. */
const counted = [
  'party-meetings-planned',
  'party-meetings-held',
  'mediations-due',
  'mediations-on-time',
  'hazards-due',
  'hazards-fixed-on-time',
  'matters-overdue',
  'police-months-due',
  'police-months-on-duty',
  'estates-served',
] as const;

/** Numbers as they were entered. A few are missing on purpose: a blank is shown as a blank. */
export function numbersOf(unit: DemoUnit, year: number): Numbers {
  const all = doneIn(unit, year);
  for (const key of counted) delete all[key];
  const gaps = chance(17).for(`${unit.key}/${year}`);
  const blank = [
    'five-beauty-courtyards',
    'volunteer-services',
    'anti-fraud-visits-share',
    'cultural-activities',
  ] as const;
  for (const key of blank) if (gaps.often(0.04)) delete all[key];
  return all;
}

const decimals: Partial<Record<MetricKey, number>> = {
  'anti-fraud-visits-share': 4,
  'community-workers-training-share': 4,
};

/** Facts of every village and community for two years; the current year as of its last closed month. */
export async function loadFacts(rq: Rq, county: DemoCounty, ground: Ground): Promise<number> {
  const measured = county.units.filter((u) => u.scheme !== null);
  const secretary = new Map(
    county.people.flatMap((p) =>
      p.roles.filter((r) => r.role === 'branch-secretary').map((r) => [r.unit, p.key] as const),
    ),
  );
  const rows = measured.flatMap((unit) =>
    [2025, 2026].flatMap((year) =>
      Object.entries(numbersOf(unit, year)).map(([metric, value]) => ({
        id: randomUUID(),
        metric,
        unit_id: ground.unitId.get(unit.key),
        unit_path: ground.unitPath.get(unit.key),
        counted_path: ground.unitPath.get(unit.key),
        period: String(year),
        value: value.toFixed(decimals[metric as MetricKey] ?? 0),
        as_of: year === 2025 ? '2025-12-31' : '2026-10-31',
        source: `${unit.type === 'village' ? '村' : '社区'}台账`,
        entered_by: ground.personId.get(secretary.get(unit.key) ?? ''),
        entered_at: year === 2025 ? '2026-01-05T02:00:00Z' : '2026-11-02T02:00:00Z',
      })),
    ),
  );
  const columns = {
    id: 'uuid',
    metric: 'text',
    unit_id: 'int',
    unit_path: 'text',
    counted_path: 'text',
    period: 'text',
    value: 'numeric',
    as_of: 'date',
    source: 'text',
    entered_by: 'uuid',
    entered_at: 'timestamptz',
  };
  await insertMany(rq.db, 'facts', columns, rows);
  return rows.length;
}
