import type { z } from 'zod';
import { useState } from 'react';
import { facts } from '../../../domain/records/facts/contract.ts';
import { displayOf } from '../../../domain/records/facts/display.ts';
import type { FilledFigure } from '../../../domain/reports/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { Missing } from '../../ui/Marks.tsx';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { overviewWords } from '../../words/overview.ts';
import { useLang, useSay, useWords } from '../../words/use.ts';
import { FigureDrawer } from './FigureDrawer.tsx';

/** What an overview tells of: villages and their income by tiers, industry, projects, problems solved, people's part. */
const told = [
  'admin-villages',
  'villages-income-at-least/1',
  'villages-income-at-least/2',
  'villages-income-at-least/3',
  'collective-income-yoy',
  'villages-branch-led-coop',
  'coops-bound',
  'projects-implemented',
  'integrated-funds',
  'livelihood-problems-solved',
  'volunteer-service-person-times',
  'training-coverage',
] as const;

type Catalogued = z.output<typeof facts.catalogue.reply>['items'][number];
type Values = z.output<typeof facts.values.reply>;
type Told = Values['values'][number];
interface Row {
  readonly item: Catalogued;
  readonly now: Told | undefined;
  readonly before: Told | undefined;
}

/** The figures of the unit in the year and in the year before; each opens to the records that it was counted from. */
export function MainFigures(props: { unitId: number; year: number }) {
  const catalogue = useRead(facts.catalogue, {});
  const of = (year: number) => ({
    params: { id: props.unitId },
    query: { keys: told.join(',') as never, period: String(year), missing: false as never },
  });
  const now = useRead(facts.values, of(props.year));
  const before = useRead(facts.values, of(props.year - 1));
  const item = new Map(catalogue.data?.items.map((i) => [i.key, i]));
  const find = (values: Values | undefined, key: string) => values?.values.find((v) => v.key === key);
  const rows = told.flatMap((key): Row[] => {
    const found = item.get(key);
    return found ? [{ item: found, now: find(now.data, key), before: find(before.data, key) }] : [];
  });
  return <Shown of={now}>{() => <Rows {...props} rows={rows} />}</Shown>;
}

function Rows(props: { unitId: number; year: number; rows: readonly Row[] }) {
  const t = useWords(overviewWords);
  const say = useSay();
  const { lang } = useLang();
  const [open, setOpen] = useState<FilledFigure | null>(null);
  const cell = ({ item }: Row, value: Told | undefined, year: number) => {
    if (!value || value.value === null) return <Missing />;
    const display = displayOf(item, value.value, 'plain', lang);
    const figure: FilledFigure = {
      n: 0,
      blank: null,
      key: item.key,
      words: item.words,
      period: String(year),
      value: value.value,
      display,
      definition: item.definition,
      records: value.records,
      asOf: value.asOf,
      missing: null,
      holders: [],
    };
    return (
      <button
        type="button"
        className="linklike num"
        aria-label={`${say(item.words)} ${year} ${display}`}
        title={value.waiting ? t('waits') : undefined}
        onClick={() => setOpen(figure)}
      >
        {display}
        {value.waiting && ' …'}
      </button>
    );
  };
  return (
    <section className="panel">
      <h2>{t('figures')}</h2>
      <Table
        caption={t('figures')}
        numbered={false}
        rows={props.rows}
        rowKey={(r) => r.item.key}
        columns={[
          { key: 'name', title: t('figure'), show: (r) => say(r.item.words) },
          { key: 'now', title: String(props.year), align: 'end', show: (r) => cell(r, r.now, props.year) },
          {
            key: 'before',
            title: String(props.year - 1),
            align: 'end',
            show: (r) => cell(r, r.before, props.year - 1),
          },
        ]}
      />
      <FigureDrawer unitId={props.unitId} figure={open} onClose={() => setOpen(null)} />
    </section>
  );
}
