import { type DemoPerson, peopleOf, resident } from './people.ts';
import { type DemoUnit, starDepartments } from './places.ts';
import { type Chance, chance } from './random.ts';
import { workPeople, workUnits } from './work-units.ts';

/**
 * The fictional county of the demo: pure data from one seed. No real place is meant; village names are put together from
 * common parts, and everything that is told of them is invented.
 */

export type { DemoUnit } from './places.ts';

export interface DemoCounty {
  readonly units: readonly DemoUnit[];
  readonly people: readonly DemoPerson[];
}

const townships = [
  '青石镇',
  '柳林镇',
  '杏花乡',
  '石桥镇',
  '白沙镇',
  '云台乡',
  '双河镇',
  '古槐镇',
  '南塘乡',
  '松岭镇',
  '东陂镇',
  '梅溪乡',
];
const streets = ['向阳街道', '文昌街道', '滨河街道', '新安街道'];
const villageHeads = [
  '王',
  '李',
  '张',
  '刘',
  '陈',
  '赵',
  '周',
  '吴',
  '郑',
  '孙',
  '马',
  '高',
  '梁',
  '宋',
  '唐',
  '韩',
  '冯',
  '于',
  '董',
  '程',
];
const villageTails = [
  '庄村',
  '家沟村',
  '楼村',
  '营村',
  '家湾村',
  '岗村',
  '店村',
  '家寨村',
  '坡村',
  '桥村',
  '洼村',
  '屯村',
];
const villageWords = [
  '清泉',
  '桃园',
  '玉皇庙',
  '榆树坪',
  '老龙潭',
  '龙王庙',
  '石磨',
  '黄泥岗',
  '三里铺',
  '五里堡',
  '东风',
  '前进',
  '红旗',
  '䩐勒桥',
];
const communityWords = [
  '幸福里',
  '文昌阁',
  '老城',
  '新华',
  '和平',
  '东关',
  '西关',
  '南苑',
  '北苑',
  '书院',
  '钟楼',
  '锦绣',
  '阳光',
  '金水',
  '翠湖',
  '桂园',
  '建设路',
  '人民路',
  '工农',
  '育才',
  '朝晖',
  '安康',
  '富民',
  '祥和',
  '紫荆',
  '丽景',
  '学府',
  '春晓',
  '滨江',
  '长青',
  '怡和',
  '宏远',
  '团结',
  '复兴',
  '光明',
  '友谊',
  '泰和',
  '新村',
  '民生',
  '利民',
  '康乐',
  '四季',
  '月湖',
  '望江',
  '云庭',
  '景明',
  '龙泉',
  '芳草',
];

export function demoCounty(seed = 20_260_101): DemoCounty {
  const luck = chance(seed);
  const units = [...countyUnits(), ...townshipUnits(luck.for('townships')), ...streetUnits(luck.for('streets'))];
  const more = workUnits(units);
  const people = [...peopleOf(units, luck.for('people')), ...workPeople(units, more, luck.for('work')), resident];
  return { units: [...units, ...more], people };
}

function countyUnits(): DemoUnit[] {
  const below = (key: string, type: DemoUnit['type'], name: string): DemoUnit => ({
    key,
    parent: 'county',
    type,
    name,
    scheme: null,
  });
  return [
    { key: 'county', parent: null, type: 'county', name: '禾丰县', scheme: null },
    below('group', 'leading-group', '“五星”支部创建工作领导小组'),
    ...Object.entries(starDepartments).flatMap(([star, d]) => [
      below(`dept-${star}`, 'department', d.department),
      {
        ...below(`force-${star}`, 'task-force', `${d.star}工作专班`),
        star,
        ...(star === 'ecology' ? { scope: '全县人居环境整治：污水管网、村头游园和村容提升' } : {}),
      },
    ]),
  ];
}

function villageNames(count: number, luck: Chance): string[] {
  const names = new Set<string>();
  while (names.size < count) {
    const word = luck.often(0.2)
      ? `${luck.pick(villageWords)}村`
      : `${luck.pick(villageHeads)}${luck.pick(villageTails)}`;
    names.add(word);
  }
  return [...names];
}

function gridsOf(parent: string, count: number): DemoUnit[] {
  return Array.from({ length: count }, (_, i) => ({
    key: `${parent}-g${i + 1}`,
    parent,
    type: 'grid' as const,
    name: `第${'一二三四五六'[i]}网格`,
    scheme: null,
  }));
}

/** The group that carries creation in a village: contact cadre and branch secretary. */
function groupOf(parent: string): DemoUnit {
  return { key: `${parent}-team`, parent, type: 'team', name: '创建责任组', scheme: null, kind: 'responsibility' };
}

function townshipUnits(luck: Chance): DemoUnit[] {
  return townships.flatMap((name, t) => {
    const key = `t${t + 1}`;
    // The first township is the one a newcomer looks at: its villages have names that test the screen as well.
    const names = villageNames(t < 8 ? 23 : 22, luck.for(name));
    if (t === 0) names[3] = '䩐勒桥村';
    return [
      { key, parent: 'county', type: 'township' as const, name, scheme: null },
      ...names.flatMap((village, v) => {
        const villageKey = `${key}v${v + 1}`;
        const at: DemoUnit = { key: villageKey, parent: key, type: 'village', name: village, scheme: 'rural' };
        return [at, groupOf(villageKey), ...gridsOf(villageKey, 2 + (v % 3))];
      }),
    ];
  });
}

function streetUnits(luck: Chance): DemoUnit[] {
  return streets.flatMap((name, s) => {
    const key = `s${s + 1}`;
    const communities = communityWords.slice(s * 12, s * 12 + 12);
    return [
      { key, parent: 'county', type: 'street' as const, name, scheme: null },
      ...communities.flatMap((word, c) => {
        const communityKey = `${key}c${c + 1}`;
        // A village that became a community stays on the rural standard: the scheme belongs to the unit, not to its name.
        const scheme = c >= 10 ? ('rural' as const) : ('urban' as const);
        return [
          { key: communityKey, parent: key, type: 'community' as const, name: `${word}社区`, scheme },
          groupOf(communityKey),
          ...(scheme === 'urban' ? estateOf(communityKey, luck) : gridsOf(communityKey, 3)),
        ];
      }),
    ];
  });
}

function estateOf(parent: string, luck: Chance): DemoUnit[] {
  return Array.from({ length: luck.int(2, 3) }, (_, i) => ({
    key: `${parent}-e${i + 1}`,
    parent,
    type: 'estate' as const,
    name: `${luck.pick(['锦园', '康居苑', '和谐家园', '教工院', '水岸', '丰泽园', '安居苑'])}${i + 1}号小区`,
    scheme: null,
  }));
}
