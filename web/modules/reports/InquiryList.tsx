import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import type { z } from 'zod';
import { inquiries } from '../../../domain/reports/contract-inquiries.ts';
import { useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { useScope } from '../../console/scope.ts';
import { Pager } from '../../ui/ListPage.tsx';
import { Due, Mark } from '../../ui/Marks.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { inquiryWords } from '../../words/reports.ts';
import { useSay, useWords } from '../../words/use.ts';

type Item = z.output<typeof inquiries.list.reply>['items'][number];
const limit = 20;

export function percent(share: number | null): string {
  return share === null ? '—' : `${Math.round(share * 100)}%`;
}

export function InquiryList() {
  const t = useWords(inquiryWords);
  const say = useSay();
  const can = useCan();
  const navigate = useNavigate();
  const { unitId } = useScope();
  const [screen, change] = useScreen<{ offset?: number }>();
  const offset = screen.offset ?? 0;
  const read = useRead(inquiries.list, { query: { under: unitId, limit, offset } });
  const columns: Column<Item>[] = [
    {
      key: 'title',
      title: t('title'),
      show: (r) => (
        <Link to="/reports/inquiries/$id" params={{ id: r.id }}>
          {r.title}
        </Link>
      ),
    },
    { key: 'basis', title: t('basis'), show: (r) => r.basis },
    { key: 'known', title: t('known'), width: 80, align: 'end', show: (r) => percent(r.share) },
    {
      key: 'answered',
      title: t('state'),
      width: 210,
      show: (r) => (
        <span className="row">
          <Mark tone={r.state === 'sent' ? 'info' : 'plain'}>{say(r.stateWords)}</Mark>
          {r.units > 0 && r.state !== 'cancelled' && (
            <span className="quiet">{t('answered-n', { n: r.answered, of: r.units })}</span>
          )}
          {r.disputed > 0 && <Mark tone="warn">{t('disputed-n', { n: r.disputed })}</Mark>}
        </span>
      ),
    },
    { key: 'due', title: t('due'), width: 130, show: (r) => (r.state === 'sent' ? <Due on={r.due} /> : r.due) },
  ];
  return (
    <>
      {can('reports.write') && (
        <div className="row between">
          <span className="quiet">{t('new-lead')}</span>
          <Button type="primary" onClick={() => void navigate({ to: '/reports/compose' })}>
            {t('new')}
          </Button>
        </div>
      )}
      <Shown of={read}>
        {({ items, total }) => (
          <>
            <Table
              caption={t('no-inquiries')}
              columns={columns}
              rows={items}
              rowKey={(r) => r.id}
              startAt={offset}
              empty={<Empty title={t('no-inquiries')} />}
            />
            <Pager total={total} offset={offset} limit={limit} onPage={(to) => change({ offset: to })} />
          </>
        )}
      </Shown>
    </>
  );
}
