import { Link } from '@tanstack/react-router';
import { assessing } from '../../../domain/stars/contract-assess.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { Shown } from '../../ui/States.tsx';
import { reviewWords } from '../../words/review.ts';
import { starWords } from '../../words/stars.ts';
import { colon, semicolon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';
import type { Desk } from './DeskPage.tsx';
import { Level, points } from './pieces.tsx';

/** The county's joint review of one branch: readiness as the rules see it, and the conclusion that people draw. */
export function JointConclusion(props: { desk: Desk }) {
  const t = useWords(reviewWords);
  const s = useWords(starWords);
  const w = useWords(workWords);
  const say = useSay();
  const can = useCan();
  const { desk } = props;
  const unitId = desk.unit.unitId;
  const ready = useRead(assessing.readiness, { params: { unitId }, query: { cycleId: desk.cycleId } });
  const recommend = useChange(assessing.recommend);
  return (
    <section className="panel stack">
      <div className="panel-head">
        <h2>{t('recommend')}</h2>
        <AskButton<{ conclusion: 'yes' | 'no'; reason: string }, Parameters<typeof recommend.mutate>[0]>
          label={t('recommend')}
          about={desk.unit.unitName}
          lead={<p>{t('recommend-lead')}</p>}
          button={{ type: 'primary' }}
          reason={can('stars.joint') ? null : w('not-yours')}
          change={recommend as never}
          fields={[
            {
              name: 'conclusion',
              label: t('conclusion'),
              kind: 'select',
              required: true,
              options: [
                { value: 'yes', label: t('recommend-yes') },
                { value: 'no', label: t('recommend-no') },
              ],
            },
            { name: 'reason', label: w('reason'), kind: 'area', max: 1000, required: true },
          ]}
          input={(v) => ({
            params: { unitId },
            body: { cycleId: desk.cycleId, recommend: v.conclusion === 'yes', reason: v.reason },
          })}
        />
      </div>
      {desk.joint && (
        <p role="status">
          <Mark tone={desk.joint.recommended ? 'good' : 'warn'} wrap>
            {t(desk.joint.recommended ? 'recommend-yes' : 'recommend-no')}
            {colon()}
            {desk.joint.reason}
          </Mark>
        </p>
      )}
      <Shown of={ready} rows={2}>
        {(r) => (
          <>
            <Facts
              of={[
                [s('target'), <Level key="t" of={r.target} />],
                [s('live-level'), <Level key="l" of={r.level} />],
                [s('missing'), r.missing],
                [w('problem'), r.openProblems],
              ]}
            />
            <p>{say(r.recommendation)}</p>
            <ul className="points">
              {r.lacking.map((l) => (
                <li key={l.star}>
                  {say(l.name)}
                  {colon()}
                  {s('lost', { n: points(l.short) })} {l.blockers.map((b) => say(b)).join(semicolon())}
                </li>
              ))}
            </ul>
          </>
        )}
      </Shown>
      <Link to="/card/$unitId" params={{ unitId: String(unitId) }}>
        {t('see-card')}
      </Link>
    </section>
  );
}
