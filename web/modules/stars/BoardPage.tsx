import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';
import type { Me } from '../../../domain/records/accounts/index.ts';
import type { CycleItem } from '../../../domain/stars/contract-cycle.ts';
import { cycles } from '../../../domain/stars/contract-cycle.ts';
import { plans } from '../../../domain/stars/contract-plans.ts';
import { type Board, results } from '../../../domain/stars/contract-results.ts';
import { useRead } from '../../api/hooks.ts';
import { rootUnits, useMe } from '../../console/me.ts';
import { useScope } from '../../console/scope.ts';
import { useScreen } from '../../ui/search-state.ts';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { boardWords } from '../../words/board.ts';
import { starWords } from '../../words/stars.ts';
import { useWords } from '../../words/use.ts';
import { CyclePage } from './CyclePage.tsx';
import { Levels, StarCounts } from './Levels.tsx';
import { Level, useLevelWords } from './pieces.tsx';
import { StageGuide, Stages } from './StageGuide.tsx';

export function BoardPage() {
  const b = useWords(boardWords);
  return <CyclePage lead={b('lead')}>{(cycle) => <BoardOf cycle={cycle} />}</CyclePage>;
}

/** Of a reader who sees a part of the county the own part: the county's plan says nothing beside the results of one village. */
function ownPart(me: Me, county: number): number | undefined {
  const roots = rootUnits(me);
  const [path] = me.grants.map((g) => g.path).filter((p) => p.endsWith(`.${roots[0]}.`));
  return roots.length === 1 && `.${path}`.includes(`.${county}.`) ? roots[0] : undefined;
}

function BoardOf(props: { cycle: CycleItem }) {
  const t = useWords(starWords);
  const { unitId: chosen } = useScope();
  const me = useMe();
  const unitId = chosen ?? ownPart(me, props.cycle.unitId);
  const [screen, change] = useScreen<{ kind?: 'live' | 'result' }>();
  const kind = screen.kind ?? 'live';
  const view = useRead(cycles.get, { params: { id: props.cycle.id } });
  const board = useRead(results.board, { params: { id: props.cycle.id }, query: { unitId, kind } });
  return (
    <>
      <Shown of={view} rows={3}>
        {(cycle) => (
          <>
            <Stages cycle={cycle} />
            <StageGuide cycle={cycle} />
          </>
        )}
      </Shown>
      <div className="row">
        <Segmented
          aria-label={t('live')}
          value={kind}
          onChange={(value) => change({ kind: value === 'live' ? undefined : value })}
          options={[
            { value: 'live', label: t('live') },
            { value: 'result', label: t('result') },
          ]}
        />
      </div>
      <Shown of={board} rows={10}>
        {(shown) => (
          <>
            <div className="columns">
              <Levels board={shown} />
              <StarCounts board={shown} />
            </div>
            <PlanAgainstResult unitId={shown.unit.id} cycleId={props.cycle.id} />
            <Townships board={shown} />
          </>
        )}
      </Shown>
    </>
  );
}

function PlanAgainstResult(props: { unitId: number; cycleId: string }) {
  const b = useWords(boardWords);
  const read = useRead(plans.compare, { query: { unitId: props.unitId, cycleId: props.cycleId } });
  const rows = (read.data?.rows ?? []).filter((r) => r.planned + r.declared + r.live + (r.result ?? 0) > 0);
  if (rows.length === 0) return null;
  return (
    <section className="panel">
      <h2>
        {b('plan')} · {b('declared')} · {b('result')}
      </h2>
      <Table
        caption={b('plan')}
        numbered={false}
        cards={false}
        rows={rows}
        rowKey={(r) => `${r.scheme}${r.level}`}
        columns={[
          {
            key: 'scheme',
            title: b('level'),
            show: (r) => (
              <>
                {b(r.scheme as 'rural')} <Level of={r.level} />
              </>
            ),
          },
          { key: 'plan', title: b('plan'), align: 'end', show: (r) => r.planned },
          { key: 'declared', title: b('declared'), align: 'end', show: (r) => r.declared },
          { key: 'now', title: b('now'), align: 'end', show: (r) => r.live },
          {
            key: 'result',
            title: b('result'),
            align: 'end',
            show: (r) => r.result ?? <span className="quiet">—</span>,
          },
        ]}
      />
    </section>
  );
}

function Townships(props: { board: Board }) {
  const b = useWords(boardWords);
  const t = useWords(starWords);
  const words = useLevelWords();
  const levels = [5, 4, 3, 2, 1, 0];
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{b('townships')}</h2>
        <span className="small quiet">{b('townships-note')}</span>
      </div>
      <Table
        caption={b('townships')}
        rows={props.board.townships}
        rowKey={(row) => row.unitId}
        columns={[
          {
            key: 'name',
            title: t('township'),
            show: (row) => (
              <Link to="/stars" search={(s) => ({ ...s, unit: row.unitId }) as never}>
                {row.unitName}
              </Link>
            ),
          },
          ...levels.map((level) => ({
            key: String(level),
            title: words(level),
            align: 'end' as const,
            show: (row: Board['townships'][number]) => row.levels[level] ?? 0,
          })),
          { key: 'all', title: b('sum'), align: 'end', show: (row) => row.tiles.length },
          {
            key: 'warn',
            title: b('warnings'),
            align: 'end',
            show: (row) => row.tiles.reduce((sum, tile) => sum + tile.warnings, 0),
          },
        ]}
      />
    </section>
  );
}
