import { json, sql } from '../../../server/platform/db/sql.ts';
import type { Rq } from '../../../server/platform/rq.ts';
import { type Case, County, tree } from './county.ts';

/** Parents before what names them. */
const order = [
  'people',
  'subjects',
  'agreements',
  'agreement_parties',
  'cases',
  'case_steps',
  'events',
  'event_items',
  'event_roster',
  'books',
  'accounts',
  'entries',
  'entry_lines',
  'designations',
  'assignments',
  'facts',
  'publications',
  'consents',
  'judgements',
];

async function insert(rq: Rq, table: string, rows: readonly Record<string, unknown>[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = [...new Set(rows.flatMap((r) => Object.keys(r)))];
  const text = `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${columns.map((n) => `r.${n}`).join(', ')}
    FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb) r${table === 'units' ? ' ORDER BY r.id' : ''}`;
  await rq.db.run({ text, values: [json(rows)] } as unknown as ReturnType<typeof sql>);
}

/** What names another row of its own table comes after it. */
function parentsFirst(rows: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  return [...rows].toSorted((a, b) => Number(Boolean(a['parent_id'])) - Number(Boolean(b['parent_id'])));
}

/** Agreements come into force when everybody has signed, and end after that. */
async function begin(rq: Rq, agreements: readonly Record<string, unknown>[]): Promise<void> {
  await rq.db.run(sql`UPDATE agreements SET state = 'signing' WHERE state = 'draft'`);
  const ids = (state: string[]) =>
    agreements.filter((a) => state.includes(String(a['state']))).map((a) => String(a['id']));
  await rq.db.run(sql`UPDATE agreement_parties p SET signed_on = a.from_day, signed_by = '章' FROM agreements a
    WHERE a.id = p.agreement_id AND a.id = ANY (${ids(['in-force', 'ended'])}::uuid[])`);
  await rq.db.run(sql`UPDATE agreements SET state = 'in-force', in_force_on = from_day
    WHERE id = ANY (${ids(['in-force', 'ended'])}::uuid[])`);
  const over = agreements.filter((a) => a['state'] === 'ended');
  await rq.db.run(sql`UPDATE agreements a SET state = 'ended', ended_on = e.on_day
    FROM unnest(${over.map((a) => String(a['id']))}::uuid[], ${over.map((a) => String(a['ended_on']))}::date[]) AS e (id, on_day) WHERE e.id = a.id`);
}

/** Lays all cases into the database, each with a county of its own; answers the units of each by name. */
export async function layCases(
  rq: Rq,
  cases: readonly Case[],
): Promise<ReadonlyMap<string, { id: number; path: string }>[]> {
  const { last } = await rq.db.one<{ last: number }>(sql`SELECT max(id)::int + 100 AS last FROM units`);
  let next = last;
  const units: Record<string, unknown>[] = [];
  const rows = new Map<string, Record<string, unknown>[]>(order.map((t) => [t, []]));
  const counties = cases.map((one) => {
    const county = new County();
    for (const [name, type, above, scheme] of tree) {
      const id = next++;
      const parent = above ? county.units.get(above)! : null;
      const path = `${parent?.path ?? ''}${id}.`;
      county.units.set(name, { id, path });
      units.push({
        id,
        code: `hand-${id}`,
        type,
        name: `${name}${id}`,
        parent_id: parent?.id ?? null,
        unit_path: path,
        scheme,
        valid_from: '2020-01-01',
        pinyin: '',
        initials: '',
        grams: [],
        attributes: {},
      });
    }
    for (const row of one.rows)
      for (const [table, values] of row(county))
        if (table !== 'people' || !rows.get('people')!.some((p) => p['id'] === values['id']))
          rows.get(table)!.push(values);
    return county;
  });
  await rq.db.run(sql`SET CONSTRAINTS ALL DEFERRED`);
  await insert(rq, 'units', units);
  await insert(
    rq,
    'unit_versions',
    units.map((u) => ({
      unit_id: u['id'],
      valid_from: '2020-01-01',
      type: u['type'],
      name: u['name'],
      scheme: u['scheme'],
      unit_path: u['unit_path'],
      change: 'founded',
    })),
  );
  for (const table of order) {
    const own = parentsFirst(rows.get(table)!);
    const defaults =
      table === 'agreements' || table === 'subjects' || table === 'cases' ? { version: 1, tags: [] } : {};
    const more: Record<string, object> = {
      books: { data: {} },
      entries: { attempt: 1, data: {} },
      events: { corrections: 0, open_below: false, version: 1, tags: [] },
      event_items: { data: {} },
      event_roster: { expected: true },
      publications: { version: 1 },
      people: { party_member: false },
      cases: { open_below: false },
      judgements: { round: '' },
    };
    const all = own.map((r) => ({ ...defaults, ...more[table], ...r }));
    if (table === 'publications') {
      for (const r of all as Record<string, unknown>[])
        await rq.db
          .run(sql`INSERT INTO publications (id, kind, unit_id, unit_path, title, audience, version, published_at, body)
          VALUES (${r['id']}, ${r['kind']}, ${r['unit_id']}, ${r['unit_path']}, ${r['title']}, 'staff', 1, ${r['published_at']}, ${json(r['body'])}::jsonb)`);
    } else if (table === 'agreements')
      await insert(
        rq,
        table,
        all.map((r) => ({ ...r, state: 'draft', in_force_on: null, ended_on: null })),
      );
    else if (all.length > 0) await insert(rq, table, all);
    if (table === 'agreement_parties') await begin(rq, rows.get('agreements')!);
  }
  return counties.map((c) => c.units);
}
