import { type CandidacyView, candidacies } from '../../../domain/stars/contract-cycle.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { Table } from '../../ui/Table.tsx';
import { starWords } from '../../words/stars.ts';
import { useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';
import type { BranchUnit } from './BranchPage.tsx';
import { useLevelWords } from './pieces.tsx';

/** Changes of list or target during the year: proposed with a reason, told to the branch, decided by the county. */
export function Adjustments(props: { candidacy: CandidacyView; unit: BranchUnit }) {
  const t = useWords(workWords);
  const s = useWords(starWords);
  const can = useCan();
  const words = useLevelWords();
  const { candidacy: c, unit } = props;
  const read = useRead(candidacies.adjustments, { query: { candidacyId: c.id, limit: 50 } });
  const propose = useChange(candidacies.adjust);
  const object = useChange(candidacies.object);
  const decide = useChange(candidacies.decide);
  const reasonField = { name: 'reason', label: t('reason'), kind: 'area', max: 1000, required: true } as const;
  const levels = [1, 2, 3, 4, 5].map((n) => ({ value: n, label: s('level', { n }) }));
  const items = read.data?.items ?? [];
  if (c.state === 'declared' && items.length === 0) return null;
  const aboutOf = (a: (typeof items)[number]) =>
    [unit.name, a.change.targetLevel === undefined ? '' : `${words(c.targetLevel)} → ${words(a.change.targetLevel)}`]
      .filter(Boolean)
      .join(' ');
  return (
    <section className="panel stack">
      <div className="panel-head">
        <h2>{t('adjustments')}</h2>
        <AskButton<{ targetLevel: number; reason: string }, Parameters<typeof propose.mutate>[0]>
          label={t('adjust')}
          about={unit.name}
          lead={<p>{t('adjust-lead')}</p>}
          reason={can('stars.plan', unit.path) ? null : t('not-yours')}
          change={propose as never}
          fields={[
            { name: 'targetLevel', label: t('target-level'), kind: 'select', required: true, options: levels },
            reasonField,
          ]}
          input={({ targetLevel, reason }) => ({ params: { id: c.id }, body: { change: { targetLevel }, reason } })}
        />
      </div>
      {items.length === 0 && <p className="quiet">{t('adjust-lead')}</p>}
      {items.length > 0 && (
        <Table
          caption={t('adjustments')}
          rows={items}
          rowKey={(a) => a.id}
          columns={[
            {
              key: 'change',
              title: t('target-level'),
              show: (a) => (a.change.targetLevel === undefined ? '' : words(a.change.targetLevel)),
            },
            { key: 'reason', title: t('reason'), show: (a) => a.reason },
            {
              key: 'until',
              title: t('object'),
              show: (a) => a.objection ?? <span className="quiet">{t('object-until', { day: a.objectUntil })}</span>,
            },
            {
              key: 'state',
              title: s('state'),
              show: (a) => <Mark tone={a.state === 'approved' ? 'good' : 'info'}>{a.decisionReason ?? a.state}</Mark>,
            },
            {
              key: 'acts',
              title: t('actions'),
              align: 'acts',
              show: (a) =>
                a.state === 'approved' || a.state === 'rejected' ? null : (
                  <div className="row">
                    <AskButton<{ reason: string }, Parameters<typeof object.mutate>[0]>
                      label={t('object')}
                      about={aboutOf(a)}
                      button={{ size: 'small' }}
                      reason={can('stars.declare', unit.path) ? null : t('not-yours')}
                      change={object as never}
                      fields={[reasonField]}
                      input={(body) => ({ params: { id: a.id }, body })}
                    />
                    <AskButton<{ approve?: boolean; reason: string }, Parameters<typeof decide.mutate>[0]>
                      label={t('decide')}
                      about={aboutOf(a)}
                      button={{ size: 'small' }}
                      reason={can('stars.cycle') ? a.decideWhy : t('not-yours')}
                      change={decide as never}
                      fields={[{ name: 'approve', label: t('agree'), kind: 'check' }, reasonField]}
                      input={({ approve = false, reason }) => ({ params: { id: a.id }, body: { approve, reason } })}
                    />
                  </div>
                ),
            },
          ]}
        />
      )}
    </section>
  );
}
