import { after } from './contract-after.ts';
import { assessing } from './contract-assess.ts';
import { confirming } from './contract-confirm.ts';
import { candidacies, cycles } from './contract-cycle.ts';
import { deciding } from './contract-deciding.ts';
import { nexts } from './contract-next.ts';
import { plans } from './contract-plans.ts';
import { recognition } from './contract-recognition.ts';
import { results } from './contract-results.ts';
import { rewards } from './contract-rewards.ts';

/** Every endpoint of the star cycle, grouped by the work it belongs to. */
export const stars = {
  cycles,
  candidacies,
  plans,
  assessing,
  confirming,
  results,
  deciding,
  after,
  rewards,
  recognition,
  nexts,
} as const;
