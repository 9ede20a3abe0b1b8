import {
  createRootRoute,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { z } from 'zod';
import { accounts } from '../../domain/records/accounts/index.ts';
import { isRefusal } from '../api/call.ts';
import { queryClient, reading } from '../api/hooks.ts';
import { Trouble } from '../ui/States.tsx';
import { NotFound } from './NotFound.tsx';
import { number, words } from './search.ts';
import { Shell } from './Shell.tsx';

export const root = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: ({ error, reset }) => <Trouble error={error} retry={reset} />,
});

/** Needs a session; what the reader wanted to see is kept for after the log-in. */
async function signedIn({ location }: { location: { href: string } }): Promise<void> {
  try {
    await queryClient.ensureQueryData(reading(accounts.me));
  } catch (error) {
    if (isRefusal(error) && error.status === 401) {
      const from = location.href === '/' ? undefined : location.href;
      throw redirect({ to: '/sign-in', search: { from, expired: undefined } });
    }
    throw error;
  }
}

/** Everything below stands in the frame with the menu and the tree. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  validateSearch: z.object({ unit: number, cycle: words }),
  search: { middlewares: [retainSearchParams(['unit', 'cycle'])] },
  beforeLoad: signedIn,
  component: Shell,
  notFoundComponent: NotFound,
});

/** For a screen on a wall: without the frame. */
export const wall = createRoute({
  getParentRoute: () => root,
  path: '/wall',
  validateSearch: z.object({ unit: number, cycle: words }),
  beforeLoad: signedIn,
  component: lazyRouteComponent(() => import('../modules/reports/WallPage.tsx'), 'WallPage'),
});
