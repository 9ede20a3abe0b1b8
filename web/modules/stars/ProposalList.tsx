import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';
import { deciding } from '../../../domain/stars/contract-deciding.ts';
import { useChange } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Mark, Stars } from '../../ui/Marks.tsx';
import { Table } from '../../ui/Table.tsx';
import { Timeline } from '../../ui/Timeline.tsx';
import { decisionWords } from '../../words/decision.ts';
import { starWords } from '../../words/stars.ts';
import { aside, comma } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';
import { BranchesOf } from './BranchesOf.tsx';
import type { Proposal } from './DecisionPage.tsx';
import { Level, points } from './pieces.tsx';

/** The proposed list with its votes: named people, their reasons, and for whom they stood aside. */
export function ProposalList(props: { list: Proposal }) {
  const t = useWords(decisionWords);
  const s = useWords(starWords);
  const say = useSay();
  const { list } = props;
  return (
    <section className="panel stack">
      <div className="panel-head">
        <h2>
          {t('step-vote')} <Mark tone={list.state === 'drafted' ? 'warn' : 'good'}>{t(list.state)}</Mark>
        </h2>
        <Vote list={list} />
      </div>
      <p className="quiet">
        {t('basis', { ...list.basis, audience: list.audience })} · {t('needs-votes', { n: list.approversNeeded })}
      </p>
      {list.approvedWhy && list.state === 'drafted' && <Alert type="info" title={say(list.approvedWhy.words)} />}
      <Table
        caption={t('list')}
        numbered={false}
        rows={list.items}
        rowKey={(i) => i.unitId}
        columns={[
          { key: 'rank', title: t('rank'), align: 'end', width: 60, show: (i) => i.rank },
          {
            key: 'unit',
            title: t('unit'),
            show: (i) => (
              <Link to="/card/$unitId" params={{ unitId: String(i.unitId) }} search={{ kind: 'result' } as never}>
                {i.unitName}
              </Link>
            ),
          },
          { key: 'parent', title: s('township'), show: (i) => i.parentName, width: 120 },
          { key: 'level', title: s('result'), width: 90, show: (i) => <Level of={i.level} /> },
          {
            key: 'stars',
            title: s('won'),
            width: 120,
            show: (i) => <Stars of={i.stars.map((x) => ({ name: say(x.name), held: x.held }))} />,
          },
          { key: 'total', title: s('total'), align: 'end', width: 90, show: (i) => points(i.total) },
          {
            key: 'target',
            title: s('target'),
            width: 90,
            show: (i) => (i.target === null ? '' : <Level of={i.target} />),
          },
          {
            key: 'joint',
            title: t('joint'),
            show: (i) => (
              <span title={i.jointReason ?? ''}>
                <Mark tone={i.recommended ? 'good' : 'plain'}>
                  {i.recommended ? t('recommended') : t('not-recommended')}
                </Mark>{' '}
                <span className="small">{i.jointReason}</span>
              </span>
            ),
          },
          {
            key: 'approvals',
            title: t('approvals'),
            align: 'end',
            width: 90,
            show: (i) => `${i.approvals} / ${list.approversNeeded}`,
          },
        ]}
      />
      {list.decisions.length > 0 && (
        <>
          <h3>{t('votes')}</h3>
          <Timeline
            of={list.decisions.map((d) => ({
              key: d.by + d.at,
              at: d.at,
              who: d.by,
              what: <Mark tone={d.approve ? 'good' : 'bad'}>{d.approve ? t('agreed') : t('refused')}</Mark>,
              why: `${d.reason} ${d.recusals.length > 0 ? t('recused', { units: d.recusals.map((r) => `${r.unitName}${aside(r.reason)}`).join(comma()) }) : ''}`,
            }))}
          />
        </>
      )}
    </section>
  );
}

interface Ballot {
  readonly vote: 'yes' | 'no';
  readonly reason: string;
  readonly units?: number[];
  readonly why?: string;
}

function Vote(props: { list: Proposal }) {
  const t = useWords(decisionWords);
  const w = useWords(workWords);
  const can = useCan();
  const { list } = props;
  const decide = useChange(deciding.decide);
  const mine = list.myRecusals;
  if (list.state !== 'drafted') return null;
  return (
    <AskButton<Ballot, Parameters<typeof decide.mutate>[0]>
      label={t('vote')}
      button={{ type: 'primary' }}
      reason={can('stars.decide') || can('stars.joint') ? null : w('not-yours')}
      change={decide as never}
      lead={
        <>
          <BranchesOf id={list.id} />
          {mine.length > 0 && (
            <Alert type="warning" title={t('my-recusals', { units: mine.map((m) => m.unitName).join(comma()) })} />
          )}
        </>
      }
      fields={[
        {
          name: 'vote',
          label: t('my-vote'),
          kind: 'select',
          required: true,
          options: [
            { value: 'yes', label: t('agreed') },
            { value: 'no', label: t('refused') },
          ],
        },
        { name: 'reason', label: t('reason'), kind: 'area', max: 2000, required: true },
        {
          name: 'units',
          label: t('recuse'),
          kind: 'many',
          options: list.items.map((i) => ({ value: i.unitId, label: i.unitName })),
        },
        { name: 'why', label: t('recuse-reason'), kind: 'text', max: 500 },
      ]}
      input={({ vote, reason, units = [], why = '' }) => ({
        params: { id: list.id },
        body: { approve: vote === 'yes', reason, recusals: units.map((unitId) => ({ unitId, reason: why || reason })) },
      })}
    />
  );
}
