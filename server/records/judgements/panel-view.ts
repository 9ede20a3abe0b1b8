import { findWorkflow } from '../../../domain/records/cases/all.ts';
import { combined, hundredths, outliers, type PanelItem } from '../../../domain/records/judgements/index.ts';
import { may, type Rq } from '../../platform/rq.ts';
import { missingOf, myExclusions, observation, type Round } from './panels.ts';
import * as store from './store.ts';

/** No page shows more missing scores than this; their number is told whole. */
const missingShown = 500;

interface Cell {
  readonly unitId: number;
  readonly item: PanelItem;
  readonly scores: readonly store.JudgementRow[];
  readonly far: readonly boolean[];
}

function cellsOf(round: Round, given: readonly store.JudgementRow[]): Cell[] {
  const byCell = new Map<string, store.JudgementRow[]>();
  for (const g of given) {
    const key = `${g.unitId} ${g.item}`;
    byCell.set(key, [...(byCell.get(key) ?? []), g]);
  }
  return round.panel.unitIds.flatMap((unitId) =>
    round.panel.items.map((item) => {
      const scores = byCell.get(`${unitId} ${item.item}`) ?? [];
      return {
        unitId,
        item,
        scores,
        far: outliers(
          scores.map((s) => s.value ?? '0'),
          item.max,
        ),
      };
    }),
  );
}

function resultOf(cell: Cell) {
  const values = cell.scores.map((s) => s.value ?? '0').sort((a, b) => hundredths(a) - hundredths(b));
  return {
    item: cell.item.item,
    combined: combined(cell.item.combine, values),
    scores: values.length,
    lowest: values[0] ?? null,
    highest: values.at(-1) ?? null,
    outliers: cell.far.filter(Boolean).length,
  };
}

export function headOf(c: Round | (Omit<Round, 'panel'> & { data: Record<string, unknown> })) {
  const { unitIds, observers } = c.data as { unitIds?: unknown[]; observers?: unknown[] };
  return {
    ...c,
    stateWords: findWorkflow('panel-round')!.states[c.state]!.words,
    hostId: c.unitId,
    hostName: c.unitName,
    lockedAt: c.state === 'locked' ? c.closedAt : null,
    units: unitIds?.length ?? 0,
    observers: observers?.length ?? 0,
  };
}

/** A round as its reader may see it: the observer's own sheet, the convenor's progress, and results once it is locked. */
export async function viewOfRound(rq: Rq, round: Round) {
  const locked = round.state === 'locked';
  const runs = may(rq, 'cases.assign', round.unitPath);
  const sits = round.panel.observers.some((o) => o.personId === rq.actor.personId);
  const places = await store.listPlaces(rq, round.panel.unitIds);
  const nameOf = new Map(places.map((p) => [p.id, p.name]));
  const named = <T extends { unitId: number }>(x: T) => ({ ...x, unitName: nameOf.get(x.unitId) ?? '' });
  const given = await store.listJudgements(rq, { caseId: round.id, kind: observation, includeSealed: runs });
  const cells = runs || locked ? cellsOf(round, given) : [];
  return {
    ...headOf(round),
    standard: round.panel.standard,
    sample: round.panel.sample,
    items: round.panel.items,
    places: places.map((p) => ({ unitId: p.id, unitName: p.name })),
    mine: sits ? await mineOf(rq, round, places, given, named) : null,
    progress: runs ? progressOf(round, given, cells, named) : null,
    results: locked
      ? places.map((p) => ({
          unitId: p.id,
          unitName: p.name,
          items: cells.filter((c) => c.unitId === p.id).map(resultOf),
        }))
      : null,
    lockedReason: round.panel.lockedReason ?? null,
  };
}

type Named = <T extends { unitId: number }>(x: T) => T & { unitName: string };

async function mineOf(
  rq: Rq,
  round: Round,
  places: readonly store.Place[],
  given: readonly store.JudgementRow[],
  named: Named,
) {
  const me = rq.actor.personId;
  const own = given.filter((g) => g.personId === me);
  const aside = await myExclusions(rq, round, places);
  const mine = { ...round, panel: { ...round.panel, excluded: aside } };
  return {
    standAside: aside.map(named),
    scores: own.map((g) => ({ unitId: g.unitId, item: g.item, value: g.value ?? '', reason: g.reason, at: g.at })),
    missing: missingOf(mine, own).filter((m) => m.personId === me).length,
  };
}

function progressOf(round: Round, given: readonly store.JudgementRow[], cells: readonly Cell[], named: Named) {
  const missing = missingOf(round, given);
  const nameOf = new Map(round.panel.observers.map((o) => [o.personId, o.name]));
  const far = cells.flatMap((c) =>
    c.scores
      .filter((_, i) => c.far[i])
      .map((s) => ({
        personId: s.personId ?? '',
        name: nameOf.get(s.personId ?? '') ?? '',
        unitId: c.unitId,
        item: c.item.item,
        value: round.state === 'locked' ? s.value : null,
      })),
  );
  return {
    expected: missing.length + given.length,
    given: given.length,
    missing: missing.slice(0, missingShown).map(named),
    missingTotal: missing.length,
    excluded: round.panel.excluded.map((e) => named({ ...e, name: nameOf.get(e.personId) ?? '' })),
    outliers: far.map(named),
  };
}
