import type { Preview } from '../../../domain/reports/contract-inquiries.ts';
import { uiWords } from '../../words/ui.ts';
import { useWords } from '../../words/use.ts';

/** A value as a reader says it: a yes or no is kept as 1 or 0 and told in words. */
export function useCellText(): (column: Pick<Preview['columns'][number], 'kind'>, value: string) => string {
  const u = useWords(uiWords);
  return ({ kind }, value) => (kind === 'yes' ? u(value === '1' ? 'yes' : 'no') : value);
}
