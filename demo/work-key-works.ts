import { type CaseRow, idOf, plusDays, type SubjectRow, type Work } from './work-kit.ts';
import type { Place } from './work-scene.ts';

/** What stands around the works of the example village: the programmes that hold them, the votes that chose, what they became. */

const programmes = {
  infrastructure: ['基础设施提升计划', '道路、停车和候车设施', ['road', 'parking']],
  'production-living': ['生产生活设施计划', '辣椒加工车间、景观和绿化护栏', ['workshop', 'landmark', 'railings']],
  'public-service': ['公共服务提升计划', '文化广场和群众活动场所', ['square']],
} as const;

const programmeId = (p: Place, system: string) => idOf(`${p.key}/programme/${system}`);

/** The programme that holds a work of the example village. */
export function programmeOf(p: Place, key: string): string | undefined {
  const found = Object.entries(programmes).find(([, [, , keys]]) => (keys as readonly string[]).includes(key));
  return found && programmeId(p, found[0]);
}

/** `budgets`: of the works of the village, by their key. */
export function programmeCases(p: Place, budgets: ReadonlyMap<string, number>): CaseRow[] {
  return Object.entries(programmes).map(([system, [title, scope, keys]]) => ({
    id: programmeId(p, system),
    type: 'programme',
    state: 'running',
    title: `${p.unit.name}${title}`,
    at: p.key,
    opened: '2024-02-20',
    due: '2026-12-31',
    raiser: p.secretary.key,
    data: {
      system,
      keyWorks: true,
      scope,
      budgetFen: keys.reduce((n, key) => n + (budgets.get(key) ?? 0), 0),
      supervisedBy: '村务监督委员会和群众代表',
    },
  }));
}

const options: Readonly<Record<string, readonly [string, string, string]>> = {
  landmark: ['茶壶造型景观', '普通花坛', '暂不建设'],
  railings: ['石木护栏', '钢制护栏', '绿篱'],
  workshop: ['新建加工车间', '改造旧仓库', '暂不建设'],
  road: ['水泥硬化', '沥青路面', '砂石路面'],
  parking: ['村口集中停车', '分组停车', '暂不建设'],
  square: ['健身和舞台', '只做铺装', '暂不建设'],
};

export interface Chosen {
  readonly vote: CaseRow;
  readonly data: { readonly decidedBy: string; readonly voteId: string; readonly approvedOption: string };
}

/** A vote of the village's households about one of its works, counted and locked. */
export function voteOn(p: Place, project: string, key: string, title: string, from: string): Chosen | null {
  const offered = options[key];
  if (!offered) return null;
  const eligible = p.households.length * 2;
  const cast = Math.round(eligible * 0.84);
  const most = Math.round(cast * 0.72);
  const vote: CaseRow = {
    id: idOf(`${project}/vote`),
    type: 'resident-vote',
    state: 'locked',
    title: `${title}方案表决`,
    at: p.key,
    opened: plusDays(from, 4),
    closed: plusDays(from, 14),
    owner: p.cadres[0]?.key ?? p.secretary.key,
    raiser: p.secretary.key,
    said: { start: { document: '表决公告' }, count: { reason: '公开唱票、计票' }, lock: { reason: '监票人签字确认' } },
    data: {
      question: `${title}怎么建`,
      options: offered,
      eligible,
      cast,
      votes: [most, cast - most - 6, 4],
      projectId: project,
    },
  };
  return { vote, data: { decidedBy: 'vote', voteId: vote.id, approvedOption: offered[0] } };
}

/** The square is in use since it was handed over, and what is done there stands on it. */
export function squareOf(p: Place, work: Work, title: string): SubjectRow {
  const square: SubjectRow = {
    id: idOf(`${p.key}/culture-square`),
    kind: 'culture-square',
    at: p.key,
    name: title,
    state: 'in-use',
    from: '2024-05-01',
    place: '村委会对面',
    data: { upkeep: '村文艺队' },
  };
  for (const [i, on] of ['2026-08-22', '2026-09-19', '2026-10-17'].entries())
    work.events.push({
      id: idOf(`${square.id}/session/${i}`),
      kind: 'venue-session',
      at: p.key,
      title: ['广场舞活动', '戏曲演出', '丰收文艺汇演'][i]!,
      on,
      venue: square.id,
      others: 80 + i * 60,
      data: { group: '村文艺队', minutes: 120 },
    });
  return square;
}
