import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { org } from '../../../domain/org/contract.ts';
import { wordsOfStar } from '../../../domain/org/words.ts';
import { assignments } from '../../../domain/records/assignments/contract.ts';
import { measuredTypes, type UnitType } from '../../../domain/records/units/index.ts';
import { useRead } from '../../api/hooks.ts';
import { useCan } from '../../console/me.ts';
import { Mark } from '../../ui/Marks.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { Table } from '../../ui/Table.tsx';
import { dutyWords } from '../../words/duties.ts';
import { unitWords } from '../../words/units.ts';
import { useSay, useWords } from '../../words/use.ts';

/** Who answers for the unit: the chain from the county for a branch, its own seats elsewhere. */
export function UnitPeople(props: { unitId: number; type: UnitType }) {
  const can = useCan();
  if (!can('units.read')) return null;
  return (measuredTypes as readonly string[]).includes(props.type) ? (
    <Chain unitId={props.unitId} />
  ) : (
    <Seats unitId={props.unitId} />
  );
}

type Levels = z.output<typeof org.chain.reply>['levels'];

/** County, township and the branch itself: people who come from above into the branch stand with the branch. */
function byUnit(levels: Levels): Levels {
  const groups = new Map<number, Levels[number]>();
  for (const level of levels) {
    if (!level.unit) continue;
    const found = groups.get(level.unit.id);
    groups.set(level.unit.id, {
      ...level,
      people: [...(found?.people ?? []), ...level.people],
      breaks: [...(found?.breaks ?? []), ...level.breaks],
    });
  }
  const rank = ['city', 'county', 'township', 'street', 'village', 'community'];
  return [...groups.values()].sort((a, b) => rank.indexOf(a.unit?.type ?? '') - rank.indexOf(b.unit?.type ?? ''));
}

function Chain(props: { unitId: number }) {
  const t = useWords(unitWords);
  const say = useSay();
  const read = useRead(org.chain, { params: { unitId: props.unitId } });
  return (
    <section className="panel stack tight">
      <h2>{t('people')}</h2>
      <Shown of={read} rows={3}>
        {(chain) => (
          <div className="columns">
            {byUnit(chain.levels).map((level) => (
              <div key={level.level}>
                <h3>
                  {level.unit ? (
                    <Link to="/units/$unitId" params={{ unitId: String(level.unit.id) }}>
                      {level.unit.name}
                    </Link>
                  ) : (
                    level.level
                  )}
                </h3>
                <ul className="points">
                  {level.people.map((p) => (
                    <li key={`${p.role}${p.star ?? ''}${p.holder.assignmentId}`}>
                      <span className="quiet">
                        {say(p.words)}
                        {p.star && ` · ${say(wordsOfStar(p.star))}`}
                      </span>{' '}
                      {p.holder.name}
                    </li>
                  ))}
                  {level.breaks.map((b) => (
                    <li key={b.role}>
                      {say(b.words)} <Mark tone="bad">{t('vacant')}</Mark>
                    </li>
                  ))}
                </ul>
              </div>
            ))}
          </div>
        )}
      </Shown>
    </section>
  );
}

function Seats(props: { unitId: number }) {
  const t = useWords(unitWords);
  const d = useWords(dutyWords);
  const say = useSay();
  const read = useRead(assignments.list, { query: { unit: props.unitId, limit: 50 } });
  return (
    <section className="panel stack tight">
      <h2>{t('people')}</h2>
      <Shown of={read} rows={3}>
        {({ items }) => (
          <Table
            caption={t('people')}
            rows={items}
            rowKey={(a) => a.id}
            empty={<Empty title={d('none')} />}
            columns={[
              { key: 'role', title: d('role'), show: (a) => say(a.words) },
              { key: 'star', title: d('star'), show: (a) => (a.star ? say(wordsOfStar(a.star)) : '') },
              { key: 'holder', title: d('holder'), show: (a) => a.holder },
              { key: 'from', title: d('from'), show: (a) => <span className="nowrap">{a.from}</span> },
            ]}
          />
        )}
      </Shown>
    </section>
  );
}
