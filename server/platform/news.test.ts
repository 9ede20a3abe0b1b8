import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testPassword, createWorld, type World } from '../../tests/support/world.ts';
import { createApp } from '../app.ts';
import { announceActorsChanged } from '../records/accounts/index.ts';
import { databaseOn } from './db/database.ts';
import { postgresPool } from './db/postgres.ts';
import { sql } from './db/sql.ts';
import { announce, type News } from './news.ts';

let world: World;
let base: string;

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  await world.person('county', u.county, [['organiser', u.county]]);
  await world.person('east', u.east, [['township-clerk', u.east]]);
  base = await world.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => world.close());

async function cookieOf(login: string): Promise<string> {
  const reply = await world.app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { login, password: testPassword },
  });
  return reply.cookies.map((c) => `${c.name}=${c.value}`).join('; ');
}

/** A page that listens; `heard` fills as news comes. */
async function listen(login: string, at = base) {
  const stop = new AbortController();
  const response = await fetch(`${at}/api/news`, { headers: { cookie: await cookieOf(login) }, signal: stop.signal });
  const heard: News[] = [];
  let ended = false;
  const reading = (async () => {
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const events = text.split('\n\n');
      text = events.pop()!;
      for (const e of events) if (e.startsWith('event: news')) heard.push(JSON.parse(e.split('data: ')[1]!) as News);
    }
  })()
    .catch(() => undefined)
    .finally(() => (ended = true));
  return {
    response,
    heard,
    ended: () => ended,
    close: async () => {
      stop.abort();
      await reading;
    },
  };
}

async function until(true_: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !true_(); i++) await new Promise((resolve) => setTimeout(resolve, 20));
}

const pathOf = (id: number) =>
  world.asSystem(
    async (rq) => (await rq.db.one<{ p: string }>(sql`SELECT unit_path AS p FROM units WHERE id = ${id}`)).p,
  );

describe('live news', () => {
  it('reaches the pages in whose scope it happened, after the commit and once', async () => {
    const [county, east] = [await listen('county'), await listen('east')];
    expect(county.response.headers.get('content-type')).toContain('text/event-stream');
    const [eastPath, westPath] = [await pathOf(world.units.eastVillage), await pathOf(world.units.westVillage)];
    await world.asSystem(async (rq) => {
      announce(rq, { kind: 'case', id: 'a', path: eastPath });
      announce(rq, { kind: 'case', id: 'a', path: eastPath });
      announce(rq, { kind: 'case', id: 'b', path: westPath });
    });
    await world
      .asSystem(async (rq) => {
        announce(rq, { kind: 'case', id: 'never', path: eastPath });
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    await until(() => county.heard.length >= 2 && east.heard.length >= 1);
    expect(county.heard.map((n) => n.id).sort()).toEqual(['a', 'b']);
    expect(east.heard.map((n) => n.id)).toEqual(['a']);
    await county.close();
    await east.close();
  });

  it('tells strangers nothing', async () => {
    expect((await fetch(`${base}/api/news`)).status).toBe(401);
  });

  it('starts afresh when duties change', async () => {
    const east = await listen('east');
    await world.asSystem((rq) => announceActorsChanged(rq.db));
    await until(() => east.ended());
    expect(east.ended()).toBe(true);
    await east.close();
  });

  it('carries any amount of it', async () => {
    const county = await listen('county');
    const path = await pathOf(world.units.east);
    await world.asSystem(async (rq) => {
      for (let i = 0; i < 500; i++) announce(rq, { kind: 'case', id: `many-${i}`, path });
    });
    await until(() => county.heard.length >= 500);
    expect(new Set(county.heard.map((n) => n.id)).size).toBe(500);
    await county.close();
  });

  it('crosses processes', async () => {
    if (!world.url) return;
    const database = databaseOn(postgresPool(world.url, { max: 4 }));
    const second = await createApp(database, {
      secret: 'test secret, long enough to be one',
      clock: () => world.now(),
      version: 'test',
      logLevel: 'silent',
      rateLimit: 1_000_000,
      trustProxy: false,
      secure: false,
    });
    const at = await second.listen({ port: 0, host: '127.0.0.1' });
    const page = await listen('county', at);
    const path = await pathOf(world.units.east);
    await world.asSystem(async (rq) => announce(rq, { kind: 'case', id: 'from afar', path }));
    await until(() => page.heard.length > 0);
    expect(page.heard.map((n) => n.id)).toEqual(['from afar']);
    await page.close();
    await second.close();
    await database.close();
  });
});
