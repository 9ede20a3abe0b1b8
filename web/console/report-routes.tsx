import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { offset, words } from './search.ts';
import { shell } from './shell-route.tsx';

// Reports, and what offices ask villages for.
const page = <P extends string>(path: P) => ({ getParentRoute: () => shell, path }) as const;

const list = createRoute({
  ...page('/reports'),
  validateSearch: z.object({
    tab: z.enum(['reports', 'inquiries', 'burden']).optional().catch(undefined),
    month: words,
    offset,
  }),
  component: lazyRouteComponent(() => import('../modules/reports/ReportsPage.tsx'), 'ReportsPage'),
});
const report = createRoute({
  ...page('/reports/$id'),
  component: lazyRouteComponent(() => import('../modules/reports/ReportPage.tsx'), 'ReportPage'),
});
const compose = createRoute({
  ...page('/reports/compose'),
  validateSearch: z.object({ draft: z.uuid().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../modules/reports/ComposePage.tsx'), 'ComposePage'),
});
const inquiry = createRoute({
  ...page('/reports/inquiries/$id'),
  component: lazyRouteComponent(() => import('../modules/reports/InquiryPage.tsx'), 'InquiryPage'),
});
const answer = createRoute({
  ...page('/reports/answers/$id'),
  component: lazyRouteComponent(() => import('../modules/reports/AnswerPage.tsx'), 'AnswerPage'),
});

export const reportRoutes = [list, compose, report, inquiry, answer] as const;
