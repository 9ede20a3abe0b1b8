import { isShare } from '../../../domain/records/facts/display.ts';
import type { Preview } from '../../../domain/reports/contract-inquiries.ts';
import { grouped, neat } from '../../ui/number.ts';
import { uiWords } from '../../words/ui.ts';
import { useSay, useWords } from '../../words/use.ts';

type Column = Pick<Preview['columns'][number], 'kind' | 'unit'>;

const ofOne = ({ unit }: Column) => unit !== null && isShare({ unit });

/** A value as a reader says it: a yes or no is kept as 1 or 0 and told in words, a share of one is told in percent. */
export function useCellText(): (column: Column, value: string) => string {
  const u = useWords(uiWords);
  return (column, value) => {
    if (column.kind === 'yes') return u(value === '1' ? 'yes' : 'no');
    return column.kind === 'text' ? value : grouped(neat(value, ofOne(column)));
  };
}

/** The same with its unit, which a percentage has in it. */
export function useCellWithUnit(): (column: Column, value: string) => string {
  const say = useSay();
  const text = useCellText();
  return (column, value) => text(column, value) + (column.unit && !ofOne(column) ? ` ${say(column.unit)}` : '');
}
