import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findWorkflow, workflows } from '../../../domain/records/cases/all.ts';
import { cases, replay, type Workflow } from '../../../domain/records/cases/index.ts';
import { taskKinds } from '../../../domain/tasks/kinds.ts';
import { type Client, createWorld, type World } from '../../../tests/support/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { units } from '../../../domain/records/units/index.ts';
import { foldCaseCounts, openCase, takeStep } from './index.ts';

let world: World;
const clients = new Map<string, Client>();
const people = new Map<string, string>();

/** A confidential kind, so that what every such kind shares is tested before a module declares one. */
const whisper: Workflow = {
  ...taskKinds.task,
  type: 'whisper',
  words: { zh: '保密事项', en: 'Confidential matter' },
  confidential: true,
};

beforeAll(async () => {
  (workflows as Record<string, Workflow>)['whisper'] = whisper;
  world = await createWorld();
  const u = world.units;
  for (const [login, home, role, on] of [
    ['organiser', u.county, 'organiser', u.county],
    ['clerk', u.east, 'township-clerk', u.east],
    ['clerk2', u.east, 'township-clerk', u.east],
    ['secretary', u.eastVillage, 'branch-secretary', u.eastVillage],
    ['cadre', u.eastVillage, 'village-cadre', u.eastVillage],
    ['west', u.west, 'township-clerk', u.west],
    ['auditor', u.county, 'auditor', u.county],
  ] as const) {
    people.set(login, await world.person(login, home, [[role, on]]));
    clients.set(login, await world.as(login));
  }
});
afterAll(async () => {
  delete (workflows as Record<string, Workflow>)['whisper'];
  await world.close();
});

const client = (login: string): Client => clients.get(login)!;

async function attach(caseId: string): Promise<void> {
  await world.asSystem(async (rq) => {
    const hash = randomUUID();
    await rq.db.run(sql`INSERT INTO files (hash, media, bytes, stored_at) VALUES (${hash}, 'image/png', 1, ${rq.now})`);
    await rq.db
      .run(sql`INSERT INTO evidence (id, file_hash, subject_kind, subject_id, unit_id, unit_path, title, added_at)
      SELECT ${randomUUID()}, ${hash}, 'case', ${caseId}, c.unit_id, c.unit_path, '照片', ${rq.now} FROM cases c WHERE c.id = ${caseId}`);
  });
}

describe('whatever sequence of steps is tried', () => {
  const logins = ['organiser', 'clerk', 'clerk2', 'secretary', 'cadre', 'west'] as const;
  const attempt = (workflow: Workflow) =>
    fc.record({
      login: fc.constantFrom(...logins),
      step: fc.constantFrom(...Object.keys(workflow.steps)),
      reason: fc.constantFrom(undefined, '说明'),
      owner: fc.constantFrom(undefined, 'secretary', 'clerk'),
      evidence: fc.boolean(),
    });

  it.each(['task', 'problem'])('%s moves only as declared, and its timeline plays again', async (type) => {
    const workflow = findWorkflow(type)!;
    const data = type === 'task' ? { condition: '完成' } : { description: '问题', source: 'self' };
    await fc.assert(
      fc.asyncProperty(fc.array(attempt(workflow), { minLength: 15, maxLength: 40 }), async (attempts) => {
        const opened = await client('clerk').ok(cases.open, {
          body: { type, title: '随机', unitId: world.units.eastVillage, ownerPersonId: people.get('secretary'), data },
        });
        let [state, owner] = [opened.state, 'secretary'];
        let proof = false;
        for (const a of attempts) {
          if (a.evidence && !proof) {
            await attach(opened.id);
            proof = true;
          }
          const step = workflow.steps[a.step]!;
          const answer = await client(a.login).call(cases.step, {
            params: { id: opened.id },
            body: { step: a.step, reason: a.reason, ownerPersonId: a.owner && people.get(a.owner) },
          });
          expect(answer.status).toBeLessThan(500);
          if (answer.status !== 200) continue;
          expect(step.from).toContain(state);
          expect(answer.body.state).toBe(step.to);
          if (step.notBy?.includes('owner')) expect(a.login).not.toBe(owner);
          if (step.onlyBy === 'owner') expect(a.login).toBe(owner);
          if (step.needs?.includes('evidence')) expect(proof).toBe(true);
          if (step.needs?.includes('reason')) expect(a.reason).toBeDefined();
          expect(a.login).not.toBe('west');
          state = step.to;
          if (a.owner) owner = a.owner;
        }
        const now = await client('clerk').ok(cases.get, { params: { id: opened.id } });
        expect(now.state).toBe(state);
        const { items } = await client('clerk').ok(cases.timeline, {
          params: { id: opened.id },
          query: { limit: 200 },
        });
        expect(replay(workflow, items)).toBe(state);
        expect(now.version).toBe(items.length);
      }),
      { numRuns: 12 },
    );
  });
});

interface Counted {
  readonly path: string;
  readonly type: string;
  readonly state: string;
  readonly n: number;
}

/** The truth: what a count over the cases themselves gives for a subtree. */
async function counted(unitId: number): Promise<Record<string, number>> {
  const rows = await world.asSystem((rq) =>
    rq.db.many<Counted>(sql`SELECT c.type, c.state, count(*)::int AS n FROM cases c JOIN units u ON u.id = ${unitId}
      WHERE c.unit_path ^@ u.unit_path AND c.type <> 'whisper' GROUP BY c.type, c.state`),
  );
  return Object.fromEntries(rows.map((r) => [`${r.type} ${r.state}`, r.n]));
}

async function kept(unitId: number): Promise<Record<string, number>> {
  const { columns, items } = await client('organiser').ok(cases.counts, { query: { under: unitId, by: 'unit' } });
  return Object.fromEntries(columns.map(({ type, state }, i) => [`${type} ${state}`, items[0]!.counts[i]!]));
}

describe('kept counts by state', () => {
  it('are what a count gives, while many write at once and while they are folded', async () => {
    const u = world.units;
    const places = [u.eastVillage, u.eastVillage2, u.westVillage, u.community, u.east];
    let folded = 0;
    const writing = { on: true };
    const folding = (async () => {
      while (writing.on) {
        folded += await foldCaseCounts(world.database);
        await kept(u.county);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    const writer = async (n: number) => {
      for (let i = 0; i < 12; i++) {
        const c = await world.asSystem((rq) =>
          openCase(rq, { type: 'task', title: `并发${n}`, unitId: places[(n + i) % 5]!, data: { condition: '是' } }),
        );
        for (const step of ['accept', 'start', 'cancel'].slice(0, i % 4))
          await world.asSystem((rq) => takeStep(rq, c.id, step, { reason: '测试' }));
      }
    };
    await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(writer));
    writing.on = false;
    await folding;
    expect(folded).toBeGreaterThan(0);
    for (const unit of [u.county, u.east, u.west, u.street, u.eastVillage])
      expect(await kept(unit)).toEqual(await counted(unit));
    await foldCaseCounts(world.database);
    for (const unit of [u.county, u.east, u.west, u.street, u.eastVillage])
      expect(await kept(unit)).toEqual(await counted(unit));
    const list = await client('organiser').ok(cases.list, { query: { type: 'task', state: 'assigned' } });
    expect(list.total).toBe((await counted(u.county))['task assigned']);
    const east = await client('organiser').ok(cases.list, { query: { type: 'task', under: u.east } });
    const inEast = await counted(u.east);
    expect(east.total).toBe(Object.keys(inEast).reduce((sum, k) => sum + (k.startsWith('task ') ? inEast[k]! : 0), 0));
  });

  it('are told per unit directly below, to those who may read cases there', async () => {
    const u = world.units;
    const query = { under: u.county, type: 'task' };
    const { columns, items } = await client('organiser').ok(cases.counts, { query });
    expect(items.map((i) => i.unitName)).toEqual(['东林镇', '向阳街道', '西河乡']);
    for (const item of items)
      for (const [i, { state }] of columns.entries())
        expect(item.counts[i]).toBe((await counted(item.unitId))[`task ${state}`] ?? 0);
    expect((await client('west').call(cases.counts, { query: { under: u.county } })).status).toBe(403);
    expect((await client('west').call(cases.counts, { query: { under: u.east } })).status).toBe(404);
    expect((await (await world.as()).call(cases.counts, { query: { under: u.county } })).status).toBe(401);
  });

  it('follow a unit that moves', async () => {
    const u = world.units;
    await client('organiser').ok(units.move, {
      params: { id: u.eastVillage2 },
      body: { day: '2026-03-02', document: '示政〔2026〕9号', parentId: u.west },
    });
    for (const unit of [u.county, u.east, u.west, u.eastVillage2])
      expect(await kept(unit)).toEqual(await counted(unit));
    await foldCaseCounts(world.database);
    for (const unit of [u.county, u.east, u.west, u.eastVillage2])
      expect(await kept(unit)).toEqual(await counted(unit));
  });
});

describe('a confidential kind', () => {
  it('is seen by its owner, its raiser and those who assign there, and counted without small numbers', async () => {
    const u = world.units;
    const open = (title: string) =>
      client('cadre').ok(cases.open, {
        body: {
          type: 'whisper',
          title,
          unitId: u.eastVillage,
          ownerPersonId: people.get('cadre'),
          data: { condition: '保密' },
        },
      });
    const c = await open('密件一');
    for (const login of ['cadre', 'clerk', 'organiser']) {
      expect((await client(login).call(cases.get, { params: { id: c.id } })).status).toBe(200);
      expect((await client(login).ok(cases.list, { query: { type: 'whisper' } })).total).toBe(1);
    }
    for (const login of ['secretary', 'auditor', 'west']) {
      expect((await client(login).call(cases.get, { params: { id: c.id } })).status).toBe(404);
      expect((await client(login).call(cases.timeline, { params: { id: c.id } })).status).toBe(404);
      const list = await client(login).ok(cases.list, { query: { q: '密件' } });
      expect(list).toEqual({ items: [], total: 0 });
    }
    const all = await client('secretary').ok(cases.list, { query: { limit: 200 } });
    expect(all.items).toHaveLength(Math.min(all.total, 200));
    expect(all.items.map((i) => i.type)).not.toContain('whisper');
    const count = async () =>
      client('auditor').ok(cases.counts, { query: { under: u.county, by: 'unit', type: 'whisper' } });
    const columns = [{ type: 'whisper', state: 'assigned' }];
    expect(await count()).toMatchObject({ columns, items: [{ counts: [null] }] });
    for (let i = 0; i < 4; i++) await open(`密件${i + 2}`);
    expect(await count()).toMatchObject({ columns, items: [{ counts: [5] }] });
    const journal = await world.asSystem((rq) => rq.db.many(sql`SELECT after FROM journal WHERE subject_id = ${c.id}`));
    expect(JSON.stringify(journal)).not.toContain('密件');
  });
});
