import type { Result } from '../../../domain/stars/result.ts';
import type { Standard } from '../../../domain/stars/standard.ts';
import { findStandard } from '../../records/standards/index.ts';
import type { Rq } from '../../platform/rq.ts';
import type { Branch, Cycle } from './common.ts';
import { findStanding, type KeptInputs, scoreInputs, type StandingRow } from './standings.ts';

export interface Current {
  readonly result: Result;
  readonly inputs: KeptInputs;
  readonly row: StandingRow | undefined;
  readonly standard: Standard;
}

const nothing: KeptInputs = { values: {}, vetoes: [], standings: {} };

/** The full result behind a kept standing, scored again from its inputs; without one, a branch of which nothing is known. */
export async function currentResult(
  rq: Rq,
  cycle: Cycle,
  branch: Branch,
  standard: Standard,
  kind: 'live' | 'result' = 'live',
): Promise<Current> {
  const label = kind === 'result' ? (cycle.data.proposalId ?? '-') : '';
  const row = await findStanding(rq, cycle.id, branch.id, kind, label);
  const by = row ? await findStandard(rq, row.standardId, row.standardVersion) : standard;
  const inputs = row?.inputs ?? nothing;
  return { result: scoreInputs(by, branch.id, inputs), inputs, row, standard: by };
}
