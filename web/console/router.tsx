import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { inboxTabs } from '../../domain/records/inbox/contract.ts';
import { accounts } from '../../domain/records/accounts/index.ts';
import { onSignedOut, queryClient, reading } from '../api/hooks.ts';
import { Loading, Trouble } from '../ui/States.tsx';
import { dailyRoutes } from './daily-routes.tsx';
import { reportRoutes } from './report-routes.tsx';
import { offset, words } from './search.ts';
import { root, shell, wall } from './shell-route.tsx';
import { starRoutes } from './star-routes.tsx';
import { workRoutes } from './work-routes.tsx';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({ from: words, expired: z.boolean().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../modules/accounts/SignInPage.tsx'), 'SignInPage'),
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: z.object({ token: z.string().max(100).catch('') }),
  component: lazyRouteComponent(() => import('../modules/accounts/SetUpPage.tsx'), 'SetUpPage'),
});

const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: z.object({
    box: z.enum(inboxTabs).optional().catch(undefined),
    offset,
  }),
  component: lazyRouteComponent(() => import('../modules/cases/InboxPage.tsx'), 'InboxPage'),
});

const casePage = createRoute({
  getParentRoute: () => shell,
  path: '/cases/$id',
  component: lazyRouteComponent(() => import('../modules/cases/CasePage.tsx'), 'CasePage'),
});

const unitList = createRoute({
  getParentRoute: () => shell,
  path: '/units',
  validateSearch: z.object({ q: words, type: words, scheme: words, offset }),
  component: lazyRouteComponent(() => import('../modules/units/UnitsPage.tsx'), 'UnitsPage'),
});

const unitPage = createRoute({
  getParentRoute: () => shell,
  path: '/units/$unitId',
  component: lazyRouteComponent(() => import('../modules/units/UnitPage.tsx'), 'UnitPage'),
});

const me = createRoute({
  getParentRoute: () => shell,
  path: '/me',
  component: lazyRouteComponent(() => import('../modules/accounts/MePage.tsx'), 'MePage'),
});

const tree = root.addChildren([
  signIn,
  setUp,
  wall,
  shell.addChildren([
    inbox,
    casePage,
    unitList,
    unitPage,
    me,
    ...starRoutes,
    ...workRoutes,
    ...reportRoutes,
    ...dailyRoutes,
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  defaultPendingComponent: () => (
    <div className="page">
      <Loading />
    </div>
  ),
  defaultErrorComponent: ({ error, reset }) => <Trouble error={error} retry={reset} />,
});

onSignedOut(() => {
  const { pathname, href } = router.state.location;
  if (pathname === '/sign-in') return;
  // Who has not been signed in is led to the door by the route and has lost nothing.
  const expired = queryClient.getQueryData(reading(accounts.me).queryKey) !== undefined;
  void router.navigate({ to: '/sign-in', search: { from: href, expired: expired || undefined } });
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
