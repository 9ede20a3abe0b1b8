import type { Form } from '../../fields.ts';
import { column, field, form, optional, say, unit } from '../../fields.ts';
import type { Words } from '../../words.ts';
import type { UnitType } from '../units/types.ts';
import type { EventKind, StandingItem } from './kind.ts';

export const townships = ['township', 'street'] as const satisfies readonly UnitType[];
export const villages = ['village', 'community'] as const satisfies readonly UnitType[];
export const everywhere = ['city', 'county', ...townships, ...villages, 'estate', 'grid'] as const;
/** Wherever people who work on stars sit together. */
export const offices = [
  'city',
  'county',
  'department',
  ...townships,
  ...villages,
  'task-force',
  'leading-group',
  'team',
] as const satisfies readonly UnitType[];
/** Where residents meet. */
export const local = [...townships, ...villages, 'estate', 'grid', 'branch'] as const satisfies readonly UnitType[];

interface More extends Partial<
  Omit<EventKind, 'kind' | 'words' | 'on' | 'data' | 'fields' | 'rosterData' | 'rosterFields'>
> {
  readonly form?: Form;
  readonly roster?: Form;
}

export function event(
  kind: string,
  words: Words,
  on: readonly UnitType[],
  { form: own, roster, ...more }: More = {},
): EventKind {
  return {
    kind,
    words,
    on,
    verb: 'records.write',
    ...(own ? { data: own.data, fields: own.fields } : {}),
    ...(roster ? { rosterData: roster.data, rosterFields: roster.fields } : {}),
    ...more,
  };
}

/** Creation stands on every agenda of a committee; who skips it says why (M018, M119). */
export const creationItem: StandingItem = {
  key: 'star-creation',
  words: say('“五星”支部创建工作', 'Five-star creation'),
  prefill: 'open-problems',
};
/** A task force reports on its star and the committee decides (M019). */
export const forceReportItem: StandingItem = {
  key: 'task-force-report',
  words: say('听取专班专题汇报', 'Special report of a task force'),
};
export const openProblemsItem: StandingItem = {
  key: 'open-problems',
  words: say('未销号问题', 'Open problems'),
  prefill: 'open-problems',
};
export const overdueItem: StandingItem = {
  key: 'overdue',
  words: say('超期事项', 'Overdue items'),
  prefill: 'overdue-cases',
};
/** Past their day, those carried up to a level above first: each is talked through until it has a new owner or day (M028). */
export const redItem: StandingItem = {
  key: 'overdue',
  words: say('红灯和已上报事项', 'Items past their day, carried up or not'),
  prefill: 'overdue-cases',
};
export const newProblemsItem: StandingItem = {
  key: 'new-problems',
  words: say('新发现的问题', 'Problems found since the last time'),
  prefill: 'new-problems',
};
/** What was decided before and has not been done. */
export const openDecisionsItem: StandingItem = {
  key: 'open-decisions',
  words: say('以往决定未落实事项', 'Decisions not carried out yet'),
  prefill: 'open-decisions',
};
export const openMattersItem: StandingItem = {
  key: 'open-matters',
  words: say('群众未办结诉求', 'Open matters of residents'),
  prefill: 'open-matters',
};

/** What people take home from a training or a visit. */
export const learningRoster = form({
  hours: optional(field.decimal('学时', 'Hours', unit.hours)),
  certificate: optional(field.text('证书编号', 'Certificate', 60)),
  takeaway: optional(field.long('收获（拟借鉴做法）', 'Takeaway', 500)),
});
/** Service is counted in hours, and only its giver sees them one by one. */
export const serviceRoster = form({ hours: column(field.decimal('服务时长', 'Hours', unit.hours)) });
