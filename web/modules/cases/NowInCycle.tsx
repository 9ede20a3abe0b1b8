import { Link } from '@tanstack/react-router';
import { cycles } from '../../../domain/stars/contract-cycle.ts';
import { useRead } from '../../api/hooks.ts';
import { BranchSteps, useBranchSteps } from '../stars/BranchSteps.tsx';
import { WorkLine } from '../stars/WorkLine.tsx';
import { guide, isMine, ofBranch } from '../stars/guide.ts';
import { useCan } from '../../console/me.ts';
import { boardWords } from '../../words/board.ts';
import { caseWords } from '../../words/cases.ts';
import { useSay, useWords } from '../../words/use.ts';

/** On the first page: where this year's cycle stands, and what of it is the reader's. */
export function NowInCycle() {
  const b = useWords(boardWords);
  const t = useWords(caseWords);
  const say = useSay();
  const can = useCan();
  const list = useRead(cycles.list, { query: { limit: 1 } });
  const id = list.data?.items[0]?.id;
  const view = useRead(cycles.get, { params: { id: id ?? '' } }, { when: id !== undefined });
  const cycle = view.data;
  const branches = useBranchSteps();
  if (!cycle) return null;
  const stage = cycle.stages.find((s) => s.position === 'current');
  // What a branch does is said of the branch itself: how far it is, and what comes next.
  const mine = guide[cycle.state].filter(
    (work) => isMine(work, cycle, can) && !(branches.length > 0 && ofBranch(work)),
  );
  const open = branches.some((of) => of.steps.some((step) => step.state === 'todo' && step.mine));
  const lines = mine.length > 0 || branches.length > 0 ? mine : guide[cycle.state];
  return (
    <section className={mine.length > 0 || open ? 'next' : 'next wait'}>
      <div className="row between">
        <h2>
          {cycle.title} · {b('now-at', { stage: stage ? say(stage.words) : '' })}
        </h2>
        <Link to="/stars">{t('see-cycle')} →</Link>
      </div>
      {branches.map((of) => (
        <BranchSteps key={of.unitId} of={of} named={branches.length > 1} />
      ))}
      {lines.length > 0 && (
        <ul className="stack tight">
          {lines.map((work) => (
            <WorkLine key={work.what.zh} work={work} cycle={cycle} />
          ))}
        </ul>
      )}
    </section>
  );
}
