import { confirmations } from '../../domain/records/facts/contract.ts';
import { useChange } from '../api/hooks.ts';
import { dataWords } from '../words/data.ts';
import { comma } from '../words/punctuation.ts';
import { useWords } from '../words/use.ts';
import { ReasonButton } from './ReasonButton.tsx';

/** Tells those below who have not confirmed that the unit waits for them, and says afterwards whom that reached. */
export function Reminders(props: { unitId: number; period: string; reason: string | null }) {
  const t = useWords(dataWords);
  const remind = useChange(confirmations.remind);
  const units = remind.data?.units ?? [];
  const told = units.filter((u) => u.told > 0).length;
  const nobody = units.filter((u) => u.told === 0 && !u.today).map((u) => u.unitName);
  return (
    <div className="row">
      <ReasonButton
        size="small"
        reason={props.reason}
        loading={remind.isPending}
        onClick={() => remind.mutate({ params: { id: props.unitId }, body: { period: props.period } })}
      >
        {t('remind')}
      </ReasonButton>
      <span className="small" role="status">
        {remind.error?.message}
        {told > 0 && t('reminded', { n: told })}
        {told === 0 && nobody.length === 0 && units.length > 0 && t('reminded-today')}{' '}
        {nobody.length > 0 && t('reminded-nobody', { names: nobody.join(comma()) })}
      </span>
    </div>
  );
}
