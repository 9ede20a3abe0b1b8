import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { findEventKind } from '../../../domain/records/events/all.ts';
import { events, type EventView } from '../../../domain/records/events/contract.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { PrintButton } from '../../ui/PrintButton.tsx';
import { ReasonButton } from '../../ui/ReasonButton.tsx';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { dailyWords } from '../../words/daily.ts';
import { meetingWords } from '../../words/meetings.ts';
import { useSay, useWords } from '../../words/use.ts';
import { EventAgenda } from './EventAgenda.tsx';
import { EventRecord } from './EventRecord.tsx';
import { EventSeriesStrip } from './EventSeries.tsx';
import { EventState } from './EventList.tsx';
import { kindFacts } from '../../ui/kind-fields.ts';
import { useItems } from '../../ui/kind-items.ts';

export function EventPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const read = useRead(events.get, { params: { id } });
  return (
    <section className="page">
      <Shown of={read} rows={10}>
        {(event) => <EventShown event={event} />}
      </Shown>
    </section>
  );
}

function EventShown(props: { event: EventView }) {
  const t = useWords(dailyWords);
  const say = useSay();
  const { event } = props;
  const kind = useItems(findEventKind(event.kind)!, 'page');
  const [recording, setRecording] = useState(false);
  return (
    <>
      <PageHead
        title={event.title}
        crumbs={[
          { key: 'kind', node: say(event.kindWords) },
          { key: 'unit', node: event.unitName },
        ]}
        mark={<EventState state={event.state} />}
        tools={recording ? undefined : <Acts event={event} onRecord={() => setRecording(true)} />}
      />
      <div className="panel">
        <Facts
          of={[
            [t('day'), event.onDay],
            [t('place'), event.place ?? '—'],
            [t('came'), `${event.attended + event.others}`],
            ...kindFacts(kind, event.data, say),
          ]}
        />
      </div>
      {event.seriesId && <EventSeriesStrip id={event.seriesId} />}
      {recording ? <EventRecord event={event} onDone={() => setRecording(false)} /> : <EventAgenda event={event} />}
      {event.minutes && (
        <section className="panel">
          <h2>{t('minutes')}</h2>
          <p style={{ whiteSpace: 'pre-wrap' }}>{event.minutes}</p>
        </section>
      )}
      <Roster id={event.id} />
    </>
  );
}

function Roster(props: { id: string }) {
  const t = useWords(dailyWords);
  const read = useRead(events.roster, { params: { id: props.id }, query: { limit: 200 } });
  return (
    <Shown of={read}>
      {({ items }) =>
        items.length === 0 ? null : (
          <section className="panel">
            <h2>{t('roster')}</h2>
            <Table
              caption={t('roster')}
              rows={items}
              rowKey={(l) => l.id}
              columns={[
                { key: 'name', title: t('name'), show: (l) => l.name },
                { key: 'expected', title: t('expected'), width: 90, show: (l) => (l.expected ? '✓' : '—') },
                {
                  key: 'attended',
                  title: t('attended'),
                  width: 90,
                  show: (l) => (l.attended === null ? '—' : l.attended ? '✓' : '✗'),
                },
              ]}
            />
          </section>
        )
      }
    </Shown>
  );
}

/** What can be done with a planned event: fill its agenda up, record it as held, or cancel it. */
function Acts(props: { event: EventView; onRecord: () => void }) {
  const t = useWords(dailyWords);
  const m = useWords(meetingWords);
  const { event } = props;
  const params = { id: event.id };
  const cancel = useChange(events.cancel);
  const prefill = useChange(events.prefill);
  if (event.state !== 'planned') return <PrintButton />;
  const reason = event.mayRecord ? null : t('not-yours');
  return (
    <>
      <ReasonButton type="primary" reason={reason} onClick={props.onRecord}>
        {t('hold')}
      </ReasonButton>
      {findEventKind(event.kind)?.standing?.some((s) => s.prefill) && (
        <ReasonButton reason={reason} loading={prefill.isPending} onClick={() => prefill.mutate({ params })}>
          {m('prefill')}
        </ReasonButton>
      )}
      <AskButton<{ reason: string }, Parameters<typeof cancel.mutate>[0]>
        label={t('cancel')}
        reason={reason}
        change={cancel as never}
        fields={[{ name: 'reason', label: t('reason'), kind: 'area', required: true, max: 500 }]}
        input={(body) => ({ params, body: { version: event.version, ...body } })}
      />
      <PrintButton />
    </>
  );
}
