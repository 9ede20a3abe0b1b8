import { fenForArea } from '../domain/records/agreements/declare.ts';
import { branchShare, type Agreed, isExample, kilograms, paidPrice } from './work-agreements.ts';
import { atMost, type EntryRow, idOf, type Line, type Work } from './work-kit.ts';
import { coopOf, headOf, isBranch, isLed } from './work-registry.ts';
import { luckAt, type Place, type Scene } from './work-scene.ts';

/** Books of village collectives, of cooperatives with their head, and the funds of creation: every entry balances. */

const fen = (yuan: number) => Math.round(yuan) * 100;
const bank = (amount: number): Line => ({ account: 'asset:bank', amount });
const paid = (account: string, amount: number, more: Partial<Line> = {}): Line[] => [
  { account, amount, ...more },
  bank(-amount),
];
const earned = (account: string, amount: number, more: Partial<Line> = {}): Line[] => [
  bank(amount),
  { account, amount: -amount, ...more },
];

/** Shares a sum among households; what does not divide goes to the first. */
function shared(account: string, homes: readonly { readonly id: string }[], total: number, purpose?: string): Line[] {
  const each = Math.floor(total / homes.length);
  return [
    ...homes.map((h, i) => ({
      account,
      amount: i === 0 ? total - each * (homes.length - 1) : each,
      subject: h.id,
      ...(purpose ? { purpose } : {}),
    })),
    bank(-total),
  ];
}

/** Months at whose end a part of the year's income is entered. */
const quarters = ['03-28', '06-27', '09-26', '12-26'];

/** Of the running year three quarters have passed, and its number is as of then: what is told is what was entered. */
function quarterly(
  p: Place,
  year: number,
): { readonly total: number; readonly days: readonly string[]; readonly part: number } {
  const total = fen(p.done(year)['collective-income'] ?? 60_000);
  const days = year === 2026 ? quarters.slice(0, 3) : quarters;
  return { total, days, part: Math.floor(total / days.length) };
}

function collectiveYear(p: Place, year: number, agreed: Agreed): EntryRow[] {
  const rented = agreed.rented.get(p.key) ?? [];
  const luck = luckAt(p, `collective/${year}`);
  const done = p.done(year)['collective-income'] ?? 60_000;
  const subsidy = fen(done > 150_000 ? luck.int(2, 14) * 10_000 : luck.int(0, 3) * 10_000);
  const { total, days, part } = quarterly(p, year);
  // What its cooperative paid stands in both books; the last quarter brought so much less.
  const fromCoop = hasSeasons(p) && year > 2024 ? seasonOf(p, year, agreed).collective : 0;
  const inQuarter = (i: number) =>
    (i === 0 ? total - part * (days.length - 1) : part) - (i === days.length - 1 ? fromCoop : 0);
  const entries: EntryRow[] = days.map((d, i) => ({
    on: `${year}-${d}`,
    text: `${i + 1} 季度经营和发包收入`,
    lines: earned(i % 2 === 0 ? 'income:operations' : 'income:lease', inQuarter(i)),
  }));
  if (fromCoop > 0)
    entries.push({ on: `${year}-10-26`, text: '合作社上缴', lines: earned('income:cooperative', fromCoop) });
  if (subsidy > 0)
    entries.push({
      on: `${year}-05-20`,
      text: '上级产业补助',
      lines: earned('income:subsidy', subsidy, { fundSource: 'county' }),
    });
  const homes = p.households.slice(0, isExample(p) ? 24 : 4);
  const spend = (share: number) => Math.round(total * share);
  entries.push(
    { on: `${year}-06-30`, text: '管理费用', lines: paid('expense:management', spend(0.12)) },
    {
      on: `${year}-09-28`,
      text: '公益事业支出',
      lines: paid('expense:public-benefit', spend(0.1), {
        purpose: luck.pick(['environment', 'elderly', 'culture', 'education']),
      }),
    },
    { on: `${year}-08-28`, text: '支付村内务工报酬', lines: shared('expense:wages', homes, spend(0.18)) },
  );
  for (const r of rented)
    entries.push({
      on: `${year}-09-27`,
      text: `${year} 年土地租金`,
      source: { kind: 'agreement', id: `${r.contract}#rent-${year}` },
      lines: paid('expense:land-rent', fenForArea(r.areaMu, r.rentFen), {
        subject: r.home.id,
        purpose: 'land-rent',
      }),
    });
  if (total > 20_000_00 && year !== 2026)
    entries.push({
      on: `${year}-12-28`,
      text: `${year} 年度集体收益分红`,
      lines: shared('expense:dividends', p.households, spend(0.15)),
    });
  return entries;
}

function collectives(work: Work, scene: Scene, agreed: Agreed): void {
  for (const p of scene.villages)
    work.books.push({
      id: idOf(`${p.key}/collective`),
      kind: 'village-collective',
      at: p.key,
      title: `${p.unit.name}集体经济账`,
      opened: '2024-01-01',
      entries: [
        {
          on: '2024-01-01',
          text: '期初结余',
          lines: [bank(fen(60_000)), { account: 'equity:opening', amount: -fen(60_000) }],
        },
        ...[2024, 2025, 2026].flatMap((year) => collectiveYear(p, year, agreed)),
      ],
    });
}

/** Whose cooperative keeps books. */
const hasSeasons = (p: Place) => isLed(p) || isExample(p);

interface Season {
  readonly bought: readonly { readonly home: string; readonly amount: number }[];
  readonly crop: number;
  readonly processing: number;
  readonly wages: number;
  readonly sales: number;
  /** Parts of the profit: of the head cooperative, of the village collective; the rest is the members'. */
  readonly head: number;
  readonly collective: number;
  readonly profit: number;
}

function seasonOf(p: Place, year: number, { grown }: Agreed): Season {
  const luck = luckAt(p, `season/${year}`);
  const contracts = (grown.get(p.key) ?? []).map((g, i) => ({ g, i })).filter(({ g }) => g.season === year);
  const settled = contracts.map(({ g, i }) => ({ home: g.home.id, amount: kilograms(g) * paidPrice(g, i) }));
  const bought =
    settled.length > 0
      ? settled
      : p.households
          .slice(0, 3)
          .map((h) => ({ home: h.id, amount: fen(luck.int(3, 12) * 1000 * (year === 2025 ? 1 : 1.08)) }));
  const crop = bought.reduce((sum, b) => sum + b.amount, 0);
  const processing = Math.round(crop * 0.12);
  const wages = Math.round(crop * 0.08);
  const sales = Math.round(crop * 1.46);
  const profit = sales - crop - processing - wages;
  const head = isBranch(p) ? Math.round((profit * branchShare) / 100) : 0;
  const collective = Math.min(Math.round(profit * 0.25), quarterly(p, year).part - 1);
  return { bought, crop, processing, wages, sales, profit, head, collective };
}

/** A season of a cooperative: what growers were paid, what processing cost, what was sold, who got a part of the profit. */
function season(p: Place, year: number, agreed: Agreed): EntryRow[] {
  const { bought, crop, processing, wages, sales, profit, head, collective } = seasonOf(p, year, agreed);
  const homes = p.households.slice(0, Math.min(p.households.length, isExample(p) ? 48 : 6));
  return [
    { on: `${year}-08-20`, text: '收购备用金（社员出资）', lines: earned('equity:members', Math.round(crop * 1.3)) },
    {
      on: `${year}-09-28`,
      text: `${year} 年收购结算`,
      lines: [
        ...bought.map((b) => ({
          account: 'expense:crop-settlement',
          amount: b.amount,
          subject: b.home,
          purpose: 'purchase',
        })),
        bank(-crop),
      ],
    },
    { on: `${year}-10-08`, text: '加工成本', lines: paid('expense:processing', processing, { purpose: 'processing' }) },
    { on: `${year}-10-09`, text: '车间务工报酬', lines: shared('expense:wages', homes, wages, 'processing') },
    { on: `${year}-10-20`, text: '产品销售', lines: earned('income:sales', sales, { purpose: 'sale' }) },
    { on: `${year}-10-22`, text: '退还收购备用金', lines: paid('equity:members', Math.round(crop * 1.3)) },
    ...(head > 0
      ? [
          {
            on: `${year}-10-24`,
            text: '按约定上缴总社',
            lines: paid('expense:head-contribution', head, { book: idOf(`${p.unit.parent}/head/book`) }),
          },
        ]
      : []),
    { on: `${year}-10-26`, text: '上缴村集体', lines: paid('expense:collective-contribution', collective) },
    {
      on: `${year}-10-28`,
      text: '社员分红',
      lines: shared('expense:dividends', homes, Math.round((profit - head - collective) * 0.6)),
    },
  ];
}

/** What a branch pays to its head stands in both books, and falls out where the books are added up. */
function headEntries(
  branches: readonly { readonly book: string; readonly entries: readonly EntryRow[] }[],
): EntryRow[] {
  return branches.flatMap(({ book, entries }) =>
    entries
      .filter((e) => e.lines[0]!.account === 'expense:head-contribution')
      .map((e) => ({
        on: e.on,
        text: '分社上缴利润',
        lines: [bank(e.lines[0]!.amount), { account: 'income:branch-profit', amount: -e.lines[0]!.amount, book }],
      })),
  );
}

function cooperatives(work: Work, scene: Scene, agreed: Agreed): void {
  for (const town of scene.towns.filter((t) => t.type === 'township')) {
    const books = scene
      .below(town.key)
      .filter(hasSeasons)
      .map((p) => ({
        p,
        book: idOf(`${p.key}/cooperative/book`),
        entries: [2025, 2026].flatMap((year) => season(p, year, agreed)),
      }));
    const head = idOf(`${town.key}/head/book`);
    work.books.push(
      {
        id: head,
        kind: 'cooperative',
        at: town.key,
        title: `${town.name}合作社总社账`,
        opened: '2025-01-01',
        subject: headOf(town.key),
        entries: headEntries(books.filter((b) => isBranch(b.p))),
      },
      ...books.map(({ p, book, entries }) => ({
        id: book,
        kind: 'cooperative',
        at: p.key,
        title: `${p.unit.name}合作社账`,
        opened: '2025-01-01',
        subject: coopOf(p),
        ...(isBranch(p) ? { head } : {}),
        entries,
      })),
    );
  }
}

const sources = ['province', 'city', 'county', 'township', 'enterprise', 'donation'] as const;

/** What was gathered for creation in a county or township, from whom, and where it went. */
function fundEntries(at: { readonly key: string }, scale: number): EntryRow[] {
  const luck = luckAt(at, 'fund');
  return [2025, 2026].flatMap((year) =>
    sources.flatMap((fundSource, i) => {
      const amount = fen(luck.int(12, 60) * scale);
      const allocated = Math.round(amount * 0.85);
      return [
        {
          on: `${year}-0${i + 2}-1${i}`,
          text: '归集创建资金',
          document: '资金下达文件',
          lines: earned('income:received', amount, { fundSource }),
        },
        {
          on: atMost(`${year}-0${i + 3}-2${i}`),
          text: '拨付到项目和村',
          lines: paid('expense:allocated', allocated, {
            fundSource,
            purpose: ['infrastructure', 'environment', 'industry', 'venue', 'public-service', 'culture'][i]!,
          }),
        },
      ];
    }),
  );
}

function funds(work: Work, scene: Scene): void {
  for (const unit of [scene.unit('county'), ...scene.towns])
    work.books.push({
      id: idOf(`${unit.key}/fund`),
      kind: 'creation-fund',
      at: unit.key,
      title: `${unit.name}创建资金账`,
      opened: '2025-01-01',
      entries: fundEntries(unit, unit.key === 'county' ? 100_000 : 10_000),
    });
  work.books.push({
    id: idOf('county/reward-fund'),
    kind: 'reward-fund',
    at: 'county',
    title: '禾丰县“五星”支部奖励资金账',
    opened: '2025-01-01',
    entries: [2025, 2026].map((year) => ({
      on: `${year}-03-18`,
      text: `${year} 年度奖励资金安排`,
      document: `禾财预〔${year}〕8号`,
      lines: earned('income:appropriated', fen(year === 2025 ? 3_000_000 : 3_600_000), { fundSource: 'county' }),
    })),
  });
}

export function money(work: Work, scene: Scene, agreed: Agreed): void {
  collectives(work, scene, agreed);
  cooperatives(work, scene, agreed);
  funds(work, scene);
}
