import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { facts } from '../../../domain/records/facts/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { Missing } from '../../ui/Marks.tsx';
import { Shown } from '../../ui/States.tsx';
import { FigureDrawer } from './FigureDrawer.tsx';
import { counted, useFigureOf, useFigures } from './figure-of.ts';

interface Of {
  readonly unitId: number;
  readonly figureKey: string;
  readonly period: string;
}

/** Opens a number of a table to the records that it was counted from. What it needs for that is asked when it is pressed. */
export function OpenFigure(props: Of & { readonly children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" type="link" onClick={() => setOpen(true)}>
        {props.children}
      </Button>
      {open && <Opened {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function Opened(props: Of & { readonly onClose: () => void }) {
  const { unitId, figureKey, period } = props;
  const catalogue = useRead(facts.catalogue);
  const values = useFigures(unitId, period, [figureKey]);
  const figureOf = useFigureOf();
  const item = catalogue.data?.items.find((i) => i.key === figureKey);
  if (!item) return null;
  return (
    <Shown of={values} rows={1}>
      {(read) => {
        const [value] = read.values;
        if (!counted(value)) return <Missing />;
        return <FigureDrawer unitId={unitId} figure={figureOf(item, value, period)} onClose={props.onClose} />;
      }}
    </Shown>
  );
}
