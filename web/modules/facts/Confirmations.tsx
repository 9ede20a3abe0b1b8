import { Alert } from 'antd';
import type { z } from 'zod';
import { confirmations } from '../../../domain/records/facts/contract.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { today, useMoment } from '../../ui/moments.ts';
import { ReasonButton } from '../../ui/ReasonButton.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { Reminders } from '../../ui/Reminders.tsx';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { dataWords } from '../../words/data.ts';
import { useWords } from '../../words/use.ts';

type Row = z.output<typeof confirmations.list.reply>['own'];

/** Who has confirmed the numbers of a period: the unit first, then those directly below it. */
export function Confirmations(props: { unitId: number }) {
  const t = useWords(dataWords);
  const moment = useMoment();
  const can = useCan();
  const [screen, change] = useScreen<{ period?: string }>();
  const period = screen.period ?? today().slice(0, 4);
  const read = useRead(confirmations.list, { params: { id: props.unitId }, query: { period } });
  return (
    <section className="panel stack">
      <div className="panel-head">
        <p className="quiet">{t('confirm-lead')}</p>
        <SearchBox value={period} label={t('period')} onChange={(value) => change({ period: value })} />
      </div>
      <Shown of={read}>
        {({ own, children }) => {
          const waits = children.filter((c) => c.confirmedAt === null).length;
          return (
            <>
              {waits > 0 && (
                <Reminders unitId={own.unitId} period={period} reason={can('facts.lock') ? null : t('no-lock')} />
              )}
              <Table
                caption={t('confirmations')}
                rows={[own, ...children]}
                rowKey={(r) => r.unitId}
                columns={[
                  {
                    key: 'unit',
                    title: t('unit'),
                    show: (r) => (r.unitId === own.unitId ? <strong>{r.unitName}</strong> : r.unitName),
                  },
                  { key: 'facts', title: t('facts-n'), align: 'end', show: (r) => r.facts, width: 100 },
                  {
                    key: 'state',
                    title: t('state'),
                    width: 120,
                    show: (r) => (
                      <Mark tone={r.confirmedAt ? 'good' : 'warn'}>{r.confirmedAt ? t('confirmed') : t('open')}</Mark>
                    ),
                  },
                  {
                    key: 'who',
                    title: t('who'),
                    show: (r) => (r.confirmedAt ? `${r.confirmedBy ?? ''} ${moment(r.confirmedAt)}` : ''),
                  },
                  {
                    key: 'acts',
                    title: t('actions'),
                    align: 'acts',
                    show: (r) => <Acts row={r} waits={r.unitId === own.unitId ? waits : 0} />,
                    width: 130,
                  },
                ]}
              />
            </>
          );
        }}
      </Shown>
    </section>
  );
}

/** `waits`: how many below have not confirmed; the numbers of a parent are theirs. */
function Acts(props: { row: Row; waits: number }) {
  const t = useWords(dataWords);
  const can = useCan();
  const { row } = props;
  const confirm = useChange(confirmations.confirm);
  const unlock = useChange(confirmations.unlock);
  const reason = can('facts.lock') ? null : t('no-lock');
  const params = { id: row.unitId };
  return row.confirmedAt ? (
    <AskButton<{ reason: string }, Parameters<typeof unlock.mutate>[0]>
      label={t('unlock')}
      button={{ size: 'small' }}
      reason={reason}
      change={unlock as never}
      fields={[{ name: 'reason', label: t('reason'), kind: 'area', max: 500, required: true }]}
      input={(v) => ({ params, body: { period: row.period, reason: v.reason } })}
    />
  ) : (
    <>
      {confirm.error && <Alert role="alert" type="error" title={confirm.error.message} />}
      <ReasonButton
        size="small"
        reason={reason ?? (props.waits > 0 ? t('children-first', { n: props.waits }) : null)}
        loading={confirm.isPending}
        onClick={() => confirm.mutate({ params, body: { period: row.period } })}
      >
        {t('confirm')}
      </ReasonButton>
    </>
  );
}
