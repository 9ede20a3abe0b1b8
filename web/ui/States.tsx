import { Button } from 'antd';
import type { ReactNode } from 'react';
import { isRefusal } from '../api/call.ts';
import { uiWords } from '../words/ui.ts';
import { useWords } from '../words/use.ts';

export function Loading(props: { rows?: number }) {
  const t = useWords(uiWords);
  return (
    <div role="status" aria-live="polite">
      <span className="sr-only">{t('loading')}</span>
      {Array.from({ length: props.rows ?? 4 }, (_, i) => (
        <div key={i} className="bone" style={{ width: `${100 - ((i * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

/** Nothing to show: says what is absent and what could be done about it. */
export function Empty(props: { title?: string; hint?: ReactNode; children?: ReactNode }) {
  const t = useWords(uiWords);
  return (
    <div className="empty">
      <svg width="56" height="40" viewBox="0 0 56 40" aria-hidden="true" fill="none" stroke="#b4bdc8" strokeWidth="1.5">
        <path d="M6 16l7-10h30l7 10v18H6z" />
        <path d="M6 16h14l3 6h10l3-6h14" />
      </svg>
      <strong>{props.title ?? t('nothing-here')}</strong>
      {props.hint && <span>{props.hint}</span>}
      {props.children}
    </div>
  );
}

/** A refusal in the server's own words, with the places it names. */
export function Trouble(props: { error: unknown; retry?: () => void }) {
  const t = useWords(uiWords);
  const { error } = props;
  const details = isRefusal(error) ? error.details : [];
  return (
    <div role="alert" className="empty trouble">
      <strong>{error instanceof Error ? error.message : String(error)}</strong>
      {details.map((d) => (
        <span key={d.path + d.message}>{d.message}</span>
      ))}
      {props.retry && <Button onClick={props.retry}>{t('retry')}</Button>}
    </div>
  );
}

interface Reading<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** One read and its three ends: waiting, refused, there. */
export function Shown<T>(props: { of: Reading<T>; rows?: number; children: (data: T) => ReactNode }) {
  const { data, error, refetch } = props.of;
  if (data !== undefined) return <>{props.children(data)}</>;
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  return <Loading {...(props.rows === undefined ? {} : { rows: props.rows })} />;
}
