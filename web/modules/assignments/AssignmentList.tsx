import { Checkbox, Select } from 'antd';
import { wordsOfStar } from '../../../domain/org/words.ts';
import { type Assignment, assignments } from '../../../domain/records/assignments/contract.ts';
import { role as roleOf, type RoleName, roleNames } from '../../../domain/records/assignments/roles.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Pager } from '../../ui/ListPage.tsx';
import { today } from '../../ui/moments.ts';
import { useScreen } from '../../ui/search-state.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { dutyWords } from '../../words/duties.ts';
import { uiWords } from '../../words/ui.ts';
import { useSay, useWords } from '../../words/use.ts';
import { workWords } from '../../words/work.ts';
import { usePersonField } from './AssignButton.tsx';

interface Screen {
  readonly role?: RoleName;
  readonly history?: boolean;
  readonly offset?: number;
}

const limit = 20;

export function AssignmentList(props: { unitId: number }) {
  const t = useWords(dutyWords);
  const u = useWords(uiWords);
  const say = useSay();
  const [screen, change] = useScreen<Screen>();
  const offset = screen.offset ?? 0;
  const read = useRead(assignments.list, {
    query: { under: props.unitId, role: screen.role, history: screen.history ? 'true' : undefined, limit, offset },
  });
  const columns = useColumns();
  return (
    <>
      <div className="panel filters">
        <label>
          {t('role')}
          <Select
            style={{ width: 220 }}
            value={screen.role ?? ''}
            onChange={(value) => change({ role: value || undefined })}
            options={[
              { value: '', label: u('all') },
              ...roleNames.map((r) => ({ value: r, label: say(roleOf(r).words) })),
            ]}
          />
        </label>
        <Checkbox
          checked={screen.history ?? false}
          onChange={(e) => change({ history: e.target.checked || undefined })}
        >
          {t('history')}
        </Checkbox>
      </div>
      <Shown of={read}>
        {({ items, total }) => (
          <>
            <Table
              caption={t('list')}
              columns={columns}
              rows={items}
              rowKey={(a) => a.id}
              startAt={offset}
              empty={
                <div className="panel">
                  <Empty title={t('none')} />
                </div>
              }
            />
            <div className="pager">
              <Pager total={total} offset={offset} limit={limit} onPage={(next) => change({ offset: next })} />
            </div>
          </>
        )}
      </Shown>
    </>
  );
}

function useColumns(): Column<Assignment>[] {
  const t = useWords(dutyWords);
  const say = useSay();
  return [
    { key: 'role', title: t('role'), show: (a) => say(a.words), width: 190 },
    { key: 'unit', title: t('unit'), align: 'known-by', show: (a) => a.unitName },
    { key: 'star', title: t('star'), show: (a) => (a.star ? say(wordsOfStar(a.star)) : ''), width: 100 },
    {
      key: 'holder',
      title: t('holder'),
      show: (a) => (
        <>
          {a.holder}
          <div className="small quiet">{[a.title, a.home].filter(Boolean).join(' · ')}</div>
        </>
      ),
    },
    {
      key: 'from',
      title: t('from'),
      width: 120,
      show: (a) => (
        <span className="nowrap">
          {a.from}
          {a.to && ` – ${a.to}`}
        </span>
      ),
    },
    { key: 'document', title: t('document'), show: (a) => a.document ?? '' },
    {
      key: 'acts',
      title: t('actions'),
      align: 'acts',
      width: 150,
      show: (a) => (a.to === null ? <Acts of={a} /> : (a.endedReason ?? '')),
    },
  ];
}

function Acts(props: { of: Assignment }) {
  const t = useWords(dutyWords);
  const w = useWords(workWords);
  const can = useCan();
  const { of: a } = props;
  const person = usePersonField(t('new-holder'));
  const handover = useChange(assignments.handover);
  const end = useChange(assignments.end);
  const reason = can('assignments.write') ? null : w('not-yours');
  const params = { id: a.id };
  return (
    <span className="row">
      {a.personId && (
        <AskButton<{ personId: string; day: string; document: string }, Parameters<typeof handover.mutate>[0]>
          label={t('handover')}
          lead={<p>{t('handover-lead')}</p>}
          button={{ size: 'small' }}
          reason={reason}
          change={handover as never}
          fields={[
            person,
            { name: 'day', label: t('day'), kind: 'day', required: true, initial: today() },
            { name: 'document', label: t('document'), kind: 'text', max: 100, required: true },
          ]}
          input={(body) => ({ params, body })}
        />
      )}
      <AskButton<{ day: string; reason: string }, Parameters<typeof end.mutate>[0]>
        label={t('end')}
        button={{ size: 'small' }}
        reason={reason}
        change={end as never}
        fields={[
          { name: 'day', label: t('day'), kind: 'day', required: true, initial: today() },
          { name: 'reason', label: t('reason'), kind: 'text', max: 200, required: true },
        ]}
        input={(body) => ({ params, body })}
      />
    </span>
  );
}
