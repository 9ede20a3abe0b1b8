import { lazy, Suspense } from 'react';
import type { z } from 'zod';
import { results } from '../../../domain/stars/contract-results.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { useSample } from '../../console/SampleBanner.tsx';
import { AskButton } from '../../ui/AskButton.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { Empty, Loading, Shown } from '../../ui/States.tsx';
import { neat } from '../../ui/number.ts';
import { Table } from '../../ui/Table.tsx';
import { UnitPicker } from '../../ui/UnitPicker.tsx';
import { aside } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { watchWords } from '../../words/watch.ts';
import { workWords } from '../../words/work.ts';
import { BranchPage, type BranchUnit } from './BranchPage.tsx';
import { Changes } from './Changes.tsx';
import { points } from './pieces.tsx';

const Chart = lazy(() => import('../../ui/Chart.tsx').then((m) => ({ default: m.Chart })));

type Comparison = z.output<typeof results.comparison.reply>;

export function ComparisonPage() {
  const t = useWords(watchWords);
  return <BranchPage lead={t('comparison-lead')}>{(unit) => <ComparisonOf key={unit.id} unit={unit} />}</BranchPage>;
}

function ComparisonOf(props: { unit: BranchUnit }) {
  const [screen] = useScreen<{ with?: number }>();
  const read = useRead(results.comparison, { params: { unitId: props.unit.id }, query: { with: screen.with } });
  useSample(read.data?.sample);
  return (
    <Shown of={read}>
      {(c) => (
        <>
          <div className="columns">
            <Past past={c.past.filter((p) => p.label === '' || p.cycleId === c.cycleId)} />
            <Similar similar={c.similar} />
          </div>
          <Changes unitId={props.unit.id} />
          <Benchmark comparison={c} unit={props.unit} />
        </>
      )}
    </Shown>
  );
}

function Past(props: { past: Comparison['past'] }) {
  const t = useWords(watchWords);
  const { past } = props;
  return (
    <section className="panel">
      <h2>{t('past')}</h2>
      {past.length < 2 ? (
        <Empty title={t('no-past')} hint={t('no-past-hint')} />
      ) : (
        <>
          <Suspense fallback={<Loading rows={6} />}>
            <Chart
              label={t('past')}
              height={240}
              option={{
                xAxis: { type: 'category', data: past.map((p) => p.label || String(p.year)) },
                yAxis: [
                  { type: 'value', name: t('total') },
                  { type: 'value', name: t('level'), min: 0, max: 5, interval: 1, splitLine: { show: false } },
                ],
                series: [
                  { type: 'line', name: t('total'), data: past.map((p) => p.total / 100), symbolSize: 8 },
                  { type: 'bar', name: t('level'), yAxisIndex: 1, data: past.map((p) => p.level), barMaxWidth: 24 },
                ],
              }}
            />
          </Suspense>
          <Table
            caption={t('past')}
            numbered={false}
            rows={past}
            rowKey={(p) => p.cycleId + p.label}
            columns={[
              { key: 'label', title: t('period'), show: (p) => p.label || p.year },
              { key: 'level', title: t('level'), align: 'end', show: (p) => p.level },
              { key: 'total', title: t('total'), align: 'end', show: (p) => points(p.total) },
            ]}
          />
        </>
      )}
    </section>
  );
}

function Similar(props: { similar: Comparison['similar'] }) {
  const t = useWords(watchWords);
  const say = useSay();
  const { similar } = props;
  return (
    <section className="panel">
      <h2>{t('similar')}</h2>
      <p className="small quiet">{t('similar-n', { basis: say(similar.basis), n: similar.branches })}</p>
      {similar.suppressed ? (
        <Empty title={t('similar-few')} />
      ) : (
        <Table
          caption={t('similar')}
          numbered={false}
          rows={similar.stars}
          rowKey={(s) => s.id}
          columns={[
            { key: 'star', title: t('star'), show: (s) => say(s.name) },
            { key: 'own', title: t('own'), align: 'end', show: (s) => points(s.own) },
            {
              key: 'median',
              title: t('median'),
              align: 'end',
              show: (s) => (s.median === null ? '—' : points(s.median)),
            },
            {
              key: 'share',
              title: t('held-share'),
              align: 'end',
              show: (s) => (s.heldShare === null ? '—' : `${Math.round(s.heldShare * 100)}%`),
            },
          ]}
        />
      )}
    </section>
  );
}

function Benchmark(props: { comparison: Comparison; unit: BranchUnit }) {
  const t = useWords(watchWords);
  const w = useWords(workWords);
  const say = useSay();
  const can = useCan();
  const [, change] = useScreen<{ with?: number }>();
  const choose = useChange(results.chooseBenchmark);
  const { comparison, unit } = props;
  const { benchmark } = comparison;
  return (
    <section className="panel stack">
      <div className="panel-head">
        <h2>
          {t('benchmark')} {benchmark && `· ${benchmark.unit.unitName}`}
        </h2>
        <div className="row">
          <UnitPicker label={t('try-with')} placeholder={t('try-with')} onChoose={(u) => change({ with: u.id })} />
          <AskButton<{ benchmark: { id: number }; measures: string }, Parameters<typeof choose.mutate>[0]>
            label={t('choose-benchmark')}
            about={unit.name}
            reason={can('stars.declare', unit.path) ? null : w('not-yours')}
            change={choose as never}
            fields={[
              { name: 'benchmark', label: t('benchmark'), kind: 'unit', required: true },
              { name: 'measures', label: t('measures'), kind: 'area', max: 2000, required: true },
            ]}
            input={(v) => ({
              params: { unitId: unit.id },
              body: { cycleId: comparison.cycleId, benchmarkUnitId: v.benchmark.id, measures: v.measures },
            })}
          />
        </div>
      </div>
      {benchmark ? (
        <Table
          caption={t('benchmark')}
          rows={benchmark.criteria}
          rowKey={(c) => c.id}
          columns={[
            { key: 'text', title: w('criteria'), show: (c) => say(c.text) },
            {
              key: 'own',
              title: t('own'),
              align: 'end',
              show: (c) => `${points(c.own)}${aside(neat(c.ownValue ?? '—', c.share))}`,
            },
            {
              key: 'theirs',
              title: t('theirs'),
              align: 'end',
              show: (c) => `${points(c.theirs)}${aside(neat(c.theirValue ?? '—', c.share))}`,
            },
            { key: 'gap', title: t('gap'), align: 'end', show: (c) => points(c.gap) },
          ]}
        />
      ) : (
        <Empty title={t('no-benchmark')} />
      )}
    </section>
  );
}
