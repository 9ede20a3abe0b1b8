import { type Person, people } from '../../../domain/records/people/contract.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { useScope } from '../../console/scope.ts';
import { AskButton } from '../../ui/AskButton.tsx';
import { Pager } from '../../ui/ListPage.tsx';
import { today } from '../../ui/moments.ts';
import { useScreen } from '../../ui/search-state.ts';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { adminWords } from '../../words/admin.ts';
import { useWords } from '../../words/use.ts';

const limit = 20;

interface NewPerson {
  readonly unit: { readonly id: number };
  readonly name: string;
  readonly title?: string;
  readonly workPhone?: string;
  readonly partyMember?: boolean;
}

export function People() {
  const t = useWords(adminWords);
  const can = useCan();
  const { unitId } = useScope();
  const [screen, change] = useScreen<{ q?: string; offset?: number }>();
  const offset = screen.offset ?? 0;
  const read = useRead(people.list, { query: { q: screen.q, under: unitId, limit, offset } });
  const create = useChange(people.create);
  return (
    <>
      <div className="panel filters">
        <SearchBox value={screen.q} label={t('name')} onChange={(q) => change({ q })} />
        <span style={{ marginInlineStart: 'auto' }}>
          <AskButton<NewPerson, Parameters<typeof create.mutate>[0]>
            label={t('new-person')}
            button={{ type: 'primary' }}
            reason={can('people.write') ? null : t('not-yours')}
            change={create as never}
            fields={[
              { name: 'unit', label: t('unit'), kind: 'unit', required: true, verb: 'people.write' },
              { name: 'name', label: t('name'), kind: 'text', max: 50, required: true },
              { name: 'title', label: t('post-title'), kind: 'text', max: 50 },
              { name: 'workPhone', label: t('phone'), kind: 'text', max: 20 },
              { name: 'partyMember', label: t('party-member'), kind: 'check' },
            ]}
            input={({ unit, ...rest }) => ({ body: { ...rest, unitId: unit.id } })}
          />
        </span>
      </div>
      <Shown of={read}>
        {({ items, total }) => (
          <>
            <Table
              caption={t('people')}
              rows={items}
              rowKey={(p) => p.id}
              startAt={offset}
              empty={<Empty title={t('no-people')} />}
              columns={[
                { key: 'name', title: t('name'), show: (p) => p.name, width: 140 },
                { key: 'title', title: t('post-title'), show: (p) => p.title ?? '' },
                { key: 'unit', title: t('unit'), show: (p) => p.unitName },
                { key: 'acts', title: t('actions'), align: 'acts', width: 160, show: (p) => <Leave person={p} /> },
              ]}
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

function Leave(props: { person: Person }) {
  const t = useWords(adminWords);
  const can = useCan();
  const leave = useChange(people.leave);
  const { person } = props;
  if (person.leftOn) return <>{t('left-on', { day: person.leftOn })}</>;
  return (
    <AskButton<{ day: string; document: string }, Parameters<typeof leave.mutate>[0]>
      label={t('leave')}
      lead={<p>{t('leave-lead')}</p>}
      button={{ size: 'small' }}
      reason={can('people.write') ? null : t('not-yours')}
      change={leave as never}
      fields={[
        { name: 'day', label: t('day'), kind: 'day', required: true, initial: today() },
        { name: 'document', label: t('document'), kind: 'text', max: 100, required: true },
      ]}
      input={(body) => ({ params: { id: person.id }, body })}
    />
  );
}
