import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { candidacyStates, origins } from '../../domain/stars/contract-shared.ts';
import { number, offset, words } from './search.ts';
import { shell } from './shell-route.tsx';

const kind = z.enum(['live', 'result']).optional().catch(undefined);
const stage = z.enum(['township-review', 'verification', 'joint-review']).optional().catch(undefined);

const page = <P extends string>(path: P) => ({ getParentRoute: () => shell, path }) as const;

const board = createRoute({
  ...page('/stars'),
  validateSearch: z.object({ kind }),
  component: lazyRouteComponent(() => import('../modules/stars/BoardPage.tsx'), 'BoardPage'),
});
const plans = createRoute({
  ...page('/stars/plans'),
  component: lazyRouteComponent(() => import('../modules/stars/PlansPage.tsx'), 'PlansPage'),
});
const candidacies = createRoute({
  ...page('/stars/candidacies'),
  validateSearch: z.object({
    state: z.enum(candidacyStates).optional().catch(undefined),
    origin: z.enum(origins).optional().catch(undefined),
    offset,
  }),
  component: lazyRouteComponent(() => import('../modules/stars/CandidaciesPage.tsx'), 'CandidaciesPage'),
});
const decision = createRoute({
  ...page('/stars/decision'),
  component: lazyRouteComponent(() => import('../modules/stars/DecisionPage.tsx'), 'DecisionPage'),
});
const tiles = createRoute({
  ...page('/stars/tiles'),
  component: lazyRouteComponent(() => import('../modules/stars/TilesPage.tsx'), 'TilesPage'),
});
const watch = createRoute({
  ...page('/stars/watch'),
  component: lazyRouteComponent(() => import('../modules/stars/WatchPage.tsx'), 'WatchPage'),
});
const certificates = createRoute({
  ...page('/stars/certificates'),
  validateSearch: z.object({ offset }),
  component: lazyRouteComponent(() => import('../modules/stars/CertificatesPage.tsx'), 'CertificatesPage'),
});

const card = createRoute({
  ...page('/card/$unitId'),
  validateSearch: z.object({ kind, star: words }),
  component: lazyRouteComponent(() => import('../modules/stars/CardPage.tsx'), 'CardPage'),
});
const diagnosis = createRoute({
  ...page('/card/$unitId/diagnosis'),
  component: lazyRouteComponent(() => import('../modules/stars/DiagnosisPage.tsx'), 'DiagnosisPage'),
});
const declaration = createRoute({
  ...page('/card/$unitId/declaration'),
  component: lazyRouteComponent(() => import('../modules/stars/DeclarationPage.tsx'), 'DeclarationPage'),
});
const self = createRoute({
  ...page('/card/$unitId/self'),
  component: lazyRouteComponent(() => import('../modules/stars/SelfPage.tsx'), 'SelfPage'),
});
const comparison = createRoute({
  ...page('/card/$unitId/comparison'),
  validateSearch: z.object({ with: number }),
  component: lazyRouteComponent(() => import('../modules/stars/ComparisonPage.tsx'), 'ComparisonPage'),
});
const duties = createRoute({
  ...page('/card/$unitId/duties'),
  component: lazyRouteComponent(() => import('../modules/stars/DutiesPage.tsx'), 'DutiesPage'),
});

const review = createRoute({
  ...page('/review'),
  validateSearch: z.object({ stage, star: words, offset }),
  component: lazyRouteComponent(() => import('../modules/stars/ReviewPage.tsx'), 'ReviewPage'),
});
const desk = createRoute({
  ...page('/review/$unitId'),
  validateSearch: z.object({ stage, star: words, only: z.enum(['open', 'changed']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../modules/stars/DeskPage.tsx'), 'DeskPage'),
});

export const starRoutes = [
  board,
  plans,
  candidacies,
  decision,
  tiles,
  watch,
  certificates,
  card,
  diagnosis,
  declaration,
  self,
  comparison,
  duties,
  review,
  desk,
] as const;
