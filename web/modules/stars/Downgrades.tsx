import type { z } from 'zod';
import { after, type downgrade } from '../../../domain/stars/contract-after.ts';
import { wordsOfStar } from '../../../domain/org/words.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { useScope } from '../../console/scope.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import type { Field } from '../../ui/Fields.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { decisionWords } from '../../words/decision.ts';
import { aside, colon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { watchWords } from '../../words/watch.ts';
import { workWords } from '../../words/work.ts';
import { starOptions, useStandardOf } from './standard-of.ts';

type Downgrade = z.output<typeof downgrade>;

/** Downgrades and their four steps: proposed with facts, heard, decided, open to appeal. */
export function Downgrades() {
  const t = useWords(watchWords);
  const { unitId } = useScope();
  const read = useRead(after.downgrades, { query: { unitId, limit: 50 } });
  return (
    <section className="panel stack">
      <div className="panel-head">
        <h2>{t('downgrades')}</h2>
        <Propose />
      </div>
      <Shown of={read} rows={2}>
        {({ items }) =>
          items.length === 0 ? <Empty title={t('no-downgrades')} /> : items.map((d) => <One key={d.id} item={d} />)
        }
      </Shown>
    </section>
  );
}

function Propose() {
  const t = useWords(watchWords);
  const d = useWords(decisionWords);
  const w = useWords(workWords);
  const say = useSay();
  const can = useCan();
  const propose = useChange(after.proposeDowngrade);
  const stars = [...starOptions(useStandardOf('rural').data, say), ...starOptions(useStandardOf('urban').data, say)];
  return (
    <AskButton<
      { unit: { id: number }; star: string; facts: string; title: string; number: string },
      Parameters<typeof propose.mutate>[0]
    >
      label={t('propose')}
      reason={can('stars.joint') ? null : w('not-yours')}
      change={propose as never}
      fields={[
        { name: 'unit', label: t('unit'), kind: 'unit', required: true },
        {
          name: 'star',
          label: t('star'),
          kind: 'select',
          required: true,
          options: [...new Map(stars.map((o) => [o.value, o])).values()],
        },
        { name: 'facts', label: t('facts'), kind: 'area', max: 4000, required: true },
        { name: 'title', label: d('doc-title'), kind: 'text', required: true },
        { name: 'number', label: d('doc-number'), kind: 'text', max: 100, required: true },
      ]}
      input={({ unit, star, facts, title, number }) => ({
        body: { unitId: unit.id, star, facts, document: { title, number } },
      })}
    />
  );
}

function One(props: { item: Downgrade }) {
  const t = useWords(watchWords);
  const say = useSay();
  const { item: d } = props;
  return (
    <article className="panel stack tight">
      <div className="panel-head">
        <h3>
          {d.unitName} {d.star && say(wordsOfStar(d.star))}{' '}
          <Mark tone={d.state === 'dropped' ? 'plain' : 'warn'}>{say(d.stateWords)}</Mark>
        </h3>
        <Steps item={d} />
      </div>
      <Facts
        of={[
          [t('facts'), d.facts],
          [t('basis'), `${d.document.title} ${d.document.number}`],
          [t('hearing'), d.hearing ? `${d.hearing.on} ${d.hearing.by}${colon()}${d.hearing.words}` : t('not-heard')],
          ...(d.decision
            ? [
                [
                  t('decision'),
                  `${d.decision.by}${colon()}${d.decision.reason}${aside(`${t('effective-on')} ${d.decision.effectiveOn}`)}`,
                ] as const,
              ]
            : []),
          ...(d.appeal
            ? [[t('appeal'), `${d.appeal.by}${colon()}${d.appeal.text} ${d.appeal.answer ?? ''}`] as const]
            : []),
          ...(d.appealUntil && !d.appeal ? [[t('appeal'), t('appeal-until', { day: d.appealUntil })] as const] : []),
        ]}
      />
    </article>
  );
}

interface Step {
  readonly step: string;
  readonly label: string;
  readonly change: unknown;
  readonly fields: Field[];
  /** How the values of the form are sent, where they are not the body themselves. */
  readonly body?: (values: Record<string, unknown>) => unknown;
}

function Steps(props: { item: Downgrade }) {
  const t = useWords(watchWords);
  const say = useSay();
  const o = useWords(decisionWords);
  const { item: d } = props;
  const params = { id: d.id };
  const hear = useChange(after.hearDowngrade);
  const absent = useChange(after.missDowngrade);
  const decide = useChange(after.decideDowngrade);
  const appeal = useChange(after.appeal);
  const answer = useChange(after.answerAppeal);
  const effect = useChange(after.effectDowngrade);
  const why = (step: string) => d.openSteps.find((s) => s.step === step);
  const area = (name: string, label: string): Field => ({ name, label, kind: 'area', max: 4000, required: true });
  type Values = Record<string, never>;
  const all: Step[] = [
    {
      step: 'hear',
      label: t('hear'),
      change: hear,
      fields: [
        { name: 'on', label: t('hear-on'), kind: 'day', required: true } as Field,
        area('words', t('hear-words')),
      ],
    },
    {
      step: 'absent',
      label: t('absent'),
      change: absent,
      fields: [
        { name: 'on', label: t('absent-on'), kind: 'day', required: true } as Field,
        { name: 'title', label: o('doc-title'), kind: 'text', required: true } as Field,
        { name: 'number', label: o('doc-number'), kind: 'text', max: 100, required: true } as Field,
      ],
      body: ({ on, title, number }: Record<string, unknown>) => ({ on, document: { title, number } }),
    },
    {
      step: 'decide',
      label: t('decide'),
      change: decide,
      fields: [
        { name: 'downgrade', label: t('downgrade'), kind: 'check', initial: true } as Field,
        { name: 'effectiveOn', label: t('effective-on'), kind: 'day' } as Field,
        area('reason', t('reason')),
      ],
    },
    { step: 'appeal', label: t('appeal'), change: appeal, fields: [area('text', t('appeal'))] },
    {
      step: 'answer',
      label: t('answer-appeal'),
      change: answer,
      fields: [
        area('answer', t('answer-appeal')),
        { name: 'upheld', label: t('upheld'), kind: 'check', initial: false } as Field,
      ],
    },
    { step: 'effect', label: t('effect'), change: effect, fields: [] as Field[] },
  ];
  return (
    <span className="row">
      {all
        .filter(({ step }) => why(step))
        .map(({ step, label, change, fields, body }) => (
          <AskButton<Values, never>
            key={step}
            label={label}
            about={[d.unitName, d.star ? say(wordsOfStar(d.star)) : ''].filter(Boolean).join(' ')}
            button={{ size: 'small' }}
            reason={why(step)?.why ?? null}
            change={change as never}
            fields={fields}
            input={(values) => ({ params, body: body ? body(values) : values }) as never}
          />
        ))}
    </span>
  );
}
