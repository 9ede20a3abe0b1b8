import { useState } from 'react';
import { results } from '../../../domain/stars/contract-results.ts';
import { useRead } from '../../api/hooks.ts';
import { rootUnits, useCan, useMe } from '../../console/me.ts';
import { useScope } from '../../console/scope.ts';
import { today } from '../../ui/moments.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { overviewWords } from '../../words/overview.ts';
import { useWords } from '../../words/use.ts';
import { useCycle } from '../stars/cycle.ts';
import { Levels, StarCounts } from '../stars/Levels.tsx';
import { TileMap } from '../stars/TilesPage.tsx';
import { Income } from './Income.tsx';
import { MainFigures } from './MainFigures.tsx';
import { Matters } from './Matters.tsx';
import { OpenWork } from './OpenWork.tsx';
import { Trend } from './Trend.tsx';

/**
 * Stars by level and by star, over time and as tiles; residents' matters; main figures with last year's; villages by tiers of
 * income; open work by its lights. Every number opens to what it was counted from; nothing stands in an order of merit.
 */
export function Overview() {
  const t = useWords(overviewWords);
  const me = useMe();
  const can = useCan();
  const { unitId } = useScope();
  const unit = unitId ?? rootUnits(me)[0] ?? me.home.id;
  const { cycle, loading } = useCycle();
  const [thisYear] = useState(() => Number(today().slice(0, 4)));
  const year = cycle?.year ?? thisYear;
  return (
    <div className="overview">
      {cycle && can('stars.read') && <Stars cycleId={cycle.id} unitId={unit} />}
      {!cycle && !loading && <Empty title={t('no-cycle')} />}
      <div className="over-time stack">
        {can('stars.read') && <Trend unitId={unit} />}
        {can('cases.read') && (
          <>
            <Matters unitId={unit} year={year} />
            <OpenWork unitId={unit} />
          </>
        )}
      </div>
      <div className="over-figures stack">
        <MainFigures unitId={unit} year={year} />
      </div>
      <div className="over-income stack">
        <Income unitId={unit} year={year} />
      </div>
    </div>
  );
}

function Stars(props: { cycleId: string; unitId: number }) {
  const read = useRead(results.board, { params: { id: props.cycleId }, query: { unitId: props.unitId } });
  return (
    <Shown of={read} rows={10}>
      {(board) => (
        <>
          <div className="over-stars stack">
            <Levels board={board} />
            <StarCounts board={board} />
          </div>
          <div className="over-tiles">
            <TileMap board={board} />
          </div>
        </>
      )}
    </Shown>
  );
}
