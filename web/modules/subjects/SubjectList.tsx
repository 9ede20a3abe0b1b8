import { Link } from '@tanstack/react-router';
import { Button, Checkbox, Select } from 'antd';
import { sheetExports } from '../../../domain/records/imports/contract.ts';
import { findSubjectKind } from '../../../domain/records/subjects/all.ts';
import {
  type SubjectItem,
  type SubjectKind,
  nameIs,
  standsForPeople,
  subjects,
} from '../../../domain/records/subjects/index.ts';
import { addressOf } from '../../api/call.ts';
import { useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { useScope } from '../../console/scope.ts';
import { shownValue } from '../../ui/kind-fields.ts';
import { useItems } from '../../ui/kind-items.ts';
import { ChosenRows } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { Empty } from '../../ui/States.tsx';
import type { Column } from '../../ui/Table.tsx';
import { useTagOptions, useTagWords } from '../../ui/tags.ts';
import { dailyWords } from '../../words/daily.ts';
import { subjectWords } from '../../words/subjects.ts';
import { comma } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import type { WorkScreen } from '../work/WorkPage.tsx';
import { RegisterButton } from './SubjectForms.tsx';

const limit = 20;
export const sorts = ['name', 'changed', 'from'] as const;

/** The register of a module: the entries of one kind at a time, with the columns that the kind has. */
export function SubjectList(props: { kinds: readonly string[] }) {
  const [screen] = useScreen<WorkScreen>();
  const name = screen.kind && props.kinds.includes(screen.kind) ? screen.kind : props.kinds[0]!;
  const kind = useItems(findSubjectKind(name)!, 'page');
  return <EntriesOfKind key={name} kind={kind} kinds={props.kinds} />;
}

function EntriesOfKind(props: { kind: SubjectKind; kinds: readonly string[] }) {
  const t = useWords(subjectWords);
  const { kind } = props;
  const { unitId } = useScope();
  const [screen, change] = useScreen<WorkScreen>();
  const offset = screen.offset ?? 0;
  const state = screen.state && Object.hasOwn(kind.states, screen.state) ? screen.state : undefined;
  const filter = {
    kind: kind.kind,
    state,
    under: unitId,
    q: screen.q,
    tag: standsForPeople(kind) ? undefined : screen.tag,
    // Asking for a state that is reached by ending means the ended ones.
    ended: screen.all || (state && kind.states[state]?.ended) ? undefined : ('false' as const),
  };
  const sort = sorts.find((s) => s === screen.sort);
  const columns = useColumns(kind);
  const read = useRead(subjects.list, { query: { ...filter, sort, limit, offset } });
  const say = useSay();
  return (
    <>
      <Filters
        kind={kind}
        kinds={props.kinds}
        state={state}
        sheet={addressOf(sheetExports.subjects, { query: filter })}
      />
      <ChosenRows
        id={`subjects.${kind.kind}`}
        caption={say(kind.words)}
        read={read}
        columns={columns}
        rowKey={(s) => s.id}
        offset={offset}
        limit={limit}
        onPage={(to) => change({ offset: to })}
        empty={<Empty title={t('none')} />}
      />
    </>
  );
}

function useColumns(kind: SubjectKind): Column<SubjectItem>[] {
  const t = useWords(subjectWords);
  const say = useSay();
  const tagWords = useTagWords();
  const from = nameIs(kind);
  return [
    {
      key: 'name',
      title: from === 'place' ? say(kind.place!.words) : from === 'code' ? say(kind.code!) : t('name'),
      least: 190,
      show: (s) => (
        <Link to="/subjects/$id" params={{ id: s.id }}>
          {s.name}
        </Link>
      ),
    },
    { key: 'unit', title: t('unit'), width: 140, least: 100, show: (s) => s.unitName },
    ...(kind.code && from !== 'code'
      ? [{ key: 'code', title: say(kind.code), width: 190, show: (s: SubjectItem) => s.code ?? '—' }]
      : []),
    ...(kind.place && from !== 'place'
      ? [
          {
            key: 'place',
            title: say(kind.place.words),
            width: 170,
            least: 110,
            off: kind.code !== undefined,
            show: (s: SubjectItem) => s.place ?? '—',
          },
        ]
      : []),
    ...(kind.parents
      ? [
          {
            key: 'parent',
            title: t('parent'),
            width: 150,
            least: 110,
            off: kind.led === true,
            show: (s: SubjectItem) => s.parentName ?? '—',
          },
        ]
      : []),
    ...(kind.led
      ? [{ key: 'lead', title: t('lead'), width: 150, least: 110, show: (s: SubjectItem) => s.leadUnitName ?? '—' }]
      : []),
    ...Object.entries(kind.fields).map(([name, said]) => ({
      key: `data.${name}`,
      title: say(said.words),
      least: said.long ? 200 : 90,
      ...(said.unit || said.scale ? { align: 'end' as const } : {}),
      ...(said.column ? {} : { off: true }),
      show: (s: SubjectItem) => shownValue(said, s.data[name], say),
    })),
    {
      key: 'state',
      title: t('state'),
      width: 110,
      show: (s) => <Mark tone={s.toDay ? 'plain' : 'info'}>{say(s.stateWords)}</Mark>,
    },
    { key: 'from', title: t('from'), width: 115, off: true, show: (s) => s.fromDay },
    ...(standsForPeople(kind)
      ? []
      : [
          { key: 'tags', title: t('tags'), off: true, show: (s: SubjectItem) => tagWords(s.tags).join(comma()) || '—' },
        ]),
  ];
}

function Filters(props: { kind: SubjectKind; kinds: readonly string[]; state: string | undefined; sheet: string }) {
  const t = useWords(subjectWords);
  const d = useWords(dailyWords);
  const say = useSay();
  const can = useCan();
  const [screen, change] = useScreen<WorkScreen>();
  const tags = useTagOptions();
  const { kind } = props;
  return (
    <div className="panel filters">
      <label>
        {d('kind')}
        <Select
          style={{ width: 200 }}
          showSearch={{ optionFilterProp: 'label' }}
          value={kind.kind}
          onChange={(value) => change({ kind: value, state: undefined })}
          options={props.kinds.map((k) => ({ value: k, label: say(findSubjectKind(k)!.words) }))}
        />
      </label>
      <label>
        {t('state')}
        <Select
          style={{ width: 130 }}
          allowClear
          value={props.state ?? null}
          onChange={(value) => change({ state: value ?? undefined })}
          options={Object.entries(kind.states).map(([value, s]) => ({ value, label: say(s.words) }))}
        />
      </label>
      {!standsForPeople(kind) && (
        <label>
          {t('tags')}
          <Select
            style={{ width: 170 }}
            allowClear
            value={screen.tag ?? null}
            onChange={(value) => change({ tag: value ?? undefined })}
            options={tags}
          />
        </label>
      )}
      <label>
        {t('sort')}
        <Select
          style={{ width: 150 }}
          value={sorts.find((s) => s === screen.sort) ?? 'name'}
          onChange={(value) => change({ sort: value === 'name' ? undefined : value })}
          options={sorts.map((value) => ({ value, label: t(`sort-${value}`) }))}
        />
      </label>
      <SearchBox value={screen.q} label={t('search')} onChange={(value) => change({ q: value })} />
      <Checkbox checked={!screen.all} onChange={(e) => change({ all: e.target.checked ? undefined : true })}>
        {t('in-use')}
      </Checkbox>
      <RegisterButton key={kind.kind} kind={kind.kind} />
      {can('imports.run') && (
        <Link to="/data" search={{ tab: 'imports', sheet: `subjects-${kind.kind}` } as never}>
          {t('import')}
        </Link>
      )}
      <Button href={props.sheet}>{t('export')}</Button>
    </div>
  );
}
