import { findSubjectKind } from '../../../domain/records/subjects/all.ts';
import { type SubjectView, subjects } from '../../../domain/records/subjects/index.ts';
import { useChange } from '../../api/hooks.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { today } from '../../ui/moments.ts';
import { subjectWords } from '../../words/subjects.ts';
import { colon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { EditButton } from './SubjectForms.tsx';

/** What can be done with the entry now; what cannot stays greyed with its reason. */
export function SubjectSteps(props: { subject: SubjectView }) {
  const t = useWords(subjectWords);
  const say = useSay();
  const { subject: s } = props;
  const kind = findSubjectKind(s.kind)!;
  const turn = useChange(subjects.setState);
  const end = useChange(subjects.end);
  const states = Object.entries(kind.states).map(([value, { words, ended }]) => ({ value, label: say(words), ended }));
  const next = states.filter((o) => !o.ended && o.value !== s.state);
  const endings = states.filter((o) => o.ended);
  const params = { id: s.id };
  const closed = s.mayChange ? null : s.toDay ? t('ended', { day: s.toDay }) : t('not-yours');
  const whyNotEnd = closed ?? s.mayEnd;
  return (
    <section className="next no-print" aria-label={t('steps')}>
      <h2>{t('steps')}</h2>
      <div className="row">
        <EditButton subject={s} />
        {next.length > 0 && (
          <AskButton<{ state: string; reason?: string }, Parameters<typeof turn.mutate>[0]>
            label={t('change-state')}
            reason={closed}
            change={turn as never}
            fields={[
              { name: 'state', label: t('state'), kind: 'select', required: true, options: next },
              { name: 'reason', label: t('reason'), kind: 'area', max: 500 },
            ]}
            input={(body) => ({ params, body: { version: s.version, ...body } })}
          />
        )}
        <AskButton<{ onDay: string; reason: string; state?: string }, Parameters<typeof end.mutate>[0]>
          label={t('end')}
          lead={<p className="small">{t('end-lead')}</p>}
          button={{ danger: true }}
          reason={whyNotEnd}
          change={end as never}
          fields={[
            { name: 'onDay', label: t('on-day'), kind: 'day', required: true, initial: today() },
            { name: 'reason', label: t('reason'), kind: 'area', required: true, max: 500 },
            ...(endings.length > 1
              ? [{ name: 'state', label: t('end-state'), kind: 'select' as const, required: true, options: endings }]
              : []),
          ]}
          input={(body) => ({ params, body: { version: s.version, ...body } })}
        />
      </div>
      {whyNotEnd && (
        <ul className="why">
          <li>
            {t('end')}
            {colon()}
            {typeof whyNotEnd === 'string' ? whyNotEnd : say(whyNotEnd.words)}
          </li>
        </ul>
      )}
    </section>
  );
}
