import { minutesGiven, valueGiven } from '../domain/projects/rules.ts';
import { atMost, type BookRow, type CaseRow, type EntryRow, idOf, plusDays } from './work-kit.ts';
import { luckAt, type Place } from './work-scene.ts';

/** Labour and machines given to a work: logged, valued at rates that the villagers agreed on, posted in time and in money. */

/** In yuan, as the villagers' representatives decided. */
const rates = { labourDayFen: 150_00, machineHourFen: 200_00 } as const;
const basis = '村民代表会议决议（投工折价标准）';

export interface Gift {
  readonly what: '群众投工' | '群众出动机械';
  readonly labourDays: number;
  readonly machineHours: number;
}

/** So much agreed value, three fifths of it in labour and the rest in machines. */
export function giftsWorth(yuan: number): readonly Gift[] {
  const labourDays = Math.round((yuan * 0.6 * 100) / rates.labourDayFen);
  const machineHours = Math.round((yuan * 0.4 * 100) / rates.machineHourFen);
  return [
    { what: '群众投工', labourDays, machineHours: 0 },
    { what: '群众出动机械', labourDays: 0, machineHours },
  ];
}

/** In some villages people lend a hand with a work; what they give is small beside its cost. */
export function giftsBy(p: Place, key: string): readonly Gift[] {
  const luck = luckAt(p, `given/${key}`);
  return luck.often(0.12) ? giftsWorth(luck.int(2, 9) * 1000) : [];
}

const valueOf = (gift: Gift) => {
  const { labour, machines } = valueGiven(gift, rates);
  return labour + machines;
};
const contributionId = (project: CaseRow, i: number) => idOf(`${project.id}/contribution/${i}`);

/** `savedFen`: what the gifts together saved against the budget, where more than their value was. */
export function contributions(
  p: Place,
  work: { readonly project: CaseRow; readonly title: string; readonly from: string; readonly savedFen?: number },
  gifts: readonly Gift[],
): CaseRow[] {
  const on = atMost(plusDays(work.from, 60));
  return gifts.map((gift, i) => ({
    id: contributionId(work.project, i),
    type: 'contribution',
    state: 'posted',
    title: `${work.title}：${gift.what}`,
    at: p.key,
    opened: on,
    closed: atMost(plusDays(on, 20)),
    raiser: p.secretary.key,
    said: { agree: { document: basis } },
    data: {
      projectId: work.project.id,
      on,
      labourDays: gift.labourDays,
      machineHours: gift.machineHours,
      ...rates,
      agreedValueFen: valueOf(gift),
      savedFen: work.savedFen === undefined ? valueOf(gift) : Math.round(work.savedFen / gifts.length),
    },
  }));
}

const pair = (debit: string, credit: string, amount: number) => [
  { account: debit, amount },
  { account: credit, amount: -amount },
];

function posted(
  project: CaseRow,
  gift: Gift,
  i: number,
  on: string,
): Pick<EntryRow, 'on' | 'text' | 'document' | 'source'> {
  return {
    on,
    text: `${gift.what}入账`,
    document: basis,
    source: { kind: 'contribution', id: contributionId(project, i) },
  };
}

/** The value in the project's own book. */
export function valueEntries(project: CaseRow, gifts: readonly Gift[], on: string): EntryRow[] {
  return gifts.map((gift, i) => ({
    ...posted(project, gift, i, on),
    lines: pair(
      gift.labourDays > 0 ? 'expense:contributed-labour' : 'expense:contributed-machines',
      'income:contributed',
      valueOf(gift),
    ),
  }));
}

/** The time in a book of its own, in minutes. */
export function labourBook(p: Place, project: CaseRow, gifts: readonly Gift[], on: string): BookRow[] {
  if (gifts.length === 0) return [];
  const entries = gifts.map((gift, i): EntryRow => {
    const { labour, machines } = minutesGiven(gift);
    const lines =
      labour > 0
        ? pair('expense:labour', 'income:labour', labour)
        : pair('expense:machines', 'income:machines', machines);
    return { ...posted(project, gift, i, on), lines };
  });
  return [
    {
      id: idOf(`${project.id}/labour-book`),
      kind: 'project-labour',
      at: p.key,
      title: `${project.title}投工台账`,
      opened: project.opened,
      case: project.id,
      entries,
    },
  ];
}
