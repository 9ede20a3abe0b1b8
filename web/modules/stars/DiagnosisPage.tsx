import { Link } from '@tanstack/react-router';
import { Alert, Button, Input, Radio } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { assessing, type diagnosis, diagnosisAnswer } from '../../../domain/stars/contract-assess.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useSample } from '../../console/SampleBanner.tsx';
import { Mark, Missing, type Tone } from '../../ui/Marks.tsx';
import { neat } from '../../ui/number.ts';
import { ReasonButton } from '../../ui/ReasonButton.tsx';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { starWords } from '../../words/stars.ts';
import { aside, colon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';
import { BranchPage } from './BranchPage.tsx';
import { Gaps } from './Gaps.tsx';
import { points } from './pieces.tsx';

export type Diagnosis = z.output<typeof diagnosis>;
type Item = Diagnosis['items'][number];
type Answer = z.output<typeof diagnosisAnswer>;
type Draft = Readonly<Record<string, { answer: Answer; reason: string }>>;

const tones: Record<Answer, Tone> = { met: 'good', partly: 'warn', 'not-met': 'bad' };

export function DiagnosisPage() {
  const t = useWords(workWords);
  return <BranchPage lead={t('diagnosis-lead')}>{(unit) => <DiagnosisOf key={unit.id} unitId={unit.id} />}</BranchPage>;
}

function DiagnosisOf(props: { unitId: number }) {
  const read = useRead(assessing.diagnosis, { params: { unitId: props.unitId } });
  useSample(read.data?.sample);
  return <Shown of={read}>{(view) => <DiagnosisForm view={view} />}</Shown>;
}

function DiagnosisForm(props: { view: Diagnosis }) {
  const t = useWords(workWords);
  const { view } = props;
  const unitId = view.unit.unitId;
  const [draft, setDraft] = useState<Draft>({});
  const save = useChange(assessing.diagnose, { onDone: () => setDraft({}) });
  const answers = Object.entries(draft).map(([criterion, a]) => ({ criterion, ...a }));
  const open = view.items.filter((i) => i.answer === null && !draft[i.id]);
  const suggestRest = () =>
    setDraft({
      ...draft,
      ...Object.fromEntries(
        open.map((i) => [
          i.id,
          { answer: i.suggested, reason: `${t('by-points')}${aside(`${points(i.points)}/${points(i.full)}`)}` },
        ]),
      ),
    });
  const send = (finish: boolean) =>
    save.mutate({ params: { unitId }, body: { cycleId: view.cycleId, answers, finish } });
  const blank = answers.filter((a) => a.reason.trim() === '').length;
  const lacking = blank > 0 ? t('reasons-first', { n: blank }) : answers.length === 0 ? t('nothing-changed') : null;
  return (
    <>
      <div className="panel row between">
        <span className="num">{t('answered', { n: view.of - open.length, of: view.of })}</span>
        <div className="row">
          <Button onClick={suggestRest} disabled={open.length === 0}>
            {t('accept-suggested')}
          </Button>
          <ReasonButton reason={lacking} loading={save.isPending} onClick={() => send(false)}>
            {t('save-answers')}
          </ReasonButton>
          <ReasonButton
            type="primary"
            reason={open.length > 0 ? t('finish-first', { n: open.length }) : lacking}
            loading={save.isPending}
            onClick={() => send(true)}
          >
            {t('finish-diagnosis')}
          </ReasonButton>
        </div>
      </div>
      {save.error && (
        <Alert role="alert" type="error" title={save.error.message} description={save.error.details[0]?.message} />
      )}
      {save.isSuccess && save.variables.body?.finish && (
        <p role="status" className="row">
          <Mark tone="good">{t('diagnosis-finished')}</Mark>
          <Link to="/card/$unitId/declaration" params={{ unitId: String(unitId) }}>
            {t('declare-next')} →
          </Link>
        </p>
      )}
      <DiagnosisTable view={view} draft={draft} onDraft={setDraft} />
      <Gaps view={view} />
    </>
  );
}

function DiagnosisTable(props: { view: Diagnosis; draft: Draft; onDraft: (draft: Draft) => void }) {
  const t = useWords(workWords);
  const s = useWords(starWords);
  const say = useSay();
  const { view, draft } = props;
  const now = (i: Item) => draft[i.id] ?? (i.answer ? { answer: i.answer, reason: i.reason ?? '' } : undefined);
  const set = (i: Item, change: Partial<{ answer: Answer; reason: string }>) =>
    props.onDraft({
      ...draft,
      [i.id]: { answer: i.answer ?? i.suggested, reason: i.reason ?? '', ...draft[i.id], ...change },
    });
  return (
    <Table
      caption={s('diagnosis')}
      rows={view.items}
      rowKey={(i) => i.id}
      columns={[
        {
          key: 'text',
          title: s('criterion'),
          show: (i) => (
            <>
              {say(i.text)}
              <div className="small quiet">{say(i.rule)}</div>
            </>
          ),
        },
        {
          key: 'value',
          title: s('value'),
          align: 'end',
          width: 90,
          show: (i) => (i.value === null ? <Missing /> : neat(i.value, i.share)),
        },
        {
          key: 'points',
          title: s('score'),
          align: 'end',
          width: 100,
          show: (i) => `${points(i.points)} / ${points(i.full)}`,
        },
        {
          key: 'suggest',
          title: t('suggested'),
          width: 110,
          show: (i) => <Mark tone={tones[i.suggested]}>{t(i.suggested)}</Mark>,
        },
        {
          key: 'answer',
          title: t('conclusion'),
          width: 270,
          show: (i) => (
            <Radio.Group
              optionType="button"
              buttonStyle="solid"
              size="small"
              aria-label={`${t('conclusion')}${colon()}${say(i.text)}`}
              value={now(i)?.answer ?? null}
              onChange={(e) => set(i, { answer: e.target.value as Answer })}
              options={diagnosisAnswer.options.map((value) => ({ value, label: t(value) }))}
            />
          ),
        },
        {
          key: 'reason',
          title: t('reason'),
          show: (i) => (
            <Input.TextArea
              autoSize={{ minRows: 1, maxRows: 4 }}
              aria-label={`${t('reason')}${colon()}${say(i.text)}`}
              maxLength={1000}
              value={now(i)?.reason ?? ''}
              onChange={(e) => set(i, { reason: e.target.value })}
            />
          ),
        },
      ]}
    />
  );
}
