import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { CycleItem } from '../../../domain/stars/contract-cycle.ts';
import { type Board, results } from '../../../domain/stars/contract-results.ts';
import { useRead } from '../../api/hooks.ts';
import { useScope } from '../../console/scope.ts';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { boardWords } from '../../words/board.ts';
import { starWords } from '../../words/stars.ts';
import { uiWords } from '../../words/ui.ts';
import { useWords } from '../../words/use.ts';
import { CyclePage } from './CyclePage.tsx';
import { Level, useLevelWords } from './pieces.tsx';

export function TilesPage() {
  const b = useWords(boardWords);
  return <CyclePage lead={b('tiles-lead')}>{(cycle) => <Tiles cycle={cycle} />}</CyclePage>;
}

function Tiles(props: { cycle: CycleItem }) {
  const { unitId } = useScope();
  const read = useRead(results.board, { params: { id: props.cycle.id }, query: { unitId } });
  return (
    <Shown of={read} rows={10}>
      {(board) => <TileMap board={board} />}
    </Shown>
  );
}

/** The branches as tiles by township, each opening to its star card; one button turns them into a table. */
export function TileMap(props: { board: Board }) {
  const b = useWords(boardWords);
  const u = useWords(uiWords);
  const [asTable, setAsTable] = useState(false);
  return (
    <section className="panel stack" aria-label={b('tiles-title')}>
      <div className="panel-head">
        <h2>{b('tiles-title')}</h2>
        <span className="row">
          {!asTable && (
            <span className="row" aria-label={b('legend')} role="group">
              {[5, 4, 3, 2, 1, 0, null].map((n) => (
                <Level key={String(n)} of={n} />
              ))}
            </span>
          )}
          <Button size="small" className="no-print" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? b('as-tiles') : u('as-table')}
          </Button>
        </span>
      </div>
      {asTable ? <TileTable board={props.board} /> : <Townships board={props.board} />}
    </section>
  );
}

function Townships(props: { board: Board }) {
  const words = useLevelWords();
  return (
    <div className="townships">
      {props.board.townships.map((town) => (
        <section key={town.unitId} aria-label={town.unitName}>
          <h3>{town.unitName}</h3>
          <ul className="tile-grid">
            {town.tiles.map((tile) => (
              <li key={tile.unitId}>
                <Link
                  to="/card/$unitId"
                  params={{ unitId: String(tile.unitId) }}
                  className={`tile level-${tile.level ?? 'none'}`}
                  title={`${tile.unitName} · ${words(tile.level)}`}
                >
                  <span className="tile-name">{tile.unitName}</span>
                  <strong>
                    {tile.level ?? '—'}
                    <span className="sr-only"> {words(tile.level)}</span>
                  </strong>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function TileTable(props: { board: Board }) {
  const b = useWords(boardWords);
  const s = useWords(starWords);
  const rows = props.board.townships.flatMap((town) => town.tiles.map((tile) => ({ ...tile, town: town.unitName })));
  return (
    <Table
      caption={b('tiles-table')}
      rows={rows}
      rowKey={(r) => r.unitId}
      columns={[
        { key: 'town', title: s('township'), show: (r) => r.town },
        {
          key: 'unit',
          title: s('branch'),
          show: (r) => (
            <Link to="/card/$unitId" params={{ unitId: String(r.unitId) }}>
              {r.unitName}
            </Link>
          ),
        },
        { key: 'level', title: s('live-level'), show: (r) => <Level of={r.level} /> },
        { key: 'target', title: s('target'), show: (r) => (r.target === null ? '' : <Level of={r.target} />) },
        { key: 'warn', title: b('warnings'), align: 'end', show: (r) => r.warnings },
      ]}
    />
  );
}
