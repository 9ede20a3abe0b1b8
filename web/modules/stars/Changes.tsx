import { results } from '../../../domain/stars/contract-results.ts';
import { useRead } from '../../api/hooks.ts';
import { neat } from '../../ui/number.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { useSay, useWords } from '../../words/use.ts';
import { starWords } from '../../words/stars.ts';
import { watchWords } from '../../words/watch.ts';
import { points } from './pieces.tsx';

/** What moved since the last month's snapshot, criterion by criterion. */
export function Changes(props: { unitId: number }) {
  const t = useWords(watchWords);
  const s = useWords(starWords);
  const say = useSay();
  const read = useRead(results.changes, { params: { unitId: props.unitId } });
  return (
    <section className="panel">
      <h2>{t('changes')}</h2>
      <Shown of={read} rows={2}>
        {(c) => (
          <>
            {c.since && <p className="small quiet">{t('since', { month: c.since })}</p>}
            <Table
              caption={t('changes')}
              rows={c.criteria}
              rowKey={(x) => x.id}
              empty={<Empty title={t('no-changes')} />}
              columns={[
                { key: 'text', title: s('criterion'), show: (x) => say(x.text) },
                {
                  key: 'value',
                  title: s('value'),
                  align: 'end',
                  show: (x) => `${neat(x.valueBefore ?? '—', x.share)} → ${neat(x.valueNow ?? '—', x.share)}`,
                },
                {
                  key: 'points',
                  title: s('score'),
                  align: 'end',
                  show: (x) => `${points(x.before)} → ${points(x.now)}`,
                },
              ]}
            />
          </>
        )}
      </Shown>
    </section>
  );
}
