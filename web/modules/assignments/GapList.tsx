import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { org } from '../../../domain/org/contract.ts';
import { findRequirement, gapNames, gapWords } from '../../../domain/org/coverage.ts';
import { wordsOfStar } from '../../../domain/org/words.ts';
import { useRead } from '../../api/hooks.ts';
import { Pager } from '../../ui/ListPage.tsx';
import { Mark } from '../../ui/Marks.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { dutyWords } from '../../words/duties.ts';
import { uiWords } from '../../words/ui.ts';
import { useSay, useWords } from '../../words/use.ts';
import { AssignButton } from './AssignButton.tsx';

const limit = 20;

/** Every gap, one by one, with the button that closes it. */
export function GapList(props: { unitId: number }) {
  const t = useWords(dutyWords);
  const u = useWords(uiWords);
  const say = useSay();
  const [screen, change] = useScreen<{ gap?: string; offset?: number }>();
  const offset = screen.offset ?? 0;
  const read = useRead(org.gaps, { params: { unitId: props.unitId }, query: { gap: screen.gap, limit, offset } });
  return (
    <>
      <div className="panel filters">
        <label>
          {t('gap-kind')}
          <Select
            style={{ width: 240 }}
            value={screen.gap ?? ''}
            onChange={(value) => change({ gap: value || undefined })}
            options={[{ value: '', label: u('all') }, ...gapNames.map((g) => ({ value: g, label: say(gapWords(g)) }))]}
          />
        </label>
      </div>
      <Shown of={read}>
        {({ items, total }) => (
          <>
            <Table
              caption={t('gaps')}
              rows={items}
              rowKey={(g) => `${g.gap}${g.unit.id}${g.star ?? ''}${g.person?.id ?? ''}`}
              startAt={offset}
              empty={
                <div className="panel">
                  <Empty title={t('no-gaps')} />
                </div>
              }
              columns={[
                {
                  key: 'unit',
                  title: t('unit'),
                  width: 180,
                  show: (g) => (
                    <Link to="/units/$unitId" params={{ unitId: String(g.unit.id) }}>
                      {g.unit.name}
                    </Link>
                  ),
                },
                { key: 'gap', title: t('gap'), show: (g) => <Mark tone="bad">{say(g.words)}</Mark> },
                { key: 'star', title: t('star'), show: (g) => (g.star ? say(wordsOfStar(g.star)) : ''), width: 120 },
                { key: 'person', title: t('person'), show: (g) => g.person?.name ?? '', width: 120 },
                { key: 'count', title: t('count'), align: 'end', show: (g) => g.count, width: 80 },
                {
                  key: 'acts',
                  title: t('actions'),
                  align: 'acts',
                  width: 110,
                  show: (g) => {
                    const needed = findRequirement(g.gap);
                    return needed && needed.where === 'here' ? (
                      <AssignButton unitId={g.unit.id} role={needed.role} star={g.star} small />
                    ) : null;
                  },
                },
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
