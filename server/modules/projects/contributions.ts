import { minutesGiven, projectReason, valueGiven } from '../../../domain/projects/index.ts';
import { notFound, refuse } from '../../platform/errors.ts';
import { mustHold, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { getAgreement } from '../../records/agreements/index.ts';
import { changeCaseDataAs, type CaseRow, getCase, itemOf, takeStep } from '../../records/cases/index.ts';
import { type NewPosting, openBook, postEntries } from '../../records/ledgers/index.ts';
import { getProjectRow } from './project-row.ts';
import { microNames, projectItemOf } from './reading.ts';
import { listBooksOf } from './store.ts';

async function getContribution(rq: Rq, id: string): Promise<CaseRow> {
  const c = await getCase(rq, id);
  if (c.type !== 'contribution') throw notFound({ zh: '该投工登记', en: 'contribution' });
  return c;
}

const given = (c: CaseRow) => ({
  labourDays: Number(c.data['labourDays'] ?? 0),
  machineHours: Number(c.data['machineHours'] ?? 0),
});
const rateOf = (c: CaseRow) => ({
  labourDayFen: Number(c.data['labourDayFen'] ?? 0),
  machineHourFen: Number(c.data['machineHourFen'] ?? 0),
});

/** Agrees what a contribution is worth; the value follows from the rates and is never typed in (M337). */
export async function agreeOn(
  rq: Rq,
  id: string,
  rates: { labourDayFen: number; machineHourFen: number; document: string },
) {
  const c = await getContribution(rq, id);
  const agreementId = c.data['agreementId'];
  if (typeof agreementId === 'string') {
    const { state } = await getAgreement(rq, agreementId);
    if (state !== 'in-force') throw refuse(projectReason('contribution-agreement'));
  }
  const what = given(c);
  if (what.labourDays === 0 && what.machineHours === 0) throw refuse(projectReason('contribution-nothing'));
  const lacking =
    (what.labourDays > 0 && rates.labourDayFen === 0) || (what.machineHours > 0 && rates.machineHourFen === 0);
  if (lacking) throw refuse(projectReason('contribution-no-rate'));
  const value = valueGiven(what, rates);
  const agreedValueFen = value.labour + value.machines;
  const done = await takeStep(rq, c, 'agree', {
    document: rates.document,
    data: { labourDayFen: rates.labourDayFen, machineHourFen: rates.machineHourFen, agreedValueFen },
  });
  return { ...itemOf(rq, done), agreedValueFen };
}

/** The open book of a kind that belongs to a case; opened now where there is none yet. */
export async function bookFor(rq: Rq, project: CaseRow, kind: 'project' | 'project-labour', day: string) {
  const open = (await listBooksOf(rq, project.id)).find((b) => b.kind === kind && b.closedOn === null);
  if (open) return open.id;
  const title = `${project.title}${kind === 'project' ? '项目账' : '投工台账'}`.slice(0, 200);
  return (await openBook(rq, { kind, unitId: project.unitId, title, openedOn: day, caseId: project.id })).id;
}

/** Two sides of one amount; a part that is nothing has no lines. */
const pair = (debit: string, credit: string, amount: number) =>
  amount === 0
    ? []
    : [
        { account: debit, amount },
        { account: credit, amount: -amount },
      ];

function postingsOf(c: CaseRow, books: { money: string; time: string }, onDay: string): NewPosting[] {
  const [minutes, value] = [minutesGiven(given(c)), valueGiven(given(c), rateOf(c))];
  const said = { onDay, text: c.title, source: { kind: 'contribution', id: c.id } };
  const time = [
    ...pair('expense:labour', 'income:labour', minutes.labour),
    ...pair('expense:machines', 'income:machines', minutes.machines),
  ];
  const money = [
    ...pair('expense:contributed-labour', 'income:contributed', value.labour),
    ...pair('expense:contributed-machines', 'income:contributed', value.machines),
  ];
  return [
    ...(time.length > 0 ? [{ ...said, bookId: books.time, lines: time }] : []),
    ...(money.length > 0 ? [{ ...said, bookId: books.money, lines: money }] : []),
  ];
}

/** Posts the time in the labour book and the agreed value in the project book, both or neither. */
export async function postContribution(rq: Rq, id: string, onDay: string) {
  const c = await getContribution(rq, id);
  const project = await getCase(rq, String(c.data['projectId']));
  mustHold(rq, 'ledgers.write', project.unitPath);
  const agreedValueFen = Number(c.data['agreedValueFen'] ?? 0);
  // First the step, which refuses what is not agreed yet or was posted already, and then the books.
  const done = await takeStep(rq, c, 'post', { data: { savedFen: agreedValueFen } });
  const opened = [onDay, dayOf(project.openedAt)].sort()[0]!;
  const books = {
    money: await bookFor(rq, project, 'project', opened),
    time: await bookFor(rq, project, 'project-labour', opened),
  };
  await postEntries(rq, postingsOf(c, books, onDay));
  return { ...itemOf(rq, done), agreedValueFen };
}

/** Why cost and budget differ, with evidence at the work (M338). */
export async function explain(rq: Rq, id: string, reason: string) {
  const row = await getProjectRow(rq, id);
  mustHold(rq, 'cases.write', row.unitPath);
  if (row.type !== 'project') throw refuse(projectReason('project-not-this-kind'));
  const c = await getCase(rq, id);
  if (c.evidence === 0) throw refuse(projectReason('project-explained-without-evidence'));
  await changeCaseDataAs(rq, c, { differenceReason: reason }, reason.slice(0, 500));
  return projectItemOf(rq, await getProjectRow(rq, id), await microNames(rq));
}
