import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accounts, instance } from '../../../domain/records/accounts/index.ts';
import { type Client, createWorld, testPassword, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { inviteFounder } from './founding.ts';
import { totp } from './totp.ts';

let world: World;
let admin: Client;

beforeAll(async () => {
  world = await createWorld();
  await world.person('root', world.units.county, [['admin', world.units.county]]);
  admin = await world.as('root');
});
afterAll(() => world.close());

const signIn = async (login: string, password: string, code?: string) => {
  const visitor = await world.as();
  return visitor.call(accounts.signIn, { body: { login, password, ...(code ? { code } : {}) } });
};
const minutesLater = (minutes: number) =>
  world.setNow(new Date(world.now().getTime() + minutes * 60_000).toISOString());
const idOf = async (login: string) => {
  const { items } = await admin.ok(accounts.list, { query: { q: login } });
  return items.find((u) => u.login === login)!.id;
};

describe('signing in', () => {
  it('tells a wrong account from a wrong password to nobody', async () => {
    await world.person('known', world.units.east);
    const wrong = await signIn('known', 'not the password');
    const unknown = await signIn('nobody', 'not the password');
    expect([wrong.status, wrong.code]).toEqual([409, 'sign-in-wrong']);
    expect([unknown.status, unknown.code]).toEqual([409, 'sign-in-wrong']);
    expect((await signIn(' KNOWN ', testPassword)).status).toBe(200);
  });

  it('locks after five wrong tries, twice as long each time, and lets in again afterwards', async () => {
    await world.person('forgetful', world.units.east);
    for (let i = 0; i < 5; i++) expect((await signIn('forgetful', 'wrong wrong wrong')).code).toBe('sign-in-wrong');
    // The right password does not help while the account waits, so guessing on makes no sense.
    expect((await signIn('forgetful', testPassword)).code).toBe('sign-in-locked');
    minutesLater(1.1);
    expect((await signIn('forgetful', 'wrong wrong wrong')).code).toBe('sign-in-wrong');
    minutesLater(1.1);
    expect((await signIn('forgetful', testPassword)).code).toBe('sign-in-locked');
    minutesLater(1);
    expect((await signIn('forgetful', testPassword)).status).toBe(200);
    const { items } = await admin.ok(accounts.list, { query: { q: 'forgetful' } });
    expect(items[0]).toMatchObject({ locked: false });
    expect((await signIn('forgetful', 'wrong wrong wrong')).code).toBe('sign-in-wrong');
    expect((await signIn('forgetful', testPassword)).status).toBe(200);
  });

  it('counts guesses that arrive at the same moment one by one', async () => {
    await world.person('target', world.units.east);
    await Promise.all(Array.from({ length: 12 }, () => signIn('target', 'guess guess guess')));
    expect((await signIn('target', testPassword)).code).toBe('sign-in-locked');
  });

  it('never answers with anything secret', async () => {
    const { items } = await admin.ok(accounts.list, { query: {} });
    expect(Object.keys(items[0]!).sort()).toEqual(
      ['disabled', 'id', 'locked', 'login', 'name', 'totp', 'unitId', 'unitName'].sort(),
    );
  });
});

describe('sessions', () => {
  it('lists them, and a revoked one works no more from the next request on', async () => {
    await world.person('two', world.units.east);
    const desk = await world.as('two');
    const phone = await world.as('two');
    await phone.ok(accounts.me);
    const { items } = await desk.ok(accounts.sessions);
    expect(items).toHaveLength(2);
    const other = items.find((s) => !s.current)!;
    await desk.ok(accounts.revoke, { params: { id: other.id } });
    expect((await phone.call(accounts.me)).status).toBe(401);
    expect((await desk.call(accounts.me)).status).toBe(200);
    expect((await desk.call(accounts.revoke, { params: { id: other.id } })).status).toBe(404);
  });

  it("cannot end somebody else's", async () => {
    await world.person('mine', world.units.east);
    await world.person('yours', world.units.east);
    const [mine, yours] = [await world.as('mine'), await world.as('yours')];
    const { items } = await yours.ok(accounts.sessions);
    expect((await mine.call(accounts.revoke, { params: { id: items[0]!.id } })).status).toBe(404);
    expect((await yours.call(accounts.me)).status).toBe(200);
  });

  it('ends with sign-out, after two weeks, and when the account is disabled', async () => {
    await world.person('leaving', world.units.east);
    const first = await world.as('leaving');
    await first.ok(accounts.signOut);
    expect((await first.call(accounts.me)).status).toBe(401);
    const second = await world.as('leaving');
    await second.ok(accounts.me);
    await admin.ok(accounts.disable, { params: { id: await idOf('leaving') }, body: { disabled: true } });
    expect((await second.call(accounts.me)).status).toBe(401);
    expect((await signIn('leaving', testPassword)).code).toBe('sign-in-wrong');
    await admin.ok(accounts.disable, { params: { id: await idOf('leaving') }, body: { disabled: false } });
    expect((await signIn('leaving', testPassword)).status).toBe(200);
    const third = await world.as('leaving');
    minutesLater(15 * 24 * 60);
    expect((await third.call(accounts.me)).status).toBe(401);
    admin = await world.as('root');
  });

  it('end when the password changes, but for the one in which it was changed', async () => {
    await world.person('careful', world.units.east);
    const [desk, phone] = [await world.as('careful'), await world.as('careful')];
    const next = 'another long sentence 2026';
    const wrong = await desk.call(accounts.changePassword, { body: { current: 'not it at all', next } });
    expect(wrong.code).toBe('password-wrong');
    expect((await desk.call(accounts.changePassword, { body: { current: testPassword, next: 'short' } })).status).toBe(
      400,
    );
    await desk.ok(accounts.changePassword, { body: { current: testPassword, next } });
    expect((await phone.call(accounts.me)).status).toBe(401);
    expect((await desk.call(accounts.me)).status).toBe(200);
    expect((await signIn('careful', testPassword)).code).toBe('sign-in-wrong');
    expect((await signIn('careful', next)).status).toBe(200);
  });
});

describe('the second factor', () => {
  const codeOf = (secret: string) => totp(secret, '').generate({ timestamp: world.now().getTime() });

  it('counts from its first code on, takes each code once, and is kept encrypted', async () => {
    await world.person('factor', world.units.east);
    const me = await world.as('factor');
    expect((await me.call(accounts.enrolTotp, { body: { password: 'not the password' } })).code).toBe('password-wrong');
    const { secret, uri, svg } = await me.ok(accounts.enrolTotp, { body: { password: testPassword } });
    expect(uri).toContain(`secret=${secret}`);
    expect(svg).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
    // Begun is not on: whoever never scanned the picture still gets in.
    expect((await signIn('factor', testPassword)).status).toBe(200);
    expect((await me.call(accounts.confirmTotp, { body: { code: '000000' } })).code).toBe('sign-in-code');
    await me.ok(accounts.confirmTotp, { body: { code: codeOf(secret) } });
    expect(await me.ok(accounts.totp)).toEqual({ enabled: true });

    expect((await signIn('factor', testPassword)).code).toBe('sign-in-code');
    // The code that turned it on is used up.
    expect((await signIn('factor', testPassword, codeOf(secret))).code).toBe('sign-in-code');
    minutesLater(1);
    expect((await signIn('factor', testPassword, codeOf(secret))).status).toBe(200);
    expect((await signIn('factor', testPassword, codeOf(secret))).code).toBe('sign-in-code');
    const kept = await world.asSystem((rq) =>
      rq.db.one<{ kept: string }>(sql`SELECT totp_secret AS kept FROM users WHERE login = 'factor'`),
    );
    expect(kept.kept).not.toContain(secret);
  });

  it('locks the account after wrong codes as after wrong passwords', async () => {
    for (let i = 0; i < 5; i++) await signIn('factor', testPassword, '123456');
    expect((await signIn('factor', testPassword, '123456')).code).toBe('sign-in-locked');
    minutesLater(70);
  });

  it('is turned off with password and code, or by an administrator', async () => {
    const userId = await idOf('factor');
    await admin.ok(accounts.resetTotp, { params: { id: userId } });
    expect((await admin.call(accounts.resetTotp, { params: { id: userId } })).code).toBe('totp-off');
    const me = await world.as('factor');
    const { secret } = await me.ok(accounts.enrolTotp, { body: { password: testPassword } });
    await me.ok(accounts.confirmTotp, { body: { code: codeOf(secret) } });
    expect((await me.call(accounts.enrolTotp, { body: { password: testPassword } })).code).toBe('totp-on');
    minutesLater(1);
    const off = (code: string) => me.call(accounts.disableTotp, { body: { password: testPassword, code } });
    expect((await off('000000')).code).toBe('sign-in-code');
    expect((await off(codeOf(secret))).status).toBe(200);
    expect((await signIn('factor', testPassword)).status).toBe(200);
  });
});

describe('accounts of others', () => {
  it('begin with a link that sets the password once', async () => {
    const { setupPath } = await admin.ok(accounts.create, {
      body: { unitId: world.units.east, name: '王新', login: 'wang.xin' },
    });
    const token = new URL(setupPath, 'http://localhost').searchParams.get('token')!;
    const visitor = await world.as();
    expect(await visitor.ok(instance.checkLink, { body: { token } })).toEqual({ kind: 'password', login: 'wang.xin' });
    expect((await visitor.call(accounts.setUp, { body: { token, password: 'wang.xin' } })).status).toBe(400);
    await visitor.ok(accounts.setUp, { body: { token, password: 'a sentence to remember' } });
    expect((await visitor.call(accounts.setUp, { body: { token, password: 'another sentence' } })).code).toBe(
      'setup-link',
    );
    expect(await visitor.ok(instance.checkLink, { body: { token } })).toEqual({ kind: 'invalid', login: null });
    expect((await signIn('wang.xin', 'a sentence to remember')).status).toBe(200);
    const same = await admin.call(accounts.create, {
      body: { unitId: world.units.east, name: '王新', login: 'wang.xin' },
    });
    expect(same.status).toBe(409);
  });

  it('get a new link when the password is forgotten; the earlier one stops working', async () => {
    const id = await idOf('wang.xin');
    const tokenIn = (path: string) => new URL(path, 'http://localhost').searchParams.get('token')!;
    const first = tokenIn((await admin.ok(accounts.resetLink, { params: { id } })).setupPath);
    const second = tokenIn((await admin.ok(accounts.resetLink, { params: { id } })).setupPath);
    const visitor = await world.as();
    expect((await visitor.call(accounts.setUp, { body: { token: first, password: 'a new sentence' } })).code).toBe(
      'setup-link',
    );
    minutesLater(8 * 24 * 60);
    expect((await visitor.call(accounts.setUp, { body: { token: second, password: 'a new sentence' } })).code).toBe(
      'setup-link',
    );
    admin = await world.as('root');
  });

  it('are administered only within the own units', async () => {
    await world.person('other-admin', world.units.street, [['admin', world.units.street]]);
    const other = await world.as('other-admin');
    const { items } = await other.ok(accounts.list, { query: {} });
    expect(items.map((u) => u.login)).toEqual(['other-admin']);
    const id = await idOf('known');
    for (const call of [
      other.call(accounts.disable, { params: { id }, body: { disabled: true } }),
      other.call(accounts.resetLink, { params: { id } }),
      other.call(accounts.linkIdentity, { params: { id }, body: { identity: null } }),
    ])
      expect((await call).status).toBe(404);
    expect((await (await world.as('known')).call(accounts.list, { query: {} })).status).toBe(403);
  });
});

describe('the first set-up', () => {
  const body = {
    name: '示例县五星平台',
    unit: { type: 'county' as const, name: '新县', code: 'new1' },
    login: 'first.admin',
    password: 'a long first password',
    person: '首位管理员',
  };
  const invited = async () => {
    const path = await world.asSystem(inviteFounder);
    return new URL(path, 'http://localhost').searchParams.get('token')!;
  };

  it('works once, with the link alone, and makes an administrator of the root unit', async () => {
    const visitor = await world.as();
    expect(await visitor.ok(instance.show)).toMatchObject({ ready: false, name: null, demo: false });
    const old = await invited();
    const token = await invited();
    expect((await visitor.call(instance.found, { body: { ...body, token: old } })).code).toBe('setup-link');
    expect((await visitor.call(instance.found, { body: { ...body, token: 'x'.repeat(43) } })).code).toBe('setup-link');
    expect(await visitor.ok(instance.checkLink, { body: { token } })).toEqual({ kind: 'instance', login: null });
    expect(await visitor.ok(instance.found, { body: { ...body, token } })).toEqual({ login: 'first.admin' });
    expect(await visitor.ok(instance.show)).toMatchObject({ ready: true, name: '示例县五星平台' });
    expect((await visitor.call(instance.found, { body: { ...body, token } })).code).toBe('setup-link');
    const again = await invited();
    expect((await visitor.call(instance.found, { body: { ...body, token: again } })).code).toBe('instance-founded');
    expect((await signIn('first.admin', body.password)).status).toBe(200);
  });
});

describe('rate limits of signing in', () => {
  it('bound the tries of one address and of one account', async () => {
    const { createApp } = await import('../../app.ts');
    const app = await createApp(world.database, {
      secret: 'test secret, long enough to be one',
      clock: world.now,
      version: 'test',
      logLevel: 'silent',
      rateLimit: 300,
      trustProxy: true,
      secure: false,
    });
    const attempt = async (login: string, address: string) => {
      const reply = await app.inject({
        method: 'POST',
        url: '/api/session',
        headers: { 'x-forwarded-for': address },
        payload: { login, password: 'wrong wrong wrong' },
      });
      return reply.statusCode;
    };
    const many = async (count: number, login: (i: number) => string, address: (i: number) => string) => {
      const statuses = [];
      for (let i = 0; i < count; i++) statuses.push(await attempt(login(i), address(i)));
      return statuses;
    };
    // 300 a minute means 15 sign-ins of an address and 5 of an account.
    expect(
      (
        await many(
          16,
          (i) => `nobody${i}`,
          () => '10.0.0.1',
        )
      ).at(-1),
    ).toBe(429);
    expect(
      (
        await many(
          6,
          () => 'somebody',
          (i) => `10.0.1.${i}`,
        )
      ).slice(4),
    ).toEqual([409, 429]);
    minutesLater(2);
    expect(await attempt('somebody', '10.0.0.1')).toBe(409);
    await app.close();
  });
});
