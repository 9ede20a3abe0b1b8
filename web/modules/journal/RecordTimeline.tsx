import { journal } from '../../../domain/records/journal/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { Shown } from '../../ui/States.tsx';
import { Timeline } from '../../ui/Timeline.tsx';
import { subjectWords } from '../../words/subjects.ts';
import { useSay, useWords } from '../../words/use.ts';
import { useActorName } from './actor-name.ts';
import { verbWords } from './verb-words.ts';

const reasonOf = (after: unknown): string | null => {
  const reason = (after as { reason?: unknown } | null | undefined)?.reason;
  return typeof reason === 'string' ? reason : null;
};

/** What happened to a record, from the journal: who did it and when, and the reason for those who may read it there. */
export function RecordTimeline(props: { kind: string; id: string }) {
  const t = useWords(subjectWords);
  const say = useSay();
  const nameOf = useActorName();
  const read = useRead(journal.timeline, { params: { kind: props.kind, id: props.id }, query: { limit: 100 } });
  return (
    <section className="panel">
      <h2>{t('timeline')}</h2>
      <Shown of={read} rows={3}>
        {({ items }) => (
          <Timeline
            empty={t('no-timeline')}
            of={items.map((e) => ({
              key: String(e.id),
              at: e.at,
              who: nameOf(e.actorName),
              what: say(verbWords(e.verb)),
              why: reasonOf(e.after),
            }))}
          />
        )}
      </Shown>
    </section>
  );
}
