import { Link, useNavigate } from '@tanstack/react-router';
import { roundPicks, type RoundItem, rounds } from '../../../domain/tasks/contract-rounds.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Light } from '../../ui/Light.tsx';
import { Pager } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { taskWords } from '../../words/tasks.ts';
import { semicolon } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';
import { type TaskScreen, useLedgerUnit } from './screen.ts';

const limit = 20;

/** Rounds that look at what is open: how far each is, and how many of its findings are not put right. */
export function RoundList() {
  const t = useWords(taskWords);
  const say = useSay();
  const [screen, change] = useScreen<TaskScreen>();
  const under = useLedgerUnit();
  const offset = screen.offset ?? 0;
  const read = useRead(rounds.list, { query: { under, limit, offset } });
  const columns: Column<RoundItem>[] = [
    {
      key: 'title',
      title: t('round-title'),
      align: 'known-by',
      show: (r) => (
        <span className="stack tight">
          <Link to="/rounds/$id" params={{ id: r.id }}>
            {r.title}
          </Link>
          <span className="small quiet clamp">{r.points.join(semicolon())}</span>
        </span>
      ),
    },
    { key: 'unit', title: t('unit'), width: 150, show: (r) => r.unitName },
    { key: 'owner', title: t('owner'), width: 120, show: (r) => r.ownerName ?? '—' },
    {
      key: 'progress',
      title: t('round-result'),
      width: 260,
      show: (r) => t('round-progress', { done: r.judged, total: r.items, found: r.found }),
    },
    {
      key: 'state',
      title: t('state'),
      width: 110,
      show: (r) => <Mark tone={r.closedAt ? 'plain' : 'info'}>{say(r.stateWords)}</Mark>,
    },
    { key: 'due', title: t('round-until'), width: 170, show: (r) => <Light of={r.light} /> },
  ];
  return (
    <>
      <div className="panel filters no-print">
        <NewRound />
      </div>
      <Shown of={read} rows={6}>
        {({ items, total }) => (
          <>
            <Table
              caption={t('rounds')}
              columns={columns}
              rows={items}
              rowKey={(r) => r.id}
              startAt={offset}
              empty={
                <div className="panel">
                  <Empty title={t('empty-rounds')} />
                </div>
              }
            />
            <div className="pager">
              <Pager total={total} offset={offset} limit={limit} onPage={(to) => change({ offset: to })} />
            </div>
          </>
        )}
      </Shown>
    </>
  );
}

interface Values {
  readonly title: string;
  readonly pick: (typeof roundPicks)[number];
  readonly until: string;
  readonly points: string;
}

/** A round over what is open at the unit that is shown. */
function NewRound() {
  const t = useWords(taskWords);
  const w = useWords(workWords);
  const can = useCan();
  const navigate = useNavigate();
  const unitId = useLedgerUnit();
  const open = useChange(rounds.open, {
    onDone: (made) => void navigate({ to: '/rounds/$id', params: { id: made.id } }),
  });
  return (
    <AskButton<Values, Parameters<typeof open.mutate>[0]>
      label={t('new-round')}
      button={{ type: 'primary' }}
      reason={can('cases.assign') ? null : w('not-yours')}
      change={open as never}
      fields={[
        { name: 'title', label: t('round-title'), kind: 'text', required: true },
        {
          name: 'pick',
          label: t('round-pick'),
          kind: 'select',
          required: true,
          initial: 'pressing',
          options: roundPicks.map((value) => ({ value, label: t(`pick-${value}`) })),
        },
        { name: 'points', label: t('round-points'), kind: 'area', required: true, hint: t('one-a-line') },
        { name: 'until', label: t('round-until'), kind: 'day', required: true },
      ]}
      input={({ title, pick, until, points }) => ({
        body: {
          unitId,
          title,
          pick,
          until,
          points: points
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean),
        },
      })}
    />
  );
}
