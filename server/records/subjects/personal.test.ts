import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { personalFields, subjects } from '../../../domain/records/subjects/index.ts';
import { type Bookkeeping, bookkeeping } from '../../../tests/support/books.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';

let world: World;
let b: Bookkeeping;

beforeAll(async () => {
  world = await createWorld();
  b = await bookkeeping(world);
});
afterAll(() => world.close());

let homes = 0;
const household = async () => {
  const made = await b.secretary.ok(subjects.create, {
    body: { kind: 'household', unitId: world.units.eastVillage, place: `东街${++homes}号`, fromDay: '2026-01-01' },
  });
  return made.id;
};
type Give = Partial<z.input<typeof personalFields.give.body>>;
const consent = (given: Give = {}) => ({
  purpose: '上门服务联系',
  fields: ['phone', 'skills'],
  givenOn: '2026-03-02',
  expiresOn: '2026-12-31',
  channel: 'paper' as const,
  ...given,
});
const give = (id: string, given: Give = {}, client = b.secretary) =>
  client.call(personalFields.give, { params: { id }, body: consent(given) });
const write = (id: string, consentId: string, values: Record<string, string | null>, client = b.secretary) =>
  client.call(personalFields.write, { params: { id }, body: { consentId, values } });
const read = (id: string, fields: string[], client = b.secretary, purpose = '约定上门时间') =>
  client.call(personalFields.read, { params: { id }, body: { fields, purpose } });
const erasing = async () => {
  await world.app.services.jobs.runSchedules();
  await world.app.services.jobs.runJobsOnce();
};
const keptRows = (id: string) =>
  world.asSystem((rq) =>
    rq.db.many<{ field: string }>(sql`SELECT field FROM subject_personal WHERE subject_id = ${id} ORDER BY field`),
  );
const phone = '13912345678';

describe('personal fields', () => {
  it('M232 keeps what a resident volunteers under a consent with purpose, fields and expiry, and shows who looked', async () => {
    const id = await household();
    expect((await write(id, randomUUID(), { phone })).status).toBe(404);
    const given = (await give(id, { fields: ['skills', 'job-wish', 'service-wish', 'phone'] })).body;
    expect(given).toMatchObject({ live: true, purpose: '上门服务联系', withdrawnAt: null });
    const written = await write(id, given.id, { phone, skills: '电工', 'job-wish': '近处务工' });
    expect(written.body.kept).toEqual(['job-wish', 'phone', 'skills']);
    expect((await write(id, given.id, { size: '3' })).code).toBe('consent-not-live');
    expect((await write(id, given.id, { income: '3' })).code).toBe('consent-field');
    const view = await b.secretary.ok(subjects.get, { params: { id } });
    expect(view.personal!.filter((p) => p.kept).map((p) => p.field)).toEqual(['phone', 'skills', 'job-wish']);
    expect((await b.reader.ok(subjects.get, { params: { id } })).personal).toBeNull();
    const opened = await read(id, ['phone', 'size']);
    expect(opened.body.values).toEqual({ phone });
    expect((await read(id, ['size'])).code).toBe('consent-kept-none');
    await read(id, ['skills'], b.clerk, '推荐岗位');
    const shown = await b.secretary.ok(personalFields.readings, { params: { id } });
    expect(shown.items.map((r) => [r.by, r.fields, r.purpose])).toEqual([
      ['clerk', ['skills'], '推荐岗位'],
      ['secretary', ['phone'], '约定上门时间'],
    ]);
    expect(shown.total).toBe(2);
    expect((await write(id, given.id, { 'job-wish': null })).body.kept).toEqual(['phone', 'skills']);
    const done = await b.secretary.ok(personalFields.withdraw, { params: { id: given.id } });
    expect(done).toMatchObject({ live: false });
    expect(done.erasedAt).not.toBeNull();
    expect(await keptRows(id)).toEqual([]);
    expect((await b.secretary.call(personalFields.withdraw, { params: { id: given.id } })).code).toBe(
      'consent-withdrawn',
    );
    expect((await write(id, given.id, { phone })).code).toBe('consent-not-live');
    expect((await b.secretary.ok(personalFields.readings, { params: { id } })).total).toBe(2);
  });

  it('says why a consent is none: fields of the kind, dates, witnesses, and no number of anybody in its purpose', async () => {
    const id = await household();
    const code = async (given: Give) => (await give(id, given)).code;
    expect(await code({ fields: ['income'] })).toBe('consent-field');
    expect(await code({ givenOn: '2026-03-03', expiresOn: '2026-12-31' })).toBe('subject-ahead');
    expect(await code({ expiresOn: '2026-03-02' })).toBe('consent-dates');
    expect(await code({ expiresOn: '2029-03-03' })).toBe('consent-dates');
    expect(await code({ expiresOn: '2029-03-02' })).toBeUndefined();
    expect(await code({ givenOn: '2025-01-01', expiresOn: '2026-03-01' })).toBe('consent-over');
    expect(await code({ channel: 'witnessed' })).toBe('consent-witnesses');
    expect(await code({ channel: 'witnessed', document: '见证书1号' })).toBeUndefined();
    expect(await code({ purpose: `致电${phone}` })).toBe('subject-private-number');
    expect((await read(id, ['phone'], b.secretary, `找${phone}`)).code).toBe('subject-private-number');
    const other = await household();
    const theirs = (await give(other)).body.id;
    expect((await write(id, theirs, { phone })).code).toBe('consent-other');
    const product = await b.secretary.ok(subjects.create, {
      body: {
        kind: 'product',
        unitId: world.units.eastVillage,
        name: '梨',
        fromDay: '2026-01-01',
        data: { leading: true },
      },
    });
    expect((await give(product.id)).code).toBe('consent-field');
  });

  it('are read where the household is served and nowhere above, and strangers, readers and neighbours get nothing', async () => {
    const id = await household();
    const { id: consentId } = (await give(id)).body;
    await write(id, consentId, { phone });
    const all = (c: Client) =>
      Promise.all([
        c.call(personalFields.consents, { params: { id } }),
        c.call(personalFields.readings, { params: { id } }),
        read(id, ['phone'], c),
        give(id, {}, c),
        write(id, consentId, { phone }, c),
        c.call(personalFields.withdraw, { params: { id: consentId } }),
      ]).then((answers) => answers.map((a) => a.status));
    expect(await all(b.stranger)).toEqual(Array(6).fill(401));
    expect(await all(b.reader)).toEqual(Array(6).fill(403));
    // The county keeps no grant of this kind, whatever else it may.
    expect(await all(b.organiser)).toEqual(Array(6).fill(403));
    expect(await all(b.neighbour)).toEqual(Array(6).fill(404));
    const bad = await b.secretary.call(personalFields.read, { params: { id }, body: { fields: [], purpose: 'x' } });
    expect(bad.status).toBe(400);
    expect((await give(id, { expiresOn: '2026-13-01' })).status).toBe(400);
    const sealed = await world.asSystem((rq) =>
      rq.db.one<{ text: string }>(
        sql`SELECT encode(sealed, 'escape') AS text FROM subject_personal WHERE subject_id = ${id}`,
      ),
    );
    expect(sealed.text).not.toContain(phone);
    // A seal fits its own place only: moved to another field it does not open.
    await world.asSystem((rq) => rq.db.run(sql`UPDATE subject_personal SET field = 'skills' WHERE subject_id = ${id}`));
    expect((await read(id, ['skills'])).code).toBe('consent-kept-none');
  });

  it('go with a household to another unit, with the list of who looked, and are erased when its entry ends', async () => {
    const id = await household();
    const { id: consentId } = (await give(id)).body;
    await write(id, consentId, { phone });
    await read(id, ['phone']);
    await world.person('other', world.units.eastVillage2, [['branch-secretary', world.units.eastVillage2]]);
    const other = await world.as('other');
    expect((await read(id, ['phone'], other)).status).toBe(404);
    await b.clerk.ok(subjects.change, { params: { id }, body: { unitId: world.units.eastVillage2 } });
    expect((await read(id, ['phone'])).status).toBe(404);
    expect((await read(id, ['phone'], other)).body.values).toEqual({ phone });
    const readings = await other.ok(personalFields.readings, { params: { id } });
    expect(readings.items.map((r) => r.by)).toEqual(['other', 'secretary']);
    await other.ok(subjects.end, { params: { id }, body: { onDay: '2026-03-01', reason: '迁出' } });
    expect(await keptRows(id)).toEqual([]);
    expect((await give(id, {}, other)).code).toBe('subject-ended');
  });

  it('the database keeps none without a consent that names them, and no consent is ever edited', async () => {
    const id = await household();
    const { id: consentId } = (await give(id, { fields: ['phone'] })).body;
    const insert = (field: string) =>
      world.asSystem((rq) =>
        rq.db.run(sql`INSERT INTO subject_personal (subject_id, field, unit_path, consent_id, sealed)
          SELECT subject_id, ${field}, unit_path, id, 'x' FROM consents WHERE id = ${consentId}`),
      );
    await expect(insert('skills')).rejects.toMatchObject({ code: '23514' });
    const edit = (set: ReturnType<typeof sql>) =>
      world.asSystem((rq) => rq.db.run(sql`UPDATE consents SET ${set} WHERE id = ${consentId}`));
    await expect(edit(sql`fields = '{phone,skills}'`)).rejects.toMatchObject({ code: '23514' });
    await expect(edit(sql`expires_on = '2030-01-01'`)).rejects.toMatchObject({ code: '23514' });
    await write(id, consentId, { phone });
    await expect(edit(sql`erased_at = now()`)).rejects.toMatchObject({ code: '23514' });
    await b.secretary.ok(personalFields.withdraw, { params: { id: consentId } });
    await expect(edit(sql`withdrawn_at = NULL`)).rejects.toMatchObject({ code: '23514' });
    await expect(insert('phone')).rejects.toMatchObject({ code: '23514' });
  });
});

const fieldName = fc.constantFrom('phone', 'skills', 'size', 'contact');
const act = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('give' as const),
      fields: fc.uniqueArray(fieldName, { minLength: 1 }),
      days: fc.integer({ min: 1, max: 20 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('write' as const), nth: fc.nat(5), field: fieldName, clear: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), nth: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      days: fc.integer({ min: 1, max: 12 }),
      night: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('read' as const), fields: fc.uniqueArray(fieldName, { minLength: 1 }) }),
  },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** What must be true, kept by hand: consents with their last day, and who stands under which. */
interface Model {
  readonly consents: { id: string; fields: string[]; last: string; over: boolean }[];
  readonly values: Map<string, { value: string; consent: string }>;
  reads: number;
}
let secrets = 0;
const dayAfter = (day: string, n: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);

async function perform(a: Act, id: string, m: Model, at: { day: string }): Promise<void> {
  const live = (consent: Model['consents'][number]) => !consent.over && at.day <= consent.last;
  if (a.do === 'give') {
    const last = dayAfter(at.day, a.days);
    const given = await give(id, { fields: a.fields, givenOn: at.day, expiresOn: last });
    expect(given.status).toBe(200);
    m.consents.push({ id: given.body.id, fields: a.fields, last, over: false });
  } else if (a.do === 'wait') {
    at.day = dayAfter(at.day, a.days);
    world.setNow(`${at.day}T09:00:00+08:00`);
    if (a.night) await erasing();
    for (const [field, v] of m.values) if (!live(m.consents.find((x) => x.id === v.consent)!)) m.values.delete(field);
    if (!a.night) return;
    const rows = (await keptRows(id)).map((r) => r.field);
    expect(rows).toEqual([...m.values.keys()].sort());
  } else if (a.do === 'read') {
    const expected = a.fields.filter((f) => m.values.has(f));
    const answer = await read(id, a.fields);
    expect(answer.status).toBe(expected.length > 0 ? 200 : 409);
    if (expected.length === 0) return;
    expect(answer.body.values).toEqual(Object.fromEntries(expected.map((f) => [f, m.values.get(f)!.value])));
    m.reads++;
  } else {
    const c = m.consents[a.nth % (m.consents.length || 1)];
    if (!c) return;
    if (a.do === 'withdraw') {
      const over = c.over;
      const answer = await b.secretary.call(personalFields.withdraw, { params: { id: c.id } });
      if (over) expect(answer.status).toBe(409);
      if (answer.status !== 200) return;
      c.over = true;
      for (const [field, v] of m.values) if (v.consent === c.id) m.values.delete(field);
    } else {
      const value = `机密${++secrets}号`;
      const answer = await write(id, c.id, { [a.field]: a.clear ? null : value });
      expect(answer.status).toBe(live(c) && c.fields.includes(a.field) ? 200 : 409);
      if (answer.status !== 200) return;
      if (a.clear) m.values.delete(a.field);
      else m.values.set(a.field, { value, consent: c.id });
    }
  }
}

describe('whatever is given, withdrawn, expires, is written and read', () => {
  it('a personal field stands only under a live consent that names it, and no value is in any list, journal or log', async () => {
    let day = '2026-03-03';
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
        day = dayAfter(day, 30);
        const at = { day };
        world.setNow(`${day}T09:00:00+08:00`);
        const id = await household();
        const m: Model = { consents: [], values: new Map(), reads: 0 };
        for (const a of acts) await perform(a, id, m, at);
        day = at.day;
        const shown = await b.secretary.ok(personalFields.readings, { params: { id } });
        expect(shown.total).toBe(m.reads);
        const places = await world.asSystem((rq) =>
          rq.db.one<{ text: string }>(sql`SELECT concat_ws(' ',
            (SELECT string_agg(j::text, ' ') FROM journal j WHERE j.at >= ${world.now()}::timestamptz - interval '1 year'),
            (SELECT string_agg(s::text, ' ') FROM subjects s), (SELECT string_agg(c::text, ' ') FROM consents c),
            (SELECT string_agg(p.subject_id || p.field || encode(p.sealed, 'escape'), ' ') FROM subject_personal p),
            (SELECT string_agg(q::text, ' ') FROM jobs q), (SELECT string_agg(n::text, ' ') FROM notices n)) AS text`),
        );
        expect(places.text).not.toContain('机密');
        const listed = await b.secretary.ok(subjects.list, { query: { kind: 'household', limit: 200 } });
        expect(JSON.stringify(listed)).not.toContain('机密');
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });
});
