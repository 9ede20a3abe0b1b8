import { findCatalogue } from '../../../domain/records/catalogues/index.ts';
import { canBeAbout, tagCatalogues, type Workflow } from '../../../domain/records/cases/index.ts';
import { standsForPeople, type SubjectLink } from '../../../domain/records/subjects/index.ts';
import { check, invalid } from '../../platform/errors.ts';
import type { Rq } from '../../platform/rq.ts';
import { dayOf } from '../../platform/time.ts';
import { getCatalogue } from '../catalogues/index.ts';
import { getSubject, kindOf } from '../subjects/index.ts';
import type { CaseRow } from './rows.ts';
import { listCases } from './store.ts';
import { itemOf } from './views.ts';

interface About {
  readonly subjectId?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** What a case to be is about: an entry that the actor may read and its kind allows; with it the tags are looked at. */
export async function aboutOf(rq: Rq, workflow: Workflow, given: About): Promise<CaseRow['subject']> {
  const tags = given.tags ?? [];
  await checkTags(rq, tags);
  if (!given.subjectId) return null;
  const subject = await getSubject(rq, given.subjectId);
  const kind = kindOf(subject);
  const about = {
    name: subject.name,
    kind: kind.kind,
    kindWords: kind.words,
    personal: standsForPeople(kind),
    ended: subject.toDay !== null && subject.toDay <= dayOf(rq.now),
  };
  check(canBeAbout(workflow, about, tags));
  return { id: subject.id, name: subject.name, kind: subject.kind };
}

/** Every tag stands in one of the catalogues of lines and themes, and has not ended there. */
async function checkTags(rq: Rq, tags: readonly string[]): Promise<void> {
  const wanted = new Set(tags);
  if (wanted.size === 0) return;
  for (const name of tagCatalogues)
    for (const item of (await getCatalogue(rq, name)).items) if (!item.ended) wanted.delete(item.key);
  const where = tagCatalogues.map((name) => findCatalogue(name)!.words);
  if (wanted.size > 0)
    throw invalid(
      [...wanted].map((tag) => ({
        path: 'body.tags',
        message: {
          zh: `“${tag}”不在目录中（${where.map((w) => w.zh).join('、')}）`,
          en: `“${tag}” is in none of the catalogues (${where.map((w) => w.en).join(', ')})`,
        },
      })),
    );
}

/** The cases about an entry of the register, for its page. */
export async function caseLinks(rq: Rq, subjectId: string, limit: number): Promise<SubjectLink[]> {
  const { items } = await listCases(rq, { subject: subjectId, limit, offset: 0 });
  return items.map((row) => {
    const { id, type: kind, typeWords: kindWords, title, state, stateWords, openedAt } = itemOf(rq, row);
    return { record: 'case', id, kind, kindWords, title, state, stateWords, onDay: dayOf(openedAt) };
  });
}
