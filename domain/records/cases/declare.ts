import type { Form } from '../../fields.ts';
import { say } from '../../fields.ts';
import type { Verb } from '../../grants.ts';
import type { Words } from '../../words.ts';
import type { State, Step, Workflow } from './workflow.ts';

export const state = (zh: string, en: string, waitsFor?: State['waitsFor']): State => ({
  words: say(zh, en),
  ...(waitsFor === undefined ? {} : { waitsFor }),
});
export const end = (zh: string, en: string): State => ({ words: say(zh, en), final: true });

type More = Partial<Omit<Step, 'words' | 'from' | 'to' | 'verb'>>;

/** A step that whoever writes cases on the unit may take, unless another verb is named. */
export function step(
  zh: string,
  en: string,
  from: string | readonly string[],
  to: string,
  { verb = 'cases.write', ...more }: More & { readonly verb?: Verb } = {},
): Step {
  return { words: say(zh, en), from: typeof from === 'string' ? [from] : from, to, verb, ...more };
}

/** The owner does it. */
export const byOwner = { onlyBy: 'owner' } as const;
/** Somebody other than who did it looks at it. */
export const checked = { verb: 'cases.assign', notBy: ['owner'] } as const satisfies More & { verb: Verb };
/** Those who decide for the unit. */
export const decided = { verb: 'cases.assign' } as const;
/** It is handed to somebody by name. */
export const given = { needs: ['owner'] } as const satisfies More;

interface Rest extends Partial<Omit<Workflow, 'type' | 'words' | 'states' | 'steps' | 'data' | 'fields'>> {
  readonly form?: Form;
}

/** A workflow for the generic screens; it begins in the first state that is declared. */
export function workflow(
  type: string,
  words: Words,
  states: Readonly<Record<string, State>>,
  steps: Readonly<Record<string, Step>>,
  { form, ...rest }: Rest = {},
): Workflow {
  return {
    type,
    words,
    initial: Object.keys(states)[0]!,
    openVerb: 'cases.write',
    generic: true,
    states,
    steps,
    ...(form ? { data: form.data, fields: form.fields } : {}),
    ...rest,
  };
}

/** Workflows by their type; a type used twice is a defect of the declaration. */
export function byType(workflows: readonly Workflow[]): Readonly<Record<string, Workflow>> {
  const named = Object.fromEntries(workflows.map((w) => [w.type, w]));
  if (Object.keys(named).length !== workflows.length) throw new Error('A workflow is declared twice.');
  return named;
}
