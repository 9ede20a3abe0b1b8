import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import {
  type Scheme,
  type UnitNode,
  type UnitType,
  unitTypeNames,
  unitTypes,
  units,
} from '../../../domain/records/units/index.ts';
import { useRead } from '../../api/hooks.ts';
import { useScope } from '../../console/scope.ts';
import { ListPage } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { Empty } from '../../ui/States.tsx';
import type { Column } from '../../ui/Table.tsx';
import { uiWords } from '../../words/ui.ts';
import { unitWords } from '../../words/units.ts';
import { useSay, useWords } from '../../words/use.ts';

interface Screen {
  readonly q?: string;
  readonly type?: UnitType;
  readonly scheme?: Scheme;
  readonly offset?: number;
}

const limit = 20;

export function UnitsPage() {
  const t = useWords(unitWords);
  const u = useWords(uiWords);
  const say = useSay();
  const { unitId } = useScope();
  const [screen, change] = useScreen<Screen>();
  const offset = screen.offset ?? 0;
  const { q, type, scheme } = screen;
  const read = useRead(units.list, { query: { q, type, scheme, under: unitId, limit, offset } });
  return (
    <ListPage
      id="units"
      title={t('title')}
      lead={t('lead')}
      read={read}
      rowKey={(unit) => unit.id}
      offset={offset}
      limit={limit}
      onPage={(next) => change({ offset: next })}
      columns={useColumns()}
      empty={<Empty title={t('none')} />}
      filters={
        <>
          <SearchBox value={q} label={t('keyword')} onChange={(value) => change({ q: value })} />
          <label>
            {t('type')}
            <Select
              style={{ width: 150 }}
              value={type ?? ''}
              onChange={(value) => change({ type: value || undefined })}
              options={[
                { value: '', label: u('all') },
                ...unitTypeNames.map((n) => ({ value: n, label: say(unitTypes[n].words) })),
              ]}
            />
          </label>
          <label>
            {t('scheme')}
            <Select
              style={{ width: 110 }}
              value={scheme ?? ''}
              onChange={(value) => change({ scheme: value || undefined })}
              options={[
                { value: '', label: u('all') },
                { value: 'rural', label: t('rural') },
                { value: 'urban', label: t('urban') },
              ]}
            />
          </label>
          <Button onClick={() => change({ q: undefined, type: undefined, scheme: undefined })}>{u('reset')}</Button>
        </>
      }
    />
  );
}

function useColumns(): Column<UnitNode>[] {
  const t = useWords(unitWords);
  const u = useWords(uiWords);
  const say = useSay();
  return [
    {
      key: 'name',
      title: t('name'),
      align: 'known-by',
      show: (unit) => (
        <Link to="/units/$unitId" params={{ unitId: String(unit.id) }}>
          {unit.name}
        </Link>
      ),
    },
    { key: 'type', title: t('type'), show: (unit) => say(unitTypes[unit.type].words), width: 120 },
    { key: 'scheme', title: t('scheme'), show: (unit) => unit.scheme && <Mark>{t(unit.scheme)}</Mark>, width: 100 },
    { key: 'children', title: t('children'), align: 'end', show: (unit) => unit.children, width: 100 },
    { key: 'code', title: t('code'), show: (unit) => unit.code, width: 150 },
    { key: 'initials', title: t('initials'), show: (unit) => unit.initials, off: true },
    { key: 'since', title: t('since'), show: (unit) => <span className="nowrap">{unit.validFrom}</span>, width: 120 },
    {
      key: 'acts',
      title: u('actions'),
      align: 'acts',
      width: 140,
      show: (unit) => (
        <div className="row">
          <Link to="/units/$unitId" params={{ unitId: String(unit.id) }}>
            {t('open')}
          </Link>
        </div>
      ),
    },
  ];
}
