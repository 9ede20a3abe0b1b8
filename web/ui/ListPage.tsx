import { Button, Checkbox, Popover } from 'antd';
import { type ReactNode, useState } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { uiWords } from '../words/ui.ts';
import { useWords } from '../words/use.ts';
import { PageHead } from './PageHead.tsx';
import { Shown } from './States.tsx';
import { type Column, Table } from './Table.tsx';

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
}

interface Rows<T> {
  /** Under this name the reader's choice of columns is kept. */
  readonly id: string;
  readonly caption: string;
  readonly read: UseQueryResult<Page<T>, Error>;
  readonly columns: readonly Column<T>[];
  readonly rowKey: (row: T) => string | number;
  readonly offset: number;
  readonly limit: number;
  readonly onPage: (offset: number) => void;
  readonly empty?: ReactNode;
  readonly selected?: (row: T) => boolean;
}

interface Props<T> extends Omit<Rows<T>, 'caption'> {
  readonly title: string;
  readonly lead?: ReactNode;
  /** The search form above the table. */
  readonly filters?: ReactNode;
  /** Import, export and “new”, at the top right. */
  readonly tools?: ReactNode;
}

const memory = (id: string) => `columns.${id}`;

/** The columns that the reader has chosen for a list, kept in this browser. */
function useChosenColumns<T>(id: string, columns: readonly Column<T>[]) {
  const [hidden, setHidden] = useState<string[]>(() => {
    const kept = localStorage.getItem(memory(id));
    return kept ? (JSON.parse(kept) as string[]) : columns.filter((c) => c.off).map((c) => c.key);
  });
  const toggle = (key: string) => {
    const next = hidden.includes(key) ? hidden.filter((k) => k !== key) : [...hidden, key];
    localStorage.setItem(memory(id), JSON.stringify(next));
    setHidden(next);
  };
  return { shown: columns.filter((c) => !hidden.includes(c.key)), hidden, toggle };
}

function ColumnSettings<T>(props: {
  columns: readonly Column<T>[];
  hidden: readonly string[];
  toggle: (key: string) => void;
}) {
  const t = useWords(uiWords);
  const boxes = (
    <div className="stack tight">
      {props.columns
        .filter((c) => c.align !== 'acts')
        .map((c) => (
          <Checkbox key={c.key} checked={!props.hidden.includes(c.key)} onChange={() => props.toggle(c.key)}>
            {c.title}
          </Checkbox>
        ))}
    </div>
  );
  return (
    <Popover trigger="click" placement="topRight" content={boxes}>
      <Button size="small">{t('columns')}</Button>
    </Popover>
  );
}

/** A page of rows in the columns that the reader has chosen. */
export function ChosenRows<T>(props: Rows<T>) {
  const { shown, hidden, toggle } = useChosenColumns(props.id, props.columns);
  return (
    <Shown of={props.read} rows={8}>
      {(page) => (
        <>
          <Table
            caption={props.caption}
            columns={shown}
            rows={page.items}
            rowKey={props.rowKey}
            startAt={props.offset}
            empty={props.empty}
            {...(props.selected ? { selected: props.selected } : {})}
          />
          <div className="pager">
            <ColumnSettings columns={props.columns} hidden={hidden} toggle={toggle} />
            <Pager total={page.total} offset={props.offset} limit={props.limit} onPage={props.onPage} />
          </div>
        </>
      )}
    </Shown>
  );
}

/** The list every office knows: search form above, table, 操作 at the right, import and export at the top right. */
export function ListPage<T>(props: Props<T>) {
  const { title, lead, filters, tools, ...rows } = props;
  return (
    <section className="page">
      <PageHead title={title} lead={lead} tools={tools} />
      {filters && <div className="panel filters">{filters}</div>}
      <ChosenRows caption={title} {...rows} />
    </section>
  );
}

export function Pager(props: { total: number; offset: number; limit: number; onPage: (offset: number) => void }) {
  const t = useWords(uiWords);
  const { total, offset, limit } = props;
  const pages = Math.max(1, Math.ceil(total / limit));
  if (pages === 1 && offset === 0) return total === 0 ? null : <span>{t('total', { n: total })}</span>;
  return (
    <nav className="row" aria-label={t('page-of', { page: Math.floor(offset / limit) + 1, pages })}>
      <span>{t('total', { n: total })}</span>
      <Button size="small" disabled={offset === 0} onClick={() => props.onPage(Math.max(0, offset - limit))}>
        {t('previous')}
      </Button>
      <span className="num">{t('page-of', { page: Math.floor(offset / limit) + 1, pages })}</span>
      <Button size="small" disabled={offset + limit >= total} onClick={() => props.onPage(offset + limit)}>
        {t('next')}
      </Button>
    </nav>
  );
}
