import { expect, it } from 'vitest';
import { findDefects } from './hostile.ts';

// A short run on every endpoint; `npm run faults` does the long one.
it('answers hostile input on every endpoint with a refusal, never with a defect, and writes nothing of it', async () => {
  const report = await findDefects({ fixed: 7, random: 3, seed: 20260302 });
  expect(report.faults).toEqual([]);
  expect(report.calls).toBeGreaterThan(report.operations * 6);
  expect(report.accepted).toBeGreaterThan(report.operations);
}, 300_000);
