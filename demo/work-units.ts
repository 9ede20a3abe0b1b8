import type { DemoPerson } from './people.ts';
import { demoStars, type DemoUnit, starDepartments } from './places.ts';
import { type Chance, chance } from './random.ts';

/**
 * What stands below and beside the villages: party organisations, task forces of townships, grids of communities, and the
 * people whose duty is a grid, a beat or a contract. They are laid after the county's own units, so that nobody there gets
 * another name because of them.
 */

const organisation = (key: string, parent: string, name: string): DemoUnit => ({
  key,
  parent,
  type: 'branch',
  name,
  scheme: null,
});

/** Grids that a community has besides its estates. */
const gridsOfCommunity = 4;

function townshipForces(u: DemoUnit): DemoUnit[] {
  const stars = u.type === 'street' ? demoStars.urban : demoStars.rural;
  return stars.map((star) => ({
    key: `${u.key}-force-${star}`,
    parent: u.key,
    type: 'task-force',
    name: `${starDepartments[star]!.star}工作专班`,
    scheme: null,
  }));
}

function communityGrids(u: DemoUnit): DemoUnit[] {
  return Array.from({ length: gridsOfCommunity }, (_, i) => ({
    key: `${u.key}-g${i + 1}`,
    parent: u.key,
    type: 'grid' as const,
    name: `第${'一二三四五六'[i]}网格`,
    scheme: null,
  }));
}

function unitsBelow(u: DemoUnit): DemoUnit[] {
  switch (u.type) {
    case 'county':
      return [organisation('county-party', u.key, '县直机关党工委')];
    case 'department':
      return [organisation(`${u.key}-party`, u.key, '机关党支部')];
    case 'township':
    case 'street':
      return [organisation(`${u.key}-party`, u.key, '机关党支部'), ...townshipForces(u)];
    case 'village':
      return [organisation(`${u.key}-party`, u.key, '村党支部')];
    case 'community':
      return [
        organisation(`${u.key}-party`, u.key, u.scheme === 'urban' ? '社区党委' : '社区党支部'),
        ...(u.scheme === 'urban' ? communityGrids(u) : []),
      ];
    case 'estate':
      // Two estates of three have a branch of their own so far.
      return chance(29).for(u.key).often(0.7) ? [organisation(`${u.key}-party`, u.key, '小区党支部')] : [];
    default:
      return [];
  }
}

export function workUnits(units: readonly DemoUnit[]): DemoUnit[] {
  return units.flatMap(unitsBelow);
}

type Draw = (unit: string, title: string, roles: DemoPerson['roles'], login?: string) => DemoPerson;

/** Officers and legal deputies look after several villages each, as everywhere. */
const villagesPerOfficer = 6;
const villagesPerDeputy = 8;

function beats(places: readonly DemoUnit[], township: string, draw: Draw): DemoPerson[] {
  const beat = (size: number, title: string, role: 'village-police' | 'legal-deputy') =>
    Array.from({ length: Math.ceil(places.length / size) }, (_, i) =>
      draw(
        township,
        title,
        places.slice(i * size, (i + 1) * size).map((p) => ({ role, unit: p.key })),
      ),
    );
  return [
    ...beat(villagesPerOfficer, '派出所驻村民警', 'village-police'),
    ...beat(villagesPerDeputy, '法治副书记', 'legal-deputy'),
  ];
}

/** Each grid and estate has somebody whose whole work it is; in villages one for all grids. */
function gridStaff(place: DemoUnit, homes: readonly DemoUnit[], draw: Draw): DemoPerson[] {
  const login = place.key === 't1v1' ? 't1v1-wangge' : undefined;
  if (place.scheme === 'rural')
    return [draw(place.key, '专职网格员', [{ role: 'grid-staff-fulltime', unit: place.key }], login)];
  return homes.map((h) => draw(place.key, '专职网格员', [{ role: 'grid-staff-fulltime', unit: h.key }]));
}

/** In the places that a newcomer looks at first, the members who keep in touch with households are all there. */
function members(place: DemoUnit, homes: readonly DemoUnit[], draw: Draw): DemoPerson[] {
  return Array.from({ length: 12 }, (_, i) =>
    draw(place.key, '党员（联户）', [{ role: 'household-contact', unit: homes[i % homes.length]!.key }]),
  );
}

const cadresOfDepartment = 12;

function departmentCadres(townships: readonly DemoUnit[], keyVillages: readonly DemoUnit[], draw: Draw): DemoPerson[] {
  return Array.from({ length: cadresOfDepartment }, (_, i) =>
    draw('dept-branch', '组织部机关干部', [
      ...townships
        .filter((_, n) => n % cadresOfDepartment === i)
        .map((u) => ({ role: 'department-township' as const, unit: u.key })),
      ...keyVillages
        .filter((_, n) => n % cadresOfDepartment === i)
        .map((u) => ({ role: 'department-village' as const, unit: u.key })),
    ]),
  );
}

/** Every fortieth village or community is a key one. */
export const isKey = (place: number) => place % 40 === 8;

const surnames = [
  ...'冯曾萧田董袁潘蒋蔡余杜叶程魏苏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
];
const given = [
  '建军',
  '秀兰',
  '志远',
  '桂芳',
  '海波',
  '文静',
  '国强',
  '春燕',
  '永康',
  '丽华',
  '德昌',
  '玉兰',
  '长河',
  '晓梅',
  '立志',
  '红梅',
];

export function workPeople(units: readonly DemoUnit[], more: readonly DemoUnit[], luck: Chance): DemoPerson[] {
  let n = 0;
  const draw: Draw = (unit, title, roles, login) => ({
    key: `w${++n}`,
    name: `${luck.pick(surnames)}${luck.pick(given)}`,
    unit,
    title,
    roles,
    ...(login === undefined ? {} : { login }),
  });
  const towns = units.filter((u) => u.type === 'township' || u.type === 'street');
  const places = units.filter((u) => u.scheme !== null);
  const homes = [...units, ...more].filter((u) => u.type === 'grid' || u.type === 'estate');
  const byParent = grouped(homes);
  return [
    ...departmentCadres(
      towns,
      places.filter((_, i) => isKey(i)),
      draw,
    ),
    ...towns.flatMap((t) =>
      beats(
        places.filter((p) => p.parent === t.key),
        t.key,
        draw,
      ),
    ),
    ...places.flatMap((p) => gridStaff(p, byParent.get(p.key) ?? [], draw)),
    ...places
      .filter((p) => p.key === 't1v1' || p.key === 's1c1')
      .flatMap((p) => members(p, byParent.get(p.key) ?? [], draw)),
  ];
}

function grouped(homes: readonly DemoUnit[]): Map<string, DemoUnit[]> {
  const by = new Map<string, DemoUnit[]>();
  for (const h of homes) by.set(h.parent!, [...(by.get(h.parent!) ?? []), h]);
  return by;
}
