import type { RoleName } from '../domain/records/assignments/roles.ts';
import { demoStars, type DemoUnit, starDepartments } from './places.ts';
import type { Chance } from './random.ts';

export interface DemoPerson {
  readonly key: string;
  readonly name: string;
  readonly unit: string;
  readonly title: string;
  readonly roles: readonly { readonly role: RoleName; readonly unit: string; readonly star?: string }[];
  /** Accounts exist only for one person of each kind of work, and for all of the example township. */
  readonly login?: string;
}

const surnames = [
  '王',
  '李',
  '张',
  '刘',
  '陈',
  '杨',
  '赵',
  '黄',
  '周',
  '吴',
  '徐',
  '孙',
  '胡',
  '朱',
  '高',
  '林',
  '何',
  '郭',
  '马',
  '罗',
  '梁',
  '宋',
  '郑',
  '谢',
];
const given = [
  '建国',
  '秀英',
  '志强',
  '桂兰',
  '海涛',
  '文静',
  '国庆',
  '春梅',
  '永福',
  '丽娟',
  '德明',
  '玉珍',
  '长山',
  '晓燕',
  '立新',
  '红霞',
  '广田',
  '雪莲',
  '新民',
  '素芬',
];

/** Who lives in the first village and holds no duty: for what a resident sees of what is theirs. */
export const resident: DemoPerson = {
  key: 'resident',
  name: '林秋生',
  unit: 't1v1',
  title: '村民',
  roles: [],
  login: 't1v1-jumin',
};

export function peopleOf(units: readonly DemoUnit[], luck: Chance): DemoPerson[] {
  let n = 0;
  const person = (unit: string, title: string, roles: DemoPerson['roles'], login?: string): DemoPerson => ({
    key: `p${++n}`,
    name: `${luck.pick(surnames)}${luck.pick(given)}`,
    unit,
    title,
    roles,
    ...(login ? { login } : {}),
  });
  return [
    ...countyPeople(person),
    ...units.flatMap((u) =>
      u.type === 'township' || u.type === 'street' ? townshipPeople(u, units, person, luck) : [],
    ),
  ];
}

type MakePerson = (unit: string, title: string, roles: DemoPerson['roles'], login?: string) => DemoPerson;

function countyPeople(person: MakePerson): DemoPerson[] {
  const at = 'county';
  return [
    person(at, '县委书记', [{ role: 'overall-owner', unit: at }], 'shuji'),
    person(at, '县委组织部干部', [{ role: 'organiser', unit: at }], 'zuzhibu'),
    person(at, '县委组织部干部', [{ role: 'organiser', unit: at }]),
    person(at, '县委常委、评定委员会成员', [{ role: 'committee-member', unit: at }], 'weiyuan1'),
    person(at, '县委常委、评定委员会成员', [{ role: 'committee-member', unit: at }], 'weiyuan2'),
    person(at, '信息中心管理员', [{ role: 'admin', unit: at }], 'admin'),
    person(at, '县纪委监委干部', [{ role: 'auditor', unit: at }], 'jiwei'),
    ...Object.entries(starDepartments).flatMap(([star, d]) => [
      person(at, `县级领导（牵头${d.star}）`, [
        { role: 'leadership-member', unit: at },
        { role: 'star-leader', unit: at, star },
      ]),
      person(
        `dept-${star}`,
        `${d.department}负责人、${d.star}专班组长`,
        [
          { role: 'leadership-member', unit: at },
          { role: 'task-force-leader', unit: at, star },
        ],
        `zb-${star}`,
      ),
    ]),
    person(at, '观摩评委', [{ role: 'observer', unit: at }], 'pingwei'),
    ...Array.from({ length: 5 }, () => person(at, '观摩评委', [{ role: 'observer', unit: at }])),
  ];
}

function townshipPeople(
  township: DemoUnit,
  units: readonly DemoUnit[],
  person: MakePerson,
  luck: Chance,
): DemoPerson[] {
  const below = units.filter((u) => u.parent === township.key);
  const at = township.key;
  const demo = at === 't1' || at === 's1';
  const urban = township.type === 'street';
  const stars = urban ? demoStars.urban : demoStars.rural;
  const party = urban ? '党工委' : '党委';
  // In every other township the secretary contracts a village as well; in the others that is still a gap.
  const sharers = Number(at.slice(1)) % 2 === 1 ? 10 : 9;
  const sharedOut = (i: number) =>
    below
      .filter((_, v) => v % sharers === i && !(at === 't12' && v >= 19))
      .map((u) => ({ role: 'village-leader' as const, unit: u.key }));
  const leaders = Array.from({ length: 9 }, (_, i) => ({
    title: i === 0 ? `${party}副书记` : `${party}委员`,
    roles: [
      { role: 'leadership-member' as const, unit: at },
      ...(stars[i] ? [{ role: 'task-force-leader' as const, unit: at, star: stars[i] }] : []),
      // Leaders share the villages out among themselves; the last township has left two without one, as life does.
      ...sharedOut(i),
    ],
  }));
  return [
    person(
      at,
      `${party}书记`,
      [{ role: 'overall-owner', unit: at }, { role: 'leadership-member', unit: at }, ...sharedOut(9)],
      demo ? `${at}-shuji` : undefined,
    ),
    person(at, '党建办主任', [{ role: 'township-clerk', unit: at }], demo ? `${at}-dangjianban` : undefined),
    ...leaders.map((l) => person(at, l.title, l.roles)),
    ...below.flatMap((u, v) => villagePeople(u, units, person, demo && v < 3 ? `${u.key}-` : null, luck)),
  ];
}

function villagePeople(
  village: DemoUnit,
  units: readonly DemoUnit[],
  person: MakePerson,
  login: string | null,
  luck: Chance,
): DemoPerson[] {
  const at = village.key;
  const grids = units.filter((u) => u.parent === at && u.type !== 'team');
  const word = village.type === 'village' ? '村' : '社区';
  return [
    person(at, `${word}党支部书记`, [{ role: 'branch-secretary', unit: at }], login ? `${login}shuji` : undefined),
    person(village.parent!, `包${word}干部`, [{ role: 'contact-cadre', unit: at }], login ? `${login}bao` : undefined),
    ...grids.map((g) =>
      person(
        at,
        `${word}“两委”干部`,
        luck.often(0.96)
          ? [
              { role: 'area-cadre', unit: g.key },
              { role: 'household-contact', unit: g.key },
              { role: 'village-cadre', unit: at },
            ]
          : [{ role: 'village-cadre', unit: at }],
      ),
    ),
  ];
}
