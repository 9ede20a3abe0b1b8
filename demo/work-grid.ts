import { workflowOf } from '../domain/records/cases/all.ts';
import { type CaseRow, idOf, type Work } from './work-kit.ts';
import { isExample } from './work-agreements.ts';
import type { Scene } from './work-scene.ts';

/** What waits for the grid worker of the example village: matters to handle and to ask about, a hazard, a task. */

type Own = Pick<CaseRow, 'type' | 'state' | 'title' | 'opened' | 'data'> & Partial<CaseRow>;

const matter = (description: string, channel: string, place: string) => ({
  description,
  channel,
  size: 'small',
  level: 'village',
  place,
});

export function gridWork(work: Work, scene: Scene): void {
  const p = scene.places.find(isExample)!;
  const grid = scene.holders('grid-staff-fulltime', p.key)[0]!;
  const cadre = p.cadres[0] ?? p.secretary;
  const at = p.homes[0]?.key ?? p.key;
  const open = (part: string, one: Own) => {
    if (workflowOf(one.type).states[one.state]?.final) throw new Error(`${part} waits for nobody.`);
    work.cases.push({ owner: grid.key, raiser: p.secretary.key, ...one, at, id: idOf(`${at}/grid/${part}`) });
  };
  open('lamp', {
    type: 'matter',
    state: 'assigned',
    title: '前街路灯不亮',
    opened: '2026-10-28',
    due: '2026-11-11',
    data: matter('前街三盏路灯连续多日不亮，晚上出行不便', 'window', '前街'),
  });
  open('drain', {
    type: 'matter',
    state: 'handling',
    title: '后街排水沟堵塞',
    opened: '2026-10-21',
    due: '2026-11-04',
    data: matter('雨后积水，请清淤', 'phone', '后街'),
  });
  // Handled by a cadre: the grid worker, who wrote it down, asks whoever raised it.
  open('bins', {
    type: 'matter',
    state: 'answered',
    title: '井台巷垃圾桶不够用',
    opened: '2026-10-15',
    due: '2026-11-05',
    owner: cadre.key,
    raiser: grid.key,
    by: { accept: p.secretary.key, assign: p.secretary.key },
    said: { answer: { reason: '已增设两组垃圾桶，结果已告知提出人' } },
    data: matter('垃圾桶常满，请增设', 'grid', '井台巷'),
  });
  open('pond', {
    type: 'problem',
    state: 'rectifying',
    title: '安全隐患：坑塘缺少警示牌',
    opened: '2026-10-23',
    due: '2026-11-06',
    star: 'safety',
    data: {
      description: '安全巡查发现，限期整改',
      source: 'visit',
      criterion: 'safety.hazards',
      class: 'governance',
      severity: 'ordinary',
    },
  });
  open('round', {
    type: 'task',
    state: 'assigned',
    title: '入冬前用火用电安全巡查',
    opened: '2026-10-30',
    due: '2026-11-20',
    star: 'safety',
    data: {
      condition: '第一网格逐户提醒到位，隐患登记并上传照片',
      period: '2026',
      criterion: 'safety.hazards',
      benefit: '冬季少出事故',
    },
  });
}
