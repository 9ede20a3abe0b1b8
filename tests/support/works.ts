import { cases } from '../../domain/records/cases/index.ts';
import { form } from './form.ts';
import { picture } from './picture.ts';
import type { Answer, Client, World } from './world.ts';

type Name = 'organiser' | 'clerk' | 'west' | 'secretary' | 'cadre' | 'idle' | 'stranger';

/** People around the works of a village, and what they do with them. */
export interface Works {
  readonly as: Record<Name, Client>;
  readonly people: Readonly<Record<string, string>>;
  step(client: Client, id: string, name: string, body?: object): Promise<Answer>;
  /** Takes steps one after the other; the first that is refused is named. */
  walk(id: string, steps: readonly [Client, string, object?][]): Promise<void>;
  attach(id: string, item?: 'before' | 'after'): Promise<void>;
  open(type: string, data: object, more?: object, client?: Client): Promise<{ id: string }>;
  /** A project of the village with a budget. */
  work(data?: object, more?: object): Promise<{ id: string }>;
}

export async function worksOf(world: World): Promise<Works> {
  const u = world.units;
  const people = {
    organiser: await world.person('organiser', u.county, [['organiser', u.county]]),
    clerk: await world.person('clerk', u.east, [['township-clerk', u.east]]),
    west: await world.person('west', u.west, [['township-clerk', u.west]]),
    secretary: await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]),
    cadre: await world.person('cadre', u.eastVillage, [['village-cadre', u.eastVillage]]),
    idle: await world.person('idle', u.east),
  };
  const names = Object.keys(people) as (keyof typeof people)[];
  const clients = await Promise.all(names.map(async (name) => [name, await world.as(name)] as const));
  const as = { ...Object.fromEntries(clients), stranger: await world.as() } as Works['as'];
  const step: Works['step'] = (client, id, name, body = {}) =>
    client.call(cases.step, { params: { id }, body: { step: name, ...body } });
  const open: Works['open'] = (type, data, more = {}, client = as.secretary) =>
    client.ok(cases.open, { body: { type, title: '项目', unitId: u.eastVillage, data: data as never, ...more } });
  return {
    as,
    people,
    step,
    open,
    work: (data = {}, more = {}) =>
      open('project', { class: 'road', use: 'infrastructure', key: true, budgetFen: 1_000_000, ...data }, more),
    walk: async (id, steps) => {
      for (const [client, name, body] of steps) {
        const answer = await step(client, id, name, body);
        if (answer.status !== 200) throw new Error(`${name} answered ${answer.status} ${answer.code}`);
      }
    },
    attach: async (id, item) => {
      const bytes = await picture(item === 'after' ? 9 : 3)
        .png()
        .toBuffer();
      const about = { subjectKind: 'case', subjectId: id, title: '照片', takenOn: '2026-02-01' };
      const file = form({ ...about, ...(item ? { item } : {}) }, { name: 'a.png', bytes });
      const answer = await as.secretary.raw({ method: 'POST', url: '/api/evidence', ...file });
      if (answer.status !== 200) throw new Error(`The evidence was refused: ${answer.code}`);
    },
  };
}
