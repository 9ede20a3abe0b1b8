import type { Unit } from '../../../domain/records/units/index.ts';
import {
  canChange,
  canEnd,
  canMerge,
  canMove,
  canStandBelow,
  needsScheme,
  unitReason,
  unitTypes,
  type UnitType,
} from '../../../domain/records/units/index.ts';
import { sql } from '../../platform/db/sql.ts';
import { check, notFound, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import * as store from './store.ts';

const noUnit = notFound({ zh: '该单位', en: 'unit' });

interface Change {
  readonly day: string;
  readonly document: string;
}

export async function getUnit(rq: Rq, id: number): Promise<store.UnitRow> {
  const unit = await store.findUnit(rq, id);
  if (!unit) throw noUnit;
  return unit;
}

/** The unit, when the actor may change units there. */
async function getChangeable(rq: Rq, id: number): Promise<store.UnitRow> {
  const unit = await getUnit(rq, id);
  mustHold(rq, 'units.write', unit.path);
  return unit;
}

export interface CreateUnit extends Change {
  readonly parentId: number;
  readonly code: string;
  readonly type: UnitType;
  readonly name: string;
  readonly scheme: 'rural' | 'urban' | null;
  readonly attributes?: Record<string, unknown>;
}

export async function createUnit(rq: Rq, input: CreateUnit): Promise<Unit> {
  const parent = await getChangeable(rq, input.parentId);
  check(
    canChange(parent, input.day) ?? canStandBelow(input.type, parent.type) ?? needsScheme(input.type, input.scheme),
  );
  await refuseSameName(rq, parent, input.type, input.name);
  const id = await store.insertUnit(rq, {
    ...input,
    parentPath: parent.path,
    attributes: input.attributes ?? {},
    change: 'create',
  });
  const unit = await getUnit(rq, id);
  await record(rq, { verb: 'unit.create', subject: { kind: 'unit', id }, path: unit.path, after: { ...input } });
  return unit;
}

async function refuseSameName(rq: Rq, parent: Unit, type: UnitType, name: string): Promise<void> {
  if (await store.nameTaken(rq, parent.id, type, name))
    throw refuse(unitReason('unit-same-name', { parent: parent.name, name, type: unitTypes[type].words.zh }));
}

export async function renameUnit(rq: Rq, id: number, input: Change & { name: string }): Promise<Unit> {
  const unit = await getChangeable(rq, id);
  check(canChange(unit, input.day));
  if (unit.parentId !== null && input.name !== unit.name)
    await refuseSameName(rq, await getUnit(rq, unit.parentId), unit.type, input.name);
  await store.updateName(rq, id, input.name, unit.code);
  await store.insertVersion(rq, id, input.day, 'rename', input.document);
  await record(rq, {
    verb: 'unit.rename',
    subject: { kind: 'unit', id },
    path: unit.path,
    before: { name: unit.name },
    after: { ...input },
  });
  return getUnit(rq, id);
}

export async function setScheme(rq: Rq, id: number, input: Change & { scheme: 'rural' | 'urban' }): Promise<Unit> {
  const unit = await getChangeable(rq, id);
  check(canChange(unit, input.day));
  await store.updateScheme(rq, id, input.scheme);
  await store.insertVersion(rq, id, input.day, 'scheme', input.document);
  await record(rq, {
    verb: 'unit.scheme',
    subject: { kind: 'unit', id },
    path: unit.path,
    before: { scheme: unit.scheme },
    after: { ...input },
  });
  return getUnit(rq, id);
}

export async function moveUnit(rq: Rq, id: number, input: Change & { parentId: number }): Promise<Unit> {
  const unit = await getChangeable(rq, id);
  const parent = await getChangeable(rq, input.parentId);
  check(canMove(unit, parent, input.day));
  await refuseSameName(rq, parent, unit.type, unit.name);
  await relocate(rq, unit, parent, input);
  await record(rq, {
    verb: 'unit.move',
    subject: { kind: 'unit', id },
    path: `${parent.path}${id}.`,
    before: { parentId: unit.parentId, path: unit.path },
    after: { ...input },
  });
  return getUnit(rq, id);
}

/** Everything below moves along, each with a version of its own, so that the tree of any day can be read again. */
async function relocate(rq: Rq, unit: Unit, parent: Unit, input: Change): Promise<void> {
  const path = `${parent.path}${unit.id}.`;
  await rq.db.run(sql`UPDATE units SET parent_id = ${parent.id} WHERE id = ${unit.id}`);
  await rq.db.one(sql`SELECT relocate_units(${unit.path}, ${path}, ${input.day}::date)`);
  const moved = await rq.db.many<{ id: number }>(
    sql`SELECT id FROM units WHERE unit_path >= ${path} AND unit_path < ${path.slice(0, -1) + '/'} AND valid_to IS NULL ORDER BY unit_path`,
  );
  for (const { id } of moved) await store.insertVersion(rq, id, input.day, 'move', input.document);
}

/**
 * Merges units of one kind into a new one. The old ones end and stay readable with all they recorded; those below them
 * move to the new one. What they reported before stays theirs.
 */
export async function mergeUnits(
  rq: Rq,
  input: Change & { ids: readonly number[]; code: string; name: string },
): Promise<Unit> {
  const found = await store.listUnitsById(rq, input.ids);
  if (found.length !== new Set(input.ids).size) throw noUnit;
  for (const unit of found) mustHold(rq, 'units.write', unit.path);
  check(canMerge(found, input.day));
  const first = found[0]!;
  const parent = await getChangeable(rq, first.parentId!);
  const id = await store.insertUnit(rq, {
    code: input.code,
    type: first.type,
    name: input.name,
    parentId: parent.id,
    parentPath: parent.path,
    scheme: first.scheme,
    day: input.day,
    document: input.document,
    attributes: {},
    change: 'merge',
  });
  const successor = await getUnit(rq, id);
  for (const unit of found) {
    await adopt(rq, unit, successor, input);
    await store.closeUnit(rq, unit.id, input.day);
    await store.insertSuccession(rq, unit.id, id, 'merge', input.day, input.document);
  }
  await record(rq, { verb: 'unit.merge', subject: { kind: 'unit', id }, path: successor.path, after: { ...input } });
  return getUnit(rq, id);
}

async function adopt(rq: Rq, from: Unit, to: Unit, input: Change): Promise<void> {
  const below = await rq.db.many<{ id: number }>(
    sql`SELECT id FROM units WHERE parent_id = ${from.id} AND valid_to IS NULL ORDER BY id`,
  );
  for (const { id } of below) await relocate(rq, await getUnit(rq, id), to, input);
}

export async function splitUnit(
  rq: Rq,
  id: number,
  input: Change & { into: readonly { code: string; name: string }[] },
): Promise<Unit[]> {
  const unit = await getChangeable(rq, id);
  check(canEnd(unit, input.day, unit.children));
  const parent = await getChangeable(rq, unit.parentId!);
  const parts: Unit[] = [];
  for (const part of input.into) {
    if (part.name !== unit.name) await refuseSameName(rq, parent, unit.type, part.name);
    const partId = await store.insertUnit(rq, {
      ...part,
      type: unit.type,
      parentId: parent.id,
      parentPath: parent.path,
      scheme: unit.scheme,
      day: input.day,
      document: input.document,
      attributes: {},
      change: 'split',
    });
    await store.insertSuccession(rq, id, partId, 'split', input.day, input.document);
    parts.push(await getUnit(rq, partId));
  }
  await store.closeUnit(rq, id, input.day);
  await record(rq, { verb: 'unit.split', subject: { kind: 'unit', id }, path: unit.path, after: { ...input } });
  return parts;
}

export async function endUnit(rq: Rq, id: number, input: Change): Promise<Unit> {
  const unit = await getChangeable(rq, id);
  check(canEnd(unit, input.day, unit.children));
  await store.closeUnit(rq, id, input.day);
  await record(rq, { verb: 'unit.end', subject: { kind: 'unit', id }, path: unit.path, after: { ...input } });
  return getUnit(rq, id);
}

/** The unit with the chain above it and its history. */
export async function showUnit(rq: Rq, id: number) {
  const unit = await getUnit(rq, id);
  const ids = unit.path.split('.').filter(Boolean).map(Number).slice(0, -1);
  const above: { id: number; name: string; type: UnitType }[] = [];
  for (const upId of ids) {
    const up = await store.findUnit(rq, upId);
    if (up) above.push({ id: up.id, name: up.name, type: up.type });
  }
  return { ...unit, above, history: await store.listHistory(rq, id), successions: await store.listSuccessions(rq, id) };
}
