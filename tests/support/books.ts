import { randomUUID } from 'node:crypto';
import { ledgers } from '../../domain/records/ledgers/index.ts';
import { sql } from '../../server/platform/db/sql.ts';
import type { Client, World } from './world.ts';

/** People around the books of a village, and what the books are about. */
export interface Bookkeeping {
  readonly secretary: Client;
  readonly clerk: Client;
  readonly organiser: Client;
  readonly reader: Client;
  readonly neighbour: Client;
  readonly stranger: Client;
  readonly readerId: string;
  subject(kind: string, name: string, unitId?: number): Promise<string>;
}

export async function bookkeeping(world: World): Promise<Bookkeeping> {
  const u = world.units;
  await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  await world.person('clerk', u.east, [['township-clerk', u.east]]);
  await world.person('organiser', u.county, [['organiser', u.county]]);
  const readerId = await world.person('reader', u.east, [['leadership-member', u.east]]);
  await world.person('neighbour', u.westVillage, [['branch-secretary', u.westVillage]]);
  return {
    secretary: await world.as('secretary'),
    clerk: await world.as('clerk'),
    organiser: await world.as('organiser'),
    reader: await world.as('reader'),
    neighbour: await world.as('neighbour'),
    stranger: await world.as(),
    readerId,
    subject: (kind, name, unitId = u.eastVillage) =>
      world.asSystem(async (rq) => {
        const id = randomUUID();
        await rq.db
          .run(sql`INSERT INTO subjects (id, kind, unit_id, unit_path, name, state, from_day, created_at, changed_at)
          SELECT ${id}, ${kind}, id, unit_path, ${name}, 'active', '2020-01-01', ${rq.now}, ${rq.now} FROM units WHERE id = ${unitId}`);
        return id;
      }),
  };
}

/** A book of the village collective with some money in the bank. */
export async function collectiveBook(client: Client, unitId: number, money = 0, title = '村集体账'): Promise<string> {
  const book = await client.ok(ledgers.open, {
    body: { kind: 'village-collective', unitId, title, openedOn: '2025-01-01' },
  });
  if (money > 0) await client.ok(ledgers.post, post(book.id, '2025-01-01', 'asset:bank', 'equity:opening', money));
  return book.id;
}

/** An entry of two lines. */
export function post(id: string, onDay: string, debit: string, credit: string, amount: number, text = '记账') {
  return {
    params: { id },
    body: {
      onDay,
      text,
      lines: [
        { account: debit, amount },
        { account: credit, amount: -amount },
      ],
    },
  };
}
