import { isExample } from './work-agreements.ts';
import { faults } from './work-faults.ts';
import { channels, raised } from './work-matters.ts';
import {
  atMost,
  found,
  idOf,
  luckOf,
  partOf,
  plusDays,
  type Raise,
  spread,
  took,
  type Work,
  years,
} from './work-kit.ts';
import type { DemoPerson } from './people.ts';
import type { Chance } from './random.ts';
import { luckAt, type Place, type Scene } from './work-scene.ts';

/** What villages had to do and what people raised: each case opened, handled and closed within its time, or not. */

const raiser =
  (work: Work, at: string): Raise =>
  (part, one) =>
    work.cases.push({ ...one, at, id: idOf(`${at}/${part}`) });

function problems(p: Place, year: number, raise: Raise): void {
  const luck = luckAt(p, `problems/${year}`);
  const count = isExample(p) ? 9 : 2;
  for (let i = 0; i < count; i++) {
    const star = p.stars[(i + year) % p.stars.length]!;
    const opened = spread(year, i, count, luck);
    const end = found(opened, took(luck, 24, p.traits(year)[star]!), 'rectifying', 'closed');
    const seen = luck.pick(faults[star]!);
    raise(`problem/${year}-${i}`, {
      ...end,
      type: 'problem',
      title: seen.text,
      opened,
      due: plusDays(opened, 24),
      star,
      owner: luck.pick([p.secretary, ...p.cadres]).key,
      raiser: p.secretary.key,
      data: {
        description: '观摩（走访）中发现，列入问题清单限期整改',
        source: luck.pick(['self', 'visit', 'observation', 'review']),
        criterion: seen.criterion,
        class: seen.class,
        ...(i % 3 === 0 ? { severity: 'key', reportTo: 'township' } : { severity: 'ordinary' }),
      },
    });
    if (i >= (isExample(p) ? 6 : 1)) continue;
    const task = spread(year, i, 3, luck);
    raise(`task/${year}-${i}`, {
      ...found(task, took(luck, 30, p.traits(year)[star]!), 'doing', 'closed'),
      type: 'task',
      title: `补齐短板：${faults[star]![0]!.text}`,
      opened: task,
      due: plusDays(task, 30),
      star,
      owner: luck.pick([p.secretary, ...p.cadres]).key,
      raiser: p.secretary.key,
      data: {
        condition: '现场核验合格并上传佐证',
        period: String(year),
        criterion: faults[star]![0]!.criterion,
        benefit: '惠及本村群众',
      },
    });
  }
}

/** What people said and what was done for them, as members who keep in touch with households wrote it down. */
function done(p: Place, year: number, raise: Raise): void {
  const luck = luckAt(p, `deeds/${year}`);
  const many = isExample(p);
  const owner = () => luck.pick([p.secretary, ...p.cadres]).key;
  for (let i = 0; i < (many ? 46 : 1); i++) {
    const opened = spread(year, i, many ? 46 : 1, luck);
    const end = plusDays(opened, luck.int(3, 20));
    raise(`help/${year}-${i}`, {
      ...(end > '2026-10-31' ? { state: 'done' } : { state: 'confirmed', closed: end }),
      type: 'help-deed',
      title: luck.pick(['帮助修缮漏雨房屋', '代办高龄津贴', '联系农机收割', '接送就医', '协调灌溉用水']),
      opened,
      owner: owner(),
      raiser: p.secretary.key,
      data: { kind: i % 3 === 0 ? 'difficulty' : 'deed', description: '联系党员上门了解后办理' },
    });
  }
  for (let i = 0; i < (many ? 38 : 1); i++) {
    const opened = spread(year, i, many ? 38 : 1, luck);
    const end = plusDays(opened, luck.int(4, 16));
    const valid = !luck.often(0.12);
    raise(`opinion/${year}-${i}`, {
      ...(end > '2026-10-31' ? { state: 'registered' } : { state: valid ? 'answered' : 'not-valid', closed: end }),
      type: 'opinion',
      title: luck.pick(['建议增设垃圾投放点', '希望延长卫生室开放时间', '建议组织秋收互助', '希望增加公交班次']),
      opened,
      raiser: owner(),
      data: { topic: '民生', description: '走访中收集', channel: luck.pick(channels) },
    });
  }
  const deeds = p.rural ? 1 : 3;
  for (let i = 0; i < deeds; i++) {
    const opened = spread(year, i, deeds * 2, luck);
    const end = plusDays(opened, luck.int(60, 140));
    raise(`deed/${year}-${i}`, {
      ...(end > '2026-10-31' ? { state: 'committed' } : { state: 'confirmed', closed: end }),
      type: 'deed',
      title: luck.pick(['安装楼道扶手', '增设路灯', '新建健身角', '修整出村道路', '设置充电车棚']),
      opened,
      owner: owner(),
      raiser: p.secretary.key,
      data: {
        content: '居民提名、表决产生的民生实事',
        type: luck.pick(['facility', 'fitness', 'light', 'road', 'service']),
        budgetFen: luck.int(1, 12) * 1_000_000,
      },
    });
  }
}

function scheme(p: Place, year: number, raise: Raise): void {
  const gaps = p.stars.filter((star) => p.traits(year)[star]! < 0.6).map((star) => faults[star]![0]!.text);
  if (p.strength < -0.3 && year === 2026) return;
  raise(`scheme/${year}`, {
    type: 'work-scheme',
    state: year === 2026 ? 'in-force' : 'superseded',
    ...(year === 2026 ? {} : { closed: '2026-03-12' }),
    title: `${p.unit.name}${year} 年创建方案`,
    opened: `${year}-03-04`,
    owner: p.secretary.key,
    raiser: p.secretary.key,
    data: {
      year,
      targetLevel: p.strength > 0.12 ? 4 : 3,
      gaps,
      measures: '逐条列出措施、责任人和时限，挂图推进',
      owners: ['支部书记', '包村干部'],
      deadline: `${year}-11-30`,
      benefit: '短板补齐、群众可感可及',
    },
  });
}

/** The plan of a village and the three things of its surroundings: entrance, toilets; waste and sewage are facilities. */
function surroundings(p: Place, raise: Raise): void {
  const luck = luckAt(p, 'surroundings');
  const ecology = p.traits(2025)['ecology']!;
  const plan =
    ecology > 0.62
      ? 'published'
      : ecology > 0.56
        ? 'approved'
        : ecology > 0.45
          ? 'drafted'
          : ecology > 0.32
            ? 'drafting'
            : 'not-started';
  const base = { owner: p.secretary.key, raiser: p.secretary.key, star: 'ecology' };
  raise('plan', {
    ...base,
    type: 'village-plan',
    state: plan,
    ...(plan === 'published' ? { closed: '2025-11-18' } : {}),
    title: `${p.unit.name}实用性村庄规划`,
    opened: '2025-02-20',
    data: { designer: '县规划设计室', target: '2025-12-31', character: '一村一景' },
  });
  raise('entrance', {
    ...base,
    type: 'entrance-check',
    state: ecology > 0.5 ? 'accepted' : 'submitted',
    ...(ecology > 0.5 ? { closed: '2025-10-22' } : {}),
    title: `${p.unit.name}村口“五有”验收`,
    opened: '2025-09-10',
    data: { items: ['sign', 'board', 'light', 'green', 'seat'].slice(0, ecology > 0.5 ? 5 : 3) },
  });
  for (const [i, home] of p.households.slice(4, 6).entries()) {
    const opened = `2025-0${4 + i}-12`;
    const good = luck.often(0.3 + ecology * 0.7);
    raise(`toilet/${i}`, {
      ...base,
      ...(good ? { state: 'checked', closed: plusDays(opened, 110) } : { state: 'built' }),
      type: 'toilet-renovation',
      title: `户厕改造（${home.address}）`,
      opened,
      subject: home.id,
      data: { type: '三格式', costFen: 180_000 },
    });
  }
}

const ailments = ['road', 'clutter', 'cables', 'drains', 'parking', 'green', 'blind-spot'] as const;
const ailmentNames = ['路面坑洼', '楼道堆物', '飞线乱拉', '管道堵塞', '停车无序', '绿地裸露', '监控盲区'];

function urban(work: Work, p: Place): void {
  const raise = raiser(work, p.key);
  const luck = luckAt(p, 'urban');
  for (const year of years) survey(p, year, raise);
  for (const [n, e] of p.estates.entries()) {
    const atEstate = raiser(work, e.key);
    for (let i = 0; i < 5; i++) {
      const year = i < 2 ? 2025 : 2026;
      const opened = spread(year, i, 5, luck);
      atEstate(`ailment/${i}`, {
        ...found(opened, luck.int(10, 80), 'assigned', 'closed'),
        type: 'estate-ailment',
        title: `${e.name}${ailmentNames[(i + n) % 7]!}`,
        opened,
        owner: p.cadres[n % Math.max(1, p.cadres.length)]?.key ?? p.secretary.key,
        raiser: p.secretary.key,
        data: { kind: ailments[(i + n) % 7]!, description: '居民议事会提出' },
      });
    }
    const served = luck.often(0.4 + p.traits(2025)['sharing']! * 0.5);
    const crossed = served && luck.often(0.4);
    atEstate('programme', {
      type: 'estate-programme',
      state: crossed ? 'cross-appointment' : served ? 'served' : 'route-chosen',
      ...(crossed ? { closed: '2026-06-20' } : {}),
      title: `${e.name}物业服务覆盖`,
      opened: '2025-03-18',
      raiser: p.secretary.key,
      data: { old: true, route: luck.pick(['contract', 'co-building', 'fallback']) },
    });
  }
  placements(p, raise, luck);
}

const index = (n: number) => Math.min(100, Math.round(n * 100) / 100);

/** One answer in a survey is a mean, never a person's: the index is that of the place's own number. */
function survey(p: Place, year: number, raise: Raise): void {
  const sample = p.done(year)['satisfaction-answers']!;
  const mean = Math.round((p.done(year)['satisfaction-points']! / sample) * 100) / 100;
  raise(`survey/${year}`, {
    type: 'survey',
    state: 'closed',
    title: `${p.unit.name}${year} 年居民满意度调查`,
    opened: `${year}-09-01`,
    closed: `${year}-09-28`,
    raiser: p.secretary.key,
    data: {
      wave: String(year),
      method: '入户和扫码问卷',
      sample,
      satisfaction: mean,
      recognition: index(mean + 2),
      happiness: index(mean + 1.2),
      gain: index(mean - 1.6),
      safety: index(mean + 3.1),
    },
  });
}

/** A part of those placed found the job through the community's own list and confirmed it. */
function placements(p: Place, raise: Raise, luck: Chance): void {
  for (const year of years) {
    const count = partOf(p.done(year)['job-seekers-placed']!, 0.12);
    for (let i = 0; i < count; i++) {
      const opened = spread(year, i, count, luck);
      const end = atMost(plusDays(opened, luck.int(12, 40)));
      raise(`placement/${year}-${i}`, {
        type: 'placement',
        state: 'confirmed',
        closed: end,
        title: `求职登记 ${year}-${String(i + 1).padStart(3, '0')} 上岗确认`,
        opened,
        raiser: p.secretary.key,
        data: { openingId: idOf(`${p.key}/opening/${i % 2}`), local: luck.often(0.7), on: end },
      });
    }
  }
}

export function localCases(work: Work, scene: Scene): void {
  for (const p of scene.places) {
    const raise = raiser(work, p.key);
    for (const year of years) {
      problems(p, year, raise);
      raised(work, scene, p, year);
      done(p, year, raise);
      scheme(p, year, raise);
    }
    if (p.unit.type === 'village') surroundings(p, raise);
    if (!p.rural) urban(work, p);
  }
  offices(work, scene);
}

/** Offices: reports of the townships' forces, lists of the county's, and the published rules of reward. */
function offices(work: Work, scene: Scene): void {
  for (const unit of scene.county.units.filter((u) => u.type === 'task-force')) {
    const star = unit.key.split('force-')[1]!;
    const luck = luckOf(`${unit.key}/reports`);
    const town = unit.parent!;
    const leads = (r: DemoPerson['roles'][number]) =>
      r.role === 'task-force-leader' && r.unit === town && r.star === star;
    const leader = scene.holders('task-force-leader', town).find((one) => one.roles.some(leads));
    for (const year of years)
      for (let q = 0; q < 2; q++) {
        const on = spread(year, q, 2, luck);
        raiser(work, town)(`report/${star}/${year}-${q}`, {
          type: 'special-report',
          state: 'decided',
          closed: atMost(plusDays(on, 5)),
          title: `${unit.name}专题汇报`,
          opened: on,
          star,
          ...(leader ? { owner: leader.key, raiser: leader.key } : {}),
          data: { on, paper: '上阶段推进情况、存在问题和下步打算', asks: '请求研究用地和资金' },
        });
      }
    raiser(work, town)(`list/${star}`, {
      type: 'star-list',
      state: 'in-force',
      title: `${unit.name}任务清单`,
      opened: '2026-03-10',
      star,
      ...(leader ? { owner: leader.key, raiser: leader.key } : {}),
      data: {
        year: 2026,
        criteria: faults[star]!.map((f) => f.criterion),
        tasks: faults[star]!.map((f) => `整治：${f.text}`),
      },
    });
  }
}
