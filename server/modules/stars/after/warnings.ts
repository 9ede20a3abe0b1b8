import { isWatched, remedyWorkdays, wouldBeLost } from '../../../../domain/stars/after-rules.ts';
import { gap } from '../../../../domain/stars/gap.ts';
import type { WarningData } from '../../../../domain/stars/kinds-after.ts';
import type { Result } from '../../../../domain/stars/result.ts';
import { percentOf } from '../../../../domain/records/facts/index.ts';
import type { Standard } from '../../../../domain/stars/standard.ts';
import { sql, under } from '../../../platform/db/sql.ts';
import { canonical } from '../../../platform/journal.ts';
import type { Rq } from '../../../platform/rq.ts';
import { dayOf } from '../../../platform/time.ts';
import { addWorkdays } from '../../../records/calendar/index.ts';
import { changeCaseDataAs, getCase, openCase, takeStep } from '../../../records/cases/index.ts';
import { findStandard, shareCriteria } from '../../../records/standards/index.ts';
import { reasonWords } from '../cards.ts';
import type { Cycle } from '../common.ts';
import { type KeptInputs, scoreInputs } from '../standings.ts';
import { tellBranch } from '../telling.ts';
import { holdersOn, ownedByBranch } from './branch-people.ts';

interface Slipping {
  readonly unitId: number;
  readonly unitName: string;
  readonly star: string;
  readonly standardId: string;
  readonly standardVersion: string;
  readonly inputs: KeptInputs;
}

interface OpenWarning {
  readonly id: string;
  readonly unitId: number;
  readonly star: string;
  readonly data: unknown;
}

interface Remedy {
  readonly id: string;
  readonly warningId: string;
  readonly state: string;
  readonly item: string;
}

export interface Warned {
  readonly raised: number;
  readonly cleared: number;
}

/**
 * Stars in force whose live standing does not hold them: one statement over any number of branches. A branch that a later
 * cycle has named is watched by that one; what it did not report for the earlier year is no reason to warn any more.
 */
function slippingStars(rq: Rq, cycle: Cycle): Promise<Slipping[]> {
  const today = dayOf(rq.now);
  return rq.db.many<Slipping>(sql`
    SELECT d.unit_id AS "unitId", u.name AS "unitName", d.star, s.standard_id AS "standardId",
      s.standard_version AS "standardVersion", s.inputs
    FROM designations d JOIN units u ON u.id = d.unit_id
    JOIN standings s ON s.cycle_id = ${cycle.id} AND s.unit_id = d.unit_id AND s.kind = 'live' AND s.label = ''
    WHERE ${under('d.unit_path', cycle.unitPath)} AND d.kind = 'star' AND NOT (d.star = ANY (s.stars))
      AND d.granted_on <= ${today}::date AND (d.valid_to IS NULL OR d.valid_to >= ${today}::date)
      AND (d.withdrawn_on IS NULL OR d.withdrawn_on > ${today}::date)
      AND NOT EXISTS (SELECT 1 FROM cases c JOIN cases later ON later.id = c.parent_id
        WHERE c.type = 'candidacy' AND c.unit_id = d.unit_id AND c.state = 'named'
          AND (later.data ->> 'year')::int > ${cycle.data.year}::int)
    ORDER BY d.unit_path, d.star`);
}

const keyOf = (w: { readonly unitId: number; readonly star: string }) => `${w.unitId}/${w.star}`;

interface Finding {
  readonly of: Slipping;
  readonly standard: Standard;
  readonly result: Result;
  readonly data: WarningData;
}

async function findingOf(rq: Rq, cycle: Cycle, of: Slipping): Promise<Finding | null> {
  const standard = await findStandard(rq, of.standardId, of.standardVersion);
  const result = scoreInputs(standard, of.unitId, of.inputs);
  if (!wouldBeLost(result, of.star, cycle.state)) return null;
  const star = result.stars.find((one) => one.id === of.star)!;
  const reasons = star.reasons
    .filter((reason) => reason.code !== 'enough-points')
    .map((reason) => reasonWords(standard, reason));
  const criteria = gap(standard, result, of.star).advice.map(({ criterion, valueNow, valueNeeded }) => ({
    criterion,
    valueNow,
    valueNeeded,
  }));
  return { of, standard, result, data: { cycleId: cycle.id, star: of.star, criteria, reasons } };
}

/**
 * The nightly look at what would be lost if it were assessed today. A star that is named and no longer held raises a warning
 * with a remedy task for each criterion to be raised; it is cleared when the star is held again. Nothing is taken from
 * anybody: that is a downgrade, and people decide it. Running it again changes nothing.
 */
export async function raiseWarnings(rq: Rq, cycle: Cycle): Promise<Warned> {
  if (!isWatched(cycle.state)) return { raised: 0, cleared: 0 };
  const findings: Finding[] = [];
  for (const slipping of await slippingStars(rq, cycle)) {
    const finding = await findingOf(rq, cycle, slipping);
    if (finding) findings.push(finding);
  }
  const open = await rq.db.many<OpenWarning>(sql`
    SELECT id, unit_id AS "unitId", star, data FROM cases
    WHERE type = 'warning' AND parent_id = ${cycle.id} AND closed_at IS NULL`);
  const known = new Map(open.map((w) => [keyOf(w), w]));
  const found = new Set(findings.map((f) => keyOf(f.of)));
  const secretaries = await holdersOn(rq, 'branch-secretary', [...new Set(findings.map((f) => f.of.unitId))]);
  const due = await addWorkdays(rq, dayOf(rq.now), remedyWorkdays);
  const remedies = await remediesOf(
    rq,
    open.map((w) => w.id),
  );
  let raised = 0;
  for (const finding of findings) {
    const before = known.get(keyOf(finding.of));
    if (before) await refresh(rq, before, finding);
    else raised += 1;
    const warningId = before?.id ?? (await raise(rq, cycle, finding));
    const plan = { owner: secretaries.get(finding.of.unitId), dueOn: due.day, there: remedies.get(warningId) ?? [] };
    await openRemedies(rq, warningId, finding, plan);
  }
  const over = open.filter((w) => !found.has(keyOf(w)));
  for (const w of over) await clear(rq, w, remedies.get(w.id) ?? []);
  return { raised, cleared: over.length };
}

async function raise(rq: Rq, cycle: Cycle, f: Finding): Promise<string> {
  const star = f.result.stars.find((one) => one.id === f.of.star)!;
  const title = `${f.of.unitName}“${star.name.zh}”将失去`;
  const warning = await openCase(rq, {
    type: 'warning',
    title,
    unitId: f.of.unitId,
    star: star.id,
    parentId: cycle.id,
    ownerUnitId: f.of.unitId,
    data: { ...f.data },
  });
  await tellBranch(rq, f.of.unitId, 'star-warning', warning.id, { title });
  return warning.id;
}

/** What is lacking changes from day to day; the warning says what it is today. */
async function refresh(rq: Rq, w: OpenWarning, f: Finding): Promise<void> {
  if (canonical(w.data) !== canonical(f.data)) await changeCaseDataAs(rq, await getCase(rq, w.id), { ...f.data });
}

async function remediesOf(rq: Rq, warnings: readonly string[]): Promise<Map<string, Remedy[]>> {
  if (warnings.length === 0) return new Map();
  const rows = await rq.db.many<Remedy>(sql`
    SELECT id, parent_id AS "warningId", state, split_part(origin_id, '/', 2) AS item FROM cases
    WHERE type = 'task' AND parent_id = ANY (${[...warnings]}::uuid[]) AND origin_kind = 'warning'`);
  const found = new Map<string, Remedy[]>();
  for (const row of rows) found.set(row.warningId, [...(found.get(row.warningId) ?? []), row]);
  return found;
}

interface Plan {
  readonly owner: { readonly id: string } | undefined;
  readonly dueOn: string;
  readonly there: readonly Remedy[];
}

/** One task for each criterion that has to rise; one for the star as a whole where no criterion can be named. */
async function openRemedies(rq: Rq, warningId: string, f: Finding, plan: Plan): Promise<void> {
  const star = f.result.stars.find((one) => one.id === f.of.star)!;
  const texts = new Map(star.criteria.map((c) => [c.id, c.text.zh]));
  const shares = shareCriteria(f.standard);
  const told = (c: { criterion: string }, value: string) => (shares.has(c.criterion) ? percentOf(value) : value);
  const wanted = f.data.criteria.map((c) => ({
    item: c.criterion,
    title: `补齐“${texts.get(c.criterion) ?? c.criterion}”`,
    condition: `由 ${c.valueNow === null ? '缺数据' : told(c, c.valueNow)} 提高到 ${told(c, c.valueNeeded)}`,
  }));
  // A star that is lost only because another one is lost comes back with that one.
  const byItself = star.reasons.some((reason) => reason.code !== 'requires' && reason.code !== 'enough-points');
  if (wanted.length === 0 && byItself)
    wanted.push({
      item: '',
      title: `保住“${star.name.zh}”`,
      condition: f.data.reasons.map((r) => r.zh).join('；') || '重新达标',
    });
  const existing = new Set(plan.there.map((task) => task.item));
  for (const { item, title, condition } of wanted.filter((one) => !existing.has(one.item)))
    await openCase(rq, {
      type: 'task',
      title: title.slice(0, 200),
      unitId: f.of.unitId,
      star: star.id,
      parentId: warningId,
      ...ownedByBranch(f.of.unitId, plan.owner),
      origin: { kind: 'warning', id: `${warningId}/${item}` },
      dueOn: plan.dueOn,
      data: { condition: condition.slice(0, 500), ...(item === '' ? {} : { criterion: item }) },
    });
}

/** The star is held again, or is in force no longer: what was not done yet need not be done. */
async function clear(rq: Rq, w: OpenWarning, remedies: readonly Remedy[]): Promise<void> {
  const done = await takeStep(rq, w.id, 'clear', { reason: '已重新达标，或命名已不再有效' });
  for (const task of remedies)
    if (['assigned', 'accepted', 'doing'].includes(task.state))
      await takeStep(rq, task.id, 'cancel', { reason: '预警已解除' });
  await tellBranch(rq, w.unitId, 'star-warning-cleared', w.id, { title: done.title });
}
