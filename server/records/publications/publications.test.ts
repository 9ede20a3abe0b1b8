import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  findPersonalData,
  isBankCard,
  isIdentityNumber,
  publications,
} from '../../../domain/records/publications/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';

let world: World;
let organiser: Client;
let secretary: Client;
let neighbour: Client;
let visitor: Client;

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  await world.person('organiser', u.county, [['organiser', u.county]]);
  await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  await world.person('neighbour', u.westVillage, [['branch-secretary', u.westVillage]]);
  [organiser, secretary, neighbour, visitor] = await Promise.all([
    world.as('organiser'),
    world.as('secretary'),
    world.as('neighbour'),
    world.as(),
  ]);
});
afterAll(() => world.close());

const draft = (client: Client, given: object = {}) =>
  client.call(publications.draft, {
    body: {
      unitId: world.units.eastVillage,
      kind: 'notice',
      title: '三月重点工作',
      audience: 'public',
      body: { text: '修缮水渠 1200 米。' },
      ...given,
    },
  });

describe('publishing', () => {
  it('keeps a draft to its unit, then shows the published text to everyone, word for word', async () => {
    const { body: own } = await draft(secretary);
    const params = { id: own.id };
    expect((await visitor.call(publications.getPublic, { params })).status).toBe(404);
    expect((await neighbour.call(publications.get, { params })).status).toBe(404);
    await secretary.ok(publications.publish, { params });
    const seen = await visitor.ok(publications.getPublic, { params });
    expect(seen).toMatchObject({
      title: '三月重点工作',
      unitName: '青石村',
      version: 1,
      body: { text: '修缮水渠 1200 米。' },
    });
    expect((await neighbour.ok(publications.get, { params })).title).toBe('三月重点工作');
    expect((await visitor.ok(publications.listPublic)).items.map((p) => p.id)).toContain(own.id);
  });

  it('never changes what is published; a new version stands beside the old one, and only one at a time', async () => {
    const { body: first } = await draft(secretary);
    const params = { id: first.id };
    const next = { title: '三月重点工作（更正）', audience: 'public' as const, body: { text: '修缮水渠 1300 米。' } };
    expect((await secretary.call(publications.replace, { params, body: next })).code).toBe('publication-draft');
    await secretary.ok(publications.publish, { params });
    expect((await secretary.call(publications.publish, { params })).code).toBe('publication-published');
    const second = await secretary.ok(publications.replace, { params, body: next });
    expect(second).toMatchObject({ version: 2, replaces: first.id });
    expect((await secretary.call(publications.replace, { params, body: next })).code).toBe('publication-replaced');
    await secretary.ok(publications.publish, { params: { id: second.id } });
    expect(await visitor.ok(publications.getPublic, { params })).toMatchObject({
      replacedBy: second.id,
      body: first.body,
    });
    for (const set of [
      sql`title = '改'`,
      sql`body = '{}'`,
      sql`audience = 'staff'`,
      sql`kind = 'guidance'`,
      sql`unit_id = ${world.units.county}`,
      sql`version = 9`,
      sql`published_at = NULL`,
    ]) {
      const rewriting = world.asSystem((rq) => rq.db.run(sql`UPDATE publications SET ${set} WHERE id = ${first.id}`));
      await expect(rewriting).rejects.toMatchObject({ code: '23514' });
    }
  });

  it('opens a text for those below to them and not to the public', async () => {
    const { body: p } = await draft(organiser, { unitId: world.units.county, kind: 'guidance', audience: 'below' });
    await organiser.ok(publications.publish, { params: { id: p.id } });
    expect((await secretary.ok(publications.get, { params: { id: p.id } })).unitName).toBe('示例县');
    expect((await visitor.call(publications.getPublic, { params: { id: p.id } })).status).toBe(404);
  });

  it('refuses strangers, neighbours and closing days in the past', async () => {
    expect((await draft(visitor)).status).toBe(401);
    expect((await draft(neighbour)).status).toBe(404);
    expect((await draft(secretary, { unitId: world.units.county })).status).toBe(403);
    const { body: late } = await draft(secretary, { closesOn: '2026-03-01' });
    expect((await secretary.call(publications.publish, { params: { id: late.id } })).code).toBe('publication-closing');
    expect((await draft(secretary, { title: '' })).status).toBe(400);
  });
});

describe('personal data', () => {
  // The example number of GB 11643 and a card number from a scheme's test range; neither belongs to anybody.
  it.each([
    ['身份证', '11010519491231002X'],
    ['全角', '１１０１０５１９４９１２３１００２Ｘ'],
    ['银行卡', cardLike()],
    ['手机', '联系 138-0013-8000 张同志'],
  ])('is refused before publishing, with the place: %s', async (_name, secret) => {
    const { body: p } = await draft(secretary, { body: { text: `说明：${secret}。` } });
    const answer = await secretary.call(publications.publish, { params: { id: p.id } });
    expect(answer.status).toBe(400);
    const { details } = (answer.body as unknown as { error: { details: { path: string; message: string }[] } }).error;
    expect(details[0]!.path).toBe('body.text');
    expect(JSON.stringify(answer.body)).not.toContain(secret.normalize('NFKC').replace(/[^\d]/g, '').slice(3, 11));
  });

  it('lets amounts, document numbers and days pass', () => {
    for (const text of [
      '集体收入 1234567.89 元',
      '示组〔2026〕12号',
      '2026-03-02 至 2026-03-09',
      '编号 20260302000100020003',
    ])
      expect(findPersonalData(text)).toEqual([]);
  });

  it('sees no numbers of persons in ids of records and fingerprints of files, and finds one beside them', () => {
    expect(findPersonalData('abcdefab-cdef-4abc-8abc-13912345678f')).toEqual([]);
    expect(findPersonalData(`/files/${'ab'.repeat(20)}c13912345678d`)).toEqual([]);
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(findPersonalData({ caseId: id, text: `见 ${id}。` })).toEqual([]);
      }),
    );
    expect(findPersonalData('abcdefab-cdef-4abc-8abc-abcdefabcdef 13912345678')).toHaveLength(1);
  });

  it('finds every identity number with a right check digit, wherever it stands', () => {
    const person = fc.tuple(
      fc.integer({ min: 110000, max: 659999 }),
      fc.date({ min: new Date('1930-01-01'), max: new Date('2020-12-31'), noInvalidDate: true }),
      fc.integer({ min: 0, max: 999 }),
    );
    fc.assert(
      fc.property(person, fc.constantFrom('', '姓名：', '（', 'a '), ([place, born, order], before) => {
        const body = `${place}${born.toISOString().slice(0, 10).replaceAll('-', '')}${String(order).padStart(3, '0')}`;
        const number = [...'0123456789X'].map((last) => body + last).find(isIdentityNumber)!;
        expect(findPersonalData({ a: [`${before}${number}。`] })).toMatchObject([
          { path: 'body.a.0', what: 'identity-number' },
        ]);
      }),
    );
  });
});

/** A number of the right shape and check digit. */
function cardLike(): string {
  return [...'0123456789'].map((last) => `622202123456789${last}`).find(isBankCard)!;
}
