import { idOf, luckOf, type SubjectRow, type Work } from './work-kit.ts';
import { luckAt, type Place, type Scene } from './work-scene.ts';

/** What the county's industry consists of: crops by township, enterprises, cooperatives with head and branches, bases. */

export interface Crop {
  readonly name: string;
  readonly category: string;
}

/** The example township grows grapes and its villages peppers; the others have a leading crop each. */
export const crops: readonly Crop[] = [
  { name: '葡萄', category: 'fruit' },
  { name: '香菇', category: 'fungi' },
  { name: '连翘', category: 'herbs' },
  { name: '苹果', category: 'fruit' },
  { name: '花生', category: 'grain' },
  { name: '艾草', category: 'herbs' },
  { name: '黄桃', category: 'fruit' },
  { name: '肉羊', category: 'livestock' },
  { name: '烟叶', category: 'tobacco' },
  { name: '核桃', category: 'fruit' },
  { name: '小香薯', category: 'vegetable' },
  { name: '苗木', category: 'seedlings' },
];

/** Villages of the example township grow peppers under contract, the others what their township is known for. */
export function cropOf(scene: Scene, p: Place): Crop {
  const town = scene.towns.findIndex((t) => t.key === p.unit.parent);
  return p.unit.parent === 't1' && Number(p.key.slice(3)) % 3 === 1
    ? { name: '辣椒', category: 'vegetable' }
    : crops[town % crops.length]!;
}

export const coopOf = (p: Place) => idOf(`${p.key}/cooperative`);
export const headOf = (town: string) => idOf(`${town}/cooperative`);
export const enterpriseOf = (town: string, n: number) => idOf(`${town}/enterprise/${n}`);
/** A cooperative that the village's branch leads, as the village's own number says. */
export const isLed = (p: Place) => p.done(2026)['branch-led-cooperative'] === 1;
/** Strong villages carry their produce further: they are branches of the township's head cooperative. */
export const isBranch = (p: Place) => isLed(p) && p.traits(2025)['industry']! > 0.5;

const models = ['industry', 'land', 'service', 'tourism', 'labour', 'asset'];
const codeOf = (n: number, kind: string) => `91DEMO${kind}${String(n).padStart(10, '0')}`;

export function enterprises(work: Work, scene: Scene): void {
  let n = 0;
  for (const [t, town] of scene.towns.entries()) {
    if (town.type === 'street') continue;
    const crop = crops[t % crops.length]!;
    const luck = luckOf(`${town.key}/enterprises`);
    for (let i = 0; i < luck.int(2, 4); i++)
      work.subjects.push({
        id: enterpriseOf(town.key, i),
        kind: 'enterprise',
        at: town.key,
        name: `${town.name.slice(0, 2)}${crop.name}${['食品', '农业科技', '商贸', '冷链'][i]}有限公司`,
        code: codeOf(++n, 'E'),
        state: 'active',
        from: `20${luck.int(12, 21)}-0${luck.int(1, 9)}-15`,
        data: { sector: i < 2 ? 'processing' : 'trade', leading: i < 2, products: crop.name, jobs: luck.int(24, 260) },
      });
    work.subjects.push(
      {
        id: idOf(`${town.key}/belt`),
        kind: 'industry-belt',
        at: town.key,
        name: `${town.name.slice(0, 2)}${crop.name}产业带`,
        state: 'active',
        from: '2021-03-01',
        data: { crop: crop.name, theme: `沿路连村、统一品牌的${crop.name}产业带` },
      },
      {
        id: idOf(`${town.key}/industry`),
        kind: 'industry',
        at: town.key,
        name: `${town.name}${crop.name}产业`,
        state: 'active',
        from: '2021-03-01',
        data: { category: crop.category, leading: true, products: crop.name, analysedOn: '2025-03-18' },
      },
      {
        id: headOf(town.key),
        kind: 'cooperative',
        at: town.key,
        name: `${town.name.slice(0, 2)}${crop.name}专业合作社总社`,
        code: codeOf(++n, 'C'),
        state: 'active',
        from: '2022-04-12',
        data: { role: 'head', model: 'industry', scope: `${crop.name}收购、加工和销售` },
      },
    );
  }
  work.subjects.push({
    id: idOf('county/chain'),
    kind: 'industry-chain',
    at: 'county',
    name: '果蔬加工产业链',
    state: 'active',
    from: '2023-02-01',
    lead: 'dept-industry',
    data: { links: ['种植', '分拣', '冷藏', '加工', '销售'], goal: '三年内加工转化率翻一番' },
  });
}

function cooperativesOf(scene: Scene, p: Place): SubjectRow[] {
  const luck = luckAt(p, 'cooperatives');
  const crop = cropOf(scene, p);
  const place = scene.places.indexOf(p);
  const own: SubjectRow = {
    id: coopOf(p),
    kind: 'cooperative',
    at: p.key,
    name: `${p.unit.name.replace(/村$/, '')}${crop.name}种植专业合作社`,
    code: codeOf(place * 10 + 1, 'V'),
    state: 'active',
    from: `202${luck.int(1, 4)}-0${luck.int(2, 9)}-20`,
    ...(isLed(p) ? { lead: p.key } : {}),
    ...(isBranch(p) ? { parent: headOf(p.unit.parent!) } : {}),
    data: {
      role: isBranch(p) ? 'branch' : 'single',
      ...(isLed(p) ? { model: models[luck.int(0, models.length - 1)]! } : {}),
      scope: `${crop.name}种植、收购和社员服务`,
      members: luck.int(38, 180),
    },
  };
  const others = Array.from({ length: p.done(2026)['cooperatives']! - 1 }, (_, i) => ({
    id: idOf(`${p.key}/cooperative/${i + 2}`),
    kind: 'cooperative',
    at: p.key,
    name: `${p.unit.name.replace(/村$/, '')}${['农机', '养殖', '蔬菜'][i]}专业合作社`,
    code: codeOf(place * 10 + i + 2, 'V'),
    state: 'active',
    from: `201${luck.int(3, 9)}-05-20`,
    data: { role: 'single', scope: ['农机作业', '畜禽养殖', '蔬菜种植'][i]!, members: luck.int(8, 40) },
  }));
  return [own, ...others];
}

/** Cooperatives, leading product, industry, base and workshop of each village, the more the better its industry goes. */
export function villageIndustry(work: Work, scene: Scene): void {
  for (const p of scene.villages) {
    const { industry } = p.traits(2025) as { industry: number };
    const luck = luckAt(p, 'industry');
    const crop = cropOf(scene, p);
    work.subjects.push(...cooperativesOf(scene, p));
    if (industry < 0.28) continue;
    work.subjects.push(
      {
        id: idOf(`${p.key}/industry`),
        kind: 'industry',
        at: p.key,
        name: `${p.unit.name}${crop.name}产业`,
        state: 'active',
        from: '2022-03-15',
        data: { category: crop.category, leading: true, products: crop.name, growers: luck.int(30, 160) },
      },
      {
        id: idOf(`${p.key}/base`),
        kind: 'production-base',
        at: p.key,
        name: `${crop.name}生产基地`,
        place: `${p.unit.name}南片`,
        state: 'active',
        from: '2022-04-01',
        parent: idOf(`${p.unit.parent}/belt`),
        data: { crop: crop.name, areaMu: Math.round(120 + industry * 900 + luck.int(0, 180)), season: '春、秋两季' },
      },
      {
        id: idOf(`${p.key}/product`),
        kind: 'product',
        at: p.key,
        name: `${p.unit.name}${crop.name}`,
        state: 'active',
        from: '2022-06-01',
        parent: coopOf(p),
        data: { leading: true, brand: `${p.unit.name.slice(0, 2)}${crop.name}` },
      },
    );
    if (industry > 0.6)
      work.subjects.push({
        id: idOf(`${p.key}/workshop`),
        kind: 'workshop',
        at: p.key,
        name: `${crop.name}加工车间`,
        place: `${p.unit.name}村部东侧`,
        state: 'in-use',
        from: '2024-05-10',
        parent: coopOf(p),
        data: { product: `${crop.name}干`, yearlyCapacityKg: luck.int(40, 260) * 1000, jobs: luck.int(12, 48) },
      });
    certified(work, p, crop.name);
  }
}

/** Certificates as many as the village's own number says: those of last year's and what came or ran out since. */
function certified(work: Work, p: Place, crop: string): void {
  const [before, now] = [p.done(2025)['certified-products']!, p.done(2026)['certified-products']!];
  const kinds = ['green', 'pollution-free', 'organic', 'geographical'];
  for (let i = 0; i < Math.max(before, now); i++) {
    const id = idOf(`${p.key}/certified/${i}`);
    work.subjects.push({
      id,
      kind: 'product',
      at: p.key,
      name: `${crop}（${['鲜品', '干品', '礼盒'][i % 3]}）`,
      state: 'active',
      from: '2023-02-01',
      parent: coopOf(p),
      data: { leading: false },
    });
    work.designations.push({
      id: idOf(`${p.key}/certificate/${i}`),
      kind: 'product-certification',
      at: p.key,
      by: p.unit.parent!,
      grantor: '农产品认证机构',
      on: i < before ? '2024-03-20' : '2026-04-18',
      to: i < now ? '2027-12-31' : '2025-12-31',
      subject: id,
      number: `认证-${p.key.toUpperCase()}-${i + 1}`,
      basis: `产品认证证书（${crop}）`,
      data: { type: kinds[(i + p.key.length) % kinds.length]! },
    });
  }
}
