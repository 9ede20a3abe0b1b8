import { randomUUID } from 'node:crypto';
import {
  judgementReason,
  ownUnit,
  type PanelData,
  type PanelItem,
  panelData,
  scoreReason,
} from '../../../domain/records/judgements/index.ts';
import { criteriaOf, type Standard } from '../../../domain/stars/standard.ts';
import { check, notFound, refuse } from '../../platform/errors.ts';
import { record } from '../../platform/journal.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { type CaseRow, changeCaseDataAs, getCase, openCase, takeStep } from '../cases/index.ts';
import { notify } from '../notices/index.ts';
import { usableStandard } from '../standards/index.ts';
import { getUnit } from '../units/index.ts';
import { lockRound } from './actions.ts';
import * as store from './store.ts';

export interface Round extends CaseRow {
  readonly panel: PanelData;
}

export const observation = 'observation';
const noRound = notFound({ zh: '该打分轮次', en: 'round' });

export async function getRound(rq: Rq, id: string): Promise<Round> {
  const c = await getCase(rq, id);
  if (c.type !== 'panel-round') throw noRound;
  return { ...c, panel: panelData.parse(c.data) };
}

/** The criteria of the standard that a panel scores. */
function itemsOf(standard: Standard, wanted: readonly string[] | undefined): PanelItem[] {
  const all = criteriaOf(standard).flatMap(({ criterion }) =>
    criterion.rule.type === 'review'
      ? [
          {
            item: criterion.id,
            text: { zh: criterion.text.zh, en: criterion.text.en ?? criterion.text.zh },
            max: criterion.rule.max,
            combine: criterion.rule.combine,
          },
        ]
      : [],
  );
  for (const item of wanted ?? [])
    if (!all.some((i) => i.item === item)) throw refuse(judgementReason('panel-no-such-item', { item }));
  const items = wanted ? all.filter((i) => wanted.includes(i.item)) : all;
  if (items.length === 0) throw refuse(judgementReason('panel-no-items'));
  return items;
}

type Exclusion = PanelData['excluded'][number];

const becauseOf: Record<Exclusion['why'], string> = {
  own: '本单位',
  township: '本乡镇（街道）',
  duty: '对该村（社区）负有职责',
  said: '本人申请',
};

/** Why somebody stands aside for a unit, from where they belong and what they answer for; null when they may judge it. */
function exclusionOf(person: store.Belonging, place: store.Place): Exclusion | null {
  const why = ownUnit(person.homePath, place.path)
    ? 'own'
    : ownUnit(person.homePath, place.path, place.townshipPath ?? undefined)
      ? 'township'
      : person.duties.some((path) => ownUnit(path, place.path, place.townshipPath ?? undefined))
        ? 'duty'
        : null;
  return why === null ? null : { personId: person.personId, unitId: place.id, why, reason: becauseOf[why] };
}

export interface OpenRound {
  readonly title: string;
  readonly hostId: number;
  readonly parentId?: string | undefined;
  readonly standard: { readonly id: string; readonly version: string };
  readonly items?: readonly string[] | undefined;
  readonly unitIds: readonly number[];
  readonly observers: readonly string[];
  readonly dueOn?: string | undefined;
}

async function placesOf(rq: Rq, hostPath: string, unitIds: readonly number[]): Promise<store.Place[]> {
  const places = await store.listPlaces(rq, unitIds);
  if (places.length !== new Set(unitIds).size) throw notFound({ zh: '其中某个单位', en: 'unit among these' });
  for (const place of places)
    if (!place.path.startsWith(hostPath)) throw refuse(judgementReason('panel-outside', { unit: place.name }));
  return places;
}

async function observersOf(rq: Rq, hostPath: string, ids: readonly string[]): Promise<store.Belonging[]> {
  const people = await store.listBelongings(rq, ids);
  if (people.length !== new Set(ids).size) throw notFound({ zh: '其中某位评委', en: 'observer among these' });
  for (const person of people)
    if (!person.observes.some((path) => hostPath.startsWith(path)))
      throw refuse(judgementReason('panel-not-observer', { name: person.name }));
  return people;
}

/** Opens a round: these observers score these units on the items of this standard that a panel decides. */
export async function openRound(rq: Rq, input: OpenRound): Promise<Round> {
  const host = await getUnit(rq, input.hostId);
  mustHold(rq, 'cases.assign', host.path);
  const places = await placesOf(rq, host.path, input.unitIds);
  const standard = await usableStandard(rq, input.standard.id, input.standard.version, places[0]!.scheme ?? 'rural');
  for (const place of places)
    if (place.scheme !== standard.scheme) throw refuse(judgementReason('panel-scheme', { unit: place.name }));
  const people = await observersOf(rq, host.path, input.observers);
  const excluded = people.flatMap((p) => places.map((place) => exclusionOf(p, place)).filter((e) => e !== null));
  for (const place of places)
    if (excluded.filter((e) => e.unitId === place.id).length === people.length)
      throw refuse(judgementReason('panel-nobody-left', { unit: place.name }));
  const panel: PanelData = {
    standard: input.standard,
    sample: standard.sample,
    items: itemsOf(standard, input.items),
    unitIds: places.map((p) => p.id),
    observers: people.map((p) => ({ personId: p.personId, name: p.name })),
    excluded,
  };
  const c = await openCase(rq, {
    type: 'panel-round',
    title: input.title,
    unitId: host.id,
    parentId: input.parentId,
    dueOn: input.dueOn,
    data: panel,
  });
  const told = people.map((p) => p.personId);
  await notify(rq, told, 'panel-invited', { kind: 'panel-round', id: c.id }, { by: rq.actor.name, title: c.title });
  return { ...c, panel };
}

/** Who I am in the round: the units for which I stand aside, by what was known and by what I answer for now. */
export async function myExclusions(rq: Rq, round: Round, places: readonly store.Place[]): Promise<Exclusion[]> {
  const me = rq.actor.personId;
  const known = round.panel.excluded.filter((e) => e.personId === me);
  const [self] = me === null ? [] : await store.listBelongings(rq, [me]);
  if (!self) return known;
  const now = places.map((place) => exclusionOf(self, place)).filter((e) => e !== null);
  return [...known, ...now.filter((n) => !known.some((k) => k.unitId === n.unitId))];
}

export interface Score {
  readonly unitId: number;
  readonly item: string;
  readonly value: string;
  readonly reason?: string | undefined;
  readonly takenAt?: string | undefined;
}

function checkScore(round: Round, places: readonly store.Place[], excluded: readonly Exclusion[], score: Score): void {
  const item = round.panel.items.find((i) => i.item === score.item);
  if (!item) throw refuse(judgementReason('panel-no-such-item', { item: score.item }));
  const place = places.find((p) => p.id === score.unitId);
  if (!place) throw refuse(judgementReason('panel-not-in-round', { unit: score.unitId }));
  if (excluded.some((e) => e.unitId === score.unitId))
    throw refuse(judgementReason('panel-conflict', { unit: place.name }));
  check(scoreReason({ text: item.text.zh, max: item.max }, score.value));
}

function mustSit(rq: Rq, round: Round): void {
  if (!round.panel.observers.some((o) => o.personId === rq.actor.personId))
    throw refuse(judgementReason('panel-not-on-panel'));
}

/** Scores of one observer, all or none. The last one of a unit and item within a request counts. */
export async function giveScores(rq: Rq, id: string, scores: readonly Score[]): Promise<Round> {
  const round = await getRound(rq, id);
  mustSit(rq, round);
  const key = { caseId: round.id, kind: observation, round: '' };
  if ((await store.shareRound(rq, key)) !== null || round.state !== 'scoring')
    throw refuse(judgementReason('judgement-round-locked'));
  const places = await store.listPlaces(rq, round.panel.unitIds);
  const excluded = await myExclusions(rq, round, places);
  const last = new Map(scores.map((s) => [`${s.unitId} ${s.item}`, s]));
  for (const score of last.values()) checkScore(round, places, excluded, score);
  const given = await store.listJudgements(rq, { ...key, personId: rq.actor.personId });
  const changed = [...last.values()].filter(
    (s) => !given.some((g) => g.unitId === s.unitId && g.item === s.item && Number(g.value) === Number(s.value)),
  );
  if (changed.length === 0) return round;
  await store.insertScores(
    rq,
    key,
    changed.map((s) => ({
      id: randomUUID(),
      unitId: s.unitId,
      item: s.item,
      value: s.value,
      reason: s.reason ?? null,
      data: s.takenAt ? { takenAt: s.takenAt } : {},
    })),
  );
  // The journal says who scored what and when; how much is sealed until the lock.
  await record(rq, {
    verb: 'panel.score',
    subject: { kind: 'case', id: round.id },
    path: round.unitPath,
    after: { sealed: changed.map((s) => ({ unitId: s.unitId, item: s.item })) },
  });
  return round;
}

/** An observer stands aside for a unit; scores already given there no longer count. */
export async function standAside(rq: Rq, id: string, input: { unitId: number; reason: string }): Promise<Round> {
  const round = await getRound(rq, id);
  mustSit(rq, round);
  const me = rq.actor.personId!;
  if (!round.panel.unitIds.includes(input.unitId))
    throw refuse(judgementReason('panel-not-in-round', { unit: input.unitId }));
  const key = { caseId: round.id, kind: observation, round: '' };
  if ((await store.shareRound(rq, key)) !== null || round.state !== 'scoring')
    throw refuse(judgementReason('judgement-round-locked'));
  if (round.panel.excluded.some((e) => e.personId === me && e.unitId === input.unitId)) return round;
  for (const given of await store.listJudgements(rq, { ...key, personId: me, unitId: input.unitId }))
    await store.supersede(rq, [given.id]);
  const excluded = [
    ...round.panel.excluded,
    { personId: me, unitId: input.unitId, why: 'said' as const, reason: input.reason },
  ];
  const c = await changeCaseDataAs(rq, round, { excluded }, input.reason);
  return { ...c, panel: { ...round.panel, excluded } };
}

/** Every score that is still to come: one for each observer, unit and item, without those who stand aside. */
export function missingOf(round: Round, given: readonly store.JudgementRow[]) {
  const has = new Set(given.map((g) => `${g.personId} ${g.unitId} ${g.item}`));
  const aside = new Set(round.panel.excluded.map((e) => `${e.personId} ${e.unitId}`));
  return round.panel.observers.flatMap((o) =>
    round.panel.unitIds
      .filter((unitId) => !aside.has(`${o.personId} ${unitId}`))
      .flatMap((unitId) =>
        round.panel.items
          .filter((i) => !has.has(`${o.personId} ${unitId} ${i.item}`))
          .map((i) => ({ ...o, unitId, item: i.item })),
      ),
  );
}

/** Locks the round: from now on nothing changes and everyone who may read it sees the results. */
export async function lock(rq: Rq, id: string, reason: string | undefined): Promise<Round> {
  const round = await getRound(rq, id);
  mustHold(rq, 'cases.assign', round.unitPath);
  if (round.state !== 'scoring') throw refuse(judgementReason('judgement-round-locked'));
  const missing = missingOf(round, await lockRound(rq, round.id, observation)).length;
  if (missing > 0 && !reason) throw refuse(judgementReason('panel-missing-scores', { count: missing }));
  const c = await takeStep(rq, round, 'lock', { reason, data: reason ? { lockedReason: reason } : undefined });
  const told = round.panel.observers.map((o) => o.personId);
  await notify(rq, told, 'panel-locked', { kind: 'panel-round', id: c.id }, { by: rq.actor.name, title: c.title });
  return { ...c, panel: panelData.parse(c.data) };
}

/** Ends a round without a result; what was scored stays sealed for good. */
export async function cancel(rq: Rq, id: string, reason: string): Promise<Round> {
  const round = await getRound(rq, id);
  if (round.state === 'locked') throw refuse(judgementReason('judgement-round-locked'));
  const c = await takeStep(rq, round, 'cancel', { reason });
  return { ...c, panel: round.panel };
}
