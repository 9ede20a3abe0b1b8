import { atMost, idOf, type AgreementRow, type Work } from './work-kit.ts';
import { coopOf, cropOf, enterpriseOf, headOf, isBranch, isLed } from './work-registry.ts';
import { type Home, luckAt, type Place, type Scene } from './work-scene.ts';

/** What villages, cooperatives, households, firms and estates agreed upon; both sides signed, or it would not be in force. */

export interface Grown {
  readonly contract: string;
  readonly home: Home;
  readonly season: number;
  readonly areaMu: number;
  readonly floorPriceFen: number;
}

export interface Rented {
  readonly contract: string;
  readonly home: Home;
  readonly areaMu: number;
  readonly rentFen: number;
}

/** What was agreed, for the deliveries, rents and shares that follow from it. */
export interface Agreed {
  readonly grown: ReadonlyMap<string, readonly Grown[]>;
  readonly rented: ReadonlyMap<string, readonly Rented[]>;
}

export const isExample = (p: Place) => p.key === 't1v1';
const some = (p: Place, share: number) => p.households.slice(0, Math.max(1, Math.round(p.households.length * share)));

function binding(p: Place, crop: string): AgreementRow[] {
  const { industry } = p.traits(2025) as { industry: number };
  const rows: AgreementRow[] = [];
  const obligations = '合作社按标准组织生产，企业按约定收购并提供技术指导';
  if (isLed(p) && industry > 0.44)
    rows.push({
      id: idOf(`${p.key}/bound/enterprise`),
      kind: 'enterprise-binding',
      at: p.key,
      title: `${p.unit.name}${crop}合作社与龙头企业产销协议`,
      from: industry > 0.55 ? '2024-03-01' : '2025-04-10',
      to: '2027-12-31',
      parties: [
        { role: 'cooperative', subject: coopOf(p) },
        { role: 'leading-enterprise', subject: enterpriseOf(p.unit.parent!, p.key.length % 2) },
      ],
      terms: { crop, obligations, price: '随行就市，不低于保护价' },
    });
  if (industry > 0.36)
    rows.push({
      id: idOf(`${p.key}/bound/farmers`),
      kind: 'farmer-binding',
      at: p.key,
      title: `${p.unit.name}农户与合作社利益联结协议`,
      from: industry > 0.5 ? '2024-03-05' : '2025-04-15',
      to: '2027-12-31',
      parties: [
        { role: 'cooperative', subject: coopOf(p) },
        ...some(p, 0.2 + industry * 0.7).map((h) => ({ role: 'farmer', subject: h.id })),
      ],
      terms: { crop, obligations: '合作社统一供种、收购和结算，农户按标准种植' },
    });
  return rows;
}

/** Peppers (or what the village grows) under contract, each season anew. */
function growers(p: Place, crop: string): { row: AgreementRow; grown: Grown }[] {
  const { industry } = p.traits(2025) as { industry: number };
  if (!isExample(p) && (!isLed(p) || industry < 0.55)) return [];
  const luck = luckAt(p, 'growers');
  const homes = isExample(p) ? p.households.slice(0, 48) : some(p, 0.25);
  return [2025, 2026].flatMap((season) =>
    homes.map((home, i) => {
      const grown = {
        contract: idOf(`${p.key}/grower/${season}/${i}`),
        home,
        season,
        areaMu: luck.int(20, 90) / 10,
        floorPriceFen: season === 2025 ? 880 : 920,
      };
      const row: AgreementRow = {
        id: grown.contract,
        kind: 'grower-contract',
        at: p.key,
        title: `${season} 年${crop}订单种植合同（${home.address}）`,
        from: `${season}-03-10`,
        to: `${season}-12-31`,
        parties: [
          { role: 'buyer', subject: coopOf(p) },
          { role: 'grower', subject: home.id },
        ],
        terms: {
          crop,
          season,
          areaMu: grown.areaMu,
          floorPriceFen: grown.floorPriceFen,
          services: ['seeds', 'technique', 'purchase'],
        },
      };
      return { row, grown };
    }),
  );
}

function rents(p: Place): { row: AgreementRow; rented: Rented }[] {
  const { industry } = p.traits(2025) as { industry: number };
  if (!isExample(p) && industry < 0.5) return [];
  const luck = luckAt(p, 'rents');
  const homes = isExample(p) ? p.households.slice(20, 36) : p.households.slice(-2);
  return homes.map((home, i) => {
    const rented = { contract: idOf(`${p.key}/rent/${i}`), home, areaMu: luck.int(12, 60) / 10, rentFen: 80_000 };
    const row: AgreementRow = {
      id: rented.contract,
      kind: 'land-transfer',
      at: p.key,
      title: `土地流转合同（${home.address}）`,
      from: '2024-01-01',
      to: '2028-12-31',
      parties: [
        { role: 'lessor', subject: home.id },
        { role: 'lessee', unit: p.key },
      ],
      terms: { areaMu: rented.areaMu, rentFen: rented.rentFen, payOn: '09-27', payer: 'village-collective' },
    };
    return { row, rented };
  });
}

function gifts(p: Place): AgreementRow[] {
  const count = isExample(p) ? 9 : p.traits(2025)['ecology']! > 0.68 ? 1 : 0;
  const luck = luckAt(p, 'gifts');
  return p.households.slice(p.households.length - count).map((home, i) => ({
    id: idOf(`${p.key}/gift/${i}`),
    kind: 'land-gift',
    at: p.key,
    title: `无偿让出菜地同意书（${home.address}）`,
    from: `2025-0${4 + (i % 4)}-2${i % 8}`,
    parties: [
      { role: 'giver', subject: home.id },
      { role: 'village', unit: p.key },
    ],
    terms: {
      areaMu: luck.int(5, 40) / 100,
      purpose: '村内小游园和道路拓宽',
      revocable: '工程未用地前可随时撤回',
      thanks: false,
    },
  }));
}

function branchProfit(p: Place): AgreementRow[] {
  if (!isBranch(p)) return [];
  return [
    {
      id: idOf(`${p.key}/branch-profit`),
      kind: 'branch-profit',
      at: p.key,
      title: `${p.unit.name}分社利润上缴约定`,
      from: '2024-01-10',
      to: '2028-12-31',
      parties: [
        { role: 'head', subject: headOf(p.unit.parent!) },
        { role: 'branch', subject: coopOf(p) },
      ],
      terms: { sharePercent: branchShare, every: 'year' },
    },
  ];
}

/** Of a branch's profit, in percent, to the head cooperative. */
export const branchShare = 20;

function urban(p: Place): AgreementRow[] {
  const luck = luckAt(p, 'agreements');
  const { sharing } = p.traits(2025) as { sharing: number };
  const street = p.unit.parent!;
  const partners = ['机关党支部', '学校党支部', '医院党支部', '银行党支部', '供电所党支部'];
  const joint = partners.slice(0, Math.max(1, Math.round(sharing * 5))).map((name, i) => ({
    id: idOf(`${p.key}/joint/${i}`),
    kind: 'joint-branch',
    at: p.key,
    title: `与${name}共建联建协议`,
    from: i < 2 ? '2024-05-20' : '2025-03-18',
    to: '2027-12-31',
    parties: [
      { role: 'community', unit: p.key },
      { role: 'partner', outside: `驻区${name}` },
    ],
    terms: { plan: '需求、资源、项目三张清单逐项认领', activities: 4 },
  }));
  const served = p.estates.filter(() => luck.often(0.35 + sharing * 0.6));
  const property = served.map((e, i) => ({
    id: idOf(`${p.key}/property/${i}`),
    kind: 'property-service',
    at: e.key,
    title: `${e.name}物业服务协议`,
    from: '2025-01-01',
    to: '2027-12-31',
    parties: [
      { role: 'firm', subject: idOf(`${street}/firm/${i % 3}`) },
      { role: 'estate', unit: e.key },
    ],
    terms: { route: 'contract', feeFen: luck.int(18, 60) * 1_000_000, duties: '保洁、秩序维护、设施维修' },
  }));
  const alliance = Array.from({ length: p.done(2026)['merchant-alliance-members']! }, (_, i) => ({
    id: idOf(`${p.key}/alliance/${i}`),
    kind: 'alliance-membership',
    at: p.key,
    title: `“志愿者商户联盟”入盟约定（${i + 1} 号）`,
    from: i % 3 === 0 ? '2026-03-10' : '2025-04-12',
    to: '2027-12-31',
    parties: [
      { role: 'alliance', unit: p.key },
      { role: 'member', subject: idOf(`${p.key}/merchant/${i}`) },
    ],
    terms: { offer: '志愿者凭积分享九折' },
  }));
  return [...joint, ...property, ...alliance];
}

export function agreements(work: Work, scene: Scene): Agreed {
  const grown = new Map<string, Grown[]>();
  const rented = new Map<string, Rented[]>();
  for (const p of scene.villages) {
    const crop = cropOf(scene, p).name;
    const grows = growers(p, crop);
    const lets = rents(p);
    grown.set(
      p.key,
      grows.map((g) => g.grown),
    );
    rented.set(
      p.key,
      lets.map((r) => r.rented),
    );
    work.agreements.push(
      ...binding(p, crop),
      ...grows.map((g) => g.row),
      ...lets.map((r) => r.row),
      ...gifts(p),
      ...branchProfit(p),
    );
  }
  for (const p of scene.communities) if (!p.rural) work.agreements.push(...urban(p));
  deliveries(work, grown);
  return { grown, rented };
}

/** Each contract is delivered in the autumn of its season; nearly all of it is paid at or above the floor. */
function deliveries(work: Work, grown: ReadonlyMap<string, readonly Grown[]>): void {
  for (const [at, contracts] of grown)
    for (const [i, g] of contracts.entries()) {
      const on = `${g.season}-09-${String(5 + (i % 20)).padStart(2, '0')}`;
      work.cases.push({
        id: idOf(`${g.contract}/delivery`),
        type: 'crop-delivery',
        state: 'settled',
        title: `${g.season} 年交售登记（${g.home.address}）`,
        at,
        opened: on,
        closed: atMost(`${g.season}-10-1${i % 9}`),
        subject: g.home.id,
        data: {
          contractId: g.contract,
          season: g.season,
          on,
          kg: kilograms(g),
          paidPriceFen: paidPrice(g, i),
          floorPriceFen: g.floorPriceFen,
        },
      });
    }
}

/** So many kilograms of dried peppers by the mu. */
export const kilograms = (g: Grown) => Math.round(g.areaMu * 210);
/** Every twelfth delivery was paid below the floor and stands out. */
export const paidPrice = (g: Grown, i: number) =>
  i % 12 === 11 ? g.floorPriceFen - 30 : g.floorPriceFen + (i % 5) * 20;
