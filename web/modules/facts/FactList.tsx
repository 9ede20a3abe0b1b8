import { Button, Checkbox, Select } from 'antd';
import type { z } from 'zod';
import { type Fact, facts, type metricKey } from '../../../domain/records/facts/contract.ts';
import { sheetExports } from '../../../domain/records/imports/contract.ts';
import { measure, yes } from '../../../domain/records/facts/metric.ts';
import { addressOf } from '../../api/call.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { useUnitField } from '../../ui/unit-field.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import type { Field } from '../../ui/Fields.tsx';
import { Pager } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { today } from '../../ui/moments.ts';
import { grouped, neat } from '../../ui/number.ts';
import { useScreen } from '../../ui/search-state.ts';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { dataWords } from '../../words/data.ts';
import { uiWords } from '../../words/ui.ts';
import { aside } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';

type Metric = z.output<typeof metricKey>;

interface Screen {
  readonly metric?: Metric;
  readonly period?: string;
  readonly superseded?: boolean;
  readonly offset?: number;
}

const limit = 20;

/** The catalogue of numbers, for names, units and the choice of what to enter. */
export function useMetrics() {
  const say = useSay();
  const u = useWords(uiWords);
  const read = useRead(facts.catalogue);
  const items = read.data?.items ?? [];
  return {
    entered: items.filter((m) => m.entered).map((m) => ({ value: m.key, label: say(m.words) })),
    nameOf: (key: string) => {
      const found = items.find((m) => m.key === key);
      return found ? `${say(found.words)}${aside(say(found.unit))}` : key;
    },
    /** As people read it: yes or no, a share in percent, thousands set apart. */
    textOf: (key: string, value: string) => {
      const unit = items.find((m) => m.key === key)?.unit;
      if (unit?.zh === yes.zh) return u(Number(value) === 0 ? 'no' : 'yes');
      return grouped(neat(value, unit?.zh === measure.share.zh));
    },
  };
}

export function FactList(props: { unitId: number | undefined }) {
  const t = useWords(dataWords);
  const u = useWords(uiWords);
  const [screen, change] = useScreen<Screen>();
  const { metric, period, superseded } = screen;
  const offset = screen.offset ?? 0;
  const metrics = useMetrics();
  const query = { under: props.unitId, metric, period, superseded: superseded ? ('true' as const) : undefined };
  const read = useRead(facts.list, { query: { ...query, limit, offset } });
  const columns = useColumns(metrics);
  return (
    <>
      <div className="panel filters">
        <label>
          {t('metric')}
          <Select
            style={{ width: 260 }}
            showSearch={{ optionFilterProp: 'label' }}
            value={metric ?? ''}
            onChange={(value) => change({ metric: value || undefined })}
            options={[{ value: '', label: u('all') }, ...metrics.entered]}
          />
        </label>
        <SearchBox value={period} label={t('period')} onChange={(value) => change({ period: value })} />
        <Checkbox checked={superseded ?? false} onChange={(e) => change({ superseded: e.target.checked || undefined })}>
          {t('superseded')}
        </Checkbox>
        <span className="row" style={{ marginInlineStart: 'auto' }}>
          <EnterFact metrics={metrics.entered} />
          <Button href={addressOf(sheetExports.facts, { query })}>{t('export')}</Button>
        </span>
      </div>
      <Shown of={read}>
        {({ items, total }) => (
          <>
            <Table
              caption={t('facts')}
              columns={columns}
              rows={items}
              rowKey={(f) => f.id}
              startAt={offset}
              empty={
                <div className="panel">
                  <Empty title={t('none')} />
                </div>
              }
            />
            <div className="pager">
              <Pager total={total} offset={offset} limit={limit} onPage={(next) => change({ offset: next })} />
            </div>
          </>
        )}
      </Shown>
    </>
  );
}

function useColumns({ nameOf, textOf }: ReturnType<typeof useMetrics>): Column<Fact>[] {
  const t = useWords(dataWords);
  return [
    { key: 'unit', title: t('unit'), show: (f) => f.unitName, width: 140 },
    { key: 'metric', title: t('metric'), show: (f) => nameOf(f.metric) },
    { key: 'period', title: t('period'), show: (f) => f.period, width: 90 },
    {
      key: 'value',
      title: t('value'),
      align: 'end',
      width: 110,
      show: (f) => {
        const said = textOf(f.metric, f.value);
        return f.supersededAt ? <s>{said}</s> : <strong>{said}</strong>;
      },
    },
    { key: 'asOf', title: t('as-of'), show: (f) => <span className="nowrap">{f.asOf}</span>, width: 110 },
    {
      key: 'source',
      title: t('source'),
      show: (f) => (
        <>
          {f.source} <span className="small quiet">{f.document}</span>
          {f.supersededAt && (
            <Mark tone="plain" wrap>
              {t('was-corrected', { reason: f.reason ?? '' })}
            </Mark>
          )}
        </>
      ),
    },
    { key: 'by', title: t('entered-by'), show: (f) => f.enteredBy ?? '', width: 100 },
    {
      key: 'acts',
      title: t('actions'),
      align: 'acts',
      show: (f) => (f.supersededAt ? null : <FactActs fact={f} />),
      width: 150,
    },
  ];
}

function useNumberFields(now?: Fact): Field[] {
  const t = useWords(dataWords);
  const w = useWords(workWords);
  return [
    { name: 'value', label: t('value'), kind: 'decimal', required: true, initial: now?.value },
    { name: 'asOf', label: t('as-of'), kind: 'day', required: true, initial: now?.asOf ?? today() },
    { name: 'source', label: t('source'), kind: 'text', max: 200, required: true, initial: now?.source },
    {
      name: 'document',
      label: `${t('document')}${aside(w('optional'))}`,
      kind: 'text',
      max: 200,
      initial: now?.document ?? undefined,
    },
  ];
}

interface Numbers {
  readonly value: string;
  readonly asOf: string;
  readonly source: string;
  readonly document?: string;
}

function EnterFact(props: { metrics: readonly { value: string; label: string }[] }) {
  const t = useWords(dataWords);
  const w = useWords(workWords);
  const can = useCan();
  const unit = useUnitField(t('unit'), 'facts.write');
  const enter = useChange(facts.enter);
  const numbers = useNumberFields();
  return (
    <AskButton<Numbers & { unit: { id: number }; metric: Metric; period: string }, Parameters<typeof enter.mutate>[0]>
      label={t('enter')}
      button={{ type: 'primary' }}
      reason={can('facts.write') ? null : w('not-yours')}
      change={enter as never}
      fields={[
        unit,
        { name: 'metric', label: t('metric'), kind: 'select', required: true, options: props.metrics },
        { name: 'period', label: t('period'), kind: 'text', required: true, max: 10, initial: today().slice(0, 4) },
        ...numbers,
      ]}
      input={({ unit: at, document, ...rest }) => ({ body: { ...rest, unitId: at.id, document: document ?? null } })}
    />
  );
}

function FactActs(props: { fact: Fact }) {
  const t = useWords(dataWords);
  const w = useWords(workWords);
  const can = useCan();
  const { fact } = props;
  const correct = useChange(facts.correct);
  const withdraw = useChange(facts.withdraw);
  const numbers = useNumberFields(fact);
  const reason = can('facts.write', fact.unitPath) ? null : w('not-yours');
  const why: Field = { name: 'reason', label: t('reason'), kind: 'area', max: 500, required: true };
  const params = { id: fact.id };
  return (
    <span className="row">
      <AskButton<Numbers & { reason: string }, Parameters<typeof correct.mutate>[0]>
        label={t('correct')}
        lead={<p>{t('correct-lead')}</p>}
        button={{ size: 'small' }}
        reason={reason}
        change={correct as never}
        fields={[...numbers, why]}
        input={({ document, ...rest }) => ({ params, body: { ...rest, document: document ?? null } })}
      />
      <AskButton<{ reason: string }, Parameters<typeof withdraw.mutate>[0]>
        label={t('withdraw')}
        button={{ size: 'small' }}
        reason={reason}
        change={withdraw as never}
        fields={[why]}
        input={(body) => ({ params, body })}
      />
    </span>
  );
}
