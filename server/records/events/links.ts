import { eventStateWords } from '../../../domain/records/events/index.ts';
import type { SubjectLink } from '../../../domain/records/subjects/index.ts';
import type { Rq } from '../../platform/rq.ts';
import { kindOf } from './rows.ts';
import { listOfSubject } from './store.ts';

/** The events of an entry of the register, for its page. */
export async function eventLinks(rq: Rq, subjectId: string, limit: number): Promise<SubjectLink[]> {
  return (await listOfSubject(rq, subjectId, limit)).map((e) => ({
    record: 'event',
    id: e.id,
    kind: e.kind,
    kindWords: kindOf(e).words,
    title: e.title,
    state: e.state,
    stateWords: eventStateWords[e.state],
    onDay: e.onDay,
  }));
}
