import type { Role } from './role.ts';

const quiet = { tier: 'support', holder: 'person', cardinality: 'many', perStar: false } as const;

/** Roles of the daily work below the cycle: grids, contracts of the county's departments, officers and advisers of a village. */
export const workRoles = {
  'grid-staff-fulltime': {
    ...quiet,
    words: { zh: '专职网格员', en: 'Full-time grid staff' },
    tier: 'subject',
    on: ['grid', 'community', 'village'],
    verbs: ['units.read', 'cases.read', 'cases.write', 'records.read', 'evidence.write'],
  },
  // Limited access: the matters of the grid and no register (M231).
  'grid-staff-parttime': {
    ...quiet,
    words: { zh: '兼职网格员', en: 'Part-time grid staff' },
    tier: 'subject',
    on: ['grid', 'community', 'village'],
    verbs: ['units.read', 'cases.read', 'cases.write'],
  },
  'department-township': {
    ...quiet,
    words: { zh: '部机关分包乡镇', en: 'Department cadre contracting a township' },
    tier: 'push',
    on: ['township', 'street'],
    verbs: ['units.read', 'people.read', 'facts.read', 'cases.read', 'records.read', 'stars.read', 'stars.guide'],
  },
  'department-village': {
    ...quiet,
    words: { zh: '部机关联系重点村', en: 'Department cadre linked with a key village' },
    tier: 'push',
    on: ['village', 'community'],
    verbs: ['units.read', 'people.read', 'facts.read', 'cases.read', 'records.read', 'stars.read', 'stars.guide'],
  },
  'village-police': {
    ...quiet,
    words: { zh: '驻村民警（一村一警）', en: 'Officer of the village' },
    on: ['village', 'community'],
    verbs: [],
  },
  'legal-deputy': {
    ...quiet,
    words: { zh: '法治副书记', en: 'Legal deputy secretary' },
    on: ['village', 'community'],
    verbs: [],
  },
  'member-centre-household': {
    ...quiet,
    words: { zh: '党员中心户', en: 'Member centre household' },
    tier: 'subject',
    on: ['grid', 'estate', 'building', 'village', 'community'],
    verbs: [],
  },
  'green-steward': {
    ...quiet,
    words: { zh: '小区“绿管家”', en: 'Green steward' },
    tier: 'subject',
    on: ['estate', 'grid', 'building'],
    verbs: ['units.read', 'cases.read', 'cases.write'],
  },
  'work-supervisor': {
    ...quiet,
    words: { zh: '工程群众监督员', en: 'Resident supervisor of works' },
    tier: 'subject',
    on: ['village', 'community', 'estate'],
    verbs: ['units.read', 'cases.read', 'cases.write', 'records.read', 'evidence.write'],
  },
  'key-village': {
    words: { zh: '创建重点村（社区）', en: 'Key village of creation' },
    tier: 'coordinate',
    on: ['village', 'community'],
    holder: 'unit',
    cardinality: 'one',
    perStar: false,
    verbs: [],
  },
} as const satisfies Record<string, Role>;
