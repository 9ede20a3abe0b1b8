import { Alert, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { assessing } from '../../../domain/stars/contract-assess.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { useSample } from '../../console/SampleBanner.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useMoment } from '../../ui/moments.ts';
import { ReasonButton } from '../../ui/ReasonButton.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { starWords } from '../../words/stars.ts';
import { uiWords } from '../../words/ui.ts';
import { useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';
import { BranchPage, type BranchUnit } from './BranchPage.tsx';
import { Confirming, UnlockFirst } from './Confirming.tsx';
import { answerKey, type Answers, SelfItem, unknownOf } from './SelfItem.tsx';
import { KnownItems } from './KnownItems.tsx';
import { useStandardOf } from './standard-of.ts';

export type SelfForm = z.output<typeof assessing.form.reply>;
type Item = SelfForm['items'][number];

/** Several criteria may rest on one number: it is asked below the first of them. */
function askedAt(items: readonly Item[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const item of items) for (const f of unknownOf(item)) if (!first.has(f.metric)) first.set(f.metric, item.id);
  return first;
}

export function SelfPage() {
  const t = useWords(workWords);
  return <BranchPage lead={t('self-lead')}>{(unit) => <SelfOf key={unit.id} unit={unit} />}</BranchPage>;
}

function SelfOf(props: { unit: BranchUnit }) {
  const read = useRead(assessing.form, { params: { unitId: props.unit.id } });
  useSample(read.data?.sample);
  return (
    <Shown of={read}>
      {(form) => (
        <>
          <Share form={form} />
          <SelfFields form={form} unit={props.unit} />
          <Confirming cycleId={form.cycleId} unitId={props.unit.id} path={props.unit.path} />
          <KnownItems form={form} />
        </>
      )}
    </Shown>
  );
}

function Share(props: { form: SelfForm }) {
  const t = useWords(workWords);
  const moment = useMoment();
  const { form } = props;
  return (
    <section className="panel stack tight">
      <div className="row between">
        <strong>{t('prefilled-n', { n: form.prefilled, of: form.of })}</strong>
        {form.submittedAt ? (
          <Mark tone="good">{t('submitted', { at: moment(form.submittedAt) })}</Mark>
        ) : (
          <span className="quiet">{t('burden', form.burden)}</span>
        )}
      </div>
      <div className="bar" role="img" aria-label={`${t('prefilled')} ${Math.round(form.share * 100)}%`}>
        <i style={{ width: `${form.share * 100}%` }} />
      </div>
    </section>
  );
}

function SelfFields(props: { form: SelfForm; unit: BranchUnit }) {
  const t = useWords(workWords);
  const u = useWords(uiWords);
  const s = useWords(starWords);
  const can = useCan();
  const { form, unit } = props;
  const standard = useStandardOf(form.unit.scheme);
  const [answers, setAnswers] = useState<Answers>({});
  const [notes, setNotes] = useState<Readonly<Record<string, string>>>({});
  const answer = useChange(assessing.answer, { onDone: () => setAnswers({}) });
  const asked = form.items.filter((i) => i.asks);
  const filled = Object.values(answers).filter((a) => a.value.trim() !== '');
  const given = (criterion: string, metric?: string) => Boolean(answers[answerKey(criterion, metric)]?.value.trim());
  const isOpen = (i: Item) =>
    i.value === null && (i.fields.length === 0 ? !given(i.id) : unknownOf(i).some((f) => !given(i.id, f.metric)));
  const open = asked.filter(isOpen).length;
  const granted = can('stars.assess', unit.path) ? null : t('not-yours');
  const send = (submit: boolean) =>
    answer.mutate({
      params: { unitId: unit.id },
      body: {
        cycleId: form.cycleId,
        submit,
        answers: filled.map((a) => ({ ...a, reason: notes[a.criterion]?.trim() || undefined })),
      },
    });
  return (
    <section className="panel stack">
      <h2>{t('to-fill')}</h2>
      {form.open && <Alert type="info" title={form.open.words.zh && <Why why={form.open} />} />}
      {asked.length === 0 && <Empty title={t(form.submittedAt ? 'all-submitted' : 'nothing-asked')} />}
      {asked.some((i) => i.returned !== null && i.fields.length > 0) && (
        <UnlockFirst cycleId={form.cycleId} unitId={unit.id} />
      )}
      {asked.map((item) => (
        <SelfItem
          key={item.id}
          item={item}
          rule={standard.data?.body.stars.flatMap((star) => star.criteria).find((c) => c.id === item.id)?.rule}
          closed={form.open !== null || granted !== null}
          answers={answers}
          askedAt={askedAt(asked)}
          note={notes[item.id]}
          onNote={(note) => setNotes({ ...notes, [item.id]: note })}
          onAnswer={(a) => setAnswers({ ...answers, [answerKey(a.criterion, a.metric)]: a })}
        />
      ))}
      {answer.error && (
        <Alert
          role="alert"
          type="error"
          title={answer.error.message}
          description={answer.error.details.map((d) => d.message).join(' ')}
        />
      )}
      {(form.submittedAt === null || asked.length > 0) && (
        <div className="row">
          <ReasonButton
            reason={granted ?? form.open ?? (filled.length === 0 ? t('nothing-changed') : null)}
            loading={answer.isPending}
            onClick={() => send(false)}
          >
            {t('save')}
          </ReasonButton>
          {granted === null && form.open === null && open === 0 ? (
            <Popconfirm
              title={t('submit-sure')}
              okText={u('confirm')}
              cancelText={u('cancel')}
              onConfirm={() => send(true)}
            >
              <Button type="primary" loading={answer.isPending}>
                {t('submit-self')}
              </Button>
            </Popconfirm>
          ) : (
            <ReasonButton type="primary" reason={granted ?? form.open ?? s('missing-n', { n: open })}>
              {t('submit-self')}
            </ReasonButton>
          )}
        </div>
      )}
    </section>
  );
}

function Why(props: { why: NonNullable<SelfForm['open']> }) {
  const t = useWords({ why: props.why.words });
  return <>{t('why')}</>;
}
