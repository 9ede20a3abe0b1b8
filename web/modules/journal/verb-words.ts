import { wordsOfVerb } from '../../../domain/records/journal/verbs.ts';
import type { Said } from '../../words/use.ts';

/** A verb of the journal in words; one of an earlier version, that nothing declares any longer, as it is written. */
export function verbWords(verb: string): Said {
  return wordsOfVerb(verb) ?? { zh: verb };
}
