import type { Words } from '../../words.ts';

/** Types of unit and which types may stand above them. Rural grids have four levels of parents, urban ones six (model §1). */
export const unitTypes = {
  province: { words: { zh: '省', en: 'Province' }, parents: [] },
  city: { words: { zh: '市', en: 'City' }, parents: ['province'] },
  county: { words: { zh: '县（区）', en: 'County' }, parents: ['city', 'province'] },
  department: { words: { zh: '部门', en: 'Department' }, parents: ['city', 'county'] },
  township: { words: { zh: '乡镇', en: 'Township' }, parents: ['county'] },
  street: { words: { zh: '街道', en: 'Street' }, parents: ['county'] },
  village: { words: { zh: '村', en: 'Village' }, parents: ['township', 'street'] },
  community: { words: { zh: '社区', en: 'Community' }, parents: ['street', 'township'] },
  estate: { words: { zh: '小区', en: 'Estate' }, parents: ['community', 'village'] },
  grid: { words: { zh: '网格（片区）', en: 'Grid or area' }, parents: ['village', 'community', 'estate', 'grid'] },
  building: { words: { zh: '楼栋', en: 'Building' }, parents: ['grid', 'estate', 'community'] },
  branch: {
    words: { zh: '党组织', en: 'Party organisation' },
    parents: ['county', 'department', 'township', 'street', 'village', 'community', 'estate', 'branch'],
  },
  'task-force': {
    words: { zh: '工作专班', en: 'Task force' },
    parents: ['city', 'county', 'township', 'street', 'village', 'community'],
  },
  'leading-group': {
    words: { zh: '领导小组', en: 'Leading group' },
    parents: ['city', 'county', 'township', 'street'],
  },
  team: {
    words: { zh: '工作组', en: 'Team' },
    parents: ['county', 'township', 'street', 'village', 'community', 'estate'],
  },
} as const satisfies Record<string, { words: Words; parents: readonly string[] }>;

export type UnitType = keyof typeof unitTypes;
export const unitTypeNames = Object.keys(unitTypes) as [UnitType, ...UnitType[]];

/** Units whose branch is measured. */
export const measuredTypes = ['village', 'community'] as const satisfies readonly UnitType[];

export const schemes = ['rural', 'urban'] as const;
export type Scheme = (typeof schemes)[number];
