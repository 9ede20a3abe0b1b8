import fastify, { type FastifyInstance } from 'fastify';
import cookie from '@fastify/cookie';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../../tests/support/world.ts';
import { createApp } from '../../app.ts';
import { serveWeb } from './static.ts';

let folder: string;
let world: World;
let app: FastifyInstance;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-web-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>五星</title>');
  writeFileSync(join(folder, 'assets', 'index-abc123.js'), 'console.log(1)');
  writeFileSync(join(folder, 'assets', 'index-abc123.js.br'), 'compressed');
  writeFileSync(join(folder, 'assets', 'index-abc123.js.gz'), 'zipped');
  writeFileSync(join(folder, '..', 'outside.txt'), 'not for the web');
  world = await createWorld();
  app = await createApp(world.database, {
    secret: 'test secret, long enough to be one',
    clock: world.now,
    version: 'test',
    logLevel: 'silent',
    rateLimit: 1_000_000,
    trustProxy: false,
    secure: false,
    webFolder: folder,
  });
});
afterAll(async () => {
  await app.close();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(join(folder, '..', 'outside.txt'), { force: true });
});

describe('the built pages', () => {
  it('answer every address of a screen with the page, asked for anew each time', async () => {
    for (const url of ['/', '/units/5', '/setup?token=x', '/stars/cycles/1/board?tab=2']) {
      const reply = await app.inject({ url });
      expect([reply.statusCode, reply.headers['cache-control']]).toEqual([200, 'no-cache']);
      expect(reply.body).toContain('五星');
      expect(reply.headers['content-security-policy']).toContain("script-src 'self'");
    }
  });

  it('are kept for ever where the name carries a digest, compressed as the browser takes it', async () => {
    const url = '/assets/index-abc123.js';
    const plain = await app.inject({ url });
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.body).toBe('console.log(1)');
    const brotli = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } });
    expect([brotli.headers['content-encoding'], brotli.body]).toEqual(['br', 'compressed']);
    expect(brotli.headers['content-type']).toContain('javascript');
    const gzip = await app.inject({ url, headers: { 'accept-encoding': 'gzip' } });
    expect([gzip.headers['content-encoding'], gzip.body]).toEqual(['gzip', 'zipped']);
  });

  it('do not stand in for what is missing: an old script, an unknown endpoint', async () => {
    for (const url of ['/assets/index-old.js', '/api/nothing', '/api'])
      expect([url, (await app.inject({ url })).statusCode]).toEqual([url, 404]);
  });

  it('show nothing from outside their folder', async () => {
    for (const url of [
      '/../outside.txt',
      '/..%2foutside.txt',
      '/%2e%2e/outside.txt',
      '/assets/..%2f..%2foutside.txt',
      '/%',
      '/%zz',
      '/a%5c..%5coutside.txt',
    ]) {
      const reply = await app.inject({ url });
      expect(reply.body).not.toContain('not for the web');
      expect(reply.statusCode).toBeLessThan(500);
    }
  });

  it('are left out where nothing was built', async () => {
    const bare = fastify();
    await bare.register(cookie);
    expect(await serveWeb(bare, join(folder, 'nothing'))).toBe(false);
  });
});

describe('the documentation of the interface', () => {
  it('comes from this server alone and shows our own description', async () => {
    const page = await app.inject({ url: '/api/docs/' });
    expect(page.statusCode).toBe(200);
    const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((m) => m[1]!);
    expect(sources.length).toBeGreaterThan(3);
    for (const source of sources) {
      expect(source).not.toMatch(/^(?:https?:)?\/\//);
      expect((await app.inject({ url: new URL(source, 'http://x/api/docs/').pathname })).statusCode).toBe(200);
    }
    const initializer = await app.inject({ url: '/api/docs/static/swagger-initializer.js' });
    expect(initializer.body).toContain('"validatorUrl":null');
    const description = await app.inject({ url: '/api/docs/json' });
    expect(description.json()).toMatchObject({ openapi: '3.1.0', info: { title: 'Wuxing 五星' } });
  });
});
