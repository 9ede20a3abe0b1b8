import { isExample } from './work-agreements.ts';
import {
  dayIn,
  type EventRow,
  type Guest,
  idOf,
  lastDay,
  luckOf,
  monthsOf,
  plusDays,
  spread,
  type Work,
  years,
} from './work-kit.ts';
import { demoStars, starDepartments } from './places.ts';
import { activeResidents } from './work-places.ts';
import { luckAt, type Place, type Scene } from './work-scene.ts';
import { isKey } from './work-units.ts';

/** What was held, with who came: meetings of offices, training, culture, service. Residents are numbers of heads. */

type Own = Omit<EventRow, 'id' | 'at'>;
type Hold = (part: string, event: Own) => void;

const holder =
  (work: Work, at: string): Hold =>
  (part, event) =>
    work.events.push({ ...event, at, id: idOf(`${at}/${part}`) });

const creation = {
  title: '“五星”支部创建工作',
  standing: 'star-creation',
  minute: '听取进展，逐项研究未达标指标',
  decision: '按清单补齐，下次会议交账',
};
const overdue = { title: '超期事项', standing: 'overdue', minute: '逐件说明原因，重新明确责任人和时限' };
const red = { title: '红灯和已上报事项', standing: 'overdue', minute: '逐件说明原因，重新明确责任人和时限' };
const newProblems = { title: '新发现的问题', standing: 'new-problems', minute: '逐条核实，明确承办人' };
const openDecisions = { title: '以往决定未落实事项', standing: 'open-decisions', minute: '对照上次决定逐项核对' };
const openProblems = { title: '未销号问题', standing: 'open-problems', minute: '逐条核对整改进度' };
const openMatters = { title: '群众未办结诉求', standing: 'open-matters', minute: '逐件回访，能办即办' };

function attending(scene: Scene, town: string): Guest[] {
  return scene.holders('leadership-member', town).map((p, i) => ({ person: p.key, attended: i % 7 !== 6 }));
}

function townMeetings(work: Work, scene: Scene): void {
  for (const town of scene.towns) {
    const hold = holder(work, town.key);
    const stars = town.type === 'street' ? demoStars.urban : demoStars.rural;
    const roster = attending(scene, town.key);
    for (const year of years)
      for (let m = 1; m <= monthsOf(year); m++) {
        const star = stars[m % stars.length]!;
        hold(`leadership/${year}-${m}`, {
          kind: 'leadership-meeting',
          title: `${town.name}${m} 月班子例会`,
          on: dayIn(year, m, 8 + (m % 3)),
          minutes: '研究创建、项目和民生事项，形成任务清单',
          items: [
            creation,
            {
              title: `听取${starDepartments[star]!.star}工作专班专题汇报`,
              standing: 'task-force-report',
              minute: '汇报本月推进和困难',
              decision: '同意专班意见',
            },
            overdue,
          ],
          roster,
        });
        hold(`monthly/${year}-${m}`, {
          kind: 'monthly-meeting',
          title: `${town.name}${m} 月创建例会`,
          on: dayIn(year, m, 18 + (m % 3)),
          minutes: '先观摩、后点评、再交账',
          items: [{ title: '现场观摩', standing: 'tour', minute: '观摩两个村（社区）' }, creation],
        });
      }
    for (const [i, star] of stars.entries())
      hold(`lecture/${star}`, {
        kind: 'touring-lecture',
        title: `${starDepartments[star]!.star}巡回宣讲（${town.name}）`,
        on: dayIn(i % 2 === 0 ? 2026 : 2025, 4 + i, 12),
        star,
        others: 42 + i * 7,
        data: { topic: `怎样创建${starDepartments[star]!.star}` },
      });
  }
}

function countyMeetings(work: Work, scene: Scene): void {
  const hold = holder(work, 'county');
  const forces = scene.county.units.filter((u) => u.type === 'task-force' && u.parent === 'county');
  const observers = scene.holders('observer', 'county');
  for (const year of years)
    for (let m = 1; m <= monthsOf(year); m++) {
      for (const half of [6, 22])
        hold(`joint/${year}-${m}-${half}`, {
          kind: 'joint-consultation',
          title: `专班联席会商（${m} 月${half < 15 ? '上' : '下'}半月）`,
          on: dayIn(year, m, half),
          minutes: '各专班通报难题，现场会商办法',
          items: [openProblems],
          roster: forces.map((f, i) => ({ unit: f.key, role: 'task-force', attended: (i + m) % 9 !== 0 })),
        });
      hold(`tv/${year}-${m}`, {
        kind: 'tv-episode',
        title: `“五星创建书记谈”第 ${(year - 2025) * 12 + m} 期`,
        on: dayIn(year, m, 26),
        data: { number: `第 ${(year - 2025) * 12 + m} 期`, topics: ['本村怎样补短板'] },
      });
      if (m % 3 === 0)
        hold(`round/${year}-${m}`, {
          kind: 'observation-round',
          title: `${year} 年第 ${m / 3} 季度观摩`,
          on: dayIn(year, m, 15),
          roster: observers.map((p) => ({ person: p.key, role: 'observer', attended: true })),
        });
    }
}

/** Every secretary takes part in one batch a year; those of strong branches also go out to learn. */
function training(work: Work, scene: Scene): void {
  const hold = holder(work, 'county');
  const batches = 4;
  for (const year of years) {
    for (let b = 0; b < batches; b++)
      hold(`training/${year}-${b}`, {
        kind: 'training-batch',
        title: `${year} 年村（社区）主要干部全员培训第 ${b + 1} 期`,
        on: dayIn(year, 3 + b, 20),
        data: { topic: '对标找差与项目化推进', hours: 24, external: false },
        roster: scene.places
          .filter((_, i) => i % batches === b)
          .map((p, i) => ({ person: p.secretary.key, attended: i % 23 !== 22, data: { hours: 24 } })),
      });
    hold(`training/${year}-external`, {
      kind: 'training-batch',
      title: `${year} 年五星、四星支部书记外出专题培训`,
      on: dayIn(year, 9, 8),
      data: { topic: '集体经济和基层治理', hours: 40, external: true },
      roster: scene.places
        .filter((p) => p.strength > 0.14)
        .slice(0, 40)
        .map((p) => ({ person: p.secretary.key, attended: true, data: { hours: 40 } })),
    });
  }
}

/** Weekly in key places and in the first of each township; everybody in the last weeks. */
function weekly(work: Work, scene: Scene, p: Place): void {
  const hold = holder(work, p.key);
  const often = isKey(scene.places.indexOf(p)) || /v1$|c1$/.test(p.key);
  const first = often ? '2025-01-08' : '2026-10-28';
  for (let day = first; day <= lastDay; day = plusDays(day, 7))
    hold(`weekly/${day}`, {
      kind: 'weekly-consultation',
      title: `联合会商（${day}）`,
      on: day,
      minutes: '包村干部、村干部和驻村工作队逐项会商',
      items: [openDecisions, red, newProblems, openProblems, openMatters],
    });
}

const showKinds = ['show', 'sports', 'festival'] as const;
const festivals = ['春节', '元宵节', '端午节', '中秋节', '重阳节'];

function culture(p: Place, year: number, hold: Hold): void {
  const luck = luckAt(p, `culture/${year}`);
  const count = p.done(year)['cultural-activities'] ?? Math.round(1 + p.traits(year)['civility']! * 3);
  for (let i = 0; i < count; i++) {
    const kind = i % 4 === 3 ? 'opera-show' : showKinds[i % 3]!;
    const title = {
      show: '文艺演出',
      sports: '健身比赛',
      festival: `我们的节日·${festivals[i % 5]}`,
      'opera-show': '送戏下乡',
    }[kind];
    hold(`culture/${year}-${i}`, {
      kind,
      title: `${p.unit.name}${title}`,
      on: spread(year, i, count, luck),
      others: luck.int(60, 420),
      data:
        kind === 'festival'
          ? { festival: festivals[i % 5]! }
          : kind === 'opera-show'
            ? { troupe: '县戏曲传承中心' }
            : {},
    });
  }
}

const services = ['haircut', 'environment', 'visiting', 'policy', 'school', 'appliance'] as const;

/** As many services as the place's own number says, shared out over the days on which they were given. */
function service(p: Place, year: number, hold: Hold): void {
  const luck = luckAt(p, `service/${year}`);
  const served = p.done(year)['volunteer-services']!;
  const days = isExample(p) || p.key === 's1c1' ? 12 : 3;
  for (let i = 0; i < days; i++)
    hold(`service/${year}-${i}`, {
      kind: 'volunteer-service',
      title: `${p.unit.name}志愿服务日`,
      on: spread(year, i, days, luck),
      others: luck.int(6, 24),
      data: { type: services[i % services.length]!, served: Math.floor(served / days) + (i === 0 ? served % days : 0) },
    });
}

function urbanEvents(p: Place, year: number, hold: Hold): void {
  const luck = luckAt(p, `urban/${year}`);
  const sessions = p.done(year)['job-training-sessions']!;
  for (let i = 0; i < sessions; i++)
    hold(`job-training/${year}-${i}`, {
      kind: 'job-training',
      title: `${['家政服务', '电商直播', '养老护理', '面点制作'][i % 4]}就业培训`,
      on: spread(year, i, sessions, luck),
      others: luck.int(18, 46),
      data: { topic: ['家政服务', '电商直播', '养老护理', '面点制作'][i % 4]!, hours: 16 },
    });
  const joint = Math.round(2 + p.traits(year)['sharing']! * 5);
  for (let i = 0; i < joint; i++)
    hold(`joint/${year}-${i}`, {
      kind: 'joint-activity',
      title: `共建单位联合活动：${['义诊进小区', '环境整治', '法律咨询', '助老慰问'][i % 4]}`,
      on: spread(year, i, joint, luck),
      others: luck.int(30, 140),
      data: { theme: ['义诊', '环境', '法律', '助老'][i % 4]! },
    });
  hold(`participation/${year}`, {
    kind: 'participation',
    title: `${p.unit.name}清洁家园行动`,
    on: spread(year, 0, 1, luck),
    others: luck.int(20, 60),
    roster: activeResidents(p).map((subject, i) => ({ subject, attended: (i + year) % 5 !== 0, data: { hours: 2 } })),
    data: { achieved: '清理楼道和绿地，堆物由各户认领搬走' },
  });
  for (let i = 0; i < 3; i++)
    hold(`council/${year}-${i}`, {
      kind: 'council-session',
      title: `${p.unit.name}居民议事会`,
      on: spread(year, i, 3, luck),
      minutes: '征求意见后逐项商议，结果张贴公开',
      others: luck.int(12, 30),
      items: [openMatters],
      data: { topic: ['停车秩序', '楼道照明', '活动场地时段'][i]! },
    });
}

export function events(work: Work, scene: Scene): void {
  townMeetings(work, scene);
  countyMeetings(work, scene);
  training(work, scene);
  for (const town of scene.towns) {
    const luck = luckOf(`${town.key}/opera`);
    for (const year of years)
      for (let i = 0; i < 6; i++)
        holder(work, town.key)(`opera/${year}-${i}`, {
          kind: 'opera-show',
          title: `“送戏下乡”走进${town.name}`,
          on: spread(year, i, 6, luck),
          others: luck.int(160, 700),
          data: { troupe: '县戏曲传承中心' },
        });
  }
  for (const p of scene.places) {
    const hold = holder(work, p.key);
    weekly(work, scene, p);
    for (const year of years) {
      culture(p, year, hold);
      service(p, year, hold);
      if (!p.rural) urbanEvents(p, year, hold);
    }
  }
}
