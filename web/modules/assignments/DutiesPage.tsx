import { org } from '../../../domain/org/contract.ts';
import { useRead } from '../../api/hooks.ts';
import { rootUnits, useMe } from '../../console/me.ts';
import { useScope } from '../../console/scope.ts';
import { Figures } from '../../ui/Facts.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { useScreen } from '../../ui/search-state.ts';
import { Shown } from '../../ui/States.tsx';
import { dutyWords } from '../../words/duties.ts';
import { useSay, useWords } from '../../words/use.ts';
import { AssignButton } from './AssignButton.tsx';
import { AssignmentList } from './AssignmentList.tsx';
import { Forces } from './Forces.tsx';
import { GapList } from './GapList.tsx';
import { Matrix } from './Matrix.tsx';
import { SearchTabs } from '../../ui/SearchTabs.tsx';

export const dutyTabs = ['matrix', 'gaps', 'list', 'forces'] as const;
export type DutyTab = (typeof dutyTabs)[number];

export function DutiesPage() {
  const t = useWords(dutyWords);
  const me = useMe();
  const { unitId } = useScope();
  const [screen] = useScreen<{ tab?: DutyTab }>();
  const tab = screen.tab ?? 'matrix';
  const unit = unitId ?? rootUnits(me)[0] ?? me.home.id;
  return (
    <section className="page">
      <PageHead title={t('title')} lead={t('lead')} tools={<AssignButton unitId={unit} />} />
      <SearchTabs label={t('title')} name="tab" now={tab} tabs={dutyTabs.map((key) => ({ key, label: t(key) }))} />
      {tab === 'matrix' && <MatrixOf unitId={unit} />}
      {tab === 'gaps' && <GapList unitId={unit} />}
      {tab === 'list' && <AssignmentList unitId={unit} />}
      {tab === 'forces' && <Forces unitId={unit} />}
    </section>
  );
}

function MatrixOf(props: { unitId: number }) {
  const t = useWords(dutyWords);
  const say = useSay();
  const read = useRead(org.matrix, { params: { unitId: props.unitId } });
  return (
    <Shown of={read} rows={12}>
      {(m) => (
        <>
          <Figures
            of={[
              ...m.coverage.map((c) => ({
                name: say(c.words),
                value: c.covered,
                note: t('coverage', { total: c.total }),
              })),
              {
                name: t('consultations'),
                value: m.consultations.thisWeek,
                note: t('coverage', { total: m.consultations.villages }),
              },
              {
                name: t('gaps'),
                value: m.gaps.reduce((sum, g) => sum + g.count, 0),
                note: t('as-of', { day: m.asOf }),
              },
            ]}
          />
          <Matrix rows={m.rows} stars={m.stars} />
        </>
      )}
    </Shown>
  );
}
