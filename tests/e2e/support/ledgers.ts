import { cases } from '../../../domain/records/cases/contract.ts';
import { events, eventSeries } from '../../../domain/records/events/index.ts';
import { rounds } from '../../../domain/tasks/index.ts';
import type { Served } from '../../support/serve.ts';
import { busyCounty } from './county.ts';

const title = (n: number, zh: string) => `${zh}${n > 0 ? `（${n}）` : ''}`;

/** The busy county with work in every light: some late and carried up, some due soon, some with nobody, some closed. */
export async function countyAtWork(): Promise<Served & { roundId: string; eventId: string }> {
  const served = await busyCounty();
  const { world } = served;
  const u = world.units;
  const now = world.now();
  const secretaryId = await world.person('cadre', u.eastVillage, [['village-cadre', u.eastVillage]]);
  await world.person('leader', u.east, [['village-leader', u.eastVillage]]);
  const organiser = await world.as('organiser');
  const open = (body: object) => organiser.ok(cases.open, { body: body as never });
  const places = [u.eastVillage, u.eastVillage2, u.westVillage, u.community];
  for (const [i, unitId] of places.entries()) {
    await open({
      type: 'problem',
      title: title(i, '村级组织会议记录不完整，缺二月份党员大会和支委会记录'),
      unitId,
      star: 'branch',
      data: {
        description: '走访时查阅记录本，缺二月份两次会议记录，主题党日没有签到。',
        source: 'visit',
        criterion: 'branch.meetings',
        severity: i % 2 === 0 ? 'key' : 'ordinary',
        reportTo: i % 2 === 0 ? 'county' : undefined,
      },
    });
    for (const [dueOn, name] of [
      ['2026-02-20', '村内坑塘清淤和垃圾清运'],
      ['2026-03-04', '完善党群服务中心阵地'],
      ['2026-03-27', '主导产业基地道路硬化'],
    ] as const)
      await open({
        type: 'task',
        title: title(i, name),
        unitId,
        star: name.includes('产业') ? 'industry' : 'ecology',
        dueOn,
        ...(i === 3 ? {} : i === 0 ? { ownerPersonId: secretaryId } : { ownerUnitId: unitId }),
        data: {
          condition: '现场核验合格，佐证照片不少于两张，并在村务公开栏公示五个工作日无异议',
          criterion: i === 3 ? undefined : 'ecology.refuse',
          benefit: '惠及全村四百户',
        },
      });
  }
  for (const day of [-4, -1, 0]) {
    world.setNow(new Date(now.getTime() + day * 86_400_000).toISOString());
    await world.app.services.jobs.runSchedules();
    await world.app.services.jobs.runJobsOnce();
  }
  // The village sat together once, with a decision that is still open, and is to sit together again.
  const place = { kind: 'weekly-consultation', unitId: u.eastVillage };
  const series = await organiser.ok(eventSeries.start, { body: { ...place, fromDay: '2026-02-02' } });
  const plan = (onDay: string) =>
    organiser.ok(events.plan, {
      body: { ...place, seriesId: series.id, onDay, title: `青石村会商（${onDay}）`, place: '村党群服务中心' },
    });
  const first = await plan('2026-02-24');
  await organiser.ok(events.hold, {
    params: { id: first.id },
    body: {
      minutes: '逐项会商，明确责任',
      items: first.agenda.map((item, i) => ({
        id: item.id,
        minute: '已研究',
        ...(i === 1
          ? { decision: { text: '三日内补齐会议记录', ownerPersonId: secretaryId, dueOn: '2026-02-27' } }
          : {}),
      })),
    },
  });
  const { id: eventId } = await plan('2026-03-02');
  const round = await organiser.ok(rounds.open, {
    body: {
      unitId: u.east,
      title: '三月重点任务督查',
      until: '2026-03-13',
      points: ['任务是否按期推进', '佐证材料是否真实', '群众是否受益'],
      pick: 'pressing',
    },
  });
  const { items } = await organiser.ok(rounds.get, { params: { id: round.id }, query: { limit: 50 } });
  const conclude = (i: number, more: object) =>
    organiser.ok(rounds.judge, { params: { id: round.id }, body: { itemId: items[i]!.id, ...more } as never });
  await conclude(0, { outcome: 'confirm', note: '现场查看，进度与上报一致' });
  await conclude(1, { outcome: 'find', note: '北侧岸坡仍有建筑垃圾', title: '坑塘北侧垃圾未清运', severity: 'key' });
  return { ...served, roundId: round.id, eventId };
}
