import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verb } from '../../grants.ts';
import { findWorkflow, workflows } from './all.ts';
import {
  type CaseFacts,
  type HistoryEntry,
  isFinal,
  isOwner,
  lightOf,
  replay,
  type Step,
  stepReason,
  type StepActor,
  waitsFor,
  type Workflow,
  workflowFaults,
} from './index.ts';

const states = ['a', 'b', 'c', 'd', 'z'];
const verbs: Verb[] = ['cases.write', 'cases.assign', 'stars.verify'];
const words = { zh: '步', en: 'step' };

const stepOf: fc.Arbitrary<Step> = fc.record(
  {
    words: fc.constant(words),
    from: fc.uniqueArray(fc.constantFrom(...states), { minLength: 1, maxLength: 3 }),
    to: fc.constantFrom(...states),
    verb: fc.constantFrom(...verbs),
    perStar: fc.boolean(),
    needs: fc.uniqueArray(fc.constantFrom('reason' as const, 'evidence' as const, 'document' as const)),
    notBy: fc.uniqueArray(fc.constantFrom('owner' as const, 'raiser' as const)),
    onlyBy: fc.constantFrom('owner' as const, 'raiser' as const),
    onlySystem: fc.boolean(),
  },
  { requiredKeys: ['words', 'from', 'to', 'verb'] },
);

const workflowOf: fc.Arbitrary<Workflow> = fc
  .dictionary(fc.constantFrom('s1', 's2', 's3', 's4', 's5', 's6'), stepOf, { minKeys: 1 })
  .map((steps) => ({
    type: 'any',
    words,
    initial: 'a',
    openVerb: 'cases.write',
    states: Object.fromEntries(states.map((s) => [s, { words: { zh: s, en: s }, final: s === 'z' }])),
    steps: { ...steps },
  }));

const grantOf = fc.record({
  verb: fc.constantFrom(...verbs),
  path: fc.constantFrom('1.', '1.2.', '1.2.3.', '1.9.'),
  star: fc.constantFrom(undefined, 'branch', 'industry'),
});
const actorOf: fc.Arbitrary<StepActor> = fc.record({
  personId: fc.constantFrom('p1', 'p2', 'p3', null),
  grants: fc.array(grantOf, { maxLength: 4 }),
  system: fc.boolean(),
});
const givenOf = fc.record({ reason: fc.constantFrom(undefined, 'why'), document: fc.constantFrom(undefined, 'no. 1') });
const attempt = fc.record({
  step: fc.constantFrom('s1', 's2', 's3', 's4', 's5', 's6', 'toString', 'open', 'comment'),
  actor: actorOf,
  given: givenOf,
});
const start: fc.Arbitrary<CaseFacts> = fc.record({
  state: fc.constant('a'),
  unitPath: fc.constant('1.2.3.'),
  star: fc.constantFrom(null, 'branch'),
  ownerPersonId: fc.constantFrom(null, 'p1'),
  ownerUnitId: fc.constantFrom(null, 3, 2),
  raisedBy: fc.constantFrom(null, 'p2'),
  evidence: fc.integer({ min: 0, max: 1 }),
});

describe('the engine, for any workflow and any sequence of attempts', () => {
  it('makes only declared moves, by people who may, with what they need; and the history plays again', () => {
    fc.assert(
      fc.property(workflowOf, start, fc.array(attempt, { maxLength: 30 }), (workflow, first, attempts) => {
        let c = first;
        const history: HistoryEntry[] = [{ step: 'open', from: '', to: 'a' }];
        for (const { step, actor, given } of attempts) {
          const reason = stepReason(workflow, c, step, actor, given);
          if (reason) {
            expect(reason.words.zh).not.toMatch(/[{}]/);
            continue;
          }
          const s = workflow.steps[step]!;
          expect(s.from).toContain(c.state);
          if (!actor.system) {
            expect(s.onlySystem ?? false).toBe(false);
            expect(actor.grants.some((g) => g.verb === s.verb && c.unitPath.startsWith(g.path))).toBe(true);
            if (s.notBy?.includes('owner')) expect(isOwner(c, actor)).toBe(false);
            if (s.notBy?.includes('raiser') && c.raisedBy) expect(actor.personId).not.toBe(c.raisedBy);
            if (s.onlyBy === 'owner') expect(isOwner(c, actor)).toBe(true);
          }
          if (s.needs?.includes('evidence')) expect(c.evidence).toBeGreaterThan(0);
          if (s.needs?.includes('reason')) expect(given.reason).toBeDefined();
          if (s.needs?.includes('document')) expect(given.document).toBeDefined();
          history.push({ step, from: c.state, to: s.to });
          c = { ...c, state: s.to };
        }
        expect(replay(workflow, history)).toBe(c.state);
      }),
      { numRuns: 500 },
    );
  });

  it('finds any history that was tampered with', () => {
    const task = findWorkflow('task')!;
    const good: HistoryEntry[] = [
      { step: 'open', from: '', to: 'assigned' },
      { step: 'accept', from: 'assigned', to: 'accepted' },
      { step: 'comment', from: 'accepted', to: 'accepted' },
      { step: 'start', from: 'accepted', to: 'doing' },
    ];
    expect(replay(task, good)).toBe('doing');
    for (let i = 0; i < good.length - 1; i++)
      if (good[i]!.step !== 'comment') expect(replay(task, good.toSpliced(i, 1))).toBeNull();
    expect(replay(task, [...good, { step: 'close', from: 'doing', to: 'closed' }])).toBeNull();
    expect(replay(task, [...good, { step: 'submit', from: 'doing', to: 'closed' }])).toBeNull();
    expect(replay(task, [...good, { step: 'constructor', from: 'doing', to: 'closed' }])).toBeNull();
    expect(replay(task, [])).toBeNull();
  });

  it('asks the form for reasons and documents, but greys the button only for what cannot be given there', () => {
    const problem = findWorkflow('problem')!;
    const actor: StepActor = { personId: 'p1', grants: [{ verb: 'cases.write', path: '1.' }], system: false };
    const c: CaseFacts = {
      state: 'rectifying',
      unitPath: '1.2.',
      star: null,
      ownerPersonId: 'p1',
      ownerUnitId: null,
      raisedBy: null,
      evidence: 1,
    };
    expect(stepReason(problem, c, 'submit', actor)).toBeNull();
    expect(stepReason(problem, c, 'submit', actor, {})?.code).toBe('case-needs-reason');
    expect(stepReason(problem, { ...c, evidence: 0 }, 'submit', actor)?.code).toBe('case-needs-evidence');
  });
});

describe('every declared workflow', () => {
  it.each(Object.values(workflows).map((w) => [w.type, w] as const))('%s is whole', (type, workflow) => {
    expect(findWorkflow(type)).toBe(workflow);
    expect(workflowFaults(workflow)).toEqual([]);
    for (const state of Object.keys(workflow.states))
      if (isFinal(workflow, state)) expect(waitsFor(workflow, state)).toBeNull();
  });

  it('names what is wrong with one that is not', () => {
    const broken: Workflow = {
      type: 'broken',
      words,
      initial: 'x',
      openVerb: 'cases.write',
      states: { a: { words }, lost: { words } },
      steps: { comment: { words, from: [], to: 'nowhere', verb: 'cases.write' } },
    };
    expect(workflowFaults(broken).length).toBeGreaterThanOrEqual(6);
  });

  it('waits for whoever takes the first step from a state', () => {
    const problem = findWorkflow('problem')!;
    expect(waitsFor(problem, 'found')).toBe('cases.assign');
    expect(waitsFor(problem, 'assigned')).toBe('owner');
    expect(waitsFor(problem, 'rectifying')).toBe('owner');
    expect(waitsFor(problem, 'submitted')).toBe('cases.assign-owner');
    expect(waitsFor(problem, 'closed')).toBeNull();
  });
});

describe('the light', () => {
  it('is never colour alone, and goes from green over yellow to red as time passes', () => {
    const order = { green: 0, yellow: 1, red: 2, none: 9 };
    let before = 0;
    for (let left = 10; left >= -10; left--) {
      const light = lightOf({ workdaysLeft: left, past: left < 0, sure: true }, false);
      expect(light.words.zh.length).toBeGreaterThan(0);
      expect(light.words.en.length).toBeGreaterThan(0);
      expect(order[light.colour]).toBeGreaterThanOrEqual(before);
      before = order[light.colour];
    }
    expect(lightOf(null, false).colour).toBe('none');
    expect(lightOf({ workdaysLeft: 1, past: false, sure: false }, false).words.en).toContain('not published');
    // Due on a Sunday and looked at on the Sunday's eve of a workday: no workday has passed, and still it is past.
    expect(lightOf({ workdaysLeft: 0, past: true, sure: true }, false)).toMatchObject({ colour: 'red' });
  });
});
