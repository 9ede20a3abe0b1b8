import { lightRuleWords } from '../../../domain/records/cases/light.ts';
import { escalationWords, staleWorkdays } from '../../../domain/tasks/rules.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { PrintButton } from '../../ui/PrintButton.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { SearchTabs } from '../../ui/SearchTabs.tsx';
import { Light } from '../../ui/Light.tsx';
import { taskWords } from '../../words/tasks.ts';
import { useSay, useWords } from '../../words/use.ts';
import { Bulletin } from './Bulletin.tsx';
import { CriteriaList } from './CriteriaList.tsx';
import { ItemList } from './ItemList.tsx';
import { LightsPanel } from './LightsPanel.tsx';
import { NewItem } from './NewItem.tsx';
import { OwnerList } from './OwnerList.tsx';
import { RoundList } from './RoundList.tsx';
import { type TaskScreen, taskViews } from './screen.ts';

/** Four lists from the same cases, their lights by unit, what was carried up, and the rounds that look at them. */
export function TasksPage() {
  const t = useWords(taskWords);
  const [screen] = useScreen<TaskScreen>();
  const view = screen.view ?? 'tasks';
  return (
    <section className="page ledger">
      <PageHead
        title={t('title')}
        lead={t('lead')}
        tools={
          <>
            <NewItem type="task" label={t('new-task')} />
            <NewItem type="problem" label={t('new-problem')} />
            <PrintButton />
          </>
        }
      />
      <Rule />
      <LightsPanel list={view === 'problems' ? 'problems' : 'tasks'} />
      <SearchTabs label={t('views')} name="view" now={view} tabs={taskViews.map((key) => ({ key, label: t(key) }))} />
      {(view === 'tasks' || view === 'problems') && <ItemList key={view} list={view} />}
      {view === 'owners' && <OwnerList />}
      {view === 'criteria' && <CriteriaList />}
      {view === 'bulletin' && <Bulletin />}
      {view === 'rounds' && <RoundList />}
    </section>
  );
}

/** The rule as it is counted by, in words: nobody has to guess why something is red. */
function Rule() {
  const t = useWords(taskWords);
  const say = useSay();
  return (
    <details className="panel rule" open>
      <summary>{t('rule')}</summary>
      <ul>
        {(['red', 'yellow', 'green', 'none'] as const).map((colour) => (
          <li key={colour}>
            <Light of={{ colour, words: lightRuleWords[colour] }} />
          </li>
        ))}
        {escalationWords.map((words) => (
          <li key={words.zh}>{say(words)}</li>
        ))}
        <li>{t('rule-stale', { n: staleWorkdays })}</li>
      </ul>
    </details>
  );
}
