import type { CycleItem } from '../../../domain/stars/contract-cycle.ts';
import { deciding } from '../../../domain/stars/contract-deciding.ts';
import { useRead } from '../../api/hooks.ts';
import { Pager } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { certificateWords } from '../../words/certificates.ts';
import { starWords } from '../../words/stars.ts';
import { comma } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { CyclePage } from './CyclePage.tsx';
import { Level } from './pieces.tsx';

const limit = 20;

export function CertificatesPage() {
  return <CyclePage>{(cycle) => <Certificates cycle={cycle} />}</CyclePage>;
}

function Certificates(props: { cycle: CycleItem }) {
  const t = useWords(certificateWords);
  const s = useWords(starWords);
  const say = useSay();
  const [screen, change] = useScreen<{ offset?: number }>();
  const offset = screen.offset ?? 0;
  const read = useRead(deciding.certificates, { query: { cycleId: props.cycle.id, limit, offset } });
  return (
    <Shown of={read}>
      {({ items, total }) => (
        <>
          <Table
            caption={s('certificates')}
            rows={items}
            rowKey={(c) => c.id}
            startAt={offset}
            empty={
              <div className="panel">
                <Empty title={s('no-certificates')} />
              </div>
            }
            columns={[
              { key: 'unit', title: t('unit'), show: (c) => c.unit.unitName },
              { key: 'parent', title: t('parent'), show: (c) => c.unit.parentName },
              { key: 'level', title: t('level'), show: (c) => <Level of={c.level} /> },
              { key: 'stars', title: t('stars'), show: (c) => c.stars.map((x) => say(x)).join(comma()) },
              {
                key: 'number',
                title: t('number'),
                show: (c) => (
                  <>
                    <a href={`/certificates/${encodeURIComponent(c.number)}`}>{c.number}</a>
                    {c.withdrawn && <Mark tone="bad">{t('withdrawn')}</Mark>}
                  </>
                ),
              },
              { key: 'on', title: s('granted-on'), show: (c) => <span className="nowrap">{c.grantedOn}</span> },
            ]}
          />
          <div className="pager">
            <Pager total={total} offset={offset} limit={limit} onPage={(next) => change({ offset: next })} />
          </div>
        </>
      )}
    </Shown>
  );
}
