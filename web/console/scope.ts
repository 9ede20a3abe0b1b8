import { useNavigate, useRouterState, useSearch } from '@tanstack/react-router';

/**
 * The unit chosen in the tree stands in the address (`?unit=12`), so that a link shows the same to a colleague. Every
 * list below reads it; choosing a unit while a unit's own page is open goes to that unit's page instead.
 */
export function useScope(): { unitId: number | undefined; choose: (unitId: number | undefined) => void } {
  const { unit } = useSearch({ strict: false }) as { unit?: number };
  const path = useRouterState({ select: (s) => s.location.pathname });
  const navigate = useNavigate();
  const pageOf = path.match(/^\/(units|card)\/\d+/)?.[1] as 'units' | 'card' | undefined;
  return {
    unitId: unit,
    choose: (unitId) => {
      if (pageOf && unitId !== undefined)
        void navigate({
          to: `/${pageOf}/$unitId`,
          params: { unitId: String(unitId) },
          search: (s) => ({ ...s, unit: unitId }) as never,
        });
      else void navigate({ to: '.', search: (s) => ({ ...s, unit: unitId, offset: undefined }) as never });
    },
  };
}
