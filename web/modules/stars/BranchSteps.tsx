import { Link } from '@tanstack/react-router';
import { type BranchSteps as Steps, nexts } from '../../../domain/stars/contract-next.ts';
import { useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { Mark } from '../../ui/Marks.tsx';
import { boardWords } from '../../words/board.ts';
import { useSay, useWords } from '../../words/use.ts';

type Step = Steps['steps'][number];

/** What waits for the branches where the reader works; empty for everyone else. */
export function useBranchSteps(): readonly Steps[] {
  const can = useCan();
  return useRead(nexts.steps, {}, { when: can('stars.assess') }).data?.items ?? [];
}

function placeOf(unitId: number, step: Step): { to: string; search: Readonly<Record<string, unknown>> } {
  switch (step.page) {
    case 'card':
      return { to: `/card/${unitId}`, search: {} };
    case 'confirmations':
      return { to: '/data', search: { tab: 'confirmations', unit: unitId } };
    case 'tasks':
    case 'problems':
      return { to: '/tasks', search: { view: step.page, unit: unitId } };
    case 'watch':
      return { to: '/stars/watch', search: { unit: unitId } };
    default:
      return { to: `/card/${unitId}/${step.page}`, search: {} };
  }
}

const besides: readonly string[] = ['tasks', 'problems', 'duties', 'warnings'];

/** One branch's way through the running stage: what is done, what comes next and where, and whose turn it is after that. */
export function BranchSteps(props: { of: Steps; named: boolean }) {
  const b = useWords(boardWords);
  const { of } = props;
  // Tasks and problems have owners of their own and go on beside the stage: its next step is never one of them.
  const next = of.steps.find((s) => s.state === 'todo' && s.mine && !besides.includes(s.key));
  return (
    <div className="stack tight">
      {props.named && <h3>{of.unitName}</h3>}
      <ol className="branch-steps" aria-label={b('what-to-do')}>
        {of.steps.map((step) => (
          <StepLine key={step.key} unit={of} step={step} next={step === next} />
        ))}
      </ol>
    </div>
  );
}

function StepLine(props: { unit: Steps; step: Step; next: boolean }) {
  const b = useWords(boardWords);
  const say = useSay();
  const { unit, step } = props;
  const { to, search } = placeOf(unit.unitId, step);
  return (
    <li className={`${step.state}${props.next ? ' next-one' : ''}`}>
      <span>{say(step.words)}</span>
      {step.state === 'done' && <Mark tone="good">{b('step-done')}</Mark>}
      {step.state === 'waits' && <Mark>{b('step-waits')}</Mark>}
      {props.next && <Mark tone="info">{b('your-turn')}</Mark>}
      {step.state === 'todo' && !step.mine && <span className="small quiet">{b('step-others')}</span>}
      {(step.state === 'todo' ? step.mine : step.state === 'done') && (
        <Link to={to as '/'} search={search as never}>
          {b(step.state === 'done' ? 'look-there' : 'go-there')} · {unit.unitName} →
        </Link>
      )}
    </li>
  );
}
