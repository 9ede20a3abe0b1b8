import type { z } from 'zod';
import { assessing } from '../../../domain/stars/contract-assess.ts';
import type { CycleItem } from '../../../domain/stars/contract-cycle.ts';
import { type plan, plans } from '../../../domain/stars/contract-plans.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan, useMe } from '../../console/me.ts';
import { useScope } from '../../console/scope.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { planWords } from '../../words/plans.ts';
import { starWords } from '../../words/stars.ts';
import { aside, colon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';
import { CyclePage } from './CyclePage.tsx';
import { points, useLevelWords } from './pieces.tsx';

type Plan = z.output<typeof plan>;

export function PlansPage() {
  const t = useWords(planWords);
  return (
    <CyclePage lead={t('lead')}>
      {(cycle) => (
        <>
          <Plans cycle={cycle} />
          <Shortcomings cycle={cycle} />
        </>
      )}
    </CyclePage>
  );
}

const levels = [5, 4, 3, 2, 1] as const;

function Plans(props: { cycle: CycleItem }) {
  const t = useWords(planWords);
  const { unitId } = useScope();
  const read = useRead(plans.list, { query: { unitId, year: props.cycle.year, limit: 50 } });
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('plans')}</h2>
        <DraftPlan year={props.cycle.year} />
      </div>
      <Shown of={read}>
        {({ items }) => (
          <Table
            caption={t('plans')}
            rows={items}
            rowKey={(p) => p.id}
            empty={<Empty title={t('none')} hint={t('none-hint')} />}
            columns={[
              { key: 'title', title: t('title'), show: (p) => p.title },
              { key: 'unit', title: t('unit'), show: (p) => p.unitName, width: 130 },
              { key: 'counts', title: t('counts'), show: (p) => <Counts plan={p} year={props.cycle.year} /> },
              {
                key: 'document',
                title: t('document'),
                show: (p) => (p.document ? `${p.document.title} ${p.document.number}` : ''),
              },
              {
                key: 'state',
                title: t('state'),
                width: 110,
                show: (p) => (
                  <Mark tone={p.state === 'in-force' ? 'good' : p.state === 'superseded' ? 'plain' : 'info'}>
                    {t(p.state)}
                  </Mark>
                ),
              },
              { key: 'acts', title: t('actions'), align: 'acts', show: (p) => <PlanSteps plan={p} /> },
            ]}
          />
        )}
      </Shown>
    </section>
  );
}

function Counts(props: { plan: Plan; year: number }) {
  const t = useWords(planWords);
  const words = useLevelWords();
  const counts = props.plan.years.find((y) => y.year === props.year)?.counts;
  if (!counts) return null;
  return (
    <>
      {(['rural', 'urban'] as const).map((scheme) => {
        const lines = levels.filter((n) => counts[scheme][n]).map((n) => `${words(n)} ${counts[scheme][n]}`);
        return lines.length === 0 ? null : (
          <div key={scheme}>
            {t(scheme)}
            {colon()}
            {lines.join(' · ')}
          </div>
        );
      })}
    </>
  );
}

function PlanSteps(props: { plan: Plan }) {
  const t = useWords(planWords);
  const w = useWords(workWords);
  const can = useCan();
  const step = useChange(plans.step);
  const { plan: p } = props;
  const open = { drafted: ['review'], reviewed: ['adopt', 'return'], 'in-force': [], superseded: [] } as const;
  return (
    <span className="row">
      {open[p.state].map((name) => (
        <AskButton<{ reason?: string }, Parameters<typeof step.mutate>[0]>
          key={name}
          label={t(name)}
          about={p.title}
          button={{ size: 'small', type: name === 'return' ? 'default' : 'primary' }}
          reason={can('stars.plan') ? null : w('not-yours')}
          change={step as never}
          fields={[{ name: 'reason', label: t('reason'), kind: 'area', max: 1000, required: name === 'return' }]}
          input={({ reason }) => ({ params: { id: p.id }, body: { step: name, reason, version: p.version } })}
        />
      ))}
    </span>
  );
}

type Drafted = Record<string, string | number | undefined>;

function DraftPlan(props: { year: number }) {
  const t = useWords(planWords);
  const w = useWords(workWords);
  const me = useMe();
  const can = useCan();
  const { unitId } = useScope();
  const draft = useChange(plans.draft);
  const fields = (['rural', 'urban'] as const).flatMap((scheme) =>
    levels.map((n) => ({
      name: `${scheme}${n}`,
      label: t(`${scheme}-n`, { n }),
      kind: 'number' as const,
      min: 0,
      max: 100_000,
    })),
  );
  const counted = (values: Drafted, scheme: string) =>
    Object.fromEntries(
      levels
        .filter((n) => values[`${scheme}${n}`] !== undefined)
        .map((n) => [String(n), Number(values[`${scheme}${n}`])]),
    );
  return (
    <AskButton<Drafted, Parameters<typeof draft.mutate>[0]>
      label={t('draft')}
      button={{ type: 'primary' }}
      reason={can('stars.plan') ? null : w('not-yours')}
      change={draft as never}
      fields={[
        {
          name: 'title',
          label: t('title'),
          kind: 'text',
          max: 100,
          required: true,
          initial: t('title-of', { unit: me.home.name, year: props.year }),
        },
        ...fields,
        { name: 'documentTitle', label: `${w('document')}${aside(w('optional'))}`, kind: 'text' },
        { name: 'documentNumber', label: `${w('number')}${aside(w('optional'))}`, kind: 'text', max: 100 },
      ]}
      input={(v) => ({
        body: {
          unitId: unitId ?? me.home.id,
          title: String(v['title']),
          years: [{ year: props.year, counts: { rural: counted(v, 'rural'), urban: counted(v, 'urban') } }],
          document:
            v['documentTitle'] && v['documentNumber']
              ? { title: String(v['documentTitle']), number: String(v['documentNumber']) }
              : null,
        },
      })}
    />
  );
}

function Shortcomings(props: { cycle: CycleItem }) {
  const t = useWords(planWords);
  const s = useWords(starWords);
  const say = useSay();
  const { unitId } = useScope();
  const read = useRead(assessing.shortcomings, {
    query: { cycleId: props.cycle.id, unitId: unitId ?? props.cycle.unitId, limit: 10 },
  });
  if (!read.data || read.data.items.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t('shortcomings')}</h2>
      <Table
        caption={t('shortcomings')}
        rows={read.data.items}
        rowKey={(i) => i.scheme + i.criterion}
        columns={[
          { key: 'text', title: s('criterion'), show: (i) => say(i.text) },
          {
            key: 'short',
            title: t('short-branches'),
            align: 'end',
            width: 150,
            show: (i) => `${i.short} / ${i.branches}`,
          },
          { key: 'lost', title: s('score'), align: 'end', width: 120, show: (i) => s('lost', { n: points(i.lost) }) },
          {
            key: 'share',
            title: t('lost-share'),
            width: 200,
            show: (i) => (
              <span className="row" style={{ flexWrap: 'nowrap' }}>
                <span className="bar" style={{ flex: 1 }} aria-hidden="true">
                  <i style={{ width: `${i.share * 100}%` }} />
                </span>
                <span className="num">{Math.round(i.share * 100)}%</span>
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}
