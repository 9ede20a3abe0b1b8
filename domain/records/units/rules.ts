import { type Reason, reasons } from '../../words.ts';
import { type UnitType, measuredTypes, unitTypes } from './types.ts';

export const unitReason = reasons({
  'unit-parent-type': {
    zh: '{child}不能设在{parent}之下。',
    en: 'A unit of type {child} cannot stand below one of type {parent}.',
  },
  'unit-ended': {
    zh: '“{name}”已于 {day} 撤销，不能再变更。',
    en: '“{name}” ended on {day} and cannot be changed any more.',
  },
  'unit-own-descendant': { zh: '不能把单位移到它自己的下级之下。', en: 'A unit cannot be moved below itself.' },
  'unit-before-last-change': {
    zh: '生效日期 {day} 不晚于上一次变更（{last}）。',
    en: 'The effective day {day} is not after the last change ({last}).',
  },
  'unit-has-children': {
    zh: '“{name}”下还有 {count} 个在用的下级单位，请先移走或撤销。',
    en: '“{name}” still has {count} units below it; move or end them first.',
  },
  'unit-same-name': {
    zh: '“{parent}”下已有名为“{name}”的{type}。',
    en: '“{parent}” already has a {type} called “{name}”.',
  },
  'unit-scheme-needed': {
    zh: '村和社区必须选择评价类别（农村/城市）。',
    en: 'A village or community needs a scheme (rural or urban).',
  },
  'unit-merge-same': {
    zh: '合并至少需要两个同级、同类型的单位。',
    en: 'A merger needs at least two units of one type under one parent.',
  },
});

export interface UnitFacts {
  readonly id: number;
  readonly type: UnitType;
  readonly name: string;
  readonly path: string;
  readonly validTo: string | null;
  /** Day of the latest version: nothing may be dated before it. */
  readonly lastChange: string;
}

export function canStandBelow(child: UnitType, parent: UnitType): Reason | null {
  const allowed: readonly string[] = unitTypes[child].parents;
  return allowed.includes(parent)
    ? null
    : unitReason('unit-parent-type', { child: unitTypes[child].words.zh, parent: unitTypes[parent].words.zh });
}

export function needsScheme(type: UnitType, scheme: string | null): Reason | null {
  return (measuredTypes as readonly string[]).includes(type) && scheme === null
    ? unitReason('unit-scheme-needed')
    : null;
}

/** Any change of a unit: it must still exist, and history is written forwards only. */
export function canChange(unit: UnitFacts, day: string): Reason | null {
  if (unit.validTo !== null) return unitReason('unit-ended', { name: unit.name, day: unit.validTo });
  if (day < unit.lastChange) return unitReason('unit-before-last-change', { day, last: unit.lastChange });
  return null;
}

export function canMove(unit: UnitFacts, parent: UnitFacts, day: string): Reason | null {
  if (parent.path.startsWith(unit.path)) return unitReason('unit-own-descendant');
  return canChange(unit, day) ?? canChange(parent, day) ?? canStandBelow(unit.type, parent.type);
}

export function canEnd(unit: UnitFacts, day: string, childrenInUse: number): Reason | null {
  return (
    canChange(unit, day) ??
    (childrenInUse > 0 ? unitReason('unit-has-children', { name: unit.name, count: childrenInUse }) : null)
  );
}

export function canMerge(units: readonly (UnitFacts & { parentId: number | null })[], day: string): Reason | null {
  const first = units[0];
  if (!first || units.length < 2 || units.some((u) => u.type !== first.type || u.parentId !== first.parentId))
    return unitReason('unit-merge-same');
  for (const unit of units) {
    const reason = canChange(unit, day);
    if (reason) return reason;
  }
  return null;
}
