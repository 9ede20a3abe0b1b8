import { Select } from 'antd';
import { useState } from 'react';
import { findSubjectKind } from '../../domain/records/subjects/all.ts';
import { subjects } from '../../domain/records/subjects/contract.ts';
import { useRead } from '../api/hooks.ts';
import { uiWords } from '../words/ui.ts';
import { aside } from '../words/punctuation.ts';
import { useSay, useWords } from '../words/use.ts';

interface Chosen {
  readonly id: string;
  readonly name: string;
}

interface Props {
  readonly label: string;
  /** Kinds that can be chosen from; the list has the entries of one at a time. */
  readonly kinds: readonly string[];
  readonly under?: number | undefined;
  readonly chosen?: Chosen | undefined;
  readonly onChoose: (subject: Chosen | undefined) => void;
}

/** Finds one entry of the register: first its kind, where there are several, then its name, number or place. */
export function SubjectPicker(props: Props) {
  const u = useWords(uiWords);
  const say = useSay();
  const [kind, setKind] = useState(props.kinds[0]);
  const [q, setQ] = useState('');
  const read = useRead(
    subjects.list,
    { query: { kind, q, limit: 20, ended: 'false', under: props.under } },
    { when: kind !== undefined },
  );
  const found = (read.data?.items ?? []).map((s) => ({
    id: s.id,
    name: s.place && s.place !== s.name ? `${s.name}${aside(s.place)}` : s.name,
  }));
  const { chosen } = props;
  const items = chosen && !found.some((s) => s.id === chosen.id) ? [chosen, ...found] : found;
  return (
    <div className="row">
      {props.kinds.length > 1 && (
        <Select
          aria-label={u('subject-kind')}
          style={{ width: 170 }}
          value={kind ?? null}
          showSearch={{ optionFilterProp: 'label' }}
          options={props.kinds.map((k) => ({ value: k, label: say(findSubjectKind(k)?.words ?? { zh: k, en: k }) }))}
          onChange={(next) => {
            setKind(next ?? undefined);
            props.onChoose(undefined);
          }}
        />
      )}
      <Select
        aria-label={props.label}
        style={{ minWidth: 220, flex: 1 }}
        allowClear
        value={chosen?.id ?? null}
        showSearch={{ filterOption: false, onSearch: setQ }}
        options={items.map((s) => ({ value: s.id, label: s.name }))}
        onChange={(id) => props.onChoose(items.find((s) => s.id === id))}
      />
    </div>
  );
}
