import type { ReactNode } from 'react';
import { Empty } from './States.tsx';
import { useMoment } from './moments.ts';

export interface Happened {
  readonly key: string;
  readonly at: string;
  readonly who?: ReactNode;
  readonly what: ReactNode;
  readonly why?: ReactNode;
}

/** What happened to a record, newest first, with who and why. */
export function Timeline(props: { of: readonly Happened[]; empty?: string }) {
  const moment = useMoment();
  if (props.of.length === 0) return <Empty {...(props.empty ? { title: props.empty } : {})} />;
  return (
    <ol className="timeline">
      {props.of.map((h) => (
        <li key={h.key}>
          <div>{h.what}</div>
          <div className="small quiet">
            <time dateTime={h.at}>{moment(h.at)}</time>
            {h.who && <> · {h.who}</>}
          </div>
          {h.why && <div className="small">{h.why}</div>}
        </li>
      ))}
    </ol>
  );
}
