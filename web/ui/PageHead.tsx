import { type ReactNode, useEffect } from 'react';

export interface Crumb {
  readonly key: string;
  readonly node: ReactNode;
}

/** Head of a page: where it stands, what it is called, what it is for, and what can be done from here. */
export function PageHead(props: {
  title: string;
  lead?: ReactNode;
  crumbs?: readonly Crumb[];
  tools?: ReactNode;
  mark?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${props.title} · 五星`;
  }, [props.title]);
  return (
    <header className="page-head">
      <div style={{ minWidth: 0 }}>
        {props.crumbs && props.crumbs.length > 0 && (
          <ol className="crumbs">
            {props.crumbs.map((c) => (
              <li key={c.key}>{c.node}</li>
            ))}
          </ol>
        )}
        <div className="row">
          <h1>{props.title}</h1>
          {props.mark}
        </div>
        {props.lead && <p className="lead">{props.lead}</p>}
      </div>
      {props.tools && <div className="row no-print">{props.tools}</div>}
    </header>
  );
}
