import { randomUUID } from 'node:crypto';
import { confirmingTypes, confirms, factReason, finerThan, periodBegun } from '../../../domain/records/facts/index.ts';
import { rolesWith } from '../../../domain/records/assignments/roles.ts';
import { type UnitType, unitTypes } from '../../../domain/records/units/index.ts';
import { listed } from '../../../domain/words.ts';
import { sql } from '../../platform/db/sql.ts';
import { check, forbidden, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { announce } from '../../platform/news.ts';
import { may, mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { listOn } from '../assignments/index.ts';
import { notify } from '../notices/index.ts';
import { getUnit } from '../units/index.ts';
import { readableUnit } from './actions.ts';

interface State {
  readonly unitId: number;
  readonly unitName: string;
  readonly unitType: UnitType;
  readonly period: string;
  readonly confirmedAt: Date | null;
  readonly confirmedBy: string | null;
  readonly facts: number;
}

/** Writers of the year's facts finish first, and later ones see the confirmation. */
async function waitForWriters(rq: Rq, period: string): Promise<void> {
  await rq.db.many(sql`SELECT pg_advisory_xact_lock(hashtextextended(${'facts of ' + period.slice(0, 4)}, 0))`);
}

function statesOf(rq: Rq, ids: readonly number[], period: string): Promise<State[]> {
  return rq.db.many<State>(sql`
    SELECT u.id AS "unitId", u.name AS "unitName", u.type AS "unitType", ${period} AS period, c.confirmed_at AS "confirmedAt",
      p.name AS "confirmedBy",
      (SELECT coalesce(sum(h.n), 0) FROM units d CROSS JOIN LATERAL (SELECT count(*) AS n FROM facts f
          WHERE f.unit_id = d.id AND f.superseded_at IS NULL AND f.period = ANY (${[period, ...finerThan(period)]}::text[])) h
        WHERE d.unit_path >= u.unit_path AND d.unit_path < left(u.unit_path, -1) || '/')::int AS facts
    FROM units u
    LEFT JOIN confirmations c ON c.unit_id = u.id AND c.period = ${period} AND c.unlocked_at IS NULL
    LEFT JOIN people p ON p.id = c.confirmed_by
    WHERE u.id = ANY (${[...ids]}::int[]) ORDER BY u.pinyin, u.id`);
}

async function childrenOf(rq: Rq, id: number): Promise<number[]> {
  const rows = await rq.db.many<{ id: number }>(sql`SELECT id FROM units
    WHERE parent_id = ${id} AND valid_to IS NULL AND type = ANY (${[...confirmingTypes]}::text[]) ORDER BY id`);
  return rows.map((r) => r.id);
}

export async function showConfirmations(rq: Rq, unitId: number, period: string) {
  await readableUnit(rq, unitId);
  const [own] = await statesOf(rq, [unitId], period);
  const history = await rq.db.many<{
    confirmedAt: Date;
    confirmedBy: string | null;
    unlockedAt: Date | null;
    unlockedBy: string | null;
    unlockReason: string | null;
  }>(sql`
    SELECT c.confirmed_at AS "confirmedAt", p.name AS "confirmedBy", c.unlocked_at AS "unlockedAt", q.name AS "unlockedBy",
      c.unlock_reason AS "unlockReason"
    FROM confirmations c LEFT JOIN people p ON p.id = c.confirmed_by LEFT JOIN people q ON q.id = c.unlocked_by
    WHERE c.unit_id = ${unitId} AND c.period = ${period} ORDER BY c.confirmed_at DESC LIMIT 100`);
  return { own: own!, children: await statesOf(rq, await childrenOf(rq, unitId), period), history };
}

/** Confirms and locks: after all those below, because the numbers of a parent are theirs. */
export async function confirm(rq: Rq, unitId: number, period: string): Promise<State> {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'facts.lock', unit.path);
  check(periodBegun(period, dayOf(rq.now)));
  if (!confirms(unit.type)) throw refuse(factReason('confirm-not-confirming', { type: unitTypes[unit.type].words.zh }));
  await waitForWriters(rq, period);
  const [own] = await statesOf(rq, [unitId], period);
  if (own!.confirmedAt !== null) throw refuse(factReason('confirm-already', { period }));
  const below = await childrenOf(rq, unitId);
  const children = below.length === 0 ? [] : await statesOf(rq, below, period);
  const open = children.filter((c) => c.confirmedAt === null);
  if (open.length > 0) {
    const shown = open.slice(0, 10).map((c) => c.unitName);
    const names = listed(open.length > shown.length ? [...shown, '…'] : shown);
    throw refuse(factReason('confirm-children-missing', { count: open.length, period, names }));
  }
  const id = randomUUID();
  await rq.db.run(sql`INSERT INTO confirmations (id, unit_id, unit_path, period, confirmed_by, confirmed_at)
    VALUES (${id}, ${unitId}, ${unit.path}, ${period}, ${rq.actor.personId}, ${rq.now})`);
  await record(rq, {
    verb: 'facts.confirm',
    subject: { kind: 'unit', id: unitId },
    path: unit.path,
    after: { confirmation: id, period, facts: own!.facts },
  });
  announce(rq, { kind: 'confirmation', id: String(unitId), path: unit.path });
  return { ...own!, confirmedAt: rq.now, confirmedBy: rq.actor.personId === null ? null : rq.actor.name };
}

/** Tells those who may confirm at each open unit directly below that this one waits for them; each unit once a day. */
export async function remind(rq: Rq, unitId: number, period: string) {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'facts.lock', unit.path);
  check(periodBegun(period, dayOf(rq.now)));
  const open = (await statesOf(rq, await childrenOf(rq, unitId), period)).filter((c) => c.confirmedAt === null);
  if (open.length === 0) throw refuse(factReason('remind-nobody', { period }));
  const ids = open.map((c) => c.unitId);
  const before = await rq.db.many<{ id: string }>(sql`SELECT DISTINCT subject_id AS id FROM journal
    WHERE subject_kind = 'unit' AND subject_id = ANY (${ids.map(String)}::text[]) AND verb = 'facts.remind'
      AND after ->> 'period' = ${period} AND (at AT TIME ZONE 'Asia/Shanghai')::date = ${dayOf(rq.now)}::date`);
  const today = new Set(before.map(({ id }) => Number(id)));
  const held = await listOn(rq, ids, dayOf(rq.now), rolesWith('facts.lock'));
  const units = [];
  for (const { unitId: id, unitName } of open) {
    const people = today.has(id)
      ? []
      : [...new Set(held.filter((h) => h.unitId === id).flatMap((h) => h.personId ?? []))];
    units.push({ unitId: id, unitName, told: people.length, today: today.has(id) });
    if (people.length === 0) continue;
    const about = { kind: 'confirmation', id: `${id}/${period}` };
    await notify(rq, people, 'confirmation-awaited', about, { unit: unit.name, place: unitName, period });
    const after = { period, because: unitId, people: people.length };
    await record(rq, { verb: 'facts.remind', subject: { kind: 'unit', id }, path: `${unit.path}${id}.`, after });
  }
  return { units };
}

/**
 * Takes a confirmation back, for a reason that stays. Where units above have confirmed on the strength of it, their
 * confirmations fall with it; so only somebody who may unlock the topmost of them may do this.
 */
export async function unlock(rq: Rq, unitId: number, period: string, reason: string) {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'facts.lock', unit.path);
  await waitForWriters(rq, period);
  const chain = unit.path.split('.').filter(Boolean).map(Number);
  const held = await rq.db.many<{ id: string; unitId: number; name: string; path: string }>(sql`
    SELECT c.id, c.unit_id AS "unitId", u.name, u.unit_path AS path FROM confirmations c JOIN units u ON u.id = c.unit_id
    WHERE c.unit_id = ANY (${chain}::int[]) AND c.period = ${period} AND c.unlocked_at IS NULL ORDER BY u.unit_path`);
  if (!held.some((h) => h.unitId === unitId)) throw refuse(factReason('unlock-not-confirmed', { period }));
  const top = held[0]!;
  if (!may(rq, 'facts.lock', top.path)) throw refuse(factReason('unlock-held-above', { name: top.name, period }));
  const changed = await rq.db.run(sql`
    UPDATE confirmations SET unlocked_at = ${rq.now}, unlocked_by = ${rq.actor.personId}, unlock_reason = ${reason}
    WHERE id = ANY (${held.map((h) => h.id)}::uuid[]) AND unlocked_at IS NULL`);
  if (changed !== held.length) throw forbidden('facts.lock');
  for (const h of held) {
    await record(rq, {
      verb: 'facts.unlock',
      subject: { kind: 'unit', id: h.unitId },
      path: h.path,
      before: { confirmation: h.id, period },
      after: { reason, because: unitId },
    });
    announce(rq, { kind: 'confirmation', id: String(h.unitId), path: h.path });
  }
  return { unlocked: held.map((h) => ({ unitId: h.unitId, name: h.name })) };
}
