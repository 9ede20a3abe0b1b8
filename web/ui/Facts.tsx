import type { ReactNode } from 'react';

/** Names and values of a record, in as many columns as fit. */
export function Facts(props: { of: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {props.of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A few large numbers side by side. */
export function Figures(props: { of: readonly { name: string; value: ReactNode; note?: ReactNode }[] }) {
  return (
    <dl className="figures">
      {props.of.map((f) => (
        <div key={f.name}>
          <dt className="name">{f.name}</dt>
          <dd className="value">{f.value}</dd>
          {f.note && <dd className="small quiet">{f.note}</dd>}
        </div>
      ))}
    </dl>
  );
}
