import { useState } from 'react';
import { results } from '../../../domain/stars/contract-results.ts';
import { useRead } from '../../api/hooks.ts';
import { rootUnits, useMe } from '../../console/me.ts';
import { useScope } from '../../console/scope.ts';
import { today } from '../../ui/moments.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { overviewWords } from '../../words/overview.ts';
import { useWords } from '../../words/use.ts';
import { Levels, StarCounts } from '../stars/BoardPage.tsx';
import { useCycle } from '../stars/cycle.ts';
import { TileMap, TileTable } from '../stars/TilesPage.tsx';
import { MainFigures } from './MainFigures.tsx';
import { OpenWork } from './OpenWork.tsx';

/** Main figures with last year's, open work by its lights, stars by level and by star, and the branches as tiles. */
export function Overview() {
  const t = useWords(overviewWords);
  const me = useMe();
  const { unitId } = useScope();
  const unit = unitId ?? rootUnits(me)[0] ?? me.home.id;
  const { cycle, loading } = useCycle();
  const [thisYear] = useState(() => Number(today().slice(0, 4)));
  const year = cycle?.year ?? thisYear;
  return (
    <div className="overview stack">
      <MainFigures unitId={unit} year={year} />
      <OpenWork unitId={unit} />
      {cycle ? <Stars cycleId={cycle.id} unitId={unit} /> : !loading && <Empty title={t('no-cycle')} />}
    </div>
  );
}

function Stars(props: { cycleId: string; unitId: number }) {
  const read = useRead(results.board, { params: { id: props.cycleId }, query: { unitId: props.unitId } });
  return (
    <Shown of={read} rows={10}>
      {(board) => (
        <>
          <div className="columns">
            <Levels board={board} />
            <StarCounts board={board} />
          </div>
          <TileMap board={board} />
          <TileTable board={board} />
        </>
      )}
    </Shown>
  );
}
