import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import type { ReactNode } from 'react';
import type { CycleItem } from '../../../domain/stars/contract-cycle.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { Empty, Loading, Trouble } from '../../ui/States.tsx';
import { starWords } from '../../words/stars.ts';
import { useWords } from '../../words/use.ts';
import { useCycle } from './cycle.ts';
import { OpenCycle } from './OpenCycle.tsx';

const tabs = [
  ['/stars', 'board'],
  ['/stars/plans', 'plans'],
  ['/stars/candidacies', 'candidacies'],
  ['/stars/decision', 'decision'],
  ['/stars/tiles', 'tiles'],
  ['/stars/watch', 'watch'],
  ['/stars/certificates', 'certificates'],
] as const;

/** The frame of every page of a cycle: its name, the other cycles, and the pages beside it. */
export function CyclePage(props: {
  title?: string;
  lead?: ReactNode;
  tools?: ReactNode;
  children: (cycle: CycleItem) => ReactNode;
}) {
  const t = useWords(starWords);
  const { cycle, cycles, loading, error, choose } = useCycle();
  if (loading)
    return (
      <div className="page">
        <Loading />
      </div>
    );
  if (error) return <Trouble error={error} />;
  return (
    <section className="page">
      <PageHead
        title={cycle?.title ?? t('cycle')}
        lead={props.lead}
        tools={
          <>
            {cycles.length > 1 && (
              <Select
                aria-label={t('cycle')}
                value={cycle?.id ?? null}
                onChange={choose}
                options={cycles.map((c) => ({ value: c.id, label: `${c.year} · ${c.unitName}` }))}
                style={{ minWidth: 160 }}
              />
            )}
            {props.tools}
          </>
        }
      />
      <LocalTabs tabs={tabs.map(([to, words]) => ({ to, label: t(words) }))} label={t('cycle')} />
      {cycle ? (
        props.children(cycle)
      ) : (
        <div className="panel">
          <Empty title={t('no-cycle')} hint={t('no-cycle-hint')}>
            <OpenCycle />
          </Empty>
        </div>
      )}
    </section>
  );
}

/** Links to neighbouring pages that look like tabs and are links. */
export function LocalTabs(props: { tabs: readonly { to: string; label: string }[]; label: string }) {
  return (
    <nav className="local-tabs no-print" aria-label={props.label}>
      {props.tabs.map((tab) => (
        <Link
          key={tab.to}
          to={tab.to as '/'}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
