import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { type CycleItem, type CycleView, cycles } from '../../../domain/stars/contract-cycle.ts';
import { deciding, type proposal } from '../../../domain/stars/contract-deciding.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { decisionWords } from '../../words/decision.ts';
import { starWords } from '../../words/stars.ts';
import { useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';
import { BranchesOf } from './BranchesOf.tsx';
import { CyclePage } from './CyclePage.tsx';
import { Objections } from './Objections.tsx';
import { ProposalList } from './ProposalList.tsx';
import { Stages } from './StageGuide.tsx';

export type Proposal = z.output<typeof proposal>;

/** Two fields for a document; every decision of this page rests on one. */
export function useDocumentFields(title: string) {
  const t = useWords(decisionWords);
  return [
    { name: 'title', label: title, kind: 'text', required: true, max: 200 },
    { name: 'number', label: t('doc-number'), kind: 'text', required: true, max: 100 },
  ] as const;
}

export interface Documented {
  readonly title: string;
  readonly number: string;
}

export function DecisionPage() {
  const t = useWords(decisionWords);
  return <CyclePage lead={t('lead')}>{(cycle) => <DecisionOf cycle={cycle} />}</CyclePage>;
}

function DecisionOf(props: { cycle: CycleItem }) {
  const can = useCan();
  const view = useRead(cycles.get, { params: { id: props.cycle.id } });
  return (
    <Shown of={view}>
      {(cycle) => (
        <>
          <Stages cycle={cycle} />
          <Draft cycle={cycle} />
          {cycle.proposalId && <ListOf cycle={cycle} id={cycle.proposalId} />}
          {cycle.publicationId && can('stars.joint') && <Objections cycle={cycle} noticeId={cycle.publicationId} />}
          {cycle.proposalId && <Naming cycle={cycle} id={cycle.proposalId} />}
        </>
      )}
    </Shown>
  );
}

function Draft(props: { cycle: CycleView }) {
  const t = useWords(decisionWords);
  const s = useWords(starWords);
  const w = useWords(workWords);
  const can = useCan();
  const { cycle } = props;
  const propose = useChange(deciding.propose);
  const fields = useDocumentFields(t('basis-title'));
  const ready = cycle.state === 'joint-review' && (cycle.next?.why?.code ?? 'cycle-own-page') === 'cycle-own-page';
  if (cycle.proposalId) return null;
  return (
    <section className="panel stack">
      <h2>{t('step-draft')}</h2>
      <p className="quiet">{t('draft-lead')}</p>
      <div className="row">
        <AskButton<Documented & { minLevel: number }, Parameters<typeof propose.mutate>[0]>
          label={t('draft')}
          about={cycle.title}
          lead={<p>{t('draft-lead')}</p>}
          button={{ type: 'primary' }}
          reason={
            !can('stars.cycle', cycle.unitPath)
              ? w('not-yours')
              : ready
                ? null
                : cycle.state === 'joint-review'
                  ? cycle.next?.why
                  : t('not-yet')
          }
          change={propose as never}
          fields={[
            ...fields,
            {
              name: 'minLevel',
              label: t('min-level'),
              kind: 'select',
              required: true,
              initial: 1,
              options: [1, 2, 3, 4, 5].map((n) => ({ value: n, label: s('level', { n }) })),
            },
          ]}
          input={({ title, number, minLevel }) => ({
            params: { id: cycle.id },
            body: { basis: { title, number }, minLevel },
          })}
        />
      </div>
      {cycle.state !== 'joint-review' && <Empty title={t('not-yet')} />}
    </section>
  );
}

function ListOf(props: { cycle: CycleView; id: string }) {
  const t = useWords(decisionWords);
  const w = useWords(workWords);
  const can = useCan();
  const { cycle, id } = props;
  const read = useRead(deciding.proposal, { params: { id } });
  const publicise = useChange(deciding.publicise);
  const fields = useDocumentFields(t('doc-title'));
  return (
    <>
      {read.error && !read.data ? (
        <section className="panel">
          <Empty title={t('only-body')} />
        </section>
      ) : (
        <Shown of={read}>{(list) => <ProposalList list={list} />}</Shown>
      )}
      <section className="panel stack">
        <h2>{t('step-publicity')}</h2>
        <p className="quiet">{t('publicity-lead')}</p>
        <div className="row">
          {cycle.publicationId ? (
            <>
              <Mark tone="info">{t('closes-on', { day: cycle.publicityEnds ?? '' })}</Mark>
              <a href={`/open/${cycle.publicationId}`}>{t('see-notice')}</a>
            </>
          ) : (
            <AskButton<Documented, Parameters<typeof publicise.mutate>[0]>
              label={t('publicise')}
              about={cycle.title}
              lead={<BranchesOf id={id} />}
              button={{ type: 'primary' }}
              reason={can('stars.joint', cycle.unitPath) ? read.data?.approvedWhy : w('not-yours')}
              change={publicise as never}
              fields={fields}
              input={(document) => ({ params: { id }, body: { document } })}
            />
          )}
        </div>
      </section>
    </>
  );
}

function Naming(props: { cycle: CycleView; id: string }) {
  const t = useWords(decisionWords);
  const w = useWords(workWords);
  const can = useCan();
  const { cycle, id } = props;
  const name = useChange(deciding.name);
  const fields = useDocumentFields(t('doc-title'));
  const done = ['named', 'watching', 'closed'].includes(cycle.state);
  return (
    <section className="panel stack">
      <h2>{t('step-name')}</h2>
      <p className="quiet">{t('name-lead')}</p>
      {name.data && (
        <p role="status">
          <Mark tone="good">{t('named', { n: name.data.named, stars: name.data.stars })}</Mark>
        </p>
      )}
      <div className="row">
        {done ? (
          <>
            <span>{t('done-named')}</span>
            <Link to="/stars/certificates">
              {name.data ? t('certificates-all', { n: name.data.certificatesTotal }) : t('certificates')}
            </Link>
          </>
        ) : (
          <AskButton<Documented & { validTo?: string }, Parameters<typeof name.mutate>[0]>
            label={t('name')}
            about={cycle.title}
            lead={<BranchesOf id={id} />}
            button={{ type: 'primary' }}
            reason={can('stars.name', cycle.unitPath) ? cycle.namingWhy : w('not-yours')}
            change={name as never}
            fields={[...fields, { name: 'validTo', label: t('valid-to'), kind: 'day' }]}
            input={({ title, number, validTo }) => ({
              params: { id },
              body: { document: { title, number }, validTo: validTo ?? null },
            })}
          />
        )}
      </div>
    </section>
  );
}
