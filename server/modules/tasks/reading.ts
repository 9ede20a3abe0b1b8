import { workflowOf } from '../../../domain/records/cases/all.ts';
import { isPaused } from '../../../domain/records/cases/index.ts';
import { role } from '../../../domain/records/assignments/index.ts';
import { criteriaOf } from '../../../domain/stars/standard.ts';
import { faultsOf, ledgerFaultNames, ledgerFaults, type Lights } from '../../../domain/tasks/index.ts';
import type { Words } from '../../../domain/words.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { itemOf } from '../../records/cases/index.ts';
import { getUnit } from '../../records/units/index.ts';
import type { Search } from './conditions.ts';
import { daysOf } from './days.ts';
import * as store from './store.ts';

const both = (w: { readonly zh: string; readonly en?: string | undefined }): Words => ({ zh: w.zh, en: w.en ?? w.zh });

/** Words of every criterion of the standards in force, by its id. */
async function criterionWords(rq: Rq): Promise<Map<string, Words>> {
  const standards = await store.listInForce(rq, dayOf(rq.now), ['rural', 'urban']);
  return new Map(
    standards.flatMap((s) => criteriaOf(s.body).map(({ criterion }) => [criterion.id, both(criterion.text)] as const)),
  );
}

/** The items with what the ledgers say of them beside the case itself. */
export async function ledgerItems(rq: Rq, rows: readonly store.ItemRow[]) {
  const pressed = await store.listPressed(
    rq,
    rows.map((r) => r.id),
  );
  const words = rows.some((r) => r.data['criterion'] !== undefined) ? await criterionWords(rq) : new Map();
  return rows.map((row) =>
    itemView(
      rq,
      row,
      pressed.filter((p) => p.caseId === row.id),
      words,
    ),
  );
}

function itemView(rq: Rq, row: store.ItemRow, pressed: readonly store.PressedRow[], words: Map<string, Words>) {
  const said = (name: string) => (typeof row.data[name] === 'string' ? row.data[name] : null);
  const criterion = said('criterion');
  const severity = said('severity');
  const reportTo = said('reportTo');
  return {
    ...itemOf(rq, row),
    criterion,
    criterionWords: criterion === null ? null : (words.get(criterion) ?? null),
    condition: said('condition') ?? said('description'),
    benefit: said('benefit'),
    severity: severity === 'key' || severity === 'ordinary' ? severity : null,
    reportTo: reportTo === 'township' || reportTo === 'county' ? reportTo : null,
    measures: said('measures'),
    evidence: row.evidence,
    stale: row.stale,
    faults: faultsOf({
      type: row.type,
      state: row.state,
      closed: row.closedAt !== null,
      paused: isPaused(workflowOf(row.type), row.state),
      owned: row.ownerPersonId !== null || row.ownerUnitId !== null,
      dueOn: row.dueOn,
      criterion,
    }),
    remindedAt: pressed.findLast((p) => p.step === 'remind')?.at ?? null,
    carried: pressed.filter((p) => p.step === 'carry-up').map((p) => carriedOf(p.at, p.data)),
  } as const;
}

const carriedOf = (at: Date, data: { toUnitId?: number; toUnitName?: string; workdaysLate: number }) => ({
  at,
  toUnitId: data.toUnitId ?? 0,
  toUnitName: data.toUnitName ?? '',
  workdaysLate: data.workdaysLate,
});

export async function pathUnder(rq: Rq, under: number | undefined): Promise<string | undefined> {
  return under === undefined ? undefined : (await getUnit(rq, under)).path;
}

export async function listLedger(rq: Rq, s: Search & { limit: number; offset: number }) {
  const { items, total } = await store.listItems(rq, s, await daysOf(rq));
  return { items: await ledgerItems(rq, items), total };
}

const noLights: Lights = { open: 0, red: 0, yellow: 0, green: 0, none: 0, escalated: 0, stale: 0 };

function added(rows: readonly Lights[]): Lights {
  const sum = { ...noLights };
  for (const row of rows) for (const key of Object.keys(noLights) as (keyof Lights)[]) sum[key] += row[key];
  return sum;
}

/** Lights of a place: of each unit directly below it, of what stands at the unit itself, and of all together. */
export async function lightsOf(rq: Rq, q: { under: number; list: 'tasks' | 'problems'; star?: string | undefined }) {
  const unit = await getUnit(rq, q.under);
  mustHold(rq, 'cases.read', unit.path);
  const days = await daysOf(rq);
  const scope = { list: q.list, underPath: unit.path, star: q.star };
  const counted = await store.countLights(rq, scope, days);
  const of = (at: number | null): Lights => {
    const row = counted.find((r) => r.at === at);
    if (!row) return noLights;
    const { at: _, ...lights } = row;
    return lights;
  };
  const children = await store.listChildren(rq, unit.id);
  const rows = children.map((c) => ({ unitId: c.id, unitName: c.name, below: c.below, ...of(c.id) }));
  const own = of(null);
  const faults = await store.countFaults(rq, scope);
  return {
    asOf: days.today,
    total: { unitId: unit.id, unitName: unit.name, below: children.length > 0, ...added(counted) },
    items: own.open > 0 ? [{ unitId: unit.id, unitName: unit.name, below: false, ...own }, ...rows] : rows,
    faults: ledgerFaultNames.map((fault) => ({ fault, words: ledgerFaults[fault], count: faults[fault] })),
  };
}

export async function ownersOf(
  rq: Rq,
  q: {
    underPath?: string | undefined;
    star?: string | undefined;
    q?: string | undefined;
    limit: number;
    offset: number;
  },
) {
  const { items, total } = await store.listOwners(rq, q, await daysOf(rq));
  const people = items.flatMap((o) => o.personId ?? []);
  const posts = await store.listPosts(rq, people, dayOf(rq.now));
  return {
    total,
    items: items.map((o) => ({
      ...o,
      name: o.name ?? '—',
      criteria: [...(o.criteria ?? [])],
      posts: posts
        .filter((p) => p.personId === o.personId)
        .map((p) => ({ zh: `${p.unitName}${role(p.role).words.zh}`, en: `${role(p.role).words.en}, ${p.unitName}` })),
    })),
  };
}

/** The standards in force in a place, each criterion with the work that is under way for it. */
export async function criteriaIn(rq: Rq, q: { under?: number | undefined; star?: string | undefined }) {
  const unit = q.under === undefined ? undefined : await getUnit(rq, q.under);
  const today = dayOf(rq.now);
  const standards = await store.listInForce(rq, today, await store.schemesIn(rq, unit?.path));
  const rows = await store.countByCriterion(rq, { underPath: unit?.path, star: q.star }, await daysOf(rq));
  const above = (unit?.path ?? rq.actor.scopes.join('')).split('.').filter(Boolean).map(Number);
  const answering = await store.listAnswering(rq, above, today);
  const known = new Set<string>();
  const shown = standards.map((s) => ({
    id: s.id,
    version: s.version,
    title: both(s.title),
    scheme: s.scheme,
    sample: s.sample,
    stars: s.body.stars.map((star) => ({ star: star.id, words: both(star.name) })),
    items: criteriaOf(s.body)
      .filter(({ star }) => q.star === undefined || star.id === q.star)
      .map(({ star, criterion }) => {
        known.add(criterion.id);
        const row = rows.find((r) => r.criterion === criterion.id);
        return {
          star: star.id,
          criterion: criterion.id,
          words: both(criterion.text),
          points: criterion.points,
          tasks: row?.tasks ?? 0,
          problems: row?.problems ?? 0,
          red: row?.red ?? 0,
          owners: row?.owners ?? 0,
          answering: answering.filter((a) => a.criterion === criterion.id).map((a) => a.name),
        };
      }),
  }));
  const other = rows.filter((r) => r.criterion === null || !known.has(r.criterion));
  const sum = (key: 'tasks' | 'problems') => other.reduce((n, r) => n + r[key], 0);
  return { standards: shown, elsewhere: { tasks: sum('tasks'), problems: sum('problems') } };
}

const monthAfter = (month: string): string => {
  const [year, at] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  return at === 12 ? `${year + 1}-01` : `${year}-${String(at + 1).padStart(2, '0')}`;
};

/** What was carried up in a month, and how it stands now. */
export async function bulletinOf(
  rq: Rq,
  q: { underPath?: string | undefined; month?: string | undefined; limit: number; offset: number },
) {
  const month = q.month ?? dayOf(rq.now).slice(0, 7);
  const { items, total } = await store.listCarried(rq, { ...q, from: `${month}-01`, to: `${monthAfter(month)}-01` });
  return {
    month,
    total,
    items: items.map((row) => ({
      ...carriedOf(row.carriedAt, row.carriedData),
      reason: row.carriedReason,
      item: itemOf(rq, row),
    })),
  };
}
