import { inquiries } from '../../../domain/reports/contract-inquiries.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { rootUnits, useCan, useMe } from '../../console/me.ts';
import { useScope } from '../../console/scope.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { today } from '../../ui/moments.ts';
import { useScreen } from '../../ui/search-state.ts';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { inquiryWords } from '../../words/reports.ts';
import { useWords } from '../../words/use.ts';

/** What requests cost each village in a month, for everybody to see, beside the cap. */
export function Burden() {
  const t = useWords(inquiryWords);
  const me = useMe();
  const can = useCan();
  const { unitId } = useScope();
  const [screen, change] = useScreen<{ month?: string }>();
  const month = /^20\d\d-(0[1-9]|1[0-2])$/.test(screen.month ?? '') ? screen.month! : today().slice(0, 7);
  const unit = unitId ?? rootUnits(me)[0] ?? me.home.id;
  const read = useRead(inquiries.burden, { params: { id: unit }, query: { month } });
  const setCap = useChange(inquiries.setCap);
  return (
    <>
      <div className="panel filters">
        <SearchBox value={month} label={t('month')} onChange={(value) => change({ month: value })} />
        {can('stars.cycle') && (
          <AskButton<{ minutes: number; document: string }, Parameters<typeof setCap.mutate>[0]>
            label={t('set-cap')}
            change={setCap as never}
            fields={[
              { name: 'minutes', label: t('minutes'), kind: 'number', required: true, min: 0, max: 1000 },
              { name: 'document', label: t('document'), kind: 'text', required: true },
            ]}
            input={(body) => ({ params: { id: unit }, body })}
          />
        )}
      </div>
      <Shown of={read}>
        {({ items, cap, capDocument }) => (
          <>
            <p className="quiet">
              {t('cap', { n: cap })} {capDocument ?? ''}
            </p>
            <Table
              caption={t('minutes')}
              rows={[...items].sort((a, b) => b.minutes - a.minutes)}
              rowKey={(r) => r.unitId}
              columns={[
                { key: 'unit', title: t('village'), show: (r) => r.unitName },
                { key: 'inquiries', title: t('inquiries'), align: 'end', width: 100, show: (r) => r.inquiries },
                { key: 'fields', title: t('fields-n'), align: 'end', width: 100, show: (r) => r.fields },
                {
                  key: 'minutes',
                  title: t('minutes'),
                  width: 240,
                  show: (r) => (
                    <span className="row">
                      <span className="bar" style={{ flex: 1 }} aria-hidden="true">
                        <i style={{ width: `${Math.min(100, (r.minutes / Math.max(1, cap)) * 100)}%` }} />
                      </span>
                      <span className="num">{r.minutes}</span>
                    </span>
                  ),
                },
              ]}
            />
          </>
        )}
      </Shown>
    </>
  );
}
