import { economyAgreements } from '../../economy/kinds-agreements.ts';
import { projectAgreements } from '../../projects/kinds-agreements.ts';
import { serviceAgreements } from '../../services/kinds-agreements.ts';
import type { AgreementKind } from './kind.ts';

/** Every kind of the platform by its name. A module's kinds stand in its kinds files and are listed here. */
export const agreementKinds: Readonly<Record<string, AgreementKind>> = {
  ...serviceAgreements,
  ...economyAgreements,
  ...projectAgreements,
};

export function findAgreementKind(kind: string): AgreementKind | undefined {
  return Object.hasOwn(agreementKinds, kind) ? agreementKinds[kind] : undefined;
}
