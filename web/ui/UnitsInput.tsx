import { Button } from 'antd';
import type { UnitType } from '../../domain/records/units/index.ts';
import { uiWords } from '../words/ui.ts';
import { useWords } from '../words/use.ts';
import { UnitPicker } from './UnitPicker.tsx';

export interface PickedUnit {
  readonly id: number;
  readonly name: string;
}

interface Props {
  readonly label: string;
  readonly placeholder: string;
  readonly under: number;
  readonly types: readonly UnitType[];
  readonly value: readonly PickedUnit[];
  readonly onChange: (value: readonly PickedUnit[]) => void;
}

/** Several units, found one after the other by name or pinyin; each stands below with a button that takes it off again. */
export function UnitsInput(props: Props) {
  const t = useWords(uiWords);
  const { value, onChange } = props;
  return (
    <div className="stack tight">
      <UnitPicker
        label={props.label}
        placeholder={props.placeholder}
        under={props.under}
        types={props.types}
        onChoose={({ id, name }) => value.some((u) => u.id === id) || onChange([...value, { id, name }])}
      />
      {value.length > 0 && (
        <ul className="row chosen" aria-label={props.label}>
          {value.map((unit) => (
            <li key={unit.id}>
              <Button
                size="small"
                aria-label={t('take-off', { name: unit.name })}
                onClick={() => onChange(value.filter((u) => u.id !== unit.id))}
              >
                {unit.name} <span aria-hidden="true">×</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
