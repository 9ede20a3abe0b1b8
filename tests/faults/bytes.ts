import { raw, sql } from '../../server/platform/db/sql.ts';
import { record } from '../../server/platform/journal.ts';
import { sealJournal } from '../../server/platform/seal.ts';
import { verifyJournal } from '../../server/platform/verify.ts';
import { createWorld, type World } from '../support/world.ts';

/** One byte of one journaled row is changed behind the platform's back: `verify` finds it and names the row. */
export interface ByteReport {
  readonly changes: number;
  readonly columns: Record<string, number>;
  readonly faults: string[];
}

const columns = [
  'uid',
  'at',
  'user_id',
  'actor_name',
  'verb',
  'subject_kind',
  'subject_id',
  'unit_path',
  'before',
  'after',
  'mac',
];

export async function changeBytes(changes: number, random: () => number): Promise<ByteReport> {
  const world = await createWorld();
  const report = { changes, columns: {} as Record<string, number>, faults: [] as string[] };
  try {
    await writeEntries(world);
    const rows = await world.database.owner((tx) => tx.many<{ id: number }>(sql`SELECT id FROM journal ORDER BY id`));
    // Sealed rows are held by the chain, the newest by their own digest alone: both kinds are tried.
    await sealJournal(world.database, world.now());
    await world.asSystem((rq) => record(rq, entry(world, 'unsealed')));
    const clean = await world.database.owner((tx) => verifyJournal(tx));
    if (clean.found > 0) report.faults.push(`the untouched journal has ${clean.found} findings`);
    const last = await world.database.owner((tx) => tx.one<{ id: number }>(sql`SELECT max(id) AS id FROM journal`));
    for (let n = 0; n < changes; n++) {
      const row = n % 5 === 0 ? last.id : rows[Math.floor(random() * rows.length)]!.id;
      const column = columns[n % columns.length]!;
      report.columns[column] = (report.columns[column] ?? 0) + 1;
      const found = await changeOne(world, row, column, random);
      if (!found) report.faults.push(`a changed ${column} of row ${row} was not found`);
    }
    return report;
  } finally {
    await world.close();
  }
}

const entry = (world: World, name: string) => ({
  verb: 'unit.rename' as const,
  subject: { kind: 'unit', id: world.units.east },
  path: `${world.units.county}.`,
  before: { name: '旧名', day: '2026-01-01', n: 1 },
  after: { name, day: '2026-01-02', n: 2 },
});

async function writeEntries(world: World): Promise<void> {
  await world.person('someone', world.units.county);
  await world.asSystem(async (rq) => {
    const user = await rq.db.one<{ id: string }>(sql`SELECT id FROM users LIMIT 1`);
    for (let n = 0; n < 40; n++)
      await record({ ...rq, actor: { ...rq.actor, userId: user.id, name: '张三' } }, entry(world, `新名${n}`));
  });
}

/** Changes one byte, verifies, and puts it back; all in one transaction that is rolled back. */
async function changeOne(world: World, id: number, column: string, random: () => number): Promise<boolean> {
  let found = false;
  await world.database
    .owner(async (tx) => {
      const { text } = await tx.one<{ text: string | null }>(
        sql`SELECT (${raw(column)})::text AS text FROM journal WHERE id = ${id}`,
      );
      const cast =
        column === 'at'
          ? 'timestamptz'
          : /before|after/.test(column)
            ? 'jsonb'
            : /uid|user_id/.test(column)
              ? 'uuid'
              : 'text';
      const next = text === null ? emptyOf(cast) : flip(text, cast, random);
      await tx.run(sql`UPDATE journal SET ${raw(column)} = ${next}::${raw(cast)} WHERE id = ${id}`);
      const verdict = await verifyJournal(tx);
      found = verdict.findings.some((f) => f.journalId === id);
      throw new Error('back');
    })
    .catch((error: Error) => {
      if (error.message !== 'back') throw error;
    });
  return found;
}

const emptyOf = (cast: string) =>
  cast === 'jsonb' ? '{}' : cast === 'uuid' ? '00000000-0000-4000-8000-000000000000' : '';

/** Another character in one place, such that the column's type still takes it. */
function flip(text: string, cast: string, random: () => number): string {
  const kind = cast === 'timestamptz' ? /[0-8](?=[.+])/g : cast === 'jsonb' ? /[a-z一-鿿]/g : /[\da-z一-鿿]/g;
  const places = [...text.matchAll(kind)].map((m) => m.index);
  const at = places[Math.floor(random() * places.length)];
  if (at === undefined) return text === '' ? 'x' : `${text}x`;
  return text.slice(0, at) + other(text[at]!, cast) + text.slice(at + 1);
}

function other(c: string, cast: string): string {
  if (/\d/.test(c)) return String((Number(c) + 1) % 10);
  if (/[a-z]/.test(c)) return cast === 'uuid' ? (c === 'f' ? 'e' : 'f') : c === 'x' ? 'y' : 'x';
  return c === '改' ? '换' : '改';
}
