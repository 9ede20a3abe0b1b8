import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import type { PartyRole } from '../../../domain/records/agreements/index.ts';
import { SubjectPicker } from '../../ui/SubjectPicker.tsx';
import { UnitPicker } from '../../ui/UnitPicker.tsx';
import { subjectKinds } from '../../../domain/records/subjects/all.ts';
import { agreementWords } from '../../words/agreements.ts';
import { useSay, useWords } from '../../words/use.ts';

export interface Picked {
  readonly unitId?: number;
  readonly subjectId?: string;
  readonly outsideName?: string;
  readonly name: string;
}

const keyOf = (p: Picked) => p.subjectId ?? p.outsideName ?? String(p.unitId);

interface Props {
  readonly role: PartyRole;
  readonly value: readonly Picked[];
  readonly onChange: (value: readonly Picked[]) => void;
}

/** Who holds a role in an agreement: units, entries of the register or bodies outside it, as the role allows. */
export function PartyPicker(props: Props) {
  const t = useWords(agreementWords);
  const say = useSay();
  const { role, value } = props;
  const [type, setType] = useState(role.party[0]!);
  const add = (party: Picked) => {
    if (!value.some((p) => keyOf(p) === keyOf(party))) props.onChange([...value, party]);
  };
  const full = role.max !== undefined && value.length >= role.max;
  return (
    <div className="stack tight">
      {value.map((p) => (
        <span key={keyOf(p)} className="row tight">
          {p.name}
          <Button
            size="small"
            type="text"
            aria-label={t('remove', { name: p.name })}
            onClick={() => props.onChange(value.filter((other) => other !== p))}
          >
            ×
          </Button>
        </span>
      ))}
      {!full && (
        <>
          {role.party.length > 1 && (
            <Segmented
              aria-label={t('party-kind')}
              size="small"
              value={type}
              onChange={setType}
              options={role.party.map((p) => ({ value: p, label: t(`party-${p}`) }))}
            />
          )}
          {type === 'unit' && (
            <UnitPicker
              label={say(role.words)}
              placeholder={t('party-unit')}
              onChoose={(unit) => add({ unitId: unit.id, name: unit.name })}
            />
          )}
          {type === 'subject' && (
            <SubjectPicker
              key={value.length}
              label={say(role.words)}
              kinds={role.subjectKinds ?? Object.keys(subjectKinds)}
              onChoose={(s) => s && add({ subjectId: s.id, name: s.name })}
            />
          )}
          {type === 'outside' && <Outside onAdd={(name) => add({ outsideName: name, name })} />}
        </>
      )}
    </div>
  );
}

function Outside(props: { onAdd: (name: string) => void }) {
  const t = useWords(agreementWords);
  const [name, setName] = useState('');
  const add = () => {
    if (name.trim() === '') return;
    props.onAdd(name.trim());
    setName('');
  };
  return (
    <div className="row">
      <Input
        aria-label={t('outside-name')}
        placeholder={t('outside-name')}
        style={{ flex: 1, minWidth: 160 }}
        maxLength={200}
        value={name}
        onChange={(e) => setName(e.target.value)}
      />
      <Button onClick={add}>{t('add')}</Button>
    </div>
  );
}
