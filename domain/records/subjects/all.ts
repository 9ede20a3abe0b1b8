import { deliberationSubjects } from '../../deliberation/kinds-subjects.ts';
import { economySubjects } from '../../economy/kinds-subjects.ts';
import { learningSubjects } from '../../learning/kinds-subjects.ts';
import { matterSubjects } from '../../matters/kinds-subjects.ts';
import { projectSubjects } from '../../projects/kinds-subjects.ts';
import { serviceSubjects } from '../../services/kinds-subjects.ts';
import type { SubjectKind } from './kind.ts';

/** Every kind of the platform by its name. A module's kinds stand in its kinds files and are listed here. */
export const subjectKinds: Readonly<Record<string, SubjectKind>> = {
  ...learningSubjects,
  ...matterSubjects,
  ...deliberationSubjects,
  ...serviceSubjects,
  ...economySubjects,
  ...projectSubjects,
};

export function findSubjectKind(kind: string): SubjectKind | undefined {
  return Object.hasOwn(subjectKinds, kind) ? subjectKinds[kind] : undefined;
}
