import { designationKind, designationStateWords, stateOn } from '../../../domain/records/designations/index.ts';
import type { SubjectLink } from '../../../domain/records/subjects/index.ts';
import { may, type Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { listDesignations } from './store.ts';

/** What an entry of the register holds, for its page; to those who may read designations where it stands. */
export async function designationLinks(rq: Rq, subjectId: string, limit: number): Promise<SubjectLink[]> {
  const { items } = await listDesignations(rq, { subject: subjectId, limit });
  return items
    .filter((d) => may(rq, 'stars.read', d.unitPath))
    .map((d) => {
      const kindWords = designationKind(d.kind).words;
      const state = stateOn(d, dayOf(rq.now));
      return {
        record: 'designation',
        id: d.id,
        kind: d.kind,
        kindWords,
        title: [kindWords[rq.lang], d.number].filter(Boolean).join(' '),
        state,
        stateWords: designationStateWords[state],
        onDay: d.grantedOn,
      };
    });
}
