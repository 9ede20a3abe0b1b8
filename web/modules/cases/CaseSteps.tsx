import { type CaseView, cases } from '../../../domain/records/cases/contract.ts';
import { people } from '../../../domain/records/people/contract.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import type { Field } from '../../ui/Fields.tsx';
import { caseWords } from '../../words/cases.ts';
import { colon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';

interface Values {
  readonly reason?: string;
  readonly document?: string;
  readonly ownerPersonId?: string;
}

/** The steps of a case: open ones as buttons, the others greyed with the reason. Then hand on, press, comment. */
export function CaseSteps(props: { item: CaseView }) {
  const t = useWords(caseWords);
  const say = useSay();
  const { item: c } = props;
  const step = useChange(cases.step);
  const owner = useOwnerField(c);
  if (c.closedAt) return null;
  const fieldsOf = (needs: readonly string[]): Field[] => [
    ...(needs.includes('owner') ? [owner] : []),
    ...(needs.includes('document')
      ? [{ name: 'document', label: t('document'), kind: 'text', required: true } as const]
      : []),
    { name: 'reason', label: t('reason'), kind: 'area', max: 2000, required: needs.includes('reason') },
  ];
  const generic = c.steps.filter((s) => s.generic);
  return (
    <section className="next" aria-label={t('steps')}>
      <h2>{t('steps')}</h2>
      <div className="row">
        {generic.map((s, i) => (
          <AskButton<Values, Parameters<typeof step.mutate>[0]>
            key={s.step}
            label={say(s.words)}
            button={{ type: i === 0 && s.reason === null ? 'primary' : 'default' }}
            reason={s.reason}
            change={step as never}
            fields={fieldsOf(s.needs)}
            input={(values) => ({ params: { id: c.id }, body: { step: s.step, version: c.version, ...values } })}
          />
        ))}
        <MoreSteps item={c} owner={owner} />
      </div>
      {generic.some((s) => s.reason) && (
        <ul className="why">
          {generic
            .filter((s) => s.reason)
            .map((s) => (
              <li key={s.step}>
                {say(s.words)}
                {colon()}
                {s.reason && say(s.reason.words)}
              </li>
            ))}
        </ul>
      )}
    </section>
  );
}

function MoreSteps(props: { item: CaseView; owner: Field }) {
  const t = useWords(caseWords);
  const w = useWords(workWords);
  const can = useCan();
  const { item: c } = props;
  const handOn = useChange(cases.handOn);
  const supervise = useChange(cases.supervise);
  const comment = useChange(cases.comment);
  const params = { id: c.id };
  const reason: Field = { name: 'reason', label: t('reason'), kind: 'area', max: 500, required: true };
  return (
    <>
      <AskButton<{ ownerPersonId: string; reason: string }, Parameters<typeof handOn.mutate>[0]>
        label={t('hand-on')}
        change={handOn as never}
        fields={[props.owner, reason]}
        input={(body) => ({ params, body: { ...body, version: c.version } })}
      />
      <AskButton<{ reason: string; dueOn?: string }, Parameters<typeof supervise.mutate>[0]>
        label={t('supervise')}
        reason={can('cases.assign') ? null : w('not-yours')}
        change={supervise as never}
        fields={[reason, { name: 'dueOn', label: t('due-on'), kind: 'day' }]}
        input={(body) => ({ params, body: { ...body, version: c.version } })}
      />
      <AskButton<{ text: string }, Parameters<typeof comment.mutate>[0]>
        label={t('comment')}
        change={comment as never}
        fields={[{ name: 'text', label: t('comment'), kind: 'area', max: 2000, required: true }]}
        input={(body) => ({ params, body })}
      />
    </>
  );
}

/** Who could own the case: people of its unit and below, as far as the reader may see people. */
function useOwnerField(c: CaseView): Field {
  const t = useWords(caseWords);
  const can = useCan();
  const list = useRead(people.list, { query: { under: c.unitId, limit: 100 } }, { when: can('people.read') });
  return {
    name: 'ownerPersonId',
    label: t('new-owner'),
    kind: 'select',
    required: true,
    options: (list.data?.items ?? []).map((p) => ({
      value: p.id,
      label: `${p.name} · ${p.title ?? ''} ${p.unitName}`,
    })),
  };
}
