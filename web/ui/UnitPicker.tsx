import { Input } from 'antd';
import { type KeyboardEvent, useId, useState } from 'react';
import { type UnitNode, type UnitType, unitTypes, units } from '../../domain/records/units/index.ts';
import type { Verb } from '../../domain/grants.ts';
import { useRead } from '../api/hooks.ts';
import { useCan } from '../console/me.ts';
import { shellWords } from '../words/shell.ts';
import { useSay, useWords } from '../words/use.ts';

interface Props {
  readonly label: string;
  readonly placeholder?: string;
  readonly type?: UnitType;
  readonly under?: number;
  /** Only units of these types are offered. */
  readonly types?: readonly UnitType[] | undefined;
  /** Only units where the reader holds this verb are offered. */
  readonly verb?: Verb | undefined;
  /** Shown while nothing is typed: the unit that is chosen. */
  readonly chosen?: string | undefined;
  readonly onChoose: (unit: UnitNode) => void;
  readonly className?: string;
}

const most = 12;

/** Finds one unit by name, pinyin or initials: a field with a list below it, worked by arrow keys and Enter. */
export function UnitPicker(props: Props) {
  const t = useWords(shellWords);
  const say = useSay();
  const id = useId();
  const [q, setQ] = useState('');
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const asked = q.trim() !== '';
  const can = useCan();
  const { verb, types } = props;
  // Where some are left out, more are asked for, so that those that may be chosen are not hidden behind them.
  const query = { q, limit: verb || types ? 100 : most, type: props.type, under: props.under };
  const found = useRead(units.list, { query }, { when: asked });
  const known = asked ? (found.data?.items ?? []) : [];
  const offered = types ? known.filter((unit) => types.includes(unit.type)) : known;
  const items = offered.filter((unit) => verb === undefined || can(verb, unit.path)).slice(0, most);
  const shown = open && asked && found.data !== undefined;
  const choose = (unit: UnitNode) => {
    setQ('');
    setOpen(false);
    props.onChoose(unit);
  };
  const keys = (event: KeyboardEvent) => {
    const unit = items[at];
    if (event.key === 'ArrowDown') setAt(Math.min(items.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === 'Enter' && asked) {
      // What is typed is looked for still: it must not send the form that the field stands in.
      if (shown && unit) choose(unit);
    } else if (event.key === 'Escape') setOpen(false);
    else return;
    event.preventDefault();
  };
  return (
    <div className={`combo ${props.className ?? ''}`} onBlur={() => setOpen(false)}>
      <Input
        role="combobox"
        aria-label={props.label}
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(shown && items[at] ? { 'aria-activedescendant': `${id}-${items[at].id}` } : {})}
        value={q}
        placeholder={props.chosen ?? props.placeholder}
        onChange={(e) => {
          setQ(e.target.value);
          setAt(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onKeyDown={keys}
      />
      <ul role="listbox" id={`${id}-list`} aria-label={props.label} hidden={!shown}>
        {items.map((unit, i) => (
          // The field keeps the focus, so the list is pressed before it blurs.
          <li
            key={unit.id}
            id={`${id}-${unit.id}`}
            role="option"
            aria-selected={i === at}
            onMouseDown={() => choose(unit)}
          >
            <span>{unit.name}</span>
            <span className="quiet nowrap">{say(unitTypes[unit.type].words)}</span>
          </li>
        ))}
        {shown && items.length === 0 && (
          <li role="option" aria-selected={false} aria-disabled="true" className="quiet">
            {t(offered.length > 0 ? 'none-of-yours' : 'tree-none')}
          </li>
        )}
      </ul>
    </div>
  );
}
