import {
  cover,
  type CoveredUnit,
  findRequirement,
  type Gap,
  gapWords,
  requirements,
  type Row,
  wordsOfStar,
} from '../../../domain/org/index.ts';
import { type RoleName, starsByScheme } from '../../../domain/records/assignments/index.ts';
import type { Words } from '../../../domain/words.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { type AssignmentRow, holderOf, listBelow } from '../../records/assignments/index.ts';
import { getUnit } from '../../records/units/index.ts';
import * as store from './store.ts';

type Unit = Awaited<ReturnType<typeof getUnit>>;

/** The unit, when the actor answers for something there; those above are not opened by standing below them. */
export async function getReadable(rq: Rq, id: number): Promise<Unit> {
  const unit = await getUnit(rq, id);
  mustHold(rq, 'units.read', unit.path);
  return unit;
}

export const refOf = (u: { id: number; name: string; type: Unit['type'] }) => ({
  id: u.id,
  name: u.name,
  type: u.type,
});

export interface Stars {
  readonly of: Readonly<Record<'rural' | 'urban', readonly string[]>>;
  readonly words: ReadonlyMap<string, Words>;
}

/** The stars of both schemes on a day: as published, or as the sources name them while nothing is published. */
export async function starsOn(rq: Rq, day: string): Promise<Stars> {
  const published = await store.listPublishedStars(rq, day);
  const of: Record<'rural' | 'urban', readonly string[]> = { ...starsByScheme };
  const words = new Map<string, Words>();
  for (const p of published) {
    of[p.scheme] = p.stars.map((s) => s.id);
    for (const s of p.stars) words.set(s.id, { zh: s.name.zh, en: s.name.en ?? wordsOfStar(s.id).en });
  }
  for (const id of [...of.rural, ...of.urban]) if (!words.has(id)) words.set(id, wordsOfStar(id));
  return { of, words };
}

export const starRef = (stars: Stars, id: string) => ({ id, words: stars.words.get(id) ?? wordsOfStar(id) });

/** The stars worked on at every unit: those of the schemes of the villages below it. */
function starsByUnit(lines: readonly store.UnitLine[], stars: Stars): Map<number, string[]> {
  const schemes = new Map<number, Set<'rural' | 'urban'>>();
  for (const line of lines) {
    if (line.scheme === null) continue;
    for (const part of line.path.split('.')) {
      if (part === '') continue;
      const at = schemes.get(Number(part)) ?? new Set();
      schemes.set(Number(part), at.add(line.scheme));
    }
  }
  const list = (set: Set<'rural' | 'urban'>) => [
    ...new Set((['rural', 'urban'] as const).filter((s) => set.has(s)).flatMap((s) => stars.of[s])),
  ];
  return new Map([...schemes].map(([id, set]) => [id, list(set)]));
}

const rowRoles: RoleName[] = [
  ...new Set([...requirements.map((r) => r.role as RoleName), 'key-village', 'task-force-member'] as RoleName[]),
].filter((r) => !['area-cadre', 'household-contact', 'building-head'].includes(r));

/** Everything that the matrix and its gaps are read from, in a fixed number of statements whatever the size. */
export interface Board {
  readonly unit: Unit;
  readonly day: string;
  readonly stars: Stars;
  readonly lines: readonly store.UnitLine[];
  readonly edges: readonly AssignmentRow[];
  readonly rows: readonly Row<AssignmentRow>[];
  readonly marks: ReadonlyMap<store.Mark['kind'], ReadonlySet<number>>;
}

const dayBefore = (day: string, days: number) =>
  new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);

export async function boardOf(rq: Rq, unitId: number, asOf?: string): Promise<Board> {
  const unit = await getReadable(rq, unitId);
  const day = asOf ?? dayOf(rq.now);
  const stars = await starsOn(rq, day);
  const inside = ['village', 'community', 'estate', 'grid'].includes(unit.type);
  const types = inside ? ([...store.rowTypes, 'estate', 'grid', 'building'] as const) : store.rowTypes;
  const lines = await store.listBelow(rq, unit.path, types);
  const roles = inside
    ? [...rowRoles, 'area-cadre' as const, 'household-contact' as const, 'building-head' as const]
    : rowRoles;
  const edges = await listBelow(rq, unit.path, day, roles);
  const marks = await store.listMarks(rq, unit.path, dayBefore(day, 7), day);
  const byUnit = starsByUnit(lines, stars);
  const units: CoveredUnit[] = lines.map((l) => ({ ...l, stars: byUnit.get(l.id) ?? [] }));
  const ofKind = (kind: store.Mark['kind']) => new Set(marks.filter((m) => m.kind === kind).map((m) => m.unitId));
  return {
    unit,
    day,
    stars,
    lines,
    edges,
    rows: cover(units, edges),
    marks: new Map((['group', 'areas', 'consultation'] as const).map((k) => [k, ofKind(k)])),
  };
}

export const isVillage = (u: { type: string }) => u.type === 'village' || u.type === 'community';

const depthOf = (path: string) => path.split('.').length - 1;
/** How many steps below the unit the villages stand. */
const villageDepth: Readonly<Record<string, number>> = { county: 2, township: 1, street: 1 };

/** Areas and buildings, by village where the tree has one depth of them, else by the unit itself. */
async function deepOf(rq: Rq, b: Board): Promise<Map<number, store.DeepCount>> {
  const depth = depthOf(b.unit.path) + (villageDepth[b.unit.type] ?? 0);
  const counts = await store.countDeep(rq, b.unit.path, depth, b.day);
  return new Map(counts.map((c) => [c.at, c]));
}

const sum = (counts: Iterable<store.DeepCount>, field: Exclude<keyof store.DeepCount, 'at'>) =>
  [...counts].reduce((n, c) => n + c[field], 0);

const tierWords = {
  villages: { zh: '班子成员包村（社区）', en: 'Leaders contract villages' },
  areas: { zh: '村干部包片（小区）', en: 'Cadres contract areas' },
  buildings: { zh: '楼栋长', en: 'Building heads' },
  contacts: { zh: '片区有联户党员', en: 'Areas with a household contact' },
  households: { zh: '已联系的户', en: 'Households in contact' },
} as const;

/** Seats as the reader gets them. */
export const postsOf = (row: Row<AssignmentRow>) =>
  row.posts.map((p) => ({ role: p.role, star: p.star, gap: p.gap, holders: p.holders.map(holderOf) }));

export async function matrix(rq: Rq, unitId: number, asOf?: string) {
  const b = await boardOf(rq, unitId, asOf);
  const deep = await deepOf(rq, b);
  const lost = await store.listLostHouseholds(rq, b.unit.path, b.day);
  const others = await otherGaps(rq, b, lost);
  const keys = new Set(b.edges.filter((e) => e.role === 'key-village').map((e) => e.unitId));
  const villages = b.lines.filter(isVillage);
  const counts = new Map<string, number>();
  const add = (gap: string, n: number) => n > 0 && counts.set(gap, (counts.get(gap) ?? 0) + n);
  for (const row of b.rows) for (const post of row.posts) if (post.gap && !isDeep(post.gap)) add(post.gap, 1);
  for (const g of others) add(g.gap, g.count);
  add('area-without-cadre', sum(deep.values(), 'areasOpen'));
  add('area-without-contact', sum(deep.values(), 'areasAlone'));
  add('building-without-head', sum(deep.values(), 'buildingsOpen'));
  const open = (gap: string) => counts.get(gap) ?? 0;
  const areas = sum(deep.values(), 'areas');
  const buildings = sum(deep.values(), 'buildings');
  const households = lost.reduce((n, h) => n + h.total, 0);
  const tier = (name: keyof typeof tierWords, total: number, missing: number) => ({
    tier: name,
    words: tierWords[name],
    total,
    covered: total - missing,
  });
  // A city lists its townships; its villages are in the numbers and one step further in the tree.
  const listed = ['city', 'province'].includes(b.unit.type) ? b.rows.filter((r) => !isVillage(r.unit)) : b.rows;
  const lineOf = new Map(b.lines.map((l) => [l.id, l]));
  const all = [...new Set(b.rows.flatMap((r) => r.unit.stars))];
  return {
    unit: refOf(b.unit),
    asOf: b.day,
    stars: all.map((s) => starRef(b.stars, s)),
    rows: listed.map((row) => {
      const d = deep.get(row.unit.id);
      const { id, name, type, path } = row.unit;
      return {
        unit: { id, name, type, path, parentId: lineOf.get(id)!.parentId },
        posts: postsOf(row),
        key: keys.has(id),
        group: b.marks.get('group')!.has(id),
        areas: d?.areas ?? 0,
        areasOpen: d?.areasOpen ?? 0,
        buildings: d?.buildings ?? 0,
        buildingsOpen: d?.buildingsOpen ?? 0,
      };
    }),
    coverage: [
      tier('villages', villages.length, open('village-without-leader')),
      tier('areas', areas, open('area-without-cadre')),
      tier('buildings', buildings, open('building-without-head')),
      tier('contacts', areas, open('area-without-contact')),
      tier('households', households, open('household-without-contact')),
    ],
    gaps: [...counts].map(([gap, count]) => ({ gap, words: gapWords(gap), count })),
    consultations: { villages: villages.length, thisWeek: b.marks.get('consultation')!.size },
  };
}

const isDeep = (gap: string) => ['area-without-cadre', 'area-without-contact', 'building-without-head'].includes(gap);

const line = (gap: string, unit: { id: number; name: string; type: Unit['type'] }, more: Partial<Gap> = {}): Gap => ({
  gap,
  words: gapWords(gap),
  unit: refOf(unit),
  star: null,
  person: null,
  count: 1,
  ...more,
});

type Lost = Awaited<ReturnType<typeof store.listLostHouseholds>>;

/** Gaps that are more than an empty seat. */
async function otherGaps(rq: Rq, b: Board, lost: Lost): Promise<Gap[]> {
  const gaps: Gap[] = [];
  for (const v of b.lines.filter(isVillage)) {
    if (!b.marks.get('group')!.has(v.id)) gaps.push(line('village-without-group', v));
    if (!b.marks.get('areas')!.has(v.id)) gaps.push(line('village-without-areas', v));
  }
  for (const { leader, unit } of leadersWithout(b))
    gaps.push(line('leader-without-village', unit, { person: { id: leader.personId!, name: leader.holder } }));
  for (const h of lost) if (h.count > 0) gaps.push(line('household-without-contact', h, { count: h.count }));
  const plans = new Set((await store.listPlans(rq, b.unit.path)).map((p) => `${p.unitId}/${p.star}`));
  const members = new Set(b.edges.filter((e) => e.role === 'task-force-member').map((e) => `${e.unitId}/${e.star}`));
  for (const e of b.edges) {
    if (e.role !== 'task-force-leader') continue;
    const unit = { id: e.unitId, name: e.unitName, type: e.unitType };
    if (!plans.has(`${e.unitId}/${e.star}`)) gaps.push(line('force-without-plan', unit, { star: e.star }));
    if (!members.has(`${e.unitId}/${e.star}`)) gaps.push(line('force-without-member', unit, { star: e.star }));
  }
  return gaps;
}

/** Leaders of a township who contract none of its villages (M126). */
export function leadersWithout(b: Board): { leader: AssignmentRow; unit: store.UnitLine }[] {
  const townships = new Map(b.lines.filter((l) => l.type === 'township' || l.type === 'street').map((l) => [l.id, l]));
  const contracts = new Map<string, string[]>();
  for (const e of b.edges)
    if (e.role === 'village-leader' && e.personId !== null)
      contracts.set(e.personId, [...(contracts.get(e.personId) ?? []), e.path]);
  return b.edges
    .filter((e) => e.role === 'leadership-member' && townships.has(e.unitId))
    .filter((e) => !(contracts.get(e.personId!) ?? []).some((path) => path.startsWith(e.path)))
    .map((leader) => ({ leader, unit: townships.get(leader.unitId)! }));
}

/** Every gap one by one, kind after kind, and within a kind in the order of the tree. */
export async function listGaps(
  rq: Rq,
  unitId: number,
  q: { gap?: string | undefined; asOf?: string | undefined; limit: number; offset: number },
): Promise<{ items: Gap[]; total: number }> {
  const b = await boardOf(rq, unitId, q.asOf);
  const lost = await store.listLostHouseholds(rq, b.unit.path, b.day);
  const seats = b.rows.flatMap((row) =>
    row.posts.flatMap((p) => (p.gap && !isDeep(p.gap) ? [line(p.gap, row.unit, { star: p.star })] : [])),
  );
  const wanted = (g: { gap: string }) => q.gap === undefined || g.gap === q.gap;
  const known = [...seats, ...(await otherGaps(rq, b, lost))].filter(wanted);
  const items = known.slice(q.offset, q.offset + q.limit);
  const deep = [...(await deepOf(rq, b)).values()];
  let total = known.length;
  const fields = {
    'area-without-cadre': 'areasOpen',
    'area-without-contact': 'areasAlone',
    'building-without-head': 'buildingsOpen',
  } as const;
  for (const [gap, field] of Object.entries(fields)) {
    if (!wanted({ gap })) continue;
    const before = total;
    total += sum(deep, field);
    const room = q.limit - items.length;
    if (room <= 0 || q.offset + q.limit <= before) continue;
    const page = { limit: room, offset: Math.max(0, q.offset - before) };
    const units = await store.listDeepGaps(rq, b.unit.path, b.day, findRequirement(gap)!, page);
    items.push(...units.map((u) => line(gap, u)));
  }
  return { items, total };
}
