import {
  type AgreementKind,
  agreements,
  canDrop,
  canEnd,
  canRenew,
  canRevise,
} from '../../../domain/records/agreements/index.ts';
import { useNavigate } from '@tanstack/react-router';
import { useChange } from '../../api/hooks.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import type { Field } from '../../ui/Fields.tsx';
import { today } from '../../ui/moments.ts';
import { agreementWords } from '../../words/agreements.ts';
import { colon } from '../../words/punctuation.ts';
import { type Said, useSay, useWords } from '../../words/use.ts';
import { type AgreementView, EditDraft } from './AgreementForms.tsx';

type Step = 'open-signing' | 'revise' | 'force' | 'end' | 'drop' | 'renew';
/** Where it goes from each state: the reasons that are written out. Every other step says its own when it is touched. */
const ways: Readonly<Record<AgreementView['state'], readonly Step[]>> = {
  draft: ['open-signing'],
  signing: ['force'],
  'in-force': ['end', 'renew'],
  ended: ['renew'],
  dropped: [],
};

type Why = { readonly words: Said } | string | null;

/** The way of an agreement: draft, signing, force, and how it ends. A step that is not open now says why. */
export function AgreementSteps(props: { agreement: AgreementView; kind: AgreementKind }) {
  const t = useWords(agreementWords);
  const say = useSay();
  const { agreement: a } = props;
  const may = (reason: Why): Why => (a.mayChange ? reason : t('not-yours'));
  const why = {
    'open-signing': may(a.mayOpenSigning),
    revise: may(canRevise(a)),
    force: may(a.mayForce),
    end: may(canEnd(a, today(), today())),
    drop: may(canDrop(a)),
    renew: may(canRenew(a, a.renewedBy)),
  } as const satisfies Record<Step, Why>;
  const closed = ways[a.state].flatMap((step) => (why[step] === null ? [] : [[step, why[step]] as const]));
  return (
    <section className="next no-print" aria-label={t('steps')}>
      <h2>{t('steps')}</h2>
      <div className="row">
        <EditDraft agreement={a} kind={props.kind} />
        <ToSigning agreement={a} reason={why['open-signing']} />
        <ToForce agreement={a} reason={why.force} />
        <Renew agreement={a} reason={why.renew} />
        <Back agreement={a} step="revise" reason={why.revise} />
        <ToEnd agreement={a} reason={why.end} />
        <Back agreement={a} step="drop" reason={why.drop} />
      </div>
      {closed.length > 0 && (
        <ul className="why">
          {closed.map(([step, reason]) => (
            <li key={step}>
              {t(step)}
              {colon()}
              {typeof reason === 'string' ? reason : say(reason!.words)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface StepProps {
  readonly agreement: AgreementView;
  readonly reason: Why;
}

function ToSigning({ agreement: a, reason }: StepProps) {
  const t = useWords(agreementWords);
  const open = useChange(agreements.openSigning);
  return (
    <AskButton<object, Parameters<typeof open.mutate>[0]>
      label={t('open-signing')}
      lead={<p>{t('open-signing-lead')}</p>}
      button={{ type: a.state === 'draft' ? 'primary' : 'default' }}
      reason={reason}
      change={open as never}
      fields={[]}
      input={() => ({ params: { id: a.id }, body: { version: a.version } })}
    />
  );
}

function useDayAndDocument(): Field[] {
  const t = useWords(agreementWords);
  return [
    { name: 'onDay', label: t('on-day'), kind: 'day', required: true, initial: today() },
    { name: 'document', label: t('document'), kind: 'text', max: 200 },
  ];
}

function ToForce({ agreement: a, reason }: StepProps) {
  const t = useWords(agreementWords);
  const force = useChange(agreements.force);
  const fields = useDayAndDocument();
  return (
    <AskButton<{ onDay: string; document?: string }, Parameters<typeof force.mutate>[0]>
      label={t('force')}
      button={{ type: a.state === 'signing' ? 'primary' : 'default' }}
      reason={reason}
      change={force as never}
      fields={fields}
      input={(body) => ({ params: { id: a.id }, body: { version: a.version, ...body } })}
    />
  );
}

function ToEnd({ agreement: a, reason }: StepProps) {
  const t = useWords(agreementWords);
  const end = useChange(agreements.end);
  const fields = useDayAndDocument();
  return (
    <AskButton<{ onDay: string; reason: string; document?: string }, Parameters<typeof end.mutate>[0]>
      label={t('end')}
      reason={reason}
      change={end as never}
      fields={[...fields, { name: 'reason', label: t('reason'), kind: 'area', required: true, max: 500 }]}
      input={(body) => ({ params: { id: a.id }, body: { version: a.version, ...body } })}
    />
  );
}

/** Taking it back into the draft, or dropping it for good: both need a reason. */
function Back({ agreement: a, reason, step }: StepProps & { readonly step: 'revise' | 'drop' }) {
  const t = useWords(agreementWords);
  const back = useChange(agreements[step]);
  return (
    <AskButton<{ reason: string }, Parameters<typeof back.mutate>[0]>
      label={t(step)}
      reason={reason}
      change={back as never}
      fields={[{ name: 'reason', label: t('reason'), kind: 'area', required: true, max: 500 }]}
      input={(body) => ({ params: { id: a.id }, body: { version: a.version, ...body } })}
    />
  );
}

function Renew({ agreement: a, reason }: StepProps) {
  const t = useWords(agreementWords);
  const navigate = useNavigate();
  const renew = useChange(agreements.renew, {
    onDone: (made) => void navigate({ to: '/agreements/$id', params: { id: made.id } }),
  });
  return (
    <AskButton<{ fromDay?: string; toDay?: string; number?: string }, Parameters<typeof renew.mutate>[0]>
      label={t('renew')}
      lead={<p>{t('renew-lead')}</p>}
      button={{ type: a.expiring ? 'primary' : 'default' }}
      reason={reason}
      change={renew as never}
      fields={[
        { name: 'fromDay', label: t('from'), kind: 'day' },
        { name: 'toDay', label: t('to'), kind: 'day' },
        { name: 'number', label: t('number'), kind: 'text', max: 60 },
      ]}
      input={(body) => ({ params: { id: a.id }, body })}
    />
  );
}
