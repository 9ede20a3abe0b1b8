import type { z } from 'zod';
import { after, type dutyView } from '../../../domain/stars/contract-after.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { useSample } from '../../console/SampleBanner.tsx';
import { AskButton } from '../../ui/AskButton.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { starWords } from '../../words/stars.ts';
import { aside, colon, comma } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { watchWords } from '../../words/watch.ts';
import { workWords } from '../../words/work.ts';
import { Basics } from './Basics.tsx';
import { BranchPage, type BranchUnit } from './BranchPage.tsx';
import { Level, points } from './pieces.tsx';

type View = z.output<typeof dutyView>;

export function DutiesPage() {
  const t = useWords(watchWords);
  return <BranchPage lead={t('duties-lead')}>{(unit) => <DutiesOf key={unit.id} unit={unit} />}</BranchPage>;
}

function DutiesOf(props: { unit: BranchUnit }) {
  const t = useWords(watchWords);
  const say = useSay();
  const read = useRead(after.duties, { params: { unitId: props.unit.id } });
  useSample(read.data?.sample);
  return (
    <Shown of={read}>
      {(view) => (
        <>
          <section className="panel stack tight">
            <h2>
              <Level of={view.level} /> {say(view.class.name)}
            </h2>
            <p>{say(view.class.guidance)}</p>
            {view.before.length > 0 && (
              <div>
                <h3>{t('before-up')}</h3>
                <ul className="points">
                  {view.before.map((b) => (
                    <li key={b.zh}>{say(b)}</li>
                  ))}
                </ul>
              </div>
            )}
            {view.mentor && <p>{`${t('mentor')}${colon()}${view.mentor.unitName}`}</p>}
            {view.mentees.length > 0 && (
              <p>{`${t('mentee')}${colon()}${view.mentees.map((m) => m.unitName).join(comma())}`}</p>
            )}
          </section>
          <DutyList view={view} unit={props.unit} />
          {view.retention.length > 0 && <Retention view={view} />}
          {view.level <= 2 && <Basics unitId={props.unit.id} cycleId={view.cycleId} />}
        </>
      )}
    </Shown>
  );
}

function DutyList(props: { view: View; unit: BranchUnit }) {
  const t = useWords(watchWords);
  const w = useWords(workWords);
  const say = useSay();
  const can = useCan();
  const assign = useChange(after.assignDuties);
  const { view, unit } = props;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('duty')}</h2>
        <AskButton<{ dueOn: string; mentee?: { id: number }; helper?: string }, Parameters<typeof assign.mutate>[0]>
          label={t('assign')}
          about={unit.name}
          reason={can('stars.plan', unit.path) ? null : w('not-yours')}
          change={assign as never}
          fields={[
            { name: 'dueOn', label: t('due-on'), kind: 'day', required: true },
            { name: 'mentee', label: `${t('mentee')}${aside(w('optional'))}`, kind: 'unit' },
            { name: 'helper', label: `${t('helper')}${aside(w('optional'))}`, kind: 'text', max: 200 },
          ]}
          input={({ dueOn, mentee, helper }) => ({
            params: { unitId: unit.id },
            body: { cycleId: view.cycleId, dueOn, menteeUnitId: mentee?.id, helper: helper || undefined },
          })}
        />
      </div>
      <Table
        caption={t('duty')}
        rows={view.duties}
        rowKey={(d) => d.id}
        columns={[
          {
            key: 'words',
            title: t('duty'),
            show: (d) => (
              <>
                {say(d.words)}
                <div className="small quiet">{say(d.why)}</div>
                {d.plan && (
                  <div className="small">
                    {`${t('helper')}${colon()}${d.plan.helper} · ${t('review-days')}${colon()}${d.plan.reviewOn.join(comma())}`}
                  </div>
                )}
                {d.criteria.length > 0 && (
                  <ul className="points small">
                    {d.criteria.map((c) => (
                      <li key={c.id}>
                        {say(c.text)} {c.met && '✓'}
                      </li>
                    ))}
                  </ul>
                )}
              </>
            ),
          },
          {
            key: 'task',
            title: t('task'),
            width: 200,
            show: (d) =>
              d.done ? (
                <Mark tone="good">{t('done')}</Mark>
              ) : d.task ? (
                <Mark tone={d.task.overdue ? 'bad' : 'info'}>
                  {say(d.task.stateWords)} {d.task.dueOn}
                </Mark>
              ) : (
                <span className="quiet">{t('not-assigned')}</span>
              ),
          },
        ]}
      />
    </section>
  );
}

function Retention(props: { view: View }) {
  const t = useWords(watchWords);
  const s = useWords(starWords);
  const say = useSay();
  return (
    <section className="panel">
      <h2>{t('retention')}</h2>
      <Table
        caption={t('retention')}
        numbered={false}
        rows={props.view.retention}
        rowKey={(r) => r.star}
        columns={[
          { key: 'star', title: t('star'), show: (r) => say(r.name) },
          { key: 'points', title: s('score'), align: 'end', show: (r) => `${points(r.points)} / ${points(r.pass)}` },
          { key: 'margin', title: t('margin'), align: 'end', show: (r) => points(r.margin) },
          {
            key: 'held',
            title: s('state'),
            show: (r) => <Mark tone={r.held ? 'good' : 'bad'}>{r.held ? s('held') : s('not-held')}</Mark>,
          },
        ]}
      />
    </section>
  );
}
