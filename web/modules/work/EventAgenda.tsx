import { Link } from '@tanstack/react-router';
import { findEventKind } from '../../../domain/records/events/all.ts';
import type { AgendaItem, EventView } from '../../../domain/records/events/contract.ts';
import { Light } from '../../ui/Light.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { dailyWords } from '../../words/daily.ts';
import { meetingWords } from '../../words/meetings.ts';
import { useSay, useWords } from '../../words/use.ts';

/** What stands on the agenda, how each case on it stands now, what was said, and what became of each decision. */
export function EventAgenda(props: { event: EventView }) {
  const t = useWords(dailyWords);
  const m = useWords(meetingWords);
  const { agenda, state } = props.event;
  if (agenda.length === 0) return null;
  const decided = agenda.filter((i) => i.decision !== null);
  const done = decided.filter((i) => i.task?.closed).length;
  const columns: Column<AgendaItem>[] = [
    { key: 'title', title: t('title-field'), align: 'known-by', show: (i) => <Title item={i} event={props.event} /> },
    { key: 'about', title: t('due'), width: 190, show: (i) => <About item={i} /> },
  ];
  const outcome: Column<AgendaItem>[] = [
    {
      key: 'minute',
      title: t('minute'),
      show: (i) => i.minute ?? (i.skippedReason ? t('skipped', { reason: i.skippedReason }) : '—'),
    },
    { key: 'decision', title: t('decision'), show: (i) => <Decision item={i} /> },
  ];
  return (
    <section className="panel stack">
      <div className="panel-head">
        <h2>{t('agenda')}</h2>
        {decided.length > 0 && <span className="quiet">{m('decisions-of', { n: decided.length, done })}</span>}
      </div>
      <Table
        caption={t('agenda')}
        rows={agenda}
        rowKey={(i) => i.id}
        columns={state === 'held' ? [...columns, ...outcome] : columns}
      />
    </section>
  );
}

/** Standing items in the words of their kind, in the reader's language; others as they were written. */
export function useItemTitle(eventKind: string): (item: AgendaItem) => string {
  const say = useSay();
  const standing = findEventKind(eventKind)?.standing ?? [];
  return (item) => {
    const words = standing.find((s) => s.key === item.standing)?.words;
    return words ? say(words) : item.title;
  };
}

/** A standing item heads what was found for it; where nothing was, it says so. */
function Title(props: { item: AgendaItem; event: EventView }) {
  const t = useWords(dailyWords);
  const m = useWords(meetingWords);
  const name = useItemTitle(props.event.kind);
  const { item } = props;
  const { agenda } = props.event;
  const next = agenda[agenda.indexOf(item) + 1];
  const nothing = item.standing !== null && (next === undefined || next.standing !== null);
  if (item.standing !== null)
    return (
      <span className="row">
        <strong>{name(item)}</strong>
        <Mark>{t('standing')}</Mark>
        {nothing && <span className="quiet">{m('nothing-open')}</span>}
      </span>
    );
  return item.aboutCaseId ? (
    <Link to="/cases/$id" params={{ id: item.aboutCaseId }}>
      {item.title}
    </Link>
  ) : (
    item.title
  );
}

function About(props: { item: AgendaItem }) {
  const m = useWords(meetingWords);
  const say = useSay();
  const { about } = props.item;
  if (!about) return props.item.standing === null ? '—' : '';
  return (
    <span className="stack tight">
      <Light of={about.light} />
      <span className="small quiet">{[about.ownerName, say(about.stateWords)].filter(Boolean).join(' · ')}</span>
      {about.carriedTo && <Mark tone="bad">{m('carried-to', { unit: about.carriedTo })}</Mark>}
    </span>
  );
}

/** A decision with its task: who has it, until when, and whether it was done. */
function Decision(props: { item: AgendaItem }) {
  const m = useWords(meetingWords);
  const say = useSay();
  const { decision, task } = props.item;
  if (decision === null) return '—';
  if (!task) return decision;
  return (
    <span className="stack tight">
      <Link to="/cases/$id" params={{ id: task.id }}>
        {decision}
      </Link>
      <span className="row small quiet">
        {[task.ownerName, task.dueOn].filter(Boolean).join(' · ')}
        <Mark tone={task.closed ? 'good' : task.overdue ? 'bad' : 'info'}>
          {task.closed ? m('decision-done') : task.overdue ? m('decision-late') : say(task.stateWords)}
        </Mark>
      </span>
    </span>
  );
}
