import { useState } from 'react';
import { personalFields } from '../../../domain/records/subjects/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { Pager } from '../../ui/ListPage.tsx';
import { useMoment } from '../../ui/moments.ts';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { subjectWords } from '../../words/subjects.ts';
import { comma } from '../../words/punctuation.ts';
import { useWords } from '../../words/use.ts';

const limit = 10;

/** Who looked at what and what for: the same list that the person is shown. */
export function Readings(props: { id: string; fieldWords?: (field: string) => string }) {
  const t = useWords(subjectWords);
  const moment = useMoment();
  const [offset, setOffset] = useState(0);
  const read = useRead(personalFields.readings, { params: { id: props.id }, query: { limit, offset } });
  const named = props.fieldWords ?? ((field: string) => field);
  return (
    <>
      <h3>{t('readings')}</h3>
      <Shown of={read} rows={2}>
        {({ items, total }) => (
          <>
            <Table
              caption={t('readings')}
              numbered={false}
              rows={items}
              rowKey={(r) => r.at + r.by + r.purpose}
              empty={<p className="quiet">{t('no-readings')}</p>}
              columns={[
                { key: 'at', title: t('read-at'), width: 150, show: (r) => moment(r.at) },
                { key: 'by', title: t('read-by'), width: 140, show: (r) => r.by },
                { key: 'fields', title: t('fields'), show: (r) => r.fields.map(named).join(comma()) },
                { key: 'purpose', title: t('purpose'), show: (r) => r.purpose },
              ]}
            />
            {total > limit && <Pager total={total} offset={offset} limit={limit} onPage={setOffset} />}
          </>
        )}
      </Shown>
    </>
  );
}
