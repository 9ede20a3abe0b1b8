import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { after } from '../../../domain/stars/contract-after.ts';
import { useRead } from '../../api/hooks.ts';
import { Mark } from '../../ui/Marks.tsx';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { starWords } from '../../words/stars.ts';
import { useSay, useWords } from '../../words/use.ts';

type Row = z.output<typeof after.work.reply>['stars'][number];

const sum = (row: Row, of: 'overdue' | 'evidence') => row.cases.reduce((n, c) => n + c[of], 0);

/** One ledger for each village: its gaps, tasks, problems, projects, evidence and stars, gathered from the records (M149). */
export function VillageLedger(props: { unitId: number; cycleId: string | undefined }) {
  const t = useWords(starWords);
  const read = useRead(after.work, { params: { unitId: props.unitId }, query: { cycleId: props.cycleId } });
  return (
    <section className="panel stack" aria-label={t('ledger')}>
      <div className="panel-head">
        <h2>{t('ledger')}</h2>
        <span className="small quiet">{t('ledger-note')}</span>
      </div>
      <Shown of={read} rows={6}>
        {({ stars }) => <Rows rows={stars.filter((s) => s.id !== null || s.cases.length > 0)} />}
      </Shown>
    </section>
  );
}

function Rows({ rows }: { rows: readonly Row[] }) {
  const t = useWords(starWords);
  const say = useSay();
  return (
    <Table
      caption={t('ledger')}
      numbered={false}
      rows={rows}
      rowKey={(r) => r.id ?? ''}
      columns={[
        {
          key: 'star',
          title: t('ledger-star'),
          least: 96,
          show: (r) => (
            <>
              <strong>{say(r.name)}</strong>{' '}
              {r.held !== null && <Mark tone={r.held ? 'good' : 'warn'}>{t(r.held ? 'held' : 'not-held')}</Mark>}
            </>
          ),
        },
        {
          key: 'gaps',
          title: t('ledger-gaps'),
          show: (r) => (r.gaps.length === 0 ? '—' : r.gaps.map((g) => say(g.text)).join(say({ zh: '；', en: '; ' }))),
        },
        {
          key: 'work',
          title: t('ledger-work'),
          show: (r) =>
            r.cases.map((c) => `${say(c.words)} ${c.open}/${c.done}`).join(say({ zh: '，', en: ', ' })) || '—',
        },
        { key: 'late', title: t('ledger-late'), align: 'end', width: 64, show: (r) => sum(r, 'overdue') },
        { key: 'evidence', title: t('ledger-evidence'), align: 'end', width: 64, show: (r) => sum(r, 'evidence') },
        {
          key: 'next',
          title: t('ledger-next'),
          show: (r) =>
            r.items.length === 0
              ? '—'
              : r.items.slice(0, 3).map((i) => (
                  <div key={i.id}>
                    <Link to="/cases/$id" params={{ id: i.id }}>
                      {i.title}
                    </Link>{' '}
                    <span className="small quiet">{i.dueOn}</span>
                  </div>
                )),
        },
      ]}
    />
  );
}
