import { type CultivationData, cultivationData } from '../../../../domain/stars/kinds-after.ts';
import { recognitionReason } from '../../../../domain/stars/recognition-rules.ts';
import { inForce } from '../../../../domain/records/designations/index.ts';
import { workflowOf } from '../../../../domain/records/cases/all.ts';
import { all, sql, under, visible } from '../../../platform/db/sql.ts';
import { notFound, refuse } from '../../../platform/errors.ts';
import { mustHold, type Rq } from '../../../platform/rq.ts';
import { dayOf } from '../../../platform/time.ts';
import {
  type CaseRow,
  changeCaseData,
  getCase,
  listTimeline,
  openCase,
  takeStep,
  viewOf,
} from '../../../records/cases/index.ts';
import { getDesignation, grant, withdraw } from '../../../records/designations/index.ts';
import { draftPublication, publish } from '../../../records/publications/index.ts';
import { getUnit } from '../../../records/units/index.ts';
import { following } from '../common.ts';
import { countyOf } from './levels.ts';

type Kind = CultivationData['kind'];

interface Nominate {
  readonly kind: Kind;
  readonly unitId: number;
  readonly title: string;
  readonly criteria: string;
  readonly document: { readonly title: string; readonly number: string };
}

/** A model site is nominated with its criteria, supported, recognised or let go; its lessons are published for the others. */
export async function nominate(rq: Rq, input: Nominate) {
  const unit = await getUnit(rq, input.unitId);
  mustHold(rq, 'stars.plan', unit.path);
  const running = await rq.db.find(sql`SELECT 1 FROM cases WHERE type = 'cultivation' AND unit_id = ${unit.id}
    AND closed_at IS NULL AND data ->> 'kind' = ${input.kind}`);
  if (running) throw refuse(recognitionReason('cultivation-running', { name: unit.name }));
  const { kind, criteria, document } = input;
  const c = await openCase(rq, {
    type: 'cultivation',
    title: input.title,
    unitId: unit.id,
    data: { kind, criteria, document },
  });
  return show(rq, await getCase(rq, c.id));
}

async function show(rq: Rq, c: CaseRow) {
  const data = cultivationData.parse(c.data);
  const timeline = await listTimeline(rq, c.id, { limit: 100, offset: 0 });
  return {
    id: c.id,
    state: c.state as 'nominated',
    unitId: c.unitId,
    unitName: c.unitName,
    title: c.title,
    version: c.version,
    kind: data.kind,
    criteria: data.criteria,
    document: data.document,
    support: data.support,
    lessons: data.lessons,
    steps: timeline.items
      .filter((e) => e.step !== 'data')
      .map((e) => ({ step: e.step, by: e.by ?? '', at: e.at, reason: e.reason })),
    openSteps: viewOf(rq, c).steps.map((s) => ({ step: s.step, words: s.words, why: s.reason })),
  };
}

export async function listCultivations(
  rq: Rq,
  s: { under?: number | undefined; kind?: Kind | undefined; limit: number; offset: number },
) {
  const root = s.under === undefined ? undefined : await getUnit(rq, s.under);
  const where = all([
    visible(rq, 'c.unit_path'),
    sql`c.type = 'cultivation'`,
    root && under('c.unit_path', root.path),
    s.kind && sql`c.data ->> 'kind' = ${s.kind}`,
  ]);
  const { count } = await rq.db.one<{ count: number }>(sql`SELECT count(*)::int AS count FROM cases c WHERE ${where}`);
  const rows = await rq.db.many<{ id: string }>(sql`SELECT c.id FROM cases c WHERE ${where}
    ORDER BY c.opened_at DESC, c.id LIMIT ${s.limit} OFFSET ${s.offset}`);
  const items = [];
  for (const { id } of rows) items.push(await show(rq, await getCase(rq, id)));
  return { items, total: count };
}

interface Step {
  readonly step: 'cultivate' | 'support' | 'lesson' | 'recognise' | 'exit' | 'refuse';
  readonly text: string;
  readonly grantor?: string | undefined;
  readonly number?: string | undefined;
  readonly onDay?: string | undefined;
  readonly validTo?: string | undefined;
}

export async function stepCultivation(rq: Rq, id: string, input: Step) {
  const c = await getCase(rq, id);
  if (c.type !== 'cultivation') throw notFound({ zh: '该培育事项', en: 'cultivation' });
  mustHold(rq, 'stars.plan', c.unitPath);
  const data = cultivationData.parse(c.data);
  if (input.step === 'support') await addSupport(rq, c, data, input.text);
  else if (input.step === 'lesson') await publishLesson(rq, c, data, input.text);
  else if (input.step === 'recognise') await recognise(rq, c, data, input);
  else {
    await takeStep(rq, c, input.step, { reason: input.text });
    if (input.step === 'exit') await endDesignation(rq, c, data, input);
  }
  return show(rq, await getCase(rq, id));
}

function mustBe(c: CaseRow, ...states: string[]): void {
  if (states.includes(c.state)) return;
  const { zh, en } = workflowOf(c.type).states[c.state]!.words;
  throw refuse(recognitionReason('cultivation-state', { state: zh, stateEn: en }));
}

async function addSupport(rq: Rq, c: CaseRow, data: CultivationData, text: string): Promise<void> {
  mustBe(c, 'cultivated', 'recognised');
  await changeCaseData(following(rq), c.id, { support: [...data.support, { at: dayOf(rq.now), text }] }, 'stars.plan');
}

/** What others can learn is published, and stands beside the site. */
async function publishLesson(rq: Rq, c: CaseRow, data: CultivationData, text: string): Promise<void> {
  mustBe(c, 'cultivated', 'recognised');
  const act = following(rq);
  const draft = await draftPublication(act, {
    kind: 'practice-case',
    unitId: c.unitId,
    title: c.title,
    audience: 'public',
    caseId: c.id,
    body: { text },
  });
  await publish(act, draft.id);
  await changeCaseData(act, c.id, { lessons: [...data.lessons, { id: draft.id, title: draft.title }] }, 'stars.plan');
}

async function recognise(rq: Rq, c: CaseRow, data: CultivationData, input: Step): Promise<void> {
  const county = await countyOf(rq, c.unitPath);
  if (!county) throw notFound({ zh: '所在县', en: 'county of the unit' });
  mustHold(rq, 'designations.write', county.path);
  const outside = data.kind === 'benchmark';
  if (outside && (!input.grantor || !input.number)) throw refuse(recognitionReason('cultivation-recognition'));
  const moved = await takeStep(rq, c, 'recognise', { reason: input.text });
  const granted = await grant(rq, {
    kind: data.kind,
    unitId: c.unitId,
    number: input.number,
    grantedByUnitId: county.id,
    grantor: input.grantor ?? county.name,
    outside,
    grantedOn: input.onDay ?? dayOf(rq.now),
    validTo: input.validTo,
    basis: `${data.document.title}（${data.document.number}）`,
    caseId: c.id,
    data: { title: c.title },
  });
  await changeCaseData(following(rq), moved.id, { designationId: granted.id }, 'stars.plan');
}

async function endDesignation(rq: Rq, c: CaseRow, data: CultivationData, input: Step): Promise<void> {
  if (data.designationId === null) return;
  const held = await getDesignation(rq, data.designationId);
  const onDay = input.onDay ?? dayOf(rq.now);
  if (inForce(held, onDay)) await withdraw(following(rq), held.id, { onDay, caseId: c.id });
}
