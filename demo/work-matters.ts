import { type CaseRow, idOf, lastDay, plusDays, spread, took, type Work } from './work-kit.ts';
import { luckAt, type Place, type Scene } from './work-scene.ts';

/** What residents raised: written down by whoever heard it, handled by somebody else, and closed by the resident's word alone. */

export const channels = ['window', 'page', 'phone', 'grid', 'council', 'chat', 'visit'] as const;
/** What it is about, and its category of livelihood where it has one. */
const topics: readonly (readonly [title: string, category?: string])[] = [
  ['路灯不亮', 'travel'],
  ['下水道堵塞', 'housing'],
  ['楼道堆物', 'housing'],
  ['车辆乱停', 'travel'],
  ['低保政策咨询', 'insurance'],
  ['医保缴费帮办', 'medical'],
  ['噪声扰民'],
  ['树枝遮挡路口', 'travel'],
];

/** How the word of whoever raised it was heard, by the way on which it had come in. */
const heard: Readonly<Record<(typeof channels)[number], string>> = {
  window: '提出人到窗口确认已解决',
  page: '提出人网上确认已解决',
  phone: '电话回访，提出人确认已解决',
  grid: '网格员上门回访，提出人确认已解决',
  council: '议事会上提出人确认已解决',
  chat: '拉呱会上提出人确认已解决',
  visit: '走访回访，提出人确认已解决',
};

/** Whose whole work a village, grid or estate is: they write down what residents say there and ask them in the end. */
function desks(scene: Scene, p: Place): readonly { readonly at: string; readonly staff: string }[] {
  const on = (at: string) => scene.holders('grid-staff-fulltime', at).map((staff) => ({ at, staff: staff.key }));
  const own = on(p.key);
  return own.length > 0 ? own : p.homes.flatMap((home) => on(home.key));
}

type Told = Pick<CaseRow, 'state' | 'closed' | 'due' | 'steps'>;

/** Of what is answered a few still wait for the resident's word; a few had to be done once more. */
function told(p: Place, year: number, i: number, opened: string, days: number): Told {
  const end = plusDays(opened, days);
  const due = plusDays(opened, 15);
  if (end > lastDay) return { state: 'handling', due };
  const word = luckAt(p, `word/${year}-${i}`);
  const unheard = end < '2026-07-01' ? 0 : p.traits(year)['safety']! < 0.6 ? 0.2 : 0.05;
  if (word.often(unheard)) return { state: 'answered', due: plusDays(end, 7) };
  const again = word.often(0.07) ? { steps: [...first, 'reopen', 'answer', 'confirm', 'close'] } : {};
  return { state: 'closed', closed: end, due, ...again };
}
const first = ['accept', 'assign', 'handle', 'answer'] as const;

export function raised(work: Work, scene: Scene, p: Place, year: number): void {
  const luck = luckAt(p, `matters/${year}`);
  const safe = p.traits(year)['safety']!;
  const staffed = desks(scene, p);
  const matters = p.rural ? 2 : 5;
  for (let i = 0; i < matters; i++) {
    const opened = spread(year, i, matters, luck);
    const days = took(luck, 15, safe);
    const [title, category] = luck.pick(topics);
    const owner = luck.pick([p.secretary, ...p.cadres]).key;
    const channel = p.rural ? luck.pick(channels) : channels[(i + 3) % 7]!;
    const desk = staffed[i % staffed.length]!;
    work.cases.push({
      ...told(p, year, i, opened, days),
      id: idOf(`${p.key}/matter/${year}-${i}`),
      at: desk.at,
      type: 'matter',
      title,
      opened,
      owner,
      raiser: desk.staff,
      by: { accept: p.secretary.key, assign: p.secretary.key, answer: owner },
      said: {
        answer: { reason: '已办理，结果已告知提出人' },
        reopen: { reason: '提出人反映问题没有解决' },
        confirm: { reason: heard[channel] },
      },
      data: {
        description: '群众反映，请核实办理并答复',
        channel,
        size: 'small',
        level: 'village',
        ...(category ? { category } : {}),
      },
    });
  }
}
