import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { measuredTypes, units } from '../../../domain/records/units/index.ts';
import { useRead } from '../../api/hooks.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { Empty, Shown } from '../../ui/States.tsx';
import { starWords } from '../../words/stars.ts';
import { useWords } from '../../words/use.ts';
import { LocalTabs } from './CyclePage.tsx';

export interface BranchUnit {
  readonly id: number;
  readonly name: string;
  readonly path: string;
}

/** The frame of every page of one branch: its name, where it belongs, and the pages of its year. */
export function BranchPage(props: { tools?: ReactNode; lead?: ReactNode; children: (unit: BranchUnit) => ReactNode }) {
  const t = useWords(starWords);
  const { unitId } = useParams({ strict: false }) as { unitId: string };
  const read = useRead(units.get, { params: { id: Number(unitId) } });
  const tabs = [
    ['', 'card'],
    ['/diagnosis', 'diagnosis'],
    ['/declaration', 'declaration'],
    ['/self', 'self'],
    ['/comparison', 'comparison'],
    ['/duties', 'duties'],
  ] as const;
  return (
    <section className="page">
      <Shown of={read}>
        {(unit) => (
          <>
            <PageHead
              title={unit.name}
              lead={props.lead}
              tools={props.tools}
              crumbs={unit.above.map((a) => ({
                key: String(a.id),
                node: (
                  <Link to="/units/$unitId" params={{ unitId: String(a.id) }}>
                    {a.name}
                  </Link>
                ),
              }))}
            />
            {(measuredTypes as readonly string[]).includes(unit.type) ? (
              <>
                <LocalTabs
                  label={unit.name}
                  tabs={tabs.map(([end, words]) => ({ to: `/card/${unitId}${end}`, label: t(words) }))}
                />
                {props.children(unit)}
              </>
            ) : (
              <div className="panel">
                <Empty title={t('no-branch')} />
              </div>
            )}
          </>
        )}
      </Shown>
    </section>
  );
}
