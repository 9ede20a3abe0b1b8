import { idOf, type SubjectRow, type Work } from './work-kit.ts';
import { luckAt, type Place, type Scene } from './work-scene.ts';

/** What stands in a village or community: households by their address, centres, stations, teams, gardens, works. */

type Own = Omit<SubjectRow, 'id' | 'at' | 'from' | 'state'> & {
  readonly at?: string;
  readonly from?: string;
  readonly state?: string;
};

type Put = (part: string, row: Own) => void;

function putter(work: Work, p: Place): Put {
  return (part, row) =>
    work.subjects.push({ at: p.key, from: '2022-01-10', state: 'in-use', ...row, id: idOf(`${p.key}/${part}`) });
}

/** How well services for old and young go: civility in the country, harmony in town. */
export const care = (p: Place, year = 2025) => p.traits(year)[p.rural ? 'civility' : 'harmony']!;
export const isCareOpen = (p: Place) => care(p) > 0.62;
export const centreOf = (p: Place) => idOf(`${p.key}/day-care`);

function services(p: Place, put: Put): void {
  const luck = luckAt(p, 'services');
  const name = p.unit.name;
  put('day-care', {
    kind: 'day-care-centre',
    name: `${name}日间照料中心`,
    state: isCareOpen(p) ? 'in-use' : care(p) > 0.5 ? 'building' : 'planned',
    data: { seats: luck.int(16, 60), hours: '8:00—18:00', areaM2: luck.int(120, 420) },
  });
  put('centre', {
    kind: 'service-centre',
    name: `${name}党群服务中心`,
    data: { areaM2: luck.int(320, 1400), hours: '8:30—18:00' },
  });
  put('hall', {
    kind: 'venue',
    name: `${name}居民活动室`,
    parent: idOf(`${p.key}/centre`),
    data: { use: 'activity', areaM2: luck.int(90, 300), seats: luck.int(30, 90) },
  });
  put('station', {
    kind: 'practice-station',
    name: `${name}新时代文明实践站`,
    state: care(p) > 0.4 ? 'in-use' : 'planned',
    data: { level: 'station', staff: luck.int(2, 6) },
  });
  put('mediation', {
    kind: 'mediation-platform',
    name: `${name}矛盾调处室`,
    state: p.traits(2025)['safety']! > 0.45 ? 'in-use' : 'planned',
    data: { windows: 1, hours: '8:30—17:30' },
  });
  put('fire-station', {
    kind: 'fire-station',
    name: `${name}微型消防站`,
    state: p.traits(2025)['safety']! > 0.42 ? 'in-use' : 'planned',
    data: { equipment: ['灭火器', '消防水带', '消防服'], staff: 4 },
  });
  put('council', {
    kind: 'council',
    name: `${name}议事会`,
    state: 'active',
    data: { level: 'community', members: luck.int(9, 21) },
  });
}

/** Enrolled under a number: no name, no identity, only the group and the services asked for. */
function enrolments(p: Place, put: Put): void {
  if (!isCareOpen(p)) return;
  const luck = luckAt(p, 'enrolments');
  for (let i = 0; i < Math.round(3 + care(p) * 7); i++)
    put(`enrolment/${i}`, {
      kind: 'service-enrolment',
      name: `照料服务登记 ${String(i + 1).padStart(3, '0')} 号`,
      code: `${p.key.toUpperCase()}-${String(i + 1).padStart(3, '0')}`,
      state: 'active',
      parent: centreOf(p),
      from: `2025-0${luck.int(2, 9)}-1${luck.int(0, 9)}`,
      data: { group: 'elderly', services: luck.often(0.5) ? ['meal', 'leisure'] : ['meal', 'visiting'] },
    });
}

const fields = ['环境清洁', '助老助幼', '文明劝导', '应急互助', '文艺活动', '法律宣传'];

function volunteers(p: Place, put: Put): void {
  const luck = luckAt(p, 'volunteers');
  const teams = p.done(2026)['volunteer-teams'] ?? luck.int(2, 5);
  for (let i = 0; i < teams; i++)
    put(`team/${i}`, {
      kind: 'volunteer-team',
      name: `${p.unit.name}${fields[i % fields.length]}志愿服务队`,
      state: 'active',
      data: { field: fields[i % fields.length]!, members: luck.int(8, 36) },
    });
  if (care(p) > 0.64)
    put('brand', {
      kind: 'volunteer-brand',
      name: `“${luck.pick(['邻里一盏灯', '红围裙', '夕阳陪伴', '小巷管家', '暖心敲门'])}”（${p.unit.name}）`,
      state: 'active',
      parent: idOf(`${p.key}/team/0`),
      data: { mission: '邻里有事有人应', project: '每月两次入户走访和环境清洁' },
    });
}

const gardens = ['vegetable', 'fruit', 'flower', 'play', 'herb'] as const;
const gardenNames: Record<string, string> = {
  vegetable: '菜园',
  fruit: '果园',
  flower: '花园',
  play: '游园',
  herb: '药园',
};

/** How a village looks: small gardens, waste, sewage, the scene and theme that it is known for. */
function looks(p: Place, put: Put): void {
  const { ecology } = p.traits(2025) as { ecology: number };
  const luck = luckAt(p, 'looks');
  for (let i = 0; i < Math.round(ecology * 6); i++) {
    const type = gardens[i % gardens.length]!;
    const done = i < ecology * 5;
    put(`garden/${i}`, {
      kind: 'small-garden',
      name: `${p.homes[i % p.homes.length]?.name ?? '村头'}小${gardenNames[type]!}`,
      state: done ? 'in-use' : 'building',
      from: i < 2 ? '2024-04-20' : '2025-05-18',
      data: { type, areaM2: luck.int(60, 900), ...(done ? { acceptedOn: i < 2 ? '2024-09-12' : '2025-10-15' } : {}) },
    });
  }
  put('waste', {
    kind: 'waste-facility',
    name: '垃圾分类投放点',
    state: ecology > 0.35 ? 'in-use' : 'planned',
    data: { type: 'sorting-point', quantity: luck.int(4, 18) },
  });
  put('sewage', {
    kind: 'sewage-system',
    name: '污水收集处理设施',
    state: ecology > 0.45 ? 'in-use' : 'building',
    data: {
      solution: luck.pick(['network', 'plant', 'household', 'resource'] as const),
      connected: p.done(2025)['households-sewage-treated']!,
      effective: ecology > 0.52,
    },
  });
  if (ecology < 0.4) return;
  put('scene', {
    kind: 'village-character',
    name: luck.pick(['古槐广场', '荷塘步道', '石磨巷', '银杏道']),
    state: 'active',
    data: { aspect: 'scene' },
  });
  if (ecology > 0.5)
    put('theme', {
      kind: 'village-character',
      name: luck.pick(['孝善文化', '农耕记忆', '花鼓乡音']),
      state: 'active',
      data: { aspect: 'theme' },
    });
}

/** How many residents of a community are known to take part; each has a number and no name. */
const residentsOf = (p: Place) => Math.round(6 + care(p) * 14);
export const activeResidents = (p: Place): string[] =>
  Array.from({ length: residentsOf(p) }, (_, i) => idOf(`${p.key}/resident/${i}`));

/** Estates of a community: venues of their branches, renovation by area and building, residents who take part. */
function estates(p: Place, put: Put, branches: ReadonlySet<string>): void {
  const luck = luckAt(p, 'estates');
  const business = p.traits(2025)['business'] ?? 0.5;
  put('renovation', {
    kind: 'work',
    name: `${p.unit.name}老旧小区改造片区`,
    state: 'in-use',
    from: '2024-03-20',
    data: { part: 'area', use: 'renovation' },
  });
  for (const [i, e] of p.estates.entries()) {
    for (let b = 0; b < luck.int(2, 5); b++)
      put(`building/${i}/${b}`, {
        kind: 'work',
        at: e.key,
        name: `${e.name}${b + 1}号楼改造`,
        state: b < 3 ? 'in-use' : 'building',
        from: '2024-04-10',
        parent: idOf(`${p.key}/renovation`),
        data: { part: 'building', use: 'renovation', households: luck.int(24, 72) },
      });
    if (branches.has(`${e.key}-party`))
      put(`venue/${i}`, {
        kind: 'venue',
        at: e.key,
        name: `${e.name}党群驿站`,
        lead: `${e.key}-party`,
        data: { use: 'mixed', areaM2: luck.int(36, 160) },
      });
  }
  for (let i = 0; i < residentsOf(p); i++)
    put(`resident/${i}`, {
      kind: 'active-resident',
      at: p.estates[i % p.estates.length]!.key,
      name: `热心居民 ${String(i + 1).padStart(2, '0')} 号`,
      code: `${p.key.toUpperCase()}-R${String(i + 1).padStart(3, '0')}`,
      state: 'active',
      from: '2025-03-12',
      data: { interests: [fields[i % fields.length]!] },
    });
  for (let i = 0; i < p.done(2026)['merchant-alliance-members']!; i++)
    put(`merchant/${i}`, {
      kind: 'merchant',
      name: `${p.unit.name.slice(0, -2)}${['便民超市', '早餐铺', '理发店', '药房', '水果店', '文具店', '裁缝店', '维修铺'][i % 8]}${i + 1}号店`,
      state: 'active',
      from: i % 3 === 0 ? '2026-03-05' : '2025-04-08',
      data: { trade: ['零售', '餐饮', '美发', '医药', '零售', '文具', '缝补', '维修'][i % 8]! },
    });
  for (let i = 0; i < Math.round(2 + business * 4); i++)
    put(`opening/${i}`, {
      kind: 'job-opening',
      name: ['保洁员', '门店导购', '网格协管员', '仓储分拣员', '养老护理员', '食堂帮厨'][i]!,
      state: 'active',
      from: '2025-02-20',
      data: { employer: '辖区企业', places: luck.int(2, 12), type: i === 2 ? 'public' : 'regular' },
    });
  for (const [i, course] of ['书法课', '广场舞课'].entries())
    put(`course/${i}`, {
      kind: 'course',
      name: course,
      state: 'active',
      parent: idOf(`${p.key}/hall`),
      data: {
        places: 24,
        marketPriceFen: 36_000 + i * 12_000,
        residentPriceFen: 9_000 + i * 3_000,
        pointsPrice: 20_000,
      },
    });
}

function townSubjects(work: Work, scene: Scene): void {
  const modules = ['党务公开', '村务公开', '财务公开', '诉求办理', '积分超市', '便民服务'];
  const businesses = ['户籍证明开具', '养老待遇认证', '医保缴费代办'];
  for (const town of scene.towns) {
    const subject = (part: string, row: Omit<SubjectRow, 'id' | 'at' | 'from'>) =>
      work.subjects.push({ at: town.key, from: '2024-06-01', ...row, id: idOf(`${town.key}/${part}`) });
    subject('institute', {
      kind: 'practice-station',
      name: `${town.name}新时代文明实践所`,
      state: 'in-use',
      data: { level: 'institute', staff: 5 },
    });
    subject('platform', {
      kind: 'mediation-platform',
      name: `${town.name}社会治安综合治理中心`,
      state: 'in-use',
      data: { windows: 4, hours: '8:30—17:30' },
    });
    for (const [i, name] of modules.entries())
      subject(`module/${i}`, {
        kind: 'platform-module',
        name,
        state: i < 5 ? 'published' : 'draft',
        data: { purpose: `${name}，手机上可查可办` },
      });
    for (const [i, name] of businesses.entries())
      subject(`business/${i}`, {
        kind: 'platform-business',
        name,
        state: 'published',
        parent: idOf(`${town.key}/module/3`),
        data: {
          materials: ['本人到场'],
          steps: ['提交申请', '受理', '办结告知'],
          limitWorkdays: 3,
          handler: '便民服务窗口',
        },
      });
    if (town.type !== 'street') continue;
    for (let i = 0; i < 3; i++)
      subject(`firm/${i}`, {
        kind: 'property-firm',
        name: `${['安居', '和美', '嘉园'][i]}物业服务有限公司（${town.name}）`,
        code: `91DEMOP${town.key.toUpperCase()}${i + 1}`,
        state: 'active',
        data: { estates: 4, ...(i < 2 ? { partyOrgFounded: `2025-0${i + 4}-16` } : {}) },
      });
  }
}

export function localSubjects(work: Work, scene: Scene): void {
  const branches = new Set(scene.county.units.filter((u) => u.type === 'branch').map((u) => u.key));
  townSubjects(work, scene);
  for (const p of scene.places) {
    const put = putter(work, p);
    for (const h of p.households)
      work.subjects.push({
        id: h.id,
        kind: 'household',
        at: h.at,
        name: h.address,
        place: h.address,
        state: 'active',
        from: '2024-01-15',
        data: {},
      });
    services(p, put);
    enrolments(p, put);
    volunteers(p, put);
    if (p.rural) looks(p, put);
    else estates(p, put, branches);
  }
}
