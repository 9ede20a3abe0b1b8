import type { z } from 'zod';
import { measuredTypes, schemes, unitTypeNames, unitTypes, units } from '../../../domain/records/units/index.ts';
import { useChange } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import type { Field } from '../../ui/Fields.tsx';
import { today } from '../../ui/moments.ts';
import { unitWords } from '../../words/units.ts';
import { useSay, useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';

type Unit = z.output<typeof units.get.reply>;

interface Change {
  readonly day: string;
  readonly document: string;
}

/** Changes of the tree: each from a day on and by a document; what was counted before stays as it was. */
export function UnitActions(props: { unit: Unit }) {
  const t = useWords(unitWords);
  const w = useWords(workWords);
  const say = useSay();
  const can = useCan();
  const { unit } = props;
  const create = useChange(units.create);
  const rename = useChange(units.rename);
  const scheme = useChange(units.setScheme);
  const move = useChange(units.move);
  const end = useChange(units.end);
  const params = { id: unit.id };
  const reason = can('units.write', unit.path) ? null : w('not-yours');
  const change: Field[] = [
    { name: 'day', label: t('day'), kind: 'day', required: true, initial: today() },
    { name: 'document', label: t('document'), kind: 'text', max: 100, required: true },
  ];
  const schemeField: Field = {
    name: 'scheme',
    label: t('scheme'),
    kind: 'select',
    options: schemes.map((s) => ({ value: s, label: t(s) })),
  };
  const below = unitTypeNames.filter((n) => (unitTypes[n].parents as readonly string[]).includes(unit.type));
  if (unit.validTo || reason) return null;
  return (
    <>
      {below.length > 0 && (
        <AskButton<
          Change & { type: 'village'; name: string; code: string; scheme?: 'rural' },
          Parameters<typeof create.mutate>[0]
        >
          label={t('new')}
          change={create as never}
          fields={[
            {
              name: 'type',
              label: t('type'),
              kind: 'select',
              required: true,
              options: below.map((n) => ({ value: n, label: say(unitTypes[n].words) })),
            },
            { name: 'name', label: t('name'), kind: 'text', max: 100, required: true },
            { name: 'code', label: t('code'), kind: 'text', max: 32, required: true },
            schemeField,
            ...change,
          ]}
          input={(v) => ({ body: { ...v, scheme: v.scheme ?? null, parentId: unit.id } })}
        />
      )}
      <AskButton<Change & { name: string }, Parameters<typeof rename.mutate>[0]>
        label={t('rename')}
        change={rename as never}
        fields={[
          { name: 'name', label: t('name'), kind: 'text', max: 100, required: true, initial: unit.name },
          ...change,
        ]}
        input={(body) => ({ params, body })}
      />
      {(measuredTypes as readonly string[]).includes(unit.type) && (
        <AskButton<Change & { scheme: 'rural' }, Parameters<typeof scheme.mutate>[0]>
          label={t('set-scheme')}
          change={scheme as never}
          fields={[{ ...schemeField, required: true }, ...change]}
          input={(body) => ({ params, body })}
        />
      )}
      {unit.parentId !== null && (
        <AskButton<Change & { parent: { id: number } }, Parameters<typeof move.mutate>[0]>
          label={t('move')}
          change={move as never}
          fields={[{ name: 'parent', label: t('new-parent'), kind: 'unit', required: true }, ...change]}
          input={({ parent, ...rest }) => ({ params, body: { ...rest, parentId: parent.id } })}
        />
      )}
      <AskButton<Change, Parameters<typeof end.mutate>[0]>
        label={t('end')}
        change={end as never}
        fields={change}
        input={(body) => ({ params, body })}
      />
    </>
  );
}
