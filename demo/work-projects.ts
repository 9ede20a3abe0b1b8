import { fundSources } from '../domain/records/ledgers/declare.ts';
import {
  atMost,
  type BookRow,
  type CaseRow,
  type EntryRow,
  idOf,
  lastDay,
  type Line,
  plusDays,
  type Work,
} from './work-kit.ts';
import { isExample } from './work-agreements.ts';
import { programmeCases, programmeOf, squareOf, voteOn } from './work-key-works.ts';
import { contributions, type Gift, giftsBy, giftsWorth, labourBook, valueEntries } from './work-labour.ts';
import { luckAt, type Place, type Scene } from './work-scene.ts';

/** Works and their money: what was planned, what came in from whom, what was paid to people of the village, what they gave. */

interface Plan {
  readonly key: string;
  readonly title: string;
  readonly class: string;
  readonly use: string;
  readonly from: string;
  /** Days from the first proposal to the published result; null while it is still being built. */
  readonly days: number | null;
  readonly budget: number;
  /** What it really cost, of the budget. */
  readonly cost: number;
  /** Of the cost, in percent, to people and machines of the village. */
  readonly local: number;
  readonly keyWork: boolean;
  readonly parking?: number;
  /** Given free of charge, in yuan of agreed value. */
  readonly given?: number;
}

/** The example village: what its report tells of. */
const examplePlans: readonly Plan[] = [
  {
    key: 'landmark',
    title: '茶壶景观建设',
    class: 'scene',
    use: 'environment',
    from: '2025-03-06',
    days: 150,
    budget: 180_000,
    cost: 0.42,
    local: 70,
    keyWork: true,
    given: 42_000,
  },
  {
    key: 'railings',
    title: '绿化带护栏安装',
    class: 'garden',
    use: 'environment',
    from: '2025-04-10',
    days: 120,
    budget: 96_000,
    cost: 0.38,
    local: 75,
    keyWork: false,
    given: 26_000,
  },
  {
    key: 'workshop',
    title: '辣椒加工车间建设',
    class: 'industry',
    use: 'industry',
    from: '2024-03-15',
    days: 260,
    budget: 1_260_000,
    cost: 0.97,
    local: 22,
    keyWork: true,
  },
  {
    key: 'road',
    title: '生产道路硬化',
    class: 'road',
    use: 'infrastructure',
    from: '2026-02-12',
    days: 160,
    budget: 620_000,
    cost: 0.93,
    local: 35,
    keyWork: true,
    given: 18_000,
  },
  {
    key: 'parking',
    title: '候车亭和停车场建设',
    class: 'parking',
    use: 'infrastructure',
    from: '2026-05-18',
    days: null,
    budget: 240_000,
    cost: 0.5,
    local: 40,
    keyWork: true,
    parking: 36,
  },
  {
    key: 'square',
    title: '文化广场提升',
    class: 'square',
    use: 'culture',
    from: '2026-03-20',
    days: 140,
    budget: 310_000,
    cost: 0.88,
    local: 46,
    keyWork: true,
    given: 22_000,
  },
];

const kinds = [
  ['生产道路硬化', 'road', 'infrastructure'],
  ['污水管网建设', 'sewer', 'environment'],
  ['文化广场建设', 'square', 'culture'],
  ['党群服务中心提升', 'centre', 'venue'],
  ['仓储加工设施建设', 'industry', 'industry'],
  ['村头游园建设', 'garden', 'environment'],
] as const;

function plansOf(p: Place): readonly Plan[] {
  if (isExample(p)) return examplePlans;
  const luck = luckAt(p, 'projects');
  return [2025, 2026].flatMap((year) =>
    Array.from({ length: Math.round(Math.max(0, p.strength + 0.1) * 4 + luck.next()) }, (_, i) => {
      const [title, kind, use] = luck.pick(kinds);
      const month = luck.int(2, 8);
      return {
        key: `${year}-${i}`,
        title: p.rural ? title : title.replace('村头', '小区').replace('生产道路', '背街小巷'),
        class: kind,
        use,
        from: `${year}-0${month}-1${luck.int(0, 9)}`,
        days: year === 2026 && month > 5 ? null : luck.int(90, 170),
        budget: luck.int(8, 90) * 10_000,
        cost: 0.86 + luck.next() * 0.13,
        local: luck.int(12, 55),
        keyWork: luck.often(0.35),
      };
    }),
  );
}

const fen = (yuan: number) => Math.round(yuan) * 100;
const source = (i: number) => (['county', 'province', 'township', 'collective'] as const)[i % 4]!;

const bank = (amount: number): Line => ({ account: 'asset:bank', amount });

/** Paid from the bank to somebody outside the register. */
const spent = (on: string, text: string, account: string, amount: number, purpose: string): EntryRow => ({
  on,
  text,
  lines: [{ account, amount, purpose }, bank(-amount)],
});

/** Shared out among the households that worked; what does not divide goes to the first. */
function paidHome(p: Place, on: string, text: string, account: string, total: number, purpose: string): EntryRow {
  const homes = p.households.slice(0, isExample(p) ? 30 : 3);
  const each = Math.floor(total / homes.length);
  const lines = homes.map((h, i) => ({
    account,
    amount: i === 0 ? total - each * (homes.length - 1) : each,
    subject: h.id,
    purpose,
  }));
  return { on, text, lines: [...lines, bank(-total)] };
}

/** What came in was paid out for the work: a part of it to people of the village, with what they gave beside it. */
const endOf = (plan: Plan) => (plan.days === null ? lastDay : atMost(plusDays(plan.from, plan.days - 15)));
const giftsOf = (p: Place, plan: Plan): readonly Gift[] =>
  isExample(p) ? giftsWorth(plan.given ?? 0).filter(() => plan.given !== undefined) : giftsBy(p, plan.key);

function entriesOf(p: Place, plan: Plan, project: CaseRow): EntryRow[] {
  const cost = fen(plan.budget * plan.cost);
  const end = endOf(plan);
  const local = Math.round((cost * plan.local) / 100);
  const wages = Math.round(local * 0.7);
  const outside = Math.round(cost * 0.05);
  const works = Math.round((cost - local - outside) * 0.6);
  const fundSource = source(luckAt(p, `project/${plan.key}`).int(0, 3));
  const received = { account: 'income:funds', amount: -cost, fundSource, purpose: plan.use };
  return [
    {
      on: atMost(plusDays(plan.from, 40)),
      text: '项目资金到账',
      document: '拨款凭证',
      lines: [bank(cost), received],
    },
    spent(atMost(plusDays(plan.from, 50)), '支付材料费', 'expense:materials', cost - local - outside - works, plan.use),
    spent(end, '支付工程费', 'expense:works', works, plan.use),
    spent(end, '支付外来劳务费', 'expense:wages-outside', outside, plan.use),
    paidHome(p, end, '支付本村群众劳务费', 'expense:wages-local', wages, plan.use),
    paidHome(p, end, '支付本村机械费', 'expense:machines-local', local - wages, plan.use),
    ...valueEntries(project, giftsOf(p, plan), end),
  ];
}

/** The books of what is built for a workshop are about it. */
function bookOf(p: Place, plan: Plan, project: CaseRow, work: Work): BookRow {
  const about = plan.key === 'workshop' && work.subjects.find((s) => s.id === idOf(`${p.key}/workshop`));
  return {
    ...(about ? { subject: about.id } : {}),
    id: idOf(`${p.key}/project/${plan.key}/book`),
    kind: 'project',
    at: p.key,
    title: `${p.unit.name}${plan.title}项目账`,
    opened: plan.from,
    case: project.id,
    entries: entriesOf(p, plan, project),
  };
}

/** What the class of a work measures; of the sewers, by what they cost. */
function measuresOf(p: Place, plan: Plan): Record<string, number> {
  const luck = luckAt(p, `measures/${plan.key}`);
  const households = luck.int(40, 320);
  if (plan.class === 'sewer')
    return { households, lengthM: luck.int(4, 30) * 100, connected: luck.int(20, households) };
  if (plan.class === 'road') return { households, lengthM: luck.int(3, 24) * 100 };
  return { households };
}

const explained: Readonly<Record<string, string>> = {
  landmark: '群众投工投料，拆旧石料再利用，少用外来劳务；发票和现场照片附后。',
  railings: '护栏由本村木工制作安装，材料集中采购；发票和现场照片附后。',
};

function projectOf(p: Place, plan: Plan): CaseRow {
  const closed = plan.days === null ? undefined : plusDays(plan.from, plan.days);
  const done = closed !== undefined && closed <= lastDay;
  const parent = isExample(p) ? programmeOf(p, plan.key) : undefined;
  return {
    id: idOf(`${p.key}/project/${plan.key}`),
    type: 'project',
    state: done ? 'published' : 'building',
    title: `${p.unit.name}${plan.title}`,
    at: p.key,
    opened: plan.from,
    ...(done ? { closed } : { due: '2026-12-20' }),
    ...(parent === undefined ? {} : { parent }),
    ...(plan.use === 'environment' && plan.keyWork ? { ownerUnit: 'force-ecology' } : {}),
    owner: p.cadres[0]?.key ?? p.secretary.key,
    raiser: p.secretary.key,
    star: p.rural ? (plan.use === 'industry' ? 'industry' : 'ecology') : 'sharing',
    said: {
      deliberate: { reason: '“两委”和村民代表会议议定' },
      approve: { document: '乡镇项目批复' },
      fund: { reason: '资金已落实' },
      accept: { reason: '质量合格，群众代表参加验收' },
      'hand-over': { reason: '已移交管护' },
    },
    data: {
      class: plan.class,
      use: plan.use,
      key: plan.keyWork,
      budgetFen: fen(plan.budget),
      initiatedBy: 'residents',
      decidedBy: 'committees',
      supervisedBy: '村务监督委员会',
      builtByResidents: giftsOf(p, plan).length > 0,
      ...measuresOf(p, plan),
      ...(plan.parking ? { parkingPlaces: plan.parking } : {}),
      ...(isExample(p) && explained[plan.key] ? { differenceReason: explained[plan.key] } : {}),
    },
  };
}

/** Who asks for money of the creation fund says for what; the answer follows the published order. */
function requestOf(p: Place, plan: Plan, project: CaseRow): CaseRow {
  const closed = atMost(plusDays(plan.from, 38));
  return {
    id: idOf(`${project.id}/request`),
    type: 'fund-request',
    state: plan.days === null ? 'paid' : 'accounted',
    title: `${plan.title}资金申请`,
    at: p.key,
    opened: plusDays(plan.from, 12),
    ...(plan.days === null ? {} : { closed }),
    raiser: p.secretary.key,
    data: {
      amountFen: fen(plan.budget),
      approvedFen: fen(plan.budget * plan.cost),
      purpose: plan.use,
      projectId: project.id,
    },
  };
}

/** The county's published order, and the year's budget of its fund: what is given out never goes over it. */
function rules(): CaseRow[] {
  const at = { at: 'county', opened: '2026-01-12' } as const;
  return [
    {
      ...at,
      id: idOf('county/priority-rule'),
      type: 'priority-rule',
      state: 'in-force',
      title: '禾丰县创建资金排序规则',
      said: { adopt: { document: '禾创建办〔2026〕1号' } },
      data: {
        version: 1,
        from: '2026-01-12',
        criteria: [
          { by: 'creating' },
          { by: 'target', from: 4 },
          { by: 'purpose', order: ['environment', 'infrastructure', 'venue'] },
          { by: 'own' },
        ],
      },
    },
    ...(['province', 'city', 'county', 'township', 'enterprise', 'donation'] as const).map((fundSource) => ({
      ...at,
      id: idOf(`county/fund-budget/${fundSource}`),
      type: 'fund-budget',
      state: 'in-force',
      title: `2026 年创建资金预算（${fundSources[fundSource].zh}）`,
      data: { year: 2026, fundSource, amountFen: fen(5_200_000) },
    })),
  ];
}

/** Requests of this autumn that wait for a decision. */
function waitingOf(p: Place): CaseRow[] {
  const luck = luckAt(p, 'waiting-request');
  if (!luck.often(0.08)) return [];
  const [title, , purpose] = luck.pick(kinds);
  return [
    {
      id: idOf(`${p.key}/waiting-request`),
      type: 'fund-request',
      state: 'requested',
      title: `${p.unit.name}${title}资金申请`,
      at: p.key,
      opened: `2026-10-1${luck.int(0, 9)}`,
      due: '2026-11-20',
      raiser: p.secretary.key,
      data: { amountFen: fen(luck.int(5, 40) * 10_000), purpose, targetLevel: luck.int(2, 5) },
    },
  ];
}

/** The works of the example village stand in programmes, were voted on, and become places that are used. */
function exampleOf(work: Work, p: Place, plan: Plan, project: CaseRow): CaseRow {
  const title = `${p.unit.name}${plan.title}`;
  const chosen = voteOn(p, project.id, plan.key, title, plan.from);
  if (chosen) work.cases.push(chosen.vote);
  if (plan.class === 'square') work.subjects.push(squareOf(p, work, `${p.unit.name}文化广场`));
  const place = plan.class === 'square' ? { placeId: idOf(`${p.key}/culture-square`) } : {};
  return { ...project, data: { ...project.data, ...chosen?.data, ...place } };
}

export function projects(work: Work, scene: Scene): void {
  work.cases.push(...rules(), ...scene.places.flatMap(waitingOf));
  for (const p of scene.places) {
    const plans = plansOf(p);
    if (isExample(p)) work.cases.push(...programmeCases(p, new Map(plans.map((x) => [x.key, fen(x.budget)]))));
    for (const plan of plans) {
      const bare = projectOf(p, plan);
      const project = isExample(p) ? exampleOf(work, p, plan, bare) : bare;
      const gifts = giftsOf(p, plan);
      const saved = isExample(p) ? { savedFen: fen(plan.budget * (1 - plan.cost)) } : {};
      work.cases.push(project, ...contributions(p, { project, title: plan.title, from: plan.from, ...saved }, gifts));
      if (plan.keyWork) work.cases.push(requestOf(p, plan, project));
      work.books.push(bookOf(p, plan, project, work), ...labourBook(p, project, gifts, endOf(plan)));
    }
  }
}
