import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { ledgerFaultNames } from '../../domain/tasks/rules.ts';
import { flag, number, offset, words } from './search.ts';
import { shell } from './shell-route.tsx';

// The daily work of every module, through the same lists and pages.
const page = <P extends string>(path: P) => ({ getParentRoute: () => shell, path }) as const;

const work = createRoute({
  ...page('/work'),
  validateSearch: z.object({
    module: words,
    record: words,
    kind: words,
    state: words,
    q: words,
    all: flag,
    sort: words,
    tag: words,
    expiring: flag,
    offset,
  }),
  component: lazyRouteComponent(() => import('../modules/work/WorkPage.tsx'), 'WorkPage'),
});
const event = createRoute({
  ...page('/events/$id'),
  component: lazyRouteComponent(() => import('../modules/work/EventPage.tsx'), 'EventPage'),
});
const book = createRoute({
  ...page('/books/$id'),
  validateSearch: z.object({ offset }),
  component: lazyRouteComponent(() => import('../modules/work/BookPage.tsx'), 'BookPage'),
});

const choice = <const T extends readonly [string, ...string[]]>(of: T) => z.enum(of).optional().catch(undefined);
const tasks = createRoute({
  ...page('/tasks'),
  validateSearch: z.object({
    view: choice(['tasks', 'problems', 'owners', 'criteria', 'bulletin', 'rounds']),
    star: words,
    here: flag,
    criterion: words,
    light: choice(['red', 'yellow', 'green', 'none']),
    owner: words,
    ownerUnit: number,
    escalated: flag,
    stale: flag,
    closed: flag,
    fault: choice(ledgerFaultNames),
    severity: choice(['ordinary', 'key']),
    tag: words,
    month: words,
    q: words,
    offset,
  }),
  component: lazyRouteComponent(() => import('../modules/tasks/TasksPage.tsx'), 'TasksPage'),
});

const subject = createRoute({
  ...page('/subjects/$id'),
  component: lazyRouteComponent(() => import('../modules/subjects/SubjectPage.tsx'), 'SubjectPage'),
});
const agreement = createRoute({
  ...page('/agreements/$id'),
  component: lazyRouteComponent(() => import('../modules/agreements/AgreementPage.tsx'), 'AgreementPage'),
});

const round = createRoute({
  ...page('/rounds/$id'),
  validateSearch: z.object({ offset }),
  component: lazyRouteComponent(() => import('../modules/tasks/RoundPage.tsx'), 'RoundPage'),
});

const overview = createRoute({
  ...page('/overview'),
  component: lazyRouteComponent(() => import('../modules/reports/OverviewPage.tsx'), 'OverviewPage'),
});

const points = createRoute({
  ...page('/points'),
  validateSearch: z.object({ offset }),
  component: lazyRouteComponent(() => import('../modules/points/MyPointsPage.tsx'), 'MyPointsPage'),
});

const projects = createRoute({
  ...page('/projects'),
  validateSearch: z.object({
    view: choice(['list', 'compared', 'programmes', 'forces', 'sums', 'order', 'funds']),
    by: choice(['unit', 'use', 'class', 'programme', 'system', 'stage']),
    stage: words,
    use: words,
    class: words,
    system: words,
    programme: words,
    force: number,
    key: flag,
    late: flag,
    over: flag,
    year: number,
    fund: words,
    q: words,
    offset,
  }),
  component: lazyRouteComponent(() => import('../modules/projects/ProjectsPage.tsx'), 'ProjectsPage'),
});
const project = createRoute({
  ...page('/projects/$id'),
  component: lazyRouteComponent(() => import('../modules/projects/ProjectPage.tsx'), 'ProjectPage'),
});

export const dailyRoutes = [
  overview,
  projects,
  project,
  work,
  tasks,
  round,
  event,
  book,
  subject,
  agreement,
  points,
] as const;
