import type { Form } from '../../fields.ts';
import { say } from '../../fields.ts';
import type { Words } from '../../words.ts';
import type { UnitType } from '../units/types.ts';
import type { SubjectKind, SubjectState } from './kind.ts';

/** Listed as long as it exists. */
export const registered: Readonly<Record<string, SubjectState>> = {
  active: { words: say('有效', 'Active') },
  ended: { words: say('已注销', 'Ended'), ended: true },
};

/** Built, then run: what counts for the residents is that it is in use. */
export const operating: Readonly<Record<string, SubjectState>> = {
  planned: { words: say('计划建设', 'Planned') },
  building: { words: say('在建', 'Being built') },
  'in-use': { words: say('已投用', 'In use') },
  suspended: { words: say('暂停使用', 'Suspended') },
  closed: { words: say('已关停', 'Closed'), ended: true },
};

/** Drafted, then shown to residents. */
export const published: Readonly<Record<string, SubjectState>> = {
  draft: { words: say('未发布', 'Not published') },
  published: { words: say('已发布', 'Published') },
  withdrawn: { words: say('已下线', 'Withdrawn'), ended: true },
};

export const places = ['village', 'community'] as const satisfies readonly UnitType[];
export const townsDown = ['township', 'street', ...places] as const satisfies readonly UnitType[];
export const countyDown = ['county', ...townsDown] as const satisfies readonly UnitType[];

type More = Partial<Omit<SubjectKind, 'kind' | 'words' | 'on' | 'data' | 'fields'>>;

export function subject(kind: string, words: Words, on: readonly UnitType[], f: Form, more: More = {}): SubjectKind {
  return { kind, words, on, states: registered, initial: 'active', data: f.data, fields: f.fields, ...more };
}

/** A built thing that is planned, built, used and closed. */
export function facility(kind: string, words: Words, on: readonly UnitType[], f: Form, more: More = {}): SubjectKind {
  return subject(kind, words, on, f, {
    states: operating,
    initial: 'planned',
    place: { words: say('地址', 'Address'), required: false },
    ...more,
  });
}
