import { describe, expect, it } from 'vitest';
import { workflows } from '../../domain/records/cases/all.ts';
import { sideEntries } from '../../domain/records/cases/index.ts';
import { caseVerb, wordsOfVerb } from '../../domain/records/journal/index.ts';
import { judgementWords } from '../../domain/records/judgements/index.ts';
import { isTest, lineAt, readSources } from './sources.ts';

const root = new URL('../..', import.meta.url).pathname;

/** Words in both languages, and in neither of them the verb as it is written. */
function untold(verb: string): boolean {
  const words = wordsOfVerb(verb);
  return words === null || [words.zh, words.en].some((text) => text.trim() === '' || text.includes(verb));
}

/** Ways around the type of a verb: a name put together from what no workflow declares, or one that is asserted. */
function around(path: string, text: string): string[] {
  const ways = /\bcaseVerb\(|\bas (?:unknown as )?(?:JournalVerb|CaseVerb)\b/g;
  return [...text.matchAll(ways)].map((m) => `${path}:${lineAt(text, m.index)}`);
}

// What record() takes is a verb of the list or one made of a kind of case, a kind of judgement and its entry: another does not
// compile. What is left to see is that those which are put together have words as well, and that nobody asserts one.
describe('the verbs of the journal', () => {
  it('have words in both languages for every step and entry of every kind of case', () => {
    const verbs = Object.values(workflows).flatMap((workflow) =>
      ['open', ...sideEntries, ...Object.keys(workflow.steps)].map((entry) => caseVerb(workflow.type, entry)),
    );
    expect(verbs.filter(untold)).toEqual([]);
    expect(verbs.length).toBeGreaterThan(500);
  });

  it('have words for every kind of judgement, and none for what nothing declares', () => {
    expect(Object.keys(judgementWords).filter((kind) => untold(`judgement.${kind}`))).toEqual([]);
    for (const verb of ['task.fly', 'judgement.nothing', 'nothing.open', 'session', 'toString.open'])
      expect(wordsOfVerb(verb)).toBeNull();
  });

  it('are put together by the module of cases alone', () => {
    const sources = readSources(root).filter((s) => !isTest(s.path) && /^(domain|server|cli|demo)\//.test(s.path));
    const own = /^(server\/records\/cases\/(actions|pressing)|domain\/records\/journal\/verbs)\.ts$/;
    expect(sources.filter((s) => !own.test(s.path)).flatMap((s) => around(s.path, s.text))).toEqual([]);
    const planted = "record(rq, { verb: 'a.b' as JournalVerb });\nrecord(rq, { verb: caseVerb('a', 'b') });";
    expect(around('planted.ts', planted)).toEqual(['planted.ts:1', 'planted.ts:2']);
  });
});
