import { Drawer } from 'antd';
import { facts } from '../../../domain/records/facts/contract.ts';
import { displayOf } from '../../../domain/records/facts/display.ts';
import { periodWords } from '../../../domain/records/facts/period-words.ts';
import type { FilledFigure } from '../../../domain/reports/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Missing } from '../../ui/Marks.tsx';
import { reportWords } from '../../words/reports.ts';
import { comma } from '../../words/punctuation.ts';
import { useLang, useSay, useWords } from '../../words/use.ts';
import { FigureRecords } from './FigureRecords.tsx';

/** One number, opened: what it means, from when it is, and the records that it was counted from. */
export function FigureDrawer(props: { unitId: number; figure: FilledFigure | null; onClose: () => void }) {
  const say = useSay();
  const { figure } = props;
  return (
    <Drawer open={figure !== null} onClose={props.onClose} title={figure ? say(figure.words) : ''} size={560}>
      {figure && <Opened unitId={props.unitId} figure={figure} />}
    </Drawer>
  );
}

function Opened(props: { unitId: number; figure: FilledFigure }) {
  const t = useWords(reportWords);
  const say = useSay();
  const { lang } = useLang();
  const { figure } = props;
  const catalogue = useRead(facts.catalogue, {});
  const item = catalogue.data?.items.find((one) => one.key === figure.key);
  // A text says 1500余 or 下降5.5%; whoever opens the number sees what it is.
  const exact = item && figure.value !== null ? displayOf(item, figure.value, 'plain', lang) : figure.display;
  const known: [string, React.ReactNode][] = [
    [t('value'), exact ?? <Missing key="value" />],
    ...(figure.display !== null && figure.display !== exact
      ? [[t('written'), figure.display] as [string, string]]
      : []),
    [t('period'), say(periodWords(figure.period))],
    [t('definition'), say(figure.definition)],
    ...(figure.asOf ? [[t('as-of'), figure.asOf] as [string, string]] : []),
    ...(figure.missing ? [[t('missing'), say(figure.missing)] as [string, string]] : []),
    ...(figure.holders.length > 0
      ? [[t('holder'), figure.holders.map((h) => h.unitName).join(comma())] as [string, string]]
      : []),
  ];
  return (
    <div className="stack">
      <Facts of={known} />
      {figure.value !== null && <FigureRecords unitId={props.unitId} figure={figure} />}
    </div>
  );
}
