import { Alert, Popconfirm } from 'antd';
import { Mark } from '../../ui/Marks.tsx';
import { useCan } from '../../console/me.ts';
import { ReasonButton } from '../../ui/ReasonButton.tsx';
import { reviewWords } from '../../words/review.ts';
import { uiWords } from '../../words/ui.ts';
import { useSay, useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';
import { useDecide } from './DeskItem.tsx';
import type { Desk } from './DeskPage.tsx';
import type { ReviewStage } from './ReviewPage.tsx';
import { Confirming } from './Confirming.tsx';

/** At the foot of the desk: accept what is left, finish the review, and — for the township — confirm. */
export function DeskActions(props: { desk: Desk; stage: ReviewStage; star: Desk['stars'][number] }) {
  const t = useWords(reviewWords);
  const w = useWords(workWords);
  const u = useWords(uiWords);
  const say = useSay();
  const can = useCan();
  const { desk, stage, star } = props;
  const { run, error, busy } = useDecide(desk, stage, star.id);
  const granted = can(stage === 'township-review' ? 'stars.review' : 'stars.verify') ? null : w('not-yours');
  const reason = granted ?? desk.open ?? star.open;
  const all = desk.stars.reduce((sum, s) => sum + s.of - s.decided, 0);
  const rest = stage === 'township-review' ? all : star.of - star.decided;
  // The township reviews all stars of the branch at once, a task force its own.
  const about = stage === 'township-review' ? desk.unit.unitName : `${desk.unit.unitName} · ${say(star.name)}`;
  return (
    <>
      <div className="panel row">
        {error && <Alert role="alert" type="error" title={error.message} />}
        {reason || rest === 0 ? (
          <ReasonButton reason={reason ?? t('progress', { n: star.of, of: star.of })}>{t('accept-rest')}</ReasonButton>
        ) : (
          <Popconfirm
            title={t('accept-rest-sure', { n: rest, about })}
            okText={u('confirm')}
            cancelText={u('cancel')}
            onConfirm={() => run({ acceptRest: true })}
          >
            <ReasonButton reason={null} loading={busy}>
              {t('accept-rest')}
            </ReasonButton>
          </Popconfirm>
        )}
        {stage === 'township-review' && (
          <ReasonButton
            type="primary"
            reason={reason ?? (desk.finished ? t('review-finished') : all > 0 ? t('open-left', { n: all }) : null)}
            loading={busy}
            onClick={() => run({ finish: true })}
          >
            {t('finish')}
          </ReasonButton>
        )}
        {stage === 'township-review' && desk.finished && <Mark tone="good">{t('review-finished')}</Mark>}
      </div>
      {stage === 'township-review' && desk.unit.parentId !== null && (
        <Confirming cycleId={desk.cycleId} unitId={desk.unit.parentId} />
      )}
    </>
  );
}
