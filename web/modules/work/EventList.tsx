import { Link, useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { findEventKind } from '../../../domain/records/events/all.ts';
import { type EventItem, events } from '../../../domain/records/events/contract.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { useUnitField } from '../../ui/unit-field.ts';
import { useScope } from '../../console/scope.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Pager } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { today } from '../../ui/moments.ts';
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
const states = ['planned', 'held', 'cancelled'] as const;
type State = (typeof states)[number];

export function EventList(props: { kinds: readonly string[] }) {
  const t = useWords(dailyWords);
  const say = useSay();
  const { unitId } = useScope();
  const [screen, change] = useScreen<WorkScreen>();
  const kind = screen.kind && props.kinds.includes(screen.kind) ? screen.kind : props.kinds[0]!;
  const state = states.find((s) => s === screen.state);
  const offset = screen.offset ?? 0;
  const read = useRead(events.list, { query: { kind, state, under: unitId, q: screen.q, limit, offset } });
  const columns: Column<EventItem>[] = [
    {
      key: 'title',
      title: t('title-field'),
      show: (e) => (
        <Link to="/events/$id" params={{ id: e.id }}>
          {e.title}
        </Link>
      ),
    },
    { key: 'unit', title: t('unit'), width: 150, show: (e) => e.unitName },
    { key: 'day', title: t('day'), width: 120, show: (e) => e.onDay },
    { key: 'place', title: t('place'), width: 160, show: (e) => e.place ?? '—' },
    {
      key: 'came',
      title: t('came'),
      width: 90,
      align: 'end',
      show: (e) => (e.state === 'held' ? `${e.attended + e.others}` : `— / ${e.expected}`),
    },
    { key: 'state', title: t('state'), width: 100, show: (e) => <EventState state={e.state} /> },
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
            onChange={(value) => change({ kind: value })}
            options={props.kinds.map((k) => ({ value: k, label: say(findEventKind(k)!.words) }))}
          />
        </label>
        <label>
          {t('state')}
          <Select
            style={{ width: 130 }}
            allowClear
            value={state ?? null}
            onChange={(value) => change({ state: value ?? undefined })}
            options={states.map((value) => ({ value, label: t(value) }))}
          />
        </label>
        <SearchBox value={screen.q} label={t('search')} onChange={(value) => change({ q: value })} />
        <PlanEvent key={kind} kind={kind} />
      </div>
      <Shown of={read}>
        {({ items, total }) => (
          <>
            <Table
              caption={t('events')}
              columns={columns}
              rows={items}
              rowKey={(e) => e.id}
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

export function EventState(props: { state: State }) {
  const t = useWords(dailyWords);
  const tone = { planned: 'info', held: 'good', cancelled: 'plain' } as const;
  return <Mark tone={tone[props.state]}>{t(props.state)}</Mark>;
}

function PlanEvent(props: { kind: string }) {
  const t = useWords(dailyWords);
  const say = useSay();
  const can = useCan();
  const navigate = useNavigate();
  const kind = useItems(findEventKind(props.kind)!, 'form');
  const unit = useUnitField(t('unit'), kind.verb);
  const plan = useChange(events.plan, {
    onDone: (made) => void navigate({ to: '/events/$id', params: { id: made.id } }),
  });
  return (
    <AskButton<
      { title?: string; unit: { id: number }; onDay: string; place?: string },
      Parameters<typeof plan.mutate>[0]
    >
      label={t('plan')}
      title={`${t('plan')}${colon()}${say(kind.words)}`}
      button={{ type: 'primary' }}
      reason={can(kind.verb) ? null : t('not-yours')}
      change={plan as never}
      fields={[
        { name: 'title', label: t('title-field'), kind: 'text' },
        unit,
        { name: 'onDay', label: t('day'), kind: 'day', required: true, initial: today() },
        { name: 'place', label: t('place'), kind: 'text' },
        ...kindFields(kind, say),
      ]}
      input={({ title, unit: at, onDay, place, ...typed }) => ({
        body: { kind: props.kind, unitId: at.id, onDay, title, place, data: kindValues(kind, typed) },
      })}
    />
  );
}
