import { Alert, Radio } from 'antd';
import { useState } from 'react';
import { after } from '../../../domain/stars/contract-after.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { ReasonButton } from '../../ui/ReasonButton.tsx';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { useSay, useWords } from '../../words/use.ts';
import { watchWords } from '../../words/watch.ts';
import { workWords } from '../../words/work.ts';

/** The basics of a branch that has few stars yet: meetings, records, disclosure, finances, ticked one by one. */
export function Basics(props: { unitId: number; cycleId: string }) {
  const t = useWords(watchWords);
  const w = useWords(workWords);
  const say = useSay();
  const { unitId, cycleId } = props;
  const read = useRead(after.basics, { params: { unitId }, query: { cycleId } });
  const [draft, setDraft] = useState<Record<string, boolean>>({});
  const check = useChange(after.checkBasics, { onDone: () => setDraft({}) });
  const answers = Object.entries(draft).map(([id, met]) => ({ id, met }));
  return (
    <section className="panel stack">
      <Shown of={read}>
        {(b) => (
          <>
            <div className="panel-head">
              <h2>{t('basics')}</h2>
              <span className="row">
                <span className="num">{t('basics-done', { done: b.done, of: b.of })}</span>
                <ReasonButton
                  type="primary"
                  reason={answers.length === 0 ? t('unchecked') : null}
                  loading={check.isPending}
                  onClick={() => check.mutate({ params: { unitId }, body: { cycleId, answers } })}
                >
                  {t('save')}
                </ReasonButton>
              </span>
            </div>
            {check.error && <Alert role="alert" type="error" title={check.error.message} />}
            <Table
              caption={t('basics')}
              rows={b.items}
              rowKey={(i) => i.id}
              columns={[
                { key: 'words', title: w('criteria'), show: (i) => say(i.words) },
                {
                  key: 'met',
                  title: w('conclusion'),
                  width: 220,
                  show: (i) => (
                    <Radio.Group
                      aria-label={say(i.words)}
                      value={draft[i.id] ?? i.met}
                      onChange={(e) => setDraft({ ...draft, [i.id]: e.target.value as boolean })}
                      options={[
                        { value: true, label: t('met') },
                        { value: false, label: t('not-met') },
                      ]}
                    />
                  ),
                },
                { key: 'by', title: w('note'), show: (i) => [i.by, i.reason].filter(Boolean).join(' ') },
              ]}
            />
          </>
        )}
      </Shown>
    </section>
  );
}
