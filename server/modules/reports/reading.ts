import { reportReason } from '../../../domain/reports/index.ts';
import { sql } from '../../platform/db/sql.ts';
import { notFound, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { draftPublication, listPublications, publish, type PublicationRow } from '../../records/publications/index.ts';
import { getUnit } from '../../records/units/index.ts';
import { bodyOf, getReport, itemOf, type ReportBody, showReport } from './actions.ts';
import { documentDay, wordFile } from './word.ts';

export async function listReports(
  rq: Rq,
  query: {
    kind: 'report' | 'compilation';
    under?: number | undefined;
    template?: string | undefined;
    period?: string | undefined;
    limit: number;
    offset: number;
  },
) {
  const { under, ...rest } = query;
  const root = under === undefined ? undefined : await getUnit(rq, under);
  const { items, total } = await listPublications(rq, { ...rest, underPath: root?.path, bodies: true });
  return { items: items.map((row) => itemOf(row, bodyOf(row).filled?.blanks ?? 0)), total };
}

/** Whether an unofficial standard stands behind stars that are counted here; every export says so. */
export async function standsOnSample(rq: Rq): Promise<boolean> {
  const { found } = await rq.db.one<{ found: boolean }>(
    sql`SELECT EXISTS (SELECT 1 FROM standards WHERE state = 'published' AND sample) AS found`,
  );
  return found;
}

/** The report as a Word file, with its name; a compilation brings all of its reports. */
export async function reportFile(rq: Rq, id: string, publicUrl: string): Promise<{ name: string; bytes: Buffer }> {
  const row = await getReport(rq, id);
  const { filled } = await showReport(rq, row);
  const { code, signedBy } = bodyOf(row);
  const address = `${publicUrl}/verify/${code}`;
  const { default: qr } = await import('qrcode');
  const proof = code ? { code, address, picture: await qr.toBuffer(address, { margin: 0, width: 264 }) } : null;
  const signed = row.publishedAt && signedBy ? { by: signedBy, day: dayOf(row.publishedAt) } : null;
  const bytes = await wordFile(row.title, [filled], { proof, signed, sample: await standsOnSample(rq) });
  return { name: `${row.title}（${bodyOf(row).period}）.docx`, bytes };
}

interface Signed {
  readonly title: string;
  readonly unit_name: string;
  readonly version: number;
  readonly signed_at: Date;
  readonly replaced: boolean;
  readonly body: ReportBody;
}

/** What the paper with this code says, for whoever holds it. */
export async function verifyCode(rq: Rq, code: string) {
  const plain = code.toUpperCase().replaceAll('-', '');
  const written = `${plain.slice(0, 4)}-${plain.slice(4, 8)}-${plain.slice(8)}`;
  const found = await rq.db.find<Signed>(sql`SELECT * FROM report_by_code(${written})`);
  if (!found?.body.filled) throw notFound({ zh: '这个核验码对应的报告', en: 'report with this code' });
  const { filled, digest } = found.body;
  return {
    title: found.title,
    unitName: found.unit_name,
    period: filled.period,
    version: found.version,
    signedAt: found.signed_at,
    replaced: found.replaced,
    digest: digest ?? '',
    figures: filled.figures.map(({ words, period, display }) => ({ words, period, display })),
  };
}

/** Signed reports bundled in the order given (M002), for the meeting at which they were delivered. */
export async function compileReports(
  rq: Rq,
  input: { unitId: number; title: string; period: string; reports: string[]; eventId?: string | undefined },
) {
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, 'reports.write', unit.path);
  const rows: PublicationRow[] = [];
  for (const id of new Set(input.reports)) rows.push(await getReport(rq, id));
  if (rows.some((row) => row.publishedAt === null)) throw refuse(reportReason('report-draft'));
  const contents = rows.map((row) => ({
    id: row.id,
    title: row.title,
    unitName: row.unitName,
    code: bodyOf(row).code ?? null,
  }));
  const body = {
    template: 'compilation',
    period: input.period,
    text: contents.map((c) => c.title).join('\n'),
    contents,
    eventId: input.eventId ?? null,
  };
  const draft = await draftPublication(
    rq,
    { kind: 'compilation', unitId: unit.id, title: input.title, audience: 'staff', body },
    'reports.write',
  );
  const row = await publish(rq, draft.id, 'reports.write');
  await record(rq, {
    verb: 'report.compile',
    subject: { kind: 'publication', id: row.id },
    path: unit.path,
    after: { reports: rows.length, eventId: input.eventId ?? null },
  });
  return itemOf(
    row,
    rows.reduce((n, r) => n + (bodyOf(r).filled?.blanks ?? 0), 0),
  );
}

/** The compilation as one Word file: title, contents, then each report as it was signed. */
export async function compilationFile(rq: Rq, row: PublicationRow): Promise<{ name: string; bytes: Buffer }> {
  mustHold(rq, 'records.read', row.unitPath);
  const { contents } = row.body as { contents: { id: string; title: string; unitName: string }[] };
  const reports = [];
  for (const { id } of contents) reports.push((await showReport(rq, await getReport(rq, id))).filled);
  const lines = contents.map((c, i) => `${i + 1}. ${c.title}（${c.unitName}）`);
  const front = {
    ...reports[0]!,
    unitName: row.unitName,
    title: row.title,
    figures: [],
    blocks: [
      { kind: 'title' as const, pieces: [{ text: row.title }] },
      { kind: 'heading' as const, pieces: [{ text: '目录' }] },
      ...[...lines, documentDay(dayOf(row.publishedAt!))].map((text) => ({
        kind: 'paragraph' as const,
        pieces: [{ text }],
      })),
    ],
  };
  const bytes = await wordFile(row.title, [front, ...reports], {
    proof: null,
    signed: null,
    sample: await standsOnSample(rq),
  });
  return { name: `${row.title}.docx`, bytes };
}
