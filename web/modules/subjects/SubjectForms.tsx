import { useNavigate } from '@tanstack/react-router';
import { findSubjectKind } from '../../../domain/records/subjects/all.ts';
import {
  nameIs,
  standsForPeople,
  type SubjectKind,
  type SubjectView,
  subjects,
} from '../../../domain/records/subjects/index.ts';
import { useChange } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { useUnitField } from '../../ui/unit-field.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import type { Field } from '../../ui/Fields.tsx';
import { kindChanges, kindFields, kindFieldsOf, kindValues } from '../../ui/kind-fields.ts';
import { useItems } from '../../ui/kind-items.ts';
import { today } from '../../ui/moments.ts';
import { useTagOptions } from '../../ui/tags.ts';
import { subjectWords } from '../../words/subjects.ts';
import { colon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';

interface Typed {
  readonly unit: { readonly id: number };
  readonly name?: string;
  readonly code?: string;
  readonly place?: string;
  readonly parent?: { readonly id: string };
  readonly lead?: { readonly id: number };
  readonly tags?: string[];
  readonly fromDay: string;
  readonly state?: string;
}

/** The fields that every entry of the kind has, before its own; with what stands there, where it is being changed. */
function useCommonFields(kind: SubjectKind, s?: SubjectView): Field[] {
  const t = useWords(subjectWords);
  const say = useSay();
  const unit = useUnitField(t('unit'), 'records.write');
  const tags = useTagOptions();
  const from = nameIs(kind);
  const picked = <I,>(id: I | null | undefined, name: string | null | undefined) =>
    id === null || id === undefined ? {} : { initial: { id, name: name ?? '—' } };
  const text = (name: string, label: string, required: boolean, initial?: string | null): Field => ({
    name,
    label,
    kind: 'text',
    required,
    ...(initial ? { initial } : {}),
  });
  return [
    s ? { ...unit, initial: { id: s.unitId, name: s.unitName } } : unit,
    ...(from === null ? [text('name', t('name'), true, s?.name)] : []),
    ...(kind.code ? [text('code', say(kind.code), from === 'code', s?.code)] : []),
    ...(kind.place ? [text('place', say(kind.place.words), kind.place.required, s?.place)] : []),
    ...(kind.parents
      ? [
          {
            name: 'parent',
            label: t('parent'),
            kind: 'subject' as const,
            subjectKinds: kind.parents,
            ...picked(s?.parentId, s?.parentName),
          },
        ]
      : []),
    ...(kind.led
      ? [{ name: 'lead', label: t('lead'), kind: 'unit' as const, ...picked(s?.leadUnitId, s?.leadUnitName) }]
      : []),
    { name: 'fromDay', label: t('from'), kind: 'day', required: true, initial: s?.fromDay ?? today() },
    ...(standsForPeople(kind)
      ? []
      : [
          {
            name: 'tags',
            label: t('tags'),
            kind: 'many' as const,
            options: tags,
            ...(s ? { initial: [...s.tags] } : {}),
          },
        ]),
  ];
}

export function RegisterButton(props: { kind: string }) {
  const t = useWords(subjectWords);
  const say = useSay();
  const can = useCan();
  const navigate = useNavigate();
  const kind = useItems(findSubjectKind(props.kind)!, 'form');
  const common = useCommonFields(kind);
  const create = useChange(subjects.create, {
    onDone: (made) => void navigate({ to: '/subjects/$id', params: { id: made.id } }),
  });
  const begins = Object.entries(kind.states).filter(([, s]) => !s.ended);
  return (
    <AskButton<Typed, Parameters<typeof create.mutate>[0]>
      label={t('register')}
      title={`${t('register')}${colon()}${say(kind.words)}`}
      button={{ type: 'primary' }}
      reason={can('records.write') ? null : t('not-yours')}
      change={create as never}
      fields={[
        ...common,
        ...(begins.length > 1
          ? [
              {
                name: 'state',
                label: t('state'),
                kind: 'select' as const,
                initial: kind.initial,
                options: begins.map(([value, s]) => ({ value, label: say(s.words) })),
              },
            ]
          : []),
        ...kindFields(kind, say),
      ]}
      input={({ unit, name, code, place, parent, lead, tags, fromDay, state, ...typed }) => ({
        body: {
          kind: kind.kind,
          unitId: unit.id,
          name,
          code,
          place,
          parentId: parent?.id,
          leadUnitId: lead?.id,
          tags: tags ?? [],
          fromDay,
          state,
          data: kindValues(kind, typed),
        },
      })}
    />
  );
}

/** What is emptied in the form is taken away; what the kind derives is not sent. */
export function EditButton(props: { subject: SubjectView }) {
  const t = useWords(subjectWords);
  const say = useSay();
  const { subject: s } = props;
  const kind = useItems(findSubjectKind(s.kind)!, 'form', s.data);
  const common = useCommonFields(kind, s);
  const change = useChange(subjects.change);
  return (
    <AskButton<Typed, Parameters<typeof change.mutate>[0]>
      label={t('edit')}
      reason={s.mayChange ? null : s.toDay ? t('ended', { day: s.toDay }) : t('not-yours')}
      change={change as never}
      fields={[...common, ...kindFieldsOf(kind, s.data, say)]}
      input={({ unit, name, code, place, parent, lead, tags, fromDay, ...typed }) => ({
        params: { id: s.id },
        body: {
          version: s.version,
          ...(unit.id === s.unitId ? {} : { unitId: unit.id }),
          ...(nameIs(kind) === null ? { name } : {}),
          ...(kind.code ? { code: code ?? null } : {}),
          ...(kind.place ? { place: place ?? null } : {}),
          ...(kind.parents ? { parentId: parent?.id ?? null } : {}),
          ...(kind.led ? { leadUnitId: lead?.id ?? null } : {}),
          ...(standsForPeople(kind) ? {} : { tags: tags ?? [] }),
          fromDay,
          data: kindChanges(kind, s.data, typed),
        },
      })}
    />
  );
}
