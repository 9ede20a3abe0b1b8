import { Link } from '@tanstack/react-router';
import { after } from '../../../domain/stars/contract-after.ts';
import type { CycleItem } from '../../../domain/stars/contract-cycle.ts';
import { useRead } from '../../api/hooks.ts';
import { useScope } from '../../console/scope.ts';
import { Mark } from '../../ui/Marks.tsx';
import { useMoment } from '../../ui/moments.ts';
import { neat } from '../../ui/number.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { colon, semicolon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { watchWords } from '../../words/watch.ts';
import { CyclePage } from './CyclePage.tsx';
import { Downgrades } from './Downgrades.tsx';

export function WatchPage() {
  const t = useWords(watchWords);
  return (
    <CyclePage lead={t('lead')}>
      {(cycle) => (
        <>
          <Warnings cycle={cycle} />
          <Downgrades />
        </>
      )}
    </CyclePage>
  );
}

function Warnings(props: { cycle: CycleItem }) {
  const t = useWords(watchWords);
  const say = useSay();
  const moment = useMoment();
  const { unitId } = useScope();
  const read = useRead(after.warnings, { query: { cycleId: props.cycle.id, under: unitId, open: 'true', limit: 100 } });
  return (
    <section className="panel">
      <h2>{t('warnings')}</h2>
      <Shown of={read}>
        {({ items }) => (
          <Table
            caption={t('warnings')}
            rows={items}
            rowKey={(w) => w.id}
            empty={<Empty title={t('no-warnings')} hint={t('no-warnings-hint')} />}
            columns={[
              {
                key: 'unit',
                title: t('unit'),
                align: 'known-by',
                show: (w) => (
                  <Link to="/card/$unitId" params={{ unitId: String(w.unitId) }} search={{ star: w.held } as never}>
                    {w.unitName}
                  </Link>
                ),
              },
              { key: 'star', title: t('star'), show: (w) => <Mark tone="bad">{say(w.starName)}</Mark>, width: 150 },
              { key: 'why', title: t('why'), show: (w) => w.reasons.map((r) => say(r)).join(semicolon()) },
              {
                key: 'way',
                title: t('way'),
                show: (w) =>
                  w.way
                    .map(
                      (a) =>
                        `${say(a.text)}${colon()}${neat(a.valueNow ?? '—', a.share)} → ${neat(a.valueNeeded, a.share)}`,
                    )
                    .join(semicolon()),
              },
              {
                key: 'remedies',
                title: t('remedies'),
                show: (w) =>
                  w.remedies.length === 0 ? (
                    <span className="quiet">{t('none')}</span>
                  ) : (
                    w.remedies.map((r) => (
                      <Mark key={r.id} tone={r.overdue ? 'bad' : 'info'}>
                        {say(r.stateWords)}
                      </Mark>
                    ))
                  ),
              },
              {
                key: 'at',
                title: t('raised'),
                show: (w) => <span className="nowrap">{moment(w.raisedAt)}</span>,
                width: 150,
              },
            ]}
          />
        )}
      </Shown>
    </section>
  );
}
