import type { Lang } from '../../../domain/words.ts';
import type { Wire } from '../http/routes.ts';
import { type Reader, sendWritten } from '../http/sending.ts';
import type { Rq } from '../rq.ts';
import { dayOf } from '../time.ts';
import { media } from './open.ts';
import { type Head, sheetWriter, type SheetWriter } from './write.ts';

export interface FiledList {
  readonly name: string;
  /** What else its head says: the unit, the period. */
  readonly about?: readonly string[];
  readonly sheetName: string;
  readonly heads: readonly Head[];
  readonly format: 'xlsx' | 'csv';
}

/** What stands above the heads: what this is, and as of which day. */
function titleOf({ name, about = [] }: FiledList, day: string, lang: Lang): string {
  if (lang === 'zh') return `${name}（${[...about, `截至${day}`].join('，')}）`;
  return `${name}${about.length > 0 ? ` (${about.join(', ')})` : ''}, as of ${day}`;
}

/** A list as an office files it: its head names the list and the day, and rows go out as they are read. */
export function sendList(
  rq: Rq,
  wire: Wire,
  list: FiledList,
  rows: (row: SheetWriter['row'], read: Reader) => Promise<void>,
): unknown {
  const day = dayOf(rq.now);
  const { format, sheetName, heads } = list;
  const file = { name: `${list.name}-${day}.${format}`, type: media[format] };
  return sendWritten(rq, wire, file, async (read, out) => {
    const writer = sheetWriter(format, out, { sheetName, title: titleOf(list, day, rq.lang), heads });
    await rows((cells, options) => writer.row(cells, options), read);
    await writer.end();
  });
}
