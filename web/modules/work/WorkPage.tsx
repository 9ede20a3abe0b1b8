import { workModuleNames, workModules, type WorkModuleName } from '../../../domain/work/index.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { SearchTabs } from '../../ui/SearchTabs.tsx';
import { dailyWords } from '../../words/daily.ts';
import { useSay, useWords } from '../../words/use.ts';
import { AgreementList } from '../agreements/AgreementList.tsx';
import { SubjectList } from '../subjects/SubjectList.tsx';
import { BookList } from './BookList.tsx';
import { CaseList } from './CaseList.tsx';
import { EventList } from './EventList.tsx';
import { SavedViews } from './SavedViews.tsx';

export const recordTypes = ['cases', 'events', 'books', 'subjects', 'agreements'] as const;
export type RecordType = (typeof recordTypes)[number];

export interface WorkScreen {
  readonly module?: WorkModuleName;
  readonly record?: RecordType;
  readonly kind?: string;
  readonly state?: string;
  readonly q?: string;
  readonly all?: boolean;
  readonly sort?: string;
  readonly tag?: string;
  readonly expiring?: boolean;
  readonly offset?: number;
}

/** Every module's records through the same lists: what it declares is what can be found, opened and recorded. */
export function WorkPage() {
  const t = useWords(dailyWords);
  const say = useSay();
  const [screen] = useScreen<WorkScreen>();
  const name = screen.module ?? 'tasks';
  const module = workModules[name];
  const types = recordTypes.filter((type) => module[type].length > 0);
  const record = screen.record && types.includes(screen.record) ? screen.record : types[0]!;
  return (
    <section className="page">
      <PageHead title={t('title')} lead={t('lead')} />
      <SearchTabs
        label={t('modules')}
        name="module"
        now={name}
        tabs={workModuleNames.map((key) => ({ key, label: say(workModules[key].words) }))}
      />
      {types.length > 1 && (
        <SearchTabs
          label={say(module.words)}
          name="record"
          now={record}
          tabs={types.map((key) => ({ key, label: t(key) }))}
        />
      )}
      <SavedViews />
      {record === 'cases' && <CaseList key={name} kinds={module.cases} />}
      {record === 'events' && <EventList key={name} kinds={module.events} />}
      {record === 'books' && <BookList key={name} kinds={module.books} />}
      {record === 'subjects' && <SubjectList key={name} kinds={module.subjects} />}
      {record === 'agreements' && <AgreementList key={name} kinds={module.agreements} />}
    </section>
  );
}
