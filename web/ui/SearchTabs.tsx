import { Link } from '@tanstack/react-router';

/** Tabs whose choice stands in the address. */
export function SearchTabs(props: {
  label: string;
  name: string;
  now: string;
  tabs: readonly { key: string; label: string }[];
}) {
  return (
    <nav className="local-tabs no-print" aria-label={props.label}>
      {props.tabs.map((tab) => (
        <Link
          key={tab.key}
          to="."
          search={(was: Record<string, unknown>) => ({ ...was, [props.name]: tab.key, offset: undefined }) as never}
          activeProps={{}}
          aria-current={tab.key === props.now ? 'page' : undefined}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
