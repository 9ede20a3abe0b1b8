import { Link } from '@tanstack/react-router';
import { agreements, canSign, canTakeBack } from '../../../domain/records/agreements/index.ts';
import { useChange } from '../../api/hooks.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { today } from '../../ui/moments.ts';
import { Table } from '../../ui/Table.tsx';
import { agreementWords } from '../../words/agreements.ts';
import { aside, colon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import type { AgreementView } from './AgreementForms.tsx';

type Party = AgreementView['partyList'][number];

/** Who is bound in which role, who has signed and who has not. */
export function Parties(props: { agreement: AgreementView }) {
  const t = useWords(agreementWords);
  const say = useSay();
  const { agreement: a } = props;
  return (
    <section className="panel">
      <h2>{`${t('parties')}${aside(`${t('signed')} ${a.signed} / ${a.parties}`)}`}</h2>
      <Table
        caption={t('parties')}
        rows={a.partyList}
        rowKey={(p) => p.id}
        columns={[
          { key: 'role', title: t('role'), width: 180, show: (p) => say(p.roleWords) },
          { key: 'party', title: t('party'), show: (p) => <Named party={p} /> },
          {
            key: 'signed',
            title: t('signed-on'),
            width: 140,
            show: (p) => p.signedOn ?? <Mark tone={a.state === 'signing' ? 'warn' : 'plain'}>{t('unsigned')}</Mark>,
          },
          { key: 'by', title: t('signed-by'), width: 130, show: (p) => p.signedBy ?? '—' },
          ...(a.state === 'signing'
            ? [
                {
                  key: 'acts',
                  title: t('actions'),
                  align: 'acts' as const,
                  width: 130,
                  show: (p: Party) =>
                    p.signedOn === null ? <Sign agreement={a} party={p} /> : <TakeBack agreement={a} party={p} />,
                },
              ]
            : []),
        ]}
      />
    </section>
  );
}

function Named(props: { party: Party }) {
  const { unitId, subjectId, name } = props.party;
  if (unitId !== null)
    return (
      <Link to="/units/$unitId" params={{ unitId: String(unitId) }}>
        {name}
      </Link>
    );
  if (subjectId === null || name === '—') return <>{name}</>;
  return (
    <Link to="/subjects/$id" params={{ id: subjectId }}>
      {name}
    </Link>
  );
}

interface ActProps {
  readonly agreement: AgreementView;
  readonly party: Party;
}

function Sign({ agreement: a, party: p }: ActProps) {
  const t = useWords(agreementWords);
  const sign = useChange(agreements.sign);
  return (
    <AskButton<{ signedOn: string; signedBy: string }, Parameters<typeof sign.mutate>[0]>
      label={t('sign')}
      title={`${t('sign')}${colon()}${p.name}`}
      button={{ size: 'small' }}
      reason={a.mayChange ? canSign(a, p, today(), today()) : t('not-yours')}
      change={sign as never}
      fields={[
        { name: 'signedOn', label: t('signed-on'), kind: 'day', required: true, initial: today() },
        { name: 'signedBy', label: t('signed-by'), kind: 'text', required: true, max: 100 },
      ]}
      input={(body) => ({ params: { id: a.id }, body: { partyId: p.id, ...body } })}
    />
  );
}

function TakeBack({ agreement: a, party: p }: ActProps) {
  const t = useWords(agreementWords);
  const back = useChange(agreements.takeBack);
  return (
    <AskButton<object, Parameters<typeof back.mutate>[0]>
      label={t('take-back')}
      lead={<p>{t('take-back-lead')}</p>}
      button={{ size: 'small' }}
      reason={a.mayChange ? canTakeBack(a, p) : t('not-yours')}
      change={back as never}
      fields={[]}
      input={() => ({ params: { id: a.id, partyId: p.id } })}
    />
  );
}
