import { Link } from '@tanstack/react-router';
import type { BranchSteps } from '../../../domain/stars/contract-next.ts';
import type { CycleView } from '../../../domain/stars/contract-cycle.ts';
import { useCan, useMe } from '../../console/me.ts';
import { Mark } from '../../ui/Marks.tsx';
import { boardWords } from '../../words/board.ts';
import { useSay, useWords } from '../../words/use.ts';
import { useBranchSteps } from './BranchSteps.tsx';
import { counted, isMine, type Work } from './guide.ts';

/** One thing to be done at a stage: who, what, and for the reader whose work it is, the way there. */
export function WorkLine(props: { work: Work; cycle: CycleView }) {
  const b = useWords(boardWords);
  const say = useSay();
  const can = useCan();
  const { work, cycle } = props;
  const own = useBranchSteps();
  const mine = isMine(work, cycle, can);
  const done = isDone(work, cycle, own);
  // Naming is nobody's turn while the period runs, and then it says until when.
  const until = work.verb === 'stars.name' ? cycle.namingWhy : null;
  return (
    <li className="row" style={{ alignItems: 'baseline' }}>
      <strong>{say(work.who)}</strong>
      <span>{say(work.what)}</span>
      {mine && until === null && !waitsForOthers(work, cycle) && (
        <Mark tone={done ? 'good' : 'info'}>{b(done ? 'your-part-done' : 'your-turn')}</Mark>
      )}
      {until && <span className="why">{say(until.words)}</span>}
      {mine && <WorkLinks to={work.to} done={done || until !== null} />}
    </li>
  );
}

/** Whether the reader's part is done: counted over their units, or, of a branch, by its own steps. */
function isDone(work: Work, cycle: CycleView, own: readonly BranchSteps[]): boolean {
  const page = work.to.match(/^branch:(\w+)$/)?.[1];
  if (page && own.length > 0)
    return own.every((of) =>
      of.steps.every((step) => step.page !== page || step.key === 'remedy' || step.state !== 'todo'),
    );
  return (
    (counted[cycle.state]?.includes(work.verb) ?? false) &&
    cycle.pendingTotal === 0 &&
    cycle.candidacies.some((c) => c.count > 0)
  );
}

/** The next stage is entered when the units have done their part; until then it is nobody's turn. */
const waitsForOthers = (work: Work, cycle: CycleView): boolean =>
  work.verb === 'stars.cycle' && cycle.pendingTotal > 0 && counted[cycle.state] !== undefined;

/** Where the work is done; for a branch's own pages, one link per branch the reader answers for. */
function WorkLinks(props: { to: string; done: boolean }) {
  const b = useWords(boardWords);
  const go = b(props.done ? 'look-there' : 'go-there');
  const me = useMe();
  const page = props.to.match(/^branch:(\w+)$/)?.[1];
  if (!page) {
    const [path = '/', query = ''] = props.to.split('?');
    return (
      <Link to={path as '/'} search={Object.fromEntries(new URLSearchParams(query)) as never}>
        {go} →
      </Link>
    );
  }
  const branches = [...new Map(me.roles.map((r) => [r.unitId, r])).values()].filter(
    (r) => r.path.split('.').length >= 4,
  );
  if (branches.length === 0 || branches.length > 6)
    return (
      <Link to="/units" search={{ type: 'village' } as never}>
        {go} →
      </Link>
    );
  return branches.map((r) => (
    <span key={r.unitId} className="row">
      <Link to={`/card/$unitId/${page}` as '/card/$unitId/self'} params={{ unitId: String(r.unitId) }}>
        {go} · {r.unitName} →
      </Link>
    </span>
  ));
}
