import { people } from '../../../domain/records/people/contract.ts';
import { findSubjectKind } from '../../../domain/records/subjects/all.ts';
import {
  standsForPeople,
  channels,
  type Consent,
  personalFields,
  type SubjectView,
} from '../../../domain/records/subjects/index.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import type { Field } from '../../ui/Fields.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { today } from '../../ui/moments.ts';
import { Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { subjectWords } from '../../words/subjects.ts';
import { comma } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';

/** What the person agreed to: for what, which fields, until when. Withdrawing erases at once. */
export function Consents(props: { subject: SubjectView }) {
  const t = useWords(subjectWords);
  const say = useSay();
  const { subject: s } = props;
  const read = useRead(personalFields.consents, { params: { id: s.id }, query: { limit: 100 } });
  const named = (field: string) => {
    const found = s.personal?.find((f) => f.field === field);
    return found ? say(found.words) : field;
  };
  const columns: Column<Consent>[] = [
    { key: 'purpose', title: t('purpose'), show: (c) => c.purpose },
    { key: 'fields', title: t('fields'), show: (c) => c.fields.map(named).join(comma()) },
    { key: 'given', title: t('given-on'), width: 115, show: (c) => c.givenOn },
    { key: 'expires', title: t('expires-on'), width: 115, show: (c) => c.expiresOn },
    {
      key: 'channel',
      title: t('channel'),
      width: 150,
      show: (c) => [t(`channel-${c.channel}`), c.document, c.personName].filter(Boolean).join(' · '),
    },
    { key: 'state', title: t('state'), width: 100, show: (c) => <ConsentState consent={c} /> },
    { key: 'acts', title: t('actions'), align: 'acts', width: 90, show: (c) => c.live && <Withdraw id={c.id} /> },
  ];
  return (
    <>
      <div className="panel-head">
        <h3>{t('consents')}</h3>
        <Give subject={s} />
      </div>
      <Shown of={read} rows={2}>
        {({ items }) => (
          <Table
            caption={t('consents')}
            numbered={false}
            columns={columns}
            rows={items}
            rowKey={(c) => c.id}
            empty={<p className="quiet">{t('no-consents')}</p>}
          />
        )}
      </Shown>
    </>
  );
}

function ConsentState(props: { consent: Consent }) {
  const t = useWords(subjectWords);
  const { consent: c } = props;
  if (c.live) return <Mark tone="good">{t('live')}</Mark>;
  return <Mark>{t(c.withdrawnAt ? 'withdrawn' : 'expired')}</Mark>;
}

function Withdraw(props: { id: string }) {
  const t = useWords(subjectWords);
  const can = useCan();
  const withdraw = useChange(personalFields.withdraw);
  return (
    <AskButton<object, Parameters<typeof withdraw.mutate>[0]>
      label={t('withdraw')}
      button={{ size: 'small' }}
      lead={<p>{t('withdraw-lead')}</p>}
      reason={can('personal.write') ? null : t('not-yours')}
      change={withdraw as never}
      fields={[]}
      input={() => ({ params: { id: props.id } })}
    />
  );
}

/** Whoever gave it for the household may have an account: then they see what is the household's own. */
function usePersonField(s: SubjectView): Field | null {
  const t = useWords(subjectWords);
  const can = useCan();
  const of = standsForPeople(findSubjectKind(s.kind)!) && can('people.read');
  const list = useRead(people.list, { query: { under: s.unitId, limit: 200 } }, { when: of });
  if (!of) return null;
  return {
    name: 'personId',
    label: t('consent-person'),
    kind: 'select',
    hint: t('consent-person-hint'),
    options: (list.data?.items ?? []).map((p) => ({ value: p.id, label: `${p.name} · ${p.unitName}` })),
  };
}

interface Typed {
  readonly personId?: string;
  readonly purpose: string;
  readonly fields: string[];
  readonly givenOn: string;
  readonly expiresOn: string;
  readonly channel: (typeof channels)[number];
  readonly document?: string;
}

function Give(props: { subject: SubjectView }) {
  const t = useWords(subjectWords);
  const say = useSay();
  const can = useCan();
  const { subject: s } = props;
  const give = useChange(personalFields.give);
  const person = usePersonField(s);
  const reason = can('personal.write') ? (s.toDay ? t('ended', { day: s.toDay }) : null) : t('not-yours');
  return (
    <AskButton<Typed, Parameters<typeof give.mutate>[0]>
      label={t('give-consent')}
      button={{ size: 'small' }}
      reason={reason}
      change={give as never}
      fields={[
        { name: 'purpose', label: t('purpose'), kind: 'text', required: true, max: 300 },
        {
          name: 'fields',
          label: t('fields'),
          kind: 'many',
          required: true,
          options: (s.personal ?? []).map((f) => ({ value: f.field, label: say(f.words) })),
        },
        { name: 'givenOn', label: t('given-on'), kind: 'day', required: true, initial: today() },
        { name: 'expiresOn', label: t('expires-on'), kind: 'day', required: true },
        {
          name: 'channel',
          label: t('channel'),
          kind: 'select',
          required: true,
          initial: 'paper',
          options: channels.map((value) => ({ value, label: t(`channel-${value}`) })),
        },
        { name: 'document', label: t('document'), kind: 'text', max: 200 },
        ...(person ? [person] : []),
      ]}
      input={(body) => ({ params: { id: s.id }, body })}
    />
  );
}
