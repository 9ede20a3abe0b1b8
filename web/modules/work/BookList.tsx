import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { findBookKind } from '../../../domain/records/ledgers/all.ts';
import { type BookItem, ledgers } from '../../../domain/records/ledgers/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { useScope } from '../../console/scope.ts';
import { Pager } from '../../ui/ListPage.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { dailyWords } from '../../words/daily.ts';
import { useSay, useWords } from '../../words/use.ts';
import type { WorkScreen } from './WorkPage.tsx';

const limit = 20;

export function BookList(props: { kinds: readonly string[] }) {
  const t = useWords(dailyWords);
  const say = useSay();
  const { unitId } = useScope();
  const [screen, change] = useScreen<WorkScreen>();
  const kind = screen.kind && props.kinds.includes(screen.kind) ? screen.kind : props.kinds[0]!;
  const offset = screen.offset ?? 0;
  const read = useRead(ledgers.list, { query: { kind, under: unitId, q: screen.q, limit, offset } });
  const columns: Column<BookItem>[] = [
    {
      key: 'title',
      title: t('title-field'),
      show: (b) => (
        <Link to="/books/$id" params={{ id: b.id }}>
          {b.title}
        </Link>
      ),
    },
    { key: 'unit', title: t('unit'), width: 170, show: (b) => b.unitName },
    { key: 'opened', title: t('opened'), width: 120, show: (b) => b.openedOn },
    { key: 'entries', title: t('entries'), width: 100, align: 'end', show: (b) => b.entries },
  ];
  return (
    <>
      <div className="panel filters">
        <label>
          {t('kind')}
          <Select
            style={{ width: 220 }}
            value={kind}
            onChange={(value) => change({ kind: value })}
            options={props.kinds.map((k) => ({ value: k, label: say(findBookKind(k)!.words) }))}
          />
        </label>
        <SearchBox value={screen.q} label={t('search')} onChange={(value) => change({ q: value })} />
      </div>
      <Shown of={read}>
        {({ items, total }) => (
          <>
            <Table
              caption={t('books')}
              columns={columns}
              rows={items}
              rowKey={(b) => b.id}
              startAt={offset}
              empty={<Empty title={t('none')} />}
            />
            <Pager total={total} offset={offset} limit={limit} onPage={(to) => change({ offset: to })} />
          </>
        )}
      </Shown>
    </>
  );
}
