import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { workflows } from '../../domain/records/cases/all.ts';
import { type CaseView, cases } from '../../domain/records/cases/index.ts';
import { sql } from '../../server/platform/db/sql.ts';
import { type Client, createWorld, type World } from './world.ts';

// A case from its opening to its end through HTTP, by the people whose duty each step is.

const duties = {
  organiser: ['organiser', 'county'],
  clerk: ['township-clerk', 'east'],
  clerk2: ['township-clerk', 'east'],
  secretary: ['branch-secretary', 'eastVillage'],
  cadre: ['village-cadre', 'eastVillage'],
  cadre2: ['village-cadre', 'eastVillage'],
  neighbour: ['branch-secretary', 'westVillage'],
  urban: ['branch-secretary', 'community'],
  urban2: ['village-cadre', 'community'],
} as const;
export type Who = keyof typeof duties;
const names = Object.keys(duties) as Who[];

interface Opening {
  readonly by: Who;
  readonly data: object;
  readonly owner?: Who;
  readonly unit?: number;
  readonly parent?: string;
}
/** Who takes which step with what; `owner` names the new owner. */
export type Move = readonly [
  who: Who,
  step: string,
  given?: { owner?: Who; reason?: string; document?: string; data?: Record<string, unknown> },
];

export type Travellers = Awaited<ReturnType<typeof createTravellers>>;

export async function createTravellers() {
  const world = await createWorld();
  const people = {} as Record<Who, string>;
  const clients = {} as Record<Who, Client>;
  for (const who of names) {
    const [role, unit] = duties[who];
    people[who] = await world.person(who, world.units[unit], [[role, world.units[unit]]]);
    clients[who] = await world.as(who);
  }
  return { world, people, clients, ...stepsOf(world, people, clients) };
}

function stepsOf(world: World, people: Record<Who, string>, clients: Record<Who, Client>) {
  const open = ({ by, data, owner, unit, parent }: Opening, type: string): Promise<CaseView> =>
    clients[by].ok(cases.open, {
      body: {
        type,
        title: workflows[type]!.words.zh,
        unitId: unit ?? world.units.eastVillage,
        data: data as Record<string, unknown>,
        ...(owner ? { ownerPersonId: people[owner] } : {}),
        ...(parent ? { parentId: parent } : {}),
      },
    });

  const attempt = (id: string, [who, step, given = {}]: Move) => {
    const { owner, ...body } = given;
    return clients[who].call(cases.step, {
      params: { id },
      body: { step, ...body, ...(owner ? { ownerPersonId: people[owner] } : {}) },
    });
  };

  return {
    open: (type: string, opening: Opening) => open(opening, type),
    attempt,
    /** Takes legal steps one after the other; answers the states they lead through. */
    async walk(id: string, moves: readonly Move[]): Promise<string[]> {
      const states: string[] = [];
      for (const move of moves) {
        const answer = await attempt(id, move);
        if (answer.status !== 200) throw new Error(`${move[0]} ${move[1]}: ${JSON.stringify(answer.body)}`);
        states.push((answer.body as CaseView).state);
      }
      return states;
    },
    /** The code of the refusal; `403` where the verb itself is missing. */
    async refused(id: string, move: Move): Promise<string | undefined> {
      const answer = await attempt(id, move);
      expect(answer.status).not.toBe(200);
      return answer.status === 403 ? '403' : answer.code;
    },
    async finished(who: Who, id: string, state: string): Promise<void> {
      const c = await clients[who].ok(cases.get, { params: { id } });
      expect(c.state).toBe(state);
      expect(c.closedAt).not.toBeNull();
    },
    attach: (caseId: string) =>
      world.asSystem(async (rq) => {
        const hash = randomUUID();
        await rq.db.run(
          sql`INSERT INTO files (hash, media, bytes, stored_at) VALUES (${hash}, 'image/png', 1, ${rq.now})`,
        );
        await rq.db
          .run(sql`INSERT INTO evidence (id, file_hash, subject_kind, subject_id, unit_id, unit_path, title, added_at)
          SELECT ${randomUUID()}, ${hash}, 'case', ${caseId}, c.unit_id, c.unit_path, '照片', ${rq.now}
          FROM cases c WHERE c.id = ${caseId}`);
      }),
  };
}
