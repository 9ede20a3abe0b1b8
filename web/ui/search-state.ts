import { useNavigate, useSearch } from '@tanstack/react-router';

type Search = Record<string, string | number | boolean | undefined>;

/** Screen state in the address: reads the search part and changes some of it; a new filter starts at the first page. */
export function useScreen<S extends object>(): [S, (change: Partial<Record<keyof S, unknown>>) => void] {
  const search = useSearch({ strict: false } as never) as S;
  const navigate = useNavigate();
  return [
    search,
    (change) => {
      const first = 'offset' in change ? {} : { offset: undefined };
      void navigate({ to: '.', search: (was: Search) => ({ ...was, ...first, ...change }) as never, replace: true });
    },
  ];
}
