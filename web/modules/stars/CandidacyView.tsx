import { type CandidacyView as Candidacy, candidacies } from '../../../domain/stars/contract-cycle.ts';
import { useChange } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { Timeline } from '../../ui/Timeline.tsx';
import { colon, comma } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { starWords } from '../../words/stars.ts';
import { workWords } from '../../words/work.ts';
import { Adjustments } from './Adjustments.tsx';
import type { BranchUnit } from './BranchPage.tsx';
import { type Declared, useDeclarationFields } from './declaration-fields.ts';
import { CandidacyState, useLevelWords } from './pieces.tsx';
import { starOptions, useStandardOf } from './standard-of.ts';

/** A declaration as it stands: target, origin, state, what may be done with it, and how it came here. */
export function CandidacyView(props: { candidacy: Candidacy; unit: BranchUnit }) {
  const t = useWords(workWords);
  const s = useWords(starWords);
  const say = useSay();
  const words = useLevelWords();
  const { candidacy: c } = props;
  const stars = starOptions(useStandardOf(c.scheme).data, say);
  const nameOf = (id: string) => stars.find((o) => o.value === id)?.label ?? id;
  return (
    <>
      <section className="panel stack">
        <div className="panel-head">
          <h2>
            {words(c.targetLevel)} <CandidacyState state={c.state} /> <Mark>{s(c.origin)}</Mark>
          </h2>
          <Buttons {...props} />
        </div>
        <Facts
          of={[
            [t('target-level'), words(c.targetLevel)],
            [t('target-stars'), c.targetStars.map(nameOf).join(comma()) || '—'],
            [s('stretch'), c.stretchLevel === null ? '—' : words(c.stretchLevel)],
            [s('live-level'), words(c.level)],
            [t('overdue'), c.overdueTasks],
            [t('commitments'), c.commitments || '—'],
          ]}
        />
        {c.outcome?.final && (
          <p>
            {t('outcome')}
            {colon()}
            {words(c.outcome.level)}{' '}
            <Mark tone={c.outcome.targetMet ? 'good' : 'warn'}>
              {c.outcome.targetMet ? t('target-met') : t('target-missed')}
            </Mark>
            {c.outcome.stretchMet && <Mark tone="good">{t('stretch-met')}</Mark>}
          </p>
        )}
      </section>
      <Adjustments candidacy={c} unit={props.unit} />
      <div className="columns">
        <section className="panel">
          <h2>{t('steps')}</h2>
          <Timeline
            of={c.steps.map((step, i) => ({
              key: String(i),
              at: step.at,
              who: step.by,
              what: s((step.to in starWords ? step.to : 'declared') as 'declared'),
              why: step.reason,
            }))}
          />
        </section>
        {c.history.length > 0 && (
          <section className="panel">
            <h2>{t('history')}</h2>
            <Timeline
              of={c.history.map((h, i) => ({
                key: String(i),
                at: h.at,
                who: h.by,
                what: <Changed change={h} />,
                why: h.reason,
              }))}
            />
          </section>
        )}
      </div>
    </>
  );
}

function Changed(props: { change: Candidacy['history'][number] }) {
  const s = useWords(starWords);
  const words = useLevelWords();
  const { before, after } = props.change;
  const origin = (of: typeof before) => s((of['origin'] ?? 'contender') as 'contender');
  const level = (of: typeof before) => words(Number(of['targetLevel']));
  // Approval may change where a candidacy stands, and leave its target as it is.
  return (
    <>
      {after['origin'] !== undefined && `${s('origin')}${colon()}${origin(before)} → ${origin(after)} `}
      {after['targetLevel'] !== undefined && `${s('target')}${colon()}${level(before)} → ${level(after)}`}
    </>
  );
}

function Buttons(props: { candidacy: Candidacy; unit: BranchUnit }) {
  const t = useWords(workWords);
  const can = useCan();
  const { candidacy: c, unit } = props;
  const fields = useDeclarationFields(c.scheme, { ...c, stretchLevel: c.stretchLevel ?? undefined } as Declared);
  const revise = useChange(candidacies.revise);
  const withdraw = useChange(candidacies.withdraw);
  const reasonField = { name: 'reason', label: t('reason'), kind: 'area', max: 500, required: true } as const;
  const mine = can('stars.declare', unit.path) ? null : t('not-yours');
  return (
    <div className="row">
      <ApproveButton candidacy={c} path={unit.path} />
      {c.state === 'declared' && (
        <AskButton<Declared & { reason: string }, Parameters<typeof revise.mutate>[0]>
          label={t('revise')}
          about={unit.name}
          reason={mine}
          change={revise as never}
          fields={[...fields, reasonField]}
          input={(values) => ({ params: { id: c.id }, body: { ...values, version: c.version } })}
        />
      )}
      <AskButton<{ reason: string }, Parameters<typeof withdraw.mutate>[0]>
        label={t('withdraw')}
        about={unit.name}
        reason={mine ?? c.openSteps.find((o) => o.step === 'withdraw')?.why}
        change={withdraw as never}
        fields={[reasonField]}
        input={(body) => ({ params: { id: c.id }, body })}
      />
    </div>
  );
}

/** Approving a declaration: as planned, as reserve or as an open contender. */
export function ApproveButton(props: {
  candidacy: Pick<Candidacy, 'id' | 'state' | 'version' | 'origin' | 'unitName' | 'targetLevel'>;
  path?: string;
  small?: boolean;
}) {
  const t = useWords(workWords);
  const s = useWords(starWords);
  const can = useCan();
  const words = useLevelWords();
  const approve = useChange(candidacies.approve);
  const { candidacy: c } = props;
  if (c.state !== 'declared') return null;
  return (
    <AskButton<{ origin: 'planned'; reason?: string }, Parameters<typeof approve.mutate>[0]>
      label={t('approve')}
      about={`${c.unitName} ${s('target')}${colon()}${words(c.targetLevel)}`}
      reason={can('stars.plan', props.path) ? null : t('not-yours')}
      change={approve as never}
      button={{ type: 'primary', size: props.small ? 'small' : 'middle' }}
      fields={[
        {
          name: 'origin',
          label: t('approve-as'),
          kind: 'select',
          required: true,
          initial: c.origin,
          options: (['planned', 'reserve', 'contender'] as const).map((o) => ({ value: o, label: s(o) })),
        },
        { name: 'reason', label: t('reason'), kind: 'area', max: 500 },
      ]}
      input={(body) => ({ params: { id: c.id }, body: { ...body, version: c.version } })}
    />
  );
}
