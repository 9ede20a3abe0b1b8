import { useState } from 'react';
import { funds, type RaisedRow } from '../../../domain/projects/contract-funds.ts';
import { useRead } from '../../api/hooks.ts';
import { yuan } from '../../ui/money.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { projectWords } from '../../words/projects.ts';
import { semicolon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { FigureButton, PostingTable } from './FundPostings.tsx';

/** What the unit itself raised in a year, by source and restriction, and what its money was used for (M297). */
export function Raised(props: { unitId: number; year: number }) {
  const t = useWords(projectWords);
  const say = useSay();
  const { unitId, year } = props;
  const [opened, setOpened] = useState<RaisedRow | null>(null);
  const read = useRead(funds.raised, { query: { unitId, year } });
  const nameOf = (r: RaisedRow) => `${say(r.sourceWords)} · ${say(r.purposeWords)}`;
  return (
    <Shown of={read} rows={4}>
      {({ unitName, raisedFen, items, uses }) => (
        <section className="panel stack">
          <h2>{t('raised-by', { unit: unitName, year, sum: yuan(raisedFen) })}</h2>
          <p className="small quiet">{t('raised-how')}</p>
          <Table
            caption={t('raised')}
            numbered={false}
            rows={items}
            rowKey={nameOf}
            empty={<Empty title={t('no-money')} />}
            columns={[
              { key: 'source', title: t('source'), align: 'known-by', show: (r) => say(r.sourceWords) },
              { key: 'purpose', title: t('restricted'), show: (r) => say(r.purposeWords) },
              { key: 'givers', title: t('givers'), align: 'end', width: 110, show: (r) => r.givers || '—' },
              {
                key: 'raised',
                title: t('raised'),
                align: 'end',
                width: 150,
                show: (r) => <FigureButton name={nameOf(r)} fen={r.raisedFen} onOpen={() => setOpened(r)} />,
              },
            ]}
          />
          {opened && <RaisedPostings of={opened} unitId={unitId} year={year} name={nameOf(opened)} close={setOpened} />}
          {uses.length > 0 && (
            <p>
              {t('used-for')}
              {uses.map((u) => `${say(u.words)} ${yuan(u.spentFen)}`).join(semicolon())}
            </p>
          )}
        </section>
      )}
    </Shown>
  );
}

function RaisedPostings(props: {
  of: RaisedRow;
  unitId: number;
  year: number;
  name: string;
  close: (none: null) => void;
}) {
  const { source, purpose } = props.of;
  const read = useRead(funds.raisedPostings, {
    query: { unitId: props.unitId, year: props.year, source: source ?? 'none', purpose: purpose ?? 'none', limit: 200 },
  });
  return (
    <Shown of={read}>
      {(found) => <PostingTable {...found} name={props.name} onClose={() => props.close(null)} />}
    </Shown>
  );
}
