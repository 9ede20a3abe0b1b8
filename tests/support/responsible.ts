import { units } from '../../domain/records/units/index.ts';
import { type Client, createWorld, type World } from './world.ts';

/** The small county with an office on every level: whoever a test of responsibility needs, and nobody more. */
export interface Staffed {
  readonly world: World;
  readonly people: Record<string, string>;
  readonly departments: { readonly agriculture: number; readonly culture: number };
  readonly client: Record<
    'boss' | 'organiser' | 'eastBoss' | 'clerk' | 'westClerk' | 'secretary' | 'secretary2' | 'leader' | 'cadre',
    Client
  >;
}

export const document = '示组〔2026〕9号';
export const today = '2026-03-02';

export async function staffedCounty(): Promise<Staffed> {
  const world = await createWorld();
  const u = world.units;
  const people: Record<string, string> = {
    boss: await world.person('boss', u.county, [['overall-owner', u.county]]),
    organiser: await world.person('organiser', u.county, [['organiser', u.county]]),
    'county-deputy': await world.person('county-deputy', u.county, [['leadership-member', u.county]]),
    eastboss: await world.person('eastboss', u.east, [['overall-owner', u.east]]),
    clerk: await world.person('clerk', u.east, [['township-clerk', u.east]]),
    westclerk: await world.person('westclerk', u.west, [['township-clerk', u.west]]),
    leader: await world.person('leader', u.east, [['leadership-member', u.east]]),
    idle: await world.person('idle', u.east, [['leadership-member', u.east]]),
    plain: await world.person('plain', u.east),
    cadre: await world.person('cadre', u.east, [['contact-cadre', u.eastVillage]]),
    secretary: await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]),
    secretary2: await world.person('secretary2', u.eastVillage2, [['branch-secretary', u.eastVillage2]]),
    villager: await world.person('villager', u.eastVillage),
  };
  const organiser = await world.as('organiser');
  const department = async (code: string, name: string) =>
    (
      await organiser.ok(units.create, {
        body: { day: today, document, parentId: u.county, code, type: 'department', name },
      })
    ).id;
  return {
    world,
    people,
    departments: { agriculture: await department('d1', '农业农村局'), culture: await department('d2', '文化旅游局') },
    client: {
      boss: await world.as('boss'),
      organiser,
      eastBoss: await world.as('eastboss'),
      clerk: await world.as('clerk'),
      westClerk: await world.as('westclerk'),
      secretary: await world.as('secretary'),
      secretary2: await world.as('secretary2'),
      leader: await world.as('leader'),
      cadre: await world.as('cadre'),
    },
  };
}
