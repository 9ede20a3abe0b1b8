import { findBookKind } from '../../../domain/records/ledgers/all.ts';
import { workflowOf } from '../../../domain/records/cases/all.ts';
import { fundSources } from '../../../domain/records/ledgers/declare.ts';
import { type Grouping, type ProjectSums, shareSpent } from '../../../domain/projects/index.ts';
import type { Words } from '../../../domain/words.ts';
import { may, type Rq } from '../../platform/rq.ts';
import { type CaseRow, itemOf } from '../../records/cases/index.ts';
import { getCatalogue } from '../../records/catalogues/index.ts';
import { listEvidence } from '../../records/evidence/index.ts';
import { getUnit } from '../../records/units/index.ts';
import { explained } from '../../../domain/projects/index.ts';
import { findSubject } from '../../records/subjects/index.ts';
import type { Search } from './conditions.ts';
import { getProjectRow } from './project-row.ts';
import * as store from './store.ts';
import { changeViews, placeView, voteView } from './works.ts';

const said = (data: Record<string, unknown>, name: string) => (typeof data[name] === 'string' ? data[name] : null);
const plain = (name: string): Words => ({ zh: name, en: name });

/** Words of a choice of a kind of case. */
function choiceWords(type: string, field: string, value: string | null): Words | null {
  if (value === null) return null;
  return workflowOf(type).fields?.[field]?.choices?.[value] ?? null;
}

type Names = ReadonlyMap<string, Words>;

/** Names of the kinds of small renewals, which the instance sets itself. */
export async function microNames(rq: Rq): Promise<Names> {
  const found = await getCatalogue(rq, 'micro-work-kind');
  return new Map(found.items.map((i) => [i.key, { zh: i.zh, en: i.en }]));
}

export function projectItemOf(rq: Rq, row: store.ProjectRow, micro: Names) {
  const own = row.type === 'project' ? said(row.data, 'class') : said(row.data, 'kind');
  const use = said(row.data, 'use');
  return {
    ...itemOf(rq, row),
    class: own,
    classWords:
      row.type === 'project'
        ? choiceWords('project', 'class', own)
        : own === null
          ? null
          : (micro.get(own) ?? plain(own)),
    use,
    useWords: choiceWords('project', 'use', use),
    key: row.data['key'] === true,
    programme: row.programme,
    budgetFen: row.budgetFen,
    receivedFen: row.receivedFen,
    actualFen: row.actualFen,
    contributedFen: row.contributedFen,
    labourMinutes: row.labourMinutes,
    machineMinutes: row.machineMinutes,
    spentShare: shareSpent(row.budgetFen, row.actualFen),
  };
}

export async function pathUnder(rq: Rq, under: number | undefined): Promise<string | undefined> {
  return under === undefined ? undefined : (await getUnit(rq, under)).path;
}

export async function listItems(rq: Rq, s: Search & { limit: number; offset: number }) {
  const [{ items, total }, micro] = [await store.listProjects(rq, s), await microNames(rq)];
  return { items: items.map((row) => projectItemOf(rq, row, micro)), total };
}

const nothing: ProjectSums = {
  n: 0,
  done: 0,
  budgetFen: 0,
  receivedFen: 0,
  actualFen: 0,
  contributedFen: 0,
  savedFen: 0,
  withoutBudget: 0,
  withoutBook: 0,
};

function added(rows: readonly ProjectSums[]): ProjectSums {
  const sum = { ...nothing };
  for (const row of rows) for (const key of Object.keys(nothing) as (keyof ProjectSums)[]) sum[key] += row[key];
  return sum;
}

const none: Words = { zh: '未注明', en: 'Not named' };

/** Sums of works by a grouping; the total is the sum of the rows, so both always agree. */
export async function sumsOf(rq: Rq, s: Search, by: Grouping) {
  const rows = await store.sumProjects(rq, s, by);
  const ids = by === 'unit' ? rows.flatMap((r) => (r.key === null ? [] : [Number(r.key)])) : [];
  const [units, micro] = [await store.unitNames(rq, ids), await microNames(rq)];
  const words = (key: string | null, title: string | null): Words => {
    if (by === 'unit')
      return key === null ? { zh: '本级', en: 'The unit itself' } : plain(units.get(Number(key)) ?? key);
    if (key === null) return by === 'programme' ? { zh: '不属于任何计划', en: 'In no programme' } : none;
    if (by === 'programme') return plain(title ?? key);
    if (by === 'system') return choiceWords('programme', 'system', key) ?? plain(key);
    if (by === 'stage')
      return workflowOf('project').states[key]?.words ?? workflowOf('micro-renewal').states[key]?.words ?? plain(key);
    return choiceWords('project', by, key) ?? micro.get(key) ?? plain(key);
  };
  return {
    total: added(rows),
    items: rows.map(({ key, title, ...sums }) => ({
      ...sums,
      key,
      words: words(key, title),
      unitId: by === 'unit' && key !== null ? Number(key) : null,
    })),
  };
}

function lineOf(line: store.LineSum) {
  return {
    account: line.account,
    words: findBookKind('project')!.accounts[line.account]?.words ?? plain(line.account),
    fundSource: line.fundSource,
    sourceWords:
      line.fundSource === null
        ? null
        : ((fundSources as Readonly<Record<string, Words>>)[line.fundSource] ?? plain(line.fundSource)),
    amountFen: line.amount,
  };
}

function contributionOf(rq: Rq, c: CaseRow) {
  const number = (name: string) => (typeof c.data[name] === 'number' ? c.data[name] : null);
  const other = c.raisedBy === null || c.raisedBy !== rq.actor.personId;
  return {
    ...itemOf(rq, c),
    on: said(c.data, 'on') ?? '',
    labourDays: number('labourDays') ?? 0,
    machineHours: number('machineHours') ?? 0,
    agreedValueFen: number('agreedValueFen'),
    mayAgree: c.state === 'logged' && other && may(rq, 'cases.write', c.unitPath),
    mayPost: c.state === 'agreed' && may(rq, 'cases.write', c.unitPath) && may(rq, 'ledgers.write', c.unitPath),
  };
}

/** One work with all that belongs to it: every amount is a sum of postings of its books. */
export async function projectPageOf(rq: Rq, id: string) {
  const row = await getProjectRow(rq, id);
  const micro = await microNames(rq);
  const books = await store.listBooksOf(rq, id);
  const lines = (await store.sumLines(rq, id)).map(lineOf);
  const pictures = (await listEvidence(rq, { kind: 'case', id })).filter((e) => e.removedAt === null);
  const about = await store.listAbout(rq, id);
  const parts = about.filter((c) => c.parentId === id && c.type !== 'design-change').map((c) => c.id);
  const of = (type: string) => about.filter((c) => c.type === type);
  const named = said(row.data, 'placeId') ?? row.subject?.id;
  const place = named === undefined ? null : await findSubject(rq, named);
  return {
    item: projectItemOf(rq, row, micro),
    data: row.data,
    bookId: books.find((b) => b.kind === 'project')?.id ?? null,
    labourBookId: books.find((b) => b.kind === 'project-labour')?.id ?? null,
    sources: lines.filter((l) => l.account.startsWith('income:')),
    uses: lines.filter((l) => l.account.startsWith('expense:')),
    before: pictures.filter((e) => e.item === 'before'),
    after: pictures.filter((e) => e.item === 'after'),
    acceptance: (await store.listAcceptances(rq, [id]))[0] ?? null,
    contributions: of('contribution').map((c) => contributionOf(rq, c)),
    requests: of('fund-request').map((c) => itemOf(rq, c)),
    changes: await changeViews(rq, of('design-change')),
    votes: of('resident-vote').map((c) => voteView(rq, c)),
    place: place ? await placeView(rq, place) : null,
    unexplained: explained(row) !== null,
    mayDisclose: may(rq, 'publications.write', row.unitPath),
    parts: parts.length === 0 ? [] : (await store.listProjectsById(rq, parts)).map((p) => projectItemOf(rq, p, micro)),
    publications: await store.listDisclosures(rq, id),
    mayWrite: row.closedAt === null && may(rq, 'cases.write', row.unitPath),
  };
}
