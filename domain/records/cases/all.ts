import { deliberationKinds } from '../../deliberation/kinds-cases.ts';
import { disclosureKinds } from '../../disclosure/kinds-cases.ts';
import { economyKinds } from '../../economy/kinds-cases.ts';
import { matterKinds } from '../../matters/kinds-cases.ts';
import { orgKinds } from '../../org/kinds.ts';
import { inquiryKinds } from '../../reports/kinds-inquiry.ts';
import { pointKinds } from '../../points/kinds-cases.ts';
import { projectKinds } from '../../projects/kinds-cases.ts';
import { reportKinds } from '../../reports/kinds-cases.ts';
import { serviceKinds } from '../../services/kinds-cases.ts';
import { starKinds } from '../../stars/kinds.ts';
import { planKinds } from '../../tasks/kinds-plans.ts';
import { supervisionKinds } from '../../tasks/kinds-supervision.ts';
import { workKinds } from '../../tasks/kinds-work.ts';
import { taskKinds } from '../../tasks/kinds.ts';
import { judgementKinds } from '../judgements/kinds.ts';
import type { Workflow } from './workflow.ts';

/** Every workflow of the platform, by its type. A module's workflows stand in its kinds.ts and are listed here. */
export const workflows: Readonly<Record<string, Workflow>> = {
  ...judgementKinds,
  ...orgKinds,
  ...taskKinds,
  ...planKinds,
  ...workKinds,
  ...supervisionKinds,
  ...starKinds,
  ...inquiryKinds,
  ...matterKinds,
  ...deliberationKinds,
  ...disclosureKinds,
  ...serviceKinds,
  ...pointKinds,
  ...economyKinds,
  ...projectKinds,
  ...reportKinds,
};

/** Types of which only those concerned see a case, and nobody a small count. */
export const confidentialTypes = (): string[] =>
  Object.values(workflows)
    .filter((w) => w.confidential)
    .map((w) => w.type);

/** Types that an inbox tells as the case above them. */
export const toldAsAbove = (): Workflow[] => Object.values(workflows).filter((w) => w.toldAs !== undefined);

export function findWorkflow(type: string): Workflow | undefined {
  return Object.hasOwn(workflows, type) ? workflows[type] : undefined;
}

/** The workflow of a case that exists; a case of a type that is no longer declared is a defect of the installation. */
export function workflowOf(type: string): Workflow {
  const workflow = findWorkflow(type);
  if (!workflow) throw new Error(`No workflow is declared for cases of type ${type}.`);
  return workflow;
}
