import { useState } from 'react';
import { facts } from '../../../domain/records/facts/contract.ts';
import type { FilledFigure } from '../../../domain/reports/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { today } from '../../ui/moments.ts';
import { Shown } from '../../ui/States.tsx';
import { overviewWords } from '../../words/overview.ts';
import { useWords } from '../../words/use.ts';
import { counted, type Told, useFigureOf, useFigures } from './figure-of.ts';
import { FigureDrawer } from './FigureDrawer.tsx';

const bounds = ['1', '2', '3', 'a', 'b', 'line'];
const keys = [
  'admin-villages',
  ...bounds.flatMap((b) => [`collective-income-threshold/${b}`, `villages-income-at-least/${b}`]),
];

interface Tier {
  /** In ten thousand yuan; null for those below the lowest bound. */
  readonly from: number | null;
  readonly to: number | null;
  readonly count: number;
  readonly reach: Told | undefined;
}

/** Bands between the bounds that the figures name: how many villages reach one and not the next. */
function tiersOf(values: readonly Told[], villages: number): Tier[] {
  const of = (key: string) => values.find((v) => v.key === key);
  const number = (value: Told | undefined) => (counted(value) ? Number(value.value) : null);
  const found = bounds.flatMap((b) => {
    const [from, reach] = [number(of(`collective-income-threshold/${b}`)), of(`villages-income-at-least/${b}`)];
    const n = number(reach);
    return from === null || n === null ? [] : [{ from, reach, n }];
  });
  const rising = found.sort((a, b) => a.from - b.from).filter((b, i, all) => b.from !== all[i - 1]?.from);
  const lowest = rising[0];
  if (!lowest) return [];
  const bands = rising.map(({ from, n, reach }, i) => {
    const next = rising[i + 1];
    return { from, to: next?.from ?? null, count: n - (next?.n ?? 0), reach };
  });
  return [...bands.reverse(), { from: null, to: lowest.from, count: villages - lowest.n, reach: undefined }];
}

/** Villages by the tier of their collective income, each tier named by its bounds. */
export function Income(props: { unitId: number; year: number }) {
  const read = useFigures(props.unitId, props.year, keys);
  return (
    <Shown of={read} rows={5}>
      {({ values }) => {
        const villages = values.find((v) => v.key === 'admin-villages');
        const tiers = counted(villages) ? tiersOf(values, Number(villages.value)) : [];
        return tiers.length === 0 ? null : <Tiers {...props} tiers={tiers} villages={Number(villages!.value)} />;
      }}
    </Shown>
  );
}

function Tiers(props: { unitId: number; year: number; tiers: readonly Tier[]; villages: number }) {
  const t = useWords(overviewWords);
  const figureOf = useFigureOf();
  const catalogue = useRead(facts.catalogue, {});
  const [open, setOpen] = useState<FilledFigure | null>(null);
  const money = (n: number) => t('wan', { n, yuan: (n * 10_000).toLocaleString('en') });
  const plain = (n: number) => t('wan-plain', { n, yuan: (n * 10_000).toLocaleString('en') });
  const nameOf = ({ from, to }: Tier) => {
    if (from === null) return t('income-below', { to: money(to!) });
    return to === null
      ? t('income-from', { from: money(from) })
      : t('income-between', { from: plain(from), to: money(to) });
  };
  const runs = String(props.year) === today().slice(0, 4);
  const most = Math.max(1, ...props.tiers.map((tier) => tier.count));
  const show = (reach: Told | undefined) => {
    const item = catalogue.data?.items.find((i) => i.key === reach?.key);
    if (item && counted(reach)) setOpen(figureOf(item, reach, props.year));
  };
  return (
    <section className="panel">
      <h2>{t('income')}</h2>
      <dl className="bars wide-names">
        {props.tiers.map((tier) => (
          <div key={tier.from ?? 'below'}>
            <dt>{nameOf(tier)}</dt>
            <dd>
              <div className="bar" aria-hidden="true">
                <i style={{ width: `${(tier.count / most) * 100}%` }} />
              </div>
              <span className="num">{tier.count}</span>
              {tier.from !== null && counted(tier.reach) && (
                <button type="button" className="linklike small" onClick={() => show(tier.reach)}>
                  {t('income-reach', { from: money(tier.from), n: tier.reach.value })}
                </button>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p className="small quiet">
        {t('income-note', { year: props.year, sofar: runs ? t('so-far') : '', n: props.villages })}
      </p>
      <FigureDrawer unitId={props.unitId} figure={open} onClose={() => setOpen(null)} />
    </section>
  );
}
