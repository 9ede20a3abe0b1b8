import { type ReactNode, useCallback, useState } from 'react';
import { uiWords } from '../words/ui.ts';
import { useWords } from '../words/use.ts';
import { Empty } from './States.tsx';

export interface Column<T> {
  readonly key: string;
  readonly title: string;
  readonly show: (row: T, index: number) => ReactNode;
  readonly align?: 'end' | 'mid' | 'acts' | 'known-by';
  readonly width?: number | string;
  /** Never narrower than this: a name in Chinese may otherwise break after every character. */
  readonly least?: number;
  /** Not on the screen until the reader asks for it in the column settings. */
  readonly off?: boolean;
}

export interface TableProps<T> {
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string | number;
  /** What the table shows, read before its content. */
  readonly caption: string;
  readonly startAt?: number;
  readonly numbered?: boolean;
  readonly empty?: ReactNode;
  readonly selected?: (row: T) => boolean;
  /** False keeps rows as rows on a phone (small tables of numbers). */
  readonly cards?: boolean;
}

/** Whether the content is wider than its place, so that it has to be scrolled: then the keyboard must be able to. */
function useWiderThanPlace() {
  const [wide, setWide] = useState(false);
  const place = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const look = () => setWide(element.scrollWidth > element.clientWidth);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return [wide, place] as const;
}

/** A plain table: real rows and heads for keyboards and screen readers, cards on a phone. */
export function Table<T>(props: TableProps<T>) {
  const t = useWords(uiWords);
  const { rows, startAt = 0, numbered = true } = props;
  const [wide, wrap] = useWiderThanPlace();
  if (rows.length === 0) return <>{props.empty ?? <Empty />}</>;
  return (
    <div className="table-wrap" ref={wrap} tabIndex={wide ? 0 : undefined} role="region" aria-label={props.caption}>
      <table className={props.cards === false ? 'list' : 'list cards'}>
        <caption className="sr-only">{props.caption}</caption>
        <thead>
          <tr>
            {numbered && (
              <th scope="col" style={{ width: 56 }}>
                {t('number')}
              </th>
            )}
            {props.columns.map((c) => (
              <th key={c.key} scope="col" className={c.align} style={{ width: c.width, minWidth: c.least }}>
                {c.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={props.rowKey(row)} aria-selected={props.selected?.(row) || undefined}>
              {numbered && (
                <td data-label={t('number')} className="num quiet">
                  {startAt + index + 1}
                </td>
              )}
              {props.columns.map((c) => (
                <td key={c.key} data-label={c.title} className={c.align}>
                  {c.show(row, index)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
