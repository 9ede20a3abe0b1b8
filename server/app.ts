import type { FastifyInstance } from 'fastify';
import type { Database } from './platform/db/database.ts';
import { mount } from './platform/http/mount.ts';
import { openapi } from './platform/http/openapi.ts';
import type { Route } from './platform/http/routes.ts';
import { httpServer, type HttpSettings } from './platform/http/server.ts';
import { serveDocumentation, serveWeb } from './platform/http/static.ts';
import { jobRoutes } from './platform/jobs/index.ts';
import { setJournalKey } from './platform/journal.ts';
import type { Services } from './platform/services.ts';
import { servePortal } from './portal/routes.ts';
import { orgRoutes, watchResponsibility } from './modules/org/index.ts';
import { pointRoutes } from './modules/points/index.ts';
import { economyRoutes, settleProfits } from './modules/economy/index.ts';
import { fundAndProjectRoutes, holdFund, watchVotes, watchWorks } from './modules/projects/index.ts';
import { inquiryRoutes, overviewRoutes, reportRoutes, watchSurveys } from './modules/reports/index.ts';
import { afterRoutes, starRoutes, startNightly, valuesChanged } from './modules/stars/index.ts';
import { startPressing, taskRoutes, watchFindings } from './modules/tasks/index.ts';
import { accountRoutes, type AccountSettings, type IdentityProvider, sessions } from './records/accounts/index.ts';
import { agreementLinks, agreementRoutes, boundReason, startWarnings } from './records/agreements/index.ts';
import { assignmentRoutes } from './records/assignments/index.ts';
import { calendarRoutes } from './records/calendar/index.ts';
import { catalogueRoutes } from './records/catalogues/index.ts';
import { caseLinks, caseRoutes, keepCaseCounts, watchCases } from './records/cases/index.ts';
import { designationLinks, designationRoutes } from './records/designations/index.ts';
import { eventLinks, eventRoutes } from './records/events/index.ts';
import { evidenceRoutes } from './records/evidence/index.ts';
import { factRoutes, type Keeper, keepFigures, onFactsChanged } from './records/facts/index.ts';
import { importRoutes } from './records/imports/index.ts';
import { inboxRoutes } from './records/inbox/index.ts';
import { journalRoutes } from './records/journal/index.ts';
import { judgementRoutes } from './records/judgements/index.ts';
import { bookLinks, guardPostings, ledgerRoutes, watchClosings } from './records/ledgers/index.ts';
import { noticeRoutes } from './records/notices/index.ts';
import { peopleRoutes } from './records/people/index.ts';
import { publicationRoutes } from './records/publications/index.ts';
import { forgetPublished, standardRoutes } from './records/standards/index.ts';
import { onEnding, onLinks, startErasing, subjectRoutes } from './records/subjects/index.ts';
import { unitRoutes } from './records/units/index.ts';
import { noServices, type ServiceSettings, startServices } from './services.ts';

export interface AppSettings extends HttpSettings, ServiceSettings {
  readonly secret: string;
  readonly version: string;
  /** The address that people type; outside providers send them back there. */
  readonly publicUrl?: string;
  readonly providers?: readonly IdentityProvider[];
  /** Folder of the built pages; without it only the interface is served. */
  readonly webFolder?: string;
  /** Addresses that only this instance has (the demo's clock). */
  readonly extraRoutes?: readonly Route[];
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly figures: Keeper;
  }
}

/** The table of contents: every module's endpoints, lower storeys first. */
export function allRoutes(
  settings: AccountSettings & { readonly publicUrl?: string },
  services: () => Services = noServices,
): Route[] {
  return [
    ...accountRoutes(settings),
    ...unitRoutes,
    ...journalRoutes,
    ...peopleRoutes,
    ...assignmentRoutes,
    ...jobRoutes(services),
    ...evidenceRoutes(services),
    ...factRoutes,
    ...subjectRoutes,
    ...importRoutes(services),
    ...calendarRoutes,
    ...catalogueRoutes,
    ...noticeRoutes,
    ...standardRoutes,
    ...caseRoutes,
    ...inboxRoutes,
    ...judgementRoutes,
    ...designationRoutes,
    ...publicationRoutes,
    ...eventRoutes,
    ...ledgerRoutes,
    ...agreementRoutes,
    ...starRoutes,
    ...afterRoutes,
    ...orgRoutes,
    ...pointRoutes,
    ...economyRoutes,
    ...taskRoutes,
    ...fundAndProjectRoutes,
    ...reportRoutes(settings),
    ...inquiryRoutes,
    ...overviewRoutes,
  ];
}

export async function createApp(database: Database, settings: AppSettings): Promise<FastifyInstance> {
  setJournalKey(settings.secret);
  forgetPublished();
  watchCases(watchResponsibility);
  watchCases(watchFindings);
  watchCases(watchWorks);
  watchCases(watchVotes);
  watchCases(watchSurveys);
  guardPostings('creation-fund', holdFund);
  watchClosings(settleProfits);
  startNightly();
  startErasing();
  startWarnings();
  startPressing();
  onLinks('agreements', agreementLinks);
  onLinks('cases', caseLinks);
  onLinks('designations', designationLinks);
  onLinks('events', eventLinks);
  onLinks('books', bookLinks);
  onEnding('agreements', boundReason);
  // A value has changed: the standings that depend on it follow in the same transaction.
  onFactsChanged('stars', valuesChanged);
  const app = await httpServer(database, settings);
  const services = await startServices(database, settings, (err, what) => app.log.error({ err }, what));
  app.decorate('services', services);
  const routes = [...allRoutes(settings, () => services), ...(settings.extraRoutes ?? [])];
  const who = await sessions(database, settings.clock);
  mount(app, routes, { database, actorOf: who.actorOf, clock: settings.clock });
  const description = openapi(
    routes.map((r) => r.endpoint),
    settings.version,
  );
  await servePortal(app, routes, { database, ...settings });
  app.get('/api/openapi.json', async () => description);
  if (settings.webFolder !== undefined) {
    await serveDocumentation(app, description);
    await serveWeb(app, settings.webFolder);
  }
  const counts = keepCaseCounts(database);
  const figures = keepFigures(database, {
    clock: settings.clock,
    watch: settings.nightly ?? false,
    log: (err, what) => app.log.error({ err }, what),
  });
  app.decorate('figures', figures);
  app.addHook('onClose', () => figures.close());
  app.addHook('onClose', () => counts.close());
  app.addHook('onClose', () => services.close());
  app.addHook('onClose', () => who.close());
  return app;
}
