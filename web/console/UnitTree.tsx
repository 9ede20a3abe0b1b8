import { useQueries } from '@tanstack/react-query';
import { Input } from 'antd';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { type UnitNode, unitTypes, units } from '../../domain/records/units/index.ts';
import { reading, useRead } from '../api/hooks.ts';
import { shellWords } from '../words/shell.ts';
import { useSay, useWords } from '../words/use.ts';
import { rootUnits, useMe } from './me.ts';
import { useScope } from './scope.ts';

interface Row {
  readonly unit: UnitNode;
  readonly depth: number;
  readonly open: boolean;
}

const childrenOf = (id: number) => reading(units.list, { query: { parent: id, limit: 200 } });

/** Units of the line come first; offices, task forces and groups beside them follow. */
const besides = ['department', 'branch', 'task-force', 'leading-group', 'team'];
const rankOf = (unit: UnitNode) => besides.indexOf(unit.type);

/** The rows to show: roots, and below every open unit its children as far as they have arrived. */
function useRows(roots: readonly number[], open: ReadonlySet<number>): Row[] {
  const tops = useQueries({ queries: roots.map((id) => reading(units.get, { params: { id } })) });
  const ids = [...open];
  const children = useQueries({ queries: ids.map(childrenOf) });
  const below = new Map(
    ids.map((id, i) => [id, [...(children[i]?.data?.items ?? [])].sort((a, b) => rankOf(a) - rankOf(b))]),
  );
  const rows: Row[] = [];
  const add = (unit: UnitNode, depth: number) => {
    rows.push({ unit, depth, open: open.has(unit.id) });
    if (open.has(unit.id)) for (const child of below.get(unit.id) ?? []) add(child, depth + 1);
  };
  for (const top of tops) if (top.data) add(top.data, 0);
  return rows;
}

/** Moves between rows as trees do: up and down, right opens, left closes, Enter chooses. */
function useKeys(
  rows: readonly Row[],
  at: number,
  go: (n: number) => void,
  act: (row: Row, what: 'open' | 'close' | 'choose') => void,
) {
  return (event: KeyboardEvent) => {
    const row = rows[at];
    const moves: Record<string, () => void> = {
      ArrowDown: () => go(Math.min(rows.length - 1, at + 1)),
      ArrowUp: () => go(Math.max(0, at - 1)),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowRight: () => row && act(row, 'open'),
      ArrowLeft: () => row && act(row, 'close'),
      Enter: () => row && act(row, 'choose'),
      ' ': () => row && act(row, 'choose'),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
}

function useOpened(roots: readonly number[]) {
  const [open, setOpen] = useState<ReadonlySet<number>>(() => new Set(roots));
  const toggle = (id: number, on: boolean) =>
    setOpen((was) => {
      const next = new Set(was);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });
  return { open, toggle };
}

export function UnitTree(props: { onChosen?: () => void }) {
  const t = useWords(shellWords);
  const me = useMe();
  const scope = useScope();
  const [q, setQ] = useState('');
  const roots = useMemo(() => rootUnits(me), [me]);
  const { open, toggle } = useOpened(roots);
  const tree = useRows(roots, open);
  const found = useRead(units.list, { query: { q, limit: 50 } }, { when: q.trim() !== '' });
  const searching = q.trim() !== '';
  const rows: Row[] = searching ? (found.data?.items ?? []).map((unit) => ({ unit, depth: 0, open: false })) : tree;
  const [at, setAt] = useState(0);
  const choose = (unit: UnitNode) => {
    scope.choose(unit.id === scope.unitId ? undefined : unit.id);
    props.onChosen?.();
  };
  const keys = useKeys(rows, at, setAt, (row, what) => {
    if (what === 'choose') choose(row.unit);
    else toggle(row.unit.id, what === 'open');
  });
  return (
    <>
      <div className="tree-head">
        <Input
          allowClear
          value={q}
          onChange={(e) => {
            setQ(e.target.value);
            setAt(0);
          }}
          placeholder={t('tree-search')}
          aria-label={t('tree-search')}
        />
      </div>
      <div className="tree-scroll">
        <div role="tree" aria-label={t('tree-label')} onKeyDown={keys}>
          {rows.map((row, index) => (
            <TreeRow
              key={row.unit.id}
              row={row}
              chosen={row.unit.id === scope.unitId}
              current={index === Math.min(at, rows.length - 1)}
              flat={searching}
              onFocus={() => setAt(index)}
              onToggle={() => toggle(row.unit.id, !row.open)}
              onChoose={() => choose(row.unit)}
            />
          ))}
        </div>
        {searching && found.data?.items.length === 0 && <p className="empty small">{t('tree-none')}</p>}
      </div>
    </>
  );
}

interface TreeRowProps {
  readonly row: Row;
  readonly chosen: boolean;
  readonly current: boolean;
  readonly flat: boolean;
  readonly onFocus: () => void;
  readonly onToggle: () => void;
  readonly onChoose: () => void;
}

function TreeRow(props: TreeRowProps) {
  const say = useSay();
  const { unit, depth, open } = props.row;
  const node = useRef<HTMLDivElement>(null);
  const opens = unit.children > 0 && !props.flat;
  // The keyboard moves the current row; focus follows it only while the tree has the focus.
  const { current } = props;
  useEffect(() => {
    if (current && node.current?.parentElement?.contains(document.activeElement)) node.current.focus();
  }, [current]);
  return (
    <div
      ref={node}
      role="treeitem"
      className="tree-row"
      aria-level={depth + 1}
      aria-selected={props.chosen}
      {...(opens ? { 'aria-expanded': open } : {})}
      tabIndex={props.current ? 0 : -1}
      style={{ paddingInlineStart: 4 + depth * 14 }}
      onFocus={props.onFocus}
      onClick={props.onChoose}
      title={unit.name}
    >
      <span
        className="twist"
        aria-hidden="true"
        onClick={(e) => {
          e.stopPropagation();
          if (opens) props.onToggle();
        }}
      >
        {opens ? (open ? '▼' : '▶') : ''}
      </span>
      <span className="name">{unit.name}</span>
      {(depth === 0 || props.flat) && <span className="kind">{say(unitTypes[unit.type].words)}</span>}
    </div>
  );
}
