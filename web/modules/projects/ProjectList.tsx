import { Link } from '@tanstack/react-router';
import { Button, Checkbox, Select } from 'antd';
import { type ProjectItem, projects } from '../../../domain/projects/contract.ts';
import { fundPurposes } from '../../../domain/projects/kinds-books.ts';
import { findWorkflow } from '../../../domain/records/cases/all.ts';
import { addressOf } from '../../api/call.ts';
import { useRead } from '../../api/hooks.ts';
import { Light } from '../../ui/Light.tsx';
import { Pager } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { yuan } from '../../ui/money.ts';
import { useScreen } from '../../ui/search-state.ts';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { projectWords } from '../../words/projects.ts';
import { useSay, useWords } from '../../words/use.ts';
import { type ProjectScreen, useProjectUnit } from './screen.ts';

const limit = 20;
const stages = Object.entries(findWorkflow('project')?.states ?? {});

/** What the address asks of the list, as the server wants it; the sheet is asked for with the same. */
function useQuery() {
  const [screen] = useScreen<ProjectScreen>();
  const under = useProjectUnit();
  const flag = (on: boolean | undefined) => (on ? ('true' as const) : undefined);
  const { stage, use, q, system, programme, force } = screen;
  const more = { class: screen.class, system, programmeId: programme, ownerUnit: force };
  return { under, stage, use, q, ...more, key: flag(screen.key), late: flag(screen.late), over: flag(screen.over) };
}

export function ProjectList() {
  const t = useWords(projectWords);
  const [screen, change] = useScreen<ProjectScreen>();
  const offset = screen.offset ?? 0;
  const query = useQuery();
  const read = useRead(projects.list, { query: { ...query, limit, offset } });
  const columns = useColumns();
  return (
    <>
      <Filters />
      <Shown of={read} rows={8}>
        {({ items, total }) => (
          <>
            <Table
              caption={t('list')}
              columns={columns}
              rows={items}
              rowKey={(p) => p.id}
              startAt={offset}
              empty={
                <div className="panel">
                  <Empty title={t('empty')} />
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

export const shareText = (share: number | null) => (share === null ? '—' : `${(share / 100).toFixed(1)}%`);

export function useColumns(): Column<ProjectItem>[] {
  const t = useWords(projectWords);
  const say = useSay();
  return [
    {
      key: 'project',
      title: t('project'),
      align: 'known-by',
      show: (p) => (
        <span className="stack tight">
          <span className="row">
            <Link to="/projects/$id" params={{ id: p.id }}>
              {p.title}
            </Link>
            {p.key && <Mark>{t('key')}</Mark>}
            {p.budgetFen !== null && (p.actualFen ?? 0) > p.budgetFen && <Mark tone="warn">{t('over')}</Mark>}
          </span>
          <span className="small quiet">
            {p.unitName}
            {p.useWords && ` · ${say(p.useWords)}`}
            {p.programme && ` · ${p.programme.title}`}
          </span>
        </span>
      ),
    },
    {
      key: 'stage',
      title: t('stage'),
      width: 110,
      show: (p) => <Mark tone={p.closedAt ? 'plain' : 'info'}>{say(p.stateWords)}</Mark>,
    },
    { key: 'budget', title: t('budget'), align: 'end', width: 130, show: (p) => yuan(p.budgetFen) },
    { key: 'actual', title: t('actual'), align: 'end', width: 130, show: (p) => yuan(p.actualFen) },
    { key: 'share', title: t('share'), align: 'end', width: 110, show: (p) => shareText(p.spentShare) },
    {
      key: 'given',
      title: t('given'),
      align: 'end',
      width: 130,
      show: (p) => (
        <span className="stack tight">
          <span>{yuan(p.contributedFen)}</span>
          {p.labourMinutes !== null && p.labourMinutes > 0 && (
            <span className="small quiet">{t('hours', { n: p.labourMinutes / 60 })}</span>
          )}
        </span>
      ),
    },
    { key: 'owner', title: t('owner'), width: 100, show: (p) => p.ownerName ?? p.ownerUnitName ?? '—' },
    {
      key: 'due',
      title: t('due'),
      width: 150,
      show: (p) => (p.closedAt ? '—' : <Light of={p.light} />),
    },
  ];
}

function Filters() {
  const t = useWords(projectWords);
  const say = useSay();
  const [screen, change] = useScreen<ProjectScreen>();
  const query = useQuery();
  const choose = (name: 'stage' | 'use', options: { value: string; label: string }[]) => (
    <label>
      {t(name)}
      <Select
        style={{ width: 140 }}
        allowClear
        value={screen[name] ?? null}
        onChange={(value) => change({ [name]: value ?? undefined })}
        options={options}
      />
    </label>
  );
  return (
    <div className="panel filters no-print">
      {choose(
        'stage',
        stages.map(([value, s]) => ({ value, label: say(s.words) })),
      )}
      {choose(
        'use',
        Object.entries(fundPurposes).map(([value, words]) => ({ value, label: say(words) })),
      )}
      <SearchBox value={screen.q} label={t('search')} onChange={(q) => change({ q })} />
      {(['key', 'late', 'over'] as const).map((flag) => (
        <Checkbox
          key={flag}
          checked={screen[flag] === true}
          onChange={(e) => change({ [flag]: e.target.checked ? true : undefined })}
        >
          {t(flag)}
        </Checkbox>
      ))}
      {(screen.class ?? screen.system ?? screen.programme ?? screen.force) !== undefined && (
        <Button onClick={() => change({ class: undefined, system: undefined, programme: undefined, force: undefined })}>
          {t('clear-filter')}
        </Button>
      )}
      <Button href={addressOf(projects.export, { query })} download>
        {t('export')}
      </Button>
    </div>
  );
}
