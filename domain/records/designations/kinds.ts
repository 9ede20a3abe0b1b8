import type { DesignationKind, Ending } from './kind.ts';
import { workDesignations } from './kinds-work.ts';

export type { DesignationKind, Ending } from './kind.ts';

const branches = ['village', 'community'] as const;
const anyUnit = ['county', 'township', 'street', 'village', 'community', 'estate'] as const;
const downgraded: Ending = { caseType: 'downgrade', states: ['decided', 'effective'] };
/** A later naming of the same branch takes the place of the earlier certificate. */
const renewed: Ending = { caseType: 'candidacy', states: ['named'] };
const exited: Ending = { caseType: 'cultivation', states: ['cultivated', 'recognised', 'exited'] };
const changed: Ending = { caseType: 'designation-withdrawal', states: ['decided'] };

/** What can be granted, by whom to whom, and how it ends. A status never ends by an edit, only by a decided case. */
export const designationKinds = {
  star: {
    words: { zh: '命名星', en: 'Star' },
    holders: branches,
    grantors: ['county'],
    prefix: null,
    several: false,
    perStar: true,
    endings: [downgraded],
  },
  'star-branch': {
    words: { zh: '星级支部命名证书', en: 'Certificate of a star branch' },
    holders: branches,
    grantors: ['county'],
    prefix: '星',
    several: false,
    perStar: false,
    endings: [downgraded, renewed],
  },
  plaque: {
    words: { zh: '授牌', en: 'Plaque' },
    holders: branches,
    grantors: ['county'],
    prefix: '牌',
    several: false,
    perStar: false,
    endings: [downgraded, changed],
  },
  'provincial-five-star': {
    words: { zh: '省级“五星”支部', en: 'Five-star branch recognised by the province' },
    holders: branches,
    grantors: ['outside'],
    prefix: null,
    several: false,
    perStar: false,
    endings: [downgraded, changed],
  },
  'tourism-county': {
    words: { zh: '省级全域旅游示范县', en: 'Provincial county of all-area tourism' },
    holders: ['county'],
    grantors: ['outside'],
    prefix: null,
    several: false,
    perStar: false,
    endings: [changed],
  },
  'civilised-county': {
    words: { zh: '省级文明城市（县城）', en: 'Provincial civilised county' },
    holders: ['county'],
    grantors: ['outside'],
    prefix: null,
    several: false,
    perStar: false,
    endings: [changed],
  },
  honour: {
    words: { zh: '荣誉称号', en: 'Honour of a unit' },
    holders: anyUnit,
    grantors: ['outside', 'county', 'township', 'street'],
    prefix: null,
    several: true,
    perStar: false,
    endings: [changed],
  },
  commendation: {
    words: { zh: '大会表彰', en: 'Commendation' },
    holders: anyUnit,
    grantors: ['county', 'outside'],
    prefix: null,
    several: true,
    perStar: false,
    endings: [changed],
  },
  benchmark: {
    words: { zh: '省级标杆', en: 'Provincial benchmark' },
    holders: branches,
    grantors: ['outside'],
    prefix: null,
    several: false,
    perStar: false,
    endings: [exited, changed],
  },
  'model-village': {
    words: { zh: '党建示范村', en: 'Party-building model village' },
    holders: branches,
    grantors: ['county'],
    prefix: '示',
    several: false,
    perStar: false,
    endings: [exited, changed],
  },
  'governance-site': {
    words: { zh: '基层治理示范点', en: 'Governance model site' },
    holders: [...branches, 'estate'],
    grantors: ['county'],
    prefix: '治',
    several: false,
    perStar: false,
    endings: [exited, changed],
  },
  ...workDesignations,
} as const satisfies Record<string, DesignationKind>;

export type DesignationKindName = keyof typeof designationKinds;
export const designationKindNames = Object.keys(designationKinds) as [DesignationKindName, ...DesignationKindName[]];

export function designationKind(name: DesignationKindName): DesignationKind {
  return designationKinds[name];
}
