import { useNavigate } from '@tanstack/react-router';
import { findWorkflow } from '../../../domain/records/cases/all.ts';
import { cases } from '../../../domain/records/cases/contract.ts';
import { people } from '../../../domain/records/people/contract.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { useUnitField } from '../../ui/unit-field.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import type { Field } from '../../ui/Fields.tsx';
import { kindFields, kindValues } from '../../ui/kind-fields.ts';
import { useTagOptions } from '../../ui/tags.ts';
import { taskWords } from '../../words/tasks.ts';
import { useSay, useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';
import { useLedgerUnit } from './screen.ts';
import { useStarChoices } from './stars.ts';

interface Values {
  readonly title: string;
  readonly unit: { readonly id: number };
  readonly star?: string;
  readonly ownerPersonId?: string;
  readonly dueOn?: string;
  readonly subject?: { readonly id: string };
  readonly tags?: string[];
}

/** Whoever could own an item of the unit: people there and below, as far as the reader may see people. */
function useOwner(under: number, type: 'task' | 'problem'): Field[] {
  const t = useWords(taskWords);
  const can = useCan();
  const list = useRead(people.list, { query: { under, limit: 200 } }, { when: can('people.read') });
  // A problem is handed to somebody by the step that says so, not when it is found.
  if (type === 'problem') return [];
  return [
    {
      name: 'ownerPersonId',
      label: t('owner'),
      kind: 'select',
      options: (list.data?.items ?? []).map((p) => ({ value: p.id, label: `${p.name} · ${p.unitName}` })),
    },
  ];
}

/** A task or a problem with all that the four lists need of it: unit, star, criterion, owner, day. */
export function NewItem(props: { type: 'task' | 'problem'; label: string }) {
  const t = useWords(taskWords);
  const w = useWords(workWords);
  const say = useSay();
  const can = useCan();
  const navigate = useNavigate();
  const under = useLedgerUnit();
  const workflow = findWorkflow(props.type)!;
  const { stars, criteria } = useStarChoices(under);
  const tags = useTagOptions();
  const owner = useOwner(under, props.type);
  const open = useChange(cases.open, {
    onDone: (made) => void navigate({ to: '/cases/$id', params: { id: made.id } }),
  });
  const unit = useUnitField(t('unit'), workflow.openVerb);
  const own = kindFields(workflow, say)
    .filter((f) => f.name !== 'lines')
    .map((f) => (f.name === 'criterion' ? { ...f, kind: 'select' as const, options: criteria } : f));
  return (
    <AskButton<Values, Parameters<typeof open.mutate>[0]>
      label={props.label}
      button={props.type === 'task' ? { type: 'primary' } : {}}
      reason={can(workflow.openVerb) ? null : w('not-yours')}
      change={open as never}
      fields={[
        { name: 'title', label: t('title-field'), kind: 'text', required: true },
        unit,
        { name: 'star', label: t('star'), kind: 'select', options: stars },
        ...own,
        ...owner,
        { name: 'dueOn', label: t('due-on'), kind: 'day', hint: t('due-hint') },
        { name: 'subject', label: t('about'), kind: 'subject', subjectKinds: workflow.subjects ?? [] },
        { name: 'tags', label: t('tags'), kind: 'many', options: tags },
      ]}
      input={({ title, unit: at, star, ownerPersonId, dueOn, subject, tags: chosen, ...typed }) => ({
        body: {
          type: props.type,
          title,
          unitId: at.id,
          star,
          ownerPersonId,
          dueOn,
          subjectId: subject?.id,
          tags: chosen?.length ? chosen : undefined,
          data: kindValues(workflow, typed),
        },
      })}
    />
  );
}
