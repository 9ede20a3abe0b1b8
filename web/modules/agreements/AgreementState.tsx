import type { AgreementItem } from '../../../domain/records/agreements/index.ts';
import { Mark } from '../../ui/Marks.tsx';
import { agreementWords } from '../../words/agreements.ts';
import { useSay, useWords } from '../../words/use.ts';

const tones = { draft: 'plain', signing: 'info', 'in-force': 'good', ended: 'plain', dropped: 'plain' } as const;

export function AgreementState(props: { agreement: AgreementItem }) {
  const t = useWords(agreementWords);
  const say = useSay();
  const { agreement: a } = props;
  return (
    <>
      <Mark tone={tones[a.state]}>{say(a.stateWords)}</Mark> {a.expiring && <Mark tone="warn">{t('expiring')}</Mark>}
    </>
  );
}
