import { Link } from '@tanstack/react-router';
import { Alert, Popconfirm } from 'antd';
import type { CycleView } from '../../../domain/stars/contract-cycle.ts';
import { cycles } from '../../../domain/stars/contract-cycle.ts';
import { useChange } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { ReasonButton } from '../../ui/ReasonButton.tsx';
import { boardWords } from '../../words/board.ts';
import { uiWords } from '../../words/ui.ts';
import { useSay, useWords } from '../../words/use.ts';
import { counted, guide } from './guide.ts';
import { WorkLine } from './WorkLine.tsx';

/** The twelve stages of a year in a row: which are over, which runs, and when each was to be finished. */
export function Stages(props: { cycle: CycleView }) {
  const b = useWords(boardWords);
  const say = useSay();
  const words = { done: 'stage-done', current: 'stage-now', ahead: 'stage-ahead' } as const;
  const classes = { done: 'past', current: 'now', ahead: '' };
  return (
    <ol className="stages" aria-label={b('stages')}>
      {props.cycle.stages.map((s) => (
        <li key={s.state} className={classes[s.position]} aria-current={s.position === 'current' ? 'step' : undefined}>
          {say(s.words)}
          <span className="tick">
            {s.position === 'done' && '✓ '}
            {(s.position !== 'ahead' || !s.dueOn) && b(words[s.position])}
            {s.dueOn && s.position !== 'done' && <span className="due">{b('overdue', { day: s.dueOn })}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** What is to be done now, by whom, on which page; whom the stage waits for; and the step to the next one. */
export function StageGuide(props: { cycle: CycleView }) {
  const b = useWords(boardWords);
  const say = useSay();
  const { cycle } = props;
  const now = cycle.stages.find((s) => s.position === 'current');
  return (
    <section className="next" aria-label={b('what-to-do')}>
      <h2>{b('now-at', { stage: now ? say(now.words) : '' })}</h2>
      <ul className="stack tight">
        {guide[cycle.state].map((work) => (
          <WorkLine key={work.what.zh} work={work} cycle={cycle} />
        ))}
      </ul>
      <Pending cycle={cycle} />
      <Advance cycle={cycle} />
    </section>
  );
}

function Pending(props: { cycle: CycleView }) {
  const b = useWords(boardWords);
  const say = useSay();
  const can = useCan();
  const { cycle } = props;
  const { pending, pendingTotal } = cycle;
  if (cycle.next === null) return null;
  // Until when the period runs, and what else is in the way of naming, stands with the naming itself.
  if (cycle.state === 'publicity') return null;
  // Pending units are counted in the reader's scope: only whoever sees the whole county can say that nobody is waited for.
  if (pendingTotal === 0 && (!can('stars.cycle', cycle.unitPath) || !counted[cycle.state])) return null;
  if (pendingTotal === 0)
    return <p className="quiet">{b(cycle.state === 'creating' ? 'nothing-to-decide' : 'nobody-waits')}</p>;
  const line = (p: (typeof pending)[number]) => (
    <li key={`${p.unitId}-${p.what.zh}`}>
      {p.parentName && <span className="quiet small">{p.parentName} </span>}
      <Link to="/units/$unitId" params={{ unitId: String(p.unitId) }}>
        {p.unitName}
      </Link>
      <span className="quiet small"> {say(p.what)}</span>
    </li>
  );
  return (
    <div>
      <p>
        <strong>{b('waiting-for', { n: pendingTotal })}</strong>
      </p>
      <ul className="row">{pending.slice(0, 12).map(line)}</ul>
      {pendingTotal > 12 && (
        <details>
          <summary className="quiet">{b('and-more', { n: pendingTotal })}</summary>
          <ul className="row">{pending.slice(12).map(line)}</ul>
        </details>
      )}
    </div>
  );
}

function Advance(props: { cycle: CycleView }) {
  const b = useWords(boardWords);
  const u = useWords(uiWords);
  const say = useSay();
  const can = useCan();
  const { cycle } = props;
  const advance = useChange(cycles.advance);
  const { next } = cycle;
  // What is in the way of naming stands with the naming itself.
  if (next === null || (cycle.state === 'publicity' && cycle.namingWhy !== null)) return null;
  const stage = say(cycle.stages.find((s) => s.state === next.state)?.words ?? { zh: next.state });
  const reason = can('stars.cycle', cycle.unitPath) ? next.why : b('no-verb');
  if (next.why?.code === 'cycle-own-page')
    return (
      <p>
        {say(next.why.words)} <Link to="/stars/decision">{b('go-there')} →</Link>
      </p>
    );
  const go = () => advance.mutate({ params: { id: cycle.id }, body: { to: next.state, version: cycle.version } });
  const label = b('advance', { stage });
  return (
    <div className="stack tight">
      {advance.error && <Alert role="alert" type="error" title={advance.error.message} />}
      <div className="row">
        {reason ? (
          <ReasonButton type="primary" reason={reason}>
            {label}
          </ReasonButton>
        ) : (
          <Popconfirm
            title={b('advance-sure', { stage })}
            okText={u('confirm')}
            cancelText={u('cancel')}
            onConfirm={go}
          >
            <ReasonButton type="primary" reason={null} loading={advance.isPending}>
              {label}
            </ReasonButton>
          </Popconfirm>
        )}
        {reason && <span className="why">{typeof reason === 'string' ? reason : say(reason.words)}</span>}
      </div>
    </div>
  );
}
