import {
  afterReason,
  type Band,
  bandOrder,
  bandsOf,
  bandWords,
  leastForBands,
} from '../../../../domain/stars/after-rules.ts';
import { starReason } from '../../../../domain/stars/index.ts';
import { sql, under, visible } from '../../../platform/db/sql.ts';
import { refuse } from '../../../platform/errors.ts';
import { mustHold, type Rq } from '../../../platform/rq.ts';
import { dayOf } from '../../../platform/time.ts';
import { getUnit } from '../../../records/units/index.ts';
import { type Cycle, cycleFor, getBranch, getCycle } from '../common.ts';
import { miniOf, minisOf } from '../minis.ts';
import { holdersOn } from './branch-people.ts';
import { dutyCases, openDuty } from './duty-cases.ts';

interface MeasuredUnit {
  readonly unitId: number;
  readonly unitName: string;
  readonly parentId: number | null;
  readonly parentName: string;
  readonly scheme: string | null;
  readonly level: number;
  readonly total: number;
}

const shownUnits = 500;

/** Results of the list once there is one, the live standing before; who has neither was not measured and is in no band. */
async function measuredUnits(rq: Rq, cycle: Cycle, path: string): Promise<{ kind: string; units: MeasuredUnit[] }> {
  const read = (kind: string, label: string) =>
    rq.db.many<MeasuredUnit>(sql`
      SELECT s.unit_id AS "unitId", u.name AS "unitName", u.parent_id AS "parentId", coalesce(p.name, '') AS "parentName",
        u.scheme, s.level, s.total
      FROM standings s JOIN units u ON u.id = s.unit_id LEFT JOIN units p ON p.id = u.parent_id
      WHERE s.cycle_id = ${cycle.id} AND s.kind = ${kind} AND s.label = ${label} AND ${visible(rq, 's.unit_path')}
        AND ${under('s.unit_path', path)}
      ORDER BY s.unit_path LIMIT 100000`);
  const results = cycle.data.proposalId === null ? [] : await read('result', cycle.data.proposalId);
  return results.length > 0 ? { kind: 'result', units: results } : { kind: 'live', units: await read('live', '') };
}

export interface BandSearch {
  readonly cycleId?: string | undefined;
  readonly under: number;
  readonly top: number;
  readonly bottom: number;
}

/** Top, middle and bottom with the parameters of the split beside them; inside a band nobody is ranked (M390). */
export async function showBands(rq: Rq, s: BandSearch) {
  const unit = await getUnit(rq, s.under);
  mustHold(rq, 'stars.read', unit.path);
  const cycle = await cycleFor(rq, s.cycleId);
  const { kind, units } = await measuredUnits(rq, cycle, unit.path);
  if (units.length < leastForBands) throw refuse(afterReason('bands-few', { count: units.length }));
  const bandOf = new Map<number, Band>();
  for (const scheme of new Set(units.map((u) => u.scheme))) {
    const own = units.filter((u) => u.scheme === scheme);
    bandsOf(own, s.top, s.bottom).forEach((band, i) => bandOf.set(own[i]!.unitId, band));
  }
  const supports = (await dutyCases(rq, cycle.id, { prefix: 'band:' })).filter((c) => bandOf.has(c.unitId));
  const minis = await minisOf(
    rq,
    supports.map((c) => c.id),
  );
  return {
    cycleId: cycle.id,
    sample: cycle.data.sample,
    parameters: { top: s.top, bottom: s.bottom, order: bandOrder, measured: units.length, kind },
    bands: (['top', 'middle', 'bottom'] as const).map((band) => {
      const own = units.filter((u) => bandOf.get(u.unitId) === band);
      return {
        band,
        words: bandWords[band],
        count: own.length,
        units: own.slice(0, shownUnits).map(({ unitId, unitName, parentId, parentName, scheme, level }) => ({
          unitId,
          unitName,
          parentId,
          parentName,
          scheme,
          level,
        })),
        measures: supports
          .filter((c) => c.data.duty === `band:${band}`)
          .flatMap((c) => minis.get(c.id) ?? [])
          .slice(0, shownUnits),
      };
    }),
  };
}

interface Support {
  readonly cycleId: string;
  readonly unitId: number;
  readonly band: Band;
  readonly measure: string;
  readonly dueOn: string;
}

/** A measure for a unit, kept with the band it was in when it was given. */
export async function supportBand(rq: Rq, input: Support) {
  const branch = await getBranch(rq, input.unitId);
  mustHold(rq, 'stars.plan', branch.path);
  const cycle = await getCycle(rq, input.cycleId);
  if (cycle.state === 'closed') throw refuse(starReason('cycle-closed'));
  if (input.dueOn < dayOf(rq.now)) throw refuse(afterReason('due-past'));
  const secretary = (await holdersOn(rq, 'branch-secretary', [branch.id])).get(branch.id);
  const standing = await rq.db.find<{ level: number }>(sql`
    SELECT level FROM standings WHERE cycle_id = ${cycle.id} AND unit_id = ${branch.id} AND kind = 'live' AND label = ''`);
  const c = await openDuty(rq, cycle, {
    unitId: branch.id,
    title: `${bandWords[input.band].zh}帮扶：${input.measure}`,
    dueOn: input.dueOn,
    secretary,
    data: { duty: `band:${input.band}`, level: standing?.level ?? 0, note: input.measure },
  });
  return miniOf(rq, c);
}
