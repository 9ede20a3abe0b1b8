import { canCompile, canState, type Engagement, orgReason, reviewsFromAbove } from '../../../domain/org/index.ts';
import type { RoleName } from '../../../domain/records/assignments/index.ts';
import { check, notFound, refuse } from '../../platform/errors.ts';
import { mustHold, type Rq, system } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { type AssignmentRow, holderOf, listBelow, listOn } from '../../records/assignments/index.ts';
import { type CaseRow, getCase, openCase, takeStep } from '../../records/cases/index.ts';
import { draftPublication, type PublicationRow } from '../../records/publications/index.ts';
import { getUnit } from '../../records/units/index.ts';
import { workKinds } from './chains.ts';
import { getReadable, matrix, refOf } from './matrix.ts';
import * as own from './secretaries-store.ts';
import * as store from './store.ts';

/** Party secretaries: the overall owner of a county or township, and the branch secretary of a village. */
const secretaryRoles: RoleName[] = ['overall-owner', 'branch-secretary'];

const nothing: Engagement = { chaired: 0, visited: 0, solved: 0, open: 0, overdue: 0 };

async function engagementOf(rq: Rq, path: string, people: readonly string[], from: string, to: string) {
  const rows = await own.listEngagement(rq, path, people, { from, to, today: dayOf(rq.now) });
  return new Map(rows.map(({ personId, ...facts }) => [personId, facts]));
}

/** Every secretary with what the records show, in the order of the tree: nobody is put above anybody (M009, M370). */
export async function listSecretaries(
  rq: Rq,
  unitId: number,
  q: { from?: string | undefined; to?: string | undefined },
) {
  const unit = await getReadable(rq, unitId);
  const today = dayOf(rq.now);
  const from = q.from ?? `${today.slice(0, 4)}-01-01`;
  const to = q.to ?? today;
  const edges = await listBelow(rq, unit.path, today, secretaryRoles);
  const people = [...new Set(edges.flatMap((e) => e.personId ?? []))];
  const facts = await engagementOf(rq, unit.path, people, from, to);
  const cases = await own.listOwn(rq, unit.path, people);
  const of = (e: AssignmentRow, type: own.OwnCase['type']) =>
    cases.find((c) => c.type === type && c.unitId === e.unitId && c.personId === e.personId);
  return {
    from,
    to,
    items: edges.map((e) => {
      const project = of(e, 'secretary-project');
      const sheet = of(e, 'secretary-sheet');
      return {
        unit: { id: e.unitId, name: e.unitName, type: e.unitType },
        secretary: holderOf(e),
        facts: facts.get(e.personId!) ?? nothing,
        project: project
          ? {
              caseId: project.caseId,
              year: Number(project.data['year']),
              goals: (project.data['goals'] as unknown[]).length,
              state: project.state,
            }
          : null,
        sheet: sheet
          ? { caseId: sheet.caseId, state: sheet.state, from: String(sheet.data['from']), to: String(sheet.data['to']) }
          : null,
      };
    }),
  };
}

/** The present secretary of a unit. */
async function secretaryOf(rq: Rq, unitId: number): Promise<AssignmentRow | undefined> {
  return (await listOn(rq, [unitId], dayOf(rq.now), secretaryRoles))[0];
}

/** A secretary makes creation a project of their own; nobody pledges for another (M110). */
export async function pledge(
  rq: Rq,
  unitId: number,
  input: { year: number; title: string; goals: string[] },
): Promise<CaseRow> {
  const unit = await getReadable(rq, unitId);
  const secretary = await secretaryOf(rq, unitId);
  if (!secretary || secretary.personId !== rq.actor.personId)
    throw refuse(orgReason('org-no-secretary', { unit: unit.name }));
  if (await own.projectExists(rq, unitId, secretary.personId!, input.year))
    throw refuse(orgReason('org-project-exists', { year: input.year }));
  const { year, title, goals } = input;
  return openCase(rq, {
    type: 'secretary-project',
    title,
    unitId,
    ownerPersonId: secretary.personId,
    data: { year, goals },
  });
}

async function getOf(rq: Rq, id: string, type: string): Promise<CaseRow> {
  const c = await getCase(rq, id);
  if (c.type !== type) throw notFound({ zh: '该事项', en: 'case' });
  return c;
}

/** The yearly statement: every pledged goal, kept or not and why, beside the facts that the records hold. */
export async function state(
  rq: Rq,
  id: string,
  input: { statement: string; kept: { goal: string; kept: boolean; why?: string | undefined }[] },
): Promise<CaseRow> {
  const c = await getOf(rq, id, 'secretary-project');
  check(canState(c.data['goals'] as string[], input.kept));
  const year = Number(c.data['year']);
  const facts = await engagementOf(rq, c.unitPath, [c.ownerPersonId!], `${year}-01-01`, `${year}-12-31`);
  return takeStep(rq, c, 'state', {
    reason: input.statement,
    data: { kept: input.kept, facts: facts.get(c.ownerPersonId!) ?? nothing },
  });
}

export async function hear(rq: Rq, id: string, comment: string): Promise<CaseRow> {
  const c = await getOf(rq, id, 'secretary-project');
  if (rq.actor !== system) check(reviewsFromAbove(rq.actor.grants, c.unitPath));
  return takeStep(rq, c, 'hear', { reason: comment });
}

/** The level above compiles what a secretary owns and did in a period, as it is recorded on this day (M009). */
export async function compileSheet(rq: Rq, unitId: number, input: { from: string; to: string }): Promise<CaseRow> {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'stars.plan', unit.path);
  if (rq.actor !== system) check(reviewsFromAbove(rq.actor.grants, unit.path));
  check(canCompile(input.from, input.to, dayOf(rq.now)));
  const secretary = await secretaryOf(rq, unitId);
  if (!secretary) throw refuse(orgReason('org-no-secretary', { unit: unit.name }));
  const person = secretary.personId!;
  const facts = await engagementOf(rq, unit.path, [person], input.from, input.to);
  return openCase(rq, {
    type: 'secretary-sheet',
    title: `${unit.name}书记履责单（${input.from} 至 ${input.to}）`,
    unitId,
    ownerPersonId: person,
    data: {
      ...input,
      facts: facts.get(person) ?? nothing,
      overdue: await own.listOverdue(rq, person, unit.path, dayOf(rq.now)),
    },
  });
}

export async function reviewSheet(rq: Rq, id: string, finding: string): Promise<CaseRow> {
  const c = await getOf(rq, id, 'secretary-sheet');
  if (rq.actor !== system) check(reviewsFromAbove(rq.actor.grants, c.unitPath));
  return takeStep(rq, c, 'review', { reason: finding });
}

export async function answerSheet(rq: Rq, id: string, answer: string): Promise<CaseRow> {
  return takeStep(rq, await getOf(rq, id, 'secretary-sheet'), 'answer', { reason: answer });
}

export interface Instruction {
  readonly text: string;
  readonly condition: string;
  readonly unitId: number;
  readonly ownerPersonId?: string | undefined;
  readonly ownerUnitId?: number | undefined;
  readonly dueOn?: string | undefined;
}

/** What was asked for on a visit becomes tasks with owner and day, each linked to the visit (M367). */
export async function instruct(
  rq: Rq,
  id: string,
  items: readonly Instruction[],
): Promise<{ visit: CaseRow; taskIds: string[] }> {
  const c = await getOf(rq, id, 'research-visit');
  const visit = await takeStep(rq, c, 'instruct', {});
  const taskIds: string[] = [];
  for (const item of items) {
    const task = await openCase(rq, {
      type: 'task',
      title: item.text,
      unitId: item.unitId,
      ownerPersonId: item.ownerPersonId,
      ownerUnitId: item.ownerUnitId ?? (item.ownerPersonId ? undefined : item.unitId),
      dueOn: item.dueOn,
      parentId: id,
      origin: { kind: 'case', id },
      data: { condition: item.condition },
    });
    taskIds.push(task.id);
  }
  return { visit, taskIds };
}

/** A visit ends when everything that came out of it is done. */
export async function finishVisit(rq: Rq, id: string): Promise<CaseRow> {
  const c = await getOf(rq, id, 'research-visit');
  const open = await own.countOpenChildren(rq, id);
  if (open > 0) throw refuse(orgReason('org-tasks-open', { count: open }));
  return takeStep(rq, c, 'finish', {});
}

/** Whom the secretariat has to chase: units with work that is open, the longest overdue named (M122). */
export async function replies(rq: Rq, unitId: number) {
  const unit = await getReadable(rq, unitId);
  const open = await store.listOpen(rq, unit.path, dayOf(rq.now), workKinds);
  const lines = new Map((await store.listBelow(rq, unit.path, store.rowTypes)).map((l) => [l.id, l]));
  const items = open.flatMap((o) => {
    const line = lines.get(o.unitId);
    return line ? [{ unit: refOf(line), path: line.path, open: o.open, overdue: o.overdue, oldest: o.oldest }] : [];
  });
  return { items: items.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** The month as the records show it, unit by unit in the order of the tree: a draft that the office publishes (M122). */
export async function bulletin(
  rq: Rq,
  unitId: number,
  input: { month: string; title: string; remark?: string | undefined },
): Promise<PublicationRow> {
  const unit = await getUnit(rq, unitId);
  mustHold(rq, 'publications.write', unit.path);
  const today = dayOf(rq.now);
  if (`${input.month}-01` > today) throw refuse(orgReason('org-month-ahead', { month: input.month }));
  const rows = await own.listMonth(rq, unit.path, input.month, today, workKinds);
  const byUnit = new Map(rows.map((r) => [r.unitId, r]));
  const lines = await store.listBelow(rq, unit.path, ['village', 'community']);
  const { gaps } = await matrix(rq, unitId);
  const total = (field: 'opened' | 'closed' | 'overdue' | 'visits') => rows.reduce((n, r) => n + r[field], 0);
  return draftPublication(rq, {
    kind: 'bulletin',
    title: input.title,
    unitId,
    audience: 'below',
    body: {
      month: input.month,
      opened: total('opened'),
      closed: total('closed'),
      overdue: total('overdue'),
      visits: total('visits'),
      units: lines.slice(0, 1000).map((l) => {
        const r = byUnit.get(l.id);
        return {
          unitId: l.id,
          name: l.name,
          open: r?.open ?? 0,
          overdue: r?.overdue ?? 0,
          reported: r?.reported ?? false,
        };
      }),
      gaps: gaps.map((g) => ({ gap: g.gap, words: g.words, count: g.count })),
      ...(input.remark && { remark: input.remark }),
    },
  });
}
