import { Link, useNavigate } from '@tanstack/react-router';
import { Checkbox, Select } from 'antd';
import { findWorkflow } from '../../../domain/records/cases/all.ts';
import { type CaseItem, cases } from '../../../domain/records/cases/contract.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useTagOptions } from '../../ui/tags.ts';
import { useCan } from '../../console/me.ts';
import { useUnitField } from '../../ui/unit-field.ts';
import { useScope } from '../../console/scope.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Light } from '../../ui/Light.tsx';
import { Pager } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { dailyWords } from '../../words/daily.ts';
import { colon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { kindFields, kindValues } from '../../ui/kind-fields.ts';
import { useItems } from '../../ui/kind-items.ts';
import type { WorkScreen } from './WorkPage.tsx';

const limit = 20;

export function CaseList(props: { kinds: readonly string[] }) {
  const t = useWords(dailyWords);
  const say = useSay();
  const { unitId } = useScope();
  const [screen, change] = useScreen<WorkScreen>();
  const kind = screen.kind && props.kinds.includes(screen.kind) ? screen.kind : props.kinds[0]!;
  const offset = screen.offset ?? 0;
  const workflow = findWorkflow(kind)!;
  const query = {
    type: kind,
    state: screen.state,
    under: unitId,
    q: screen.q,
    open: screen.all ? undefined : ('true' as const),
  };
  const read = useRead(cases.list, { query: { ...query, limit, offset } });
  const columns: Column<CaseItem>[] = [
    {
      key: 'title',
      title: t('title-field'),
      show: (c) => (
        <Link to="/cases/$id" params={{ id: c.id }}>
          {c.title}
        </Link>
      ),
    },
    { key: 'unit', title: t('unit'), width: 150, show: (c) => c.unitName },
    { key: 'owner', title: t('owner'), width: 130, show: (c) => c.ownerName ?? c.ownerUnitName ?? '—' },
    {
      key: 'state',
      title: t('state'),
      width: 110,
      show: (c) => <Mark tone={c.closedAt ? 'plain' : 'info'}>{say(c.stateWords)}</Mark>,
    },
    { key: 'due', title: t('due'), width: 170, show: (c) => <Light of={c.light} /> },
  ];
  return (
    <>
      <div className="panel filters">
        <label>
          {t('kind')}
          <Select
            style={{ width: 220 }}
            showSearch={{ optionFilterProp: 'label' }}
            value={kind}
            onChange={(value) => change({ kind: value, state: undefined })}
            options={props.kinds.map((k) => ({ value: k, label: say(findWorkflow(k)!.words) }))}
          />
        </label>
        <label>
          {t('state')}
          <Select
            style={{ width: 150 }}
            allowClear
            value={screen.state ?? null}
            onChange={(value) => change({ state: value ?? undefined })}
            options={Object.entries(workflow.states).map(([value, s]) => ({ value, label: say(s.words) }))}
          />
        </label>
        <SearchBox value={screen.q} label={t('search')} onChange={(value) => change({ q: value })} />
        <Checkbox checked={!screen.all} onChange={(e) => change({ all: e.target.checked ? undefined : true })}>
          {t('open-only')}
        </Checkbox>
        <NewCase key={kind} kind={kind} />
      </div>
      <Shown of={read}>
        {({ items, total }) => (
          <>
            <Table
              caption={say(workflow.words)}
              columns={columns}
              rows={items}
              rowKey={(c) => c.id}
              startAt={offset}
              empty={<Empty title={t('none')} hint={screen.all ? undefined : t('none-open-hint')} />}
            />
            <Pager total={total} offset={offset} limit={limit} onPage={(to) => change({ offset: to })} />
          </>
        )}
      </Shown>
    </>
  );
}

function NewCase(props: { kind: string }) {
  const t = useWords(dailyWords);
  const say = useSay();
  const can = useCan();
  const navigate = useNavigate();
  const workflow = useItems(findWorkflow(props.kind)!, 'form');
  const open = useChange(cases.open, {
    onDone: (made) => void navigate({ to: '/cases/$id', params: { id: made.id } }),
  });
  const tags = useTagOptions();
  const unit = useUnitField(t('unit'), workflow.openVerb);
  const reason = !workflow.generic ? t('by-module') : can(workflow.openVerb) ? null : t('not-yours');
  return (
    <AskButton<
      { title: string; unit: { id: number }; subject?: { id: string }; tags?: string[] },
      Parameters<typeof open.mutate>[0]
    >
      label={t('new')}
      title={`${t('new')}${colon()}${say(workflow.words)}`}
      button={{ type: 'primary' }}
      reason={reason}
      change={open as never}
      fields={[
        { name: 'title', label: t('title-field'), kind: 'text', required: true },
        unit,
        ...(workflow.subjects
          ? [{ name: 'subject', label: t('about'), kind: 'subject' as const, subjectKinds: workflow.subjects }]
          : []),
        ...kindFields(workflow, say),
        { name: 'tags', label: t('tags'), kind: 'many', options: tags },
      ]}
      input={({ title, unit: at, subject, tags: chosen, ...typed }) => ({
        body: {
          type: props.kind,
          title,
          unitId: at.id,
          ...(subject ? { subjectId: subject.id } : {}),
          ...(chosen?.length ? { tags: chosen } : {}),
          data: kindValues(workflow, typed),
        },
      })}
    />
  );
}
