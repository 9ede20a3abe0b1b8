import { journalWords } from '../../words/journal.ts';
import { useWords } from '../../words/use.ts';

/** Who did it, as the reader calls them: what the platform did of itself stands in the journal under its own name. */
export function useActorName(): (name: string) => string {
  const t = useWords(journalWords);
  return (name) => (name === 'system' ? t('platform') : name);
}
