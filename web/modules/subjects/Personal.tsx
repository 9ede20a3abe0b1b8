import { Button } from 'antd';
import { useState } from 'react';
import { personalFields, type SubjectView } from '../../../domain/records/subjects/index.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { subjectWords } from '../../words/subjects.ts';
import { aside } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { Consents } from './Consents.tsx';
import { Readings } from './Readings.tsx';

/** What is kept of people: sealed until somebody says what they look for, and then written down who looked. */
export function Personal(props: { subject: SubjectView }) {
  const t = useWords(subjectWords);
  const say = useSay();
  const { subject: s } = props;
  const [values, setValues] = useState<Record<string, string> | null>(null);
  if (s.personal === null)
    return (
      <section className="panel">
        <h2>{t('personal')}</h2>
        <p className="quiet">{t('personal-closed')}</p>
      </section>
    );
  return (
    <section className="panel stack">
      <h2>{t('personal')}</h2>
      <p className="small">{t('personal-lead')}</p>
      <Facts
        of={s.personal.map((f) => [
          say(f.words),
          values?.[f.field] ?? (
            <Mark key={f.field} tone={f.kept ? 'good' : 'plain'}>
              {t(f.kept ? 'kept' : 'not-kept')}
            </Mark>
          ),
        ])}
      />
      <div className="row no-print">
        {values ? (
          <Button onClick={() => setValues(null)}>{t('hide')}</Button>
        ) : (
          <ReadButton subject={s} onRead={setValues} />
        )}
        <WriteButton subject={s} />
      </div>
      <Consents subject={s} />
      <Readings
        id={s.id}
        fieldWords={(field) => {
          const found = s.personal?.find((f) => f.field === field);
          return found ? say(found.words) : field;
        }}
      />
    </section>
  );
}

function ReadButton(props: { subject: SubjectView; onRead: (values: Record<string, string>) => void }) {
  const t = useWords(subjectWords);
  const { subject: s } = props;
  const read = useChange(personalFields.read, { onDone: (reply) => props.onRead(reply.values) });
  const kept = (s.personal ?? []).filter((f) => f.kept).map((f) => f.field);
  return (
    <AskButton<{ purpose: string }, Parameters<typeof read.mutate>[0]>
      label={t('read')}
      reason={kept.length > 0 ? null : t('nothing-kept')}
      change={read as never}
      fields={[{ name: 'purpose', label: t('read-purpose'), kind: 'text', required: true, max: 200 }]}
      input={({ purpose }) => ({ params: { id: s.id }, body: { fields: kept, purpose } })}
    />
  );
}

/** Only fields that a live consent names can be written, and each stands under that consent. */
function WriteButton(props: { subject: SubjectView }) {
  const t = useWords(subjectWords);
  const say = useSay();
  const can = useCan();
  const { subject: s } = props;
  const consents = useRead(personalFields.consents, { params: { id: s.id }, query: { limit: 100 } });
  const write = useChange(personalFields.write);
  const live = (consents.data?.items ?? []).filter((c) => c.live);
  const named = (s.personal ?? []).filter((f) => live.some((c) => c.fields.includes(f.field)));
  const reason = can('personal.write') ? (live.length > 0 ? null : t('write-first')) : t('not-yours');
  return (
    <AskButton<{ consentId: string } & Record<string, string>, Parameters<typeof write.mutate>[0]>
      label={t('write')}
      reason={reason}
      change={write as never}
      fields={[
        {
          name: 'consentId',
          label: t('consent'),
          kind: 'select',
          required: true,
          initial: live[0]?.id,
          options: live.map((c) => ({ value: c.id, label: `${c.purpose}${aside(c.expiresOn)}` })),
        },
        ...named.map((f) => ({ name: f.field, label: say(f.words), kind: 'text' as const, max: 500 })),
      ]}
      input={({ consentId, ...values }) => ({ params: { id: s.id }, body: { consentId, values } })}
    />
  );
}
