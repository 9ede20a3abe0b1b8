import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isMetric, scoreBarredKeys } from '../../../domain/records/facts/index.ts';
import { standards } from '../../../domain/records/standards/index.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { inRoot } from '../../platform/paths.ts';
import { loadStandards } from './index.ts';

let world: World;
let organiser: Client;
let secretary: Client;
const yaml = readFileSync(inRoot('standards', 'sample-rural.yaml'), 'utf8');
const rural = { id: 'sample-rural', version: '2026.1' };

beforeAll(async () => {
  world = await createWorld();
  const u = world.units;
  await world.person('organiser', u.county, [['organiser', u.county]]);
  await world.person('secretary', u.eastVillage, [['branch-secretary', u.eastVillage]]);
  organiser = await world.as('organiser');
  secretary = await world.as('secretary');
  await world.asSystem((rq) => loadStandards(rq, inRoot('standards')));
});
afterAll(() => world.close());

describe('standards', () => {
  it('come in as drafts from their files, once', async () => {
    const { items } = await organiser.ok(standards.list);
    expect(items.map((s) => `${s.id} ${s.state} ${s.sample}`).sort()).toEqual([
      'sample-rural draft true',
      'sample-urban draft true',
    ]);
    const again = await world.asSystem((rq) => loadStandards(rq, inRoot('standards')));
    expect(again).toEqual({ loaded: [], faults: [] });
  });

  it('M102 publishes the versioned criteria by star with points, evidence and vetoes', async () => {
    await organiser.ok(standards.publish, { params: rural, body: { reason: '年度标准' } });
    const full = await secretary.ok(standards.get, { params: rural });
    expect(full.state).toBe('published');
    expect(full.body.stars).toHaveLength(5);
    expect(full.body.stars.flatMap((s) => s.criteria)).toHaveLength(29);
    expect(full.body.vetoes.every((v) => v.basis.number.length > 0)).toBe(true);
    expect(full.body.stars[0]!.criteria[0]!.evidence).toBeDefined();
    // Shares of one are written in percent wherever people read them; the standard keeps them as they are.
    expect(full.rules['branch.life']!.zh).toBe('从 60% 到 100% 按比例得分');
    expect(full.rules['branch.deliberation']!.en).toBe('steps: ≥ 60% → 8, ≥ 80% → 14, ≥ 100% → 20');
    expect(full.rules['industry.income']!.zh).toContain('≥ 30 →');
    expect(full.sample).toBe(true);
  });

  it('tells the share of criteria that need no typing, and of each other one what people have to supply', async () => {
    const { body, typed, needNoTyping } = await secretary.ok(standards.get, { params: rural });
    const criteria = body.stars.flatMap((s) => s.criteria);
    expect(needNoTyping).toBeCloseTo((criteria.length - typed.length) / criteria.length, 10);
    const byId = new Map(typed.map((c) => [c.id, c]));
    for (const { id, value } of criteria) {
      if (value.kind === 'check' || value.kind === 'review') expect([id, byId.get(id)?.why]).toEqual([id, value.kind]);
      if (value.kind === 'fact') expect([id, byId.get(id)?.why]).toEqual([id, 'entered']);
      // A figure stands among the typed ones only with the numbers that it is entered from.
      if (value.kind === 'figure' && byId.has(id)) expect([id, byId.get(id)!.asks.length > 0]).toEqual([id, true]);
    }
    expect(typed.length).toBeLessThan(criteria.length);
  });

  it('takes at least half of the criteria of each sample from records of the work', async () => {
    const shares = await Promise.all(
      ['sample-rural', 'sample-urban'].map(async (id) => {
        const { body, typed } = await organiser.ok(standards.get, { params: { id, version: '2026.1' } });
        return { id, typed: typed.length, of: body.stars.flatMap((s) => s.criteria).length };
      }),
    );
    expect(shares).toEqual([
      { id: 'sample-rural', typed: 14, of: 29 },
      { id: 'sample-urban', typed: 12, of: 26 },
    ]);
    for (const { typed, of } of shares) expect(typed / of).toBeLessThanOrEqual(0.5);
  });

  it('never changes a published version', async () => {
    const answer = await organiser.call(standards.draft, { body: { yaml } });
    expect(answer.code).toBe('standard-published');
    const twice = await organiser.call(standards.publish, { params: rural, body: { reason: '再次' } });
    expect(twice.code).toBe('standard-not-draft');
    expect((await secretary.call(standards.draft, { body: { yaml } })).status).toBe(403);
  });

  it('names line and field of every fault', async () => {
    const broken = yaml.replace('pass: 80', 'pass: 800').replace('must: 12', 'must: 99');
    const { ok, issues } = await organiser.ok(standards.validate, { body: { yaml: broken, file: 'county.yaml' } });
    expect(ok).toBe(false);
    expect(issues[0]!.file).toBe('county.yaml');
    expect(issues.every((i) => (i.line ?? 0) > 0 && i.field !== '')).toBe(true);
    expect((await organiser.call(standards.draft, { body: { yaml: broken } })).status).toBe(400);
  });

  it('refuses a standard that scores any number that is not for scoring, be it a figure or entered', async () => {
    expect(scoreBarredKeys.length).toBeGreaterThan(15);
    for (const key of scoreBarredKeys)
      for (const kind of isMetric(key) ? ['figure', 'fact'] : ['figure']) {
        const barred = yaml.replace('figure: matters-overdue', `${kind}: ${key}`);
        const { ok, issues } = await organiser.ok(standards.validate, { body: { yaml: barred } });
        expect([key, ok, issues.length]).toEqual([key, false, 1]);
        expect(issues[0]!.field).toContain(kind);
      }
  });

  it('refuses a standard that scores petitions', async () => {
    const petitions = yaml.replace('figure: matters-overdue', 'figure: petitions-count');
    const { ok } = await organiser.ok(standards.validate, { body: { yaml: petitions } });
    expect(ok).toBe(false);
  });

  it('shows what differs between two versions', async () => {
    const next = yaml.replace(/version: .2026\.1./, "version: '2027.1'").replace('pass: 80', 'pass: 85');
    await organiser.ok(standards.draft, { body: { yaml: next } });
    const { changes } = await organiser.ok(standards.difference, { params: rural, query: { to: '2027.1' } });
    expect(changes).toEqual([
      expect.objectContaining({
        kind: 'changed',
        subject: 'star:branch',
        fields: [{ field: 'pass', before: '8000', after: '8500' }],
      }),
    ]);
    await organiser.ok(standards.publish, { params: { ...rural, version: '2027.1' }, body: { reason: '新版' } });
    const gone = await organiser.ok(standards.withdraw, {
      params: { ...rural, version: '2027.1' },
      body: { reason: '撤回' },
    });
    expect(gone.state).toBe('withdrawn');
  });
});
