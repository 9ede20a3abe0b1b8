import { gapWords } from '../../../domain/org/coverage.ts';
import { forces } from '../../../domain/org/contract-forces.ts';
import { useRead } from '../../api/hooks.ts';
import { Mark } from '../../ui/Marks.tsx';
import { Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { dutyWords } from '../../words/duties.ts';
import { comma } from '../../words/punctuation.ts';
import { useSay, useWords } from '../../words/use.ts';

/** One star, one task force: who leads it, which departments help, what is open. */
export function Forces(props: { unitId: number }) {
  const t = useWords(dutyWords);
  const say = useSay();
  const read = useRead(forces.list, { params: { unitId: props.unitId } });
  return (
    <Shown of={read}>
      {({ items }) => (
        <Table
          caption={t('forces')}
          rows={items}
          rowKey={(f) => f.star.id}
          columns={[
            { key: 'star', title: t('star'), show: (f) => say(f.star.words), width: 130 },
            { key: 'leader', title: t('leader'), show: (f) => f.leader?.name ?? <Mark tone="bad">{t('gap')}</Mark> },
            { key: 'county', title: t('county-leader'), show: (f) => f.countyLeader?.name ?? '' },
            { key: 'department', title: t('department'), show: (f) => f.leadDepartment?.name ?? '' },
            {
              key: 'members',
              title: t('members'),
              show: (f) => (
                <span title={f.members.map((m) => m.name).join(comma())}>
                  {t('people-n', { n: f.members.length })} {f.departments.map((d) => d.name).join(comma())}
                </span>
              ),
            },
            { key: 'open', title: t('open'), align: 'end', show: (f) => f.open, width: 70 },
            {
              key: 'overdue',
              title: t('overdue'),
              align: 'end',
              width: 70,
              show: (f) => (f.overdue > 0 ? <Mark tone="bad">{f.overdue}</Mark> : 0),
            },
            { key: 'visits', title: t('visits'), align: 'end', show: (f) => f.visits, width: 90 },
            {
              key: 'gaps',
              title: t('gaps'),
              show: (f) =>
                f.gaps.map((g) => (
                  <Mark key={g} tone="bad">
                    {say(gapWords(g))}
                  </Mark>
                )),
            },
          ]}
        />
      )}
    </Shown>
  );
}
