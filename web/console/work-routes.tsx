import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { flag, number, offset, words } from './search.ts';
import { shell } from './shell-route.tsx';

// Pages of the records below the stars: standards, duties, data, journal, administration.
const page = <P extends string>(path: P) => ({ getParentRoute: () => shell, path }) as const;
const choice = <const T extends readonly [string, ...string[]]>(of: T) => z.enum(of).optional().catch(undefined);

const standards = createRoute({
  ...page('/standards'),
  validateSearch: z.object({ offset }),
  component: lazyRouteComponent(() => import('../modules/standards/StandardsPage.tsx'), 'StandardsPage'),
});
const standard = createRoute({
  ...page('/standards/$id/$version'),
  validateSearch: z.object({ to: words }),
  component: lazyRouteComponent(() => import('../modules/standards/StandardPage.tsx'), 'StandardPage'),
});
const duties = createRoute({
  ...page('/duties'),
  validateSearch: z.object({
    tab: choice(['matrix', 'gaps', 'list', 'forces']),
    gap: words,
    role: words,
    history: flag,
    offset,
  }),
  component: lazyRouteComponent(() => import('../modules/assignments/DutiesPage.tsx'), 'DutiesPage'),
});
const data = createRoute({
  ...page('/data'),
  validateSearch: z.object({
    tab: choice(['facts', 'imports', 'confirmations']),
    metric: words,
    period: words,
    superseded: flag,
    sheet: words,
    offset,
  }),
  component: lazyRouteComponent(() => import('../modules/facts/DataPage.tsx'), 'DataPage'),
});
const journal = createRoute({
  ...page('/journal'),
  validateSearch: z.object({ actor: words, kind: words, from: words, to: words, before: number }),
  component: lazyRouteComponent(() => import('../modules/journal/JournalPage.tsx'), 'JournalPage'),
});
const admin = createRoute({
  ...page('/admin'),
  validateSearch: z.object({
    tab: choice(['users', 'people', 'calendar', 'catalogues']),
    q: words,
    year: number,
    offset,
  }),
  component: lazyRouteComponent(() => import('../modules/admin/AdminPage.tsx'), 'AdminPage'),
});

export const workRoutes = [standards, standard, duties, data, journal, admin] as const;
