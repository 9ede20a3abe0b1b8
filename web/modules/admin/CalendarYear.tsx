import { Alert, Button } from 'antd';
import { calendar } from '../../../domain/records/calendar/contract.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Figures } from '../../ui/Facts.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { today } from '../../ui/moments.ts';
import { useScreen } from '../../ui/search-state.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { adminWords } from '../../words/admin.ts';
import { useWords } from '../../words/use.ts';

interface TypedDay {
  readonly day: string;
  readonly workday: boolean;
  readonly note: string;
}

/** Lines of “day, on or off, note”, as a notice of the holidays is quickly typed. */
function readDays(text: string): TypedDay[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [day = '', kind = '', ...note] = line.split(/\s+/);
      return { day, workday: /^(班|on)$/i.test(kind), note: note.join(' ').slice(0, 50) };
    });
}

/** The calendar that every deadline counts by: editable, and plain about a year that is not published yet. */
export function CalendarYear() {
  const t = useWords(adminWords);
  const [screen, change] = useScreen<{ year?: number }>();
  const year = screen.year ?? Number(today().slice(0, 4));
  const read = useRead(calendar.year, { params: { year } });
  return (
    <section className="stack">
      <div className="row between">
        <div className="row">
          <Button onClick={() => change({ year: year - 1 })}>{t('previous-year')}</Button>
          <strong className="num">{year}</strong>
          <Button onClick={() => change({ year: year + 1 })}>{t('next-year')}</Button>
        </div>
        <Editing year={year} />
      </div>
      <Shown of={read}>
        {(y) => (
          <>
            {!y.published && <Alert type="warning" showIcon title={t('unpublished')} />}
            <Figures
              of={[
                {
                  name: t('year'),
                  value: y.year,
                  note: y.published ? t('published', { source: y.source ?? '' }) : undefined,
                },
                { name: t('workdays'), value: y.workdays },
              ]}
            />
            <section className="panel">
              <h2>{t('special')}</h2>
              <Table
                caption={t('special')}
                rows={y.days}
                rowKey={(d) => d.day}
                empty={<Empty title={t('no-days')} />}
                columns={[
                  { key: 'day', title: t('day'), show: (d) => <span className="num">{d.day}</span> },
                  {
                    key: 'kind',
                    title: t('state'),
                    show: (d) => (
                      <Mark tone={d.workday ? 'warn' : 'good'}>{d.workday ? t('workday') : t('holiday')}</Mark>
                    ),
                  },
                  { key: 'note', title: t('note'), show: (d) => d.note },
                ]}
              />
            </section>
          </>
        )}
      </Shown>
    </section>
  );
}

function Editing(props: { year: number }) {
  const t = useWords(adminWords);
  const can = useCan();
  const setDay = useChange(calendar.setDay);
  const publish = useChange(calendar.publishYear);
  const reason = can('calendar.write') ? null : t('not-yours');
  return (
    <div className="row">
      <AskButton<{ day: string; workday?: boolean; note?: string }, Parameters<typeof setDay.mutate>[0]>
        label={t('set-day')}
        reason={reason}
        change={setDay as never}
        fields={[
          { name: 'day', label: t('day'), kind: 'day', required: true },
          { name: 'workday', label: t('workday'), kind: 'check' },
          { name: 'note', label: t('note'), kind: 'text', max: 50 },
        ]}
        input={({ day, workday = false, note = '' }) => ({ params: { day }, body: { workday, note } })}
      />
      <AskButton<{ source: string; days: string }, Parameters<typeof publish.mutate>[0]>
        label={t('publish-year')}
        reason={reason}
        change={publish as never}
        fields={[
          { name: 'source', label: t('source'), kind: 'text', max: 200, required: true },
          { name: 'days', label: t('days'), kind: 'area', max: 6000, required: true, hint: t('publish-lead') },
        ]}
        input={({ source, days }) => ({ params: { year: props.year }, body: { source, days: readDays(days) } })}
      />
    </div>
  );
}
