import { Alert } from 'antd';
import { confirming } from '../../../domain/stars/contract-confirm.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useMoment } from '../../ui/moments.ts';
import { ReasonButton } from '../../ui/ReasonButton.tsx';
import { Reminders } from '../../ui/Reminders.tsx';
import { comma } from '../../words/punctuation.ts';
import { useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';

/** A number that was returned cannot be put right while the data are locked: said before anybody has typed it. */
export function UnlockFirst(props: { cycleId: string; unitId: number }) {
  const t = useWords(workWords);
  const { cycleId, unitId } = props;
  const read = useRead(confirming.confirmations, { query: { cycleId, under: unitId } });
  const own = read.data?.items.find((i) => i.unitId === unitId);
  return own?.confirmed ? <Alert type="warning" title={t('unlock-first')} /> : null;
}

/** Confirmation of a unit's data: who has confirmed, whom it waits for, and the recorded act of unlocking. */
export function Confirming(props: { cycleId: string; unitId: number; path?: string | undefined }) {
  const t = useWords(workWords);
  const can = useCan();
  const moment = useMoment();
  const { cycleId, unitId } = props;
  const read = useRead(confirming.confirmations, { query: { cycleId, under: unitId } });
  const confirm = useChange(confirming.confirm);
  const unlock = useChange(confirming.unlock);
  const own = read.data?.items.find((i) => i.unitId === unitId);
  if (!own) return null;
  const granted = can('facts.lock', props.path) ? null : t('not-yours');
  return (
    <section className="panel stack tight">
      <div className="panel-head">
        <h2>
          {t('confirm')} · {own.unitName}
        </h2>
        <Mark tone={own.confirmed ? 'good' : 'warn'}>
          {own.confirmed ? `${t('confirmed')} · ${own.by ?? ''} ${moment(own.at)}` : t('unconfirmed')}
        </Mark>
      </div>
      <p className="quiet">{own.confirmed ? t('unlock-lead') : t('confirm-lead')}</p>
      {own.waitingFor.length > 0 && (
        <>
          <p>{t('waits-for', { names: own.waitingFor.map((w) => w.unitName).join(comma()) })}</p>
          <Reminders unitId={unitId} period={String(read.data?.year ?? '')} reason={granted} />
        </>
      )}
      {confirm.error && <p role="alert">{confirm.error.message}</p>}
      <div className="row">
        {own.confirmed ? (
          <AskButton<{ reason: string }, Parameters<typeof unlock.mutate>[0]>
            label={t('unlock')}
            about={own.unitName}
            reason={granted}
            change={unlock as never}
            fields={[{ name: 'reason', label: t('reason'), kind: 'area', max: 1000, required: true }]}
            input={({ reason }) => ({ params: { unitId }, body: { cycleId, reason } })}
          />
        ) : (
          <ReasonButton
            type="primary"
            reason={granted ?? own.why}
            loading={confirm.isPending}
            onClick={() => confirm.mutate({ params: { unitId }, body: { cycleId } })}
          >
            {t('confirm')}
          </ReasonButton>
        )}
      </div>
    </section>
  );
}
