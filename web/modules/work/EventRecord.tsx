import { Alert, Button, Checkbox, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { findEventKind } from '../../../domain/records/events/all.ts';
import { events, type EventView, type RosterLine } from '../../../domain/records/events/contract.ts';
import { people } from '../../../domain/records/people/contract.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { meetingWords } from '../../words/meetings.ts';
import { useWords } from '../../words/use.ts';
import { useItemTitle } from './EventAgenda.tsx';
import { emptyOutcome, type Outcome, outcomesOf, ownerless } from './outcomes.ts';
import { OutcomeField } from './OutcomeField.tsx';

/** Who can own a decision: people of the host and below, and whoever sits at the table. */
function useOwners(event: EventView, roster: readonly RosterLine[]) {
  const can = useCan();
  const list = useRead(people.list, { query: { under: event.unitId, limit: 200 } }, { when: can('people.read') });
  const known = new Map(
    (list.data?.items ?? []).map((p) => [p.id, [p.name, p.title ?? p.unitName].filter(Boolean).join(' · ')] as const),
  );
  for (const line of roster) if (line.personId && !known.has(line.personId)) known.set(line.personId, line.name);
  return [...known].map(([value, label]) => ({ value, label }));
}

/** Records what was held: a minute or a reason for each item, decisions with owner and day, who came. */
export function EventRecord(props: { event: EventView; onDone: () => void }) {
  const t = useWords(meetingWords);
  const { event } = props;
  const roster = useRead(events.roster, { params: { id: event.id }, query: { limit: 200 } });
  const name = useItemTitle(event.kind);
  const lines = roster.data?.items ?? [];
  const owners = useOwners(event, lines);
  const [outcomes, setOutcomes] = useState<Record<string, Outcome>>({});
  const [more, setMore] = useState<readonly { key: string; title: string }[]>([]);
  const [absent, setAbsent] = useState<ReadonlySet<string>>(new Set());
  const [minutes, setMinutes] = useState('');
  const [others, setOthers] = useState<number | null>(null);
  const hold = useChange(events.hold, { onDone: props.onDone });
  const items = [
    ...event.agenda.map((i) => ({ key: i.id, title: name(i), item: i })),
    ...more.map((i) => ({ ...i, item: null })),
  ];
  const missing = ownerless(items, outcomes);
  const send = () =>
    hold.mutate({
      params: { id: event.id },
      body: {
        version: event.version,
        ...(minutes.trim() ? { minutes } : {}),
        ...(others === null ? {} : { others }),
        items: outcomesOf(event.agenda, more, outcomes),
        attendance: lines.filter((l) => l.expected).map((l) => ({ id: l.id, attended: !absent.has(l.id) })),
      },
    });
  return (
    <section className="panel stack" aria-label={t('record')}>
      <h2>{t('record')}</h2>
      <p className="quiet">{t('record-lead')}</p>
      {items.map((i) => (
        <OutcomeField
          key={i.key}
          name={i.title}
          item={i.item}
          owners={owners}
          value={outcomes[i.key] ?? emptyOutcome}
          onChange={(value) => setOutcomes({ ...outcomes, [i.key]: value })}
          onName={i.item ? null : (title) => setMore(more.map((m) => (m.key === i.key ? { ...m, title } : m)))}
        />
      ))}
      <Button onClick={() => setMore([...more, { key: `new-${more.length}`, title: '' }])}>{t('add-item')}</Button>
      {lines.length > 0 && (
        <fieldset className="ask">
          <legend>{t('came')}</legend>
          <div className="row">
            {lines.map((l) => (
              <Checkbox
                key={l.id}
                checked={!absent.has(l.id)}
                onChange={(e) => {
                  const next = new Set(absent);
                  if (e.target.checked) next.delete(l.id);
                  else next.add(l.id);
                  setAbsent(next);
                }}
              >
                {l.name}
              </Checkbox>
            ))}
          </div>
        </fieldset>
      )}
      <label className="stack tight">
        {t('minutes')}
        <Input.TextArea
          value={minutes}
          maxLength={20_000}
          autoSize={{ minRows: 4, maxRows: 16 }}
          onChange={(e) => setMinutes(e.target.value)}
        />
      </label>
      {findEventKind(event.kind)?.countsOthers && (
        <label className="row">
          {t('others')}
          <InputNumber min={0} value={others} onChange={(n) => setOthers(n)} />
        </label>
      )}
      {hold.error && <Alert role="alert" type="error" title={hold.error.message} />}
      {missing && <Alert role="alert" type="warning" title={t('owner-first', { item: missing })} />}
      <div className="row">
        <Button type="primary" loading={hold.isPending} disabled={missing !== null} onClick={send}>
          {t('save')}
        </Button>
        <Button onClick={props.onDone}>{t('stop')}</Button>
      </div>
    </section>
  );
}
