import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type UnitType, unitTypes } from '../units/index.ts';
import { designationKindNames, designationKinds } from './kinds.ts';
import { canGrant, canWithdraw, inForce } from './rules.ts';

const kind = fc.constantFrom(...designationKindNames);
const type = fc.constantFrom(...(Object.keys(unitTypes) as UnitType[]));
const day = fc.integer({ min: 0, max: 900 }).map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10));
const facts = fc.record({
  kind,
  holderName: fc.constant('青石村'),
  holderType: type,
  grantorType: fc.option(type),
  star: fc.option(fc.constant('branch')),
  grantedOn: day,
  validTo: fc.option(day),
  alreadyHeld: fc.boolean(),
});

describe('a designation', () => {
  it('is granted by the right level, to whom it can be given, and to nobody else', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { holders, grantors, perStar, several } = designationKinds[given.kind];
        const right = (grantors as readonly string[]).includes(given.grantorType ?? 'outside');
        const fits = (holders as readonly string[]).includes(given.holderType) && perStar === (given.star !== null);
        const ordered = given.validTo === null || given.validTo >= given.grantedOn;
        const free = several || !given.alreadyHeld;
        expect(canGrant(given) === null).toBe(right && fits && ordered && free);
      }),
      { numRuns: 2000 },
    );
  });

  it('of a star, a certificate, a plaque or a model comes from the county, never from those below it', () => {
    for (const name of ['star', 'star-branch', 'plaque', 'model-village', 'governance-site'] as const)
      expect(designationKinds[name].grantors).toEqual(['county']);
  });

  it('ends only by a case of a kind that ends it, in a state in which it was decided, and once', () => {
    const decided = fc.record({
      type: fc.constantFrom('downgrade', 'candidacy', 'cultivation', 'designation-withdrawal', 'task', 'matter'),
      state: fc.constantFrom('proposed', 'heard', 'decided', 'effective', 'named', 'recognised', 'exited', 'dropped'),
    });
    fc.assert(
      fc.property(kind, fc.option(day), decided, (name, withdrawnOn, by) => {
        const endings = designationKinds[name].endings as readonly { caseType: string; states: readonly string[] }[];
        const may = endings.some((e) => e.caseType === by.type && e.states.includes(by.state));
        expect(canWithdraw({ kind: name, withdrawnOn }, by) === null).toBe(withdrawnOn === null && may);
        // A hearing stands before the decision of every case that ends a status for bad: none ends it while proposed.
        if (by.state === 'proposed' || by.state === 'dropped') expect(may).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('is in force from its day to its last, and on no day after it was withdrawn', () => {
    fc.assert(
      fc.property(day, fc.option(day), fc.option(day), day, (grantedOn, validTo, withdrawnOn, on) => {
        const within = on >= grantedOn && (validTo === null || on <= validTo);
        const there = withdrawnOn === null || on < withdrawnOn;
        expect(inForce({ grantedOn, validTo, withdrawnOn }, on)).toBe(within && there);
      }),
    );
  });
});
