import { assessing } from '../../../domain/stars/contract-assess.ts';
import { useChange } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { Empty } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { starWords } from '../../words/stars.ts';
import { useSay, useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';
import type { Diagnosis } from './DiagnosisPage.tsx';
import { points } from './pieces.tsx';

/** What a diagnosis found short, and the way from there into problems that somebody owns. */
export function Gaps(props: { view: Diagnosis }) {
  const t = useWords(workWords);
  const s = useWords(starWords);
  const say = useSay();
  const can = useCan();
  const { view } = props;
  const problems = useChange(assessing.problems);
  const problemOf = new Map(view.items.map((i) => [i.id, i.problem]));
  const open = view.gaps.filter((g) => !problemOf.get(g.criterion));
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('gaps')}</h2>
        {open.length > 0 && (
          <AskButton<{ criteria: string[]; dueOn?: string }, Parameters<typeof problems.mutate>[0]>
            label={t('to-problems')}
            about={view.unit.unitName}
            lead={<p>{t('to-problems-lead')}</p>}
            reason={can('cases.write') ? null : t('not-yours')}
            change={problems as never}
            fields={[
              {
                name: 'criteria',
                label: t('criteria'),
                kind: 'many',
                required: true,
                options: open.map((g) => ({ value: g.criterion, label: say(g.text) })),
                initial: open.map((g) => g.criterion),
              },
              { name: 'dueOn', label: t('due-on'), kind: 'day' },
            ]}
            input={(values) => ({ params: { unitId: view.unit.unitId }, body: { cycleId: view.cycleId, ...values } })}
          />
        )}
      </div>
      <Table
        caption={t('gaps')}
        rows={view.gaps}
        rowKey={(g) => g.criterion}
        empty={<Empty title={t(view.answered === 0 ? 'gaps-later' : 'no-gaps')} />}
        columns={[
          { key: 'text', title: s('criterion'), show: (g) => say(g.text) },
          {
            key: 'answer',
            title: t('conclusion'),
            width: 120,
            show: (g) => <Mark tone={g.answer === 'partly' ? 'warn' : 'bad'}>{t(g.answer)}</Mark>,
          },
          { key: 'reason', title: t('reason'), show: (g) => g.reason },
          { key: 'lost', title: s('score'), align: 'end', width: 110, show: (g) => s('lost', { n: points(g.lost) }) },
          {
            key: 'problem',
            title: t('problem'),
            width: 150,
            show: (g) => {
              const problem = problemOf.get(g.criterion);
              return problem ? <Mark tone={problem.overdue ? 'bad' : 'info'}>{say(problem.stateWords)}</Mark> : null;
            },
          },
        ]}
      />
    </section>
  );
}
