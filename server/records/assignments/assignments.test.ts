import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accounts } from '../../../domain/records/accounts/index.ts';
import { assignments, covers, overlaps } from '../../../domain/records/assignments/index.ts';
import { units } from '../../../domain/records/units/index.ts';
import { sql } from '../../platform/db/sql.ts';
import { type Answer, type Client, createWorld, type World } from '../../../tests/support/world.ts';

let world: World;
let organiser: Client;
let clerk: Client;
let westClerk: Client;
let secretary: Client;
const ids: Record<string, string> = {};

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  await world.person('organiser', u.county, [['organiser', u.county]]);
  ids['clerk'] = await world.person('clerk', u.east, [['township-clerk', u.east]]);
  await world.person('westclerk', u.west, [['township-clerk', u.west]]);
  ids['secretary'] = await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  for (const name of ['anna', 'bert', 'carl']) ids[name] = await world.person(name, u.east);
  for (const name of ['vera', 'wang']) ids[name] = await world.person(name, u.eastVillage);
  organiser = await world.as('organiser');
  clerk = await world.as('clerk');
  westClerk = await world.as('westclerk');
  secretary = await world.as('secretary');
});
afterAll(() => world.close());

const document = '东党〔2026〕7号';
const from = '2026-03-02';
const refused = (answer: Answer, code: string) => expect([answer.status, answer.code]).toEqual([409, code]);
const consent = { on: '2026-03-01', how: 'written' as const };

describe('assigning', () => {
  it('changes what somebody may do at once, and leaves a line with the founding document', async () => {
    const vera = await world.as('vera');
    expect((await vera.ok(accounts.me)).grants).toEqual([]);
    const body = {
      role: 'village-cadre' as const,
      unitId: world.units.eastVillage,
      personId: ids['vera']!,
      from,
      document,
    };
    const { id } = await secretary.ok(assignments.assign, { body });
    expect((await vera.ok(accounts.me)).grants.map((g) => g.verb)).toContain('facts.write');
    refused(await secretary.call(assignments.assign, { body }), 'assignment-already');
    await secretary.ok(assignments.end, { params: { id }, body: { day: from, reason: '登记有误' } });
    expect((await vera.ok(accounts.me)).grants).toEqual([]);
    const lines = await world.asSystem((rq) =>
      rq.db.many<{ verb: string; after: { document: string } }>(
        sql`SELECT verb, after FROM journal WHERE subject_kind = 'assignment' AND subject_id = ${id} ORDER BY id`,
      ),
    );
    expect(lines.map((l) => [l.verb, l.after.document])).toEqual([
      ['assignment.begin', document],
      ['assignment.end', document],
    ]);
  });

  it('refuses wrong units, stars, holders, days and fields with the reason', async () => {
    const { east, eastVillage } = world.units;
    const personId = ids['vera']!;
    const give = (body: object) =>
      clerk.call(assignments.assign, { body: { from, document, personId, unitId: eastVillage, ...body } as never });
    refused(await give({ role: 'village-cadre', unitId: east }), 'assignment-unit-type');
    refused(await give({ role: 'village-cadre', star: 'industry' }), 'assignment-star-unused');
    refused(await give({ role: 'task-force-member', unitId: east }), 'assignment-star-needed');
    refused(await give({ role: 'task-force-member', unitId: east, star: 'glory' }), 'assignment-star-unknown');
    refused(await give({ role: 'village-cadre', personId: undefined, holderUnitId: east }), 'assignment-holder-person');
    refused(await give({ role: 'guiding-department' }), 'assignment-holder-unit');
    refused(await give({ role: 'village-cadre', from: '2019-12-31' }), 'assignment-before-unit');
    refused(await give({ role: 'village-cadre', to: from }), 'assignment-days');
    refused(await give({ role: 'village-cadre', data: { plot: '东侧花坛' } }), 'assignment-field-unused');
    refused(await give({ role: 'village-cadre', address: '3号院' }), 'assignment-field-unused');
    refused(await give({ role: 'village-cadre', data: { contactWay: '138 0000 1111' } }), 'assignment-contact-private');
    for (const body of [
      { role: 'emperor' },
      { role: 'village-cadre', from: '2026-02-30' },
      { role: 'village-cadre', document: '' },
      { role: 'village-cadre', holderUnitId: east },
      { role: 'village-cadre', personId: 'x' },
      { role: 'village-cadre', data: { score: 5 } },
      { role: 'task-force-member', star: "a'b" },
    ])
      expect([body, (await give(body)).status]).toEqual([body, 400]);
    expect((await give({ role: 'village-cadre', personId: crypto.randomUUID() })).status).toBe(404);
  });

  it('asks for a recorded consent where a duty is voluntary, and lets the holder give it back', async () => {
    const estate = await organiser.ok(units.create, {
      body: { day: from, document, parentId: world.units.community, code: 'e1', type: 'estate', name: '和园小区' },
    });
    const building = await organiser.ok(units.create, {
      body: { day: from, document, parentId: estate.id, code: 'b1', type: 'building', name: '1号楼' },
    });
    const personId = await world.person('head', world.units.community);
    const body = { role: 'building-head' as const, unitId: building.id, personId, from, document };
    refused(await organiser.call(assignments.assign, { body }), 'assignment-consent-needed');
    const late = { consent: { on: '2026-03-05', how: 'spoken' as const } };
    refused(await organiser.call(assignments.assign, { body: { ...body, data: late } }), 'assignment-consent-late');
    const { id, data } = await organiser.ok(assignments.assign, { body: { ...body, data: { consent } } });
    expect(data.consent).toEqual(consent);
    const head = await world.as('head');
    await head.ok(assignments.end, { params: { id }, body: { day: from, reason: '不再担任' } });
    expect((await head.ok(accounts.me)).roles).toEqual([]);
  });

  it('is seen below by name and post only where it stands above, and by no neighbour', async () => {
    const { id } = await organiser.ok(assignments.assign, {
      body: { role: 'leadership-member', unitId: world.units.east, personId: ids['carl']!, from, document },
    });
    expect(await secretary.ok(assignments.get, { params: { id } })).toMatchObject({
      holder: 'carl',
      unitName: '东林镇',
    });
    expect((await westClerk.call(assignments.get, { params: { id } })).status).toBe(404);
    const seen = await westClerk.ok(assignments.list, { query: { limit: 200 } });
    expect(seen.items.every((a) => a.unitName === '西河乡' || a.unitName === '䩐勒桥村')).toBe(true);
    expect((await westClerk.call(assignments.list, { query: { unit: world.units.east } })).status).toBe(404);
    expect((await (await world.as()).call(assignments.list)).status).toBe(401);
  });
});

describe('handing over', () => {
  it('ends one and starts the next on the same day, so that no day is without a holder', async () => {
    const { eastVillage2 } = world.units;
    const first = await clerk.ok(assignments.assign, {
      body: { role: 'branch-secretary', unitId: eastVillage2, personId: ids['anna']!, from: '2026-01-01', document },
    });
    refused(
      await clerk.call(assignments.assign, {
        body: { role: 'branch-secretary', unitId: eastVillage2, personId: ids['bert']!, from, document },
      }),
      'assignment-taken',
    );
    const params = { id: first.id };
    const body = { personId: ids['bert']!, day: '2026-03-10', document };
    refused(
      await clerk.call(assignments.handover, { params, body: { ...body, personId: ids['anna']! } }),
      'assignment-same-holder',
    );
    refused(
      await clerk.call(assignments.handover, { params, body: { ...body, day: '2025-12-31' } }),
      'assignment-end-early',
    );
    const { ended, begun } = await clerk.ok(assignments.handover, { params, body });
    expect([ended.to, begun.from, begun.to]).toEqual(['2026-03-10', '2026-03-10', null]);
    refused(await clerk.call(assignments.handover, { params, body }), 'assignment-ended');
    const on = async (asOf: string) =>
      (await clerk.ok(assignments.list, { query: { unit: eastVillage2, role: 'branch-secretary', asOf } })).items.map(
        (a) => a.holder,
      );
    expect([await on('2026-03-09'), await on('2026-03-10')]).toEqual([['anna'], ['bert']]);
    const history = await clerk.ok(assignments.list, { query: { unit: eastVillage2, history: 'true' } });
    expect(history.items.map((a) => a.holder)).toEqual(['bert', 'anna']);
  });

  it('leaves everything as it was when the next holder is refused', async () => {
    const [row] = (
      await clerk.ok(assignments.list, {
        query: { unit: world.units.eastVillage2, role: 'branch-secretary', asOf: '2026-04-01' },
      })
    ).items;
    const answer = await clerk.call(assignments.handover, {
      params: { id: row!.id },
      body: { holderUnitId: world.units.east, day: '2026-04-01', document },
    });
    refused(answer, 'assignment-holder-person');
    expect((await clerk.ok(assignments.get, { params: { id: row!.id } })).to).toBeNull();
  });

  it('keeps a duty led by somebody who is entitled to it', async () => {
    const { east, eastVillage } = world.units;
    const lead = await clerk.ok(assignments.assign, {
      body: { role: 'leadership-member', unitId: east, personId: ids['anna']!, from, document },
    });
    const village = await clerk.ok(assignments.assign, {
      body: { role: 'village-leader', unitId: eastVillage, personId: ids['anna']!, from, document },
    });
    refused(
      await clerk.call(assignments.end, { params: { id: lead.id }, body: { day: '2026-05-01', reason: '换届' } }),
      'assignment-leads-still',
    );
    refused(
      await clerk.call(assignments.handover, {
        params: { id: village.id },
        body: { personId: ids['bert']!, day: '2026-05-01', document },
      }),
      'assignment-needs-post',
    );
    await clerk.ok(assignments.assign, {
      body: { role: 'leadership-member', unitId: east, personId: ids['bert']!, from, document },
    });
    await clerk.ok(assignments.handover, {
      params: { id: village.id },
      body: { personId: ids['bert']!, day: '2026-05-01', document },
    });
    const ended = await clerk.ok(assignments.end, {
      params: { id: lead.id },
      body: { day: '2026-05-01', reason: '换届' },
    });
    expect(ended.to).toBe('2026-05-01');
  });
});

describe('one at a time', () => {
  const days = Array.from({ length: 12 }, (_, i) => `2027-${String(i + 1).padStart(2, '0')}-01`);
  const span = fc
    .tuple(fc.nat(11), fc.option(fc.integer({ min: 1, max: 11 }), { nil: null }))
    .map(([a, length]) => ({ from: days[a]!, to: length === null ? null : (days[a + length] ?? null) }));

  it('two spans overlap exactly when a day lies in both', () => {
    const every = [...days, '2028-01-01'];
    fc.assert(
      fc.property(span, span, (a, b) => {
        expect(overlaps(a, b)).toBe(every.some((d) => covers(a, d) && covers(b, d)));
      }),
    );
  });

  it('holds under any mixture of assigning, ending and handing over at the same time', async () => {
    const unitId = world.units.eastVillage;
    const people = ['anna', 'bert', 'carl', 'vera', 'wang'].map((n) => ids[n]!);
    const act = fc.oneof(
      fc.record({ kind: fc.constant('assign' as const), who: fc.nat(4), span }),
      fc.record({ kind: fc.constant('end' as const), which: fc.nat(9), day: fc.constantFrom(...days) }),
      fc.record({
        kind: fc.constant('handover' as const),
        which: fc.nat(9),
        who: fc.nat(4),
        day: fc.constantFrom(...days),
      }),
    );
    const rows = () =>
      world.asSystem((rq) =>
        rq.db.many<{ id: string; from: string; to: string | null }>(sql`SELECT id, from_day AS "from", to_day AS "to"
          FROM assignments WHERE unit_id = ${unitId} AND role = 'contact-cadre' ORDER BY from_day, id`),
      );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(act, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
        async (waves) => {
          await world.database.owner((tx) =>
            tx.run(sql`DELETE FROM assignments WHERE unit_id = ${unitId} AND role = 'contact-cadre'`),
          );
          for (const wave of waves) {
            const now = await rows();
            const statuses = await Promise.all(
              wave.map(async (a) => {
                if (a.kind === 'assign')
                  return clerk.call(assignments.assign, {
                    body: { role: 'contact-cadre', unitId, personId: people[a.who]!, ...a.span, document },
                  });
                const id = now[a.which % Math.max(1, now.length)]?.id;
                if (!id) return { status: 200 };
                return a.kind === 'end'
                  ? clerk.call(assignments.end, { params: { id }, body: { day: a.day, reason: '调整' } })
                  : clerk.call(assignments.handover, {
                      params: { id },
                      body: { personId: people[a.who]!, day: a.day, document },
                    });
              }),
            );
            for (const { status } of statuses) expect([200, 409]).toContain(status);
            const after = await rows();
            for (const [i, a] of after.entries())
              for (const b of after.slice(i + 1)) expect(overlaps(a, b)).toBe(false);
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it('a handover covers every day that the former assignment covered from its start', async () => {
    const unitId = world.units.westVillage;
    const people = [await world.person('w1', world.units.west), await world.person('w2', world.units.west)];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(11), { minLength: 1, maxLength: 5 }), async (steps) => {
        await world.database.owner((tx) =>
          tx.run(sql`DELETE FROM assignments WHERE unit_id = ${unitId} AND role = 'contact-cadre'`),
        );
        let id = (
          await westClerk.ok(assignments.assign, {
            body: { role: 'contact-cadre', unitId, personId: people[0]!, from: '2027-01-01', document },
          })
        ).id;
        for (const [i, step] of [...steps].sort((a, b) => a - b).entries())
          id = (
            await westClerk.ok(assignments.handover, {
              params: { id },
              body: { personId: people[(i + 1) % 2]!, day: days[step]!, document },
            })
          ).begun.id;
        for (const asOf of [...days, '2027-02-17', '2029-01-01'])
          expect(
            (await westClerk.ok(assignments.list, { query: { unit: unitId, role: 'contact-cadre', asOf } })).total,
          ).toBe(1);
      }),
      { numRuns: 10 },
    );
  });

  it('is kept by the database as well, should a rule ever be passed by', async () => {
    const { eastVillage } = world.units;
    const insert = () =>
      world.asSystem((rq) =>
        rq.db.run(sql`INSERT INTO assignments (id, role, person_id, unit_id, unit_path, from_day, single)
          SELECT gen_random_uuid(), 'area-cadre', ${ids['vera']}, id, unit_path, '2026-01-01', true FROM units WHERE id = ${eastVillage}`),
      );
    await insert();
    await expect(insert()).rejects.toMatchObject({ code: '23P01' });
  });
});
