import {
  dayIn,
  type CaseRow,
  idOf,
  lastDay,
  luckOf,
  monthsOf,
  partOf,
  plusDays,
  spread,
  type Work,
  years,
} from './work-kit.ts';
import { luckAt, type Place, type Scene } from './work-scene.ts';

// What the sample standards count of a place: its records are as many and as good as the place itself (demo/facts.ts), of
// mediations and hazards a part of them in the same proportion.

/** Of so many the first are done in time and the others late; one that falls due after the last day told is still open. */
function inTime(n: number, good: number, opened: string, limit: number, open: string) {
  const end = plusDays(opened, n < good ? Math.max(1, limit - 4) : limit + 9);
  return end > lastDay ? { state: open } : { state: 'closed', closed: end };
}

function disputes(p: Place, year: number): CaseRow[] {
  const luck = luckAt(p, `disputes/${year}`);
  const { 'mediations-due': due = 1, 'mediations-on-time': onTime = 0 } = p.done(year);
  const many = Math.min(due, p.rural ? 5 : 8);
  return Array.from({ length: many }, (_, i) => {
    const opened = spread(year, i, many, luck);
    return {
      ...inTime(i, partOf(many, onTime / due), opened, 28, 'mediating'),
      id: idOf(`${p.key}/dispute/${year}-${i}`),
      at: p.key,
      type: 'dispute',
      title: luck.pick(['宅基边界纠纷', '邻里噪声纠纷', '土地流转纠纷', '物业收费纠纷', '务工报酬纠纷']),
      opened,
      due: plusDays(opened, 28),
      owner: p.secretary.key,
      raiser: p.cadres[0]?.key ?? p.secretary.key,
      data: {
        kind: luck.pick(['land', 'neighbours', 'property', 'labour', 'contract']),
        channel: p.rural && luck.often(0.4) ? 'visit' : 'grid',
        summary: '双方自愿申请调解',
        agreement: '双方当场达成一致',
        sessions: luck.int(1, 3),
      },
    };
  });
}

const hazardNames = ['灭火器过期', '私拉电线', '通道堆放杂物', '坑塘缺少警示牌', '老旧房屋墙体开裂', '护栏松动'];

function hazards(p: Place, year: number): CaseRow[] {
  const luck = luckAt(p, `hazards/${year}`);
  const { 'hazards-due': due = 1, 'hazards-fixed-on-time': onTime = 0 } = p.done(year);
  const many = Math.min(due, 5);
  return Array.from({ length: many }, (_, i) => {
    const opened = spread(year, i, many, luck);
    return {
      ...inTime(i, partOf(many, onTime / due), opened, 20, 'rectifying'),
      id: idOf(`${p.key}/hazard/${year}-${i}`),
      at: p.key,
      type: 'problem',
      title: `安全隐患：${luck.pick(hazardNames)}`,
      opened,
      due: plusDays(opened, 20),
      star: 'safety',
      owner: luck.pick([p.secretary, ...p.cadres]).key,
      raiser: p.secretary.key,
      data: {
        description: '安全巡查发现，限期整改',
        source: 'visit',
        criterion: 'safety.hazards',
        class: 'governance',
        severity: 'ordinary',
      },
    };
  });
}

/** Each month in which the branch held its meeting, as many of them as the place's own number says. */
function meetings(work: Work, p: Place, year: number): void {
  const { 'party-meetings-planned': planned = 1, 'party-meetings-held': held = 0 } = p.done(year);
  const months = monthsOf(year);
  const many = partOf(months, held / planned);
  const luck = luckOf(`${p.key}/members/${year}`);
  for (let m = 1; m <= months; m++) {
    // The months left out are spread over the year.
    if (Math.floor((m * many) / months) === Math.floor(((m - 1) * many) / months)) continue;
    work.events.push({
      id: idOf(`${p.key}/members/${year}-${m}`),
      at: p.key,
      kind: 'members-meeting',
      title: `${p.unit.name}党员大会（${m} 月）`,
      on: dayIn(year, m, luck.int(3, 24)),
      minutes: '学习文件，通报支部工作，安排当月任务',
      others: luck.int(18, 46),
    });
  }
}

export function countedWork(work: Work, scene: Scene): void {
  for (const p of scene.places)
    for (const year of years) {
      work.cases.push(...disputes(p, year), ...hazards(p, year));
      meetings(work, p, year);
    }
}
