import { useState } from 'react';
import { facts } from '../../../domain/records/facts/contract.ts';
import { fewPersons } from '../../../domain/records/facts/display.ts';
import type { FilledFigure } from '../../../domain/reports/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { Missing } from '../../ui/Marks.tsx';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { overviewWords } from '../../words/overview.ts';
import { useSay, useWords } from '../../words/use.ts';
import { type Catalogued, counted, type Told, useFigureOf, useFigures } from './figure-of.ts';
import { FigureDrawer } from './FigureDrawer.tsx';

/** What an overview tells of besides stars, income and matters: industry, projects, people's part. */
const told = [
  'admin-villages',
  'collective-income-yoy',
  'villages-branch-led-coop',
  'coops-bound',
  'projects-implemented',
  'integrated-funds',
  'livelihood-problems-solved',
  'volunteer-service-person-times',
  'jobs-placed',
  'training-coverage',
] as const;

interface Row {
  readonly item: Catalogued;
  readonly now: Told | undefined;
  readonly before: Told | undefined;
}

/** The figures of the unit in the year and in the year before; each opens to the records that it was counted from. */
export function MainFigures(props: { unitId: number; year: number }) {
  const catalogue = useRead(facts.catalogue, {});
  const now = useFigures(props.unitId, props.year, told);
  const before = useFigures(props.unitId, props.year - 1, told);
  const item = new Map(catalogue.data?.items.map((i) => [i.key, i]));
  const find = (values: readonly Told[] | undefined, key: string) => values?.find((v) => v.key === key);
  const rows = told.flatMap((key): Row[] => {
    const found = item.get(key);
    return found ? [{ item: found, now: find(now.data?.values, key), before: find(before.data?.values, key) }] : [];
  });
  return <Shown of={now}>{() => <Rows {...props} rows={rows} />}</Shown>;
}

function Rows(props: { unitId: number; year: number; rows: readonly Row[] }) {
  const t = useWords(overviewWords);
  const say = useSay();
  const figureOf = useFigureOf();
  const [open, setOpen] = useState<FilledFigure | null>(null);
  const cell = ({ item }: Row, value: Told | undefined, year: number) => {
    if (value?.small) return <span className="num">{fewPersons}</span>;
    if (!counted(value)) return <Missing />;
    const figure = figureOf(item, value, year);
    return (
      <button
        type="button"
        className="linklike num"
        aria-label={`${say(item.words)} ${year} ${figure.display}`}
        title={value.waiting ? t('waits') : undefined}
        onClick={() => setOpen(figure)}
      >
        {figure.display}
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
        cards={false}
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
