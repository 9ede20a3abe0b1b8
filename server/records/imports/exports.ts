import type { Writable } from 'node:stream';
import { isMetric, metrics } from '../../../domain/records/facts/index.ts';
import { columnsFor, type ImportKind, type SheetFormat } from '../../../domain/records/imports/index.ts';
import { unitTypes, type UnitType } from '../../../domain/records/units/index.ts';
import type { SubjectKind } from '../../../domain/records/subjects/index.ts';
import type { Lang } from '../../../domain/words.ts';
import { all, sql, under } from '../../platform/db/sql.ts';
import type { Reader } from '../../platform/http/sending.ts';
import { type SheetWriter, sheetWriter } from '../../platform/sheets/index.ts';
import { dayOf } from '../../platform/time.ts';
import { listFactsAfter, permitted } from '../facts/index.ts';
import { type Cursor, listSubjectsAfter, type SubjectSearch } from '../subjects/index.ts';
import { listUnitsAfter } from '../units/index.ts';
import { cellOf, itemWords } from './subject-cells.ts';
import { kindWords } from './templates.ts';
import { schemeWords } from './unit-rows.ts';

const pageRows = 2_000;

export interface ExportTo {
  readonly out: Writable;
  readonly format: SheetFormat;
  readonly lang: Lang;
  readonly now: Date;
}

/** Heads as the import reads them, so that what was exported can be changed and come back. */
function writerFor(kind: ImportKind, to: ExportTo, more: readonly string[] = []): SheetWriter {
  const heads = columnsFor(kind).map((c) => ({ text: c.words[to.lang], width: c.width }));
  const title = `${kindWords(kind)[to.lang]}  ${dayOf(to.now)}`;
  return sheetWriter(to.format, to.out, {
    sheetName: kindWords(kind)[to.lang],
    ...(to.format === 'xlsx' ? { title } : {}),
    heads: [...heads, ...more.map((text) => ({ text, width: 20 }))],
  });
}

export async function exportUnits(
  read: Reader,
  to: ExportTo,
  filter: { underPath?: string | undefined; type?: string | undefined },
): Promise<number> {
  const writer = writerFor('units', to);
  let last = '';
  let rows = 0;
  for (;;) {
    const page = await read((rq) =>
      listUnitsAfter(rq, {
        conditions: all([
          permitted(rq, 'units.read', ['u.unit_path']),
          filter.type && sql`u.type = ${filter.type}`,
          filter.underPath !== undefined && under('u.unit_path', filter.underPath),
        ]),
        last,
        limit: pageRows,
      }),
    );
    for (const u of page) {
      const scheme = u.scheme === null ? null : schemeWords[u.scheme as 'rural' | 'urban'][to.lang];
      const type = unitTypes[u.type as UnitType].words[to.lang];
      await writer.row([u.code, u.name, type, u.parentCode, scheme, u.validFrom, u.document]);
    }
    rows += page.length;
    if (page.length < pageRows) break;
    last = page.at(-1)!.path;
  }
  await writer.end();
  return rows;
}

export async function exportFacts(
  read: Reader,
  to: ExportTo,
  filter: {
    underPath?: string | undefined;
    metric?: string | undefined;
    period?: string | undefined;
    superseded?: boolean | undefined;
  },
): Promise<number> {
  const writer = writerFor('facts', to);
  let last = 0;
  let rows = 0;
  for (;;) {
    const page = await read((rq) => listFactsAfter(rq, filter, last, pageRows));
    for (const f of page) {
      const metric = isMetric(f.metric) ? metrics[f.metric].words[to.lang] : f.metric;
      const { unitCode, unitName, period, value, asOf, source, document, reason } = f;
      await writer.row([unitCode, unitName, metric, period, value, asOf, source, document, reason]);
    }
    rows += page.length;
    if (page.length < pageRows) break;
    last = page.at(-1)!.seq;
  }
  await writer.end();
  return rows;
}

/** The entries of a kind as its import reads them. Personal fields have no column, so none can slip in. */
export async function exportSubjects(
  read: Reader,
  to: ExportTo,
  kind: SubjectKind,
  filter: Omit<SubjectSearch, 'kind' | 'limit' | 'offset' | 'sort'>,
): Promise<number> {
  const sheet: ImportKind = `subjects-${kind.kind}`;
  const writer = writerFor(sheet, to);
  const columns = columnsFor(sheet);
  const items = await read(itemWords);
  let last: Cursor = ['', '00000000-0000-0000-0000-000000000000'];
  let rows = 0;
  for (;;) {
    const page = await read((rq) => listSubjectsAfter(rq, { ...filter, kind: kind.kind }, last, pageRows));
    for (const s of page) await writer.row(columns.map((c) => cellOf(kind, c, s, items, to.lang)));
    rows += page.length;
    if (page.length < pageRows) break;
    last = [page.at(-1)!.unitPath, page.at(-1)!.id];
  }
  await writer.end();
  return rows;
}
