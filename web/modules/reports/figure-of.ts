import type { z } from 'zod';
import { facts } from '../../../domain/records/facts/contract.ts';
import { displayOf } from '../../../domain/records/facts/display.ts';
import type { FilledFigure } from '../../../domain/reports/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { useLang } from '../../words/use.ts';

export type Catalogued = z.output<typeof facts.catalogue.reply>['items'][number];
export type Told = z.output<typeof facts.values.reply>['values'][number];

/** Values of a unit for a year or another period, without the lists of who has not reported. */
export function useFigures(unitId: number, period: number | string, keys: readonly string[]) {
  return useRead(facts.values, {
    params: { id: unitId },
    query: { keys: keys.join(',') as never, period: String(period), missing: false as never },
  });
}

/** A value as the drawer shows it, opened to the records that it was counted from. */
export function useFigureOf(): (
  item: Catalogued,
  value: Told & { readonly value: string },
  period: number | string,
) => FilledFigure {
  const { lang } = useLang();
  return (item, value, period) => ({
    n: 0,
    blank: null,
    key: item.key,
    words: item.words,
    period: String(period),
    value: value.value,
    display: displayOf(item, value.value, 'plain', lang),
    definition: item.definition,
    records: value.records,
    asOf: value.asOf,
    missing: null,
    holders: [],
  });
}

export const counted = (value: Told | undefined): value is Told & { readonly value: string } =>
  value !== undefined && value.value !== null;
