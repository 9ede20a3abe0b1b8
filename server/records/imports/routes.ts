import { type ImportKind, imports, sheetExports, subjectKindOf } from '../../../domain/records/imports/index.ts';
import { type Route, route } from '../../platform/http/routes.ts';
import type { Services } from '../../platform/services.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Rq } from '../../platform/rq.ts';
import { readableUnit } from '../facts/index.ts';
import { getUnit } from '../units/index.ts';
import { kindWords } from './templates.ts';
import * as actions from './actions.ts';
import { exportFacts, exportSubjects, exportUnits } from './exports.ts';

const loose = { loose: true };

function pathOf(rq: Rq, database: Database, id: number | undefined, find: typeof getUnit): Promise<string | undefined> {
  if (id === undefined) return Promise.resolve(undefined);
  return database.read(rq.actor.scopes, async (db) => (await find({ ...rq, db }, id)).path);
}

export function importRoutes(services: () => Pick<Services, 'files'>): Route[] {
  return [
    route(
      imports.template,
      (rq, { params, query }, wire) => actions.sendTemplate(rq, params.kind, query.format, wire),
      loose,
    ),
    route(imports.start, (rq, { params }, wire) => actions.startImport(rq, params.kind, wire, services().files), loose),
    route(imports.accept, (rq, { params, body }) => actions.acceptImport(rq, params.id, body.mode)),
    route(imports.report, (rq, { params }, wire) => actions.sendReport(rq, params.id, wire, services().files), loose),
    route(
      sheetExports.subjects,
      async (rq, { query }, wire) => {
        const { kind, under, format, ...filter } = query;
        const sheet: ImportKind = `subjects-${kind}`;
        actions.mustBeDeclared(sheet);
        const underPath = await pathOf(rq, wire.database, under, getUnit);
        return actions.sendExport(rq, kindWords(sheet), format, wire, (read, to) =>
          exportSubjects(read, to, subjectKindOf(sheet)!, { ...filter, underPath }),
        );
      },
      loose,
    ),
    route(
      sheetExports.units,
      async (rq, { query }, wire) => {
        const underPath = await pathOf(rq, wire.database, query.under, getUnit);
        return actions.sendExport(rq, kindWords('units'), query.format, wire, (read, to) =>
          exportUnits(read, to, { ...query, underPath }),
        );
      },
      loose,
    ),
    route(
      sheetExports.facts,
      async (rq, { query }, wire) => {
        const underPath = await pathOf(rq, wire.database, query.under, readableUnit);
        return actions.sendExport(rq, kindWords('facts'), query.format, wire, (read, to) =>
          exportFacts(read, to, { ...query, underPath }),
        );
      },
      loose,
    ),
  ];
}
