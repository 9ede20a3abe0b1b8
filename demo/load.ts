import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { CycleState } from '../domain/stars/contract-shared.ts';
import type { Words } from '../domain/words.ts';
import { criteriaOf } from '../domain/stars/standard.ts';
import { inRoot } from '../server/platform/paths.ts';
import type { Database } from '../server/platform/db/database.ts';
import type { FileStore } from '../server/platform/files/index.ts';
import { type Rq, system } from '../server/platform/rq.ts';
import { listCandidates } from '../server/modules/stars/candidates.ts';
import { record } from '../server/platform/journal.ts';
import { getCycle, standardFor } from '../server/modules/stars/common.ts';
import { openCycle } from '../server/modules/stars/cycles.ts';
import { draftPlan, stepPlan } from '../server/modules/stars/plans.ts';
import { rescoreCycle, snapshotMonth } from '../server/modules/stars/rescoring.ts';
import { withoutTelling } from '../server/modules/stars/telling.ts';
import { giveScores, lockPanel, openRound } from '../server/records/judgements/index.ts';
import { draftStandard, loadStandards, publishStandard } from '../server/records/standards/index.ts';
import { goOn, playStage, type Stage, stageOf } from './acts.ts';
import { type DemoCounty, demoCounty } from './county.ts';
import { loadFacts } from './facts.ts';
import { arrived, type Ground, insertMany, layGround } from './ground.ts';
import { panelScores } from './judging.ts';
import { personas } from './personas.ts';
import { loadWork } from './work.ts';

/** Everybody's password in the demo: it exists only with the demo's data, and the demo listens to this machine only. */
export const demoPassword = 'wuxing-demo';

/** Villages that a visitor plays: the first of the first township, and the first community of the first street. */
export const visitorsUnits = ['t1v1', 's1c1'] as const;

const shown: readonly [login: string, zh: string, en: string][] = [
  ['zuzhibu', '县委组织部（牵头）', 'County organisation department (lead office)'],
  ['shuji', '县委书记（抓总、命名）', 'County secretary (overall owner, names)'],
  ['weiyuan1', '评定委员会成员（表决）', 'Member of the deciding committee'],
  ['weiyuan2', '评定委员会成员（表决）', 'Member of the deciding committee'],
  ['zb-branch', '支部过硬星专班', 'Task force, strong branch'],
  ['zb-industry', '产业兴旺星专班', 'Task force, thriving industry'],
  ['zb-ecology', '生态宜居星专班', 'Task force, pleasant ecology'],
  ['zb-safety', '平安法治星专班', 'Task force, safety and law'],
  ['zb-civility', '文明幸福星专班', 'Task force, civility and happiness'],
  ['t1-shuji', '青石镇党委书记', 'Township secretary'],
  ['t1-dangjianban', '青石镇党建办（初审）', 'Township party-building office (review)'],
  ['t1v1-shuji', '村党支部书记', 'Branch secretary of a village'],
  ['t1v1-bao', '包村干部', 'Village contact cadre'],
  ['t1v1-wangge', '村专职网格员', 'Grid worker of a village'],
  ['t1v1-jumin', '村民（本人积分与本户收入）', 'Resident of a village (own points, income of the household)'],
  ['s1c1-shuji', '社区党支部书记', 'Branch secretary of a community'],
  ['pingwei', '观摩评委', 'Observer'],
  ['jiwei', '纪检监督', 'Auditor'],
  ['admin', '系统管理员', 'Administrator'],
];

export const demoAccounts: readonly { login: string; password: string; role: Words }[] = shown.map(
  ([login, zh, en]) => ({
    login,
    password: demoPassword,
    role: { zh, en },
  }),
);

/** Parts of the loading by their share of the time, so that the bar moves evenly. */
const shares = { ground: 3, work: 20, before: 20, now: 4 };

type Progress = (done: number, total: number) => void;

/** Loads the fictional county: two years of numbers, the cycle of last year to its end, this year's up to the declarations. */
export async function loadDemo(
  database: Database,
  files: FileStore,
  progress: Progress = () => undefined,
): Promise<void> {
  const total = (shares.ground + shares.work + shares.before + shares.now) * 100;
  // A stage goes through its branches several times; what is shown never goes back.
  let furthest = 0;
  const tell = (done: number) => {
    furthest = Math.max(furthest, Math.round(done));
    progress(furthest, total);
  };
  const county = demoCounty();
  const at = (moment: string) => ({ moment, work: <T>(w: (rq: Rq) => Promise<T>) => inYear(database, moment, w) });
  const ground = await at('2026-01-05').work(async (rq) => {
    const laid = await layGround({ ...rq, now: new Date('2025-01-02T09:00:00+08:00') }, county, demoPassword);
    await loadFacts(rq, county, laid);
    const { faults } = await loadStandards(rq, inRoot('standards'));
    if (faults.length > 0) throw new Error(faults.join('\n'));
    for (const id of ['sample-rural', 'sample-urban']) {
      await draftStandard(rq, ofLastYear(readFileSync(inRoot('standards', `${id}.yaml`), 'utf8')), `${id}.yaml`);
      for (const version of ['2025.1', '2026.1']) await publishStandard(rq, id, version, '演示：样例标准');
    }
    return laid;
  });
  // The embedded database has no process that keeps its statistics; without them it plans as if the tables were empty.
  await database.maintain(analyze());
  tell(shares.ground * 100);
  await at('2026-11-01').work((rq) =>
    loadWork(rq, county, ground, files, (share) => tell((shares.ground + share * shares.work) * 100)),
  );
  await database.maintain(analyze());
  const begun = (shares.ground + shares.work) * 100;
  await playYear(database, county, ground, 2025, lastYear, (share) => tell(begun + share * shares.before * 100));
  const second = begun + shares.before * 100;
  await playYear(database, county, ground, 2026, thisYear, (share) => tell(second + share * shares.now * 100));
  tell(total);
}

/** Last year's cycle was judged by the version of its own year. */
function ofLastYear(yaml: string): string {
  return yaml
    .replace(/^version: .*$/m, "version: '2025.1'")
    .replace(/^effective: .*$/m, 'effective: { from: 2025-01-01, to: 2025-12-31 }');
}

function inYear<T>(database: Database, moment: string, work: (rq: Rq) => Promise<T>): Promise<T> {
  const now = new Date(`${moment}T10:00:00+08:00`);
  return database.write([''], async (db) => {
    try {
      return await work({ actor: system, db, now, lang: 'zh' });
    } finally {
      await arrived(db);
    }
  });
}

/** When each stage of a cycle ended, in the story of the demo. */
type Story = readonly (readonly [moment: string, to: CycleState | 'panel' | 'month'])[];

const lastYear: Story = [
  ['2025-03-10', 'planning'],
  ['2025-03-24', 'creating'],
  ['2025-11-20', 'self-assessment'],
  ['2025-11-28', 'panel'],
  ['2025-12-08', 'township-review'],
  ['2025-12-16', 'verification'],
  ['2025-12-25', 'joint-review'],
  ['2026-01-05', 'proposed'],
  ['2026-01-08', 'publicity'],
  ['2026-01-19', 'named'],
  ['2026-02-02', 'watching'],
];

const thisYear: Story = [
  ['2026-03-09', 'planning'],
  ['2026-03-23', 'creating'],
  ['2026-10-31', 'panel'],
  ['2026-11-01', 'month'],
];

/** The stages whose scores the next act goes by: the form of a self-assessment, and what the joint review recommends. */
const scoredStages: ReadonlySet<CycleState> = new Set(['self-assessment', 'verification']);

/** A small sample tells the planner what it needs here; the usual one reads every long text of tables of this size. */
const analyze = (tables = '') =>
  `SET default_statistics_target = 10; ANALYZE ${tables}; RESET default_statistics_target`;

/** What a stage of a cycle writes; the rest of the county stands still meanwhile. */
const grows = ['cases', 'case_steps', 'judgements', 'confirmations', 'standings', 'designations', 'publications'];
/** The stages that write much of it. */
const fills: ReadonlySet<Story[number][1]> = new Set(['creating', 'township-review', 'joint-review', 'proposed']);

async function playYear(
  database: Database,
  county: DemoCounty,
  ground: Ground,
  year: number,
  story: Story,
  progress: (share: number) => void,
): Promise<void> {
  const open = `${year}-02-24`;
  const cycleId = await inYear(database, open, async (rq) => {
    const organiser = (await (await personas(rq)).as('organiser', ground.unitId.get('county')!))!;
    const standard = (id: string) => ({ id, version: `${year}.1` });
    const opened = await openCycle(organiser, {
      unitId: ground.unitId.get('county')!,
      year,
      title: `${year} 年度“五星”支部创建`,
      rural: standard('sample-rural'),
      urban: standard('sample-urban'),
      publicityDays: 5,
      approversNeeded: 2,
      deadlines: {},
    });
    return opened.id;
  });
  // Last year everybody took part; this year the visitor's villages wait for the visitor.
  const except = year === 2025 ? [] : visitorsUnits.map((key) => ground.unitId.get(key)!);
  for (const [i, [moment, to]] of story.entries()) {
    await inYear(database, moment, (rq) =>
      withoutTelling(rq, async () => {
        const stage = await stageOf(rq, cycleId, new Set(except), (done, of) =>
          progress((i + done / of) / story.length),
        );
        if (to === 'creating') await planYear(stage);
        if (to === 'township-review') await confirmYear(rq, stage, ground);
        if (to === 'panel') await playPanels(stage, county);
        else if (to === 'month') await snapshotMonth(rq, stage.cycle, '2026-10');
        else {
          await playStage(stage, { scored: scoredStages.has(stage.cycle.state) });
          await goOn({ ...stage, cycle: await getCycle(rq, cycleId) }, to);
        }
        // What is told of the county now: this year's declarations stand, and everyone has a live standing.
        if (to === 'panel' && year === 2026) {
          await playStage(await stageOf(rq, cycleId, new Set(except)), { scored: false });
          await rescoreCycle(rq, stage.cycle);
        }
      }),
    );
    if (fills.has(to)) await database.maintain(analyze(grows.join(', ')));
    progress((i + 1) / story.length);
  }
}

/** The county's plan: drafted by the organisation department, put in force by the secretary. A plan, not a quota. */
async function planYear(stage: Stage): Promise<void> {
  const { cycle, people } = stage;
  const organiser = (await people.as('organiser', cycle.unitId))!;
  const owner = (await people.as('overall-owner', cycle.unitId))!;
  const { year } = cycle.data;
  const candidates = stage.branches.filter((b) => b.id % 6 === 0);
  const planId = await draftPlan(organiser, {
    unitId: cycle.unitId,
    title: `禾丰县 ${year} 年度创建规划`,
    document: { title: `${year} 年度“五星”支部创建工作安排`, number: `禾组〔${year}〕6号` },
    stars: [],
    years: [
      {
        year,
        counts: {
          rural: { '5': 12, '4': 30, '3': 90, '2': 120 },
          urban: { '5': 4, '4': 9, '3': 15, '2': 10 },
          stars: { branch: 16, industry: 60, ecology: 190, safety: 200, civility: 230 },
        },
        branches: candidates.map((b, i) => ({
          unitId: b.id,
          level: 3 + (i % 3),
          origin: i % 4 === 3 ? ('reserve' as const) : ('planned' as const),
        })),
      },
    ],
  });
  await stepPlan(organiser, planId, { step: 'review', reason: '与各乡镇、各专班会商一致' });
  await stepPlan(owner, planId, { step: 'adopt', reason: '常委会研究同意' });
}

/** Last year's data of branches that took no part were confirmed too, by their secretaries; nobody needs to see each click. */
async function confirmYear(rq: Rq, stage: Stage, ground: Ground): Promise<void> {
  const part = new Set((await listCandidates(rq, stage.cycle.id)).map((c) => c.unitId));
  const rows = [];
  for (const b of stage.branches.filter((one) => !part.has(one.id))) {
    const secretary = await stage.people.as('branch-secretary', b.id);
    const confirmed_by = secretary?.actor.userId ?? null;
    rows.push({
      id: randomUUID(),
      unit_id: b.id,
      unit_path: b.path,
      period: String(stage.cycle.data.year),
      confirmed_by,
      confirmed_at: rq.now,
    });
  }
  const columns = {
    id: 'uuid',
    unit_id: 'int',
    unit_path: 'text',
    period: 'text',
    confirmed_by: 'uuid',
    confirmed_at: 'timestamptz',
  };
  await insertMany(rq.db, 'confirmations', columns, rows);
  await record(rq, {
    verb: 'demo.confirm',
    subject: { kind: 'unit', id: ground.unitId.get('county')! },
    path: stage.cycle.unitPath,
    after: { units: rows.length },
  });
}

/** A round of observation for each scheme: every observer sees every branch, and the round is locked. */
async function playPanels(stage: Stage, county: DemoCounty): Promise<void> {
  const { rq, cycle, people } = stage;
  const organiser = (await people.as('organiser', cycle.unitId))!;
  const observers: Rq[] = [];
  for (let n = 0; n < 5; n++) observers.push((await people.nth('observer', cycle.unitId, n))!);
  const units = new Map(county.units.map((u) => [u.key, u]));
  for (const scheme of ['rural', 'urban'] as const) {
    const standard = await standardFor(rq, cycle, scheme);
    if (!standard) continue;
    const branches = stage.branches.filter((b) => b.scheme === scheme);
    const round = await openRound(organiser, {
      title: `${cycle.data.year} 年逐村观摩（${scheme === 'rural' ? '农村' : '城市'}）`,
      hostId: cycle.unitId,
      parentId: cycle.id,
      standard: { id: standard.id, version: standard.version },
      unitIds: branches.map((b) => b.id),
      observers: observers.map((o) => o.actor.personId!),
    });
    const items = criteriaOf(standard).filter(({ criterion }) => criterion.rule.type === 'review');
    for (const [n, observer] of observers.entries()) {
      const scores = branches.flatMap((b) =>
        items.map(({ star, criterion }) => ({
          unitId: b.id,
          item: criterion.id,
          value: panelScores(units.get(b.unit.key)!, star.id, criterion, cycle.data.year, 5)[n]!,
        })),
      );
      await giveScores(observer, round.id, scores);
    }
    await lockPanel(organiser, round.id, undefined);
  }
}
