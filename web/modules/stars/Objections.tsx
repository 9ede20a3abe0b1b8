import type { CycleView } from '../../../domain/stars/contract-cycle.ts';
import { deciding } from '../../../domain/stars/contract-deciding.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { decisionWords } from '../../words/decision.ts';
import { useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';

interface Raised {
  readonly unitId: number;
  readonly text: string;
  readonly contact?: string;
}

/** Objections of the publicity period: recorded for those who come in person, answered with a conclusion. */
export function Objections(props: { cycle: CycleView; noticeId: string }) {
  const t = useWords(decisionWords);
  const w = useWords(workWords);
  const can = useCan();
  const { cycle, noticeId } = props;
  const read = useRead(deciding.objections, { query: { cycleId: cycle.id, limit: 100 } });
  const notice = useRead(deciding.notice, { params: { id: noticeId } });
  const record = useChange(deciding.objectFor);
  const answer = useChange(deciding.answerObjection);
  const joint = can('stars.joint') ? null : w('not-yours');
  return (
    <section className="panel stack">
      <div className="panel-head">
        <h2>{t('step-objections')}</h2>
        <AskButton<Raised, Parameters<typeof record.mutate>[0]>
          label={t('record-objection')}
          change={record as never}
          fields={[
            {
              name: 'unitId',
              label: t('unit'),
              kind: 'select',
              required: true,
              options: (notice.data?.items ?? []).map((i) => ({ value: i.unitId, label: i.unitName })),
            },
            { name: 'text', label: t('objection'), kind: 'area', max: 4000, required: true },
            { name: 'contact', label: t('contact'), kind: 'text' },
          ]}
          input={({ contact, ...rest }) => ({ body: { ...rest, contact: contact ?? null, noticeId, onBehalf: true } })}
        />
      </div>
      <Shown of={read} rows={2}>
        {({ items }) => (
          <Table
            caption={t('step-objections')}
            rows={items}
            rowKey={(o) => o.id}
            empty={<Empty title={t('no-objections')} />}
            columns={[
              { key: 'unit', title: t('unit'), show: (o) => o.unitName, width: 140 },
              { key: 'text', title: t('objection'), show: (o) => o.text },
              { key: 'day', title: t('day'), show: (o) => <span className="nowrap">{o.raisedOn}</span>, width: 120 },
              { key: 'receipt', title: t('receipt'), show: (o) => <code>{o.receipt}</code> },
              {
                key: 'state',
                title: t('state'),
                show: (o) => (
                  <>
                    <Mark tone={o.state === 'answered' ? 'good' : 'warn'}>{t(o.state)}</Mark>{' '}
                    {o.answer ?? (o.dueOn ? <span className="quiet">{t('answer-by', { day: o.dueOn })}</span> : null)}
                    {o.upheld !== null && <Mark>{o.upheld ? t('upheld') : t('not-upheld')}</Mark>}
                  </>
                ),
              },
              {
                key: 'acts',
                title: t('actions'),
                align: 'acts',
                show: (o) =>
                  o.state === 'answered' ? null : (
                    <AskButton<{ answer: string; upheld?: boolean }, Parameters<typeof answer.mutate>[0]>
                      label={t('answer')}
                      about={o.unitName}
                      lead={<p className="quiet">{o.text}</p>}
                      button={{ size: 'small' }}
                      reason={joint}
                      change={answer as never}
                      fields={[
                        { name: 'answer', label: t('answer'), kind: 'area', max: 4000, required: true },
                        { name: 'upheld', label: t('upheld'), kind: 'check' },
                      ]}
                      input={({ answer: words, upheld = false }) => ({
                        params: { id: o.id },
                        body: { answer: words, upheld },
                      })}
                    />
                  ),
              },
            ]}
          />
        )}
      </Shown>
    </section>
  );
}
