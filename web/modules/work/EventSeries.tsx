import { eventSeries } from '../../../domain/records/events/contract-series.ts';
import { useRead } from '../../api/hooks.ts';
import { Mark, type Tone } from '../../ui/Marks.tsx';
import { Shown } from '../../ui/States.tsx';
import { meetingWords } from '../../words/meetings.ts';
import { useWords } from '../../words/use.ts';

const shownPeriods = 12;
const tones: Record<string, Tone> = { met: 'good', skipped: 'bad', running: 'info' };

/** The last periods of the series an event belongs to: which were held, which were skipped. */
export function EventSeriesStrip(props: { id: string }) {
  const t = useWords(meetingWords);
  const read = useRead(eventSeries.get, { params: { id: props.id } });
  return (
    <Shown of={read} rows={2}>
      {(series) => (
        <section className="panel stack">
          <div className="panel-head">
            <h2>{t('series')}</h2>
            <span className="quiet">
              {t('series-lead', { due: series.due, held: series.held, skipped: series.skipped.length })}
            </span>
          </div>
          <ul className="row">
            {series.periods.slice(-shownPeriods).map((p) => (
              <li key={p.key}>
                <Mark tone={tones[p.state] ?? 'plain'} title={`${p.first} — ${p.last}`}>
                  {p.key} {t(p.state)}
                </Mark>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Shown>
  );
}
