import type { RoleName } from '../records/assignments/index.ts';
import type { UnitType } from '../records/units/types.ts';
import type { Words } from '../words.ts';

/** Where nobody answers. Each line: a role that has to be held on every unit of some types, or for every star there. */
export interface Requirement {
  readonly gap: string;
  readonly words: Words;
  readonly role: RoleName;
  readonly on: readonly UnitType[];
  readonly perStar: boolean;
  /** Held on the unit itself, or on any unit from there downwards. */
  readonly where: 'here' | 'below';
  /** Only of units that hold this role's mark themselves. */
  readonly only?: RoleName;
}

const level = ['city', 'county', 'township', 'street'] as const satisfies readonly UnitType[];
const town = ['township', 'street'] as const satisfies readonly UnitType[];
const village = ['village', 'community'] as const satisfies readonly UnitType[];
const area = ['grid', 'estate'] as const satisfies readonly UnitType[];

const simple = (
  gap: string,
  role: RoleName,
  on: readonly UnitType[],
  zh: string,
  en: string,
  more: Partial<Requirement> = {},
): Requirement => ({ gap, role, on, words: { zh, en }, perStar: false, where: 'here', ...more });

export const requirements = [
  simple('no-overall-owner', 'overall-owner', level, '没有总负责人（书记）', 'No overall owner'),
  simple('no-lead-office', 'organiser', ['county'], '没有牵头部门责任人', 'No lead office'),
  simple('no-secretariat', 'township-clerk', town, '没有党建办责任人', 'No party-building office'),
  simple('no-leadership-team', 'leadership-member', town, '没有登记班子成员', 'No leadership team registered'),
  simple('star-without-force', 'task-force-leader', ['county', ...town], '没有专班', 'No task force', {
    perStar: true,
  }),
  simple('star-without-county-leader', 'star-leader', ['county'], '没有县级牵头领导', 'No county leader', {
    perStar: true,
  }),
  simple('star-without-lead-department', 'lead-department', ['county'], '没有牵头部门', 'No lead department', {
    perStar: true,
  }),
  simple('village-without-leader', 'village-leader', village, '没有包村领导', 'No leader contracts it'),
  simple('village-without-cadre', 'contact-cadre', village, '没有包村干部', 'No contact cadre'),
  simple('village-without-department', 'guiding-department', village, '没有联系部门', 'No guiding department'),
  simple('village-without-secretary', 'branch-secretary', village, '没有支部书记', 'No branch secretary'),
  simple(
    'key-village-without-leader',
    'county-leader',
    village,
    '重点村没有县级领导分包',
    'Key village without a county leader',
    {
      only: 'key-village',
    },
  ),
  simple('area-without-cadre', 'area-cadre', area, '没有包片干部', 'No area cadre'),
  simple('area-without-contact', 'household-contact', area, '没有联户党员', 'No household contact', { where: 'below' }),
  simple('building-without-head', 'building-head', ['building'], '没有楼栋长', 'No building head'),
] as const satisfies readonly Requirement[];

/** Gaps that are not the absence of one role on one unit. */
export const otherGaps = {
  'village-without-group': { zh: '没有责任组', en: 'No responsibility group' },
  'village-without-areas': { zh: '没有划分片区', en: 'Not divided into areas' },
  'leader-without-village': { zh: '班子成员没有包村', en: 'A leader contracts no village' },
  'household-without-contact': { zh: '联系人离任后没有接续的住户', en: 'Households whose contact left' },
  'force-without-plan': { zh: '专班没有执行中的工作方案', en: 'Task force without a plan in force' },
  'force-without-member': { zh: '专班没有成员', en: 'Task force without members' },
} as const satisfies Record<string, Words>;

export type GapName = (typeof requirements)[number]['gap'] | keyof typeof otherGaps;

const requirementOf = new Map<string, Requirement>(requirements.map((r) => [r.gap, r]));

export const gapNames = [...requirementOf.keys(), ...Object.keys(otherGaps)] as [string, ...string[]];

export function gapWords(gap: string): Words {
  return requirementOf.get(gap)?.words ?? otherGaps[gap as keyof typeof otherGaps];
}

export function findRequirement(gap: string): Requirement | undefined {
  return requirementOf.get(gap);
}

export interface CoveredUnit {
  readonly id: number;
  readonly name: string;
  readonly type: UnitType;
  readonly path: string;
  /** The stars that are worked on there; of use where task forces stand. */
  readonly stars: readonly string[];
}

export interface Held {
  readonly role: RoleName;
  readonly star: string | null;
  readonly path: string;
}

export interface Post<H> {
  readonly role: RoleName;
  readonly star: string | null;
  readonly holders: readonly H[];
  /** Set where nobody holds it. */
  readonly gap: string | null;
}

export interface Row<H> {
  readonly unit: CoveredUnit;
  readonly posts: readonly Post<H>[];
}

const key = (path: string, role: string, star: string | null) => `${path}|${role}|${star ?? ''}`;

/** Everyone by what and where they hold it; a duty below counts for every unit above it as well. */
function index<H extends Held>(edges: readonly H[]) {
  const here = new Map<string, H[]>();
  const below = new Map<string, H[]>();
  const put = (map: Map<string, H[]>, at: string, edge: H) => {
    const list = map.get(at);
    if (list) list.push(edge);
    else map.set(at, [edge]);
  };
  const rollsUp = new Set(requirements.filter((r) => r.where === 'below').map((r) => r.role as string));
  for (const edge of edges) {
    put(here, key(edge.path, edge.role, edge.star), edge);
    if (!rollsUp.has(edge.role)) continue;
    const parts = edge.path.split('.').filter(Boolean);
    for (let i = 1; i <= parts.length; i++)
      put(below, key(`${parts.slice(0, i).join('.')}.`, edge.role, edge.star), edge);
  }
  return { here, below };
}

/** Who holds what has to be held, unit by unit, and where nobody does. One pass over units and edges. */
export function cover<H extends Held>(units: readonly CoveredUnit[], edges: readonly H[]): Row<H>[] {
  const { here, below } = index(edges);
  return units.map((unit) => {
    const posts: Post<H>[] = [];
    for (const r of requirements as readonly Requirement[]) {
      if (!r.on.includes(unit.type)) continue;
      if (r.only && !here.has(key(unit.path, r.only, null))) continue;
      for (const star of r.perStar ? unit.stars : [null]) {
        const holders = (r.where === 'here' ? here : below).get(key(unit.path, r.role, star)) ?? [];
        posts.push({ role: r.role, star, holders, gap: holders.length === 0 ? r.gap : null });
      }
    }
    return { unit, posts };
  });
}

/** The levels whose people stand between a county and a village, and which of them the chain cannot do without (M123). */
export const chainLevels = [
  { level: 'county', on: ['county'], roles: ['overall-owner', 'organiser', 'star-leader'], needs: ['overall-owner'] },
  {
    level: 'county-to-village',
    on: ['village', 'community'],
    roles: ['county-leader'],
    needs: [],
  },
  {
    level: 'township',
    on: ['township', 'street'],
    roles: ['overall-owner', 'township-clerk'],
    needs: ['overall-owner'],
  },
  {
    level: 'township-to-village',
    on: ['village', 'community'],
    roles: ['village-leader', 'contact-cadre', 'guiding-department'],
    needs: ['village-leader', 'contact-cadre'],
  },
  {
    level: 'village',
    on: ['village', 'community'],
    roles: ['branch-secretary', 'village-cadre'],
    needs: ['branch-secretary'],
  },
] as const satisfies readonly {
  level: string;
  on: readonly UnitType[];
  roles: readonly RoleName[];
  needs: readonly RoleName[];
}[];
