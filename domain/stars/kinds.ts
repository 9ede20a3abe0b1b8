import type { Workflow } from '../records/cases/workflow.ts';
import * as after from './kinds-after.ts';
import * as cycle from './kinds-cycle.ts';
import { worded } from './fields.ts';

/** Every case type of the stars module, by its type. */
export const starKinds: Readonly<Record<string, Workflow>> = Object.fromEntries(
  [
    cycle.cycleWorkflow,
    cycle.candidacyWorkflow,
    cycle.adjustmentWorkflow,
    cycle.planWorkflow,
    cycle.diagnosisWorkflow,
    cycle.vetoWorkflow,
    cycle.proposalWorkflow,
    cycle.objectionWorkflow,
    after.warningWorkflow,
    after.downgradeWorkflow,
    after.rewardRuleWorkflow,
    after.rewardWorkflow,
    after.recommendationWorkflow,
    after.cultivationWorkflow,
    after.withdrawalWorkflow,
    after.basicsWorkflow,
    after.benchmarkingWorkflow,
    after.threeZeroWorkflow,
    after.threeZeroSetWorkflow,
    after.dutyWorkflow,
  ].map((workflow) => [workflow.type, worded(workflow)]),
);
