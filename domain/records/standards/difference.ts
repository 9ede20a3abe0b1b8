import type { Standard } from '../../stars/standard.ts';
import type { StandardChange } from './contract.ts';

interface Part {
  readonly star: string | null;
  readonly name: { zh: string; en?: string | undefined } | null;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A standard as named parts, so that two versions can be laid beside one another. */
function partsOf(standard: Standard): Map<string, Part> {
  const parts = new Map<string, Part>();
  const { stars, vetoes, id: _id, version: _version, pointsIn: _pointsIn, ...head } = standard;
  parts.set('head', { star: null, name: standard.title, fields: head });
  for (const star of stars) {
    const { criteria, ...own } = star;
    parts.set(`star:${star.id}`, { star: star.id, name: star.name, fields: own });
    for (const criterion of criteria)
      parts.set(`criterion:${criterion.id}`, { star: star.id, name: criterion.text, fields: criterion });
  }
  for (const veto of vetoes) parts.set(`veto:${veto.id}`, { star: null, name: veto.text, fields: veto });
  return parts;
}

const shown = (value: unknown): string | null =>
  value === undefined || value === null ? null : typeof value === 'string' ? value : JSON.stringify(value);

function fieldsThatDiffer(before: Part | undefined, after: Part | undefined): StandardChange['fields'] {
  const names = new Set([...Object.keys(before?.fields ?? {}), ...Object.keys(after?.fields ?? {})]);
  return [...names].flatMap((field) => {
    const was = shown(before?.fields[field]);
    const is = shown(after?.fields[field]);
    return was === is ? [] : [{ field, before: was, after: is }];
  });
}

/** What a reader has to know to move from one version to another: each part that came, went or changed, field by field. */
export function differenceOf(before: Standard, after: Standard): StandardChange[] {
  const was = partsOf(before);
  const is = partsOf(after);
  const subjects = new Set([...is.keys(), ...was.keys()]);
  return [...subjects].flatMap((subject): StandardChange[] => {
    const old = was.get(subject);
    const now = is.get(subject);
    const fields = fieldsThatDiffer(old, now);
    if (fields.length === 0) return [];
    const kind = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
    const shownPart = now ?? old;
    return [{ kind, subject, star: shownPart?.star ?? null, name: shownPart?.name ?? null, fields }];
  });
}
