import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { catalogueEndpoints, type CatalogueView } from '../../../domain/records/catalogues/contract.ts';
import { itemsReason } from '../../../domain/records/catalogues/rules.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { Mark } from '../../ui/Marks.tsx';
import { useMoment } from '../../ui/moments.ts';
import { ReasonButton } from '../../ui/ReasonButton.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { Shown, Trouble } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { adminWords } from '../../words/admin.ts';
import { useSay, useWords } from '../../words/use.ts';

type Item = CatalogueView['items'][number];

/** Choices that the source names without defining them, or that differ from county to county: set here, on a document. */
export function Catalogues() {
  const t = useWords(adminWords);
  const say = useSay();
  const [screen, change] = useScreen<{ q?: string }>();
  const read = useRead(catalogueEndpoints.list);
  return (
    <Shown of={read} rows={6}>
      {({ items }) => {
        const chosen = items.find((c) => c.name === screen.q) ?? items[0]!;
        return (
          <>
            <div className="panel filters">
              <label>
                {t('catalogue')}
                <Select
                  style={{ width: 280 }}
                  showSearch={{ optionFilterProp: 'label' }}
                  value={chosen.name}
                  onChange={(name) => change({ q: name })}
                  options={items.map((c) => ({ value: c.name, label: say(c.words) }))}
                />
              </label>
            </div>
            <Editor key={`${chosen.name}.${chosen.version}`} catalogue={chosen} />
          </>
        );
      }}
    </Shown>
  );
}

function Editor(props: { catalogue: CatalogueView }) {
  const t = useWords(adminWords);
  const say = useSay();
  const can = useCan();
  const moment = useMoment();
  const { catalogue: c } = props;
  const [items, setItems] = useState<readonly Item[]>(c.items);
  const [document, setDocument] = useState('');
  const set = useChange(catalogueEndpoints.set);
  const put = (at: number, given: Partial<Item>) =>
    setItems(items.map((item, i) => (i === at ? { ...item, ...given } : item)));
  const complete = items.every((i) => i.key !== '' && i.zh.trim() !== '' && i.en.trim() !== '');
  const reason = !can('admin')
    ? t('not-yours')
    : !complete
      ? t('catalogue-incomplete')
      : document.trim() === ''
        ? t('catalogue-document-first')
        : itemsReason(c.items, items);
  return (
    <section className="panel stack">
      <div className="panel-head">
        <h2>{say(c.words)}</h2>
        {c.sample && <Mark tone="warn">{t('catalogue-sample')}</Mark>}
      </div>
      <p className="small">{t('catalogue-lead')}</p>
      {c.document && (
        <p className="small quiet">{t('catalogue-set', { document: c.document, at: moment(c.changedAt) })}</p>
      )}
      <Table
        caption={say(c.words)}
        rows={items.map((item, at) => ({ item, at }))}
        rowKey={({ at }) => at}
        columns={[
          {
            key: 'key',
            title: t('catalogue-key'),
            width: 190,
            show: ({ item, at }) =>
              at < c.items.length ? (
                item.key
              ) : (
                <Cell label={t('catalogue-key')} value={item.key} max={40} onChange={(key) => put(at, { key })} />
              ),
          },
          {
            key: 'zh',
            title: t('catalogue-zh'),
            show: ({ item, at }) => (
              <Cell label={t('catalogue-zh')} value={item.zh} max={60} onChange={(zh) => put(at, { zh })} />
            ),
          },
          {
            key: 'en',
            title: t('catalogue-en'),
            show: ({ item, at }) => (
              <Cell label={t('catalogue-en')} value={item.en} max={120} onChange={(en) => put(at, { en })} />
            ),
          },
          {
            key: 'ended',
            title: t('actions'),
            align: 'acts',
            width: 170,
            show: ({ item, at }) => (
              <Button size="small" onClick={() => put(at, { ended: !item.ended })}>
                {t(item.ended ? 'catalogue-use' : 'catalogue-end')}
              </Button>
            ),
          },
        ]}
      />
      <div className="row">
        <Button onClick={() => setItems([...items, { key: '', zh: '', en: '', ended: false }])}>
          {t('catalogue-add')}
        </Button>
      </div>
      <label className="ask-field">
        <span>{t('catalogue-document')}</span>
        <Input maxLength={200} value={document} onChange={(e) => setDocument(e.target.value)} />
      </label>
      {set.error && <Trouble error={set.error} />}
      <div className="row">
        <ReasonButton
          type="primary"
          reason={reason}
          loading={set.isPending}
          onClick={() =>
            set.mutate({ params: { name: c.name }, body: { version: c.version, document, items: [...items] } })
          }
        >
          {t('catalogue-save')}
        </ReasonButton>
      </div>
    </section>
  );
}

function Cell(props: { label: string; value: string; max: number; onChange: (value: string) => void }) {
  return (
    <Input
      aria-label={props.label}
      value={props.value}
      maxLength={props.max}
      onChange={(e) => props.onChange(e.target.value)}
    />
  );
}
