import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { type CandidacyItem, candidacies, type CycleItem } from '../../../domain/stars/contract-cycle.ts';
import {
  type CandidacyState as State,
  candidacyStates,
  type Origin,
  origins,
} from '../../../domain/stars/contract-shared.ts';
import { useRead } from '../../api/hooks.ts';
import { useScope } from '../../console/scope.ts';
import { Pager } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { starWords } from '../../words/stars.ts';
import { uiWords } from '../../words/ui.ts';
import { useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';
import { ApproveButton } from './CandidacyView.tsx';
import { CyclePage } from './CyclePage.tsx';
import { CandidacyState, Level } from './pieces.tsx';

interface Screen {
  readonly state?: State;
  readonly origin?: Origin;
  readonly offset?: number;
}

const limit = 20;

export function CandidaciesPage() {
  const t = useWords(workWords);
  return <CyclePage lead={t('candidates-lead')}>{(cycle) => <Candidates cycle={cycle} />}</CyclePage>;
}

function Candidates(props: { cycle: CycleItem }) {
  const t = useWords(workWords);
  const s = useWords(starWords);
  const u = useWords(uiWords);
  const { unitId } = useScope();
  const [screen, change] = useScreen<Screen>();
  const offset = screen.offset ?? 0;
  const { state, origin } = screen;
  const read = useRead(candidacies.list, {
    query: { cycleId: props.cycle.id, under: unitId, state, origin, limit, offset },
  });
  const columns = useColumns();
  return (
    <>
      <div className="panel filters">
        <label>
          {s('state')}
          <Select
            style={{ width: 130 }}
            value={state ?? ''}
            onChange={(value) => change({ state: value || undefined })}
            options={[{ value: '', label: u('all') }, ...candidacyStates.map((v) => ({ value: v, label: s(v) }))]}
          />
        </label>
        <label>
          {s('origin')}
          <Select
            style={{ width: 140 }}
            value={origin ?? ''}
            onChange={(value) => change({ origin: value || undefined })}
            options={[{ value: '', label: u('all') }, ...origins.map((v) => ({ value: v, label: s(v) }))]}
          />
        </label>
      </div>
      <Shown of={read}>
        {(page) => (
          <>
            <Table
              caption={s('candidacies')}
              columns={columns}
              rows={page.items}
              rowKey={(c) => c.id}
              startAt={offset}
              empty={
                <div className="panel">
                  <Empty title={t('no-candidates')} />
                </div>
              }
            />
            <div className="pager">
              <Pager total={page.total} offset={offset} limit={limit} onPage={(next) => change({ offset: next })} />
            </div>
          </>
        )}
      </Shown>
    </>
  );
}

function useColumns(): Column<CandidacyItem>[] {
  const t = useWords(workWords);
  const s = useWords(starWords);
  return [
    {
      key: 'unit',
      title: s('branch'),
      align: 'known-by',
      show: (c) => (
        <span className="row">
          <Link to="/card/$unitId/declaration" params={{ unitId: String(c.unitId) }}>
            {c.unitName}
          </Link>
          {c.isNew && <Mark tone="info">{t('new')}</Mark>}
        </span>
      ),
    },
    { key: 'parent', title: s('township'), show: (c) => c.parentName, width: 130 },
    { key: 'state', title: s('state'), show: (c) => <CandidacyState state={c.state} />, width: 110 },
    { key: 'origin', title: s('origin'), show: (c) => s(c.origin), width: 110 },
    { key: 'target', title: s('target'), show: (c) => <Level of={c.targetLevel} />, width: 90 },
    {
      key: 'stretch',
      title: s('stretch'),
      show: (c) => (c.stretchLevel === null ? '' : <Level of={c.stretchLevel} />),
      width: 100,
    },
    { key: 'level', title: s('live-level'), show: (c) => <Level of={c.level} />, width: 100 },
    {
      key: 'overdue',
      title: t('overdue'),
      align: 'end',
      width: 100,
      show: (c) => (c.overdueTasks > 0 ? <Mark tone="bad">{c.overdueTasks}</Mark> : 0),
    },
    {
      key: 'acts',
      title: t('actions'),
      align: 'acts',
      width: 160,
      show: (c) => (
        <span className="row">
          <ApproveButton candidacy={c} small />
          <Link to="/card/$unitId" params={{ unitId: String(c.unitId) }}>
            {s('card')}
          </Link>
        </span>
      ),
    },
  ];
}
