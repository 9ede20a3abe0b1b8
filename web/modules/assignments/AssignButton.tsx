import { assignments } from '../../../domain/records/assignments/contract.ts';
import { role as roleOf, type RoleName, roleNames } from '../../../domain/records/assignments/roles.ts';
import { people } from '../../../domain/records/people/contract.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import type { Field } from '../../ui/Fields.tsx';
import { today } from '../../ui/moments.ts';
import { dutyWords } from '../../words/duties.ts';
import { aside, colon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';

interface Values {
  readonly role?: RoleName;
  readonly personId?: string;
  readonly holder?: { readonly id: number };
  readonly star?: string;
  readonly unit?: { readonly id: number };
  readonly from: string;
  readonly document: string;
}

/** Who could hold a duty: people the reader may see. Names are enough; duties show the rest. */
export function usePersonField(label: string, required = true): Field {
  const can = useCan();
  const list = useRead(people.list, { query: { limit: 200 } }, { when: can('people.read') });
  return {
    name: 'personId',
    label,
    kind: 'select',
    required,
    options: (list.data?.items ?? []).map((p) => ({
      value: p.id,
      label: `${p.name} · ${p.unitName}${p.title ? ` ${p.title}` : ''}`,
    })),
  };
}

/** Gives a duty: a role on a unit (and a star), to a person or a department, from a day on, by a document. */
export function AssignButton(props: { unitId: number; role?: RoleName; star?: string | null; small?: boolean }) {
  const t = useWords(dutyWords);
  const w = useWords(workWords);
  const say = useSay();
  const can = useCan();
  const assign = useChange(assignments.assign);
  const person = usePersonField(t('holder'), props.role === undefined ? false : roleOf(props.role).holder === 'person');
  const known = props.role && roleOf(props.role);
  const byUnit: Field = { name: 'holder', label: t('holder-unit'), kind: 'unit', required: known?.holder === 'unit' };
  const fields: Field[] = [
    ...(props.role
      ? []
      : [
          {
            name: 'role',
            label: t('role'),
            kind: 'select' as const,
            required: true,
            options: roleNames.map((r) => ({ value: r, label: say(roleOf(r).words) })),
          },
          { name: 'unit', label: t('unit'), kind: 'unit' as const, required: true },
        ]),
    ...(known === undefined || known.holder === 'person' ? [person] : []),
    ...(known === undefined || known.holder === 'unit' ? [byUnit] : []),
    ...(known === undefined || (known.perStar && !props.star)
      ? [{ name: 'star', label: `${t('star')}${aside(w('optional'))}`, kind: 'text' as const }]
      : []),
    { name: 'from', label: t('from'), kind: 'day', required: true, initial: today() },
    { name: 'document', label: t('document'), kind: 'text', max: 100, required: true },
  ];
  const title = known ? `${t('assign')}${colon()}${say(known.words)}` : t('assign');
  return (
    <AskButton<Values, Parameters<typeof assign.mutate>[0]>
      label={props.small ? t('assign-here') : t('assign')}
      title={title}
      button={props.small ? { size: 'small' } : { type: 'primary' }}
      reason={can('assignments.write') ? null : w('not-yours')}
      change={assign as never}
      fields={fields}
      input={(v) => ({
        body: {
          role: props.role ?? v.role ?? 'village-cadre',
          unitId: v.unit?.id ?? props.unitId,
          star: props.star ?? v.star ?? null,
          ...(v.personId ? { personId: v.personId } : {}),
          ...(v.holder ? { holderUnitId: v.holder.id } : {}),
          from: v.from,
          document: v.document,
        },
      })}
    />
  );
}
