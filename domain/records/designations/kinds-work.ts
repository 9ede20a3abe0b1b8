import { column, field, form, optional, say, unit } from '../../fields.ts';
import type { DesignationKind } from './kind.ts';

const branches = ['village', 'community'] as const;
const local = ['village', 'community', 'township', 'street', 'county'] as const;
const above = ['township', 'street', 'county'] as const;
/** A status ends by a decided case in which its holder was heard. */
const endings = [{ caseType: 'status-withdrawal', states: ['decided'] }] as const;
const base = { prefix: null, perStar: false, endings, direct: true } as const;

/** Statuses of the work modules: granted or registered on the general page of designations. */
export const workDesignations = {
  'five-beauty-courtyard': {
    ...base,
    words: say('“五美”庭院', 'Five-beauty courtyard'),
    holders: [],
    subjectKinds: ['household'],
    grantors: local,
    several: false,
  },
  'star-household': {
    ...base,
    words: say('文明诚信家庭', 'Civil and honest household'),
    holders: [],
    subjectKinds: ['household'],
    grantors: local,
    several: false,
  },
  // One entry an award; the branch holds it, and no name stands in it.
  'advanced-member': {
    ...base,
    words: say('先进党员', 'Advanced member'),
    holders: [...branches, 'branch'],
    grantors: local,
    several: true,
    form: form({ period: column(field.period('评选期间', 'Period')) }),
  },
  'characteristic-village': {
    ...base,
    words: say('特色村', 'Characteristic village'),
    holders: ['village'],
    grantors: ['county', 'outside'],
    several: false,
    form: form({
      theme: column(field.text('特色主题', 'Theme', 60)),
      brand: optional(field.text('品牌', 'Brand', 60)),
    }),
  },
  'six-without-village': {
    ...base,
    words: say('“六无”村', 'Six-without village'),
    holders: branches,
    grantors: [...above, 'outside'],
    several: true,
    form: form({ year: column(field.year('年度', 'Year')) }),
  },
  'four-beauty-village': {
    ...base,
    words: say('“四美乡村”', 'Four-beauty village'),
    holders: ['village'],
    grantors: ['county', 'outside'],
    several: false,
    form: form({ criteria: field.items('达到的标准', 'Criteria met', 'four-beauty') }),
  },
  'environment-site': {
    ...base,
    words: say('人居环境示范点', 'Environment model site'),
    holders: [...branches, 'estate'],
    grantors: ['county', 'township', 'street'],
    several: false,
    endings: [...endings, { caseType: 'model-site', states: ['exited'] }],
  },
  'contest-award': {
    ...base,
    words: say('“三比三晒”获奖', 'Award of a contest'),
    holders: branches,
    grantors: above,
    several: true,
    form: form({
      period: column(field.period('评比期间', 'Period')),
      place: optional(field.text('奖项', 'Award', 40)),
    }),
  },
  'fully-employed-community': {
    ...base,
    words: say('充分就业社区', 'Fully employed community'),
    holders: ['community'],
    grantors: ['outside'],
    several: false,
    form: form({
      level: column(
        field.choice('认定级别', 'Level', { province: say('省级', 'Province'), city: say('市级', 'City') }),
      ),
    }),
  },
  'leading-agribusiness': {
    ...base,
    words: say('农业产业化龙头企业', 'Leading agribusiness'),
    holders: [],
    subjectKinds: ['enterprise'],
    grantors: ['county', 'outside'],
    several: false,
    form: form({
      level: column(
        field.choice('级别', 'Level', {
          nation: say('国家级', 'National'),
          province: say('省级', 'Province'),
          city: say('市级', 'City'),
          county: say('县级', 'County'),
        }),
      ),
      support: optional(field.text('扶持措施', 'Support given', 300)),
    }),
  },
  'product-certification': {
    ...base,
    words: say('“三品一标”认证', 'Certification of a product'),
    holders: [],
    subjectKinds: ['product'],
    grantors: ['outside'],
    several: true,
    form: form({
      type: column(field.item('认证类别', 'Type', 'certification')),
      areaMu: optional(field.decimal('认证面积', 'Area', unit.mu)),
    }),
  },
  'volunteer-brand-award': {
    ...base,
    words: say('优秀志愿服务品牌', 'Volunteer brand of merit'),
    holders: [],
    subjectKinds: ['volunteer-brand', 'volunteer-team'],
    grantors: [...above, 'outside'],
    several: true,
  },
} as const satisfies Record<string, DesignationKind>;
