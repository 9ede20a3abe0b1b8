import { useNavigate } from '@tanstack/react-router';
import type { z } from 'zod';
import { findAgreementKind } from '../../../domain/records/agreements/all.ts';
import { type AgreementKind, agreements, canEdit } from '../../../domain/records/agreements/index.ts';
import { useChange } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { useUnitField } from '../../ui/unit-field.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import type { Field } from '../../ui/Fields.tsx';
import { type FieldsOfKind, kindChanges, kindFields, kindFieldsOf, kindValues } from '../../ui/kind-fields.ts';
import { useItems } from '../../ui/kind-items.ts';
import { today } from '../../ui/moments.ts';
import { useTagOptions } from '../../ui/tags.ts';
import { agreementWords } from '../../words/agreements.ts';
import { colon } from '../../words/punctuation.ts';
import { type Say, useSay, useWords } from '../../words/use.ts';
import { type Picked, PartyPicker } from './PartyPicker.tsx';

export type AgreementView = z.output<typeof agreements.get.reply>;

interface Typed {
  readonly title?: string;
  readonly number?: string;
  readonly unit: { readonly id: number };
  readonly fromDay: string;
  readonly toDay?: string;
  readonly tags?: string[];
}

const prefix = 'party.';

/** One input for each role of the kind. */
function partyFields(kind: AgreementKind, say: Say, there: AgreementView['partyList'] = []): Field[] {
  return Object.entries(kind.roles).map(([role, of]) => ({
    name: prefix + role,
    label: say(of.words),
    kind: 'text',
    initial: there
      .filter((p) => p.role === role)
      .map((p) => ({
        name: p.name,
        ...(p.unitId === null ? {} : { unitId: p.unitId }),
        ...(p.subjectId === null ? {} : { subjectId: p.subjectId }),
        ...(p.unitId === null && p.subjectId === null ? { outsideName: p.name } : {}),
      })),
    input: ({ value, onChange }) => (
      <PartyPicker role={of} value={(value ?? []) as readonly Picked[]} onChange={onChange} />
    ),
  }));
}

function partiesOf(kind: AgreementKind, typed: Readonly<Record<string, unknown>>) {
  return Object.keys(kind.roles).flatMap((role) =>
    ((typed[prefix + role] ?? []) as readonly Picked[]).map(({ unitId, subjectId, outsideName }) => ({
      role,
      unitId,
      subjectId,
      outsideName,
    })),
  );
}

const termsOf = (kind: AgreementKind): FieldsOfKind => ({ data: kind.terms, fields: kind.fields });

export function DraftButton(props: { kind: string }) {
  const t = useWords(agreementWords);
  const say = useSay();
  const can = useCan();
  const navigate = useNavigate();
  const kind = useItems(findAgreementKind(props.kind)!, 'form');
  const tags = useTagOptions();
  const unit = useUnitField(t('unit'), 'records.write');
  const draft = useChange(agreements.draft, {
    onDone: (made) => void navigate({ to: '/agreements/$id', params: { id: made.id } }),
  });
  return (
    <AskButton<Typed, Parameters<typeof draft.mutate>[0]>
      label={t('draft')}
      title={`${t('draft')}${colon()}${say(kind.words)}`}
      lead={<p className="small">{t('parties-first')}</p>}
      button={{ type: 'primary' }}
      reason={can('records.write') ? null : t('not-yours')}
      change={draft as never}
      fields={[
        { name: 'title', label: t('title'), kind: 'text', required: true, initial: say(kind.words) },
        { name: 'number', label: t('number'), kind: 'text', max: 60 },
        unit,
        { name: 'fromDay', label: t('from'), kind: 'day', required: true, initial: today() },
        { name: 'toDay', label: t('to'), kind: 'day' },
        ...partyFields(kind, say),
        ...kindFields(termsOf(kind), say),
        { name: 'tags', label: t('tags'), kind: 'many', options: tags },
      ]}
      input={({ title, number, unit: at, fromDay, toDay, tags: chosen, ...typed }) => ({
        body: {
          kind: kind.kind,
          unitId: at.id,
          title,
          number,
          fromDay,
          toDay,
          tags: chosen ?? [],
          parties: partiesOf(kind, typed),
          terms: kindValues(termsOf(kind), typed),
        },
      })}
    />
  );
}

export function EditDraft(props: { agreement: AgreementView; kind: AgreementKind }) {
  const t = useWords(agreementWords);
  const say = useSay();
  const { agreement: a } = props;
  const kind = useItems(props.kind, 'form', a.terms);
  const tags = useTagOptions();
  const change = useChange(agreements.change);
  return (
    <AskButton<Typed, Parameters<typeof change.mutate>[0]>
      label={t('edit')}
      reason={a.mayChange ? canEdit(a) : t('not-yours')}
      change={change as never}
      fields={[
        { name: 'title', label: t('title'), kind: 'text', required: true, initial: a.title },
        { name: 'number', label: t('number'), kind: 'text', max: 60, initial: a.number ?? undefined },
        { name: 'fromDay', label: t('from'), kind: 'day', required: true, initial: a.fromDay },
        { name: 'toDay', label: t('to'), kind: 'day', initial: a.toDay ?? undefined },
        ...partyFields(kind, say, a.partyList),
        ...kindFieldsOf(termsOf(kind), a.terms, say),
        { name: 'tags', label: t('tags'), kind: 'many', options: tags, initial: [...a.tags] },
      ]}
      input={({ title, number, fromDay, toDay, tags: chosen, ...typed }) => ({
        params: { id: a.id },
        body: {
          version: a.version,
          title,
          number: number ?? null,
          fromDay,
          toDay: toDay ?? null,
          tags: chosen ?? [],
          parties: partiesOf(kind, typed),
          terms: kindChanges(termsOf(kind), a.terms, typed),
        },
      })}
    />
  );
}
